using System.Collections.Concurrent;
using System.Net;
using Evenhand.Routing.Telephony;
using Evenhand.Telephony.Live;
using Microsoft.Extensions.Logging.Abstractions;

namespace Evenhand.Tests.Telephony;

/// <summary>The line to a FreeSWITCH: what its call centre tells becomes the lines of a log, and its agents' statuses are set.</summary>
public sealed class FreeSwitchLineTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);

    [Fact]
    public async Task Its_agents_are_kept_on_break_and_its_calls_told_through_duplicates_and_a_cut()
    {
        var freed = new TaskCompletionSource();
        await using var server = new ScriptedEventSocket(
            async c =>
            {
                await ScriptedEventSocket.LogIn(c);
                var statuses = new Dictionary<string, string> { ["1001"] = "Available", ["1002"] = "Available" };
                _ = Answer(c, statuses, freed);
                await freed.Task.WaitAsync(c.Stop);
                foreach (var told in new[] { Told("member-queue-start", 7, 0), Told("agent-offering", 8, 1), Told("bridge-agent-start", 9, 3), Told("bridge-agent-start", 9, 3) }) await c.Trickle(told, 11);
                await c.Send(Told("bridge-agent-end", 10, 9)[..60]);
            },
            async c =>
            {
                await ScriptedEventSocket.LogIn(c);
                await Answer(c, new() { ["1001"] = "On Break", ["1002"] = "Available" }, freed);
            });
        var (clock, heard, keeper) = (new HandClock(Start), new ConcurrentQueue<PbxHeard>(), new PauseKeeper(true, false));
        keeper.Adopt(new HashSet<string> { "1001" });
        keeper.Route(new HashSet<string> { "q@d" });
        var line = new PbxLine(new FreeSwitchTalk("ClueCon"), keeper, (IPAddress.Loopback.ToString(), server.Port), heard.Enqueue, clock, new Random(1), NullLogger.Instance);
        using var stop = new CancellationTokenSource();
        var running = line.Run(stop.Token);
        await clock.Until(() => heard.SelectMany(h => h.Facts).OfType<MemberPaused>().Any(p => p.Member == "1001"), 0.02);
        server.Requests.ShouldContain(r => r.EndsWith("agent set status 1001 'On Break'", StringComparison.Ordinal));
        (await line.Offer("a", "q@d", "1001")).Answer!.Outcome.ShouldBe(CommandOutcome.Done);
        server.Requests[^1].ShouldEndWith("agent set status 1001 Available");
        freed.SetResult();
        await clock.Until(() => server.Connections == 2 && line.State.IsConnected && heard.SelectMany(h => h.Facts).OfType<CallVanished>().Any(), 0.05);
        heard.SelectMany(h => h.Lines).Where(l => !l.Contains("PAUSE", StringComparison.Ordinal)).ShouldBe([
            "1800000000|a|q@d|NONE|ENTERQUEUE||13800138000|", "1800000003|a|q@d|1001|CONNECT|3|leg|2"]);
        heard.SelectMany(h => h.Lines).ShouldContain(l => l.EndsWith("|q@d|1001|PAUSE|evenhand", StringComparison.Ordinal), "a break of the router is no break of the person");
        server.Requests.ShouldAllBe(r => !r.Contains("agent set status 1002", StringComparison.Ordinal));
        line.State.Deviations.ShouldBe(0);
        await stop.CancelAsync();
        await running;
    }

    [Fact]
    public async Task A_wrong_password_is_a_visible_fault()
    {
        await using var server = new ScriptedEventSocket(async c =>
        {
            await c.Send("Content-Type: auth/request\n\n");
            await c.Request();
            await c.Send("Content-Type: command/reply\nReply-Text: -ERR invalid\n\n");
            await c.Hang();
        });
        var line = new PbxLine(new FreeSwitchTalk("wrong"), new PauseKeeper(false, false), (IPAddress.Loopback.ToString(), server.Port), _ => { }, new HandClock(Start), new Random(1), NullLogger.Instance);
        using var stop = new CancellationTokenSource();
        var running = line.Run(stop.Token);
        await new HandClock(Start).Until(() => line.State.Fault is not null);
        (line.State.Fault, line.State.FaultDetail).ShouldBe(("refused", "-ERR invalid"));
        await stop.CancelAsync();
        await running;
    }

    /// <summary>Answers the lists and takes statuses, telling of each.</summary>
    private static async Task Answer(ScriptedServer.Connection c, Dictionary<string, string> statuses, TaskCompletionSource over)
    {
        for (var sequence = 100; ; sequence++)
        {
            var request = await c.Request();
            var set = request.Split("agent set status ");
            await c.Send(ScriptedEventSocket.Frame("api/response", request switch
            {
                _ when request.EndsWith("queue list", StringComparison.Ordinal) => "name|strategy\nq@d|longest-idle-agent\n+OK\n",
                _ when request.EndsWith("agent list", StringComparison.Ordinal) => "name|status|state\n" + string.Concat(statuses.Select(s => $"{s.Key}|{s.Value}|Waiting\n")) + "+OK\n",
                _ when request.EndsWith("tier list", StringComparison.Ordinal) => "queue|agent|state\n" + string.Concat(statuses.Select(s => $"q@d|{s.Key}|Ready\n")) + "+OK\n",
                _ when request.Contains("list members", StringComparison.Ordinal) => "session_uuid|state|joined_epoch\n+OK\n",
                _ => "+OK\n",
            }));
            if (set.Length < 2 || over.Task.IsCompleted) continue;
            var (agent, status) = (set[1].Split(' ')[0], set[1][(set[1].IndexOf(' ', StringComparison.Ordinal) + 1)..].Trim('\''));
            statuses[agent] = status;
            await c.Send(ScriptedEventSocket.Info("agent-status-change", sequence, Start, ("CC-Agent", agent), ("CC-Agent-Status", status)));
        }
    }

    private static string Told(string action, int sequence, int second) => ScriptedEventSocket.Info(action, sequence, Start.AddSeconds(second), ("CC-Queue", "q@d"), ("CC-Agent", "1001"), ("CC-Agent-UUID", "leg"),
        ("CC-Member-Session-UUID", "a"), ("CC-Member-CID-Number", "13800138000"), ("CC-Member-Joined-Time", "1800000000"), ("CC-Agent-Called-Time", "1800000001"), ("CC-Agent-Answered-Time", "1800000003"));
}
