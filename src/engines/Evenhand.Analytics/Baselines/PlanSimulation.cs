namespace Evenhand.Analytics.Baselines;

/// <summary>One agent's past month.</summary>
/// <param name="Agent">The agent's code.</param>
/// <param name="Month">Any day of the month.</param>
/// <param name="WeightedUnits">Units after weights, 0 or more.</param>
/// <param name="CurrentPay">What the month really paid; null when not known.</param>
public sealed record PaidMonth(string Agent, DateOnly Month, decimal WeightedUnits, decimal? CurrentPay = null);

/// <summary>One month under the simulated plan.</summary>
/// <param name="Month">The month.</param>
/// <param name="Pay">What the plan would have paid, by line.</param>
/// <param name="Compared">Pay under the plan compared with, or what was really paid; null when neither is known.</param>
public sealed record SimulatedMonth(PaidMonth Month, PieceRatePay Pay, decimal? Compared)
{
    /// <summary>Gain (above 0) or loss against <see cref="Compared"/>; null when there is nothing to compare.</summary>
    public decimal? Difference => Pay.Total - Compared;
}

/// <summary>What one tier takes of the whole.</summary>
/// <param name="Tier">0 up to the first tier, then 1, 2, ….</param>
/// <param name="Agents">Agent-months that reached it.</param>
/// <param name="Units">Units paid in it.</param>
/// <param name="Amount">Money paid in it.</param>
/// <param name="Share">Its share of all money, 0…1; 0 when nothing is paid.</param>
public sealed record TierShare(int Tier, int Agents, decimal Units, decimal Amount, decimal Share);

/// <summary>A plan tried on past months.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Months">Each month's pay, in the order given.</param>
/// <param name="Total">All pay.</param>
/// <param name="Units">All weighted units.</param>
/// <param name="CostPerUnit">Total ÷ units, unrounded; null without units.</param>
/// <param name="Tiers">What each tier takes.</param>
/// <param name="Winners">Agents whose sum over the months compared rises, largest gain first.</param>
/// <param name="Losers">Agents whose sum falls, largest loss first.</param>
public sealed record PlanSimulation(
    PieceRatePlan Plan, IReadOnlyList<SimulatedMonth> Months, decimal Total, decimal Units, decimal? CostPerUnit, IReadOnlyList<TierShare> Tiers,
    IReadOnlyList<KeyValuePair<string, decimal>> Winners, IReadOnlyList<KeyValuePair<string, decimal>> Losers)
{
    /// <summary>Tries a plan on past months.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="months">One entry per agent and month.</param>
    /// <param name="comparison">The plan to compare with; when null, each month's <see cref="PaidMonth.CurrentPay"/>.</param>
    public static PlanSimulation Run(PieceRatePlan plan, IReadOnlyList<PaidMonth> months, PieceRatePlan? comparison = null)
    {
        List<SimulatedMonth> paid = [.. months.Select(m => new SimulatedMonth(m, plan.Pay(m.WeightedUnits), comparison?.Pay(m.WeightedUnits).Total ?? m.CurrentPay))];
        var (total, units) = (paid.Sum(m => m.Pay.Total), months.Sum(m => m.WeightedUnits));
        var tiers = paid.SelectMany(m => m.Pay.Lines).GroupBy(l => l.Tier).OrderBy(g => g.Key)
            .Select(g => new TierShare(g.Key, g.Count(), g.Sum(l => l.Units), g.Sum(l => l.Amount), total == 0 ? 0 : g.Sum(l => l.Amount) / total));
        var changes = paid.Where(m => m.Difference is not null).GroupBy(m => m.Month.Agent).Select(g => KeyValuePair.Create(g.Key, g.Sum(m => m.Difference!.Value))).ToList();
        return new PlanSimulation(
            plan, paid, total, units, units == 0 ? null : total / units, [.. tiers],
            [.. changes.Where(c => c.Value > 0).OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal)],
            [.. changes.Where(c => c.Value < 0).OrderBy(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal)]);
    }

    /// <summary>The greatest X, in whole cents, whose plan costs no more than the budget on these months; n stays as given.</summary>
    /// <param name="tiers">Baseline and tiers.</param>
    /// <param name="step">n, 0 or more.</param>
    /// <param name="months">One entry per agent and month.</param>
    /// <param name="budget">The most the months may cost together.</param>
    /// <returns>The plan at that price; null when even X = 0 costs more, or when no unit is paid and any price would fit.</returns>
    public static PieceRatePlan? SolvePrice(Tiers tiers, decimal step, IReadOnlyList<PaidMonth> months, decimal budget) =>
        Greatest(price => new PieceRatePlan(tiers, price, step), months, budget);

    /// <summary>The same with n in proportion to X: n = X × <paramref name="ratio"/>, unrounded.</summary>
    /// <param name="tiers">Baseline and tiers.</param>
    /// <param name="ratio">n ÷ X, 0 or more.</param>
    /// <param name="months">One entry per agent and month.</param>
    /// <param name="budget">The most the months may cost together.</param>
    /// <returns>The plan at that price; null when the budget is below 0, or when no unit is paid and any price would fit.</returns>
    public static PieceRatePlan? SolvePriceByRatio(Tiers tiers, decimal ratio, IReadOnlyList<PaidMonth> months, decimal budget) =>
        Greatest(price => new PieceRatePlan(tiers, price, price * ratio), months, budget);

    private static PieceRatePlan? Greatest(Func<decimal, PieceRatePlan> plan, IReadOnlyList<PaidMonth> months, decimal budget)
    {
        bool Fits(long cents) => months.Sum(m => plan(cents / 100m).Pay(m.WeightedUnits).Total) <= budget;
        if (!Fits(0) || months.All(m => m.WeightedUnits == 0)) return null;
        // Cost never falls as the price rises, so the border can be closed in on from both sides.
        long low = 0, high = 1;
        while (Fits(high)) (low, high) = (high, checked(high * 2));
        while (high - low > 1)
        {
            var middle = low + (high - low) / 2;
            if (Fits(middle)) low = middle; else high = middle;
        }
        return plan(low / 100m);
    }
}
