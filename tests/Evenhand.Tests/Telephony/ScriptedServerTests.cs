using System.Net;
using System.Net.Sockets;
using Evenhand.Telephony.Ami;
using Evenhand.Telephony.EventSocket;
using Evenhand.Telephony.Live;

namespace Evenhand.Tests.Telephony;

/// <summary>The sessions over a real socket, against servers that speak the recorded protocol and break it off.</summary>
public sealed class ScriptedServerTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
    private readonly List<PbxFact> _facts = [];

    [Fact]
    public async Task An_ami_cut_in_the_middle_of_an_event_is_taken_up_again_and_what_was_missed_is_mended()
    {
        await using var server = new ScriptedAmi(
            async c =>
            {
                await ScriptedAmi.LogIn(c);
                await ScriptedAmi.AnswerStatus(c, ["Event: QueueParams", "Queue: q", "Completed: 0", "Abandoned: 0"]);
                var first = Join("1.1", 1, 1);
                await c.Trickle(first);
                await c.Send(first + Join("1.2", 2, 2) + "Event: QueueCallerJ");
            },
            async c =>
            {
                await ScriptedAmi.LogIn(c);
                await ScriptedAmi.AnswerStatus(c, ["Event: QueueParams", "Queue: q", "Completed: 0", "Abandoned: 1"],
                    ["Event: QueueEntry", "Queue: q", "Position: 1", "Uniqueid: 1.2", "Wait: 3"], ["Event: QueueEntry", "Queue: q", "Position: 2", "Uniqueid: 1.3", "Wait: 1"]);
                await c.Hang();
            });
        var mirror = new QueueMirror(_facts.Add);
        var translator = new AmiTranslator(mirror);
        var session = new AmiSession(new AmiAccount("evenhand", "s3cret"));
        for (var connection = 0; connection < 2; connection++)
        {
            session.Open(Start);
            await Talk(server.Port, bytes => session.Receive(bytes.Span, Start), session.TakeOutput, () => _facts.OfType<PbxSynced>().Count() == 2, () =>
            {
                foreach (var news in session.TakeNews().OfType<AmiHeard>())
                    translator.Accept(news.Message, news.At);
            });
            session.Disconnect(Start);
            if (connection == 0)
                translator.Disconnect(Start);
        }
        _facts.Select(f => f.GetType().Name).ShouldBe(["PbxSynced", "CallerJoined", "CallerJoined", "PbxGap", "CallVanished", "CallerJoined", "UnseenCounted", "PbxSynced"]);
        mirror.Status(Start).Waiting.Select(w => (w.Call, w.Position)).ShouldBe([("1.2", 1), ("1.3", 2)]);
        server.Requests.ShouldContain(r => r.StartsWith("Action: Login", StringComparison.Ordinal) && r.Contains("Key: d3ce5930cd95c3033fc2f25bed9917b7", StringComparison.Ordinal));
        server.Requests.ShouldAllBe(r => !r.Contains("s3cret", StringComparison.Ordinal));
        server.Failure.ShouldBeNull();
    }

    [Fact]
    public async Task An_ami_that_refuses_is_told_as_refused()
    {
        await using var server = new ScriptedAmi(ScriptedAmi.Refuse);
        var session = new AmiSession(new AmiAccount("evenhand", "wrong"));
        session.Open(Start);
        await Talk(server.Port, bytes => session.Receive(bytes.Span, Start), session.TakeOutput, () => !session.IsOpen, () => { });
        session.TakeNews().ShouldBe([new AmiClosed(Start, SessionEnd.Refused, "Authentication failed")]);
    }

    [Fact]
    public async Task An_event_socket_with_duplicates_slow_bytes_and_a_cut_is_taken_up_again()
    {
        string[] lists = ["name|strategy\nq@d|top-down\n+OK\n", "name|status|state\n1001|Available|Waiting\n+OK\n", "queue|agent|state\nq@d|1001|Ready\n+OK\n"];
        var joined = ScriptedEventSocket.Info("member-queue-start", 7, Start, ("CC-Queue", "q@d"), ("CC-Member-Session-UUID", "a"), ("CC-Member-CID-Number", "13800138000"));
        await using var server = new ScriptedEventSocket(
            async c =>
            {
                await ScriptedEventSocket.LogIn(c);
                await ScriptedEventSocket.Answer(c, [.. lists, "session_uuid|state|joined_epoch\n+OK\n"]);
                await c.Trickle(joined, 7);
                await c.Send(joined + joined[..40]);
            },
            async c =>
            {
                await ScriptedEventSocket.LogIn(c);
                await ScriptedEventSocket.Answer(c, [.. lists, "session_uuid|state|joined_epoch\nb|Waiting|1800000002\n+OK\n"]);
                await c.Hang();
            });
        var mirror = new QueueMirror(_facts.Add);
        var translator = new CallCenterTranslator(mirror);
        var session = new EventSocketSession("ClueCon");
        for (var connection = 0; connection < 2; connection++)
        {
            session.Open(Start);
            await Talk(server.Port, bytes => session.Receive(bytes.Span, Start), session.TakeOutput, () => _facts.OfType<PbxSynced>().Count() == 2, () => Pass(session, translator));
            session.Disconnect(Start);
            if (connection == 0)
                Pass(session, translator);
        }
        _facts.Select(f => f.GetType().Name).ShouldBe(["MemberAdded", "DeviceChanged", "PbxSynced", "CallerJoined", "PbxGap", "CallVanished", "CallerJoined", "PbxSynced"]);
        server.Failure.ShouldBeNull();
    }

    private static void Pass(EventSocketSession session, CallCenterTranslator translator)
    {
        foreach (var news in session.TakeNews())
            translator.Accept(news);
    }

    /// <summary>Plays bytes between a session and the server until the server cuts or enough was heard.</summary>
    private static async Task Talk(int port, Action<ReadOnlyMemory<byte>> receive, Func<byte[]> output, Func<bool> enough, Action heard)
    {
        using var client = new TcpClient { NoDelay = true };
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await client.ConnectAsync(IPAddress.Loopback, port, limit.Token);
        var stream = client.GetStream();
        var buffer = new byte[97];
        while (!enough())
        {
            int read;
            try
            {
                read = await stream.ReadAsync(buffer, limit.Token);
            }
            catch (IOException)
            {
                return;
            }
            if (read == 0)
                return;
            receive(buffer.AsMemory(0, read));
            heard();
            await stream.WriteAsync(output(), limit.Token);
        }
    }

    private static string Join(string call, int position, int second) => ScriptedAmi.Message("Event: QueueCallerJoin", FormattableString.Invariant($"Timestamp: {1_800_000_000 + second}.5"),
        $"Uniqueid: {call}", "Queue: q", $"Position: {position}", $"Count: {position}", "CallerIDNum: 13800138000");
}
