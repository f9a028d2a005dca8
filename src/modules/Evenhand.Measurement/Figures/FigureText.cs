using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Evenhand.Analytics.Intervals;
using Evenhand.Analytics.Kpis;
using Evenhand.Measurement.Contracts;
using Evenhand.Platform.Contracts;

namespace Evenhand.Measurement.Figures;

/// <summary>An answer in its written forms. Every form carries the definitions; counts have lower-case names, KPIs their codes.</summary>
internal sealed class FigureText(FigureTable table, OrganisationSnapshot organisation)
{
    private readonly IntervalGrid grid = new(Intervals.CellStore.Seconds, organisation.Zone);
    private readonly FigureKeys keys = new(table.By, new(Intervals.CellStore.Seconds, organisation.Zone), organisation);

    /// <summary>Names of the columns: groups, then figures.</summary>
    public IReadOnlyList<string> Columns { get; } = [.. table.By.Where(g => g != FigureGroup.Centre).Select(NameOf), .. table.Definitions.Select(d => Label(d.Code))];

    /// <summary>The name a figure has in rows and on the command line.</summary>
    public static string Label(string code) => KpiDictionary.Standard.Find(code) is { Unit: KpiUnit.Count } ? code.ToLowerInvariant() : code;

    public static string NameOf(FigureGroup group) => group.ToString().ToLowerInvariant();

    /// <summary>A part of a row's key as it is written; null for agents in no team.</summary>
    public string? KeyText(FigureGroup group, FigureKey key) => group switch
    {
        FigureGroup.Day => key.Day!.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        FigureGroup.Interval => DateTimeOffset.FromUnixTimeSeconds(key.Interval!.Value).ToOffset(TimeSpan.FromSeconds(grid.OffsetAt(key.Interval.Value)))
            .ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture),
        FigureGroup.Hour => key.Hour!.Value.ToString(CultureInfo.InvariantCulture),
        FigureGroup.Weekday => key.Weekday!.Value.ToString().ToLowerInvariant(),
        FigureGroup.Team when key.Team == Guid.Empty => null,
        _ => keys.CodeOf(group, key),
    };

    /// <summary>Writes `{"from","to","zone","by","definitions","rows"}`; reasons that hold for every row stand once, the others with their row.</summary>
    public byte[] Json()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new() { Indented = true, IndentSize = 1, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("from", FigureQuestion.Shown(table.From, grid));
            json.WriteString("to", FigureQuestion.Shown(table.To, grid));
            json.WriteString("zone", table.Zone);
            json.WriteStartArray("by");
            foreach (var group in table.By) json.WriteStringValue(NameOf(group));
            json.WriteEndArray();
            Definitions(json);
            var everywhere = Everywhere();
            if (everywhere.Count > 0) Withheld(json, everywhere);
            json.WriteStartArray("rows");
            foreach (var row in table.Rows) Row(json, row, everywhere);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return stream.ToArray();
    }

    /// <summary>Writes comma-separated values; each figure's heading is its whole definition.</summary>
    public string Csv()
    {
        var groups = table.By.Where(g => g != FigureGroup.Centre).ToArray();
        var csv = new StringBuilder();
        Line([.. groups.Select(NameOf), .. table.Definitions.Select(d => d with { Code = Label(d.Code) }).Select(d => d.ToString())]);
        foreach (var row in table.Rows)
            Line([.. groups.Select(g => KeyText(g, row.Key) ?? ""), .. row.Figures.Select(f => f.Value?.ToString("R", CultureInfo.InvariantCulture) ?? "")]);
        return csv.ToString();

        void Line(IEnumerable<string> cells) =>
            csv.AppendJoin(',', cells.Select(c => c.AsSpan().IndexOfAny(',', '"', '\n') < 0 ? c : $"\"{c.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")).Append("\r\n");
    }

    /// <summary>The columns of an exported sheet: groups as text, days as days, figures as numbers.</summary>
    public IReadOnlyList<ExportColumn<FigureRow>> ExportColumns() =>
        [.. table.By.Where(g => g != FigureGroup.Centre).Select(g => new ExportColumn<FigureRow>(NameOf(g), row => g == FigureGroup.Day ? row.Key.Day : KeyText(g, row.Key))),
            .. table.Definitions.Select((d, i) => new ExportColumn<FigureRow>(Label(d.Code), row => row.Figures[i].Value))];

    /// <summary>A figure for people: shares in per cent, times in seconds with one decimal.</summary>
    public static string Shown(Figure figure) => figure.Value is not { } value ? "–" : figure.Unit switch
    {
        KpiUnit.Ratio => value.ToString("P1", CultureInfo.CurrentCulture),
        KpiUnit.Count => value.ToString("N0", CultureInfo.CurrentCulture),
        KpiUnit.Money => value.ToString("N2", CultureInfo.CurrentCulture),
        _ => value.ToString("N1", CultureInfo.CurrentCulture),
    };

    /// <summary>The figures no row has, with the one reason.</summary>
    public IReadOnlyList<(string Label, string Reason)> Everywhere() =>
        [.. table.Definitions.Select((d, i) => (Label(d.Code), Reasons: table.Rows.Select(r => r.Figures[i].WithheldReason).Distinct().Take(2).ToArray()))
            .Where(w => w.Reasons is [not null]).Select(w => (w.Item1, w.Reasons[0]!))];

    private void Definitions(Utf8JsonWriter json)
    {
        json.WriteStartArray("definitions");
        foreach (var definition in table.Definitions)
        {
            json.WriteStartObject();
            json.WriteString("code", Label(definition.Code));
            json.WriteNumber("version", definition.Version);
            json.WriteStartObject("parameters");
            foreach (var (name, value) in definition.Parameters) json.WriteString(name, value);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private void Row(Utf8JsonWriter json, FigureRow row, IReadOnlyList<(string Label, string Reason)> everywhere)
    {
        json.WriteStartObject();
        foreach (var group in table.By.Where(g => g != FigureGroup.Centre))
            if (group == FigureGroup.Hour) json.WriteNumber(NameOf(group), row.Key.Hour!.Value);
            else json.WriteString(NameOf(group), KeyText(group, row.Key));
        foreach (var figure in row.Figures)
            if (figure.Value is not { } value) json.WriteNull(Label(figure.Code));
            else if (figure.Unit == KpiUnit.Count) json.WriteNumber(Label(figure.Code), (long)value);
            else json.WriteNumber(Label(figure.Code), value);
        var own = row.Figures.Where(f => f.WithheldReason is not null).Select(f => (Label(f.Code), f.WithheldReason!)).Except(everywhere).ToArray();
        if (own.Length > 0) Withheld(json, own);
        json.WriteEndObject();
    }

    private static void Withheld(Utf8JsonWriter json, IEnumerable<(string Label, string Reason)> withheld)
    {
        json.WriteStartArray("withheld");
        foreach (var (label, reason) in withheld)
        {
            json.WriteStartObject();
            json.WriteString("code", label);
            json.WriteString("reason", reason);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
