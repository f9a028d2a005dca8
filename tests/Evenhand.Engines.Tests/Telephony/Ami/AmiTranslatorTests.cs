using Evenhand.Engines.Tests.Telephony.Live;
using Evenhand.Telephony.Ami;
using Evenhand.Telephony.Live;
using Evenhand.Telephony.QueueLogs;
using FsCheck;
using FsCheck.Fluent;

namespace Evenhand.Engines.Tests.Telephony.Ami;

public sealed class AmiTranslatorTests
{
    private readonly LivePbx _pbx = new();
    private int _second;

    [Theory]
    [InlineData("Event: VarSet|Uniqueid: c|Variable: QUEUESTATUS|Value: TIMEOUT", VisitOutcome.TimedOut)]
    [InlineData("Event: VarSet|Uniqueid: c|Variable: QUEUESTATUS|Value: LEAVEEMPTY", VisitOutcome.Empty)]
    [InlineData("Event: Hangup|Uniqueid: c", VisitOutcome.Abandoned)]
    public void An_abandon_is_told_when_its_sign_has_come(string sign, VisitOutcome outcome)
    {
        Join();
        Event("QueueCallerAbandon", "Position: 1", "OriginalPosition: 1", "HoldTime: 2");
        Event("QueueCallerLeave", "Position: 1", "Count: 0");
        _pbx.Facts.OfType<CallerLeft>().ShouldBeEmpty();
        _pbx.Feed(sign.Replace('|', '\n'));
        _pbx.Facts.OfType<CallerLeft>().Single().ShouldSatisfyAllConditions(l => l.Outcome.ShouldBe(outcome), l => l.WaitSeconds.ShouldBe(2));
    }

    [Fact]
    public void Without_any_sign_it_is_an_abandon_after_five_seconds()
    {
        Join();
        Event("QueueCallerAbandon", "Position: 1", "OriginalPosition: 1", "HoldTime: 2");
        _pbx.Pass(4);
        _pbx.Facts.OfType<CallerLeft>().ShouldBeEmpty();
        _pbx.Pass(2);
        _pbx.Facts.OfType<CallerLeft>().Single().Outcome.ShouldBe(VisitOutcome.Abandoned);
    }

    [Fact]
    public void A_key_is_seen_by_where_the_caller_goes_on()
    {
        Join();
        Event("QueueCallerLeave", "Position: 1", "Count: 0", "Exten: 4000");
        _pbx.Feed("Event: Newexten\nUniqueid: c\nExten: 9\nPriority: 1");
        _pbx.Lines[^1].ShouldEndWith("|c|q|NONE|EXITWITHKEY|9|1|1|1");
    }

    [Fact]
    public void Transfers_name_their_target()
    {
        Join();
        Event("AgentConnect", "Interface: PJSIP/1", "DestUniqueid: d", "HoldTime: 1", "RingTime: 1");
        _pbx.Feed("Event: AttendedTransfer\nOrigTransfererUniqueid: d\nDestType: Bridge\nDestBridgeUniqueid: b7");
        Event("AgentComplete", "Interface: PJSIP/1", "DestUniqueid: d", "HoldTime: 1", "TalkTime: 9", "Reason: transfer");
        _pbx.Facts.OfType<CallEnded>().Single().Transfer.ShouldBe(new CallTransfer("b7", "BRIDGE", true));
        _pbx.Lines[^1].ShouldEndWith("|c|q|PJSIP/1|ATTENDEDTRANSFER|BRIDGE|b7|1|9|1");
    }

    [Fact]
    public void Members_come_go_pause_and_their_devices_change()
    {
        Event("QueueMemberAdded", "MemberName: Ann", "Interface: PJSIP/1", "Status: 5", "Paused: 1", "PausedReason: lunch");
        Event("QueueMemberStatus", "MemberName: Ann", "Interface: PJSIP/1", "Status: 1", "Paused: 1", "PausedReason: lunch");
        Event("QueueMemberPause", "MemberName: Ann", "Interface: PJSIP/1", "Status: 1", "Paused: 0", "PausedReason: ");
        Event("QueueMemberRemoved", "MemberName: Ann", "Interface: PJSIP/1", "Status: 1", "Paused: 0");
        _pbx.Facts.Select(f => f.GetType().Name).ShouldBe(["MemberAdded", "MemberPaused", "DeviceChanged", "DeviceChanged", "MemberUnpaused", "MemberRemoved"]);
        _pbx.Lines.Select(l => l[(l.IndexOf("|q|", StringComparison.Ordinal) + 3)..]).ShouldBe(["Ann|ADDMEMBER|", "Ann|PAUSE|lunch", "Ann|UNPAUSE|", "Ann|REMOVEMEMBER|"]);
    }

    [Fact]
    public void Calls_in_hand_are_found_by_the_channels_that_share_a_bridge()
    {
        _pbx.Feed("Event: CoreShowChannel\nActionID: 1\nChannel: SIP/trunk-1\nUniqueid: c\nApplication: Queue\nApplicationData: q,t,,,60\nBridgeId: b");
        _pbx.Feed("Event: CoreShowChannel\nActionID: 1\nChannel: PJSIP/10-7\nUniqueid: d\nApplication: AppQueue\nBridgeId: b");
        _pbx.Feed("Event: CoreShowChannel\nActionID: 1\nChannel: SIP/trunk-2\nUniqueid: e\nApplication: Queue\nApplicationData: q\nBridgeId: ");
        _pbx.Feed("Event: CoreShowChannelsComplete\nActionID: 1\nListItems: 3");
        _pbx.Feed("Event: QueueParams\nActionID: 2\nQueue: q");
        _pbx.Feed("Event: QueueMember\nActionID: 2\nQueue: q\nName: Bob\nLocation: PJSIP/1\nStatus: 1\nPaused: 0\nInCall: 0");
        _pbx.Feed("Event: QueueMember\nActionID: 2\nQueue: q\nName: Ann\nLocation: PJSIP/10\nStatus: 2\nPaused: 0\nInCall: 1");
        _pbx.Feed("Event: QueueStatusComplete\nActionID: 2\nListItems: 3");
        _pbx.Mirror.Status(_pbx.Now).Calls!.Select(c => (c.Call, c.Queue, c.Member)).ShouldBe([("c", "q", "PJSIP/10")]);
    }

    [Fact]
    public void The_members_channel_is_known_while_the_call_is_in_hand()
    {
        var pbx = _pbx.Translator;
        Join();
        pbx.MemberChannelOf("c").ShouldBeNull();
        Event("AgentConnect", "Interface: PJSIP/1", "DestUniqueid: d", "DestChannel: PJSIP/1-0a", "HoldTime: 1", "RingTime: 1");
        pbx.MemberChannelOf("c").ShouldBe("PJSIP/1-0a");
        _pbx.Feed("Event: Rename\nChannel: PJSIP/1-0a\nNewname: PJSIP/1-0b\nUniqueid: d");
        pbx.MemberChannelOf("c").ShouldBe("PJSIP/1-0b");
        Event("AgentComplete", "Interface: PJSIP/1", "DestUniqueid: d", "HoldTime: 1", "TalkTime: 9", "Reason: caller");
        pbx.MemberChannelOf("c").ShouldBeNull();
    }

    [Fact]
    public void The_members_channel_is_found_again_by_a_full_state()
    {
        Join();
        Event("AgentConnect", "Interface: PJSIP/10", "DestUniqueid: d", "DestChannel: PJSIP/10-1", "HoldTime: 1", "RingTime: 1");
        _pbx.Translator.Disconnect(_pbx.Now);
        _pbx.Translator.MemberChannelOf("c").ShouldBeNull();
        void State(bool talks)
        {
            if (talks)
            {
                _pbx.Feed("Event: CoreShowChannel\nActionID: 1\nChannel: SIP/trunk-1\nUniqueid: c\nApplication: Queue\nApplicationData: q\nBridgeId: b");
                _pbx.Feed("Event: CoreShowChannel\nActionID: 1\nChannel: PJSIP/10-7\nUniqueid: d\nApplication: AppQueue\nBridgeId: b");
            }
            _pbx.Feed($"Event: CoreShowChannelsComplete\nActionID: 1\nListItems: {(talks ? 2 : 0)}");
            _pbx.Feed("Event: QueueParams\nActionID: 2\nQueue: q");
            _pbx.Feed("Event: QueueMember\nActionID: 2\nQueue: q\nName: Ann\nLocation: PJSIP/10\nStatus: 2\nPaused: 0\nInCall: 1");
            _pbx.Feed("Event: QueueStatusComplete\nActionID: 2\nListItems: 2");
        }
        State(talks: true);
        _pbx.Translator.MemberChannelOf("c").ShouldBe("PJSIP/10-7");
        State(talks: false);
        _pbx.Translator.MemberChannelOf("c").ShouldBeNull("the call has vanished");
    }

    [Fact]
    public void A_list_with_an_item_missing_is_dropped()
    {
        Join();
        _pbx.Feed("Event: QueueParams\nActionID: 2\nQueue: q");
        _pbx.Feed("Event: QueueStatusComplete\nActionID: 2\nListItems: 2");
        _pbx.Mirror.WaitingIn("q").ShouldBe(1);
        _pbx.Mirror.IsInDoubt.ShouldBeTrue();
    }

    [Fact]
    public void Another_number_of_callers_than_ours_is_a_gap_and_asks_for_the_state()
    {
        _pbx.Feed("Event: QueueParams\nActionID: 2\nQueue: q");
        _pbx.Feed("Event: QueueStatusComplete\nActionID: 2\nListItems: 1");
        Join();
        _pbx.Translator.WantsStatus.ShouldBeFalse();
        Event("QueueCallerJoin", "Uniqueid: other", "Position: 3", "Count: 3");
        _pbx.Translator.WantsStatus.ShouldBeTrue();
        _pbx.Facts.OfType<PbxGap>().Single().Cause.ShouldBe("count-differs");
    }

    [Fact]
    public void Whatever_a_message_holds_it_does_not_throw() =>
        Prop.ForAll(Gen.Elements("Event", "Uniqueid", "Queue", "Interface", "Timestamp", "Position", "Count", "ListItems", "Status", "Paused", "HoldTime", "TalkTime", "Wait", "BridgeId", "Location").ArrayOf().ToArbitrary(),
            Gen.Elements("QueueCallerJoin", "QueueCallerLeave", "QueueCallerAbandon", "AgentConnect", "AgentComplete", "QueueEntry", "QueueMember", "QueueStatusComplete", "CoreShowChannel", "Hangup", "", "-1", "q",
                "99999999999999999999", "252999999999.9", "2147483647").ArrayOf().ToArbitrary(), (keys, values) =>
            {
                _pbx.Translator.Accept(new AmiMessage(keys.Zip(values)), _pbx.Now);
                _pbx.Translator.Settle(_pbx.Now);
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    private void Join() => Event("QueueCallerJoin", "CallerIDNum: 138", "Position: 1", "Count: 1");

    private void Event(string name, params string[] more) =>
        _pbx.Feed($"Event: {name}\nTimestamp: {1_795_293_861 + _second++}.25\n{(more.Any(m => m.StartsWith("Uniqueid", StringComparison.Ordinal)) ? "" : "Uniqueid: c\n")}Queue: q\n{string.Join('\n', more)}");
}
