using System.Globalization;
using Evenhand.Analytics.Intervals;
using Evenhand.Analytics.Kpis;
using Evenhand.Kernel;
using Evenhand.Measurement.Contracts;

namespace Evenhand.Measurement.Figures;

/// <summary>A question for figures as people and machines write it: the options of `evenhand kpi` and the query of GET /figures.</summary>
/// <param name="From">Date or date-time of the centre's wall clock; null for the beginning.</param>
/// <param name="To">The same, exclusive; null for the end.</param>
/// <param name="By">Groups, joined by commas.</param>
/// <param name="Codes">Codes, joined by commas.</param>
/// <param name="Set">Settings such as `SL.threshold=20`.</param>
internal sealed record FigureQuestion(string? From, string? To, string? By, string? Codes, IReadOnlyList<string> Set)
{
    /// <summary>What is shown when nobody says.</summary>
    public const string UsualCodes = "OFFERED,ANSWERED,ABANDONED,SL,ASA,ABN,ATT,AHT";

    private static readonly string[] Forms = ["yyyy-MM-dd", "yyyy-MM-ddTHH:mm", "yyyy-MM-dd HH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd HH:mm:ss"];

    /// <summary>The question checked: every word known, the period not empty and on quarter hours.</summary>
    /// <param name="dictionary">The KPIs there are.</param>
    /// <param name="grid">The centre's clock.</param>
    /// <param name="span">Stands in for a missing end; null when nothing is recorded.</param>
    public Outcome<FigureRequest> Read(KpiDictionary dictionary, IntervalGrid grid, (long From, long To)? span)
    {
        var groups = new List<FigureGroup>();
        foreach (var word in Words(By))
        {
            if (!Enum.TryParse<FigureGroup>(word, true, out var group) || char.IsAsciiDigit(word[0]))
                return new Refusal("measurement.unknown-group", word, string.Join(", ", Enum.GetNames<FigureGroup>().Select(g => g.ToLowerInvariant())));
            groups.Add(group);
        }
        var codes = Words(Codes ?? UsualCodes).Select(c => c.ToUpperInvariant()).Distinct().ToArray();
        if (codes.FirstOrDefault(c => AskedKpi.Find(dictionary, c) is null) is { } unknown)
            return new Refusal("measurement.unknown-kpi", unknown, string.Join(", ", dictionary.All.Select(k => k.Code)));
        var settings = KpiSettings.Parse(string.Join('\n', Set), dictionary);
        if (settings.Errors is [var wrong, ..])
            return new Refusal("measurement.bad-setting", wrong.Place, wrong.Found, string.Join(", ", wrong.Allowed));
        if (Time(From, grid, span?.From) is not { } from) return BadTime("--from", From);
        if (Time(To, grid, span?.To) is not { } to) return BadTime("--to", To);
        if (to <= from) return new Refusal("measurement.empty-period", Shown(from, grid), Shown(to, grid));
        return new FigureRequest(from, to, groups, codes, settings.Value);
    }

    /// <summary>A moment by the centre's clock: the date alone at midnight, else with its time and offset.</summary>
    public static string Shown(long time, IntervalGrid grid)
    {
        var day = grid.LocalDay(time);
        return grid.DayOf(day).Start == time
            ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : DateTimeOffset.FromUnixTimeSeconds(time).ToOffset(TimeSpan.FromSeconds(grid.OffsetAt(time))).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);
    }

    private static Refusal BadTime(string option, string? text) =>
        text is null ? new("measurement.no-figures") : new("measurement.bad-date", option, text);

    private static string[] Words(string? text) => (text ?? "").Split([',', '，', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static long? Time(string? text, IntervalGrid grid, long? missing)
    {
        if (text is null) return missing;
        if (!DateTime.TryParseExact(text.Trim(), Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)) return null;
        if (local.TimeOfDay == TimeSpan.Zero) return grid.DayOf(DateOnly.FromDateTime(local)).Start;
        if (grid.Zone.IsInvalidTime(local)) return null;
        var time = new DateTimeOffset(local, grid.Zone.GetUtcOffset(local)).ToUnixTimeSeconds();
        return grid.StartOf(time) == time ? time : null;
    }
}
