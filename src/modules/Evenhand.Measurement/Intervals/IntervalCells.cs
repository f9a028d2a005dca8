using System.Runtime.InteropServices;
using Evenhand.Analytics.Intervals;
using Evenhand.Analytics.Kpis;
using Evenhand.Intake.Contracts;

namespace Evenhand.Measurement.Intervals;

/// <summary>Names a cell; an empty agent means the queue's own cell, an empty queue the agent's states.</summary>
internal readonly record struct CellKey(long Start, Guid Agent, Guid Queue) : IComparable<CellKey>
{
    public int CompareTo(CellKey other) =>
        Start != other.Start ? Start.CompareTo(other.Start) : Agent != other.Agent ? Agent.CompareTo(other.Agent) : Queue.CompareTo(other.Queue);
}

/// <summary>
/// Makes the quarter hours of a stretch of time out of all contacts and states that lie in it. Contacts count where they entered; talk, hold, after-contact work and states
/// are split at the borders. Where inside a contact its holds lay no source tells, so they are put behind the talk. A state that has not ended is not counted before it does.
/// </summary>
internal sealed class IntervalCells(IntervalGrid grid, TimeSpanSlice span)
{
    /// <summary>After-contact work begins this many seconds around its contact's end at most.</summary>
    private const int Near = 60;

    private readonly Dictionary<CellKey, Tally> cells = [];
    private readonly Dictionary<Guid, List<Contact>> unworked = [];

    /// <summary>Seconds a state may begin after a contact of the stretch has ended and still belong to it.</summary>
    public const int StatesAfter = Near;

    /// <summary>Counts everything; call once.</summary>
    /// <param name="contacts">All contacts that share time with the stretch.</param>
    /// <param name="states">All states that share time with it, and those that began within <see cref="StatesAfter"/> after its contacts.</param>
    public IReadOnlyDictionary<CellKey, Tally> Count(IReadOnlyList<Contact> contacts, IReadOnlyList<StateInterval> states)
    {
        var worked = AfterContactWork(contacts, states);
        foreach (var contact in contacts) Add(contact, contact.AfterContact ?? worked.GetValueOrDefault(contact.Id, -1));
        foreach (var state in states)
            if (state.End is { } end && end > state.Start && CounterOf(state.State) is { } counter) AddState(state.AgentId, counter, new(state.Start, end));
        return cells;
    }

    private void Add(Contact contact, int afterContact)
    {
        var counted = Counted(contact, afterContact);
        if (span.Contains(contact.EnteredAt))
        {
            var start = grid.StartOf(contact.EnteredAt);
            Cell(new(start, Guid.Empty, contact.QueueId)).Anchor(in counted);
            if (counted.IsAnswered && contact.AgentId is { } by) Cell(new(start, by, contact.QueueId)).Anchor(in counted);
        }
        if (!counted.IsAnswered) return;
        Tally.Split(in counted, grid, span, start => Cell(new(start, Guid.Empty, contact.QueueId)));
        if (contact.AgentId is { } agent) Tally.Split(in counted, grid, span, start => Cell(new(start, agent, contact.QueueId)));
    }

    /// <summary>The contact as it is counted.</summary>
    public static CountedContact Counted(Contact contact, int afterContact) => new()
    {
        EnteredAt = contact.EnteredAt,
        ConnectedAt = contact.ConnectedAt ?? contact.EnteredAt + contact.Wait,
        Outcome = contact.Outcome == ContactOutcome.Answered || contact.ConnectedAt is not null ? Counter.Answered : contact.Outcome switch
        {
            ContactOutcome.Abandoned => Counter.Abandoned,
            ContactOutcome.TimedOut => Counter.TimedOut,
            ContactOutcome.KeyExit => Counter.KeyExit,
            ContactOutcome.EmptyExit => Counter.EmptyExit,
            ContactOutcome.Unfinished => Counter.Unfinished,
            _ => Counter.OtherExit,
        },
        Wait = Math.Max(0, contact.Wait),
        Ring = Math.Max(0, contact.Ring),
        Talk = Math.Max(0, contact.Talk),
        Hold = Math.Max(0, contact.Hold),
        AfterContact = afterContact,
        Transferred = contact.EndedBy == ContactEnd.Transfer,
        Identified = contact.Customer is not null,
        RingNoAnswers = contact.RingNoAnswers,
    };

    /// <summary>Gives after-contact states to the contacts they follow, where the contacts' own source does not tell them; the rest counts for the agent alone.</summary>
    private Dictionary<Guid, int> AfterContactWork(IReadOnlyList<Contact> contacts, IReadOnlyList<StateInterval> states)
    {
        var worked = new Dictionary<Guid, int>();
        if (!states.Any(s => s.State == AgentState.AfterContact)) return worked;
        foreach (var contact in contacts)
            if (contact is { AgentId: { } agent, EndedAt: not null, ConnectedAt: not null }) ListOf(agent).Add(contact);
        foreach (var ended in unworked.Values) ended.Sort((a, b) => a.EndedAt!.Value.CompareTo(b.EndedAt!.Value));
        foreach (var state in states)
        {
            if (state.State != AgentState.AfterContact || state.End is not { } end || end <= state.Start) continue;
            var own = Ended(state.AgentId, state.Start);
            if (own is null) AddState(state.AgentId, Counter.AfterContactInInterval, new(state.Start, end));
            else worked[own.Id] = worked.GetValueOrDefault(own.Id) + (int)(end - state.Start);
        }
        return worked;
    }

    private List<Contact> ListOf(Guid agent)
    {
        ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(unworked, agent, out _);
        return list ??= [];
    }

    private Contact? Ended(Guid agent, long at)
    {
        if (!unworked.TryGetValue(agent, out var ended)) return null;
        int low = 0, high = ended.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (ended[middle].EndedAt!.Value <= at + Near / 10) low = middle + 1;
            else high = middle;
        }
        return low > 0 && at - ended[low - 1].EndedAt!.Value <= Near ? ended[low - 1] : null;
    }

    private void AddState(Guid agent, Counter counter, TimeSpanSlice state)
    {
        foreach (var part in grid.Split(state.Intersect(span))) Cell(new(grid.StartOf(part.Start), agent, Guid.Empty)).Counters.Add(counter, part.Seconds);
    }

    // Talking and holding are counted from the contacts themselves, which know their queues.
    private static Counter? CounterOf(AgentState state) => state switch
    {
        AgentState.SignedIn => Counter.SignedInSeconds,
        AgentState.Available => Counter.AvailableSeconds,
        AgentState.Ringing => Counter.RingingSeconds,
        AgentState.Break => Counter.BreakSeconds,
        AgentState.Meal => Counter.MealSeconds,
        AgentState.Training => Counter.TrainingSeconds,
        AgentState.Meeting => Counter.MeetingSeconds,
        AgentState.OtherNotReady => Counter.OtherNotReadySeconds,
        _ => null,
    };

    private Tally Cell(CellKey key)
    {
        ref var cell = ref CollectionsMarshal.GetValueRefOrAddDefault(cells, key, out _);
        return cell ??= new();
    }
}
