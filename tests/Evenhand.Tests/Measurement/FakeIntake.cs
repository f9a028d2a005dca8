using System.Runtime.CompilerServices;
using Evenhand.Intake.Contracts;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Telephony.QueueLogs;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Tests.Measurement;

/// <summary>Holds contacts and states in memory and says what changed, so that a test decides what was recorded when.</summary>
internal sealed class FakeIntake : IIntake
{
    private readonly Dictionary<Guid, Contact> contacts = [];
    private readonly List<StateInterval> states = [];

    public Dictionary<string, Guid> Queues { get; } = [];
    public Dictionary<string, Guid> Agents { get; } = [];

    public static async Task<TestCentre> Start(Store store, FakeIntake intake, string zone = "UTC")
    {
        var centre = await TestCentre.Start(store, b => b.Services.AddSingleton<IIntake>(intake));
        await centre.Do(services => services.GetRequiredService<IOrganisation>().Establish(new(zone, [], [], []), default));
        return centre;
    }

    /// <summary>A contact answered by an agent, or abandoned when there is none.</summary>
    public static Contact Contact(Guid queue, Guid? agent, long entered, int wait, int talk, int hold = 0, int? afterContact = null, string? customer = null) =>
        new(Guid.CreateVersion7(), "test", "call", queue, agent, customer, entered, agent is null ? null : entered + wait, entered + wait + talk + hold, wait, 0, talk, hold, afterContact,
            agent is null ? ContactOutcome.Abandoned : ContactOutcome.Answered, ContactEnd.Unknown, 0);

    /// <summary>Names queues and agents in the centre.</summary>
    public Task Know(TestCentre centre, IReadOnlyCollection<string> queues, IReadOnlyCollection<string> agents) => centre.Do(async services =>
    {
        var organisation = services.GetRequiredService<IOrganisation>();
        foreach (var (code, id) in await organisation.EnsureQueues(queues, "test", default)) Queues[code] = id;
        foreach (var (code, id) in await organisation.EnsureAgents(agents, "test", default)) Agents[code] = id;
    });

    /// <summary>Adds contacts, or puts them in place of those with the same id, and lets the readers hear of it.</summary>
    public async Task Record(TestCentre centre, params IReadOnlyList<Contact> changed)
    {
        var touched = new List<Touch>();
        foreach (var contact in changed)
        {
            if (contacts.TryGetValue(contact.Id, out var before)) touched.Add(Span(before.EnteredAt, before.EndedAt ?? before.EnteredAt));
            contacts[contact.Id] = contact;
            touched.Add(Span(contact.EnteredAt, contact.EndedAt ?? contact.EnteredAt));
        }
        await Publish(centre, new ContactsRecorded(Guid.CreateVersion7(), 1, Merged(touched), changed.Count));
    }

    public async Task Record(TestCentre centre, params IReadOnlyList<StateInterval> more)
    {
        states.AddRange(more);
        await Publish(centre, new AgentStatesRecorded(Guid.CreateVersion7(), 1, Merged(more.Select(s => Span(s.Start, s.End ?? s.Start))), more.Count));
    }

    /// <summary>The contacts of a log.</summary>
    public async Task<IReadOnlyList<Contact>> Read(TestCentre centre, string file)
    {
        var stays = new List<(string Queue, string? Agent, Contact Contact)>();
        NameTable queues = new(), agents = new();
        var assembler = new CallAssembler<Listener>(new Listener(stays, queues, agents), queues, agents);
        var reader = new QueueLogReader<Listener>(assembler);
        reader.Read(await File.ReadAllBytesAsync(file));
        reader.EndFile();
        assembler.Flush();
        await Know(centre, [.. stays.Select(s => s.Queue).Distinct()], [.. stays.Select(s => s.Agent).OfType<string>().Distinct()]);
        return [.. stays.Select(s => s.Contact with { QueueId = Queues[s.Queue], AgentId = s.Agent is null ? null : Agents[s.Agent] })];
    }

    public async IAsyncEnumerable<Contact> ContactsDuring(long from, long to, [EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.CompletedTask;
        foreach (var contact in contacts.Values.Where(c => c.EnteredAt < to && (c.EndedAt ?? long.MaxValue) >= from).OrderBy(c => c.EnteredAt)) yield return contact;
    }

    public async IAsyncEnumerable<StateInterval> StatesDuring(long from, long to, [EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.CompletedTask;
        foreach (var state in states.Where(s => s.Start < to && (s.End ?? long.MaxValue) > from).OrderBy(s => s.Start)) yield return state;
    }

    public Task<ContactPage> Contacts(ContactFilter filter, Scope scope, CancellationToken cancel) => throw new NotSupportedException();

    public Task<(long First, long Last)?> Span(CancellationToken cancel) =>
        Task.FromResult<(long, long)?>(contacts.Count == 0 ? null : (contacts.Values.Min(c => c.EnteredAt), contacts.Values.Max(c => c.EnteredAt)));

    public Task<bool> HasStates(long from, long to, CancellationToken cancel) => Task.FromResult(states.Count > 0);

    private static Touch Span(long from, long to) => new(from - from % 900, to - to % 900 + 900);

    private static List<Touch> Merged(IEnumerable<Touch> spans)
    {
        var merged = new List<Touch>();
        foreach (var span in spans.OrderBy(s => s.From))
            if (merged.Count > 0 && span.From <= merged[^1].To) merged[^1] = merged[^1] with { To = Math.Max(merged[^1].To, span.To) };
            else merged.Add(span);
        return merged;
    }

    private static async Task Publish<T>(TestCentre centre, T fact) where T : notnull
    {
        await centre.Do(async services =>
        {
            var db = services.GetRequiredService<EvenhandDb>();
            db.Publish(fact, DateTimeOffset.UnixEpoch, "test");
            await db.SaveChangesAsync();
        });
        await centre.CatchUp();
    }

    private readonly struct Listener(List<(string, string?, Contact)> stays, NameTable queues, NameTable agents) : IQueueLogSink
    {
        public void OnVisit(in CallVisit v) => stays.Add((queues[v.Queue], v.Agent < 0 ? null : agents[v.Agent], new(Guid.CreateVersion7(), "test", "", default, null, null,
            v.EnteredAt, v.ConnectedAt, v.EndedAt, v.WaitSeconds ?? 0, v.RingSeconds ?? 0, v.TalkSeconds ?? 0, 0, null, v.Outcome switch
            {
                VisitOutcome.Answered => ContactOutcome.Answered,
                VisitOutcome.Abandoned => ContactOutcome.Abandoned,
                VisitOutcome.TimedOut => ContactOutcome.TimedOut,
                _ => ContactOutcome.OtherExit,
            }, v.Transferred ? ContactEnd.Transfer : ContactEnd.Unknown, v.RingNoAnswers)));

        public void OnAgentEvent(in AgentEvent agentEvent)
        {
        }

        public void OnFault(QueueLogFault fault, long lineNumber)
        {
        }
    }
}
