using Evenhand.Dispatch.Presence;
using Evenhand.Dispatch.Queues;

namespace Evenhand.Routing.Contracts;

/// <summary>The live floor as other capabilities look at it.</summary>
public interface IFloor
{
    /// <summary>The floor at this moment, from memory: cheap, never older than the last stored change. Empty on a node that does not run the floor.</summary>
    FloorPicture Now();

    /// <summary>Calls back after every stored change of the floor, from the floor's own thread: return at once. Dispose to stop listening.</summary>
    /// <param name="changed">Told who and what changed.</param>
    IDisposable Listen(Action<FloorChange> changed);
}

/// <summary>What one stored change touched.</summary>
/// <param name="At">When.</param>
/// <param name="Agents">Agents whose state, offers or contacts changed.</param>
/// <param name="Queues">Queues whose lines or counts changed.</param>
/// <param name="Teams">Teams whose break queue or people changed.</param>
public sealed record FloorChange(DateTimeOffset At, IReadOnlySet<Guid> Agents, IReadOnlySet<Guid> Queues, IReadOnlySet<Guid> Teams);

/// <summary>The floor at a moment.</summary>
/// <param name="At">When.</param>
/// <param name="IsRunning">Whether this node runs the floor.</param>
/// <param name="Agents">Everybody who is signed in or has something in hand, by agent.</param>
/// <param name="Queues">Every queue that is routed, by queue.</param>
public sealed record FloorPicture(DateTimeOffset At, bool IsRunning, IReadOnlyDictionary<Guid, FloorAgent> Agents, IReadOnlyDictionary<Guid, FloorQueue> Queues);

/// <summary>One agent on the floor.</summary>
/// <param name="AgentId">Who.</param>
/// <param name="TeamId">The team today; null for none.</param>
/// <param name="State">What the floor sees.</param>
/// <param name="BreakReason">Why the break; null otherwise.</param>
/// <param name="Since">When the state began.</param>
/// <param name="IsPaused">Paused for ignoring offers.</param>
/// <param name="OverLimitSince">From when on the state lasts longer than it may, perhaps still ahead; null when it has no limit.</param>
/// <param name="ShiftEnd">End of the rostered duty being worked; null without one.</param>
/// <param name="Contacts">Offered and in hand.</param>
/// <param name="AsksBreak">Place in the team's break queue, from 1; null when not waiting.</param>
/// <param name="OnDuty">Time on duty this shift, when something last changed for the agent.</param>
/// <param name="Effort">Weighted effort this shift, then.</param>
public sealed record FloorAgent(Guid AgentId, Guid? TeamId, EffectiveState State, string? BreakReason, DateTimeOffset Since, bool IsPaused, DateTimeOffset? OverLimitSince, DateTimeOffset? ShiftEnd,
    IReadOnlyList<FloorContact> Contacts, int? AsksBreak, TimeSpan OnDuty, TimeSpan Effort)
{
    /// <summary>Unweighted handling time this shift; contacts in hand count with the time they are expected to take.</summary>
    public TimeSpan Handling { get; init; }

    /// <summary>When these figures were true; <see cref="OnDuty"/> and <see cref="OnDutyAt"/> grow from then on.</summary>
    public DateTimeOffset DrawnAt { get; init; }

    /// <summary>Time on duty this shift until a moment, not before <see cref="DrawnAt"/>.</summary>
    /// <param name="at">The moment.</param>
    public TimeSpan OnDutyAt(DateTimeOffset at) =>
        State is EffectiveState.SignedOut or EffectiveState.AtMeal or EffectiveState.InTraining or EffectiveState.InMeeting || at <= DrawnAt ? OnDuty : OnDuty + (at - DrawnAt);
}

/// <summary>A contact offered to or held by an agent.</summary>
/// <param name="ContactId">Which.</param>
/// <param name="QueueId">Its queue.</param>
/// <param name="Channel">By what way it came.</param>
/// <param name="Stage">Where it is: offered, in-hand or wrapping-up.</param>
/// <param name="Since">When that began.</param>
public sealed record FloorContact(Guid ContactId, Guid QueueId, Channel Channel, string Stage, DateTimeOffset Since);

/// <summary>One queue on the floor, with today's counts (the centre's day). Contacts count in the quarter hour in which they arrived.</summary>
/// <param name="QueueId">Which.</param>
/// <param name="Channel">What waits in it.</param>
/// <param name="IsOpen">Whether it is open now.</param>
/// <param name="Waiting">Contacts waiting or being offered now.</param>
/// <param name="OldestAt">Arrival of the one that waits longest; null when none waits.</param>
/// <param name="Quarters">Today's counts by quarter hour that had any, ascending.</param>
public sealed record FloorQueue(Guid QueueId, Channel Channel, bool IsOpen, int Waiting, DateTimeOffset? OldestAt, IReadOnlyList<QuarterCounts> Quarters)
{
    /// <summary>Within this wait a contact counts as answered in time, in seconds.</summary>
    public int ServiceLevelSeconds { get; init; }

    /// <summary>Who leaves within this wait has left shortly, in seconds.</summary>
    public int ShortAbandonSeconds { get; init; }
}

/// <summary>What became of the contacts that arrived in one quarter hour, so far. Lengths in seconds.</summary>
/// <param name="Start">Start of the quarter hour.</param>
/// <param name="Offered">Contacts that arrived.</param>
/// <param name="Answered">Taken by an agent.</param>
/// <param name="AnsweredInTime">Of these, within the queue's service-level threshold.</param>
/// <param name="Abandoned">Left unserved.</param>
/// <param name="AbandonedShort">Of these, within the short-abandon limit.</param>
/// <param name="OverflowIn">Served for another queue.</param>
/// <param name="OverflowOut">Served by another queue.</param>
/// <param name="TurnedAway">Not let in.</param>
/// <param name="WaitSeconds">Waits of the answered.</param>
/// <param name="HandleSeconds">Handling, after-contact work included, of the completed.</param>
/// <param name="AfterContactSeconds">Part of it after the conversation.</param>
/// <param name="Completed">Completed.</param>
public sealed record QuarterCounts(DateTimeOffset Start, int Offered, int Answered, int AnsweredInTime, int Abandoned, int AbandonedShort, int OverflowIn, int OverflowOut, int TurnedAway,
    long WaitSeconds, long HandleSeconds, long AfterContactSeconds, int Completed);
