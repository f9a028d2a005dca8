using System.IO.Compression;
using System.Text;
using Evenhand.Intake.Archive;
using Evenhand.Intake.Imports;
using Evenhand.Kernel;
using Evenhand.Measurement.Figures;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Contracts;
using Evenhand.Routing.Telephony;
using Evenhand.Tests.Intake;
using Evenhand.Tests.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using System.Net.Http.Json;

namespace Evenhand.Tests.Telephony;

/// <summary>What a real Asterisk told, the cut in it included, the whole way: a socket, the line, Intake, the figures; beside the queue_log it wrote at the same time.</summary>
public sealed class RecordedLineTests
{
    private const string Log = "asterisk/live/queue_log";

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Figures_of_the_live_line_are_those_of_the_log_and_the_log_imported_afterwards_changes_none(Store store)
    {
        var log = await File.ReadAllBytesAsync(SharedData.File(Log));
        var parts = new[] { 1, 2 }.Select(Recorded).ToArray();
        await using var imported = await Start(store);
        (await Import(imported, log)).Added.ShouldBe(193);
        var expected = await Figures(imported);

        await using var pbx = new ScriptedAmi([.. parts.Select<string[], Func<ScriptedServer.Connection, Task>>((part, i) => c => Play(c, part, last: i == parts.Length - 1))]);
        await using var live = await Start(store);
        using var loop = ActivatorUtilities.CreateInstance<TelephonyLoop>(live.Services);
        await loop.StartAsync(default);
        var manager = await live.SignIn("manager");
        (await manager.PostAsJsonAsync("/api/v1/routing/pbxs", new { Kind = "asterisk", Name = "asterisk", Host = "127.0.0.1", pbx.Port, User = "evenhand", Secret = "s3cret" })).IsSuccessStatusCode.ShouldBeTrue();
        await Ended(live, 193);
        await loop.StopAsync(default);
        pbx.Failure.ShouldBeNull();
        pbx.Connections.ShouldBe(2);

        (await Shown(live)).ShouldBe(await Shown(imported));
        (await Figures(live)).ShouldBe(expected);
        (await live.Do(s => s.GetRequiredService<EvenhandDb>().PbxStandings.AsNoTracking().SingleAsync())).ShouldSatisfyAllConditions(
            s => s.Ghosts.ShouldBe(1), s => s.Unseen.ShouldBe(0), s => s.LinesLost.ShouldBe(0), s => s.LinesWaiting.ShouldBe(0), s => s.Fault.ShouldBe("disconnected"));
        // All but the answer that fell into the cut, and one whose second the log rounds otherwise, is known already.
        var again = await Import(live, log);
        (again.Added, again.Known).ShouldBe((0, 191));
        (await Figures(live)).ShouldBe(expected);
    }

    private static async Task<TestCentre> Start(Store store)
    {
        var centre = await TestCentre.Start(store);
        await centre.Do(services => services.GetRequiredService<IOrganisation>().Establish(new("Asia/Shanghai", [], [], []), default));
        return centre;
    }

    private static Task<ImportRow> Import(TestCentre centre, byte[] log) => centre.Do(async services =>
        (await services.GetRequiredService<ImportLog>().Run(new(ImportFormat.QueueLog, "asterisk"), LogInput.Over("queue_log", new MemoryStream(log)).Value, null, default)).Value);

    /// <summary>Every figure of queues and agents that the log can tell.</summary>
    private static async Task<string> Figures(TestCentre centre)
    {
        await centre.CatchUp();
        var answers = new StringBuilder();
        foreach (var by in (string[])["", "queue", "queue,agent", "agent,day"])
        {
            var question = new FigureQuestion(null, null, by, "offered,answered,abandoned,timedout,SL,ASA,ATT,WAIT.P90,TALK.P50,TRF,RNA,BREAK", ["SL.variant=excluding-short"]);
            answers.AppendLine(Encoding.UTF8.GetString(await centre.Do(async services => (await services.GetRequiredService<AskFigures>().Run(question, default)).Value.Text.Json())));
        }
        return answers.ToString();
    }

    /// <summary>Contacts by what the system measured itself: an answer that was missed is known by its end, to a second and without the ring.</summary>
    private static Task<string> Shown(TestCentre centre) => centre.Do(async services =>
    {
        var organisation = await services.GetRequiredService<IOrganisation>().Read(default);
        var rows = await services.GetRequiredService<EvenhandDb>().Contacts.AsNoTracking().ToListAsync();
        return string.Join('\n', rows.Select(c => FormattableString.Invariant(
            $"{c.CallId} {organisation.Queues[c.QueueId].Code} {(c.AgentId is { } a ? organisation.Agents[a].Code : "-")} {c.Customer} {c.Wait} {c.Talk} {c.Outcome} {c.EndedBy} {c.RingNoAnswers}")).Order(StringComparer.Ordinal));
    });

    private static async Task Ended(TestCentre centre, int contacts)
    {
        for (var turn = 0; turn < 1200; turn++)
        {
            if (await centre.Do(s => s.GetRequiredService<EvenhandDb>().Contacts.CountAsync(c => c.EndedAt != null)) == contacts) return;
            await Task.Delay(50);
        }
        throw new TimeoutException($"not all calls ended: {System.Text.Json.JsonSerializer.Serialize(await centre.Do(s => s.GetRequiredService<EvenhandDb>().PbxStandings.AsNoTracking().ToListAsync()))} {await centre.Contacts()}");
    }

    /// <summary>The messages of a part after its greeting.</summary>
    private static string[] Recorded(int part)
    {
        using var gzip = new GZipStream(File.OpenRead(SharedData.File($"asterisk/live/ami-{part}.txt.gz")), CompressionMode.Decompress);
        using var reader = new StreamReader(gzip, Encoding.UTF8);
        return [.. reader.ReadToEnd().ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(m => m.Trim('\n') + "\n\n")];
    }

    /// <summary>Plays the messages as they were recorded; what is asked meanwhile is acknowledged between two of them.</summary>
    private static async Task Play(ScriptedServer.Connection connection, string[] messages, bool last)
    {
        await ScriptedAmi.LogIn(connection);
        using var turn = new SemaphoreSlim(1);
        async Task Say(string text)
        {
            await turn.WaitAsync();
            await connection.Send(text);
            turn.Release();
        }
        async Task Acknowledge()
        {
            while (true) await Say(ScriptedAmi.Message("Response: Success", $"ActionID: {ScriptedAmi.Value(await connection.Request(), "ActionID")}", "Ping: Pong"));
        }
        var acknowledging = Acknowledge();
        foreach (var some in messages.Chunk(50)) await Say(string.Concat(some));
        if (!last) connection.Finish();
        await acknowledging;
    }
}
