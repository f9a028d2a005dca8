using Evenhand.Analytics.ControlCharts;
using Evenhand.Analytics.Dispersion;

namespace Evenhand.Analytics.Diagnosis;

/// <summary>Where a step stands.</summary>
public enum StepStatus
{
    /// <summary>Judged, and nothing to mend.</summary>
    InControl,

    /// <summary>Judged, with something to mend first.</summary>
    OutOfControl,

    /// <summary>Its turn has come, but its data do not exist; <see cref="StepReport.Reason"/> says which.</summary>
    CannotJudge,

    /// <summary>An earlier step is not under control or cannot be judged; <see cref="StepReport.BlockedBy"/> says which.</summary>
    Withheld,
}

/// <summary>How much a finding weighs.</summary>
public enum FindingWeight
{
    /// <summary>Good to know; the step may be in control.</summary>
    Note,

    /// <summary>Puts the step out of control.</summary>
    Problem,
}

/// <summary>One finding: a code (the text's key, see <see cref="Findings"/>) and its arguments in the order that code documents.</summary>
/// <param name="Code">One of <see cref="Findings"/>.</param>
/// <param name="Weight">Whether it puts the step out of control.</param>
/// <param name="Team">The team it is about; null for the centre.</param>
/// <param name="Agent">The agent it names; null for a team's or the centre's finding.</param>
/// <param name="Arguments">Rates 0…1 and seconds as double, counts as int, days as DateOnly, moments as DateTimeOffset, names as string.</param>
public sealed record Finding(string Code, FindingWeight Weight, string? Team, string? Agent, IReadOnlyList<object> Arguments);

/// <summary>One team's occupancy.</summary>
/// <param name="Team">The team's code.</param>
/// <param name="Agents">Agents with a figure.</param>
/// <param name="Mean">Occupancy of the team, weighted by time at work.</param>
/// <param name="Spread">The agents' occupancies, unweighted: mean, sd, CV.</param>
/// <param name="HeadCount">Agents that would bring the team to the middle of the band, n·mean ÷ middle rounded up.</param>
public sealed record TeamOccupancy(string Team, int Agents, double Mean, Sample Spread, int HeadCount);

/// <summary>Step 1's figures.</summary>
/// <param name="Centre">Occupancy of the centre, weighted by time at work.</param>
/// <param name="HeadCount">Agents that would bring the centre to the middle of the band.</param>
/// <param name="Teams">By team, ordinal order.</param>
/// <param name="Spread">Between and within teams.</param>
public sealed record OccupancyFigures(double Centre, int HeadCount, IReadOnlyList<TeamOccupancy> Teams, TeamSpread Spread);

/// <summary>One team's breaks.</summary>
/// <param name="Team">The team's code.</param>
/// <param name="Whole">The agents' break rates over the period.</param>
/// <param name="Peak">The agents' break rates inside the peak hours; empty when not measured.</param>
/// <param name="Idle">Mean waiting rate; null when not measured.</param>
/// <param name="WorstPeak">The peak interval with the largest share on break; null when none was given.</param>
/// <param name="LeftAtPeak">Who went on break in the peak intervals, and how often; most often first.</param>
public sealed record TeamBreaks(string Team, Sample Whole, Sample Peak, double? Idle, PeakMoment? WorstPeak, IReadOnlyList<KeyValuePair<string, int>> LeftAtPeak);

/// <summary>A shift of the handling time, dated by day.</summary>
/// <param name="Shift">The shift, by index into the chart.</param>
/// <param name="Date">Most likely first day of the new level.</param>
/// <param name="Earliest">First day of the likely window.</param>
/// <param name="Latest">Last day of the likely window.</param>
/// <param name="Changes">What changed then, nearest to <paramref name="Date"/> first.</param>
public sealed record DatedShift(Shift Shift, DateOnly Date, DateOnly Earliest, DateOnly Latest, IReadOnlyList<KnownEvent> Changes);

/// <summary>One handling-time chart.</summary>
/// <param name="Team">The team's code; null for the centre.</param>
/// <param name="Dates">The day of each point.</param>
/// <param name="Chart">I-MR chart, re-based after confirmed shifts; drawn without rules when only for information.</param>
/// <param name="Shifts">The shifts with what changed.</param>
public sealed record HandlingChart(string? Team, IReadOnlyList<DateOnly> Dates, ChartPair Chart, IReadOnlyList<DatedShift> Shifts);

/// <summary>What every step reports.</summary>
/// <param name="Step">1 occupancy, 2 breaks, 3 handling time.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Reason">Why it could not be judged or is withheld, one of <see cref="Reasons"/>; null when judged.</param>
/// <param name="BlockedBy">The earlier step that withholds this one; null otherwise.</param>
/// <param name="Findings">Problems first; empty unless judged.</param>
/// <param name="Action">The recommended action, one of <see cref="Actions"/>; null when the step is in control or withheld.</param>
public sealed record StepReport(int Step, StepStatus Status, string? Reason, int? BlockedBy, IReadOnlyList<Finding> Findings, string? Action);

/// <summary>The whole diagnosis. Figures of a step are null (or empty) unless the step was judged.</summary>
/// <param name="Occupancy">Step 1.</param>
/// <param name="Breaks">Step 2.</param>
/// <param name="Handling">Step 3.</param>
/// <param name="OccupancyFigures">Step 1's figures.</param>
/// <param name="BreakFigures">Step 2's figures, by team.</param>
/// <param name="HandlingCharts">Step 3's charts; also present, without rules or findings, when <paramref name="HandlingForInformation"/>.</param>
/// <param name="HandlingForInformation">The charts are shown although step 3 is withheld for want of data: not judged.</param>
/// <param name="Action">The one action recommended now: that of the first step not in control, else <see cref="Actions.KeepWatching"/>.</param>
public sealed record DiagnosisReport(
    StepReport Occupancy, StepReport Breaks, StepReport Handling, OccupancyFigures? OccupancyFigures, IReadOnlyList<TeamBreaks> BreakFigures,
    IReadOnlyList<HandlingChart> HandlingCharts, bool HandlingForInformation, string Action);
