using System.Text;
using System.Text.Json;
using Evenhand.Telephony.EventSocket;
using Evenhand.Telephony.Live;
using Evenhand.Telephony.QueueLogs;
using FsCheck;
using FsCheck.Fluent;

namespace Evenhand.Engines.Tests.Telephony.EventSocket;

public sealed class CallCenterTests
{
    private readonly List<PbxFact> _facts = [];
    private readonly QueueMirror _mirror;
    private readonly CallCenterTranslator _translator;
    private int _sequence, _second;

    public CallCenterTests()
    {
        _mirror = new(_facts.Add);
        _translator = new(_mirror);
        Lists("");
        _facts.Clear();
    }

    [Fact]
    public void A_served_call_is_joined_offered_connected_and_ended_once_and_wrap_up_is_not_invented()
    {
        Event("member-queue-start", 0, ("CC-Member-CID-Number", "13800138000"));
        Event("agent-offering", 5, ("CC-Agent", "1001"));
        Event("agent-state-change", 5, ("CC-Agent", "1001"), ("CC-Agent-State", "Receiving"));
        Event("bridge-agent-start", 8, ("CC-Agent", "1001"), ("CC-Agent-UUID", "leg"), ("CC-Member-Joined-Time", T(0)), ("CC-Agent-Called-Time", T(5)), ("CC-Agent-Answered-Time", T(8)));
        Event("bridge-agent-end", 68, ("CC-Agent", "1001"), ("CC-Agent-Bridged", "true"), ("CC-Member-Joined-Time", T(0)), ("CC-Agent-Answered-Time", T(8)), ("CC-Bridge-Terminated-Time", T(68)),
            ("variable_sip_hangup_disposition", "recv_bye"));
        Event("member-queue-end", 68, ("CC-Cause", "Terminated"), ("CC-Agent", "1001"), ("CC-Member-Joined-Time", T(0)), ("CC-Agent-Answered-Time", T(8)), ("CC-Member-Leaving-Time", T(68)));
        _facts.Select(f => f.GetType().Name).ShouldBe(["CallerJoined", "AgentRinging", "DeviceChanged", "CallConnected", "CallEnded"]);
        _facts.OfType<CallConnected>().Single().ShouldSatisfyAllConditions(c => c.HoldSeconds.ShouldBe(8), c => c.RingSeconds.ShouldBe(3), c => c.Leg.ShouldBe("leg"));
        _facts.OfType<CallEnded>().Single().ShouldSatisfyAllConditions(c => c.TalkSeconds.ShouldBe(60), c => c.EndedBy.ShouldBe(VisitEnd.Agent));
    }

    [Theory]
    [InlineData("BREAK_OUT", VisitOutcome.Abandoned)]
    [InlineData("NONE", VisitOutcome.Abandoned)]
    [InlineData("TIMEOUT", VisitOutcome.TimedOut)]
    [InlineData("NO_AGENT_TIMEOUT", VisitOutcome.Empty)]
    [InlineData("EXIT_WITH_KEY", VisitOutcome.KeyExit)]
    public void A_caller_who_hangs_up_is_reported_as_break_out(string reason, VisitOutcome outcome)
    {
        Event("member-queue-start", 0);
        Event("member-queue-end", 17, ("CC-Cause", "Cancel"), ("CC-Cancel-Reason", reason), ("CC-Member-Joined-Time", T(0)), ("CC-Member-Leaving-Time", T(17)));
        _facts.OfType<CallerLeft>().Single().ShouldSatisfyAllConditions(l => l.Outcome.ShouldBe(outcome), l => l.WaitSeconds.ShouldBe(17));
    }

    [Fact]
    public void A_bridge_that_never_was_ends_nothing_and_a_missed_one_is_told_by_the_members_end()
    {
        Event("member-queue-start", 0);
        Event("bridge-agent-end", 4, ("CC-Agent", "1001"), ("CC-Agent-Bridged", "false"));
        Event("bridge-agent-fail", 5, ("CC-Agent", "1002"), ("CC-Hangup-Cause", "NO_ANSWER"), ("CC-Agent-Called-Time", T(2)), ("CC-Agent-Aborted-Time", T(5)));
        _facts.Select(f => f.GetType().Name).ShouldBe(["CallerJoined", "AgentMissed"]);
        Event("member-queue-end", 30, ("CC-Cause", "Terminated"), ("CC-Agent", "1003"), ("CC-Member-Joined-Time", T(0)), ("CC-Agent-Answered-Time", T(10)), ("CC-Member-Leaving-Time", T(30)));
        _facts.OfType<CallConnected>().Single().ShouldSatisfyAllConditions(c => c.Told.ShouldBe(PbxTold.Reckoned), c => c.HoldSeconds.ShouldBe(10));
        _facts.OfType<CallEnded>().Single().TalkSeconds.ShouldBe(20);
    }

    [Fact]
    public void A_break_pauses_without_a_reason_in_every_queue_of_the_agents_tiers_and_logging_out_removes()
    {
        Event("agent-status-change", 1, ("CC-Agent", "1001"), ("CC-Agent-Status", "On Break"));
        Event("agent-status-change", 2, ("CC-Agent", "1001"), ("CC-Agent-Status", "On Break"));
        Event("agent-status-change", 3, ("CC-Agent", "1001"), ("CC-Agent-Status", "Available"));
        Event("agent-status-change", 4, ("CC-Agent", "1001"), ("CC-Agent-Status", "Logged Out"));
        Event("agent-status-change", 5, ("CC-Agent", "1001"), ("CC-Agent-Status", "Available"));
        _facts.Select(f => f.GetType().Name).ShouldBe(["MemberPaused", "MemberPaused", "MemberUnpaused", "MemberUnpaused", "MemberRemoved", "MemberRemoved", "MemberAdded", "MemberAdded"]);
        _facts.OfType<MemberPaused>().ShouldAllBe(p => p.Reason == null);
    }

    [Fact]
    public void Every_event_twice_is_as_once()
    {
        void Story()
        {
            Event("member-queue-start", 0);
            Event("agent-offering", 2, ("CC-Agent", "1001"));
            Event("bridge-agent-start", 3, ("CC-Agent", "1001"), ("CC-Member-Joined-Time", T(0)), ("CC-Agent-Called-Time", T(2)), ("CC-Agent-Answered-Time", T(3)));
            Event("bridge-agent-end", 9, ("CC-Agent", "1001"), ("CC-Agent-Bridged", "true"), ("CC-Member-Joined-Time", T(0)), ("CC-Agent-Answered-Time", T(3)), ("CC-Bridge-Terminated-Time", T(9)));
        }
        Story();
        var once = _facts.Count;
        _sequence = 0;
        Story();
        _facts.Count.ShouldBe(once, "the same sequence");
        Story();
        _facts.Count.ShouldBe(once, "another sequence, the same times");
    }

    [Fact]
    public void A_full_state_removes_ghosts_adds_what_was_missed_and_says_so()
    {
        Event("member-queue-start", 0, ("CC-Member-Session-UUID", "ghost"));
        Event("member-queue-start", 1, ("CC-Member-Session-UUID", "stays"));
        _translator.Accept(new EventSocketClosed(At(2), SessionEnd.Disconnected));
        _mirror.IsInDoubt.ShouldBeTrue();
        Lists("stays|13800000001|Waiting||" + T(1) + "|0\nmissed|13800000002|Trying||" + T(5) + "|0\ntalks|13800000003|Answered|1001|" + T(3) + "|" + T(6) + "\n");
        _mirror.IsInDoubt.ShouldBeFalse();
        _facts.OfType<CallVanished>().Single().Call.ShouldBe("ghost");
        _mirror.Status(At(9)).Waiting.Select(w => (w.Call, w.Position)).ShouldBe([("stays", 1), ("missed", 2)]);
        _mirror.Status(At(9)).Calls!.Single().ShouldBe(new("talks", "q@d", "1001", At(6)));
        _facts.OfType<CallConnected>().Single().Told.ShouldBe(PbxTold.Status);
    }

    [Fact]
    public void A_count_that_stays_different_or_a_restart_asks_for_the_state()
    {
        Event("members-count", 0, ("CC-Count", "2"), ("CC-Selection", "Single-Queue"));
        _translator.Settle(At(1));
        _translator.WantsStatus.ShouldBeFalse("events under way may still explain it");
        _translator.Settle(At(4));
        _translator.WantsStatus.ShouldBeTrue();
        Lists("");
        _translator.WantsStatus.ShouldBeFalse();
        Event("member-queue-start", 9, ("Core-UUID", "another"));
        _translator.WantsStatus.ShouldBeTrue();
    }

    [Fact]
    public void Whatever_an_event_holds_it_does_not_throw() =>
        Prop.ForAll(Gen.Elements("CC-Action", "CC-Queue", "CC-Agent", "CC-Count", "CC-Member-Session-UUID", "CC-Cause", "Event-Date-Timestamp", "CC-Agent-Status", "CC-Agent-Called-Time").ArrayOf().ToArbitrary(),
            Gen.Elements("", "member-queue-start", "bridge-agent-end", "member-queue-end", "agent-status-change", "-1", "99999999999999999999", "253000000000", "Cancel", "members-count").ArrayOf().ToArbitrary(), (keys, values) =>
            {
                var headers = keys.Zip(values).DistinctBy(p => p.First).ToDictionary(p => p.First, p => p.Second);
                headers["Event-Subclass"] = "callcenter::info";
                _translator.Accept(new EventSocketHeard(At(0), Read(headers)));
                _translator.Accept(new EventSocketLists(At(0), string.Join('|', values), string.Join('\n', values), "queue|agent\n" + string.Join('|', values), new Dictionary<string, string> { ["q"] = string.Join('|', keys) }));
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private static DateTimeOffset At(int second) => DateTimeOffset.FromUnixTimeSeconds(1_800_000_000 + second);

    private static string T(int second) => (1_800_000_000 + second).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private void Event(string action, int second, params (string Key, string Value)[] more)
    {
        _second = second;
        var headers = new Dictionary<string, string>
        {
            ["Event-Name"] = "CUSTOM", ["Event-Subclass"] = "callcenter::info", ["Core-UUID"] = "core", ["Event-Sequence"] = $"{++_sequence}", ["Event-Date-Timestamp"] = T(second) + "000000",
            ["CC-Action"] = action, ["CC-Queue"] = "q@d", ["CC-Member-Session-UUID"] = "call",
        };
        foreach (var (key, value) in more)
            headers[key] = value;
        _translator.Accept(new EventSocketHeard(At(second), Read(headers)));
    }

    private static EventSocketEvent Read(Dictionary<string, string> headers) =>
        EventSocketEvent.Read(new([("Content-Type", "text/event-json")], Encoding.UTF8.GetBytes(JsonSerializer.Serialize(headers))))!;

    private void Lists(string members)
    {
        _translator.Accept(new EventSocketListing(At(_second)));
        _translator.Accept(new EventSocketLists(At(_second), "name|strategy\nq@d|longest-idle-agent\nr@d|top-down\n+OK\n",
            "name|instance_id|status|state\n1001|single_box|Available|Waiting\n1002|single_box|Logged Out|Idle\n+OK\n", "queue|agent|state|level|position\nq@d|1001|Ready|1|1\nr@d|1001|Ready|1|1\nq@d|1002|Ready|1|1\n+OK\n",
            new Dictionary<string, string> { ["q@d"] = "session_uuid|cid_number|state|serving_agent|joined_epoch|bridge_epoch\n" + members + "+OK\n" }));
    }
}
