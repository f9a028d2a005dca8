using Evenhand.Dispatch;
using Evenhand.Dispatch.Fairness;
using Evenhand.Dispatch.Policies;

namespace Evenhand.Engines.Tests.Dispatch;

public sealed class ShiftDayTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_day_of_400_agents_loses_nobody_breaks_no_order_and_spreads_effort_evenly(int seed)
    {
        var day = ShiftDay.Run(Policy.FairShare, seed);
        Whole(day);
        var report = day.Report();
        Tell("fair share", report);
        report.Violations.ShouldBeEmpty();
        report.Agents.Count.ShouldBe(400);
        report.Teams.Values.ShouldAllBe(t => t.Effort.Cv < 0.05);
        report.Centre.Effort.Cv!.Value.ShouldBeLessThan(0.05);
    }

    [Fact]
    public void When_a_third_leave_early_those_who_stay_share_what_is_left_evenly()
    {
        var day = ShiftDay.Run(Policy.FairShare, 3, leaveEarly: 0.3);
        Whole(day);
        day.Early.Count.ShouldBeInRange(90, 150);
        var stayers = day.Report(a => !day.Early.Contains(a));
        Tell("stayers", stayers);
        stayers.Violations.ShouldBeEmpty();
        stayers.Teams.Values.ShouldAllBe(t => t.Effort.Cv < 0.05);
        Tell("leavers", day.Report(day.Early.Contains));
        day.Report(day.Early.Contains).Teams.Values.ShouldAllBe(t => t.Effort.Cv < 0.08);
    }

    [Fact]
    public void Leaving_never_dumps_work_on_single_ones_of_those_who_stay()
    {
        var day = ShiftDay.Run(Policy.FairShare, 4, leaveEarly: 0.3);
        var stayers = day.Report(a => !day.Early.Contains(a));
        stayers.Teams.Values.ShouldAllBe(t => t.Effort.Most < t.Effort.Mean * 1.15);
    }

    [Fact]
    public void When_the_centre_is_overrun_the_order_still_holds_and_effort_stays_even()
    {
        var day = ShiftDay.Run(Policy.FairShare, 5, busier: 1.6);
        Whole(day);
        day.Log.Count(o => o.Kind == OutputKind.Abandoned).ShouldBeGreaterThan(1000);
        var report = day.Report();
        Tell("overrun", report);
        report.Violations.ShouldBeEmpty();
        report.Teams.Values.ShouldAllBe(t => t.Effort.Cv < 0.05);
    }

    [Fact]
    public void When_400_leave_while_400_come_inside_ten_minutes_the_customers_hardly_notice()
    {
        var day = ShiftDay.Run(Policy.FairShare, 8, busier: 3, change: true);
        Whole(day);
        day.Violations.ShouldBeEmpty();
        var waits = day.Log.Where(o => o.Kind == OutputKind.Offered && o.At >= Floor.Nine.AddHours(11.9) && o.At < Floor.Nine.AddHours(12.1)).Select(o => o.Decision!.Value.Waited.TotalSeconds).Order().ToList();
        output.WriteLine($"{waits.Count} offers in the twelve minutes around the change: median wait {waits[waits.Count / 2]:F0} s, 90 % within {waits[waits.Count * 9 / 10]:F0} s");
        waits.Count.ShouldBeGreaterThan(800);
        waits[waits.Count * 9 / 10].ShouldBeLessThan(10);
    }

    [Fact]
    public void Where_skills_differ_effort_is_even_among_those_with_the_same()
    {
        var day = ShiftDay.Run(Policy.FairShare, 7, skilled: true);
        Whole(day);
        var report = day.Report();
        Tell("three skill groups", report);
        report.Violations.ShouldBeEmpty();
        report.Teams.Count.ShouldBe(9);
        report.Teams.Values.ShouldAllBe(t => t.Effort.Cv < 0.05);
    }

    [Fact]
    public void Fair_share_is_more_even_than_the_other_policies()
    {
        var cvs = Enum.GetValues<Policy>().ToDictionary(p => p, p =>
        {
            var report = ShiftDay.Run(p, 6).Report();
            Tell(p.ToString(), report);
            report.Violations.ShouldBeEmpty();
            return report.Teams.Values.Max(t => t.Effort.Cv!.Value);
        });
        cvs[Policy.FairShare].ShouldBeLessThan(cvs[Policy.LongestIdle] / 2);
        cvs[Policy.FairShare].ShouldBeLessThan(cvs[Policy.LeastOccupied] * 0.7);
    }

    private static void Whole(ShiftDay day)
    {
        day.Faults.ShouldBeEmpty();
        day.StillThere.ShouldBe(0);
        var ended = day.Log.Where(o => o.Kind is OutputKind.Completed or OutputKind.Abandoned).Select(o => o.Contact).ToList();
        ended.Count.ShouldBe(day.Arrivals.Count);
        ended.Distinct().Count().ShouldBe(day.Arrivals.Count);
    }

    private void Tell(string what, FairnessReport report)
    {
        var c = report.Centre.Effort;
        output.WriteLine($"{what}: centre mean {c.Mean:F3} CV {c.Cv:F4} max/min {c.Ratio:F2} Gini {c.Gini:F4}; within shifts CV {string.Join(' ', report.Teams.Values.Select(t => $"{t.Effort.Cv:F4} (mean {t.Effort.Mean:F3})"))}; hard mix CV {report.Centre.HardMix.Cv:F3}");
    }
}
