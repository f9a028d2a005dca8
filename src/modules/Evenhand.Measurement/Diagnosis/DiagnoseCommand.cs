using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Evenhand.Analytics.Diagnosis;
using Evenhand.Design;
using Evenhand.Kernel.Commands;
using Evenhand.Kernel.Text;
using Evenhand.Measurement.Contracts;
using Evenhand.Platform.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Evenhand.Measurement.Diagnosis;

/// <summary>`evenhand diagnose`: the three steps in the terminal.</summary>
internal static class DiagnoseCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static Command Make(CommandRunner run)
    {
        var from = new Option<DateOnly?>("--from") { Description = "First day; default the first there is / 起始日" };
        var to = new Option<DateOnly?>("--to") { Description = "First day no longer looked at; default after the last there is / 截止日（不含）" };
        var unit = new Option<string?>("--unit") { Description = "Code of a unit / 组织单元编码" };
        var rules = new Option<string?>("--rules") { Description = "western-electric | nelson | six-nine-twelve" };
        var format = new Option<string>("--format") { Description = "table | json", DefaultValueFactory = _ => "table" };
        format.AcceptOnlyFromAmong("table", "json");
        var command = new Command("diagnose", "The three steps: occupancy, breaks, handling time / 管理三步骤诊断") { from, to, unit, rules, format };
        command.SetAction(run.Over(async (services, parsed, cancel) =>
        {
            var (first, last) = await WholeSpan(services, cancel);
            var outcome = await services.GetRequiredService<Diagnose>().Run(new Diagnose.Request(parsed.GetValue(from) ?? first, parsed.GetValue(to) ?? last.AddDays(1), parsed.GetValue(unit), parsed.GetValue(rules)), cancel);
            if (outcome.Refused(out var refusal)) return CommandRunner.Print(services, refusal);
            var words = services.GetRequiredService<DiagnosisWords>();
            if (parsed.GetValue(format) == "json") Console.Out.WriteLine(JsonSerializer.Serialize(DiagnosisReply.Of(outcome.Value, words), Json));
            else Show(outcome.Value, words, services.GetRequiredService<Texts>(), AnsiConsole.Console);
            return 0;
        }));
        return command;
    }

    /// <summary>First and last day of the centre's calendar that have contacts.</summary>
    private static async Task<(DateOnly First, DateOnly Last)> WholeSpan(IServiceProvider services, CancellationToken cancel)
    {
        var zone = (await services.GetRequiredService<IOrganisation>().Read(cancel)).Zone;
        var (from, to) = await services.GetRequiredService<IFigures>().Span(cancel) ?? (0, 1);
        return (Day(from), Day(to - 1));

        DateOnly Day(long at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds(at), zone).DateTime);
    }

    /// <summary>The diagnosis as a person reads it in a terminal.</summary>
    public static void Show(Diagnose.Diagnosed diagnosed, DiagnosisWords words, Texts texts, IAnsiConsole console)
    {
        var report = diagnosed.Report;
        console.MarkupLine($"[bold]{Markup.Escape(texts["measurement.diagnosis"])}[/]  {Format.Date(diagnosed.From)} – {Format.Date(diagnosed.To.AddDays(-1))}  {Markup.Escape(words.TeamOrAll(diagnosed, null))}");
        foreach (var step in new[] { report.Occupancy, report.Breaks, report.Handling })
        {
            console.WriteLine();
            console.MarkupLine($"[bold]{step.Step}. {Markup.Escape(words.Step(step.Step))}[/]  [{Colour(step.Status)}]{Markup.Escape(words.Status(step.Status))}[/]");
            if (words.Reason(step) is { } reason) console.WriteLine("   " + reason);
            foreach (var finding in step.Findings)
                console.MarkupLine($"   {(finding.Weight == FindingWeight.Problem ? "[red]●[/]" : "[grey]○[/]")} {Markup.Escape(words.Of(diagnosed, finding))}");
            foreach (var table in Tables(step.Step, diagnosed, words, texts)) console.Write(table);
            if (step.Step == 3 && report.HandlingForInformation) console.WriteLine("   " + texts["measurement.for-information"]);
            if (step.Step == 3 && diagnosed.HandlingCode == "ATT") console.WriteLine("   " + texts["measurement.att-instead"]);
            if (step.Action is not null && step.Reason is null) console.MarkupLine($"   [bold]→ {Markup.Escape(words.Action(step.Action))}[/]");
        }
        console.WriteLine();
        console.WriteLine($"{words.Rules(diagnosed.Rules)}: {words.FalseAlarms(diagnosed.Rules)}");
        console.MarkupLine($"[bold]{Markup.Escape(texts["measurement.next", words.Action(report.Action)])}[/]");
    }

    private static string Colour(StepStatus status) => status switch { StepStatus.InControl => "green", StepStatus.OutOfControl => "red", _ => "yellow" };

    private static IEnumerable<Table> Tables(int step, Diagnose.Diagnosed diagnosed, DiagnosisWords words, Texts texts)
    {
        string Team(string? code) => words.TeamOrAll(diagnosed, code);
        if (step == 1 && diagnosed.Report.OccupancyFigures is { } occupancy)
            yield return Grid(["measurement.team", "measurement.agents", "measurement.mean", "measurement.sd", "measurement.cv", "measurement.head-count"],
                occupancy.Teams.Select(t => new[] { Team(t.Team), Format.Number(t.Agents), Format.Percent(t.Mean), Format.Percent(t.Spread.StandardDeviation), DiagnosisWords.Ratio(t.Spread.Cv), Format.Number(t.HeadCount) }));
        if (step == 2 && diagnosed.Report.BreakFigures.Count > 0)
            yield return Grid(["measurement.team", "measurement.agents", "measurement.mean", "measurement.sd", "measurement.cv", "measurement.peak-mean", "measurement.peak-cv", "measurement.worst-peak"],
                diagnosed.Report.BreakFigures.Select(t => new[] { Team(t.Team), Format.Number(t.Whole.Count), Format.Percent(t.Whole.Mean), Format.Percent(t.Whole.StandardDeviation), DiagnosisWords.Ratio(t.Whole.Cv),
                    Format.Percent(t.Peak.Mean), DiagnosisWords.Ratio(t.Peak.Cv), t.WorstPeak is { } peak ? $"{peak.OnBreak}/{peak.SignedIn}  {peak.At.ToString("MM-dd HH:mm", CultureInfo.InvariantCulture)}" : Format.Unknown }));
        if (step == 3 && diagnosed.Report.HandlingCharts.Count > 0)
            yield return Grid(["measurement.team", "measurement.days", "measurement.centre-line", "measurement.lower", "measurement.upper", "measurement.marked-points", "measurement.shift-since"],
                diagnosed.Report.HandlingCharts.Select(c => (Chart: c, c.Chart.Level.Phases[^1].Limits)).Select(c => new[] { Team(c.Chart.Team), Format.Number(c.Chart.Dates.Count), Format.Duration(c.Limits.Centre),
                    Format.Duration(c.Limits.Lower), Format.Duration(c.Limits.Upper), Format.Number(c.Chart.Chart.Level.Points.Count(p => p.Violated.Count > 0)),
                    c.Chart.Shifts.Count == 0 ? Format.Unknown : string.Join(" ", c.Chart.Shifts.Select(s => Format.Date(s.Date))) }));

        Table Grid(string[] headings, IEnumerable<string[]> rows)
        {
            var table = new Table().Border(TableBorder.Rounded);
            foreach (var (at, heading) in headings.Index()) table.AddColumn(new TableColumn(Markup.Escape(texts[heading])) { Alignment = at == 0 ? Justify.Left : Justify.Right });
            foreach (var row in rows) table.AddRow([.. row.Select(Markup.Escape)]);
            return table;
        }
    }
}
