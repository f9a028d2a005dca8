using System.Globalization;
using Evenhand.Kernel.Text;
using Evenhand.Platform.Contracts;

namespace Evenhand.Platform.Organisation;

/// <summary>A list of agents as people bring it: CSV with the columns code, name, team, joined, left, in any order, with English or Chinese headings, in UTF-8 or GB 18030.</summary>
internal static class AgentsFile
{
    public sealed record Line(int Number, string Code, string? Name, Guid? TeamId, DateOnly? Joined, DateOnly? Left);

    private static readonly Dictionary<string, string> Headings = new(StringComparer.OrdinalIgnoreCase)
    {
        ["code"] = "code", ["工号"] = "code", ["name"] = "name", ["姓名"] = "name", ["team"] = "team", ["班组"] = "team",
        ["joined"] = "joined", ["入职"] = "joined", ["入职日期"] = "joined", ["left"] = "left", ["离职"] = "left", ["离职日期"] = "left",
    };

    private static readonly string[] DateForms = ["yyyy-MM-dd", "yyyy/M/d", "yyyy-M-d", "yyyy.M.d", "yyyyMMdd"];

    /// <summary>The lines, and what is wrong with the file: each problem names its line, the value and the mend.</summary>
    public static (IReadOnlyList<Line> Lines, IReadOnlyList<string> Problems) Read(byte[] bytes, IEnumerable<Unit> units, Texts texts)
    {
        var problems = new List<string>();
        var lines = new List<Line>();
        var teams = units.Where(u => u.Kind == UnitKind.Team).SelectMany(u => new[] { (Key: u.Code, u.Id), (Key: u.Name, u.Id) }).ToLookup(t => t.Key, t => t.Id);
        var rows = CsvText.Rows(CsvText.Decode(bytes)).ToList();
        if (rows.Count == 0) return ([], [texts["platform.import-empty"]]);
        var columns = rows[0].Cells.Select((heading, at) => (Name: Headings.GetValueOrDefault(heading), at)).Where(c => c.Name is not null)
            .DistinctBy(c => c.Name).ToDictionary(c => c.Name!, c => c.at);
        if (!columns.ContainsKey("code")) return ([], [texts["platform.import-no-code", string.Join(", ", rows[0].Cells)]]);
        var seen = new Dictionary<string, int>();
        foreach (var (number, cells) in rows.Skip(1))
        {
            string? Field(string name) => columns.TryGetValue(name, out var at) && at < cells.Count && cells[at].TrimStart('\'') is { Length: > 0 } text ? text : null;
            void Problem(string key, params object?[] args) => problems.Add(texts["platform.import-line", number, texts[key, args]]);
            DateOnly? Date(string name)
            {
                if (Field(name) is not { } text) return null;
                if (DateOnly.TryParseExact(text, DateForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return date;
                Problem("platform.import-date", name, text);
                return null;
            }
            if (Field("code") is not { } code) { Problem("platform.import-code-missing"); continue; }
            if (code.Length > 200) Problem("platform.import-too-long", "code", 200);
            if (!seen.TryAdd(code, number)) Problem("platform.import-twice", code, seen[code]);
            Guid? team = null;
            if (Field("team") is { } asked)
            {
                if (teams[asked].Distinct().ToList() is [var only]) team = only;
                else Problem(teams.Contains(asked) ? "platform.import-team-ambiguous" : "platform.import-team-unknown", asked);
            }
            var line = new Line(number, code, Field("name"), team, Date("joined"), Date("left"));
            if (line is { Joined: { } joined, Left: { } left } && left <= joined) Problem("platform.dates-reversed", joined, left);
            if (line.Name?.Length > 200) Problem("platform.import-too-long", "name", 200);
            lines.Add(line);
        }
        if (lines.Count == 0 && problems.Count == 0) problems.Add(texts["platform.import-empty"]);
        return (lines, problems);
    }
}
