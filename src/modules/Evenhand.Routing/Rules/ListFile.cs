using Evenhand.Kernel;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Http;

namespace Evenhand.Routing.Rules;

/// <summary>A list that somebody brings as a CSV file, read cell by cell; a first line of headings is left out.</summary>
internal static class ListFile
{
    public const int LargestBytes = 5 * 1024 * 1024;
    private const int ProblemsShown = 20;

    /// <summary>One line.</summary>
    /// <param name="Number">Its number in the file, from 1.</param>
    /// <param name="Cells">As many as were asked for; empty where the line was shorter.</param>
    public sealed record Row(int Number, IReadOnlyList<string> Cells);

    /// <param name="headings">What may stand at the head of the first column.</param>
    public static async Task<Outcome<IReadOnlyList<Row>>> Read(IFormFile? file, IReadOnlyList<string> headings, int columns, CancellationToken cancel)
    {
        if (file is null || file.Length == 0) return new Refusal("routing.list-empty");
        if (file.Length > LargestBytes) return new Refusal("routing.list-too-large", LargestBytes / 1024 / 1024);
        var bytes = new byte[file.Length];
        await using (var stream = file.OpenReadStream()) await stream.ReadExactlyAsync(bytes, cancel);
        if (bytes.AsSpan().Contains((byte)0)) return new Refusal("routing.list-not-csv", file.FileName);
        var rows = CsvText.Rows(CsvText.Decode(bytes)).Where((row, at) => at > 0 || !headings.Contains(row.Cells[0], StringComparer.OrdinalIgnoreCase))
            .Select(row => new Row(row.Line, [.. Enumerable.Range(0, columns).Select(i => i < row.Cells.Count ? row.Cells[i].TrimStart('\'') : "")])).ToList();
        return rows.Count == 0 ? new Refusal("routing.list-empty") : rows;
    }

    /// <summary>What is wrong with a list, the first lines of it.</summary>
    public static Refusal Faulty(IReadOnlyList<string> problems) => new("routing.list-faulty", problems.Count, string.Join(" ", problems.Take(ProblemsShown)));
}
