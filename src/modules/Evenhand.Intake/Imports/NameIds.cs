using Evenhand.Intake.Contracts;
using Evenhand.Platform.Contracts;
using Evenhand.Telephony.QueueLogs;

namespace Evenhand.Intake.Imports;

/// <summary>The ids of queues and agents by the names and numbers of this import; those nobody knows are created, to be placed.</summary>
/// <param name="organisation">Who is there.</param>
/// <param name="known">Who knows whom the source means by a name.</param>
/// <param name="source">Name of the source.</param>
internal sealed class NameIds(IOrganisation organisation, IEnumerable<IAgentNames> known, string source)
{
    private readonly List<Guid> queues = [], agents = [];
    private readonly Dictionary<string, Guid> agentIds = [], queueIds = [];

    public Guid Queue(int number) => queues[number];

    public Guid? Agent(int number) => number < 0 ? null : agents[number];

    public Guid Agent(string name) => agentIds[name];

    public Guid Queue(string name) => queueIds[name];

    /// <summary>Makes sure of all names the teller has met.</summary>
    public async Task Ensure(CallTeller teller, CancellationToken cancel)
    {
        await Extend(queues, teller.Queues, Queues, cancel);
        await Extend(agents, teller.Agents, Agents, cancel);
    }

    public async Task<IReadOnlyDictionary<string, Guid>> Agents(IReadOnlyCollection<string> names, CancellationToken cancel)
    {
        if (names.Where(n => !agentIds.ContainsKey(n)).Distinct().ToList() is not { Count: > 0 } strange) return agentIds;
        foreach (var book in known)
            foreach (var (name, id) in await book.Of(source, strange, cancel)) agentIds.TryAdd(name, id);
        if (strange.Where(n => !agentIds.ContainsKey(n)).ToList() is { Count: > 0 } nobodys)
            foreach (var (name, id) in await organisation.EnsureAgents(nobodys, source, cancel)) agentIds[name] = id;
        return agentIds;
    }

    public async Task<IReadOnlyDictionary<string, Guid>> Queues(IReadOnlyCollection<string> names, CancellationToken cancel)
    {
        if (names.Where(n => !queueIds.ContainsKey(n)).Distinct().ToList() is { Count: > 0 } strange)
            foreach (var (name, id) in await organisation.EnsureQueues(strange, source, cancel)) queueIds[name] = id;
        return queueIds;
    }

    private static async Task Extend(List<Guid> ids, NameTable table, Func<IReadOnlyCollection<string>, CancellationToken, Task<IReadOnlyDictionary<string, Guid>>> ensure, CancellationToken cancel)
    {
        if (ids.Count == table.Count) return;
        var strange = Enumerable.Range(ids.Count, table.Count - ids.Count).Select(i => table[i]).ToList();
        var known = await ensure(strange, cancel);
        ids.AddRange(strange.Select(name => known[name]));
    }
}
