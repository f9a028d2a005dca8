using Evenhand.Intake.Contracts;
using Evenhand.Kernel;
using Evenhand.Platform.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.Telephony;

/// <summary>Whose phone is whose on one telephone system: by decision, else by the agent's code, which is the member's name, its interface, or the end of either.</summary>
internal sealed class MemberBook
{
    private static readonly char[] Joints = ['/', '@', ' '];
    private readonly Dictionary<string, Guid> agents = [], codes;
    private readonly ILookup<Guid, string> members;

    public MemberBook(IEnumerable<PbxMember> known, OrganisationSnapshot centre)
    {
        codes = centre.Agents.Values.ToDictionary(a => a.Code, a => a.Id);
        var found = known.Select(m => (m.Member, m.Name, Agent: Owner(m, codes))).OrderBy(m => m.Member, StringComparer.Ordinal).ToList();
        foreach (var (member, _, agent) in found)
            if (agent is { } id) agents[member] = id;
        // Two phones of one name are told apart by their interfaces alone.
        foreach (var (_, name, agent) in found)
            if (name is not null && agent is { } id) agents.TryAdd(name, id);
        members = found.Where(m => m.Agent is not null).ToLookup(m => m.Agent!.Value, m => m.Member);
        Members = found.Where(m => m.Agent is not null).Select(m => m.Member).ToHashSet();
    }

    public static MemberBook Empty { get; } = new([], new OrganisationSnapshot(TimeZoneInfo.Utc, [], [], [], []));

    /// <summary>Every member that is somebody's phone.</summary>
    public IReadOnlySet<string> Members { get; }

    /// <summary>Whose phone a member is, by its interface or its name in the log, also one that was never seen before; null for nobody's.</summary>
    public Guid? AgentOf(string member) => agents.TryGetValue(member, out var agent) ? agent : ByCode(member, codes);

    public IEnumerable<string> MembersOf(Guid agent) => members[agent];

    /// <summary>Whose phone a member is.</summary>
    public static Guid? Owner(PbxMember member, IReadOnlyDictionary<string, Guid> codes) => member.AgentId ?? ByCode(member.Name, codes) ?? ByCode(member.Member, codes);

    /// <summary>The agent whose code a name is, whole or by its end: `PJSIP/1001`, `1001@example.org` and `Agent 1001` are 1001's.</summary>
    public static Guid? ByCode(string? name, IReadOnlyDictionary<string, Guid> codes)
    {
        if (string.IsNullOrEmpty(name)) return null;
        if (codes.TryGetValue(name, out var whole)) return whole;
        var local = name.Split('@')[0];
        return codes.TryGetValue(local, out var before) ? before : codes.TryGetValue(local[(local.LastIndexOfAny(Joints) + 1)..], out var end) ? end : null;
    }
}

/// <summary>Answers imports and live lines whom a telephone system means by a member.</summary>
internal sealed class MemberNames(EvenhandDb db, IOrganisation organisation) : IAgentNames
{
    public async Task<IReadOnlyDictionary<string, Guid>> Of(string source, IReadOnlyCollection<string> names, CancellationToken cancel)
    {
        var pbxs = await db.Pbxs.AsNoTracking().Where(p => p.Name == source).OrderBy(p => p.EndedAt == null).ThenBy(p => p.Id).Select(p => p.Id).ToListAsync(cancel);
        if (pbxs.Count == 0) return new Dictionary<string, Guid>();
        var pbx = pbxs[^1];
        var centre = await organisation.Read(cancel);
        var book = new MemberBook(await db.PbxMembers.AsNoTracking().Where(m => m.PbxId == pbx).ToListAsync(cancel), centre);
        return names.Select(n => (Name: n, Agent: book.AgentOf(n))).Where(n => n.Agent is not null).ToDictionary(n => n.Name, n => n.Agent!.Value);
    }
}
