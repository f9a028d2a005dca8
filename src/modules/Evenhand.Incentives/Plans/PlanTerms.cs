using Evenhand.Analytics.Baselines;
using Evenhand.Kernel;

namespace Evenhand.Incentives.Plans;

/// <summary>What a plan pays for what: everything the cents follow from, and nothing else.</summary>
/// <param name="Baseline">Units a month.</param>
/// <param name="Starts">The volume each tier begins after.</param>
/// <param name="Price">X, money per unit before the first tier.</param>
/// <param name="Step">n, added per tier.</param>
/// <param name="Currency">Symbol shown with amounts.</param>
/// <param name="Weights">What a contact counts, by queue code; queues not named count 1.</param>
/// <param name="Quality">Coefficients by accuracy 0…1; empty for none.</param>
/// <param name="Hours">Coefficients by hours worked; empty for none.</param>
internal sealed record PlanTerms(
    decimal Baseline, IReadOnlyList<decimal> Starts, decimal Price, decimal Step, string Currency,
    IReadOnlyDictionary<string, decimal> Weights, IReadOnlyList<CoefficientStep> Quality, IReadOnlyList<CoefficientStep> Hours)
{
    public PieceRatePlan Rates => new(new Tiers(Baseline, Starts), Price, Step);

    public UnitWeights Weighing => new([.. Weights.OrderBy(w => w.Key, StringComparer.Ordinal).Select(w => new UnitWeight(w.Key, null, null, w.Value))], Quality, Hours);

    /// <summary>One price for every unit, nothing weighed: what a plan is compared with.</summary>
    public static PlanTerms Flat(decimal price, string currency) => new(0, [0], price, 0, currency, new Dictionary<string, decimal>(), [], []);

    /// <summary>What forbids paying by these terms. Two decimals of weight and of each coefficient keep units exact in the store's six.</summary>
    public Refusal? Problem()
    {
        if (Tiers.Problem(Baseline, Starts) is not null) return new Refusal("incentives.tiers-not-rising", Exact.Ladder(Starts), Exact.Short(Baseline));
        if (Price < 0 || Price > 10_000 || !Fits(Price, 4)) return new Refusal("incentives.price-out-of-bounds", "X", Price);
        if (Step < 0 || Step > 10_000 || !Fits(Step, 4)) return new Refusal("incentives.price-out-of-bounds", "n", Step);
        foreach (var (queue, weight) in Weights)
            if (weight is < 0 or > 100 || !Fits(weight, 2)) return new Refusal("incentives.weight-out-of-bounds", queue, weight);
        foreach (var step in Quality.Concat(Hours))
            if (step.Coefficient is < 0 or > 10 || !Fits(step.Coefficient, 2)) return new Refusal("incentives.coefficient-out-of-bounds", step.AtLeast, step.Coefficient);
        return null;
    }

    private static bool Fits(decimal number, int decimals) => Math.Round(number, decimals) == number;
}
