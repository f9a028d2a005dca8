namespace Evenhand.Analytics.ControlCharts;

/// <summary>What a chart's points are.</summary>
public enum ChartKind
{
    /// <summary>Single values (X of I-MR).</summary>
    Individuals,

    /// <summary>Absolute differences of neighbours (MR of I-MR).</summary>
    MovingRange,

    /// <summary>Subgroup means.</summary>
    Xbar,

    /// <summary>Subgroup ranges.</summary>
    Range,

    /// <summary>Shares of units (p).</summary>
    Proportion,

    /// <summary>Counts per equal unit of opportunity (c).</summary>
    Count,
}

/// <summary>Centre line and limits at one point, in the values' own unit.</summary>
/// <param name="Centre">Centre line.</param>
/// <param name="Sigma">One standard deviation of the plotted statistic; 0 when the baseline does not vary.</param>
/// <param name="Lower">Lower limit, centre − 3 sigma; never below 0 for ranges, shares and counts.</param>
/// <param name="Upper">Upper limit, centre + 3 sigma; never above 1 for shares.</param>
public sealed record ControlLimits(double Centre, double Sigma, double Lower, double Upper)
{
    /// <summary>Limits at centre ± 3 sigma, clipped to what the statistic can be.</summary>
    public static ControlLimits Of(double centre, double sigma, double least = double.NegativeInfinity, double most = double.PositiveInfinity) =>
        new(centre, sigma, Math.Max(least, centre - 3 * sigma), Math.Min(most, centre + 3 * sigma));

    /// <summary>The value in sigmas from the centre; ±infinity when sigma is 0 and the value differs.</summary>
    public double Standardise(double value) => value == Centre ? 0 : (value - Centre) / Sigma;
}

/// <summary>One plotted point.</summary>
/// <param name="Index">Place in the series, from 0.</param>
/// <param name="Value">The plotted statistic.</param>
/// <param name="Limits">The limits it is judged by: its own phase's, its own subgroup size's.</param>
/// <param name="Violated">The rules complete at this point.</param>
public sealed record ChartPoint(int Index, double Value, ControlLimits Limits, IReadOnlyList<RunRule> Violated);

/// <summary>A stretch of points judged by the same limits; half-open.</summary>
/// <param name="Start">First index.</param>
/// <param name="End">Index after the last.</param>
/// <param name="Limits">Its limits (for shares of unequal size, those of the mean size).</param>
public sealed record ChartPhase(int Start, int End, ControlLimits Limits);

/// <summary>One stretch over which a rule stayed violated.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="From">First index of the points that make the shape.</param>
/// <param name="At">Index at which the rule first fired: the date of the alarm.</param>
/// <param name="To">Last index at which it still fired.</param>
/// <param name="Side">+1 above the centre (or rising), −1 below (or falling), 0 where the pattern has no side.</param>
public sealed record ChartSignal(RunRule Rule, int From, int At, int To, int Side);

/// <summary>A judged control chart.</summary>
/// <param name="Kind">What the points are.</param>
/// <param name="Points">All points, in order.</param>
/// <param name="Phases">The phases, in order, covering every point; one unless re-based.</param>
/// <param name="Signals">The alarms, by the index they fired at.</param>
/// <param name="Rules">The rules it was judged by.</param>
/// <param name="Shifts">The confirmed shifts the phases begin at; empty unless re-based.</param>
public sealed record ControlChart(
    ChartKind Kind, IReadOnlyList<ChartPoint> Points, IReadOnlyList<ChartPhase> Phases, IReadOnlyList<ChartSignal> Signals, RuleSet Rules, IReadOnlyList<Shift> Shifts)
{
    /// <summary>Indexes of the points beyond their own 3-sigma limits, whatever the rules.</summary>
    public IReadOnlyList<int> Beyond => [.. Points.Where(p => Math.Abs(p.Limits.Standardise(p.Value)) > 3 + 1e-9).Select(p => p.Index)];

    /// <summary>Whether no rule of grade <see cref="RunGrade.Act"/> or <see cref="RunGrade.Rebase"/> fired.</summary>
    public bool InControl => Signals.All(s => s.Rule.Grade == RunGrade.Watch);

    internal static ControlChart Judge(ChartKind kind, IReadOnlyList<double> values, Func<int, ControlLimits> limitsAt, IReadOnlyList<ChartPhase> phases, RuleSet rules, IReadOnlyList<Shift>? shifts = null)
    {
        var limits = Enumerable.Range(0, values.Count).Select(limitsAt).ToArray();
        var z = values.Select((v, i) => limits[i].Standardise(v)).ToArray();
        var points = new List<ChartPoint>(values.Count);
        foreach (var phase in phases)
            for (var i = phase.Start; i < phase.End; i++)
                points.Add(new ChartPoint(i, values[i], limits[i], rules.FiringAt(z.AsSpan(phase.Start, i + 1 - phase.Start))));
        var signals = rules.Rules.SelectMany(rule => phases.SelectMany(phase => Stretches(rule, phase, points, z)));
        return new ControlChart(kind, points, phases, [.. signals.OrderBy(s => s.At).ThenBy(s => s.From)], rules, shifts ?? []);
    }

    private static IEnumerable<ChartSignal> Stretches(RunRule rule, ChartPhase phase, List<ChartPoint> points, double[] z)
    {
        ChartSignal? open = null;
        for (var i = phase.Start; i < phase.End; i++)
        {
            var fires = points[i].Violated.Contains(rule);
            var side = fires ? SideOf(rule, z, i) : 0;
            if (open is not null && (!fires || side != open.Side))
            {
                yield return open;
                open = null;
            }
            if (fires) open = open is null ? new ChartSignal(rule, Math.Max(phase.Start, i + 1 - rule.Window), i, i, side) : open with { To = i };
        }
        if (open is not null) yield return open;
    }

    private static int SideOf(RunRule rule, double[] z, int i) => rule.Pattern switch
    {
        RunPattern.BeyondSigma or RunPattern.OneSide => Math.Sign(z[i]),
        RunPattern.Trend => Math.Sign(z[i] - z[i - 1]),
        _ => 0,
    };
}
