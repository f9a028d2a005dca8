using Evenhand.Incentives.Plans;

namespace Evenhand.Tests.Incentives;

public sealed class PlanTests
{
    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_month_keeps_its_version_when_a_later_one_is_published_and_a_closed_month_takes_none(Store store)
    {
        await using var centre = await PayCentre.Start(store);
        centre.WriteMarch();
        centre.Did("AVI", "PS", "2026-04-01", 4);
        (await centre.Publish(PayCentre.March)).Version.ShouldBe(1);
        (await centre.Publish(PayCentre.April, PayCentre.Choices with { Price = 2 })).Version.ShouldBe(2);
        await centre.Run(PayCentre.March);
        await centre.Run(PayCentre.April);
        (await centre.Sheet(PayCentre.March)).Plan.ShouldSatisfyAllConditions(p => p.Version.ShouldBe(1), p => p.Price.ShouldBe("1.25"));
        (await centre.Pay("AVI", PayCentre.March)).Amount.ShouldBe("8.75");
        (await centre.Pay("AVI", PayCentre.April)).Amount.ShouldBe("8.00");

        (await centre.Close(PayCentre.March)).Succeeded.ShouldBeTrue();
        var draft = (await centre.Ask((DraftPlan s) => s.Run(new(null, PayCentre.Choices), default))).Value;
        (await centre.Ask((PublishPlan s) => s.Run(new(draft.Id, PayCentre.March), default))).Refusal!.Code.ShouldBe("incentives.month-closed");
        (await centre.Ask((PublishPlan s) => s.Run(new(draft.Id, PayCentre.April), default))).Value.Version.ShouldBe(3);
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_draft_changes_and_a_published_plan_does_not(Store store)
    {
        await using var centre = await PayCentre.Start(store);
        centre.WriteMarch();
        var draft = (await centre.Ask((DraftPlan s) => s.Run(new(null, PayCentre.Choices), default))).Value;
        var changed = (await centre.Ask((DraftPlan s) => s.Run(new(draft.Id, PayCentre.Choices with { Price = 3 }), default))).Value;
        (changed.Id, changed.Price).ShouldBe((draft.Id, 3m));
        await centre.Ask((PublishPlan s) => s.Run(new(draft.Id, PayCentre.March), default));
        (await centre.Ask((DraftPlan s) => s.Run(new(draft.Id, PayCentre.Choices), default))).Refusal!.Code.ShouldBe("incentives.plan-published");
        (await centre.Ask((PublishPlan s) => s.Run(new(draft.Id, PayCentre.April), default))).Refusal!.Code.ShouldBe("incentives.plan-published");
        (await centre.Ask((PublishPlan s) => s.Run(new(Guid.CreateVersion7(), PayCentre.April), default))).Refusal!.Code.ShouldBe("incentives.not-found");
        (await centre.Ask((PublishPlan s) => s.Run(new(draft.Id, "2026-4"), default))).Refusal!.Code.ShouldBe("incentives.month-unreadable");
    }

    [Fact]
    public async Task The_baseline_names_who_is_left_out_and_why_and_judges_by_days_when_hours_are_not_known()
    {
        await using var centre = await PayCentre.Start(Store.Sqlite);
        foreach (var day in Enumerable.Range(1, 12)) centre.Did("DORIT", "PS", $"2026-03-{day:00}", 10);
        foreach (var day in Enumerable.Range(1, 12)) centre.Did("AVI", "PS", $"2026-03-{day:00}", 12);
        foreach (var day in Enumerable.Range(1, 9)) centre.Did("TOVA", "PS", $"2026-03-{day:00}", 20);
        var found = (await centre.Ask((ComputeBaseline s) => s.Run(new PlanChoices { Months = 1, Until = PayCentre.March }, default))).Value;
        (found.HoursKnown, found.Baseline.Natural).ShouldBe((false, 132m));
        found.Baseline.Removed.Select(r => (r.Agent.Agent, PlanJson.Reason(r.Reason), r.Limit!.Value)).ShouldBe([("TOVA", "too-little-work", 10m)]);
        found.Baseline.Kept.Select(k => k.Agent).ShouldBe(["DORIT", "AVI"]);

        foreach (var agent in new[] { "DORIT", "AVI", "TOVA" })
            foreach (var day in Enumerable.Range(1, 12)) centre.Worked(agent, $"2026-03-{day:00}", (agent == "AVI" ? 8 : 9) * 3600);
        found = (await centre.Ask((ComputeBaseline s) => s.Run(new PlanChoices { Months = 1, Until = PayCentre.March }, default))).Value;
        found.HoursKnown.ShouldBeTrue();
        found.Baseline.Removed.Select(r => (r.Agent.Agent, r.Agent.Hours, r.Limit!.Value)).ShouldBe([("AVI", 96m, 100m)]);
    }

    [Fact]
    public async Task Without_figures_or_with_unusable_choices_there_is_one_clear_refusal()
    {
        await using var centre = await PayCentre.Start(Store.Sqlite);
        (await centre.Ask((ComputeBaseline s) => s.Run(new PlanChoices(), default))).Refusal!.Code.ShouldBe("incentives.no-figures");
        centre.WriteMarch();
        (await centre.Ask((ComputeBaseline s) => s.Run(new PlanChoices { Until = "2024-01" }, default))).Refusal!.Code.ShouldBe("incentives.no-figures-in");
        (await centre.Ask((ComputeBaseline s) => s.Run(new PlanChoices { Months = 0 }, default))).Refusal!.Code.ShouldBe("incentives.months-out-of-bounds");
        (await centre.Ask((ComputeBaseline s) => s.Run(new PlanChoices { Quality = [new(0.95m, 1.1m)] }, default))).Refusal!.Code.ShouldBe("incentives.accuracy-not-measured");
        (await centre.Ask((SimulatePlan s) => s.Run(new(PayCentre.Choices with { Price = null }), default))).Refusal!.Code.ShouldBe("incentives.price-missing");
        (await centre.Ask((SimulatePlan s) => s.Run(new(PayCentre.Choices with { Tiers = [15, 10] }), default))).Refusal!.Code.ShouldBe("incentives.tiers-not-rising");
        (await centre.Ask((SimulatePlan s) => s.Run(new(PayCentre.Choices with { Tiers = null, LeastDays = 31 }), default))).Refusal!.Code.ShouldBe("incentives.nobody-counts");
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_simulation_costs_what_the_month_would_and_says_who_gains_and_who_loses(Store store)
    {
        await using var centre = await PayCentre.Start(store);
        centre.WriteMarch();
        var simulated = (await centre.Ask((SimulatePlan s) => s.Run(new(PayCentre.Choices, null, 1.50m), default))).Value;
        // 36.75 for 18 + 7 units; flat 1.50 a contact pays Dorit 24.00 and Avi 10.50.
        (simulated.Result.Total, simulated.Result.Units, simulated.Result.CostPerUnit).ShouldBe((36.75m, 25m, 1.47m));
        simulated.Result.Winners.ShouldBe([new("DORIT", 4.00m)]);
        simulated.Result.Losers.ShouldBe([new("AVI", -1.75m)]);
        simulated.Result.Tiers.Select(t => (t.Tier, t.Agents, t.Units, t.Amount)).ShouldBe([(0, 2, 17m, 21.25m), (1, 1, 5m, 8.75m), (2, 1, 3m, 6.75m)]);

        // 25 units at X with 5 × 0.50 + 3 × 1.00 on top: 25 X + 5.50 ≤ 30 → X = 0.98.
        var solved = (await centre.Ask((SimulatePlan s) => s.Run(new(PayCentre.Choices with { Price = null }, 30m), default))).Value;
        (solved.Terms.Price, solved.Result.Total, solved.Comparison).ShouldBe((0.98m, 30.00m, SimulatePlan.Comparison.FlatPriceOfSameCost));
        (await centre.Ask((SimulatePlan s) => s.Run(new(PayCentre.Choices with { Price = null }, 5m), default))).Refusal!.Code.ShouldBe("incentives.budget-too-low");

        await centre.Publish(PayCentre.March);
        var again = (await centre.Ask((SimulatePlan s) => s.Run(new(PayCentre.Choices), default))).Value;
        (again.Comparison, again.Result.Winners.Count, again.Result.Losers.Count).ShouldBe((SimulatePlan.Comparison.PlansInForce, 0, 0));
    }

    [Fact]
    public void A_longer_look_back_is_suggested_only_while_volume_stays_within_five_percent()
    {
        var agent = new Evenhand.Platform.Contracts.Agent(Guid.CreateVersion7(), "A", "A", null, null, true);
        List<AgentMonth> seen = [.. new[] { 100, 101, 99, 100, 150 }.Select((n, back) => new AgentMonth(agent, new DateOnly(2026, 4, 1).AddMonths(-back), [new DayWork(new DateOnly(2026, 4, 1).AddMonths(-back), Guid.Empty, "PS", n)], null))];
        ComputeBaseline.LookBack(seen, new DateOnly(2026, 4, 1), new PlanChoices()).ShouldBe(4);
        ComputeBaseline.LookBack([.. seen.Take(2)], new DateOnly(2026, 4, 1), new PlanChoices()).ShouldBe(2);
    }
}
