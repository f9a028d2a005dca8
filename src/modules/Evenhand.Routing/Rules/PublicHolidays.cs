namespace Evenhand.Routing.Rules;

/// <summary>Public holidays of mainland China with their make-up working days, as the State Council announces them year by year. A year that is not here is not announced yet, or is brought in as a list.</summary>
internal static class PublicHolidays
{
    /// <summary>A holiday, [From, To] both included, and the weekend days worked for it.</summary>
    public sealed record Holiday(string Name, DateOnly From, DateOnly To, params IReadOnlyList<DateOnly> MakeUp);

    /// <param name="Source">The announcement.</param>
    public sealed record Year(int Number, string Source, IReadOnlyList<Holiday> Holidays);

    public static IReadOnlyList<Year> Known { get; } =
    [
        new(2026, "国务院办公厅关于2026年部分节假日安排的通知（国办发明电〔2025〕7号，2025-11-04）",
        [
            new("元旦", new(2026, 1, 1), new(2026, 1, 3), new DateOnly(2026, 1, 4)),
            new("春节", new(2026, 2, 15), new(2026, 2, 23), new DateOnly(2026, 2, 14), new DateOnly(2026, 2, 28)),
            new("清明节", new(2026, 4, 4), new(2026, 4, 6)),
            new("劳动节", new(2026, 5, 1), new(2026, 5, 5), new DateOnly(2026, 5, 9)),
            new("端午节", new(2026, 6, 19), new(2026, 6, 21)),
            new("中秋节", new(2026, 9, 25), new(2026, 9, 27)),
            new("国庆节", new(2026, 10, 1), new(2026, 10, 7), new DateOnly(2026, 9, 20), new DateOnly(2026, 10, 10)),
        ]),
    ];

    /// <summary>The year's days for a calendar: holidays closed, make-up days open like an ordinary Monday, or the first weekday it is open.</summary>
    public static IReadOnlyList<SpecialDay> Days(Year year, CalendarDefinition calendar)
    {
        var weekday = Enum.GetValues<DayOfWeek>().Where(d => d is not (DayOfWeek.Saturday or DayOfWeek.Sunday)).Select(d => calendar.Week.GetValueOrDefault(d, [])).FirstOrDefault(spans => spans.Count > 0) ?? [];
        return
        [
            .. year.Holidays.SelectMany(h => Enumerable.Range(0, h.To.DayNumber - h.From.DayNumber + 1).Select(i => new SpecialDay(h.From.AddDays(i), [], h.Name))),
            .. year.Holidays.SelectMany(h => h.MakeUp.Select(d => new SpecialDay(d, weekday, $"{h.Name}调休上班"))),
        ];
    }
}
