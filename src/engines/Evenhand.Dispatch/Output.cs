using Evenhand.Dispatch.Policies;

namespace Evenhand.Dispatch;

/// <summary>What the dispatcher says has happened.</summary>
public enum OutputKind
{
    /// <summary>A contact stands in line; also when it comes back to its old place.</summary>
    Queued,

    /// <summary>A contact is kept for its last or own agent until <see cref="Output.Until"/>.</summary>
    Reserved,

    /// <summary>A contact is offered to an agent until <see cref="Output.Until"/>; carries the decision.</summary>
    Offered,

    /// <summary>A contact is given without asking; carries the decision.</summary>
    Assigned,

    /// <summary>The agent took the offer.</summary>
    Accepted,

    /// <summary>The agent rejected the offer.</summary>
    Rejected,

    /// <summary>The agent let the offer run out.</summary>
    Ignored,

    /// <summary>The offer is taken back because the agent became unable to take it or the customer left.</summary>
    Withdrawn,

    /// <summary>The conversation is over; after-contact work until <see cref="Output.Until"/>.</summary>
    WrappingUp,

    /// <summary>The work on a contact is done.</summary>
    Completed,

    /// <summary>A contact went from its agent back into line.</summary>
    Returned,

    /// <summary>A contact went from one agent to another.</summary>
    HandedOver,

    /// <summary>A contact moved into another queue, at its old place.</summary>
    Moved,

    /// <summary>A queue (<see cref="Output.Queue"/>) helps from now on with a contact of another.</summary>
    Overflowed,

    /// <summary>The customer left before being served.</summary>
    Abandoned,

    /// <summary>A contact came outside the hours of its queue and was not let in.</summary>
    TurnedAway,

    /// <summary>An agent is paused for ignoring offers.</summary>
    Paused,

    /// <summary>A paused agent takes contacts again.</summary>
    Resumed,

    /// <summary>An agent has a contact that was not, or not so, given here: a telephone system connected it.</summary>
    Followed,
}

/// <summary>One thing that happened, in order; a host stores and publishes these. What does not concern an output is empty.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="At">When.</param>
/// <param name="Contact">The contact; empty for what concerns an agent alone.</param>
/// <param name="Queue">The contact's home queue, or the helping queue of an overflow.</param>
/// <param name="Agent">The agent; empty when none is concerned.</param>
/// <param name="Until">When an offer, a reservation or after-contact work ends; default otherwise.</param>
/// <param name="Spent">Handling time of a completed or returned contact; zero otherwise.</param>
/// <param name="Effort">Weighted effort of the same; zero otherwise.</param>
/// <param name="Decision">Why this agent; only with an offer or assignment.</param>
public readonly record struct Output(
    OutputKind Kind, DateTimeOffset At, Guid Contact, Guid Queue, Guid Agent, DateTimeOffset Until = default, TimeSpan Spent = default, TimeSpan Effort = default, Decision? Decision = null);

/// <summary>What holds for all queues.</summary>
public sealed record DispatchSettings
{
    /// <summary>Twenty minutes of catch-up, three ignored offers.</summary>
    public static DispatchSettings Default { get; } = new();

    /// <summary>The most effort anyone owes or is owed: who was away from a busy queue is never flooded to make up for more. Zero or more.</summary>
    public TimeSpan CatchUp { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>How many offers in a row an agent may ignore before being paused; at least 1.</summary>
    public int IgnoresBeforePause { get; init; } = 3;
}
