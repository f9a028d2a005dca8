using System.Globalization;
using System.Text.Json;
using Evenhand.Measurement.Figures;
using Evenhand.Measurement.Logs;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Tests.Measurement;

/// <summary>Real logs: every figure equals what a few lines of plain code make of the raw file, to the last digit.</summary>
public sealed class FiguresOfLogsTests
{
    private const string Bank = "asterisk/queue_log-1999-02-01_14", Live = "asterisk/live/queue_log";
    private static readonly string[] Variants = ["answered", "offered", "excluding-short", "including-short"];
    private static readonly string[] Plain = ["offered", "answered", "abandoned", "ASA", "ABN", "ANS", "ATT", "TRF", "WAIT.P50", "WAIT.P90"];
    private static readonly string[] OfAgents = ["answered", "ASA", "ATT", "TRF", "WAIT.P50", "WAIT.P90"];

    [Theory]
    [InlineData(Store.Sqlite, Bank, "UTC")]
    [InlineData(Store.Postgres, Bank, "UTC")]
    [InlineData(Store.Sqlite, Bank, "Asia/Jerusalem")]
    [InlineData(Store.Sqlite, Live, "Asia/Shanghai")]
    [InlineData(Store.Postgres, Live, "Asia/Shanghai")]
    public async Task Figures_of_the_store_equal_a_plain_count_of_the_file(Store store, string log, string zone)
    {
        var file = SharedData.File(log);
        var intake = new FakeIntake();
        await using var centre = await FakeIntake.Start(store, intake, zone);
        await intake.Record(centre, await intake.Read(centre, file));
        await Compare(file, zone, question => centre.Do(async services => (await services.GetRequiredService<AskFigures>().Run(question, default)).Value.Text.Json()));
    }

    [Theory, InlineData(Bank, "UTC"), InlineData(Bank, "Asia/Jerusalem"), InlineData(Live, "Asia/Shanghai")]
    public Task Figures_straight_from_the_file_equal_a_plain_count(string log, string zone)
    {
        var file = SharedData.File(log);
        return Compare(file, zone, question => Task.FromResult(AskLog.Run(file, zone, question, default).Value.Text.Json()));
    }

    [Theory, InlineData(Bank, "Asia/Jerusalem"), InlineData(Live, "Asia/Shanghai")]
    public async Task The_store_and_the_file_give_the_same_answer_byte_for_byte(string log, string zone)
    {
        var file = SharedData.File(log);
        var intake = new FakeIntake();
        await using var centre = await FakeIntake.Start(Store.Sqlite, intake, zone);
        await intake.Record(centre, await intake.Read(centre, file));
        foreach (var by in (string[])["", "queue", "agent", "day", "queue,day", "queue,agent", "interval", "hour,queue", "weekday,hour", "agent,day"])
        {
            var question = new FigureQuestion(null, null, by, "offered,answered,abandoned,timedout,SL,ASA,ABN,ATT,ATT.CV,WAIT.P90,TALK.P50,RNA,AHT,OCC", ["SL.threshold=30"]);
            var stored = await centre.Do(async services => (await services.GetRequiredService<AskFigures>().Run(question, default)).Value.Text.Json());
            System.Text.Encoding.UTF8.GetString(AskLog.Run(file, zone, question, default).Value.Text.Json()).ShouldBe(System.Text.Encoding.UTF8.GetString(stored), by);
        }
    }

    private static async Task Compare(string file, string zone, Func<FigureQuestion, Task<byte[]>> ask)
    {
        var stays = RawLog.Read(await File.ReadAllLinesAsync(file));
        stays.Count.ShouldBeGreaterThan(100);
        var clock = TimeZoneInfo.FindSystemTimeZoneById(zone);
        foreach (var threshold in (int[])[0, 20, 60])
        {
            await Each("queue", stays.GroupBy(s => s.Queue), Plain, threshold, ask);
            await Each("day", stays.GroupBy(s => Local(s, clock).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), Plain, threshold, ask);
            await Each("hour", stays.GroupBy(s => Local(s, clock).Hour.ToString(CultureInfo.InvariantCulture)), Plain, threshold, ask);
            await Each("agent", stays.Where(s => s.Answered).GroupBy(s => s.Agent!), OfAgents, threshold, ask);
        }
    }

    private static DateTime Local(RawStay stay, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds(stay.Entered), zone).DateTime;

    private static async Task Each(string by, IEnumerable<IGrouping<string, RawStay>> groups, string[] codes, int threshold, Func<FigureQuestion, Task<byte[]>> ask)
    {
        var expected = groups.ToDictionary(g => g.Key, g => RawLog.Figures([.. g], threshold));
        foreach (var variant in Variants.Take(by == "agent" ? 1 : 4))
        {
            var answer = JsonDocument.Parse(await ask(new(null, null, by, string.Join(',', codes) + ",SL", [$"SL.threshold={threshold}", $"SL.variant={variant}"]))).RootElement;
            var rows = answer.GetProperty("rows").EnumerateArray().ToDictionary(r => r.GetProperty(by).ToString());
            rows.Keys.Order().ShouldBe(expected.Keys.Order());
            foreach (var (name, figures) in expected)
                foreach (var code in codes.Append("SL"))
                    Value(rows[name], code).ShouldBe(figures[code == "SL" ? $"SL:{variant}" : code], $"{code} of {by} {name}");
        }
    }

    private static double? Value(JsonElement row, string code) => row.GetProperty(code) is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : null;
}
