using System.Text;
using Evenhand.Telephony.Ami;
using Evenhand.Telephony.Live;
using FsCheck;
using FsCheck.Fluent;

namespace Evenhand.Engines.Tests.Telephony.Ami;

public sealed class AmiSessionTests
{
    private readonly AmiSession _session = new(new AmiAccount("evenhand", "s3cret"));
    private DateTimeOffset _now = DateTimeOffset.UnixEpoch;

    [Fact]
    public void Logs_in_by_challenge_switches_events_on_and_asks_for_the_state()
    {
        _session.Open(_now);
        Sent().ShouldBeEmpty();
        Receive("Asterisk Call Manager/13.0.0\r\n");
        Sent().ShouldBe(["Challenge 1 AuthType=MD5"]);
        Receive("Response: Success\r\nActionID: 1\r\nChallenge: 118364237\r\n\r\n");
        Sent().ShouldBe(["Login 2 AuthType=MD5 Username=evenhand Key=d3ce5930cd95c3033fc2f25bed9917b7 Events=off"]);
        Receive("Response: Success\r\nActionID: 2\r\nMessage: Authentication accepted\r\n\r\nEvent: FullyBooted\r\n\r\n");
        Sent().ShouldBe(["Events 3 EventMask=agent,call,dialplan"]);
        _session.IsReady.ShouldBeFalse();
        Receive("Response: Success\r\nActionID: 3\r\nEvents: On\r\n\r\n");
        Sent().ShouldBe(["Ping 4", "CoreShowChannels 5", "QueueStatus 6"]);
        _session.TakeNews().ShouldBe([new AmiReady(_now)]);
        Receive("Event: QueueCallerJoin\r\nQueue: q\r\n\r\n");
        _session.TakeNews().ShouldHaveSingleItem().ShouldBeOfType<AmiHeard>().Message["Queue"].ShouldBe("q");
    }

    [Fact]
    public void A_refused_login_ends_it_and_nothing_is_sent_after()
    {
        _session.Open(_now);
        Receive("Asterisk Call Manager/13.0.0\r\nResponse: Success\r\nActionID: 1\r\nChallenge: 9\r\n\r\n");
        Receive("Response: Error\r\nActionID: 2\r\nMessage: Authentication failed\r\n\r\n");
        _session.TakeNews().ShouldBe([new AmiClosed(_now, SessionEnd.Refused, "Authentication failed")]);
        _session.Send(AmiAction.Ping(), _now).ShouldBeNull();
        _session.NextTick.ShouldBeNull();
    }

    [Fact]
    public void Something_else_on_the_port_is_recognised()
    {
        _session.Open(_now);
        Receive("SSH-2.0-OpenSSH_9.9\r\n");
        _session.TakeNews().ShouldBe([new AmiClosed(_now, SessionEnd.WrongProtocol)]);
    }

    [Fact]
    public void A_silent_port_is_given_up()
    {
        _session.Open(_now);
        _session.NextTick.ShouldBe(_now.AddSeconds(10));
        Pass(9);
        _session.TakeNews().ShouldBeEmpty();
        Pass(1);
        _session.TakeNews().ShouldBe([new AmiClosed(_now, SessionEnd.Silent)]);
    }

    [Fact]
    public void Answers_find_their_action_in_any_order_and_one_that_never_comes_times_out()
    {
        LogIn();
        var pause = _session.Send(AmiAction.QueuePause("PJSIP/1001", true, reason: "lunch\r\nAction: Command"), _now)!;
        var add = _session.Send(AmiAction.QueueAdd("q", "PJSIP/1002"), _now)!;
        var lost = _session.Send(AmiAction.QueueRemove("q", "PJSIP/1003"), _now)!;
        Sent().ShouldBe([
            $"QueuePause {pause} Interface=PJSIP/1001 Paused=true Reason=lunch  Action: Command",
            $"QueueAdd {add} Queue=q Interface=PJSIP/1002 Paused=false Penalty=0", $"QueueRemove {lost} Queue=q Interface=PJSIP/1003"]);
        Receive($"Response: Error\r\nActionID: {add}\r\nMessage: Unable to add interface: Already there\r\n\r\nResponse: Success\r\nActionID: {pause}\r\n\r\nResponse: Success\r\nActionID: 777\r\n\r\n");
        Replies().ShouldBe([(add, CommandOutcome.Refused), (pause, CommandOutcome.Done)]);
        Pass(9);
        Replies().ShouldBeEmpty();
        Pass(1);
        Replies().ShouldBe([(lost, CommandOutcome.TimedOut)]);
        Receive($"Response: Success\r\nActionID: {lost}\r\n\r\n");
        Replies().ShouldBeEmpty("an answer after its time is not told twice");
    }

    [Fact]
    public void A_cut_tells_what_was_under_way_as_lost_and_the_next_connection_starts_clean()
    {
        LogIn();
        var call = _session.Send(AmiAction.Originate("PJSIP/1001", "out", "13800138000", "4008001000", 20, [new("X", "1"), new("Y", "2")]), _now)!;
        Sent().ShouldBe([$"Originate {call} Channel=PJSIP/1001 Context=out Exten=13800138000 Priority=1 CallerID=4008001000 Timeout=20000 Async=true Variable=X=1 Variable=Y=2"]);
        var passed = _session.Send(AmiAction.BlindTransfer("PJSIP/1001-07", "from-internal", "sales\r\nAction: Logoff"), _now)!;
        Sent().ShouldBe([$"BlindTransfer {passed} Channel=PJSIP/1001-07 Context=from-internal Exten=sales  Action: Logoff"]);
        Receive("Event: Half");
        _session.Disconnect(_now);
        _session.TakeNews().ShouldBe([new AmiReply(_now, call, CommandOutcome.Lost, null), new AmiReply(_now, passed, CommandOutcome.Lost, null), new AmiClosed(_now, SessionEnd.Disconnected)], ignoreOrder: true);
        _session.Disconnect(_now);
        _session.TakeNews().ShouldBeEmpty();
        _session.Open(_now);
        Receive("Asterisk Call Manager/13.0.0\r\n");
        Sent().ShouldHaveSingleItem().ShouldStartWith("Challenge");
    }

    [Fact]
    public void Silence_is_pinged_and_a_ping_without_answer_ends_it()
    {
        LogIn();
        Pass(14);
        Sent().ShouldBeEmpty();
        Pass(1);
        var ping = Sent().ShouldHaveSingleItem().ShouldStartWithPing();
        Pass(5);
        Receive($"Response: Success\r\nActionID: {ping}\r\nPing: Pong\r\nTimestamp: 1.5\r\n\r\n");
        _session.TakeNews().ShouldHaveSingleItem().ShouldBeOfType<AmiHeard>().Message["Timestamp"].ShouldBe("1.5");
        Pass(15);
        Sent().ShouldHaveSingleItem();
        Pass(10);
        _session.TakeNews()[^1].ShouldBe(new AmiClosed(_now, SessionEnd.Silent));
    }

    [Fact]
    public void The_state_is_asked_for_anew_every_45_seconds()
    {
        LogIn();
        for (var i = 0; i < 44; i++)
        {
            Pass(1);
            Receive("Event: X\r\n\r\n");
        }
        Sent().ShouldBeEmpty();
        Pass(1);
        Sent().Select(s => s.Split(' ')[0]).ShouldBe(["Ping", "CoreShowChannels", "QueueStatus"]);
    }

    [Fact]
    public void However_the_bytes_are_cut_and_whatever_they_are_it_does_not_throw_and_ends_alike() =>
        Prop.ForAll(Gen.Elements("Asterisk Call Manager/13.0.0\r\n", "Response: Success\r\nActionID: 1\r\nChallenge: 7\r\n\r\n", "Response: Success\r\nActionID: 2\r\n\r\n",
            "Response: Success\r\nActionID: 3\r\n\r\n", "Response: Error\r\nActionID: 4\r\n\r\n", "Event: E\r\n\r\n", "\r\n", "Response: Success\r\nActionID: 1\r\n\r\n", "x\r\n").ArrayOf().ToArbitrary(),
            Gen.Choose(1, 9).ToArbitrary(), (parts, chunk) => Told(string.Concat(parts), chunk).ShouldBe(Told(string.Concat(parts), 100_000))).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private static string Told(string text, int chunk)
    {
        var session = new AmiSession(new AmiAccount("u", "s"));
        session.Open(DateTimeOffset.UnixEpoch);
        foreach (var part in Encoding.UTF8.GetBytes(text).Chunk(chunk))
            session.Receive(part, DateTimeOffset.UnixEpoch);
        return string.Join('|', session.TakeNews().Select(n => n is AmiHeard heard ? heard.Message.ToString() : n.GetType().Name)) + Encoding.UTF8.GetString(session.TakeOutput());
    }

    private void LogIn()
    {
        _session.Open(_now);
        Receive("Asterisk Call Manager/13.0.0\r\nResponse: Success\r\nActionID: 1\r\nChallenge: 9\r\n\r\n");
        Receive("Response: Success\r\nActionID: 2\r\n\r\nResponse: Success\r\nActionID: 3\r\n\r\n");
        Receive("Response: Success\r\nActionID: 4\r\n\r\nResponse: Success\r\nActionID: 5\r\n\r\nResponse: Success\r\nActionID: 6\r\n\r\n");
        _session.TakeNews();
        Sent();
    }

    private void Receive(string text) => _session.Receive(Encoding.UTF8.GetBytes(text), _now);

    private void Pass(int seconds)
    {
        _now = _now.AddSeconds(seconds);
        _session.Tick(_now);
    }

    private List<(string, CommandOutcome)> Replies() => [.. _session.TakeNews().OfType<AmiReply>().Select(r => (r.ActionId, r.Outcome))];

    private List<string> Sent()
    {
        var messages = new List<AmiMessage>();
        new AmiReader().Read(_session.TakeOutput(), messages);
        return [.. messages.Select(m => string.Join(' ', m.Fields.Select(f => f.Key is "Action" or "ActionID" ? f.Value : $"{f.Key}={f.Value}")))];
    }
}

internal static class Words
{
    public static string ShouldStartWithPing(this string sent)
    {
        sent.ShouldStartWith("Ping ");
        return sent[5..];
    }
}
