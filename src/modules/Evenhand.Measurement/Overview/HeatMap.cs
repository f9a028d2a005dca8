using System.Globalization;
using Evenhand.Design;
using Evenhand.Measurement.Contracts;
using Evenhand.Measurement.Periods;

namespace Evenhand.Measurement.Overview;

/// <summary>A figure by weekday and hour of the day. Hours nobody called in at either end of the day are left out.</summary>
internal static class HeatMap
{
    /// <param name="table">By weekday and hour, with one code.</param>
    /// <param name="words">For names.</param>
    public static ChartSpec Of(FigureTable table, KpiWords words)
    {
        var rows = table.Rows.Where(r => r.Figures[0].Value is not null).ToList();
        var (first, last) = rows.Count == 0 ? (8, 18) : (rows.Min(r => r.Key.Hour!.Value), rows.Max(r => r.Key.Hour!.Value));
        var hours = Enumerable.Range(first, last - first + 1).ToList();
        var days = Enumerable.Range(1, 7).Select(d => (DayOfWeek)(d % 7)).ToList();
        var values = rows.ToDictionary(r => (r.Key.Weekday!.Value, r.Key.Hour!.Value), r => r.Figures[0].Value);
        var code = table.Definitions[0].Code;
        var unit = rows.Count == 0 ? Analytics.Kpis.KpiUnit.Count : rows[0].Figures[0].Unit;
        return HeatMapOption.Of(
            [.. days.Select(d => CultureInfo.CurrentUICulture.DateTimeFormat.GetAbbreviatedDayName(d))],
            [.. hours.Select(h => h.ToString("00", CultureInfo.InvariantCulture))],
            [.. days.Select(d => (IReadOnlyList<double?>)[.. hours.Select(h => values.GetValueOrDefault((d, h)))])],
            KpiWords.Chart(unit), words.Name(code));
    }
}
