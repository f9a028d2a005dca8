namespace Evenhand.Analytics.Baselines;

/// <summary>One line of a payslip: the units of one tier at its price.</summary>
/// <param name="Tier">0 up to the first tier, then 1, 2, ….</param>
/// <param name="Units">Weighted units paid at this price.</param>
/// <param name="Price">Price of one unit.</param>
/// <param name="Amount">Units × price, rounded to the cent, half away from zero.</param>
public sealed record PayLine(int Tier, decimal Units, decimal Price, decimal Amount);

/// <summary>What a month's units earn.</summary>
/// <param name="Lines">One line per tier reached, tier 0 always first.</param>
/// <param name="Total">The sum of the lines, so that a payslip adds up as printed.</param>
public sealed record PieceRatePay(IReadOnlyList<PayLine> Lines, decimal Total);

/// <summary>
/// A tiered piece-rate plan (阶梯式绩效): units before the first tier pay X, those inside tier k pay X + k·n. Marginal, never retroactive: reaching a
/// tier changes the price of later units only, so pay rises with volume and has no cliff.
/// </summary>
public sealed record PieceRatePlan
{
    /// <summary>Makes a plan.</summary>
    /// <param name="tiers">Baseline and tiers.</param>
    /// <param name="price">X, money per unit, 0 or more.</param>
    /// <param name="step">n, added per tier, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A price is below 0.</exception>
    public PieceRatePlan(Tiers tiers, decimal price, decimal step)
    {
        ArgumentNullException.ThrowIfNull(tiers);
        ArgumentOutOfRangeException.ThrowIfNegative(price);
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        (Tiers, Price, Step) = (tiers, price, step);
    }

    /// <summary>Baseline and tiers.</summary>
    public Tiers Tiers { get; }

    /// <summary>X, the price of a unit before the first tier.</summary>
    public decimal Price { get; }

    /// <summary>n, by which each tier's units are dearer than those of the tier before.</summary>
    public decimal Step { get; }

    /// <summary>The pay of one agent's month, exact to the cent: each line rounded once, half away from zero; the total is the sum of the lines.</summary>
    /// <param name="weightedUnits">Units after weights (see <see cref="UnitWeights"/>), 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="weightedUnits"/> is below 0.</exception>
    public PieceRatePay Pay(decimal weightedUnits)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(weightedUnits);
        var lines = new List<PayLine>();
        for (var tier = 0; tier <= Tiers.Starts.Count; tier++)
        {
            var from = tier == 0 ? 0 : Tiers.Starts[tier - 1];
            var to = tier == Tiers.Starts.Count ? weightedUnits : Math.Min(weightedUnits, Tiers.Starts[tier]);
            if (tier > 0 && to <= from) break;
            var price = Price + tier * Step;
            lines.Add(new PayLine(tier, to - from, price, Math.Round((to - from) * price, 2, MidpointRounding.AwayFromZero)));
        }
        return new PieceRatePay(lines, lines.Sum(l => l.Amount));
    }
}
