namespace Evenhand.Dispatch.Queues;

/// <summary>An open stretch of a day in the centre's clock.</summary>
/// <param name="From">Opens at; included.</param>
/// <param name="To">Closes at, excluded and later than <paramref name="From"/>; 00:00 is the end of the day.</param>
public readonly record struct OpenSpan(TimeOnly From, TimeOnly To);

/// <summary>When a queue is open: a week, and days that are otherwise (holidays closed, make-up working days open).</summary>
/// <param name="Zone">The centre's time zone.</param>
/// <param name="Week">Open stretches of each day of the week; a day not named is closed.</param>
/// <param name="SpecialDays">Days that do not follow the week; an empty list is closed.</param>
public sealed record OpeningHours(TimeZoneInfo Zone, IReadOnlyDictionary<DayOfWeek, IReadOnlyList<OpenSpan>> Week, IReadOnlyDictionary<DateOnly, IReadOnlyList<OpenSpan>> SpecialDays)
{
    private const int DaysAhead = 400;

    /// <summary>Whether it is open at an instant.</summary>
    /// <param name="at">The instant.</param>
    public bool IsOpen(DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, Zone);
        var time = TimeOnly.FromTimeSpan(local.TimeOfDay);
        return Spans(DateOnly.FromDateTime(local.Date)).Any(s => s.From <= time && (s.To == TimeOnly.MinValue || time < s.To));
    }

    /// <summary>The first instant after this one at which open becomes closed or closed becomes open; null when none comes in 400 days.</summary>
    /// <param name="at">The instant.</param>
    public DateTimeOffset? NextChange(DateTimeOffset at)
    {
        var isOpen = IsOpen(at);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, Zone).Date);
        for (var day = today; day < today.AddDays(DaysAhead); day = day.AddDays(1))
        {
            var edges = Spans(day).SelectMany(s => new[] { Instant(day, s.From), s.To == TimeOnly.MinValue ? Instant(day.AddDays(1), s.To) : Instant(day, s.To) }).Append(Instant(day.AddDays(1), TimeOnly.MinValue));
            foreach (var edge in edges.Order())
                if (edge > at && IsOpen(edge) != isOpen) return edge;
        }
        return null;
    }

    private IReadOnlyList<OpenSpan> Spans(DateOnly day) => SpecialDays.TryGetValue(day, out var special) ? special : Week.TryGetValue(day.DayOfWeek, out var usual) ? usual : [];

    private DateTimeOffset Instant(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time);
        while (Zone.IsInvalidTime(local)) local = local.AddMinutes(15);
        return new DateTimeOffset(local, Zone.GetUtcOffset(local));
    }
}
