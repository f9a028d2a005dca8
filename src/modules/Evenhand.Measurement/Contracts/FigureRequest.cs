using Evenhand.Analytics.Kpis;

namespace Evenhand.Measurement.Contracts;

/// <summary>What figures can be grouped by, in any combination.</summary>
public enum FigureGroup
{
    /// <summary>The whole centre: one row. The same as no group.</summary>
    Centre,

    /// <summary>The team an agent was in on the day.</summary>
    Team,

    /// <summary>The queue.</summary>
    Queue,

    /// <summary>The agent.</summary>
    Agent,

    /// <summary>The local day.</summary>
    Day,

    /// <summary>The quarter hour.</summary>
    Interval,

    /// <summary>The hour of the local day, 0–23, over all days.</summary>
    Hour,

    /// <summary>The day of the week, over all weeks.</summary>
    Weekday,
}

/// <summary>A question for figures.</summary>
/// <param name="From">First second, unix; a multiple of 900.</param>
/// <param name="To">First second no longer counted; a multiple of 900.</param>
/// <param name="By">Groups, outermost first; empty for the centre as a whole.</param>
/// <param name="Codes">Codes of the dictionary, each also with <c>.CV</c> for its spread over the agents of the row's group.</param>
/// <param name="Settings">Parameters that are not to have their default; null for all defaults.</param>
/// <param name="Filter">Which rows to sum; null for all.</param>
public sealed record FigureRequest(long From, long To, IReadOnlyList<FigureGroup> By, IReadOnlyList<string> Codes, KpiSettings? Settings = null, FigureFilter? Filter = null);

/// <summary>Which part of the centre is counted; a part that is null is not asked for.</summary>
/// <param name="QueueIds">Only these queues. Agent states, which belong to no queue, are then left out.</param>
/// <param name="AgentIds">Only these agents.</param>
/// <param name="TeamIds">Only agents who were in one of these teams on the day.</param>
public sealed record FigureFilter(IReadOnlyCollection<Guid>? QueueIds = null, IReadOnlyCollection<Guid>? AgentIds = null, IReadOnlyCollection<Guid>? TeamIds = null);

/// <summary>An answer: figures with their definitions.</summary>
/// <param name="From">As asked.</param>
/// <param name="To">As asked.</param>
/// <param name="Zone">IANA name of the centre's time zone.</param>
/// <param name="By">As asked.</param>
/// <param name="Definitions">The definition of each code, in the order asked.</param>
/// <param name="Rows">One a group.</param>
public sealed record FigureTable(long From, long To, string Zone, IReadOnlyList<FigureGroup> By, IReadOnlyList<FigureDefinition> Definitions, IReadOnlyList<FigureRow> Rows);

/// <summary>The figures of one group.</summary>
/// <param name="Key">Which group.</param>
/// <param name="Figures">One a code, in the order asked; withheld ones carry their reason.</param>
/// <param name="Counters">The base counters they were made of.</param>
public sealed record FigureRow(FigureKey Key, IReadOnlyList<Figure> Figures, Counters Counters);

/// <summary>Names a group; parts that were not asked for are null.</summary>
/// <param name="Team">Team; <see cref="Guid.Empty"/> for agents in none.</param>
/// <param name="Queue">Queue.</param>
/// <param name="Agent">Agent.</param>
/// <param name="Day">Local day.</param>
/// <param name="Interval">Start of the quarter hour, unix seconds.</param>
/// <param name="Hour">Hour of the local day, 0–23.</param>
/// <param name="Weekday">Day of the week.</param>
public readonly record struct FigureKey(Guid? Team = null, Guid? Queue = null, Guid? Agent = null, DateOnly? Day = null, long? Interval = null, int? Hour = null, DayOfWeek? Weekday = null);
