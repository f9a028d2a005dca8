using MathNet.Numerics.Distributions;

namespace Evenhand.Analytics.Dispersion;

/// <summary>A coefficient of variation with its confidence interval. All four are ratios (0.16 = 16 %).</summary>
/// <param name="Value">The estimate: standard deviation ÷ mean.</param>
/// <param name="Low">Lower end of the interval, never below 0.</param>
/// <param name="High">Upper end of the interval.</param>
/// <param name="Confidence">The confidence the interval was made with, between 0 and 1.</param>
public sealed record CvEstimate(double Value, double Low, double High, double Confidence);

/// <summary>The figures of one finite sample: mean, spread, shape. Immutable; the values are kept in rising order.</summary>
public sealed class Sample
{
    private readonly double[] _sorted;

    private Sample(double[] sorted)
    {
        _sorted = sorted;
        Mean = sorted.Length == 0 ? double.NaN : sorted.Average();
        StandardDeviation = sorted.Length < 2 ? null : Math.Sqrt(Moment(2) * Count / (Count - 1));
    }

    /// <summary>The values in rising order.</summary>
    public IReadOnlyList<double> Values => _sorted;

    /// <summary>How many values there are.</summary>
    public int Count => _sorted.Length;

    /// <summary>Arithmetic mean in the values' own unit; NaN for an empty sample.</summary>
    public double Mean { get; }

    /// <summary>Sample standard deviation (divisor n − 1) in the values' own unit; null below two values.</summary>
    public double? StandardDeviation { get; }

    /// <summary>Standard deviation ÷ mean, a ratio; null below two values or when the mean is not above zero.</summary>
    public double? Cv => Mean > 0 ? StandardDeviation / Mean : null;

    /// <summary>
    /// Adjusted Fisher–Pearson skewness G1 = √(n(n−1)) ÷ (n−2) · m3 ÷ m2^1.5, without unit: above 0 the long tail is on the right.
    /// Null below three values or when all are equal.
    /// </summary>
    public double? Skewness
    {
        get
        {
            if (Count < 3 || _sorted[0] == _sorted[^1]) return null;
            double n = Count;
            return Math.Sqrt(n * (n - 1)) / (n - 2) * Moment(3) / Math.Pow(Moment(2), 1.5);
        }
    }

    /// <summary>Takes the values as they are, in any order.</summary>
    /// <param name="values">Finite numbers; may be empty.</param>
    /// <exception cref="ArgumentException">A value is NaN or infinite; the message names its place.</exception>
    public static Sample Of(IEnumerable<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var all = values.ToArray();
        var bad = Array.FindIndex(all, v => !double.IsFinite(v));
        if (bad >= 0) throw new ArgumentException($"Value {bad} is {all[bad]}; leave out what was not measured.", nameof(values));
        Array.Sort(all);
        return new Sample(all);
    }

    /// <summary>Percentile by linear interpolation between order statistics (Hyndman and Fan's type 7, the one of spreadsheets).</summary>
    /// <param name="p">Between 0 and 1: 0.5 is the median.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="p"/> is outside 0…1.</exception>
    /// <exception cref="InvalidOperationException">The sample is empty.</exception>
    public double Percentile(double p)
    {
        if (p is not (>= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(p), p, "A percentile is asked for between 0 and 1.");
        if (Count == 0) throw new InvalidOperationException("An empty sample has no percentile.");
        var place = p * (Count - 1);
        var below = (int)place;
        var above = Math.Min(below + 1, Count - 1);
        return _sorted[below] + (place - below) * (_sorted[above] - _sorted[below]);
    }

    /// <summary>Share of the values strictly below <paramref name="limit"/>, 0…1; 0 for an empty sample.</summary>
    public double ShareBelow(double limit) => Count == 0 ? 0 : (double)_sorted.Count(v => v < limit) / Count;

    /// <summary>Share of the values strictly above <paramref name="limit"/>, 0…1; 0 for an empty sample.</summary>
    public double ShareAbove(double limit) => Count == 0 ? 0 : (double)_sorted.Count(v => v > limit) / Count;

    /// <summary>The CV with the large-sample interval of normal data: CV ± z·SE, SE(CV) ≈ CV·√(1/(2n) + CV²/n).</summary>
    /// <param name="confidence">Two-sided, strictly between 0 and 1.</param>
    /// <returns>Null wherever <see cref="Cv"/> is null.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="confidence"/> is outside its bounds.</exception>
    public CvEstimate? CvInterval(double confidence = 0.95)
    {
        Within(confidence);
        if (Cv is not { } cv) return null;
        var margin = Normal.InvCDF(0, 1, 0.5 + confidence / 2) * cv * Math.Sqrt(1 / (2.0 * Count) + cv * cv / Count);
        return new CvEstimate(cv, Math.Max(0, cv - margin), cv + margin, confidence);
    }

    /// <summary>
    /// The CV of right-skewed times (handling times): with s² the variance of ln x, CV = √(exp(s²) − 1), and the chi-square interval
    /// (n−1)s²/χ² carried through the same formula. Exact when the values are lognormal.
    /// </summary>
    /// <param name="confidence">Two-sided, strictly between 0 and 1.</param>
    /// <returns>Null below two values or when a value is not above zero.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="confidence"/> is outside its bounds.</exception>
    public CvEstimate? LognormalCv(double confidence = 0.95)
    {
        Within(confidence);
        if (Count < 2 || _sorted[0] <= 0) return null;
        var s = Of(_sorted.Select(v => Math.Log(v))).StandardDeviation!.Value;
        double freedom = Count - 1;
        double Cv(double variance) => Math.Sqrt(Math.Exp(variance) - 1);
        double Bound(double p) => Cv(freedom * s * s / ChiSquared.InvCDF(freedom, p));
        return new CvEstimate(Cv(s * s), Bound(0.5 + confidence / 2), Bound(0.5 - confidence / 2), confidence);
    }

    private double Moment(int power) => _sorted.Average(v => Math.Pow(v - Mean, power));

    private static void Within(double confidence)
    {
        if (confidence is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A confidence lies between 0 and 1, as 0.95.");
    }
}
