using Evenhand.Measurement.Periods;

namespace Evenhand.Tests.Measurement.Periods;

public sealed class PeriodTests
{
    private static readonly DateOnly First = new(2026, 9, 2), End = new(2026, 11, 20);

    private static Period Read(params (string Name, string Value)[] values) =>
        Period.Read(name => values.FirstOrDefault(v => v.Name == name).Value, First, End);

    [Fact]
    public void An_address_without_a_period_shows_the_last_full_week() =>
        Read().ShouldBe(new Period(PeriodKind.Week, new(2026, 11, 9), new(2026, 11, 16)));

    [Fact]
    public void A_week_that_ends_with_the_figures_is_full() =>
        Period.Read(_ => null, First, new(2026, 11, 16)).From.ShouldBe(new DateOnly(2026, 11, 9));

    [Fact]
    public void Without_a_full_week_everything_shows() =>
        Period.Read(_ => null, new(2026, 11, 11), new(2026, 11, 20)).ShouldBe(new Period(PeriodKind.Custom, new(2026, 11, 11), new(2026, 11, 20)));

    [Fact]
    public void The_last_day_asked_for_is_included() =>
        Read(("from", "2026-10-01"), ("last", "2026-10-03")).ShouldBe(new Period(PeriodKind.Custom, new(2026, 10, 1), new(2026, 10, 4)));

    [Theory, InlineData("last", "2026-09-30"), InlineData("last", "tomorrow"), InlineData("last", "")]
    public void Days_that_make_no_period_fall_back(string name, string value) =>
        Read(("from", "2026-10-01"), (name, value)).Kind.ShouldBe(PeriodKind.Week);

    [Fact]
    public void A_period_is_never_longer_than_the_limit() =>
        Read(("from", "2020-01-01"), ("last", "2026-01-01")).Days.ShouldBe(Period.LongestDays);

    [Fact]
    public void A_month_is_a_month_before_and_after()
    {
        var march = Period.MonthOf(new(2026, 3, 31));
        march.Before().ShouldBe(Period.MonthOf(new(2026, 2, 1)));
        march.After().ShouldBe(Period.MonthOf(new(2026, 4, 30)));
        march.Before().Days.ShouldBe(28);
    }

    [Fact]
    public void What_a_period_writes_into_an_address_reads_as_the_same_period()
    {
        foreach (var period in new[] { Period.DayOf(First), Period.WeekOf(First), Period.MonthOf(First), new Period(PeriodKind.Custom, First, First.AddDays(9)) })
            Period.Read(name => period.Query().First(v => v.Key == name).Value, First, End).ShouldBe(period);
    }

    [Fact]
    public void A_local_day_begins_at_its_own_midnight_on_both_sides_of_a_clock_change()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var days = Enumerable.Range(0, 3).Select(d => LocalDays.StartOf(new DateOnly(2026, 3, 28).AddDays(d), zone)).ToArray();
        (days[1] - days[0]).ShouldBe(24 * 3600);
        (days[2] - days[1]).ShouldBe(23 * 3600);
        LocalDays.DayOf(days[2] - 1, zone).ShouldBe(new DateOnly(2026, 3, 29));
    }
}
