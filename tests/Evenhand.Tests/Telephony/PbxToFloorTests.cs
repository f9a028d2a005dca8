using Evenhand.Dispatch.Presence;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Telephony;
using Evenhand.Telephony.Live;
using Evenhand.Telephony.QueueLogs;

namespace Evenhand.Tests.Telephony;

/// <summary>What a telephone system's facts are for the floor, and whose phones its members are.</summary>
public sealed class PbxToFloorTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
    private static readonly Guid Anna = Guid.CreateVersion7(), Bob = Guid.CreateVersion7();
    private readonly PbxToFloor floor = new(member => member switch { "PJSIP/1" or "PJSIP/1b" => Anna, "PJSIP/2" => Bob, _ => null });

    [Fact]
    public void A_call_arrives_is_answered_and_ends() => Told(
        new CallerJoined("c", "q", "138", 1) { At = Now }, new AgentRinging("c", "q", "PJSIP/1") { At = Now }, new AgentMissed("c", "q", "PJSIP/1") { At = Now }, new AgentMissed("c", "q", "PJSIP/9") { At = Now },
        new CallConnected("c", "q", "PJSIP/2") { At = Now }, new CallEnded("c", "q", "PJSIP/2", VisitEnd.Agent) { At = Now })
        .ShouldBe([new Arrive(Now, "c|q", "q", "138"), new Missed(Now, "c|q", "q", Anna), new Connected(Now, "c|q", "q", Bob), new Ended(Now, "c|q", "q", Bob)]);

    [Fact]
    public void A_visit_told_twice_is_one_and_what_is_told_late_of_it_is_not_lost()
    {
        Told(new CallerJoined("c", "q") { At = Now, Told = PbxTold.Status }, new CallerJoined("c", "q", "138", 1) { At = Now }).ShouldBe([new Arrive(Now, "c|q", "q", null)]);
        Told(new CallVanished("c", "q", false, null) { At = Now }).ShouldBe([new Left(Now, "c|q", "q", VisitOutcome.Unfinished)]);
        Told(new CallConnected("c", "q", "PJSIP/9", null, 20) { At = Now }).ShouldBe([new Arrive(Now.AddSeconds(-20), "c|q", "q", null), new Connected(Now, "c|q", "q", null)]);
        Told(new CallVanished("c", "q", true, "PJSIP/9") { At = Now }, new CallEnded("c", "q", "PJSIP/9", VisitEnd.Agent) { At = Now }).ShouldBe([new Ended(Now, "c|q", "q", null)]);
        Told(new CallerLeft("d", "q", VisitOutcome.Abandoned) { At = Now }).ShouldBeEmpty();
    }

    [Fact]
    public void The_busiest_of_an_agents_phones_tells_and_what_is_not_known_is_not_told()
    {
        Told(Is("PJSIP/1", PbxDevice.Unreachable)).ShouldBe([new Device(Now, Anna, DeviceState.Failed)]);
        Told(Is("PJSIP/1b", PbxDevice.Idle), Is("PJSIP/9", PbxDevice.InUse)).ShouldBe([new Device(Now, Anna, DeviceState.Idle)]);
        Told(Is("PJSIP/1", PbxDevice.OnHold), Is("PJSIP/1b", PbxDevice.Ringing)).ShouldBe([new Device(Now, Anna, DeviceState.Holding)]);
        Told(Is("PJSIP/1", PbxDevice.Unknown)).ShouldBe([new Device(Now, Anna, DeviceState.Ringing)]);
        Told(Is("PJSIP/1b", PbxDevice.Unknown)).ShouldBeEmpty();
    }

    [Fact]
    public void A_phone_whose_owner_becomes_known_later_is_told_then()
    {
        Guid? owner = null;
        var late = new PbxToFloor(_ => owner);
        late.Translate([Is("PJSIP/7", PbxDevice.InUse)]).ShouldBeEmpty();
        owner = Bob;
        late.Retell(Now).ShouldBe([new Device(Now, Bob, DeviceState.Talking)]);
        late.Retell(Now).ShouldBeEmpty();
    }

    [Fact]
    public void A_full_state_says_which_visits_are_open()
    {
        var told = Told(new CallerJoined("c", "q") { At = Now }, new CallerJoined("d", "q") { At = Now }, new CallerLeft("c", "q", VisitOutcome.TimedOut) { At = Now }, new PbxSynced { At = Now });
        told[^1].ShouldBeOfType<Present>().Keys.ShouldBe(["d|q"]);
    }

    [Theory]
    [InlineData("PJSIP/1001", null, "1001"), InlineData("1002@centre.example", null, "1002"), InlineData("Local/5@agents/n", "Agent 1001", "1001"), InlineData("SIP/x", "zhang", "zhang")]
    [InlineData("PJSIP/7777", "Agent 7777", null), InlineData("PJSIP/1001-2", null, null)]
    public void A_phone_is_of_whose_code_its_name_or_interface_ends_with(string member, string? name, string? agent)
    {
        var centre = new OrganisationSnapshot(TimeZoneInfo.Utc, [], new[] { "1001", "1002", "zhang" }.Select(c => new Agent(Guid.CreateVersion7(), c, c, null, null, true)), [], []);
        var book = new MemberBook([new PbxMember { PbxId = Anna, Member = member, Name = name }], centre);
        (book.AgentOf(member) is { } id ? centre.Agents[id].Code : null).ShouldBe(agent);
        if (agent is not null && name is not null) book.AgentOf(name).ShouldBe(book.AgentOf(member));
    }

    [Fact]
    public void A_decision_goes_before_the_code()
    {
        var centre = new OrganisationSnapshot(TimeZoneInfo.Utc, [], [new Agent(Anna, "1001", "A", null, null, true), new Agent(Bob, "1002", "B", null, null, true)], [], []);
        var book = new MemberBook([new PbxMember { PbxId = Anna, Member = "PJSIP/1001", AgentId = Bob }, new PbxMember { PbxId = Anna, Member = "PJSIP/1002" }], centre);
        (book.AgentOf("PJSIP/1001"), string.Join(' ', book.MembersOf(Bob)), book.MembersOf(Anna).Count()).ShouldBe((Bob, "PJSIP/1001 PJSIP/1002", 0));
    }

    private static DeviceChanged Is(string member, PbxDevice device) => new(member, device) { At = Now };

    private IReadOnlyList<FloorCall> Told(params PbxFact[] facts) => floor.Translate(facts);
}
