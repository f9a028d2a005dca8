using System.Text.Json;
using Evenhand.Dispatch;
using Evenhand.Dispatch.Fairness;
using Evenhand.Dispatch.Presence;
using Evenhand.Dispatch.Queues;
using Evenhand.Kernel;
using Evenhand.Routing.Floor;
using Evenhand.Routing.Rules;
using Evenhand.Routing.WorkItems;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Tests.Floor;

/// <summary>The stored history of a floor, read as a story by other means than the floor's own: what does not hold together is a fault.</summary>
internal sealed class FloorStory
{
    private const int MostFaults = 30;
    private readonly Dictionary<Guid, Place> places = [];
    private readonly Dictionary<Guid, List<(Guid Contact, Channel Channel)>> hands = [];
    private readonly Dictionary<Guid, EffectiveState> states = [];
    private readonly Dictionary<Guid, FloorContact> contacts;

    private FloorStory(IReadOnlyList<FloorContact> contacts, IReadOnlyList<ContactStep> steps, IReadOnlyList<PresenceStepRow> presence)
    {
        this.contacts = contacts.ToDictionary(c => c.Id);
        (Contacts, Steps, Presence) = (contacts, steps, presence);
        var (i, j) = (0, 0);
        while (i < steps.Count || j < presence.Count)
            if (j == presence.Count || (i < steps.Count && steps[i].Id.CompareTo(presence[j].Id) < 0)) Hear(steps[i++]);
            else Hear(presence[j++]);
        foreach (var contact in contacts) Compare(contact);
    }

    private enum Stage
    {
        Unknown,
        Loose,
        Waiting,
        Reserved,
        Offered,
        InHand,
        WrappingUp,
        Over,
    }

    private readonly record struct Place(Stage Stage, Guid Agent, OutputKind Last);

    public IReadOnlyList<FloorContact> Contacts { get; }

    public IReadOnlyList<ContactStep> Steps { get; }

    public IReadOnlyList<PresenceStepRow> Presence { get; }

    public List<string> Faults { get; } = [];

    /// <summary>Reads the store and compares history, contacts, agents and work items with each other.</summary>
    public static async Task<FloorStory> Read(EvenhandDb db)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
        var story = new FloorStory(await db.FloorContacts.AsNoTracking().ToListAsync(), await db.ContactSteps.AsNoTracking().OrderBy(s => s.Id).ToListAsync(),
            await db.PresenceSteps.AsNoTracking().OrderBy(s => s.Id).ToListAsync());
        foreach (var agent in await db.FloorAgents.AsNoTracking().ToListAsync()) story.Compare(agent);
        story.Compare(await db.WorkItems.AsNoTracking().ToListAsync());
        return story;
    }

    /// <summary>Breaches of the order, found from what is stored alone.</summary>
    /// <param name="priorities">Of contacts that had one of their own.</param>
    public async Task<IReadOnlyList<OrderViolation>> Violations(IServiceProvider services, IReadOnlyDictionary<Guid, int>? priorities = null)
    {
        var rules = await services.GetRequiredService<FloorRules>().Read(default);
        var first = Steps.Where(s => s.ContactId is not null).DistinctBy(s => s.ContactId).ToDictionary(s => s.ContactId!.Value, s => s.QueueId);
        var arrivals = Contacts.ToDictionary(c => c.Id, c => new Arrival(c.Id, first.GetValueOrDefault(c.Id, c.QueueId), c.ArrivedAt) { Priority = priorities?.GetValueOrDefault(c.Id) ?? 0 });
        return OrderCheck.Find(Outputs, arrivals, rules.Queues.ToDictionary(q => q.Id), rules.Agents.ToDictionary(a => a.Id));
    }

    public IEnumerable<Output> Outputs => Steps.Select(s => new Output(s.Kind, s.At, s.ContactId ?? Guid.Empty, s.QueueId, s.AgentId ?? Guid.Empty, s.Until ?? default,
        TimeSpan.FromMilliseconds(s.SpentMs), TimeSpan.FromMilliseconds(s.EffortMs), s.Decision is { } decision ? JsonSerializer.Deserialize<Evenhand.Dispatch.Policies.Decision>(decision, FloorState.Json) : null));

    private void Hear(ContactStep step)
    {
        if (step.ContactId is not { } id) return;
        if (!contacts.TryGetValue(id, out var contact))
        {
            Fault($"{step.Kind} of {id}, which is not there");
            return;
        }
        var (was, agent) = (places.GetValueOrDefault(id), step.AgentId ?? Guid.Empty);
        var (isRight, next) = Next(step.Kind, was, agent);
        if (!isRight) Fault($"{contact.SourceKey}: {step.Kind} by {agent} after {was.Last} ({was.Stage}, {was.Agent})");
        places[id] = new Place(next, next is Stage.Offered or Stage.InHand or Stage.WrappingUp ? agent : Guid.Empty, step.Kind);
        Carry(contact, was, places[id]);
        if (step.Kind == OutputKind.Offered && states.GetValueOrDefault(agent, EffectiveState.SignedOut) is var state && state is not (EffectiveState.Available or EffectiveState.Working or EffectiveState.Talking))
            Fault($"{contact.SourceKey} was offered to {agent}, who was {state}");
    }

    private static (bool IsRight, Stage Next) Next(OutputKind kind, Place was, Guid agent) => kind switch
    {
        OutputKind.Queued => (was.Stage is Stage.Unknown or Stage.Reserved or Stage.Loose, Stage.Waiting),
        OutputKind.Reserved => (was.Stage == Stage.Unknown, Stage.Reserved),
        OutputKind.Offered => (was.Stage is Stage.Unknown or Stage.Reserved or Stage.Waiting, Stage.Offered),
        OutputKind.Assigned => (was.Stage is Stage.Unknown or Stage.Reserved or Stage.Waiting, Stage.InHand),
        OutputKind.Accepted => ((was.Stage == Stage.Offered && was.Agent == agent) || (was.Stage == Stage.Loose && was.Last == OutputKind.HandedOver), Stage.InHand),
        OutputKind.Followed => (was.Stage != Stage.Over, Stage.InHand),
        OutputKind.Rejected or OutputKind.Ignored or OutputKind.Withdrawn => (was.Stage == Stage.Offered && was.Agent == agent, Stage.Loose),
        OutputKind.WrappingUp => (was.Stage == Stage.InHand && was.Agent == agent, Stage.WrappingUp),
        OutputKind.Completed => (was.Stage is Stage.InHand or Stage.WrappingUp && was.Agent == agent, Stage.Over),
        OutputKind.Returned or OutputKind.HandedOver => (was.Stage is Stage.InHand or Stage.WrappingUp && was.Agent == agent, Stage.Loose),
        OutputKind.Moved => (was.Stage is Stage.Waiting or Stage.Reserved or Stage.Loose, Stage.Loose),
        OutputKind.Abandoned => (was.Stage is Stage.Waiting or Stage.Reserved or Stage.Loose, Stage.Over),
        OutputKind.TurnedAway => (was.Stage == Stage.Unknown, Stage.Over),
        _ => (true, was.Stage),
    };

    /// <summary>Nobody holds more than fits beside each other.</summary>
    private void Carry(FloorContact contact, Place was, Place now)
    {
        if (was.Agent == now.Agent) return;
        if (was.Agent != Guid.Empty) hands[was.Agent].RemoveAll(h => h.Contact == contact.Id);
        if (now.Agent == Guid.Empty) return;
        if (!hands.TryGetValue(now.Agent, out var hand)) hands[now.Agent] = hand = [];
        hand.Add((contact.Id, contact.Channel));
        if (hand.Sum(h => ChannelMix.Default.Of(h.Channel)) > 1000) Fault($"{now.Agent} has {hand.Count} contacts at {contact.SourceKey}");
    }

    private void Hear(PresenceStepRow step)
    {
        var was = states.GetValueOrDefault(step.AgentId, EffectiveState.SignedOut);
        if (step.From != was) Fault($"{step.AgentId} goes from {step.From} to {step.To}, but was {was}");
        states[step.AgentId] = step.To;
    }

    private void Compare(FloorContact contact)
    {
        var place = places.GetValueOrDefault(contact.Id);
        if (place.Stage is Stage.Unknown or Stage.Loose)
        {
            Fault($"{contact.SourceKey} ends in the middle: {place.Last}");
            return;
        }
        if (contact.Row is null)
        {
            var expected = place.Last switch { OutputKind.Completed => "completed", OutputKind.TurnedAway => "turned-away", _ => "abandoned" };
            if (place.Stage != Stage.Over || contact.EndedAt is null || (contact.Outcome != expected && !(expected == "abandoned" && contact.Outcome == "withdrawn"))) Fault($"{contact.SourceKey} is {contact.Outcome} after {place.Last}");
            return;
        }
        var row = JsonSerializer.Deserialize<ContactRow>(contact.Row, FloorState.Json)!;
        if (row.State.ToString() != place.Stage.ToString()) Fault($"{contact.SourceKey} is {row.State} after {place.Last}");
        if (row.State is ContactState.Offered or ContactState.InHand or ContactState.WrappingUp && row.Agent != place.Agent) Fault($"{contact.SourceKey} is with {row.Agent}, its history says {place.Agent}");
        if (contact.EndedAt is not null || contact.Outcome is not null) Fault($"{contact.SourceKey} is there and over");
    }

    private void Compare(FloorAgentRow stored)
    {
        var presence = JsonSerializer.Deserialize<AgentRow>(stored.Row, FloorState.Json)!.Presence;
        var last = states.GetValueOrDefault(stored.AgentId, EffectiveState.SignedOut);
        if (presence.Effective != last) Fault($"{stored.AgentId} is {presence.Effective}, the last step says {last}");
    }

    private void Compare(IReadOnlyList<WorkItem> items)
    {
        var live = Contacts.Where(c => c is { Source: WorkItemEffects.Source, Row: not null }).ToLookup(WorkItemEffects.ItemOf);
        foreach (var item in items)
        {
            var here = live[item.Id].ToList();
            if (here.Count > 1) Fault($"work item {item.Id} is on the floor {here.Count} times");
            if (here.Count != 1) continue;
            var stage = places.GetValueOrDefault(here[0].Id);
            if (stage.Stage is Stage.InHand or Stage.WrappingUp && item.ClosedAt is null && (item.State != "in-progress" || item.AgentId != stage.Agent)) Fault($"work item {item.Id} is {item.State} of {item.AgentId}, in hand of {stage.Agent}");
            if (stage.Stage == Stage.Waiting && item.AgentId is not null && item.ClosedAt is null) Fault($"work item {item.Id} waits and belongs to {item.AgentId} as {item.State}");
        }
        var done = Contacts.Where(c => c is { Source: WorkItemEffects.Source, Outcome: "completed" }).Select(WorkItemEffects.ItemOf).ToHashSet();
        foreach (var item in items.Where(i => done.Contains(i.Id) && i.State == "in-progress")) Fault($"work item {item.Id} is in progress though it was completed");
    }

    private void Fault(string what)
    {
        if (Faults.Count < MostFaults) Faults.Add(what);
    }
}
