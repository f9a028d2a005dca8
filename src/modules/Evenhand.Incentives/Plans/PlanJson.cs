using Evenhand.Analytics.Baselines;

namespace Evenhand.Incentives.Plans;

/// <summary>Baselines and simulations as the API and the command line give them; money is exact text.</summary>
internal static class PlanJson
{
    public sealed record BaselineShown(
        string From, string Until, string Measure, int SuggestedMonths, decimal Baseline, decimal Mean, decimal StandardDeviation, decimal Correction, IReadOnlyList<AgentShown> Kept, IReadOnlyList<RemovedShown> Removed,
        ShapeShown Shape, IReadOnlyList<decimal>? Tiers, string? NoTiers, DateOnly? FiguresBegin);

    public sealed record AgentShown(string Agent, decimal Volume, decimal? Hours, decimal? Days, int Months);

    public sealed record RemovedShown(string Agent, decimal Volume, decimal? Hours, decimal? Days, int Months, string Reason, decimal? Limit);

    public sealed record ShapeShown(int Agents, decimal Mean, decimal Median, double? Skewness, double ShareBelow, double ShareAbove, string Stage, decimal SuggestedCorrection, IReadOnlyList<VolumeBin> Histogram);

    public sealed record SimulationShown(
        string From, string Until, decimal Baseline, IReadOnlyList<decimal> Tiers, string Price, string Step, string Currency, string? Budget, string Total, decimal Units, string? CostPerUnit,
        IReadOnlyList<TierShown> Shares, string ComparedWith, string? FlatPrice, IReadOnlyList<ChangeShown> Winners, IReadOnlyList<ChangeShown> Losers, IReadOnlyList<MonthShown> Months);

    public sealed record TierShown(int Tier, string Price, int AgentMonths, decimal Units, string Amount, decimal Share);

    public sealed record ChangeShown(string Agent, string Difference);

    public sealed record MonthShown(string Agent, string Month, decimal Units, string Amount, string? Compared);

    public static BaselineShown Of(ComputeBaseline.Found found, decimal correction = 0)
    {
        var (b, shape) = (found.Baseline, found.Baseline.Shape);
        return new BaselineShown(Exact.Month(found.From), Exact.Month(found.Until), found.HoursKnown ? "hours" : "days", found.SuggestedMonths, Natural(b.Value + correction), Short(b.Value), Short(b.StandardDeviation), correction,
            [.. b.Kept.Select(a => Shown(a))],
            [.. b.Removed.Select(r => new RemovedShown(r.Agent.Agent, Short(r.Agent.Volume), Of(r.Agent, true), Of(r.Agent, false), r.Agent.Months, Reason(r.Reason), r.Limit is { } limit ? Short(limit) : null))],
            new ShapeShown(shape.Agents, Short(shape.Mean), Short(shape.Median), shape.Skewness, shape.ShareBelow, shape.ShareAbove, Kebab(shape.Stage.ToString()), shape.Correction, [.. shape.Bins.Select(x => new VolumeBin(Short(x.From), Short(x.To), x.Count))]),
            found.Tiers?.Starts.Select(Exact.Plain).ToList(), found.NoTiers?.Code, found.Begins);

        decimal? Of(AgentMean agent, bool hours) => hours == found.HoursKnown ? Short(agent.Hours) : null;
        AgentShown Shown(AgentMean a) => new(a.Agent, Short(a.Volume), Of(a, true), Of(a, false), a.Months);
    }

    public static SimulationShown Of(SimulatePlan.Simulated s) => new(
        Exact.Month(s.Found.From), Exact.Month(s.Found.Until), Exact.Plain(s.Terms.Baseline), [.. s.Terms.Starts.Select(Exact.Plain)], Exact.Price(s.Terms.Price), Exact.Price(s.Terms.Step), s.Terms.Currency,
        s.Budget is { } budget ? Exact.Money(budget) : null, Exact.Money(s.Result.Total), Exact.Plain(s.Result.Units), s.Result.CostPerUnit is { } cost ? Exact.Price(Math.Round(cost, 6)) : null,
        [.. s.Result.Tiers.Select(t => new TierShown(t.Tier, Exact.Price(s.Terms.Price + t.Tier * s.Terms.Step), t.Agents, Exact.Plain(t.Units), Exact.Money(t.Amount), Math.Round(t.Share, 6)))],
        Kebab(s.Comparison.ToString()), s.FlatPrice is { } flat ? Exact.Price(flat) : null,
        [.. s.Result.Winners.Select(w => new ChangeShown(w.Key, Exact.Money(w.Value)))], [.. s.Result.Losers.Select(w => new ChangeShown(w.Key, Exact.Money(w.Value)))],
        [.. s.Result.Months.Select(m => new MonthShown(m.Month.Agent, Exact.Month(m.Month.Month), Exact.Plain(m.Month.WeightedUnits), Exact.Money(m.Pay.Total), m.Compared is { } c ? Exact.Money(c) : null))]);

    /// <summary>The reason's name in JSON, and the end of its text key.</summary>
    public static string Reason(RemovalReason reason) => reason switch
    {
        RemovalReason.Leaver => "leaver",
        RemovalReason.NewStarter => "new-starter",
        RemovalReason.TooFewHours => "too-little-work",
        _ => "below-mean-minus-deviation",
    };

    public static string Kebab(string name) => string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) ? "-" + char.ToLowerInvariant(c) : char.ToLowerInvariant(c).ToString()));

    private static decimal Short(decimal number) => Exact.Plain(Math.Round(number, 4, MidpointRounding.AwayFromZero));

    private static decimal Natural(decimal number) => Exact.Plain(Math.Max(0, Math.Round(number, 0, MidpointRounding.AwayFromZero)));
}
