using Evenhand.Dispatch.Policies;
using Evenhand.Dispatch.Presence;
using Evenhand.Dispatch.Queues;

namespace Evenhand.Dispatch;

/// <summary>An agent as a plain row; it does not go stale while nothing happens to the agent.</summary>
/// <param name="Profile">Skills, certificates, capacity.</param>
/// <param name="Presence">Presence as last told.</param>
/// <param name="Effort">Weighted effort this shift, with the expected effort of what is in hand.</param>
/// <param name="Forgiven">What was written off beyond the catch-up; below zero when the agent was ahead.</param>
/// <param name="Handling">Unweighted handling time this shift, with the expected time of what is in hand.</param>
/// <param name="OnDutyBefore">Time on duty this shift before the present stay.</param>
/// <param name="OnDutySince">When the present stay on duty began; null off duty.</param>
/// <param name="IdleSince">When the last contact ended or the agent became available.</param>
/// <param name="Ignored">Offers ignored in a row.</param>
/// <param name="IsPaused">Whether paused for ignoring offers.</param>
public sealed record AgentRow(
    AgentProfile Profile, AgentPresence Presence, TimeSpan Effort, TimeSpan Forgiven, TimeSpan Handling, TimeSpan OnDutyBefore, DateTimeOffset? OnDutySince, DateTimeOffset IdleSince,
    int Ignored, bool IsPaused)
{
    /// <summary>Time on duty this shift until a moment.</summary>
    /// <param name="at">The moment, not before <see cref="OnDutySince"/>.</param>
    public TimeSpan OnDuty(DateTimeOffset at) => OnDutySince is { } since ? OnDutyBefore + (at - since) : OnDutyBefore;
}

/// <summary>Until when a contact is not offered again to an agent who refused it.</summary>
/// <param name="Agent">Who refused.</param>
/// <param name="Until">When it may be offered again.</param>
public sealed record Bar(Guid Agent, DateTimeOffset Until);

/// <summary>A contact as a plain row.</summary>
/// <param name="Arrival">The contact as it came, with its present home queue.</param>
/// <param name="State">Where it is.</param>
/// <param name="Agent">With whom, or for whom it is kept; null in line.</param>
/// <param name="Through">The queue by whose rules it was given; null in line.</param>
/// <param name="Since">When the state began.</param>
/// <param name="Until">When the reservation, offer or after-contact work ends; null without an end.</param>
/// <param name="Taken">When the agent took it; null before.</param>
/// <param name="IdleBefore">The agent's idle-since before the offer; null in line.</param>
/// <param name="Offer">How often it has been offered.</param>
/// <param name="Effort">Expected effort on the agent's account.</param>
/// <param name="Handling">Expected handling time on the agent's account.</param>
/// <param name="Preference">Whether it is kept for its own or last agent.</param>
/// <param name="HelpedBy">Helping queues that have taken hold.</param>
/// <param name="Bars">Who refused it a short while ago.</param>
public sealed record ContactRow(
    Arrival Arrival, ContactState State, Guid? Agent, Guid? Through, DateTimeOffset Since, DateTimeOffset? Until, DateTimeOffset? Taken, DateTimeOffset? IdleBefore, int Offer,
    TimeSpan Effort, TimeSpan Handling, Bends Preference, IReadOnlyList<Guid> HelpedBy, IReadOnlyList<Bar> Bars);

/// <summary>
/// Everything a dispatcher knows beside the rules of its queues, as plain rows in order of their ids. Rows change only for the agents and contacts named by
/// a command or by its outputs, so that a host can keep them one by one.
/// </summary>
/// <param name="Now">The latest moment seen, or the moment of a restart.</param>
/// <param name="Agents">All agents.</param>
/// <param name="Contacts">All contacts.</param>
public sealed record DispatchSnapshot(DateTimeOffset Now, IReadOnlyList<AgentRow> Agents, IReadOnlyList<ContactRow> Contacts);
