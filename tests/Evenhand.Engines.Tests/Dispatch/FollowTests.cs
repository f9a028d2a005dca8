using Evenhand.Dispatch;
using Evenhand.Dispatch.Fairness;
using Evenhand.Dispatch.Presence;
using Evenhand.Dispatch.Queues;

namespace Evenhand.Engines.Tests.Dispatch;

/// <summary>What happens when a telephone system has connected somebody by itself.</summary>
public sealed class FollowTests
{
    [Fact]
    public void The_offered_agent_has_accepted()
    {
        var floor = new Floor(Floor.Queue(1)).Agent(1).Arrive(10, 1, 5).Do(r => r.Follow(Floor.Id(10), Floor.Id(1), Floor.Time(8)));
        floor.Log[^1].Kind.ShouldBe(OutputKind.Accepted);
        floor.Router.FindContact(Floor.Id(10))!.State.ShouldBe(ContactState.InHand);
    }

    [Fact]
    public void Another_than_the_offered_has_it_and_the_offered_keeps_place_and_account()
    {
        var floor = new Floor(Floor.Queue(1)).Agent(1).Agent(2, 1).Arrive(10, 1, 60);
        floor.Holder(10).ShouldBe(1);
        floor.Do(r => r.Follow(Floor.Id(10), Floor.Id(2), Floor.Time(65)));
        floor.Log.TakeLast(2).Select(o => (o.Kind, Floor.Number(o.Agent))).ShouldBe([(OutputKind.Withdrawn, 1), (OutputKind.Followed, 2)]);
        floor.Router.FindContact(Floor.Id(10))!.Agent.ShouldBe(Floor.Id(2));
        var passedBy = floor.Router.FindAgent(Floor.Id(1))!;
        (passedBy.IdleSince, passedBy.Effort, passedBy.Ignored).ShouldBe((Floor.Time(0), TimeSpan.Zero, 0));
        // The old offer's time runs out and changes nothing.
        floor.Tick(90).Do(r => r.Complete(Floor.Id(10), Floor.Time(125)));
        floor.Router.FindAgent(Floor.Id(2))!.Effort.ShouldBe(TimeSpan.FromSeconds(60));
        floor.Log.ShouldNotContain(o => o.Kind == OutputKind.Ignored);
    }

    [Fact]
    public void Skills_presence_and_room_are_not_asked_and_other_calls_offered_to_the_agent_go_on()
    {
        var floor = new Floor(Floor.Queue(1), Floor.Queue(2) with { Skills = [new SkillNeed("nobody", 1)] }).Agent(1).Agent(3).Is(3, WantedState.Break, 1).Arrive(10, 1, 5).Arrive(20, 2, 6);
        floor.Holder(10).ShouldBe(1);
        floor.Do(r => r.Follow(Floor.Id(20), Floor.Id(1), Floor.Time(8)));
        (floor.Holder(20), floor.Holder(10)).ShouldBe((1, 0));
        floor.Agent(2, 9).Holder(10).ShouldBe(2);
        floor.Arrive(30, 1, 10).Do(r => r.Follow(Floor.Id(30), Floor.Id(3), Floor.Time(11)));
        floor.Router.FindContact(Floor.Id(30))!.State.ShouldBe(ContactState.InHand);
        floor.Do(r => r.EndConversation(Floor.Id(30), Floor.Time(20)));
        floor.Log[^1].Kind.ShouldBe(OutputKind.Completed);
    }

    [Fact]
    public void What_is_in_anothers_hand_or_kept_for_somebody_goes_over_too_and_twice_is_once()
    {
        var floor = new Floor(Floor.Queue(1) with { LastAgentFor = TimeSpan.FromMinutes(5) }).Agent(1).Arrive(10, 1, 5).Accept(10, 1, 6).Arrive(20, 1, 7, a => a with { LastAgent = Floor.Id(1) }).Agent(2, 8);
        floor.Router.FindContact(Floor.Id(20))!.State.ShouldBe(ContactState.Reserved);
        floor.Do(r => r.Follow(Floor.Id(10), Floor.Id(2), Floor.Time(36)));
        floor.Log.Single(o => o.Kind == OutputKind.HandedOver).Spent.ShouldBe(TimeSpan.FromSeconds(30));
        floor.Holder(20).ShouldBe(1);
        floor.Do(r => r.Follow(Floor.Id(20), Floor.Id(2), Floor.Time(37))).Do(r => r.Follow(Floor.Id(20), Floor.Id(2), Floor.Time(38)));
        floor.Log.Count(o => o.Kind == OutputKind.Followed).ShouldBe(2);
        (floor.Holder(10), floor.Holder(20)).ShouldBe((2, 2));
    }

    [Fact]
    public void A_followed_contact_stands_in_nobodys_way_afterwards()
    {
        var floor = new Floor(Floor.Queue(1)).Agent(2).Is(2, WantedState.Break, 1).Arrive(10, 1, 5).Arrive(20, 1, 6).Do(r => r.Follow(Floor.Id(10), Floor.Id(2), Floor.Time(8))).Agent(1, 9);
        floor.Holder(20).ShouldBe(1);
        var arrivals = new[] { new Arrival(Floor.Id(10), Floor.QueueId(1), Floor.Time(5)), new Arrival(Floor.Id(20), Floor.QueueId(1), Floor.Time(6)) }.ToDictionary(a => a.Contact);
        OrderCheck.Find(floor.Log, arrivals, new Dictionary<Guid, QueueRules> { [Floor.QueueId(1)] = Floor.Queue(1) },
            new[] { 1, 2 }.ToDictionary(Floor.Id, a => new AgentProfile { Id = Floor.Id(a) })).ShouldBeEmpty();
    }

    [Fact]
    public void A_restored_router_knows_what_was_followed()
    {
        var floor = new Floor(Floor.Queue(1)).Agent(1).Agent(2, 1).Arrive(10, 1, 60).Do(r => r.Follow(Floor.Id(10), Floor.Id(2), Floor.Time(65)));
        floor.Router = Dispatcher.Restore(null, [Floor.Queue(1)], floor.Router.Snapshot(), out var astray);
        astray.ShouldBeEmpty();
        floor.Holder(10).ShouldBe(2);
    }

    [Fact]
    public void Nobody_and_nothing_are_told()
    {
        var floor = new Floor(Floor.Queue(1)).Agent(1).Arrive(10, 1, 5);
        floor.Try(r => r.Follow(Floor.Id(11), Floor.Id(1), Floor.Time(6))).ShouldBe(new Denial("dispatch.unknown-contact", Floor.Id(11)));
        floor.Try(r => r.Follow(Floor.Id(10), Floor.Id(2), Floor.Time(6))).ShouldBe(new Denial("dispatch.unknown-agent", Floor.Id(2)));
        floor.Holder(10).ShouldBe(1);
    }
}
