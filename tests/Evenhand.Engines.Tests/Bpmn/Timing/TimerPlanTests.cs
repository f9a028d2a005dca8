using System.Globalization;
using Evenhand.Bpmn.Expressions;
using Evenhand.Bpmn.Model;
using Evenhand.Bpmn.Timing;
using static Evenhand.Engines.Tests.Bpmn.Timing.CronTests;

namespace Evenhand.Engines.Tests.Bpmn.Timing;

public sealed class TimerPlanTests
{
    private static readonly DateTimeOffset Now = At("2026-03-01T08:30:00Z");

    private static TimerPlan Plan(TimerKind kind, Value value, string zone = "Asia/Shanghai", DateTimeOffset? now = null)
    {
        var plan = TimerPlan.Parse(kind, value, now ?? Now, Zone(zone), out var problem);
        problem.ShouldBeNull();
        return plan.ShouldNotBeNull();
    }

    private static string Utc(DateTimeOffset at) => at.UtcDateTime.ToString("MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Due times of a timer that always fires in time, at most five.</summary>
    private static string Fired(TimerPlan plan)
    {
        var said = new List<string> { Utc(plan.First) };
        var (due, remaining) = (plan.First, plan.Remaining);
        while (said.Count < 5 && plan.Next(due, due, remaining) is { } next)
        {
            (due, remaining) = next;
            said.Add(Utc(due));
        }
        return string.Join('|', said);
    }

    [Theory]
    [InlineData(TimerKind.Date, "2026-03-02T09:00", "03-02 01:00")]
    [InlineData(TimerKind.Date, "2026-03-02T09:00Z", "03-02 09:00")]
    [InlineData(TimerKind.Date, "2026-01-01", "12-31 16:00")]
    [InlineData(TimerKind.Duration, "PT1H", "03-01 09:30")]
    [InlineData(TimerKind.Duration, "PT0S", "03-01 08:30")]
    [InlineData(TimerKind.Duration, "-PT1H", "03-01 07:30")]
    [InlineData(TimerKind.Duration, "P1M", "04-01 08:30")]
    [InlineData(TimerKind.Cycle, "R3/PT10M", "03-01 08:40|03-01 08:50|03-01 09:00")]
    [InlineData(TimerKind.Cycle, "R1/P5D", "03-06 08:30")]
    [InlineData(TimerKind.Cycle, "R/PT1H", "03-01 09:30|03-01 10:30|03-01 11:30|03-01 12:30|03-01 13:30")]
    [InlineData(TimerKind.Cycle, "R2/2026-04-01T00:00Z/P1D", "04-01 00:00|04-02 00:00")]
    [InlineData(TimerKind.Cycle, "R5/2026-02-27T12:00Z/P1D", "03-01 12:00|03-02 12:00|03-03 12:00")]
    [InlineData(TimerKind.Cycle, "R5/2026-03-01T16:30/PT1H", "03-01 08:30|03-01 09:30|03-01 10:30|03-01 11:30|03-01 12:30")]
    [InlineData(TimerKind.Cycle, "R/2026-01-31T00:00Z/P1M", "03-31 00:00|04-30 00:00|05-31 00:00|06-30 00:00|07-31 00:00")]
    [InlineData(TimerKind.Cycle, "R/PT6H/2026-03-02T02:30Z", "03-01 14:30|03-01 20:30|03-02 02:30")]
    [InlineData(TimerKind.Cycle, "0 9 * * *", "03-02 01:00|03-03 01:00|03-04 01:00|03-05 01:00|03-06 01:00")]
    [InlineData(TimerKind.Cycle, "0 0/5 * * * ?", "03-01 08:35|03-01 08:40|03-01 08:45|03-01 08:50|03-01 08:55")]
    public void Timers_are_due_when_their_text_says(TimerKind kind, string text, string due)
    {
        var plan = Plan(kind, text);
        Fired(plan).ShouldBe(due);
        var read = TimerPlan.Read(plan.ToString(), Zone("Asia/Shanghai")).ShouldNotBeNull();
        Fired(read).ShouldBe(due);
        read.ToString().ShouldBe(plan.ToString());
        read.Remaining.ShouldBe(plan.Remaining);
    }

    [Fact]
    public void Instants_and_durations_need_no_text()
    {
        Plan(TimerKind.Date, Value.Of(Now.AddDays(1))).First.ShouldBe(Now.AddDays(1));
        Plan(TimerKind.Duration, Value.Of(new CalendarSpan(1, TimeSpan.FromHours(1)))).First.ShouldBe(At("2026-04-01T09:30Z"));
    }

    [Fact]
    public void A_wall_clock_time_that_is_skipped_is_due_after_the_gap_and_one_repeated_the_first_time()
    {
        Plan(TimerKind.Date, "2026-03-29T02:30", "Europe/Berlin").First.ShouldBe(At("2026-03-29T01:00Z"));
        Plan(TimerKind.Date, "2026-10-25T02:30", "Europe/Berlin").First.ShouldBe(At("2026-10-25T00:30Z"));
    }

    [Fact]
    public void What_was_missed_is_not_made_up_for_and_the_grid_is_kept()
    {
        var plan = Plan(TimerKind.Cycle, "R3/PT10M");
        var late = plan.Next(plan.First, Now.AddMinutes(47), 3).ShouldNotBeNull();
        late.ShouldBe((Now.AddMinutes(50), 2));
        plan.Next(late.Due, late.Due, late.Remaining).ShouldBe((Now.AddMinutes(60), 1));
        plan.Next(Now.AddMinutes(60), Now.AddMinutes(60), 1).ShouldBeNull();
        plan.Next(plan.First, Now.AddMinutes(50), 3).ShouldBe((Now.AddMinutes(60), 2));
        plan.Next(Now.AddMinutes(50), Now, null).ShouldBe((Now.AddMinutes(60), null));
        Plan(TimerKind.Cycle, "R/PT6H/2026-03-02T02:30Z").Next(Now.AddHours(6), Now.AddDays(3), null).ShouldBeNull();
        Plan(TimerKind.Date, "2026-01-01").Next(Now, Now, 1).ShouldBeNull();
        Plan(TimerKind.Cycle, "0 9 * * *").Next(At("2026-03-02T01:00Z"), At("2026-03-09T01:00Z"), null)!.Value.Due.ShouldBe(At("2026-03-10T01:00Z"));
    }

    [Theory]
    [InlineData(TimerKind.Date, "PT1H", "timer-date")]
    [InlineData(TimerKind.Date, "soon", "timer-date")]
    [InlineData(TimerKind.Duration, "2026-01-01", "timer-duration")]
    [InlineData(TimerKind.Duration, "P9999999M", "timer-range")]
    [InlineData(TimerKind.Cycle, "R/PT0S", "timer-period")]
    [InlineData(TimerKind.Cycle, "R/PT0.5S", "timer-period")]
    [InlineData(TimerKind.Cycle, "R/-PT1H", "timer-period")]
    [InlineData(TimerKind.Cycle, "R/P1M-1D", "timer-period")]
    [InlineData(TimerKind.Cycle, "R3/x", "timer-cycle")]
    [InlineData(TimerKind.Cycle, "R3/2026-01-01/P1D", "timer-ended")]
    [InlineData(TimerKind.Cycle, "R/P1D/2026-03-01", "timer-ended")]
    [InlineData(TimerKind.Cycle, "R/P9000Y", "timer-range")]
    [InlineData(TimerKind.Cycle, "0 0 30 2 *", "timer-never")]
    [InlineData(TimerKind.Cycle, "0 0 30", "cron-fields")]
    [InlineData(TimerKind.Cycle, "0 99 * * *", "cron-field")]
    public void What_is_no_timer_says_why(TimerKind kind, string text, string code)
    {
        TimerPlan.Parse(kind, text, Now, TimeZoneInfo.Utc, out var problem).ShouldBeNull();
        problem.ShouldNotBeNull().Code.ShouldBe(code);
        problem.Arguments.ShouldNotBeEmpty();
    }

    [Fact]
    public void Other_kinds_of_values_are_no_timers()
    {
        foreach (var (kind, value) in new (TimerKind, Value)[] { (TimerKind.Duration, Value.Of(Now)), (TimerKind.Date, Value.Of(new CalendarSpan(1, default))), (TimerKind.Date, 5), (TimerKind.Cycle, Value.Null), (TimerKind.Cycle, Value.Of(Now)) })
        {
            TimerPlan.Parse(kind, value, Now, TimeZoneInfo.Utc, out var problem).ShouldBeNull();
            problem.ShouldNotBeNull().Code.ShouldBe("timer-kind");
        }
    }

    [Fact]
    public void Next_is_the_first_point_of_the_grid_after_the_present()
    {
        var random = new Random(20260305);
        for (var round = 0; round < 2_000; round++)
        {
            var period = new CalendarSpan(random.Next(3) == 0 ? random.Next(1, 40) : 0, TimeSpan.FromSeconds(random.Next(20_000, 500_000)));
            var start = At("2020-01-31T00:00Z").AddSeconds(random.Next(100_000_000));
            var now = start.AddSeconds(random.Next(100_000_000));
            var due = start;
            for (var k = 1; due <= now; k++) due = new CalendarSpan(period.Months * k, period.Time * k).After(start);
            Plan(TimerKind.Cycle, $"R/{Value.Of(start)}/{Value.Of(period)}", now: start).Next(start, now, null).ShouldBe((due, null));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("2026-01-01T00:00:00Z R3/x")]
    [InlineData("2026-01-01T00:00:00Z R3/PT1H")]
    [InlineData("2026-01-01T00:00:00Z cron 99 * * * *")]
    [InlineData("2026-01-01T00:00:00Z R3/2026-01-01T00:00:00Z/PT1H x")]
    public void What_is_no_plan_is_not_read(string text) => TimerPlan.Read(text, TimeZoneInfo.Utc).ShouldBeNull();
}
