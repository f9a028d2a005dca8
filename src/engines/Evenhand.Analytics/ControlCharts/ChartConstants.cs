using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace Evenhand.Analytics.ControlCharts;

/// <summary>
/// The factors of Shewhart charts for subgroups of n = 2…25 normal values, computed (not copied from a rounded table): d2 and d3 are the mean and
/// standard deviation of the range in units of sigma, from P(W ≤ w) = n∫φ(x)(Φ(x+w) − Φ(x))ⁿ⁻¹dx; c4 = √(2/(n−1))·Γ(n/2)/Γ((n−1)/2).
/// </summary>
/// <param name="Size">Subgroup size n.</param>
/// <param name="D2">Mean range ÷ sigma (d2).</param>
/// <param name="D3">Standard deviation of the range ÷ sigma (d3, not the limit factor D3).</param>
/// <param name="C4">Mean of the sample standard deviation ÷ sigma.</param>
public sealed record ChartConstants(int Size, double D2, double D3, double C4)
{
    private const double Grid = 0.04;
    private static readonly Lazy<ChartConstants>[] All = [.. Enumerable.Range(2, 24).Select(n => new Lazy<ChartConstants>(() => Compute(n)))];

    /// <summary>Xbar limits from the mean range: A2 = 3 ÷ (d2√n).</summary>
    public double A2 => 3 / (D2 * Math.Sqrt(Size));

    /// <summary>Xbar limits from the mean standard deviation: A3 = 3 ÷ (c4√n).</summary>
    public double A3 => 3 / (C4 * Math.Sqrt(Size));

    /// <summary>Lower limit of the s chart: B3 = max(0, 1 − 3√(1−c4²)/c4).</summary>
    public double B3 => Math.Max(0, 1 - 3 * Math.Sqrt(1 - C4 * C4) / C4);

    /// <summary>Upper limit of the s chart: B4 = 1 + 3√(1−c4²)/c4.</summary>
    public double B4 => 1 + 3 * Math.Sqrt(1 - C4 * C4) / C4;

    /// <summary>Lower limit of the range chart, the factor tables call D3: max(0, 1 − 3·d3/d2).</summary>
    public double RangeLower => Math.Max(0, 1 - 3 * D3 / D2);

    /// <summary>Upper limit of the range chart, the factor tables call D4: 1 + 3·d3/d2.</summary>
    public double RangeUpper => 1 + 3 * D3 / D2;

    /// <summary>Limits of an individuals chart from the mean moving range of n points: E2 = 3 ÷ d2.</summary>
    public double E2 => 3 / D2;

    /// <summary>The factors for one subgroup size.</summary>
    /// <param name="size">2…25.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is outside 2…25.</exception>
    public static ChartConstants For(int size) =>
        size is >= 2 and <= 25 ? All[size - 2].Value : throw new ArgumentOutOfRangeException(nameof(size), size, "Chart factors exist for subgroups of 2 to 25.");

    private static ChartConstants Compute(int n)
    {
        // The trapezoid rule over the whole line converges geometrically for the inner integral; Simpson's serves the outer half line.
        const int half = 250;
        var phi = Enumerable.Range(-half, 2 * half + 1).Select(i => Normal.PDF(0, 1, i * Grid) * Grid * n).ToArray();
        var cdf = Enumerable.Range(-half, 3 * half + 101).Select(i => Normal.CDF(0, 1, i * Grid)).ToArray();
        double first = 0, second = 0;
        for (var w = 0; w <= half + 100; w++)
        {
            var within = 0.0;
            for (var x = 0; x < phi.Length; x++) within += phi[x] * Math.Pow(cdf[x + w] - cdf[x], n - 1);
            var weight = (w is 0 or half + 100 ? 1 : w % 2 == 1 ? 4 : 2) * Grid / 3 * (1 - within);
            first += weight;
            second += 2 * w * Grid * weight;
        }
        return new ChartConstants(n, first, Math.Sqrt(second - first * first), Math.Sqrt(2.0 / (n - 1)) * SpecialFunctions.Gamma(n / 2.0) / SpecialFunctions.Gamma((n - 1) / 2.0));
    }
}
