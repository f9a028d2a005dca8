using System.Globalization;
using System.Text;
using System.Text.Json;
using Evenhand.Intake.Archive;
using Evenhand.Intake.Imports;
using Evenhand.Measurement.Figures;
using Evenhand.Measurement.Intervals;
using Evenhand.Measurement.Logs;
using Evenhand.Platform.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Tests.Measurement;

/// <summary>The whole way: a log file through the import and the readers to the figures.</summary>
public sealed class RecordedLogTests
{
    private const string Bank = "asterisk/queue_log-1999-02-01_14", Live = "asterisk/live/queue_log";

    [Theory]
    [InlineData(Store.Sqlite, Bank, "Asia/Jerusalem")]
    [InlineData(Store.Postgres, Bank, "Asia/Jerusalem")]
    [InlineData(Store.Sqlite, Live, "Asia/Shanghai")]
    [InlineData(Store.Postgres, Live, "Asia/Shanghai")]
    public async Task An_imported_log_gives_the_figures_of_the_plain_count_and_of_the_file_itself(Store store, string log, string zone)
    {
        var file = SharedData.File(log);
        await using var centre = await Start(store, zone);
        await Import(centre, file);
        var stays = RawLog.Read(await File.ReadAllLinesAsync(file));
        var answer = JsonDocument.Parse(await Ask(centre, new(null, null, "queue", "offered,answered,abandoned,SL,ASA,ABN,ATT", ["SL.variant=excluding-short"]))).RootElement;
        foreach (var row in answer.GetProperty("rows").EnumerateArray())
        {
            var expected = RawLog.Figures([.. stays.Where(s => s.Queue == row.GetProperty("queue").GetString())], 20);
            foreach (var code in (string[])["offered", "answered", "abandoned", "ASA", "ABN", "ATT"]) row.GetProperty(code).GetDouble().ShouldBe(expected[code]!.Value, code);
            row.GetProperty("SL").GetDouble().ShouldBe(expected["SL:excluding-short"]!.Value);
        }
        foreach (var by in (string[])["", "queue,agent", "interval", "agent,day"])
        {
            var question = new FigureQuestion(null, null, by, "offered,answered,abandoned,timedout,SL,ASA,ATT,WAIT.P90,RNA", []);
            Encoding.UTF8.GetString(AskLog.Run(file, zone, question, default).Value.Text.Json()).ShouldBe(Encoding.UTF8.GetString(await Ask(centre, question)), by);
        }
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_log_in_two_halves_the_later_first_gives_the_figures_of_the_whole_and_so_does_a_rebuild(Store store)
    {
        var file = SharedData.File(Live);
        FigureQuestion[] questions = [.. ((string[])["interval,queue,agent", "agent,day", "queue,day", "hour"]).Select(by => new FigureQuestion(null, null, by, "answered,ASA,ATT,TALK.P50,TRF,BREAK,SIGNEDIN", []))];
        async Task<string> All(TestCentre centre)
        {
            var answers = new StringBuilder();
            foreach (var question in questions) answers.Append(Encoding.UTF8.GetString(await Ask(centre, question)));
            return answers.ToString();
        }
        await using var whole = await Start(store, "Asia/Shanghai");
        await Import(whole, file);
        var expected = await All(whole);

        var lines = await File.ReadAllLinesAsync(file);
        await using var halves = await Start(store, "Asia/Shanghai");
        var (first, second) = (Path.Combine(halves.Directory, "first"), Path.Combine(halves.Directory, "second"));
        await File.WriteAllLinesAsync(first, lines.Take(lines.Length / 2));
        await File.WriteAllLinesAsync(second, lines.Skip(lines.Length / 2));
        await Import(halves, second);
        (await All(halves)).ShouldNotBe(expected);
        await Import(halves, first);
        (await All(halves)).ShouldBe(expected);

        (await halves.Do(services => services.GetRequiredService<RebuildFigures>().Run(null, null, null, default))).Succeeded.ShouldBeTrue();
        (await All(halves)).ShouldBe(expected);
    }

    [Fact]
    public async Task Service_level_never_falls_when_the_threshold_rises()
    {
        var file = SharedData.File(Bank);
        foreach (var variant in (string[])["answered", "offered", "excluding-short", "including-short"])
        {
            var before = new Dictionary<string, double>();
            foreach (var threshold in Enumerable.Range(0, 40).Select(t => t * 10))
            {
                // The limit of a short abandon stays where it is: one that moves with the threshold changes the denominator too.
                var question = new FigureQuestion(null, null, "queue", "SL", [$"SL.threshold={threshold}", $"SL.variant={variant}", "SL.short=5"]);
                foreach (var row in JsonDocument.Parse(AskLog.Run(file, "UTC", question, default).Value.Text.Json()).RootElement.GetProperty("rows").EnumerateArray())
                {
                    var (queue, level) = (row.GetProperty("queue").GetString()!, row.GetProperty("SL").GetDouble());
                    level.ShouldBeInRange(before.GetValueOrDefault(queue), 1, string.Create(CultureInfo.InvariantCulture, $"{queue} {variant} {threshold}"));
                    before[queue] = level;
                }
            }
        }
        await Task.CompletedTask;
    }

    private static async Task<TestCentre> Start(Store store, string zone)
    {
        var centre = await TestCentre.Start(store);
        await centre.Do(services => services.GetRequiredService<IOrganisation>().Establish(new(zone, [], [], []), default));
        return centre;
    }

    private static async Task Import(TestCentre centre, string file)
    {
        await centre.Do(async services =>
        {
            await using var input = LogInput.Open(file, false).Value;
            (await services.GetRequiredService<ImportLog>().Run(new(ImportFormat.QueueLog, "asterisk"), input, null, default)).Succeeded.ShouldBeTrue();
        });
        await centre.CatchUp();
    }

    private static Task<byte[]> Ask(TestCentre centre, FigureQuestion question) =>
        centre.Do(async services => (await services.GetRequiredService<AskFigures>().Run(question, default)).Value.Text.Json());
}
