using System.Globalization;
using Evenhand.Bpmn.Expressions;

namespace Evenhand.Bpmn.Timing;

/// <summary>
/// A cron expression of 5 fields (minute, hour, day of month, month, day of week), 6 (second first) or 7 (year last), or
/// `@yearly @annually @monthly @weekly @daily @midnight @hourly`. Fields take `*`, `?`, numbers, names (`MON`, `JAN`), ranges, which may wrap
/// (`FRI-MON`), steps (`*/5`, `10/5`, `10-40/5`) and lists; days of month also `L`, `L-3`, `15W`, `LW`; days of week also `5L` (the last)
/// and `MON#2` (the second). Days of week count 0–7 from Sunday to Sunday; with a `?` anywhere or a year they count 1–7 from Sunday, as Quartz
/// counts. Where both days are restricted, 5 fields want either (as Unix does), more fields want both (as Spring does).
/// </summary>
public sealed class Cron
{
    private const int LastYear = 2199;
    private readonly ulong _seconds, _minutes, _hours, _months;
    private readonly HashSet<int>? _years;
    private readonly CronDays _days;

    internal Cron(string text, ulong seconds, ulong minutes, ulong hours, ulong months, HashSet<int>? years, CronDays days) =>
        (Text, _seconds, _minutes, _hours, _months, _years, _days) = (text, seconds, minutes, hours, months, years, days);

    /// <summary>The expression in capitals with single blanks; it can be read again.</summary>
    public string Text { get; }

    /// <summary>Reads a cron expression.</summary>
    /// <param name="text">The text.</param>
    /// <param name="problem">`cron-fields` (number of fields) or `cron-field` (name of the field, the part of it) with its place; null when it is good.</param>
    /// <returns>Null when there is a problem.</returns>
    public static Cron? Parse(string text, out ExpressionProblem? problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        return CronReader.Read(text, out problem);
    }

    /// <summary>
    /// The first due instant after another. On the day clocks go forward a skipped time is due at the first instant after the gap; on the day
    /// they go back a repeated time is due once, the first time. An expression for every hour follows the hours that pass: it has no
    /// extra due time after the gap, and is due in both of the repeated hours.
    /// </summary>
    /// <param name="after">The due instant is strictly later.</param>
    /// <param name="zone">The zone whose clock the fields mean.</param>
    /// <returns>The instant in the zone's offset; null when there is none until the end of the year 2199.</returns>
    public DateTimeOffset? Next(DateTimeOffset after, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var here = TimeZoneInfo.ConvertTime(after, zone);
        if (_hours == CronReader.Full(0, 23)) return NextOfEveryHour(here, zone);
        for (var local = NextLocal(here.DateTime); local is { } found; local = NextLocal(found))
            if (ZoneTime.Instant(found, zone) is { } due && due > after) return due;
        return null;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    private DateTimeOffset? NextOfEveryHour(DateTimeOffset here, TimeZoneInfo zone)
    {
        var (start, offset) = (here.DateTime, here.Offset);
        if (zone.IsAmbiguousTime(start) && offset == zone.GetAmbiguousTimeOffsets(start).Max())
        {
            if (NextLocal(start) is { } first && zone.IsAmbiguousTime(first) && first - start < TimeSpan.FromDays(1)) return new(first, offset);
            here = ZoneTime.Change(start, zone).At;
            (start, offset) = (here.DateTime.AddTicks(-1), here.Offset);
        }
        for (var local = NextLocal(start); local is { } found; local = NextLocal(found))
        {
            if (zone.IsInvalidTime(found)) continue;
            if (zone.IsAmbiguousTime(found) && found - start < TimeSpan.FromDays(1) && offset == zone.GetAmbiguousTimeOffsets(found).Min()) return new(found, offset);
            return ZoneTime.Instant(found, zone);
        }
        return null;
    }

    /// <summary>The first wall-clock second after another that the fields allow.</summary>
    private DateTime? NextLocal(DateTime after)
    {
        if (after.Year > LastYear) return null;
        var from = new DateTime(after.Ticks - (after.Ticks % TimeSpan.TicksPerSecond), DateTimeKind.Unspecified).AddSeconds(1);
        for (var day = from.Date; day.Year <= LastYear;)
        {
            if (_years is not null && !_years.Contains(day.Year)) day = new DateTime(day.Year + 1, 1, 1);
            else if (!Has(_months, day.Month)) day = new DateTime(day.Year, day.Month, 1).AddMonths(1);
            else if (_days.Include(day) && Time(day == from.Date ? from.TimeOfDay : TimeSpan.Zero) is { } time) return day + time;
            else day = day.AddDays(1);
        }
        return null;
    }

    private TimeSpan? Time(TimeSpan from)
    {
        var (hour, minute, second) = (from.Hours, from.Minutes, from.Seconds);
        if (!Has(_hours, hour)) (minute, second) = (0, 0);
        for (hour = First(_hours, hour); hour < 24; hour = First(_hours, hour + 1), minute = 0, second = 0)
        {
            if (!Has(_minutes, minute)) second = 0;
            for (minute = First(_minutes, minute); minute < 60; minute = First(_minutes, minute + 1), second = 0)
                if (First(_seconds, second) is < 60 and var due) return new TimeSpan(hour, minute, due);
        }
        return null;
    }

    private static bool Has(ulong set, int member) => (set >> member & 1) != 0;

    private static int First(ulong set, int from) => from > 63 ? 64 : (set >> from << from) is 0 ? 64 : System.Numerics.BitOperations.TrailingZeroCount(set >> from << from);
}

/// <summary>Which days a cron expression means.</summary>
internal sealed class CronDays
{
    public ulong OfMonth { get; set; }

    public ulong OfWeek { get; set; }

    /// <summary>Days before the month's last, `L` being 0.</summary>
    public List<int> FromLast { get; } = [];

    /// <summary>Days whose nearest weekday of the same month is meant, 32 being the month's last day.</summary>
    public List<int> Nearest { get; } = [];

    /// <summary>Days of week from Sunday 0 of which the last of the month is meant.</summary>
    public ulong Lasts { get; set; }

    /// <summary>Day of week from Sunday 0, and its number in the month.</summary>
    public List<(int Day, int Number)> Numbered { get; } = [];

    public bool AnyOfMonth { get; set; }

    public bool AnyOfWeek { get; set; }

    /// <summary>One of the two is enough.</summary>
    public bool Either { get; set; }

    public bool Include(DateTime day) => Either && !AnyOfMonth && !AnyOfWeek ? InMonth(day) || InWeek(day) : InMonth(day) && InWeek(day);

    private bool InMonth(DateTime day)
    {
        if ((OfMonth >> day.Day & 1) != 0) return true;
        if (FromLast.Count == 0 && Nearest.Count == 0) return false;
        var length = DateTime.DaysInMonth(day.Year, day.Month);
        return FromLast.Contains(length - day.Day) || Nearest.Exists(d => (d == 32 || d <= length) && Weekday(day, Math.Min(d, length), length) == day.Day);
    }

    private static int Weekday(DateTime inMonth, int day, int length) => new DateTime(inMonth.Year, inMonth.Month, day).DayOfWeek switch
    {
        DayOfWeek.Saturday => day == 1 ? 3 : day - 1,
        DayOfWeek.Sunday => day == length ? day - 2 : day + 1,
        _ => day,
    };

    private bool InWeek(DateTime day)
    {
        var ofWeek = (int)day.DayOfWeek;
        return (OfWeek >> ofWeek & 1) != 0
            || ((Lasts >> ofWeek & 1) != 0 && day.Day + 7 > DateTime.DaysInMonth(day.Year, day.Month))
            || Numbered.Contains((ofWeek, ((day.Day - 1) / 7) + 1));
    }
}
