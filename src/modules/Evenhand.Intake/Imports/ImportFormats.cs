using Evenhand.Intake.Archive;
using Evenhand.Intake.Columns;

namespace Evenhand.Intake.Imports;

/// <summary>The names of the formats, as commands and the API write them.</summary>
internal static class ImportFormats
{
    public static string Name(ImportFormat format) => format switch
    {
        ImportFormat.QueueLog => "queue-log",
        ImportFormat.CallRecords => "cdr",
        ImportFormat.Live => "live",
        _ => "states",
    };

    /// <summary>The format that is named, or that a map implies; null when the name is not known.</summary>
    public static ImportFormat? Of(string? name, ColumnMap? map) => name switch
    {
        "queue-log" => ImportFormat.QueueLog,
        "cdr" => ImportFormat.CallRecords,
        "states" => ImportFormat.States,
        null when map is null => ImportFormat.QueueLog,
        null => map.Kind == "agent-states" ? ImportFormat.States : ImportFormat.CallRecords,
        _ => null,
    };
}

/// <summary>What some imports brought, together.</summary>
/// <param name="Files">Files read.</param>
/// <param name="Lines">Lines read.</param>
/// <param name="Contacts">Contacts by what became of them: added, changed, known.</param>
/// <param name="States">State intervals added or changed.</param>
/// <param name="Rows">Rows of files with columns, by their own outcome.</param>
/// <param name="Rejects">Rejected and flagged lines by reason.</param>
/// <param name="RejectsFiles">Where they are listed, below the data directory.</param>
/// <param name="Notes">Text keys of what else is to be known.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="LinesPerSecond">How fast it was.</param>
internal sealed record ImportSummary(int Files, long Lines, ImportSummary.ContactCounts Contacts, long States, IReadOnlyDictionary<string, long> Rows, IReadOnlyDictionary<string, long> Rejects,
    IReadOnlyList<string> RejectsFiles, IReadOnlyList<string> Notes, double Seconds, long LinesPerSecond)
{
    public sealed record ContactCounts(long Added, long Changed, long Known);

    public static ImportSummary Of(IReadOnlyList<ImportRow> imports, double seconds)
    {
        var lines = imports.Sum(i => i.Lines);
        return new ImportSummary(imports.Count, lines, new(imports.Sum(i => i.Added), imports.Sum(i => i.Changed), imports.Sum(i => i.Known)), imports.Sum(i => i.States),
            Sum(imports.Select(i => i.SeenCounts)), Sum(imports.Select(i => i.ReasonCounts)), [.. imports.Select(i => i.Rejects).OfType<string>()], [.. imports.Select(i => i.Note).OfType<string>()],
            Math.Round(seconds, 3), (long)(lines / Math.Max(seconds, 0.001)));
    }

    private static Dictionary<string, long> Sum(IEnumerable<IReadOnlyDictionary<string, long>> counts) =>
        counts.SelectMany(c => c).GroupBy(c => c.Key).OrderBy(g => g.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Sum(c => c.Value));
}
