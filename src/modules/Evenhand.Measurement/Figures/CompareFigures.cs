using System.CommandLine;
using System.Text.Json;
using Evenhand.Analytics.Kpis;
using Evenhand.Kernel;
using Evenhand.Kernel.Commands;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Evenhand.Measurement.Figures;

/// <summary>Compares two saved answers row by row; refused when a figure was not computed by the same definition in both, because the numbers would then mean different things.</summary>
internal static class CompareFigures
{
    /// <summary>A figure in both answers; a difference only where both have a value.</summary>
    public sealed record Pair(string Row, string Code, double? Left, double? Right)
    {
        public double? Difference => Right - Left;
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/figures/compare",
        async (string? leftFrom, string? leftTo, string[]? leftSet, string? rightFrom, string? rightTo, string[]? rightSet, string? by, string? codes, AskFigures ask, CancellationToken cancel) =>
        {
            var answers = new List<JsonElement>();
            foreach (var question in (FigureQuestion[])[new(leftFrom, leftTo, by, codes, leftSet ?? []), new(rightFrom, rightTo, by, codes, rightSet ?? [])])
            {
                var outcome = await ask.Run(question, cancel);
                if (outcome.Refused(out var refusal)) return ((Outcome<IReadOnlyList<Pair>>)refusal).ToReply();
                answers.Add(JsonDocument.Parse(outcome.Value.Text.Json()).RootElement);
            }
            return Run(answers[0], answers[1]).ToReply();
        }).WithName(nameof(CompareFigures)).WithSummary("Two periods or settings side by side; 409 when the definitions differ").Needs(Rights.Read);

    /// <summary>Compares two answers as written by `evenhand kpi --format json` or GET /figures.</summary>
    public static Outcome<IReadOnlyList<Pair>> Run(JsonElement left, JsonElement right)
    {
        if (Definitions(left) is not { } ours || Definitions(right) is not { } theirs || Groups(left) is not { } by || Groups(right) is not { } other)
            return new Refusal("measurement.not-an-answer");
        if (!by.SequenceEqual(other)) return new Refusal("measurement.unlike-groups", string.Join(", ", by), string.Join(", ", other));
        var differences = ours.Keys.Union(theirs.Keys).Select(code => (Code: code, What: Difference(ours.GetValueOrDefault(code), theirs.GetValueOrDefault(code)))).Where(d => d.What is not null).ToArray();
        if (differences.Length > 0) return new Refusal("measurement.unlike-definitions", string.Join("; ", differences.Select(d => $"{d.Code} ({d.What})")));
        var rows = Rows(right, by);
        var own = Rows(left, by);
        return own.Keys.Union(rows.Keys).SelectMany(row => ours.Keys.Select(code => new Pair(row, code, Value(own, row, code), Value(rows, row, code)))).ToArray();
    }

    private static string? Difference(FigureDefinition? left, FigureDefinition? right) =>
        left is null || right is null ? $"{(left is null ? "–" : left)} ≠ {(right is null ? "–" : right)}" : DefinitionMismatch.Between(left, right)?.ToString();

    private static Dictionary<string, FigureDefinition>? Definitions(JsonElement answer) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("definitions", out var all) && all.ValueKind == JsonValueKind.Array && answer.TryGetProperty("rows", out _)
            ? all.EnumerateArray().Select(d => new FigureDefinition(d.GetProperty("code").GetString()!, d.GetProperty("version").GetInt32(),
                d.GetProperty("parameters").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!))).ToDictionary(d => d.Code)
            : null;

    private static string[]? Groups(JsonElement answer) =>
        answer.TryGetProperty("by", out var by) && by.ValueKind == JsonValueKind.Array ? [.. by.EnumerateArray().Select(g => g.GetString()!)] : null;

    private static Dictionary<string, JsonElement> Rows(JsonElement answer, string[] by) =>
        answer.GetProperty("rows").EnumerateArray().ToDictionary(r => string.Join(" · ", by.Where(g => g != "centre").Select(g => r.GetProperty(g).ToString())));

    private static double? Value(Dictionary<string, JsonElement> rows, string row, string code) =>
        rows.TryGetValue(row, out var found) && found.TryGetProperty(code, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
}

/// <summary>`evenhand kpi compare A.json B.json`.</summary>
internal static class CompareCommand
{
    public static Command Make(CommandRunner run)
    {
        var left = new Argument<FileInfo>("left") { Description = "A saved answer / 已保存的结果" };
        var right = new Argument<FileInfo>("right") { Description = "Another / 另一个结果" };
        var compare = new Command("compare", "Compares two saved answers; refused when their definitions differ / 对比两份结果（口径不同则拒绝）") { left, right };
        compare.SetAction(run.Alone(async (services, parsed, cancel) =>
        {
            var answers = new List<JsonElement>();
            foreach (var file in (FileInfo[])[parsed.GetValue(left)!, parsed.GetValue(right)!])
            {
                if (await Read(file, cancel) is not { } answer) return CommandRunner.Print(services, new Refusal("measurement.unreadable-answer", file.FullName));
                answers.Add(answer);
            }
            var outcome = CompareFigures.Run(answers[0], answers[1]);
            if (outcome.Refused(out var refusal)) return CommandRunner.Print(services, refusal);
            var table = new Table { Border = TableBorder.Simple }.AddColumns("", "", "A", "B", "B − A");
            foreach (var pair in outcome.Value)
                table.AddRow(Markup.Escape(pair.Row), Markup.Escape(pair.Code), $"{pair.Left:0.####}", $"{pair.Right:0.####}", $"{pair.Difference:+0.####;-0.####;0}");
            AnsiConsole.Write(table);
            return 0;
        }));
        return compare;
    }

    private static async Task<JsonElement?> Read(FileInfo file, CancellationToken cancel)
    {
        try
        {
            await using var stream = file.OpenRead();
            return (await JsonDocument.ParseAsync(stream, cancellationToken: cancel)).RootElement;
        }
        catch (Exception fault) when (fault is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
