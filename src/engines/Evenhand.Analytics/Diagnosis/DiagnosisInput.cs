namespace Evenhand.Analytics.Diagnosis;

/// <summary>One agent's figures over the period. Rates are shares 0…1; null means "not measured", never zero.</summary>
/// <param name="Agent">The agent's code.</param>
/// <param name="Team">The team's code.</param>
/// <param name="Occupancy">Talk time ÷ time at work (not signed-in time).</param>
/// <param name="AtWorkSeconds">Time at work, meals left out; weighs the occupancy of a team.</param>
/// <param name="BreakRate">Not ready (break) ÷ signed-in time, whole period.</param>
/// <param name="PeakBreakRate">The same inside the peak hours.</param>
/// <param name="IdleRate">Available and waiting ÷ signed-in time.</param>
public sealed record AgentFigures(string Agent, string Team, double? Occupancy, double AtWorkSeconds, double? BreakRate = null, double? PeakBreakRate = null, double? IdleRate = null);

/// <summary>A team at one peak interval.</summary>
/// <param name="Team">The team's code.</param>
/// <param name="At">Start of the interval.</param>
/// <param name="OnBreak">Agents in break.</param>
/// <param name="SignedIn">Agents signed in, at least <paramref name="OnBreak"/>.</param>
/// <param name="Left">Codes of the agents who went on break in it.</param>
public sealed record PeakMoment(string Team, DateTimeOffset At, int OnBreak, int SignedIn, IReadOnlyList<string> Left);

/// <summary>One day's mean handling time.</summary>
/// <param name="Date">The centre's day.</param>
/// <param name="Seconds">Mean handling time, seconds.</param>
/// <param name="Contacts">Contacts behind it.</param>
public sealed record DailyHandling(DateOnly Date, double Seconds, int Contacts);

/// <summary>The daily handling time of the centre or one team.</summary>
/// <param name="Team">The team's code; null for the whole centre.</param>
/// <param name="Days">Days with contacts; any order.</param>
public sealed record HandlingSeries(string? Team, IReadOnlyList<DailyHandling> Days);

/// <summary>Something that changed on a day: script release, product launch, training, campaign, roster.</summary>
/// <param name="Date">The day it took effect.</param>
/// <param name="Kind">Its kind, as a code.</param>
/// <param name="Title">What people call it.</param>
public sealed record KnownEvent(DateOnly Date, string Kind, string Title);

/// <summary>All the diagnosis looks at.</summary>
/// <param name="HasStateLog">Whether agent states were recorded: without them occupancy and breaks cannot be known.</param>
/// <param name="HasCallLog">Whether contacts were recorded: without them handling time cannot be known.</param>
/// <param name="Agents">One entry per agent.</param>
/// <param name="Peaks">The peak intervals looked at.</param>
/// <param name="Handling">The handling-time series.</param>
/// <param name="Events">What changed, by date.</param>
public sealed record DiagnosisInput(
    bool HasStateLog, bool HasCallLog, IReadOnlyList<AgentFigures> Agents, IReadOnlyList<PeakMoment> Peaks, IReadOnlyList<HandlingSeries> Handling, IReadOnlyList<KnownEvent> Events);

/// <summary>A closed range of rates.</summary>
/// <param name="Low">Lowest rate still inside.</param>
/// <param name="High">Highest rate still inside.</param>
public readonly record struct Band(double Low, double High)
{
    /// <summary>The middle of the band.</summary>
    public double Middle => (Low + High) / 2;
}
