namespace Evenhand.Dispatch.Fairness;

/// <summary>How unequal a figure is over agents.</summary>
/// <param name="Count">How many agents.</param>
/// <param name="Mean">Arithmetic mean; 0 for none.</param>
/// <param name="Least">Smallest value; 0 for none.</param>
/// <param name="Most">Largest value; 0 for none.</param>
/// <param name="Cv">Standard deviation (divisor n − 1) ÷ mean; null below two agents or when the mean is not above zero.</param>
/// <param name="Gini">Gini coefficient Σᵢ(2i − n − 1)xᵢ ÷ (n·Σx) over rising x, 0 equal to nearly 1; null when the sum is not above zero.</param>
public sealed record Spread(int Count, double Mean, double Least, double Most, double? Cv, double? Gini)
{
    /// <summary>Largest ÷ smallest; null when the smallest is not above zero.</summary>
    public double? Ratio => Least > 0 ? Most / Least : null;

    /// <summary>Measures values in any order.</summary>
    /// <param name="values">Finite, not below zero; may be empty.</param>
    public static Spread Of(IEnumerable<double> values)
    {
        var x = values.Order().ToArray();
        if (x.Length == 0) return new(0, 0, 0, 0, null, null);
        var (n, mean) = (x.Length, x.Average());
        if (mean <= 0) return new(n, mean, x[0], x[^1], null, null);
        double? cv = n < 2 ? null : Math.Sqrt(x.Sum(v => (v - mean) * (v - mean)) / (n - 1)) / mean;
        return new(n, mean, x[0], x[^1], cv, x.Select((v, i) => ((2 * (i + 1)) - n - 1) * v).Sum() / (n * x.Sum()));
    }
}
