using Evenhand.Analytics.Baselines;
using FsCheck;
using FsCheck.Fluent;

namespace Evenhand.Engines.Tests.Baselines;

public sealed class PieceRatePlanTests
{
    private static readonly Tiers Ladder = new(2000, [2000, 2500, 2800]);
    private static readonly PieceRatePlan Plan = new(Ladder, 1.00m, 0.20m);

    private static readonly Arbitrary<(decimal Price, decimal Step, int[] Units)> Plans = Arb.From(
        from price in Gen.Choose(1, 400)
        from step in Gen.Choose(0, 90)
        from units in Gen.ArrayOf(Gen.Choose(0, 400_000), 8)
        select (price / 100m, step / 100m, units));

    private static IReadOnlyList<PaidMonth> Months(int[] hundredths) => [.. hundredths.Select((u, i) => new PaidMonth($"a{i}", new DateOnly(2026, 1, 1), u / 100m))];

    [Fact]
    public void Each_unit_pays_the_price_of_its_own_tier()
    {
        var pay = Plan.Pay(3000);
        pay.Lines.ShouldBe([new(0, 2000, 1.00m, 2000), new(1, 500, 1.20m, 600), new(2, 300, 1.40m, 420), new(3, 200, 1.60m, 320)]);
        pay.Total.ShouldBe(3340);
        Plan.Pay(2000).Lines.ShouldBe([new PayLine(0, 2000, 1.00m, 2000)]);
        Plan.Pay(2001).Total.ShouldBe(2001.20m);
        Plan.Pay(0).Total.ShouldBe(0);
        Should.Throw<ArgumentOutOfRangeException>(() => Plan.Pay(-1));
        Should.Throw<ArgumentOutOfRangeException>(() => new PieceRatePlan(Ladder, -0.01m, 0));
    }

    [Fact]
    public void A_tier_that_begins_later_leaves_the_units_before_it_at_the_plain_price() =>
        new PieceRatePlan(new Tiers(2000, [2500]), 1, 1).Pay(2600).Lines.ShouldBe([new(0, 2500, 1, 2500), new(1, 100, 2, 200)]);

    [Fact]
    public void Each_line_is_rounded_once_half_away_from_zero_and_the_total_is_their_sum()
    {
        var pay = new PieceRatePlan(new Tiers(1, [1]), 0.125m, 0).Pay(2);
        pay.Lines.Select(l => l.Amount).ShouldBe([0.13m, 0.13m]);
        pay.Total.ShouldBe(0.26m);
    }

    [Fact]
    public void Pay_never_falls_as_volume_rises_and_no_tier_is_a_cliff() => Prop.ForAll(Plans, p =>
    {
        var plan = new PieceRatePlan(Ladder, p.Price, p.Step);
        var top = p.Price + 3 * p.Step;
        foreach (var units in p.Units.Select(u => u / 100m).Concat([1999.5m, 2000, 2499.99m, 2500, 2799.99m, 2800]))
        {
            var (less, more) = (plan.Pay(units).Total, plan.Pay(units + 1).Total);
            // One unit more earns one unit's price at most: a line's rounding aside, two cents where a tier begins.
            (more - less).ShouldBeInRange(Math.Max(0, p.Price - 0.02m), top + 0.02m);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_simulation_is_the_sum_of_its_payslips() => Prop.ForAll(Plans, p =>
    {
        var (plan, months) = (new PieceRatePlan(Ladder, p.Price, p.Step), Months(p.Units));
        var simulation = PlanSimulation.Run(plan, months, Plan);
        simulation.Total.ShouldBe(months.Sum(m => plan.Pay(m.WeightedUnits).Total));
        simulation.Tiers.Sum(t => t.Amount).ShouldBe(simulation.Total);
        simulation.Tiers.Sum(t => t.Units).ShouldBe(simulation.Units);
        if (simulation.Total > 0) simulation.Tiers.Sum(t => t.Share).ShouldBe(1, 1e-20m);
        (simulation.Winners.Sum(w => w.Value) + simulation.Losers.Sum(l => l.Value)).ShouldBe(simulation.Total - months.Sum(m => Plan.Pay(m.WeightedUnits).Total));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_price_solved_keeps_the_budget_and_a_cent_more_does_not() => Prop.ForAll(Plans, p =>
    {
        var months = Months([.. p.Units, 100_000]);
        var budget = PlanSimulation.Run(new PieceRatePlan(Ladder, p.Price, p.Step), months).Total + p.Units[0] % 50;
        decimal Cost(PieceRatePlan plan) => PlanSimulation.Run(plan, months).Total;

        var plain = PlanSimulation.SolvePrice(Ladder, p.Step, months, budget)!;
        (plain.Price, plain.Step).ShouldSatisfyAllConditions(s => s.Price.ShouldBeGreaterThanOrEqualTo(p.Price), s => s.Step.ShouldBe(p.Step));
        Cost(plain).ShouldBeLessThanOrEqualTo(budget);
        Cost(new PieceRatePlan(Ladder, plain.Price + 0.01m, p.Step)).ShouldBeGreaterThan(budget);

        var ratio = PlanSimulation.SolvePriceByRatio(Ladder, 0.2m, months, budget)!;
        ratio.Step.ShouldBe(ratio.Price * 0.2m);
        Cost(ratio).ShouldBeLessThanOrEqualTo(budget);
        Cost(new PieceRatePlan(Ladder, ratio.Price + 0.01m, (ratio.Price + 0.01m) * 0.2m)).ShouldBeGreaterThan(budget);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(100.00, 1.00)]
    [InlineData(99.99, 0.99)]
    [InlineData(100.99, 1.00)]
    public void A_budget_is_kept_to_the_cent(double budget, double price) => PlanSimulation.SolvePrice(Ladder, 1, Months([10_000]), (decimal)budget)!.Price.ShouldBe((decimal)price);

    [Fact]
    public void A_budget_that_no_price_meets_has_no_answer()
    {
        PlanSimulation.SolvePrice(Ladder, 1, Months([300_000]), 10).ShouldBeNull("the steps alone cost more");
        PlanSimulation.SolvePrice(Ladder, 1, Months([0]), 10).ShouldBeNull("without units any price would do");
        PlanSimulation.SolvePriceByRatio(Ladder, 1, Months([100]), -1).ShouldBeNull();
    }

    [Fact]
    public void Who_gains_and_who_loses_is_told_against_what_was_paid()
    {
        var (january, february) = (new DateOnly(2026, 1, 1), new DateOnly(2026, 2, 1));
        var simulation = PlanSimulation.Run(Plan, [new("wins", january, 2500, 2500), new("loses", january, 1000, 1100), new("even", january, 500, 500), new("wins", february, 1000, 1050), new("unknown", january, 2600)]);
        simulation.Winners.ShouldBe([new("wins", 50m)]);
        simulation.Losers.ShouldBe([new("loses", -100m)]);
        simulation.Total.ShouldBe(2600 + 1000 + 500 + 1000 + 2740);
        simulation.CostPerUnit.ShouldBe(7840m / 7600);
        simulation.Tiers.Select(t => (t.Tier, t.Agents, t.Units)).ShouldBe([(0, 5, 6500m), (1, 2, 1000m), (2, 1, 100m)]);
        simulation.Months[^1].Difference.ShouldBeNull();
    }

    [Fact]
    public void The_most_closely_named_weight_counts()
    {
        var weights = new UnitWeights([new(null, null, null, 0.9m), new("chat", null, null, 0.5m), new("chat", null, "hard", 1.5m), new(null, "refund", null, 2m)]);
        var month = weights.Weigh([new("chat", "order", "easy", 100), new("chat", "order", "hard", 10), new("voice", "refund", null, 5), new("voice", "order", null, 10)]);
        month.Lines.Select(l => l.Units).ShouldBe([50m, 15m, 10m, 9m]);
        month.Units.ShouldBe(84);
        UnitWeights.Plain.Weigh([new("any", null, null, 7)], 0.5m, 1).Units.ShouldBe(7);
        Should.Throw<ArgumentException>(() => UnitWeights.Plain.Weigh([new("chat", null, null, -1)])).Message.ShouldContain("chat");
    }

    [Theory]
    [InlineData("0.99", 1.1)]
    [InlineData("0.98", 1.1)]
    [InlineData("0.97", 1)]
    [InlineData("0.50", 0.8)]
    [InlineData(null, 1)]
    public void Accuracy_sets_the_quality_coefficient(string? accuracy, double coefficient)
    {
        var weights = new UnitWeights([], [new(0.98m, 1.1m), new(0, 0.8m), new(0.95m, 1)], [new(0, 0.5m), new(120, 1)]);
        var given = accuracy is null ? (decimal?)null : decimal.Parse(accuracy, System.Globalization.CultureInfo.InvariantCulture);
        weights.Weigh([new("q", null, null, 100)], given, 130).Units.ShouldBe(100 * (decimal)coefficient);
        weights.Weigh([new("q", null, null, 100)], given, 119).Hours.ShouldBe(0.5m);
    }
}
