using Evenhand.Analytics.ControlCharts;

namespace Evenhand.Analytics.Diagnosis;

/// <summary>The limits of the three steps. Rates are shares 0…1; the defaults are those of the KPI dictionary.</summary>
public sealed record DiagnosisSettings
{
    /// <summary>Wanted occupancy; 69–74 %.</summary>
    public Band Occupancy { get; init; } = new(0.69, 0.74);

    /// <summary>Highest coefficient of variation still in control; 0.16.</summary>
    public double CvLimit { get; init; } = 0.16;

    /// <summary>Wanted break rate; 8–9 %.</summary>
    public Band Breaks { get; init; } = new(0.08, 0.09);

    /// <summary>Share of the signed-in agents on break at a peak that alarms, itself included; 1/6.</summary>
    public double PeakShare { get; init; } = 1.0 / 6;

    /// <summary>Break rate below which a waiting team is told to rest; 5 %.</summary>
    public double LowBreak { get; init; } = 0.05;

    /// <summary>Waiting rate from which a team with few breaks is told to rest; 25 %.</summary>
    public double HighIdle { get; init; } = 0.25;

    /// <summary>Agents further than this many standard deviations from their team's mean break rate are named; 2.</summary>
    public double SpecialCauseDeviations { get; init; } = 2;

    /// <summary>Fewest agents with a figure for a CV to be judged; 3.</summary>
    public int LeastAgents { get; init; } = 3;

    /// <summary>Fewest days for a handling-time chart to be judged; 12.</summary>
    public int LeastDays { get; init; } = 12;

    /// <summary>Run rules of the handling-time chart; the Western Electric four. A signal of grade watch alone leaves the step in control.</summary>
    public RuleSet Rules { get; init; } = RuleSet.WesternElectric;

    /// <summary>How sure a shift must be to be dated and re-based.</summary>
    public ShiftSearch Shifts { get; init; } = new();

    /// <summary>Events this many days before or after the likely window of a shift count as "what changed then"; 1.</summary>
    public int EventDays { get; init; } = 1;
}
