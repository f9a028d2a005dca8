using Evenhand.Analytics.Baselines;
using Evenhand.Incentives.Plans;
using FsCheck;
using FsCheck.Fluent;

namespace Evenhand.Tests.Incentives;

public sealed class MonthPayTests
{
    private static readonly DateOnly First = new(2026, 3, 1);
    private static readonly Guid Ps = Guid.CreateVersion7(), Pe = Guid.CreateVersion7();

    private static readonly PlanTerms Terms = new(10, [10, 15, 20], 1.255m, 0.505m, "¥", new Dictionary<string, decimal> { ["PE"] = 1.33m }, [], [new CoefficientStep(0, 0.97m), new CoefficientStep(140, 1.05m)]);

    [Fact]
    public void A_day_earns_at_the_prices_of_the_tiers_it_reaches_and_days_and_lines_come_to_the_same_cent()
    {
        var terms = Terms with { Price = 1.25m, Step = 0.5m, Hours = [] };
        var pay = MonthPay.Of(terms, [new DayWork(First, Ps, "PS", 12), new DayWork(First.AddDays(1), Ps, "PS", 4), new DayWork(First.AddDays(2), Ps, "PS", 6)]);
        // 12 = 10 × 1.25 + 2 × 1.75; the next 4 = 3 × 1.75 + 1 × 2.25; the last 6 = 4 × 2.25 + 2 × 2.75.
        pay.Work.Select(w => w.Amount).ShouldBe([16.00m, 7.50m, 14.50m]);
        pay.Lines.Select(l => (l.Tier, l.Units, l.Price, l.Amount)).ShouldBe([(0, 10m, 1.25m, 12.50m), (1, 5m, 1.75m, 8.75m), (2, 5m, 2.25m, 11.25m), (3, 2m, 2.75m, 5.50m)]);
        pay.Amount.ShouldBe(38.00m);
    }

    [Fact]
    public void Hours_move_the_units_by_the_step_they_reach_and_unknown_hours_move_nothing()
    {
        DayWork[] work = [new(First, Ps, "PS", 8)];
        MonthPay.Of(Terms, work, 139.99m).Units.ShouldBe(7.76m);
        MonthPay.Of(Terms, work, 140m).Units.ShouldBe(8.40m);
        MonthPay.Of(Terms, work).Units.ShouldBe(8m);
    }

    [Fact]
    public void Every_amount_is_explained_to_the_last_cent_and_never_falls_when_more_is_done() =>
        Prop.ForAll(Gen.Choose(0, 9).ListOf().Select(l => l.Take(40).ToList()).ToArbitrary(), counts =>
        {
            List<DayWork> work = [.. counts.Select((n, i) => new DayWork(First.AddDays(i / 2), i % 2 == 0 ? Ps : Pe, i % 2 == 0 ? "PS" : "PE", n))];
            var pay = MonthPay.Of(Terms, work, 150);
            var more = MonthPay.Of(Terms, [.. work, new DayWork(First.AddDays(25), Pe, "PE", 1)], 150);
            return pay.Lines.Sum(l => l.Amount) == pay.Amount && pay.Work.Sum(w => w.Amount) == pay.Amount && pay.Work.All(w => w.Amount >= 0)
                && pay.Work.Sum(w => w.Units) * 1.05m == pay.Units && pay.Lines.Sum(l => l.Units) == pay.Units && more.Amount >= pay.Amount;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Terms_that_cannot_be_paid_exactly_are_refused()
    {
        (Terms with { Price = 1.25001m }).Problem()!.Code.ShouldBe("incentives.price-out-of-bounds");
        (Terms with { Step = -1 }).Problem()!.Code.ShouldBe("incentives.price-out-of-bounds");
        (Terms with { Starts = [10, 9] }).Problem()!.Code.ShouldBe("incentives.tiers-not-rising");
        (Terms with { Weights = new Dictionary<string, decimal> { ["PS"] = 1.005m } }).Problem()!.Code.ShouldBe("incentives.weight-out-of-bounds");
        (Terms with { Hours = [new CoefficientStep(0, 11)] }).Problem()!.Code.ShouldBe("incentives.coefficient-out-of-bounds");
        Terms.Problem().ShouldBeNull();
    }
}
