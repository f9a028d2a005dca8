using Evenhand.Dispatch.Queues;
using FsCheck;
using FsCheck.Fluent;

namespace Evenhand.Engines.Tests.Dispatch;

public sealed class OpeningHoursTests
{
    private static readonly TimeZoneInfo China = TimeZoneInfo.CreateCustomTimeZone("cn", TimeSpan.FromHours(8), "cn", "cn");
    private static readonly OpenSpan[] Office = [new(new TimeOnly(9, 0), new TimeOnly(12, 0)), new(new TimeOnly(13, 0), new TimeOnly(18, 0))];

    /// <summary>Office hours from Monday to Friday; a holiday on Thursday 1 October 2026, a make-up working day on Saturday 10 October.</summary>
    private static readonly OpeningHours Hours = new(
        China, Enum.GetValues<DayOfWeek>().Where(d => d is not (DayOfWeek.Saturday or DayOfWeek.Sunday)).ToDictionary(d => d, _ => (IReadOnlyList<OpenSpan>)Office),
        new Dictionary<DateOnly, IReadOnlyList<OpenSpan>> { [new(2026, 10, 1)] = [], [new(2026, 10, 10)] = Office });

    [Theory]
    [InlineData("2026-09-30T08:59:59", false)]
    [InlineData("2026-09-30T09:00:00", true)]
    [InlineData("2026-09-30T12:00:00", false)]
    [InlineData("2026-09-30T17:59:59", true)]
    [InlineData("2026-10-01T10:00:00", false)]
    [InlineData("2026-10-03T10:00:00", false)]
    [InlineData("2026-10-10T10:00:00", true)]
    public void The_week_holds_except_on_special_days(string local, bool open) => Hours.IsOpen(Local(local)).ShouldBe(open);

    [Theory]
    [InlineData("2026-09-30T09:00:00", "2026-09-30T12:00:00")]
    [InlineData("2026-09-30T18:00:00", "2026-10-02T09:00:00")]
    [InlineData("2026-10-09T18:00:00", "2026-10-10T09:00:00")]
    public void The_next_change_skips_holidays_and_knows_make_up_days(string local, string next) => Hours.NextChange(Local(local)).ShouldBe(Local(next));

    [Fact]
    public void A_queue_open_to_midnight_and_from_midnight_on_never_changes()
    {
        var always = new OpeningHours(China, Enum.GetValues<DayOfWeek>().ToDictionary(d => d, _ => (IReadOnlyList<OpenSpan>)[new OpenSpan(new TimeOnly(0, 0), new TimeOnly(0, 0))]), Hours.SpecialDays);
        always.NextChange(Local("2026-11-01T10:00:00")).ShouldBeNull();
        always.NextChange(Local("2026-09-20T10:00:00")).ShouldBe(Local("2026-10-01T00:00:00"));
    }

    [Fact]
    public void Nothing_changes_before_the_next_change() => Prop.ForAll(Gen.Choose(0, 60 * 24 * 60).ToArbitrary(), minute =>
    {
        var at = Local("2026-09-15T00:00:00").AddMinutes(minute);
        var next = Hours.NextChange(at)!.Value;
        return next > at && Hours.IsOpen(next) != Hours.IsOpen(at) && Hours.IsOpen(next.AddTicks(-1)) == Hours.IsOpen(at) && Hours.IsOpen(at + ((next - at) / 2)) == Hours.IsOpen(at);
    }).QuickCheckThrowOnFailure();

    private static DateTimeOffset Local(string time) => new(DateTime.Parse(time, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.FromHours(8));
}
