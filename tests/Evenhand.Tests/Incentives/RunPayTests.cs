using Evenhand.Incentives.Statements;
using Evenhand.Kernel;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Tests.Incentives;

public sealed class RunPayTests
{
    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_month_pays_what_was_computed_by_hand_and_explains_it(Store store)
    {
        await using var centre = await PayCentre.Start(store);
        centre.WriteMarch();
        await centre.Publish(PayCentre.March);
        (await centre.Run(PayCentre.March)).ShouldBe(new RunPay.Ran(PayCentre.March, 2, 2, 36.75m, false));

        var sheet = await centre.Sheet(PayCentre.March);
        (sheet.Total, sheet.Currency, sheet.Closed, sheet.Plan.Version).ShouldBe(("36.75", "¥", false, 1));
        var dorit = sheet.Agents.Single(a => a.Agent == "DORIT");
        (dorit.Amount, dorit.Units, dorit.Contacts).ShouldBe(("28.00", 18m, 16));
        dorit.Lines.ShouldBe([new(0, 10, "1.25", "12.50"), new(1, 5, "1.75", "8.75"), new(2, 3, "2.25", "6.75")]);
        dorit.Explained.Select(q => (q.Queue, q.Contacts, q.Weight, q.Units)).ShouldBe([("PE", 4, 1.5m, 6m), ("PS", 12, 1m, 12m)]);
        // 2 March: PE first, 6 units at 1.25 = 7.50; PS 8 units, 4 at 1.25 and 4 at 1.75 = 12.00; 3 March: 1 at 1.75 and 3 at 2.25 = 8.50.
        dorit.Explained.SelectMany(q => q.Days.Select(d => (q.Queue, d.Day.Day, d.Amount))).ShouldBe([("PE", 2, "7.50"), ("PS", 2, "12.00"), ("PS", 3, "8.50")]);
        sheet.Agents.Single(a => a.Agent == "AVI").Amount.ShouldBe("8.75");
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Run_again_a_month_gives_the_same_cents_and_writes_nothing_until_facts_change(Store store)
    {
        await using var centre = await PayCentre.Start(store);
        centre.WriteMarch();
        await centre.Publish(PayCentre.March);
        await centre.Run(PayCentre.March);
        (await centre.Run(PayCentre.March)).ShouldBe(new RunPay.Ran(PayCentre.March, 2, 0, 36.75m, false));
        centre.Did("AVI", "PS", "2026-03-30", 2);
        (await centre.Run(PayCentre.March)).ShouldBe(new RunPay.Ran(PayCentre.March, 2, 1, 39.25m, false));
        centre.Did("AVI", "PS", "2026-03-02", 0);
        centre.Did("AVI", "PS", "2026-03-30", 0);
        (await centre.Run(PayCentre.March)).Total.ShouldBe(28.00m);
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_closed_month_never_changes_and_a_late_fact_is_paid_once_as_a_line_of_the_month_after(Store store)
    {
        await using var centre = await PayCentre.Start(store);
        centre.WriteMarch();
        centre.Did("AVI", "PS", "2026-04-01", 4);
        await centre.Publish(PayCentre.March);
        (await centre.Close(PayCentre.March)).Value.ShouldBe(new RunPay.Ran(PayCentre.March, 2, 2, 36.75m, true));

        centre.Did("AVI", "PS", "2026-03-31", 5);
        centre.Did("DORIT", "PS", "2026-03-03", 3);
        (await centre.Run(PayCentre.March)).ShouldBe(new RunPay.Ran(PayCentre.March, 2, 0, 36.75m, true));
        (await centre.Sheet(PayCentre.March)).Total.ShouldBe("36.75");

        await centre.Run(PayCentre.April);
        // Avi: 12 units would have been 10 × 1.25 + 2 × 1.75 = 16.00, 7.25 more than the 8.75 paid; April's own 4 × 1.25 = 5.00.
        var avi = await centre.Pay("AVI", PayCentre.April);
        avi.Adjustments.ShouldBe([new(PayCentre.March, 5, "7.25")]);
        (avi.Amount, avi.Lines.Single().Amount).ShouldBe(("12.25", "5.00"));
        // Dorit had one contact too many, at 2.25, and nothing in April.
        var dorit = await centre.Pay("DORIT", PayCentre.April);
        dorit.Adjustments.ShouldBe([new(PayCentre.March, -1, "-2.25")]);
        dorit.Amount.ShouldBe("-2.25");

        (await centre.Close(PayCentre.April)).Succeeded.ShouldBeTrue();
        await centre.Run(PayCentre.May);
        (await centre.Sheet(PayCentre.May)).Agents.SelectMany(a => a.Adjustments).ShouldBeEmpty();
        centre.Did("AVI", "PS", "2026-03-31", 6);
        await centre.Run(PayCentre.May);
        (await centre.Pay("AVI", PayCentre.May)).Adjustments.ShouldBe([new(PayCentre.March, 1, "1.75")]);
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task An_open_month_follows_late_facts_by_itself_and_those_of_a_closed_month_reach_the_one_after(Store store)
    {
        await using var centre = await PayCentre.Start(store);
        centre.WriteMarch();
        await centre.Publish(PayCentre.March);
        await centre.Run(PayCentre.March);
        centre.Did("AVI", "PS", "2026-03-30", 2);
        await centre.Recounted("2026-02-27", "2026-03-30");
        (await centre.Pay("AVI", PayCentre.March)).Amount.ShouldBe("11.25");

        await centre.Close(PayCentre.March);
        await centre.Run(PayCentre.April);
        centre.Did("AVI", "PS", "2026-03-30", 3);
        await centre.Recounted("2026-03-30");
        (await centre.Pay("AVI", PayCentre.March)).Amount.ShouldBe("11.25");
        (await centre.Pay("AVI", PayCentre.April)).Adjustments.ShouldBe([new(PayCentre.March, 1, "1.25")]);
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_month_without_plan_or_not_begun_is_refused_and_months_close_in_order(Store store)
    {
        await using var centre = await PayCentre.Start(store);
        centre.WriteMarch();
        (await centre.Ask((RunPay s) => s.Run(new(2026, 3, 1), default))).Refusal!.Code.ShouldBe("incentives.no-plan");
        await centre.Publish(PayCentre.March);
        (await centre.Ask((RunPay s) => s.Run(new(2026, 6, 1), default))).Refusal!.Code.ShouldBe("incentives.month-not-begun");
        (await centre.Close(PayCentre.May)).Refusal!.Code.ShouldBe("incentives.month-not-over");
        await centre.Run(PayCentre.March);
        (await centre.Close(PayCentre.April)).Refusal!.Code.ShouldBe("incentives.earlier-month-open");
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task While_one_runs_pay_another_is_told_so(Store store)
    {
        await using var centre = await PayCentre.Start(store);
        centre.WriteMarch();
        await centre.Publish(PayCentre.March);
        var clock = await centre.Do(services => Task.FromResult(services.GetRequiredService<TimeProvider>()));
        await centre.Do(services => Lease.Take(services.GetRequiredService<EvenhandDb>(), RunPay.LeaseName, Guid.CreateVersion7(), TimeSpan.FromMinutes(1), clock, default));
        (await centre.Ask((RunPay s) => s.Run(new(2026, 3, 1), default))).Refusal!.Code.ShouldBe("incentives.pay-running");
    }
}
