using System.Globalization;
using System.Text;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Evenhand.Platform.Exports;

/// <summary>A list as CSV, written while its rows are read.</summary>
internal sealed class CsvReply<T>(string name, IReadOnlyList<ExportColumn<T>> columns, IAsyncEnumerable<T> rows, IReadOnlyList<ExportNote> notes) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ExportFile.Head(httpContext.Response, "text/csv; charset=utf-8", name + ".csv");
        await using var writer = new StreamWriter(httpContext.Response.Body, new UTF8Encoding(true), 16 * 1024, leaveOpen: true);
        var line = new StringBuilder();
        await Write(writer, line, columns.Select(c => (object?)c.Title));
        await foreach (var row in rows.WithCancellation(httpContext.RequestAborted))
            await Write(writer, line, columns.Select(c => c.Value(row)));
        foreach (var note in notes) await writer.WriteAsync($"# {OneLine(note.Title)}: {OneLine(note.Text)}\r\n");
        await writer.FlushAsync(httpContext.RequestAborted);
    }

    private static async Task Write(StreamWriter writer, StringBuilder line, IEnumerable<object?> cells)
    {
        line.Clear();
        line.AppendJoin(',', cells.Select(CsvCell.Of));
        await writer.WriteAsync(line.Append("\r\n"));
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}

/// <summary>One cell of CSV.</summary>
internal static class CsvCell
{
    private static readonly char[] NeedQuotes = ['"', ',', '\r', '\n'];

    public static string Of(object? value) => value switch
    {
        null => "",
        string text => Quoted(Defused(text)),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        bool yes => yes ? "true" : "false",
        IFormattable number => Quoted(number.ToString(null, CultureInfo.InvariantCulture)),
        _ => Quoted(Defused(value.ToString() ?? "")),
    };

    /// <summary>A text that a spreadsheet would run as a formula gets an apostrophe before it.</summary>
    public static string Defused(string text) => text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + text : text;

    private static string Quoted(string text) => text.IndexOfAny(NeedQuotes) < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

internal static class ExportFile
{
    public static void Head(HttpResponse response, string type, string fileName)
    {
        response.ContentType = type;
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(fileName);
        response.Headers.ContentDisposition = disposition.ToString();
        response.Headers.CacheControl = "no-store";
    }
}
