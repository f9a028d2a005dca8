using System.Globalization;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Kernel.Text;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Evenhand.Workforce.Roster;

/// <summary>Publishes a roster that comes as a file: CSV with the columns agent, date, from, to, shift, in any order, with English or Chinese headings.</summary>
internal sealed class ImportDuties(PublishDuties publish, Texts texts)
{
    public const int LargestFile = 8 * 1024 * 1024;
    private const int ProblemsShown = 20;

    private static readonly Dictionary<string, string> Headings = new(StringComparer.OrdinalIgnoreCase)
    {
        ["agent"] = "agent", ["code"] = "agent", ["agent code"] = "agent", ["工号"] = "agent", ["坐席"] = "agent", ["date"] = "date", ["day"] = "date", ["日期"] = "date",
        ["from"] = "from", ["start"] = "from", ["上班"] = "from", ["开始"] = "from", ["开始时间"] = "from", ["to"] = "to", ["end"] = "to", ["下班"] = "to", ["结束"] = "to", ["结束时间"] = "to",
        ["shift"] = "shift", ["班次"] = "shift",
    };

    private static readonly string[] DateForms = ["yyyy-MM-dd", "yyyy/M/d", "yyyy-M-d", "yyyy.M.d", "yyyyMMdd"];

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/duties/import", async (IFormFile file, ImportDuties slice, CancellationToken cancel) =>
        (await slice.Run(file, cancel)).ToReply()).WithName(nameof(ImportDuties)).WithSummary("Publishes the duties of a CSV file; the days and agents in it are replaced").Needs(Rights.Publish);

    public async Task<Outcome<PublishDuties.Published>> Run(IFormFile? file, CancellationToken cancel)
    {
        if (file is null || file.Length == 0) return new Refusal("workforce.file-empty");
        if (file.Length > LargestFile) return new Refusal("workforce.file-too-large", file.Length / 1024 / 1024, LargestFile / 1024 / 1024);
        var bytes = new byte[file.Length];
        await using (var stream = file.OpenReadStream()) await stream.ReadExactlyAsync(bytes, cancel);
        return await Run(bytes, cancel);
    }

    public async Task<Outcome<PublishDuties.Published>> Run(byte[] bytes, CancellationToken cancel)
    {
        if (bytes.AsSpan().Contains((byte)0)) return new Refusal("workforce.file-not-csv");
        var rows = CsvText.Rows(CsvText.Decode(bytes)).ToList();
        if (rows.Count < 2) return new Refusal("workforce.file-empty");
        var columns = rows[0].Cells.Select((heading, at) => (Name: Headings.GetValueOrDefault(heading), at)).Where(c => c.Name is not null).DistinctBy(c => c.Name).ToDictionary(c => c.Name!, c => c.at);
        if (!columns.ContainsKey("agent") || !columns.ContainsKey("date") || !(columns.ContainsKey("shift") || (columns.ContainsKey("from") && columns.ContainsKey("to"))))
            return new Refusal("workforce.file-columns", string.Join(", ", rows[0].Cells));
        var (lines, problems) = (new List<DutyLine>(), new List<string>());
        foreach (var (number, cells) in rows.Skip(1))
        {
            var day = DateOnly.TryParseExact(Cell("date"), DateForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) ? read : (DateOnly?)null;
            if (day is null) problems.Add(texts["workforce.line", number, texts["workforce.date-unreadable", Cell("date") ?? ""]]);
            else lines.Add(new DutyLine(number, Cell("agent"), day, Cell("from"), Cell("to"), Cell("shift")));

            string? Cell(string name) => columns.TryGetValue(name, out var at) && at < cells.Count && cells[at].TrimStart('\'') is { Length: > 0 } text ? text : null;
        }
        if (problems.Count > 0) return new Refusal("workforce.lines-rejected", problems.Count, string.Join(" ", problems.Take(ProblemsShown)));
        var agents = lines.Select(l => l.Agent).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return await publish.Run(lines.Min(l => l.Day!.Value), lines.Max(l => l.Day!.Value), agents, lines, cancel);
    }
}
