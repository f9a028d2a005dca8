using System.Globalization;

namespace Evenhand.Measurement.Periods;

/// <summary>The kinds of period a page can show.</summary>
internal enum PeriodKind
{
    Day,
    Week,
    Month,
    Custom,
}

/// <summary>The days a page shows: [From, To), of the centre's calendar.</summary>
internal sealed record Period(PeriodKind Kind, DateOnly From, DateOnly To)
{
    /// <summary>The longest period a page shows, in days.</summary>
    public const int LongestDays = 400;

    public int Days => To.DayNumber - From.DayNumber;

    public DateOnly Last => To.AddDays(-1);

    /// <summary>As people write it: one day, or the first and the last.</summary>
    public string Text => Days == 1 ? Written(From) : $"{Written(From)} – {Written(Last)}";

    /// <summary>
    /// The period an address asks for (`period=day|week|month` with a day `on` inside it, or `from` and `last`); what cannot be read falls back to the
    /// last full week that has figures, or to all there is when there is no full week.
    /// </summary>
    /// <param name="value">A value of the address by its name.</param>
    /// <param name="first">First day with figures.</param>
    /// <param name="end">First day after the last with figures.</param>
    public static Period Read(Func<string, string?> value, DateOnly first, DateOnly end)
    {
        if (Day(value("from")) is { } from && Day(value("last")) is { } last && last >= from)
            return new(PeriodKind.Custom, from, last.DayNumber - from.DayNumber < LongestDays ? last.AddDays(1) : from.AddDays(LongestDays));
        var on = Day(value("on"));
        return value("period") switch
        {
            "day" => DayOf(on ?? end.AddDays(-1)),
            "month" => MonthOf(on ?? end.AddDays(-1)),
            _ => on is { } day ? WeekOf(day) : LastFullWeek(first, end),
        };
    }

    /// <summary>The last weeks, Monday to Sunday, that have figures; all there is when there is no full week.</summary>
    public static Period LastWeeks(int weeks, DateOnly first, DateOnly end)
    {
        var week = LastFullWeek(first, end);
        var from = week.To.AddDays(-7 * weeks);
        return new(PeriodKind.Custom, from < first ? first : from, week.To);
    }

    public static Period DayOf(DateOnly day) => new(PeriodKind.Day, day, day.AddDays(1));

    public static Period WeekOf(DateOnly day) => new(PeriodKind.Week, Monday(day), Monday(day).AddDays(7));

    public static Period MonthOf(DateOnly day) => new(PeriodKind.Month, day.AddDays(1 - day.Day), day.AddDays(1 - day.Day).AddMonths(1));

    /// <summary>The period of the same length right before this one.</summary>
    public Period Before() => Kind == PeriodKind.Month ? MonthOf(From.AddDays(-1)) : this with { From = From.AddDays(-Days), To = From };

    /// <summary>The period of the same length right after this one.</summary>
    public Period After() => Kind == PeriodKind.Month ? MonthOf(To) : this with { From = To, To = To.AddDays(Days) };

    /// <summary>The same days in another kind: the one around the last day.</summary>
    public Period As(PeriodKind kind) => kind switch { PeriodKind.Day => DayOf(Last), PeriodKind.Week => WeekOf(Last), PeriodKind.Month => MonthOf(Last), _ => this with { Kind = kind } };

    /// <summary>The period as an address carries it.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Query() => Kind == PeriodKind.Custom
        ? [new("period", null), new("on", null), new("from", Written(From)), new("last", Written(Last))]
        : [new("period", Kind.ToString().ToLowerInvariant()), new("on", Written(From)), new("from", null), new("last", null)];

    public static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1900 and < 9000 ? day : null;

    private static Period LastFullWeek(DateOnly first, DateOnly end)
    {
        var week = WeekOf(Monday(end).AddDays(-7));
        return week.From >= first ? week : new(PeriodKind.Custom, first, end.DayNumber - first.DayNumber <= LongestDays ? end : first.AddDays(LongestDays));
    }

    private static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    private static string Written(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
