using System.Globalization;
using Evenhand.Intake.Archive;
using Evenhand.Intake.Columns;
using Evenhand.Intake.Contracts;
using Evenhand.Kernel;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Tests.Intake;

public sealed class ColumnImportTests
{
    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task The_banks_call_records_give_the_known_counts_and_the_same_stays_as_its_queue_log(Store store)
    {
        await using var centre = await TestCentre.Start(store);
        var path = SharedData.File("anonymous-bank/calls-1999-02-01_14.txt");
        var map = Imports.Map(await File.ReadAllTextAsync(Example("anonymous-bank.yaml")));
        var import = (await centre.ImportFile(path, map)).Value;
        import.SeenCounts.ShouldBe(new Dictionary<string, long> { ["AGENT"] = 14_405, ["HANG"] = 2_908, ["PHANTOM"] = 143 }, ignoreOrder: true);
        import.ReasonCounts.ShouldBe(new Dictionary<string, long>
        {
            ["negative-vru-time"] = 17, ["answered-without-agent"] = 275, ["service-start-missing"] = 25, ["ignored-by-map"] = 143, ["ended-before-queue"] = 1_040,
        }, ignoreOrder: true);
        import.Added.ShouldBe(16_257);
        (await centre.ImportFile(path, map)).Value.ShouldSatisfyAllConditions(i => i.Added.ShouldBe(0), i => i.Known.ShouldBe(16_257));
        var kept = (await centre.During(0, long.MaxValue / 4000)).GroupBy(c => c.CallId).ToDictionary(g => g.Key, g => g.Single());
        var expected = Told(path).ToList();
        expected.Count.ShouldBe(16_257);
        foreach (var row in expected)
        {
            var c = kept[row.Id];
            (c.EnteredAt, c.Wait, c.Talk, c.Outcome == ContactOutcome.Answered, c.Customer, c.AgentId is null).ShouldBe((row.Entered, row.Wait, row.Talk, row.Answered, row.Customer, row.Agent is null));
        }
    }

    [Fact]
    public async Task Times_lengths_quotes_and_days_are_read_as_the_map_says()
    {
        await using var centre = await TestCentre.Start(Store.Sqlite);
        var map = Imports.Map("""
            kind: call-records
            zone: Asia/Shanghai
            call: 编号
            queue: 队列
            agent: {column: 坐席, none: ["-"]}
            entered: {column: 进线, format: yyyy/M/d H:mm:ss}
            connected: {column: 接听, format: yyyy/M/d H:mm:ss}
            talk: 通话
            after-contact: 话后
            outcome: {column: 结果, answered: [接通], abandoned: [放弃]}
            wait: 等待
            """);
        var import = (await centre.Import("""
            编号,队列,坐席,进线,接听,通话,话后,结果,等待
            1,"售前, 一线",张三,2026/3/1 9:00:00,2026/3/1 9:00:07,0:02:05,20,接通,7
            2,售后,-,2026/3/1 23:59:58,,0,,放弃,0:15
            3,售后,李四,2026/3/1 9:00:00,2026/3/1 8:59:00,60,0,接通,5
            4,售后,李四,3月1日,2026/3/1 8:59:00,60,0,接通,5
            5,售后,李四,2026/3/1 9:00:00,2026/3/1 9:00:00,60,0,丢失,5
            6,售后,李四
            """, ImportFormat.CallRecords, map)).Value;
        import.ReasonCounts.ShouldBe(new Dictionary<string, long> { ["negative-duration"] = 1, ["bad-time"] = 1, ["unknown-outcome"] = 1, ["too-few-fields"] = 1 }, ignoreOrder: true);
        centre.Rejects(import).Select(r => r.Split('\t')[0]).ShouldBe(["4", "5", "6", "7"]);
        var start = new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.FromHours(8)).ToUnixTimeSeconds();
        var contacts = await centre.During(start - 86_400, start + 86_400);
        contacts.Select(c => (c.EnteredAt, c.Wait, c.Talk, c.AfterContact, c.EndedAt)).ShouldBe([(start, 7, 125, (int?)20, (long?)(start + 132)), (start + 53_998, 15, 0, null, start + 54_013)]);
    }

    [Fact]
    public async Task A_state_log_is_read_in_Chinese_and_English_and_told_states_agree_with_each_other()
    {
        await using var centre = await TestCentre.Start(Store.Sqlite);
        var map = Imports.Map("kind: agent-states\nzone: UTC\nstates: {外呼: talking}\n");
        var import = (await centre.Import("""
            坐席,状态,原因,开始时间,结束时间
            张三,签入,,2026-03-01 09:00:00,2026-03-01 17:00:00
            张三,空闲,,2026-03-01 09:00:00,2026-03-01 12:00:00
            张三,小休,,2026-03-01 10:00:00,2026-03-01 10:10:00
            张三,示忙,午餐,2026-03-01 12:00:00,2026-03-01 12:30:00
            张三,外呼,,2026-03-01 12:30:00,2026-03-01 12:40:00
            张三,冥想,,2026-03-01 13:00:00,2026-03-01 13:10:00
            张三,小休,,2026-03-01 14:00:00,2026-03-01 13:10:00
            ,小休,,2026-03-01 14:00:00,2026-03-01 14:10:00
            张三,小休,,下午,2026-03-01 14:10:00
            """, ImportFormat.States, map)).Value;
        import.ReasonCounts.ShouldBe(new Dictionary<string, long> { ["unknown-state"] = 1, ["end-before-start"] = 1, ["missing-agent"] = 1, ["bad-time"] = 1 }, ignoreOrder: true);
        import.States.ShouldBe(5);
        var day = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();
        var told = await centre.Do(async services =>
        {
            var found = new List<StateInterval>();
            await foreach (var state in services.GetRequiredService<IIntake>().StatesDuring(day, day + 86_400, default)) found.Add(state);
            return found;
        });
        told.Where(s => s.State != AgentState.SignedIn).Select(s => (s.State, (s.Start - day) / 60, (s.End!.Value - day) / 60)).ShouldBe([
            (AgentState.Available, 540, 600), (AgentState.Break, 600, 610), (AgentState.Available, 610, 720), (AgentState.Meal, 720, 750), (AgentState.Talking, 750, 760),
        ]);
        told.Where(s => s.State == AgentState.SignedIn).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("kind: call-records\nqueue: q\n", "intake.map-lacks")]
    [InlineData("kind: [", "intake.map-broken")]
    [InlineData("kolumn: x", "intake.map-broken")]
    [InlineData("", "intake.map-empty")]
    [InlineData("queue: {kolumn: x}", "intake.map-broken")]
    public void A_map_that_is_wrong_says_where(string yaml, string code) => ColumnMap.Read("m.yaml", new StringReader(yaml)).Refusal!.Code.ShouldBe(code);

    [Fact]
    public async Task A_file_without_a_named_column_is_refused()
    {
        await using var centre = await TestCentre.Start(Store.Sqlite);
        var refused = await centre.Import("agent,what,start,end\nA,break,2026-03-01 09:00:00,2026-03-01 09:10:00\n", ImportFormat.States, ColumnMap.ForStates);
        refused.Refusal!.Code.ShouldBe("intake.column-missing");
    }

    /// <summary>The rows the bank's own documentation says are calls offered to a queue, worked out from the file alone.</summary>
    private static IEnumerable<(string Id, long Entered, int Wait, int Talk, bool Answered, string? Customer, string? Agent)> Told(string path)
    {
        foreach (var f in File.ReadLines(path).Skip(1).Select(l => l.TrimEnd('\r').Split('\t')))
        {
            if (f[12] == "PHANTOM" || f[8][0] == '-' || (f[12] == "HANG" && f[11] == "0")) continue;
            var day = DateTime.ParseExact(f[5], "yyMMdd", CultureInfo.InvariantCulture);
            var entered = new DateTimeOffset(day + TimeSpan.Parse(f[9] == "0:00:00" ? f[7] : f[9], CultureInfo.InvariantCulture), TimeSpan.Zero).ToUnixTimeSeconds();
            var answered = f[12] == "AGENT";
            yield return ($"{f[0]}-{f[1]}", entered, int.Parse(f[11], CultureInfo.InvariantCulture), answered ? int.Parse(f[15], CultureInfo.InvariantCulture) : 0, answered,
                f[2] == "0" ? null : f[2], answered && f[16] != "NO_SERVER" ? f[16] : null);
        }
    }

    private static string Example(string name)
    {
        var at = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(at, "Evenhand.slnx"))) at = Path.GetDirectoryName(at)!;
        return Path.Combine(at, "docs", "examples", name);
    }
}
