using Evenhand.Analytics.Intervals;
using FsCheck;
using FsCheck.Fluent;

namespace Evenhand.Engines.Tests.Intervals;

public sealed class IntervalGridTests
{
    private static readonly string[] Zones =
        ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "America/Sao_Paulo", "Pacific/Chatham", "UTC"];

    [Fact]
    public void An_activity_over_two_borders_has_three_parts()
    {
        var grid = Grid("Asia/Shanghai", 900);
        grid.Split(new(850, 1900)).ToList().ShouldBe([new(850, 900), new(900, 1800), new(1800, 1900)]);
        grid.Split(new(900, 1800)).ToList().ShouldBe([new(900, 1800)]);
        grid.Split(new(900, 900)).ToList().ShouldBeEmpty();
    }

    [Fact]
    public void Splitting_conserves_time_and_every_part_lies_in_one_interval() =>
        Prop.ForAll(Grids(), Instants(), Gen.Choose(0, 40_000).ToArbitrary(), (grid, start, length) =>
        {
            var activity = new TimeSpanSlice(start, start + length);
            var parts = grid.Split(activity).ToList();
            var next = start;
            foreach (var part in parts)
            {
                if (part.Start != next || part.IsEmpty || part.Intersect(grid.IntervalOf(part.Start)) != part)
                    return false;
                next = part.End;
            }
            return next == activity.End && parts.Sum(p => p.Seconds) == length
                && parts.Select(p => grid.StartOf(p.Start)).SequenceEqual(grid.IntervalsIn(activity).Select(i => i.Start));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_cached_local_time_is_the_zones_own() =>
        Prop.ForAll(Grids(), Instants(), Gen.Choose(-7200, 7200).ToArbitrary(), (grid, instant, step) =>
            Enumerable.Range(0, 3).All(i =>
            {
                var time = instant + (long)i * step;
                var local = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds(time), grid.Zone);
                return grid.LocalDay(time) == DateOnly.FromDateTime(local.DateTime)
                    && grid.LocalSecondOfDay(time) == (int)local.TimeOfDay.TotalSeconds;
            })).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_instant_lies_in_its_own_day_and_days_follow_without_gap() =>
        Prop.ForAll(Grids(), Instants(), (grid, instant) =>
        {
            var day = grid.LocalDay(instant);
            var slice = grid.DayOf(day);
            return slice.Contains(instant) && slice.End == grid.DayOf(day.AddDays(1)).Start && grid.LocalDay(slice.End - 1) == day
                && grid.StartOf(slice.Start) == slice.Start;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("Asia/Shanghai", 2026, 3, 29, 24, 96)]
    [InlineData("Europe/Berlin", 2026, 3, 29, 23, 92)]
    [InlineData("Europe/Berlin", 2026, 10, 25, 25, 100)]
    [InlineData("America/Sao_Paulo", 2018, 11, 4, 23, 92)]
    public void Days_are_as_long_as_the_clocks_make_them(string zone, int year, int month, int day, int hours, int quarters)
    {
        var grid = Grid(zone, 900);
        var slice = grid.DayOf(new(year, month, day));
        slice.Seconds.ShouldBe(hours * 3600);
        grid.IntervalsIn(slice).Count().ShouldBe(quarters);
    }

    [Fact]
    public void An_hour_in_which_the_clocks_change_is_told_apart_to_the_second()
    {
        // Lord Howe Island goes back half an hour at 15:00 UTC and forward at 15:30 UTC, inside an hour.
        var grid = Grid("Australia/Lord_Howe", 1800);
        var change = new DateTimeOffset(2026, 10, 3, 15, 30, 0, TimeSpan.Zero).ToUnixTimeSeconds();
        grid.OffsetAt(change - 1).ShouldBe(37_800);
        grid.OffsetAt(change).ShouldBe(39_600);
    }

    [Fact]
    public void Half_hours_are_those_of_the_wall_clock_where_the_zone_is_off_by_a_quarter()
    {
        var grid = Grid("Asia/Kathmandu", 1800);
        (grid.LocalSecondOfDay(grid.StartOf(1_700_000_123)) % 1800).ShouldBe(0);
    }

    [Fact]
    public void Only_quarters_and_half_hours_are_intervals() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new IntervalGrid(600, TimeZoneInfo.Utc)).Message.ShouldContain("900 or 1800");

    [Fact]
    public void A_slice_cannot_end_before_it_starts()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new TimeSpanSlice(2, 1));
        new TimeSpanSlice(0, 10).Intersect(new(10, 20)).IsEmpty.ShouldBeTrue();
        new TimeSpanSlice(0, 10).Intersect(new(30, 40)).IsEmpty.ShouldBeTrue();
        new TimeSpanSlice(0, 10).Contains(10).ShouldBeFalse();
    }

    private static IntervalGrid Grid(string zone, int seconds) => new(seconds, TimeZoneInfo.FindSystemTimeZoneById(zone));

    private static Arbitrary<IntervalGrid> Grids() =>
        (from zone in Gen.Elements(Zones) from seconds in Gen.Elements(900, 1800) select Grid(zone, seconds)).ToArbitrary();

    // 2001–2033, as often as not within two hours of a change of clocks.
    private static Arbitrary<long> Instants()
    {
        var berlin = new DateTimeOffset(2026, 3, 29, 1, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();
        var chatham = new DateTimeOffset(2026, 4, 4, 14, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();
        var lordHowe = new DateTimeOffset(2026, 10, 3, 15, 30, 0, TimeSpan.Zero).ToUnixTimeSeconds();
        var near = from change in Gen.Elements(berlin, chatham, lordHowe) from step in Gen.Choose(-7200, 7200) select change + step;
        return Gen.OneOf(near, Gen.Choose(1_000_000_000, 2_000_000_000).Select(s => (long)s)).ToArbitrary();
    }
}
