namespace Evenhand.Analytics.ControlCharts;

/// <summary>A chart of the level with the chart of the spread it takes its sigma from.</summary>
/// <param name="Level">Individuals or Xbar chart.</param>
/// <param name="Spread">Moving-range or range chart, judged by its limits only: its points are not independent of each other or not normal.</param>
public sealed record ChartPair(ControlChart Level, ControlChart Spread);

/// <summary>
/// Shewhart charts. Every chart takes its limits from the first <c>baseline</c> points (all when null) and judges every point by them; limits are at
/// 3 sigma, rules default to <see cref="RuleSet.WesternElectric"/>. Montgomery, Introduction to Statistical Quality Control; NIST/SEMATECH e-Handbook 6.3.
/// </summary>
public static class Charts
{
    private static readonly RuleSet LimitsOnly = RuleSet.ShewhartOnly;

    /// <summary>I-MR chart: sigma = mean moving range of two ÷ d2(2).</summary>
    /// <param name="values">At least two finite values, in time order.</param>
    /// <param name="rules">Run rules of the individuals chart.</param>
    /// <param name="baseline">How many leading points set the limits, at least 2.</param>
    /// <exception cref="ArgumentException">Too few values or a value that is not finite; the message names its place.</exception>
    public static ChartPair Individuals(IReadOnlyList<double> values, RuleSet? rules = null, int? baseline = null) =>
        Individuals(values, rules, [(0, Leading(values.Count, baseline, 2))], []);

    /// <summary>
    /// I-MR chart whose limits are set anew after every confirmed shift (<see cref="ShiftSearch.FindShifts"/>), so that later points are judged by their
    /// own phase and runs do not cross phases.
    /// </summary>
    /// <param name="values">At least two finite values, in time order.</param>
    /// <param name="rules">Run rules; a shift is looked for only where one of them of grade act or re-base fires.</param>
    /// <param name="search">How sure a shift must be; its defaults when null.</param>
    /// <exception cref="ArgumentException">Too few values or a value that is not finite.</exception>
    public static ChartPair IndividualsRebased(IReadOnlyList<double> values, RuleSet? rules = null, ShiftSearch? search = null)
    {
        Leading(values.Count, null, 2);
        Finite(values);
        var shifts = (search ?? new ShiftSearch()).FindShifts(values, rules ?? RuleSet.WesternElectric);
        return Individuals(values, rules, [(0, null), .. shifts.Select(s => (s.Index, (int?)null))], shifts);
    }

    /// <summary>I-MR chart with phases that begin where the caller says.</summary>
    /// <param name="values">Finite values in time order.</param>
    /// <param name="rebaseAt">First indexes of the later phases, strictly rising, each phase at least two points long.</param>
    /// <param name="rules">Run rules of the individuals chart.</param>
    /// <exception cref="ArgumentException">A phase is shorter than two points, or a value is not finite.</exception>
    public static ChartPair IndividualsByPhase(IReadOnlyList<double> values, IReadOnlyList<int> rebaseAt, RuleSet? rules = null) =>
        Individuals(values, rules, [(0, null), .. rebaseAt.Select(start => (start, (int?)null))], []);

    /// <summary>Xbar-R chart of equal subgroups: sigma of a mean = mean range ÷ (d2·√n).</summary>
    /// <param name="subgroups">At least two subgroups, all of the same size 2…25, in time order.</param>
    /// <param name="rules">Run rules of the Xbar chart.</param>
    /// <param name="baseline">How many leading subgroups set the limits, at least 2.</param>
    /// <exception cref="ArgumentException">Subgroups of unequal size, too few, or a value that is not finite.</exception>
    public static ChartPair XbarR(IReadOnlyList<IReadOnlyList<double>> subgroups, RuleSet? rules = null, int? baseline = null)
    {
        var lead = Leading(subgroups.Count, baseline, 2);
        var size = subgroups[0].Count;
        for (var i = 0; i < subgroups.Count; i++)
        {
            if (subgroups[i].Count != size) throw new ArgumentException($"Subgroup {i} has {subgroups[i].Count} values, the first has {size}; an Xbar-R chart needs equal subgroups.", nameof(subgroups));
            Finite(subgroups[i]);
        }
        var factors = ChartConstants.For(size);
        var means = subgroups.Select(g => g.Average()).ToArray();
        var ranges = subgroups.Select(g => g.Max() - g.Min()).ToArray();
        var range = ranges.Take(lead).Average();
        return new ChartPair(
            Flat(ChartKind.Xbar, means, ControlLimits.Of(means.Take(lead).Average(), range / factors.D2 / Math.Sqrt(size)), rules),
            Flat(ChartKind.Range, ranges, ControlLimits.Of(range, range * factors.D3 / factors.D2, 0), LimitsOnly));
    }

    /// <summary>p chart: sigma at a point = √(p̄(1 − p̄) ÷ nᵢ), so its limits follow its own size.</summary>
    /// <param name="hits">Units with the mark, 0…size.</param>
    /// <param name="sizes">Units looked at, above 0; as many as <paramref name="hits"/>.</param>
    /// <param name="rules">Run rules, over standardised points.</param>
    /// <param name="baseline">How many leading points set the limits, at least 1.</param>
    /// <exception cref="ArgumentException">Lists of unequal length, or a point outside its bounds; the message names its place.</exception>
    public static ControlChart Proportion(IReadOnlyList<int> hits, IReadOnlyList<int> sizes, RuleSet? rules = null, int? baseline = null)
    {
        var lead = Leading(hits.Count, baseline, 1);
        if (hits.Count != sizes.Count) throw new ArgumentException($"There are {hits.Count} counts and {sizes.Count} sizes; give one size for each.", nameof(sizes));
        for (var i = 0; i < hits.Count; i++)
            if (sizes[i] <= 0 || hits[i] < 0 || hits[i] > sizes[i]) throw new ArgumentException($"Point {i} has {hits[i]} of {sizes[i]}; the size must be above 0 and the count between 0 and the size.", nameof(hits));
        var share = hits.Take(lead).Sum(h => (double)h) / sizes.Take(lead).Sum(s => (double)s);
        ControlLimits At(double size) => ControlLimits.Of(share, Math.Sqrt(share * (1 - share) / size), 0, 1);
        return ControlChart.Judge(ChartKind.Proportion, [.. hits.Zip(sizes, (h, n) => (double)h / n)], i => At(sizes[i]), [new ChartPhase(0, hits.Count, At(sizes.Average()))], rules ?? RuleSet.WesternElectric);
    }

    /// <summary>c chart: sigma = √c̄ (Poisson counts over equal opportunity).</summary>
    /// <param name="counts">Counts of 0 or more.</param>
    /// <param name="rules">Run rules.</param>
    /// <param name="baseline">How many leading points set the limits, at least 1.</param>
    /// <exception cref="ArgumentException">No point, or a count below 0; the message names its place.</exception>
    public static ControlChart Count(IReadOnlyList<int> counts, RuleSet? rules = null, int? baseline = null)
    {
        var lead = Leading(counts.Count, baseline, 1);
        for (var i = 0; i < counts.Count; i++) if (counts[i] < 0) throw new ArgumentException($"Point {i} is {counts[i]}; a count cannot be below 0.", nameof(counts));
        var mean = counts.Take(lead).Average();
        return Flat(ChartKind.Count, [.. counts.Select(c => (double)c)], ControlLimits.Of(mean, Math.Sqrt(mean), 0), rules);
    }

    private static ChartPair Individuals(IReadOnlyList<double> values, RuleSet? rules, IReadOnlyList<(int Start, int? Lead)> starts, IReadOnlyList<Shift> shifts)
    {
        Finite(values);
        var factors = ChartConstants.For(2);
        List<ChartPhase> levels = [], spreads = [];
        for (var k = 0; k < starts.Count; k++)
        {
            var start = starts[k].Start;
            var end = k + 1 < starts.Count ? starts[k + 1].Start : values.Count;
            if (end - start < 2) throw new ArgumentException($"The phase from point {start} to {end} has fewer than two points; begin phases further apart.", nameof(starts));
            var own = values.Skip(start).Take(starts[k].Lead ?? end - start).ToArray();
            var range = MovingRanges(own).Average();
            levels.Add(new ChartPhase(start, end, ControlLimits.Of(own.Average(), range / factors.D2)));
            // Range i lies between values i and i + 1: the one across a border belongs to neither phase and is judged by the earlier.
            spreads.Add(new ChartPhase(start, k + 1 < starts.Count ? end : end - 1, ControlLimits.Of(range, range * factors.D3 / factors.D2, 0)));
        }
        return new ChartPair(ByPhase(ChartKind.Individuals, values, levels, rules ?? RuleSet.WesternElectric, shifts), ByPhase(ChartKind.MovingRange, MovingRanges(values), spreads, LimitsOnly, shifts));
    }

    private static double[] MovingRanges(IReadOnlyList<double> values) => [.. values.Zip(values.Skip(1), (a, b) => Math.Abs(b - a))];

    private static ControlChart Flat(ChartKind kind, double[] values, ControlLimits limits, RuleSet? rules) =>
        ControlChart.Judge(kind, values, _ => limits, [new ChartPhase(0, values.Length, limits)], rules ?? RuleSet.WesternElectric);

    private static ControlChart ByPhase(ChartKind kind, IReadOnlyList<double> values, IReadOnlyList<ChartPhase> phases, RuleSet rules, IReadOnlyList<Shift> shifts) =>
        ControlChart.Judge(kind, values, i => phases.First(p => i < p.End).Limits, phases, rules, shifts);

    private static int Leading(int count, int? baseline, int least)
    {
        var lead = baseline ?? count;
        if (lead < least || lead > count) throw new ArgumentException($"The limits need {least} to {count} leading points, got {lead}.", nameof(baseline));
        return lead;
    }

    private static void Finite(IReadOnlyList<double> values)
    {
        for (var i = 0; i < values.Count; i++) if (!double.IsFinite(values[i])) throw new ArgumentException($"Point {i} is {values[i]}; leave out what was not measured.", nameof(values));
    }
}
