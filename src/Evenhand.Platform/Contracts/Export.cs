using Evenhand.Platform.Exports;
using Microsoft.AspNetCore.Http;

namespace Evenhand.Platform.Contracts;

/// <summary>One column of an exported list.</summary>
/// <typeparam name="T">A row.</typeparam>
/// <param name="Title">The heading, in the reader's language.</param>
/// <param name="Value">The cell: text, number, bool, <see cref="DateOnly"/> or a <see cref="DateTime"/> of the centre's wall clock keep their type in XLSX; null is an empty cell.</param>
public sealed record ExportColumn<T>(string Title, Func<T, object?> Value);

/// <summary>What an exported figure means, carried along with it.</summary>
/// <param name="Title">The figure.</param>
/// <param name="Text">Its definition with version and parameters.</param>
public sealed record ExportNote(string Title, string Text);

/// <summary>Answers any list as CSV or XLSX, row by row, however long it is.</summary>
public static class Export
{
    /// <summary>The list as a file. CSV is UTF-8 with a byte-order mark, and cells that a spreadsheet would take for a formula are defused; XLSX has typed cells and a frozen heading.</summary>
    /// <typeparam name="T">A row.</typeparam>
    /// <param name="format">`csv` or `xlsx`; anything else is CSV.</param>
    /// <param name="name">The file's name without ending.</param>
    /// <param name="columns">The columns in order.</param>
    /// <param name="rows">The rows; read once, while the answer is written.</param>
    /// <param name="notes">Definitions of the figures: comment lines after the rows in CSV, a second sheet in XLSX.</param>
    public static IResult Of<T>(string? format, string name, IReadOnlyList<ExportColumn<T>> columns, IAsyncEnumerable<T> rows, IReadOnlyList<ExportNote>? notes = null) =>
        format == "xlsx" ? new XlsxReply<T>(name, columns, rows, notes ?? []) : new CsvReply<T>(name, columns, rows, notes ?? []);
}
