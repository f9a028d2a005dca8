using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace Evenhand.Analytics.ControlCharts;

/// <summary>A change of level, dated.</summary>
/// <param name="Index">First point of the new level, the most likely.</param>
/// <param name="Earliest">First point of the likely window: starts whose likelihood is within a factor e² of the best (about 95 %).</param>
/// <param name="Latest">Last point of the likely window.</param>
/// <param name="Before">Mean before, in the values' own unit, within the stretch searched.</param>
/// <param name="After">Mean from <paramref name="Index"/> on, within the stretch searched.</param>
/// <param name="Strength">The standardised difference √(n₁n₂/n)·|after − before| ÷ sigma of the clipped points.</param>
/// <param name="Confirmed">Whether the strength passes the two-sided normal limit shared out over all places searched (Bonferroni).</param>
public sealed record Shift(int Index, int Earliest, int Latest, double Before, double After, double Strength, bool Confirmed);

/// <summary>
/// Dates steps in the level of a series by maximum likelihood: the place that splits it into two means with the least squared error (Hinkley 1970).
/// Sigma is the median moving range ÷ 0.954, which one step hardly moves, and points are clipped at the median ± 3 sigma while searching, so that a
/// single wild point is no shift.
/// </summary>
/// <param name="LeastPoints">Shortest level, in points, at least 2.</param>
/// <param name="Alpha">Chance of confirming a shift in a steady stretch, between 0 and 1.</param>
public sealed record ShiftSearch(int LeastPoints = 6, double Alpha = 0.01)
{
    /// <summary>The most likely single shift in the whole series.</summary>
    /// <param name="values">Finite values in time order.</param>
    /// <returns>Null when the series is shorter than two levels or does not vary.</returns>
    public Shift? DateTheShift(IReadOnlyList<double> values) => Search(values, 0, values.Count);

    /// <summary>
    /// All confirmed shifts, by index. A stretch is searched only if its own I-MR chart raises an alarm of grade act or re-base; each confirmed shift
    /// splits it in two, which are searched in turn, and the dates are refined at the end between their neighbours.
    /// </summary>
    /// <param name="values">Finite values in time order.</param>
    /// <param name="rules">The rules that alarm.</param>
    public IReadOnlyList<Shift> FindShifts(IReadOnlyList<double> values, RuleSet rules)
    {
        var starts = new SortedSet<int>();
        Split(values, rules, 0, values.Count, starts);
        var borders = starts.Prepend(0).Append(values.Count).ToArray();
        var dated = new List<Shift>();
        for (var k = 1; k + 1 < borders.Length; k++)
            if (Search(values, dated.Count == 0 ? 0 : dated[^1].Index, borders[k + 1]) is { Confirmed: true } shift) dated.Add(shift);
        return dated;
    }

    private void Split(IReadOnlyList<double> values, RuleSet rules, int start, int end, SortedSet<int> starts)
    {
        if (end - start < 2 * LeastPoints || Charts.Individuals([.. values.Skip(start).Take(end - start)], rules).Level.InControl) return;
        if (Search(values, start, end) is not { Confirmed: true } shift) return;
        starts.Add(shift.Index);
        Split(values, rules, start, shift.Index, starts);
        Split(values, rules, shift.Index, end, starts);
    }

    private Shift? Search(IReadOnlyList<double> values, int start, int end)
    {
        var n = end - start;
        if (LeastPoints < 2 || n < 2 * LeastPoints) return null;
        var raw = values.Skip(start).Take(n).ToArray();
        var ranges = raw.Zip(raw.Skip(1), (a, b) => Math.Abs(b - a)).ToArray();
        var typical = ranges.Median() / 0.954;
        var sigma = typical > 0 ? typical : ranges.Average() / ChartConstants.For(2).D2;
        if (sigma == 0) return null;
        var middle = raw.Median();
        var clipped = raw.Select(v => Math.Clamp(v, middle - 3 * sigma, middle + 3 * sigma)).ToArray();
        var places = Enumerable.Range(LeastPoints, n - 2 * LeastPoints + 1).Select(at => (At: at, Strength: Strength(clipped, at) / sigma)).ToArray();
        var best = places.MaxBy(p => p.Strength);
        var likely = places.Where(p => p.Strength * p.Strength >= best.Strength * best.Strength - 4).ToArray();
        var limit = Normal.InvCDF(0, 1, 1 - Alpha / 2 / places.Length);
        return new Shift(start + best.At, start + likely[0].At, start + likely[^1].At, raw[..best.At].Average(), raw[best.At..].Average(), best.Strength, best.Strength > limit);
    }

    private static double Strength(double[] values, int at)
    {
        double before = at, after = values.Length - at;
        return Math.Sqrt(before * after / values.Length) * Math.Abs(values[at..].Average() - values[..at].Average());
    }
}
