using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Evenhand.Routing.Telephony;
using Evenhand.Telephony.Live;
using Microsoft.Extensions.Logging;

namespace Evenhand.Tests.Telephony;

/// <summary>One line over a real socket, against servers that break off, fall silent, refuse and come back; time passes by hand.</summary>
public sealed class PbxLineTests
{
    private static readonly string[] OneQueue = ["Event: QueueParams", "Queue: q", "Completed: 0", "Abandoned: 0"];

    [Fact]
    public async Task A_cut_in_the_middle_of_a_message_is_taken_up_again_and_what_was_missed_is_mended()
    {
        await using var server = new ScriptedAmi(
            async c =>
            {
                await ScriptedAmi.LogIn(c);
                await ScriptedAmi.AnswerStatus(c, OneQueue);
                var first = Join("1.1", 1);
                await c.Trickle(first);
                await c.Send(first + Join("1.2", 2) + "Event: QueueCallerJ");
            },
            async c =>
            {
                await ScriptedAmi.LogIn(c);
                await ScriptedAmi.AnswerStatus(c, ["Event: QueueParams", "Queue: q", "Completed: 0", "Abandoned: 1"],
                    ["Event: QueueEntry", "Queue: q", "Position: 1", "Uniqueid: 1.2", "Wait: 3"], ["Event: QueueEntry", "Queue: q", "Position: 2", "Uniqueid: 1.3", "Wait: 1"]);
                await c.Hang();
            });
        await using var line = new Kept(server.Port);
        await line.Until(() => line.Facts.OfType<PbxSynced>().Count() == 2);
        line.Facts.Select(f => f.GetType().Name).ShouldBe(["PbxSynced", "CallerJoined", "CallerJoined", "PbxGap", "CallVanished", "CallerJoined", "UnseenCounted", "PbxSynced"]);
        line.Lines.ShouldBe(["1800000001|1.1|q|NONE|ENTERQUEUE||13800138000|1", "1800000002|1.2|q|NONE|ENTERQUEUE||13800138000|2"]);
        (line.State.IsConnected, line.State.Ghosts, line.State.Unseen, line.State.Fault).ShouldBe((true, 1, 1, "disconnected"));
        line.State.FullStateAt.ShouldNotBeNull();
        server.Requests.ShouldAllBe(r => !r.Contains("s3cret", StringComparison.Ordinal));
        server.Failure.ShouldBeNull();
    }

    [Fact]
    public async Task A_half_open_connection_is_noticed_by_an_unanswered_ping()
    {
        await using var server = new ScriptedAmi(async c =>
        {
            await ScriptedAmi.LogIn(c);
            await ScriptedAmi.AnswerStatus(c, OneQueue);
            await c.Hang();
        });
        await using var line = new Kept(server.Port);
        await line.Until(() => line.State.FullStateAt is not null);
        for (var passed = 0; passed < 12; passed++) line.Clock.Advance(1);
        line.State.IsConnected.ShouldBeTrue();
        await line.Until(() => line.State.Fault == "silent");
        await line.Until(() => server.Connections == 2 && line.State.IsConnected);
    }

    [Fact]
    public async Task A_wrong_secret_is_a_visible_fault_and_is_not_tried_again_soon()
    {
        await using var server = new ScriptedAmi(ScriptedAmi.Refuse);
        await using var line = new Kept(server.Port);
        await line.Clock.Until(() => line.State.Fault is not null);
        (line.State.Fault, line.State.FaultDetail, line.State.IsConnected).ShouldBe(("refused", "Authentication failed", false));
        (line.State.RetryAt - line.Clock.GetUtcNow()).ShouldBe(TimeSpan.FromSeconds(30));
        line.Clock.Advance(29);
        server.Connections.ShouldBe(1);
        line.Clock.Advance(2);
        await line.Clock.Until(() => server.Connections == 2);
        line.Log.ShouldAllBe(l => !l.Contains("s3cret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Garbage_and_a_closed_door_are_told_apart_and_outlived()
    {
        var port = 0;
        await using (var server = new ScriptedAmi(async c =>
        {
            await c.Send("\0\x16\x03\x01HTTP/1.1 400 Bad Request\r\n\r\n");
            await c.Hang();
        }))
        {
            port = server.Port;
            await using var line = new Kept(port);
            await line.Clock.Until(() => line.State.Fault is not null);
            line.State.Fault.ShouldBe("wrong-protocol");
        }
        await using var other = new Kept(port);
        await other.Clock.Until(() => other.State.Fault is not null);
        (other.State.Fault, other.State.FaultDetail).ShouldBe(("unreachable", nameof(SocketError.ConnectionRefused)));
    }

    [Fact]
    public void Pauses_double_to_half_a_minute_and_no_two_are_alike()
    {
        new[] { 1, 2, 3, 5, 6, 60 }.Select(n => PbxLine.PauseAfter(n, null, 1).TotalSeconds).ShouldBe([1, 2, 4, 16, 30, 30]);
        PbxLine.PauseAfter(3, SessionEnd.Silent, 0).TotalSeconds.ShouldBe(2);
        PbxLine.PauseAfter(1, SessionEnd.Refused, 1).TotalSeconds.ShouldBe(60);
    }

    [Fact]
    public async Task After_a_steady_connection_the_pauses_begin_anew()
    {
        var cut = new TaskCompletionSource();
        await using var server = new ScriptedAmi(_ => Task.CompletedTask, _ => Task.CompletedTask, _ => Task.CompletedTask, async c =>
        {
            await ScriptedAmi.LogIn(c);
            await ScriptedAmi.AnswerStatus(c, OneQueue);
            await cut.Task.WaitAsync(c.Stop);
        });
        await using var line = new Kept(server.Port);
        await line.Until(() => server.Connections == 4 && line.State.FullStateAt is not null);
        line.Clock.Advance(12);
        cut.SetResult();
        await line.Clock.Until(() => line.State.RetryAt is not null);
        (line.State.RetryAt - line.Clock.GetUtcNow()).ShouldBe(TimeSpan.FromSeconds(0.5));
    }

    [Fact]
    public async Task Every_phone_of_ours_is_kept_back_and_the_offered_one_let_go_also_after_the_system_restarted()
    {
        string[] Member(string name, int paused, string reason = "") => ["Event: QueueMember", "Queue: q", $"Name: {name}", $"Location: PJSIP/{name}", "Status: 1", $"Paused: {paused}", $"PausedReason: {reason}", "InCall: 0"];
        var restart = new TaskCompletionSource();
        await using var server = new ScriptedAmi(
            async c =>
            {
                await ScriptedAmi.LogIn(c);
                await ScriptedAmi.AnswerStatus(c, OneQueue, Member("1", 0), Member("2", 1, "evenhand"), Member("3", 0));
                for (var paused = 0; paused < 2; paused++) await ScriptedAmi.Answer(c, "QueuePause", "Response: Success");
                await restart.Task.WaitAsync(c.Stop);
            },
            async c =>
            {
                await ScriptedAmi.LogIn(c);
                await ScriptedAmi.AnswerStatus(c, OneQueue, Member("1", 0), Member("2", 0), Member("3", 0));
                while (true) await ScriptedAmi.Answer(c, "QueuePause", "Response: Success");
            });
        await using var line = new Kept(server.Port, "PJSIP/1", "PJSIP/2");
        await line.Until(() => Pauses(server).Count == 1);
        Pauses(server).ShouldBe(["PJSIP/1 true q evenhand"]);
        var (isMember, answer) = await line.Line.Offer("1.1", "q", "PJSIP/2");
        (isMember, answer?.Outcome).ShouldBe((true, CommandOutcome.Done));
        Pauses(server)[^1].ShouldBe("PJSIP/2 false q ");
        (await line.Line.Offer("1.1", "q", "PJSIP/9")).IsMember.ShouldBeFalse();
        restart.SetResult();
        await line.Until(() => Pauses(server).Count >= 4);
        Pauses(server)[2..4].Order().ShouldBe(["PJSIP/1 true q evenhand", "PJSIP/2 true q evenhand"]);
        Pauses(server).ShouldAllBe(p => !p.Contains("PJSIP/3", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_lets_go_leaves_nobody_paused_that_was_only_kept_back()
    {
        await using var server = new ScriptedAmi(async c =>
        {
            await ScriptedAmi.LogIn(c);
            await ScriptedAmi.AnswerStatus(c, OneQueue,
                ["Event: QueueMember", "Queue: q", "Name: 1", "Location: PJSIP/1", "Status: 1", "Paused: 1", "PausedReason: evenhand"], ["Event: QueueMember", "Queue: q", "Name: 2", "Location: PJSIP/2", "Status: 1", "Paused: 1", "PausedReason: evenhand"]);
            while (true) await ScriptedAmi.Answer(c, "QueuePause", "Response: Success");
        });
        await using var line = new Kept(server.Port, "PJSIP/1", "PJSIP/2");
        await line.Until(() => line.State.FullStateAt is not null);
        line.Line.Tell(k => k.Break("PJSIP/2", "meal"));
        await line.Until(() => Pauses(server).Contains("PJSIP/2 true q meal"));
        var letting = line.Line.LetGo();
        await line.Until(() => letting.IsCompleted);
        Pauses(server).ShouldBe(["PJSIP/2 true q meal", "PJSIP/1 false q "]);
    }

    [Fact]
    public async Task What_is_asked_of_a_line_that_is_not_connected_is_answered_at_once()
    {
        await using var line = new Kept(1);
        await line.Clock.Until(() => line.State.Fault is not null);
        (await line.Line.Order(new DialOrder("PJSIP/1", "10086", "out"))).ShouldBeNull();
        (await line.Line.Offer("1.1", "q", "PJSIP/1")).Answer.ShouldBeNull();
    }

    [Fact]
    public async Task A_call_back_is_done_when_the_phone_was_picked_up_and_lost_when_the_line_goes()
    {
        ScriptedAmi? asked = null;
        await using var server = asked = new ScriptedAmi(async c =>
        {
            await ScriptedAmi.LogIn(c);
            await ScriptedAmi.AnswerStatus(c, OneQueue);
            foreach (var result in new[] { "Success", "Failure" })
            {
                await ScriptedAmi.Answer(c, "Originate", "Response: Success", "Message: Originate successfully queued");
                await c.Send(ScriptedAmi.Message("Event: OriginateResponse", $"ActionID: {ScriptedAmi.Value(asked!.Requests[^1], "ActionID")}", $"Response: {result}", "Reason: 3"));
            }
            await ScriptedAmi.Answer(c, "Originate", "Response: Success");
        });
        await using var line = new Kept(server.Port);
        await line.Until(() => line.State.FullStateAt is not null);
        var order = new DialOrder("PJSIP/1", "13800138000", "from-internal");
        (await line.Line.Order(order))!.Outcome.ShouldBe(CommandOutcome.Done);
        (await line.Line.Order(order))!.Outcome.ShouldBe(CommandOutcome.Refused);
        (await line.Line.Order(order))!.Outcome.ShouldBe(CommandOutcome.Lost);
        server.Requests.Count(r => r.Contains("Channel: PJSIP/1\nContext: from-internal\nExten: 13800138000", StringComparison.Ordinal)).ShouldBe(3);
    }

    private static List<string> Pauses(ScriptedServer server) => [.. server.Requests.Where(r => r.StartsWith("Action: QueuePause", StringComparison.Ordinal))
        .Select(r => $"{ScriptedAmi.Value(r, "Interface")} {ScriptedAmi.Value(r, "Paused")} {ScriptedAmi.Value(r, "Queue")} {ScriptedAmi.Value(r, "Reason")}")];

    private static string Join(string call, int second) => ScriptedAmi.Message("Event: QueueCallerJoin", FormattableString.Invariant($"Timestamp: {1_800_000_000 + second}.5"),
        $"Uniqueid: {call}", "Queue: q", $"Position: {second}", $"Count: {second}", "CallerIDNum: 13800138000");

    /// <summary>A line that is kept while the test lasts.</summary>
    private sealed class Kept : IAsyncDisposable, ILogger
    {
        private readonly CancellationTokenSource stop = new();
        private readonly ConcurrentQueue<PbxHeard> heard = [];
        private readonly Task running;

        public Kept(int port, params string[] ours)
        {
            var keeper = new PauseKeeper(ours.Length > 0, true);
            keeper.Adopt(ours.ToHashSet());
            keeper.Route(new HashSet<string> { "q" });
            Line = new PbxLine(new AsteriskTalk("evenhand", "s3cret"), keeper, (IPAddress.Loopback.ToString(), port), heard.Enqueue, Clock, new Least(), this);
            running = Line.Run(stop.Token);
        }

        public HandClock Clock { get; } = new(DateTimeOffset.FromUnixTimeSeconds(1_800_000_000));
        public PbxLine Line { get; }
        public LineState State => Line.State;
        public List<PbxFact> Facts => [.. heard.SelectMany(h => h.Facts)];
        public List<string> Lines => [.. heard.SelectMany(h => h.Lines)];
        public List<string> Log { get; } = [];

        public Task Until(Func<bool> isSo) => Clock.Until(isSo, 0.1);

        public async ValueTask DisposeAsync()
        {
            await stop.CancelAsync();
            await running;
            stop.Dispose();
        }

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Log.Add(formatter(state, exception));

        /// <summary>The shortest pause there can be.</summary>
        private sealed class Least : Random
        {
            public override double NextDouble() => 0;
        }
    }
}
