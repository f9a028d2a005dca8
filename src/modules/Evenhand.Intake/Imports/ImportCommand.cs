using System.CommandLine;
using System.Runtime;
using System.Text.Json;
using Evenhand.Intake.Archive;
using Evenhand.Intake.Columns;
using Evenhand.Kernel;
using Evenhand.Kernel.Commands;
using Evenhand.Kernel.Facts;
using Evenhand.Kernel.Text;
using Evenhand.Platform.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Intake.Imports;

/// <summary>`evenhand import FILE…`: imports logs, then lets the figures catch up.</summary>
internal static class ImportCommand
{
    private static readonly Argument<string[]> Files = new("FILE") { Description = "Logs, plain or gzip; - for standard input / 日志文件，可为 gzip；- 表示标准输入", Arity = ArgumentArity.OneOrMore };
    private static readonly Option<string?> Format = new("--format") { Description = "queue-log | cdr | states" };
    private static readonly Option<string?> Map = new("--map") { Description = "YAML column map / YAML 列映射文件" };
    private static readonly Option<string?> Source = new("--source") { Description = "Name of the source; call ids are unique within one / 来源名称" };
    private static readonly Option<string?> Encoding = new("--encoding") { Description = "auto | utf-8 | latin-1 | gb18030" };
    private static readonly Option<string?> Zone = new("--zone") { Description = "Time zone of the centre, set at the first import / 中心时区（首次导入时设置）" };
    private static readonly Option<bool> Follow = new("--follow") { Description = "Keeps reading as the file grows and rotates / 持续跟踪日志" };
    private static readonly Option<bool> Quiet = new("--quiet") { Description = "No progress / 不显示进度" };
    private static readonly Option<bool> NoFigures = new("--no-figures") { Description = "Leaves the figures for later / 暂不计算指标" };
    private static readonly Option<bool> Json = new("--json") { Description = "Summary as JSON / 以 JSON 输出汇总" };

    public static Command Make(CommandRunner run)
    {
        var command = new Command("import", "Imports telephony logs / 导入话务日志") { Files, Format, Map, Source, Encoding, Zone, Follow, Quiet, NoFigures, Json };
        command.SetAction(run.Over(Run));
        return command;
    }

    private static async Task<int> Run(IServiceProvider services, ParseResult parsed, CancellationToken cancel)
    {
        if ((await Request(services, parsed, cancel)).Refused(out var refusal, out var request)) return CommandRunner.Print(services, refusal);
        // Nobody waits for an answer here, so the collector need not work beside the import, which it slows.
        GCSettings.LatencyMode = GCLatencyMode.Batch;
        var follow = parsed.GetValue(Follow);
        var files = parsed.GetValue(Files)!;
        if (follow && files.Length > 1) return CommandRunner.Print(services, new Refusal("intake.follow-one-file"));
        var clock = services.GetRequiredService<TimeProvider>();
        var (began, done) = (clock.GetTimestamp(), new List<ImportRow>());
        await using var display = ImportDisplay.Start(services.GetRequiredService<Texts>(), clock, parsed.GetValue(Quiet) || parsed.GetValue(Json));
        foreach (var file in files)
        {
            if (LogInput.Open(file, follow) is var opened && opened.Refused(out refusal)) return CommandRunner.Print(services, refusal);
            await using var input = opened.Value;
            var imported = await services.GetRequiredService<ImportLog>().Run(request, input, display.Show, cancel, follow ? inner => CatchUp(services, null, inner) : null);
            if (imported.Refused(out refusal))
            {
                await display.DisposeAsync();
                return CommandRunner.Print(services, refusal);
            }
            done.Add(imported.Value);
        }
        var seconds = clock.GetElapsedTime(began).TotalSeconds;
        if (!parsed.GetValue(NoFigures)) await CatchUp(services, display.ShowFacts, cancel);
        await display.DisposeAsync();
        if (parsed.GetValue(Json)) Console.WriteLine(JsonSerializer.Serialize(ImportSummary.Of(done, seconds), FactJson.Options));
        else ImportDisplay.Print(services.GetRequiredService<Texts>(), ImportSummary.Of(done, seconds), services.GetRequiredService<StoreSettings>().DataDirectory);
        return 0;
    }

    private static Task<int> CatchUp(IServiceProvider services, Action<string, long>? progress, CancellationToken cancel) => services.GetRequiredService<FactPump>().CatchUp(cancel, progress);

    private static async Task<Outcome<ImportLog.Request>> Request(IServiceProvider services, ParseResult parsed, CancellationToken cancel)
    {
        ColumnMap? map = null;
        if (parsed.GetValue(Map) is { } path)
        {
            if (!File.Exists(path)) return new Refusal("intake.no-such-file", path);
            using var yaml = File.OpenText(path);
            if (ColumnMap.Read(path, yaml).Refused(out var refusal, out map)) return refusal;
        }
        if (ImportFormats.Of(parsed.GetValue(Format), map) is not { } format) return new Refusal("intake.unknown-format", parsed.GetValue(Format));
        if (parsed.GetValue(Zone) is { } zone && await SetZone(services, zone, cancel) is { } refused) return refused;
        return new ImportLog.Request(format, parsed.GetValue(Source) ?? map?.Source ?? ImportFormats.Name(format), parsed.GetValue(Encoding), map);
    }

    private static async Task<Refusal?> SetZone(IServiceProvider services, string zone, CancellationToken cancel)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found)) return new Refusal("intake.unknown-zone", zone);
        var organisation = services.GetRequiredService<IOrganisation>();
        var known = (await organisation.Read(cancel)).Zone;
        if (known.Id == found.Id) return null;
        if (await services.GetRequiredService<Contracts.IIntake>().Span(cancel) is not null) return new Refusal("intake.zone-is-set", known.Id);
        await organisation.Establish(new OrganisationPlan(zone, [], [], []), cancel);
        return null;
    }
}
