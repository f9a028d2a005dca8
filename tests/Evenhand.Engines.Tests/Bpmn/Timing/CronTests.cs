using System.Globalization;
using Evenhand.Bpmn.Timing;

namespace Evenhand.Engines.Tests.Bpmn.Timing;

public sealed class CronTests
{
    internal static TimeZoneInfo Zone(string id) => TimeZoneInfo.FindSystemTimeZoneById(id);

    internal static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static string Said(DateTimeOffset? at) => at?.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture) ?? "never";

    private static Cron Read(string text)
    {
        var cron = Cron.Parse(text, out var problem);
        problem.ShouldBeNull();
        return cron.ShouldNotBeNull();
    }

    /// <summary>The next three in UTC, without the year's first two digits and seconds where they are 0.</summary>
    [Theory]
    [InlineData("*/15 * * * *", "2026-01-01 00:07", "2026-01-01 00:15|2026-01-01 00:30|2026-01-01 00:45")]
    [InlineData("5/20 8-9 * * *", "2026-01-01 08:05", "2026-01-01 08:25|2026-01-01 08:45|2026-01-01 09:05")]
    [InlineData("0 0 29 2 *", "2026-01-01", "2028-02-29 00:00|2032-02-29 00:00|2036-02-29 00:00")]
    [InlineData("0 0 29 2 *", "2096-03-01", "2104-02-29 00:00|2108-02-29 00:00|2112-02-29 00:00")]
    [InlineData("0 0 31 * *", "2026-01-31", "2026-03-31 00:00|2026-05-31 00:00|2026-07-31 00:00")]
    [InlineData("0 9 * * 1-5", "2026-01-02 09:00", "2026-01-05 09:00|2026-01-06 09:00|2026-01-07 09:00")]
    [InlineData("0 9 * * MON,fri", "2026-01-01", "2026-01-02 09:00|2026-01-05 09:00|2026-01-09 09:00")]
    [InlineData("0 0 * * 0", "2026-01-01", "2026-01-04 00:00|2026-01-11 00:00|2026-01-18 00:00")]
    [InlineData("0 0 * * 7", "2026-01-01", "2026-01-04 00:00|2026-01-11 00:00|2026-01-18 00:00")]
    [InlineData("0 0 * * 5-7", "2026-01-01", "2026-01-02 00:00|2026-01-03 00:00|2026-01-04 00:00")]
    [InlineData("0 0 * * SAT-MON", "2026-01-01", "2026-01-03 00:00|2026-01-04 00:00|2026-01-05 00:00")]
    [InlineData("0 22-1 * * *", "2026-01-01 22:30", "2026-01-01 23:00|2026-01-02 00:00|2026-01-02 01:00")]
    [InlineData("0 0 1 NOV-JAN *", "2026-01-02", "2026-11-01 00:00|2026-12-01 00:00|2027-01-01 00:00")]
    [InlineData("0 0 13 * 5", "2026-02-01", "2026-02-06 00:00|2026-02-13 00:00|2026-02-20 00:00")]
    [InlineData("0 0 0 13 * 5", "2026-01-01", "2026-02-13 00:00|2026-03-13 00:00|2026-11-13 00:00")]
    [InlineData("0 0/5 * * * ?", "2026-01-01 00:01", "2026-01-01 00:05|2026-01-01 00:10|2026-01-01 00:15")]
    [InlineData("0 0 12 ? * 2", "2026-01-01", "2026-01-05 12:00|2026-01-12 12:00|2026-01-19 12:00")]
    [InlineData("0 0 12 * * 2", "2026-01-01", "2026-01-06 12:00|2026-01-13 12:00|2026-01-20 12:00")]
    [InlineData("0 15 10 L * ?", "2026-01-31 11:00", "2026-02-28 10:15|2026-03-31 10:15|2026-04-30 10:15")]
    [InlineData("0 15 10 L-2 * ?", "2026-01-01", "2026-01-29 10:15|2026-02-26 10:15|2026-03-29 10:15")]
    [InlineData("0 0 0 15W * ?", "2026-02-01", "2026-02-16 00:00|2026-03-16 00:00|2026-04-15 00:00")]
    [InlineData("0 0 0 1W * ?", "2026-07-30", "2026-08-03 00:00|2026-09-01 00:00|2026-10-01 00:00")]
    [InlineData("0 0 0 31W * ?", "2026-04-01", "2026-05-29 00:00|2026-07-31 00:00|2026-08-31 00:00")]
    [InlineData("0 0 0 LW * ?", "2026-01-01", "2026-01-30 00:00|2026-02-27 00:00|2026-03-31 00:00")]
    [InlineData("0 15 10 ? * 6L", "2026-01-01", "2026-01-30 10:15|2026-02-27 10:15|2026-03-27 10:15")]
    [InlineData("0 15 10 * * FRIL", "2026-01-01", "2026-01-30 10:15|2026-02-27 10:15|2026-03-27 10:15")]
    [InlineData("0 15 10 ? * 6#3", "2026-01-01", "2026-01-16 10:15|2026-02-20 10:15|2026-03-20 10:15")]
    [InlineData("0 0 10 * * MON#5", "2026-01-01", "2026-03-30 10:00|2026-06-29 10:00|2026-08-31 10:00")]
    [InlineData("0 0 0 ? * L", "2026-01-01", "2026-01-03 00:00|2026-01-10 00:00|2026-01-17 00:00")]
    [InlineData("0 0 12 1 1 ? 2027-2030/2", "2026-01-01", "2027-01-01 12:00|2029-01-01 12:00|never")]
    [InlineData("0 0 12 1 1 ? 2025", "2026-01-01", "never")]
    [InlineData("0 0 30 2 *", "2026-01-01", "never")]
    [InlineData("@daily", "2026-01-01 05:00", "2026-01-02 00:00|2026-01-03 00:00|2026-01-04 00:00")]
    [InlineData("@hourly", "2026-01-01 05:10", "2026-01-01 06:00|2026-01-01 07:00|2026-01-01 08:00")]
    [InlineData("@weekly", "2026-01-01", "2026-01-04 00:00|2026-01-11 00:00|2026-01-18 00:00")]
    [InlineData("@monthly", "2026-01-01", "2026-02-01 00:00|2026-03-01 00:00|2026-04-01 00:00")]
    [InlineData("@yearly", "2026-01-01", "2027-01-01 00:00|2028-01-01 00:00|2029-01-01 00:00")]
    public void Fields_mean_what_the_books_say(string text, string after, string due)
    {
        var cron = Read(text);
        var said = new List<string>();
        for (DateTimeOffset? at = At(after); said.Count < 3 && at is not null;)
        {
            at = cron.Next(at.Value, TimeZoneInfo.Utc);
            said.Add(at?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "never");
        }
        string.Join('|', said).ShouldBe(due);
        Read(cron.ToString()).Next(At(after), TimeZoneInfo.Utc).ShouldBe(cron.Next(At(after), TimeZoneInfo.Utc));
    }

    [Fact]
    public void Seconds_stand_first()
    {
        Said(Read("0/20 * * * * *").Next(At("2026-01-01T00:00:25Z"), TimeZoneInfo.Utc)).ShouldBe("2026-01-01T00:00:40+00:00");
        Said(Read("59 59 23 31 12 *").Next(At("2026-12-31T23:59:58.999Z"), TimeZoneInfo.Utc)).ShouldBe("2026-12-31T23:59:59+00:00");
    }

    [Theory]
    [InlineData("30 2 * * *", "Europe/Berlin", "2026-03-28T12:00Z", "2026-03-29T03:00:00+02:00|2026-03-30T02:30:00+02:00")]
    [InlineData("*/15 2 * * *", "Europe/Berlin", "2026-03-28T12:00Z", "2026-03-29T03:00:00+02:00|2026-03-30T02:00:00+02:00")]
    [InlineData("0 3 * * *", "Europe/Berlin", "2026-03-28T12:00Z", "2026-03-29T03:00:00+02:00|2026-03-30T03:00:00+02:00")]
    [InlineData("30 2 * * *", "Europe/Berlin", "2026-10-24T12:00Z", "2026-10-25T02:30:00+02:00|2026-10-26T02:30:00+01:00")]
    [InlineData("30 2 * * *", "Europe/Berlin", "2026-10-25T01:10Z", "2026-10-26T02:30:00+01:00")]
    [InlineData("*/30 2 * * *", "Europe/Berlin", "2026-10-25T00:30Z", "2026-10-26T02:00:00+01:00|2026-10-26T02:30:00+01:00")]
    [InlineData("*/30 * * * *", "Europe/Berlin", "2026-10-24T23:40Z", "2026-10-25T02:00:00+02:00|2026-10-25T02:30:00+02:00|2026-10-25T02:00:00+01:00|2026-10-25T02:30:00+01:00|2026-10-25T03:00:00+01:00")]
    [InlineData("*/30 * * * *", "Europe/Berlin", "2026-03-29T00:20Z", "2026-03-29T01:30:00+01:00|2026-03-29T03:00:00+02:00|2026-03-29T03:30:00+02:00")]
    [InlineData("45 * 26 * *", "Europe/Berlin", "2026-10-25T00:50Z", "2026-10-26T00:45:00+01:00|2026-10-26T01:45:00+01:00")]
    [InlineData("30 2 * * *", "America/New_York", "2026-03-07T12:00Z", "2026-03-08T03:00:00-04:00|2026-03-09T02:30:00-04:00")]
    [InlineData("30 1 * * *", "America/New_York", "2026-10-31T12:00Z", "2026-11-01T01:30:00-04:00|2026-11-02T01:30:00-05:00")]
    [InlineData("0 * * * *", "America/New_York", "2026-11-01T04:30Z", "2026-11-01T01:00:00-04:00|2026-11-01T01:00:00-05:00|2026-11-01T02:00:00-05:00")]
    [InlineData("30 2 * * *", "Asia/Shanghai", "2026-03-28T12:00Z", "2026-03-29T02:30:00+08:00|2026-03-30T02:30:00+08:00")]
    [InlineData("15 2 4 5 *", "Asia/Shanghai", "1986-01-01T00:00Z", "1986-05-04T03:00:00+09:00")]
    public void Clocks_that_change_skip_and_repeat_nothing(string text, string zone, string after, string due)
    {
        var said = new List<string>();
        var at = At(after);
        foreach (var _ in due.Split('|'))
        {
            at = Read(text).Next(at, Zone(zone)).ShouldNotBeNull();
            said.Add(Said(at));
        }
        string.Join('|', said).ShouldBe(due);
    }

    [Theory]
    [InlineData("", "cron-fields@0 0")]
    [InlineData("* * * *", "cron-fields@0 4")]
    [InlineData("* * * * * * * *", "cron-fields@0 8")]
    [InlineData("60 * * * *", "cron-field@0 minute 60")]
    [InlineData("0 24 * * *", "cron-field@2 hour 24")]
    [InlineData("0 0 1,32 * *", "cron-field@6 day-of-month 32")]
    [InlineData("0 0 * FOO *", "cron-field@6 month FOO")]
    [InlineData("0 0 * * 8", "cron-field@8 day-of-week 8")]
    [InlineData("0 0 0 ? * 0", "cron-field@10 day-of-week 0")]
    [InlineData("*/0 * * * *", "cron-field@0 minute */0")]
    [InlineData("? * * * *", "cron-field@0 minute ?")]
    [InlineData("1- * * * *", "cron-field@0 minute 1-")]
    [InlineData("0 0 * * MON#6", "cron-field@8 day-of-week MON#6")]
    [InlineData("0 0 0 1 1 ? 1800", "cron-field@12 year 1800")]
    [InlineData("@never", "cron-fields@0 1")]
    public void A_problem_names_the_field_and_its_place(string text, string said)
    {
        Cron.Parse(text, out var problem).ShouldBeNull();
        problem.ShouldNotBeNull();
        $"{problem.Code}@{problem.Position} {string.Join(' ', problem.Arguments)}".ShouldBe(said);
    }

    [Fact]
    public void Next_is_what_looking_at_every_minute_finds()
    {
        var random = new Random(20260301);
        for (var round = 0; round < 150; round++)
        {
            int[] Some(int low, int high, int most) => random.Next(3) == 0 ? [.. Enumerable.Range(low, high - low + 1)] : [.. Enumerable.Range(0, random.Next(1, most)).Select(_ => random.Next(low, high + 1))];
            var (minutes, hours, days, months, week) = (Some(0, 59, 4), Some(0, 23, 4), Some(1, 31, 6), Some(1, 12, 6), Some(0, 6, 4));
            var text = $"0 {string.Join(',', minutes)} {string.Join(',', hours)} {string.Join(',', days)} {string.Join(',', months)} {string.Join(',', week)}";
            var after = At("2026-01-01T00:00Z").AddMinutes(random.Next(525_600));
            var found = after.AddMinutes(1);
            while (found < after.AddDays(100) && !(minutes.Contains(found.Minute) && hours.Contains(found.Hour) && days.Contains(found.Day) && months.Contains(found.Month) && week.Contains((int)found.DayOfWeek)))
                found = found.AddMinutes(1);
            var next = Read(text).Next(after, TimeZoneInfo.Utc);
            if (found < after.AddDays(100)) next.ShouldBe(found, text);
            else if (next is { } later) later.ShouldBeGreaterThanOrEqualTo(found, text);
        }
    }

    [Fact]
    public void Any_soup_is_read_or_refused_and_what_is_read_moves_on()
    {
        var random = new Random(20260302);
        string[] any = ["*", "0", "5", "*/7", "3/4", "1-5", "4-2", "7", "1,3,5-7/2", "?"];
        string[] days = ["L", "LW", "15W", "L-3", "31W", "FRI", "MON-WED", "2#2", "5L", "FRIL", "FEB"];
        string[] wrong = ["", ",", "-", "/", "#", "W", "99999", "*/61", "x", "L-", "#1", "1-2-3", "1/2/3", "\u0131", "中", "2027"];
        var (zone, read, refused) = (Zone("America/New_York"), 0, 0);
        for (var round = 0; round < 6_000; round++)
        {
            string Piece(int field) => random.Next(30) == 0 ? wrong[random.Next(wrong.Length)] : field >= 3 && random.Next(3) == 0 ? days[random.Next(days.Length)] : any[random.Next(any.Length)];
            var text = string.Join(' ', Enumerable.Range(0, random.Next(5, 8)).Select(Piece));
            if (Cron.Parse(text, out var problem) is not { } cron)
            {
                refused++;
                problem.ShouldNotBeNull().Position.ShouldBeInRange(0, text.Length);
                continue;
            }
            read++;
            var after = At("2026-01-01T00:00Z").AddMinutes(random.Next(525_600));
            if (cron.Next(after, zone) is not { } due) continue;
            due.ShouldBeGreaterThan(after, text);
            cron.Next(due.AddTicks(-1), zone).ShouldBe(due, text);
        }
        read.ShouldBeGreaterThan(500);
        refused.ShouldBeGreaterThan(500);
    }
}
