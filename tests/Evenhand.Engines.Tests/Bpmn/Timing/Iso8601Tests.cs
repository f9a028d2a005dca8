using System.Globalization;
using Evenhand.Bpmn.Expressions;
using Evenhand.Bpmn.Timing;
using FsCheck;
using FsCheck.Fluent;

namespace Evenhand.Engines.Tests.Bpmn.Timing;

public sealed class Iso8601Tests
{
    [Theory]
    [InlineData("PT1H", 0, "01:00:00")]
    [InlineData("P1Y2M3W4DT5H6M7.5S", 14, "25.05:06:07.5")]
    [InlineData("PT0S", 0, "0")]
    [InlineData("P7D", 0, "7.00:00")]
    [InlineData("P2W", 0, "14.00:00")]
    [InlineData("PT36H", 0, "1.12:00:00")]
    [InlineData("PT1,25S", 0, "00:00:01.25")]
    [InlineData("-P1M2D", -1, "-2.00:00")]
    [InlineData("+P1M", 1, "0")]
    [InlineData("P1M-2D", 1, "-2.00:00")]
    [InlineData("-P1MT-5M", -1, "00:05:00")]
    [InlineData("  PT1M ", 0, "00:01:00")]
    public void Durations_are_read(string text, int months, string time)
    {
        Iso8601.TryDuration(text, out var span).ShouldBeTrue();
        span.ShouldBe(new CalendarSpan(months, TimeSpan.Parse(time, CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("P1DT")]
    [InlineData("1D")]
    [InlineData("P1")]
    [InlineData("P1H")]
    [InlineData("PT1D")]
    [InlineData("P1D1M")]
    [InlineData("P1.5D")]
    [InlineData("pt1h")]
    [InlineData("P1D P1D")]
    [InlineData("PT1H\nX")]
    [InlineData("P999999999Y")]
    [InlineData("P99999999D")]
    [InlineData("P１D")]
    public void What_is_no_duration_is_refused(string text) => Iso8601.TryDuration(text, out _).ShouldBeFalse();

    [Fact]
    public void A_duration_is_read_as_it_is_written() => Prop.ForAll(
        ArbMap.Default.ArbFor<int>(), ArbMap.Default.ArbFor<long>(),
        (months, ticks) =>
        {
            var span = new CalendarSpan(months, TimeSpan.FromTicks(ticks));
            return Iso8601.TryDuration(Value.Of(span).ToString(), out var read) && read == span;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("2026-03-01", "2026-03-01T00:00:00+08:00")]
    [InlineData("2026-03-01T08:30", "2026-03-01T08:30:00+08:00")]
    [InlineData("2026-03-01 08:30:15", "2026-03-01T08:30:15+08:00")]
    [InlineData("2026-03-01T08:30:15.25Z", "2026-03-01T08:30:15.25+00:00")]
    [InlineData("2026-03-01T08:30:15,123456789-05:30", "2026-03-01T08:30:15.1234567-05:30")]
    [InlineData("2026-03-01T08:30+0200", "2026-03-01T08:30:00+02:00")]
    [InlineData("2026-03-01T08:30-03", "2026-03-01T08:30:00-03:00")]
    [InlineData("2026-03-01Z", "2026-03-01T00:00:00+00:00")]
    [InlineData("2026-02-28T24:00", "2026-03-01T00:00:00+08:00")]
    [InlineData("2024-02-29", "2024-02-29T00:00:00+08:00")]
    public void Instants_are_read(string text, string said)
    {
        Iso8601.TryInstant(text, TimeSpan.FromHours(8), out var instant).ShouldBeTrue();
        Value.Of(instant).ToString().ShouldBe(said);
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("2026-3-1")]
    [InlineData("2026-02-29")]
    [InlineData("2026-13-01")]
    [InlineData("0000-01-01")]
    [InlineData("2026-03-01T25:00")]
    [InlineData("2026-03-01T24:01")]
    [InlineData("2026-03-01T24:00:00.1")]
    [InlineData("2026-03-01T12:60")]
    [InlineData("2026-03-01T12:00:60")]
    [InlineData("2026-03-01T12")]
    [InlineData("2026-03-01T12:00+15:00")]
    [InlineData("0001-01-01T00:00+08:00")]
    [InlineData("9999-12-31T24:00Z")]
    [InlineData("2026-03-01T12:00Z\n.")]
    public void What_is_no_instant_is_refused(string text) => Iso8601.TryInstant(text, TimeSpan.Zero, out _).ShouldBeFalse();

    [Theory]
    [InlineData("R/PT1H", "∞ - PT1H -")]
    [InlineData("R-1/PT1H", "∞ - PT1H -")]
    [InlineData("R3/PT10M", "3 - PT10M -")]
    [InlineData("R5/2026-01-01T00:00/P1D", "5 2026-01-01 00:00 P1D -")]
    [InlineData("R/P1D/2026-12-31T00:00Z", "∞ - P1D 2026-12-31 00:00Z")]
    [InlineData("R2/2026-01-01T00:00Z/2026-01-01T08:00Z", "2 2026-01-01 00:00Z PT8H -")]
    public void Repetitions_are_read(string text, string said)
    {
        Iso8601.TryCycle(text, out var cycle).ShouldBeTrue();
        static string Say(Moment? at) => at is { } m ? m.Local.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + (m.Offset == TimeSpan.Zero ? "Z" : "") : "-";
        $"{cycle.Times?.ToString(CultureInfo.InvariantCulture) ?? "∞"} {Say(cycle.Start)} {Value.Of(cycle.Period!.Value)} {Say(cycle.End)}".ShouldBe(said);
    }

    [Theory]
    [InlineData("R")]
    [InlineData("R3")]
    [InlineData("PT1H")]
    [InlineData("R0/PT1H")]
    [InlineData("R-2/PT1H")]
    [InlineData("Rx/PT1H")]
    [InlineData("R/hour")]
    [InlineData("R/PT1H/PT1H")]
    [InlineData("R/2026-01-01/x")]
    [InlineData("R/2026-01-01/2026-01-02T00:00Z")]
    [InlineData("R/2026-01-01/PT1H/2026-02-01")]
    [InlineData("R99999999999/PT1H")]
    public void What_is_no_repetition_is_refused(string text) => Iso8601.TryCycle(text, out _).ShouldBeFalse();
}
