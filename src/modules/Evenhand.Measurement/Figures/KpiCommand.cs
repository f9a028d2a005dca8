using System.CommandLine;
using Evenhand.Kernel;
using Evenhand.Kernel.Commands;
using Evenhand.Kernel.Facts;
using Evenhand.Kernel.Text;
using Evenhand.Measurement.Kpis;
using Evenhand.Measurement.Logs;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Evenhand.Measurement.Figures;

/// <summary>`evenhand kpi`: figures in the terminal, from the store or straight from a log.</summary>
internal static class KpiCommand
{
    private static readonly Option<string?> From = new("--from") { Description = "First day or date-time by the centre's clock / 起始日期" };
    private static readonly Option<string?> To = new("--to") { Description = "First day or date-time no longer counted / 截止日期（不含）" };
    private static readonly Option<string?> By = new("--by") { Description = "queue|agent|team|day|interval|hour|weekday, joined by commas / 分组" };
    private static readonly Option<string?> Codes = new("--codes") { Description = "KPI codes, joined by commas; CODE.CV for the spread over agents / 指标代码" };
    private static readonly Option<string[]> Set = new("--set") { Description = "CODE.parameter=value, e.g. SL.threshold=20 / 口径参数", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<string> Format = new("--format") { Description = "table|json|csv", DefaultValueFactory = _ => "table" };
    private static readonly Option<string?> Log = new("--log") { Description = "Asterisk queue_log to count without importing it; .gz, or - for standard input / 直接统计日志文件" };
    private static readonly Option<string?> Zone = new("--zone") { Description = "Time zone for --log / 日志时区" };

    public static Command Make(CommandRunner run)
    {
        Format.AcceptOnlyFromAmong("table", "json", "csv");
        var kpi = new Command("kpi", "Figures with their definitions / 运营指标") { From, To, By, Codes, Set, Format, Log, Zone };
        var (overStore, overLog) = (run.Over(FromStore), run.Alone(FromLog));
        kpi.SetAction((parsed, cancel) => parsed.GetValue(Log) is null ? overStore(parsed, cancel) : overLog(parsed, cancel));
        kpi.Subcommands.Add(CompareCommand.Make(run));
        kpi.Subcommands.Add(ListKpis.Make(run));
        return kpi;
    }

    private static FigureQuestion Question(ParseResult parsed) =>
        new(parsed.GetValue(From), parsed.GetValue(To), parsed.GetValue(By), parsed.GetValue(Codes), parsed.GetValue(Set) ?? []);

    private static async Task<int> FromStore(IServiceProvider services, ParseResult parsed, CancellationToken cancel)
    {
        await services.GetRequiredService<FactPump>().CatchUp(cancel);
        return Print(services, parsed, await services.GetRequiredService<AskFigures>().Run(Question(parsed), cancel));
    }

    private static Task<int> FromLog(IServiceProvider services, ParseResult parsed, CancellationToken cancel) =>
        Task.FromResult(Print(services, parsed, AskLog.Run(parsed.GetValue(Log)!, parsed.GetValue(Zone), Question(parsed), cancel)));

    private static int Print(IServiceProvider services, ParseResult parsed, Outcome<AskFigures.Reply> outcome)
    {
        if (outcome.Refused(out var refusal)) return CommandRunner.Print(services, refusal);
        var (table, text) = outcome.Value;
        switch (parsed.GetValue(Format))
        {
            case "json":
                using (var output = Console.OpenStandardOutput()) output.Write([.. text.Json(), (byte)'\n']);
                break;
            case "csv":
                Console.Out.Write(text.Csv());
                break;
            default:
                Show(services.GetRequiredService<Texts>(), table, text);
                break;
        }
        return 0;
    }

    private static void Show(Texts texts, Contracts.FigureTable answer, FigureText text)
    {
        var groups = answer.By.Where(g => g != Contracts.FigureGroup.Centre).ToArray();
        var table = new Table { Border = TableBorder.Simple };
        foreach (var column in text.Columns)
            table.AddColumn(new TableColumn(Markup.Escape(column)) { Alignment = table.Columns.Count < groups.Length ? Justify.Left : Justify.Right });
        foreach (var row in answer.Rows)
            table.AddRow([.. groups.Select(g => Markup.Escape(text.KeyText(g, row.Key) ?? texts["measurement.no-team"])), .. row.Figures.Select(f => Markup.Escape(FigureText.Shown(f)))]);
        AnsiConsole.Write(table);
        AnsiConsole.MarkupLineInterpolated(System.Globalization.CultureInfo.CurrentCulture, $"[dim]{string.Join("; ", answer.Definitions.Where(d => d.Parameters.Count > 0))}[/]");
        foreach (var (label, reason) in text.Everywhere())
            AnsiConsole.MarkupLineInterpolated(System.Globalization.CultureInfo.CurrentCulture, $"[yellow]{label}: {texts["measurement.withheld." + reason]}[/]");
    }
}
