using Evenhand.Dispatch;
using Evenhand.Dispatch.Policies;
using Evenhand.Dispatch.Presence;
using Evenhand.Dispatch.Queues;

namespace Evenhand.Engines.Tests.Dispatch;

public sealed class RoutingTests
{
    [Fact]
    public void A_contact_goes_to_a_free_agent_at_once_and_says_why()
    {
        var floor = new Floor(Floor.Queue(1)).Agent(1).Agent(2, 10).Arrive(100, 1, 60);
        var offered = floor.Last(OutputKind.Offered);
        (offered.Agent, offered.Until).ShouldBe((Floor.Id(1), Floor.Time(80)));
        var why = offered.Decision!.Value;
        (why.Policy, why.Eligible, why.Excluded.Total, why.Bent, why.Chosen.Idle).ShouldBe((Policy.FairShare, 2, 0, Bends.None, TimeSpan.FromSeconds(60)));
        (why.RunnerUp!.Value.Agent, why.RunnerUp.Value.Idle).ShouldBe((Floor.Id(2), TimeSpan.FromSeconds(50)));
    }

    [Fact]
    public void Within_equal_priority_the_first_to_come_is_the_first_to_go_whatever_the_order_of_the_commands()
    {
        var floor = new Floor(Floor.Queue(1));
        foreach (var contact in new[] { 30, 10, 20 })
            floor.Do(r => r.Arrive(new Arrival(Floor.Id(contact), Floor.QueueId(1), Floor.Time(contact)), Floor.Time(30)));
        floor.Router.PositionOf(Floor.Id(20)).ShouldBe(2);
        floor.Agent(1, 40).Holder(10).ShouldBe(1);
        floor.Agent(2, 41).Holder(20).ShouldBe(2);
    }

    [Fact]
    public void Higher_priority_goes_first_until_ageing_has_lifted_the_other()
    {
        Floor Waiting() => new Floor(Floor.Queue(1) with { AgeingPerMinute = 1 }, Floor.Queue(2) with { Priority = 10 }).Arrive(1, 1, 0).Arrive(2, 2, 0);
        Waiting().Agent(9, 599).Holder(2).ShouldBe(9);
        Waiting().Agent(9, 601).Holder(1).ShouldBe(9);
    }

    [Fact]
    public void Nobody_without_the_skill_level_certificate_or_channel_is_offered_anything()
    {
        var queue = Floor.Queue(1) with { Skills = [new SkillNeed("loans", 3)], Certificates = ["funds"] };
        AgentProfile Profile(int level, params Certificate[] certificates) => new() { Id = Guid.Empty, Skills = new Dictionary<string, int> { ["loans"] = level }, Certificates = certificates };
        var floor = new Floor(queue)
            .Agent(1, 0, Profile(2, new Certificate("funds"))).Agent(2, 0, Profile(5)).Agent(3, 0, Profile(5, new Certificate("funds", Floor.Time(50))))
            .Agent(4, 0, Profile(5, new Certificate("funds")) with { Mix = new ChannelMix(0, 250, 1000) })
            .Arrive(1, 1, 60);
        floor.Holder(1).ShouldBe(0);
        floor.Agent(5, 70, Profile(3, new Certificate("funds", Floor.Time(71))));
        floor.Holder(1).ShouldBe(5);
        floor.Last(OutputKind.Offered).Decision!.Value.Excluded.WithoutSkill.ShouldBe(4);
    }

    [Fact]
    public void A_contact_with_needs_of_its_own_waits_for_who_has_them_and_does_not_hold_up_the_rest()
    {
        var floor = new Floor(Floor.Queue(1)).Arrive(1, 1, 0, a => a with { Skills = [new SkillNeed("uyghur", 1)] }).Arrive(2, 1, 1).Agent(1, 5);
        (floor.Holder(1), floor.Holder(2)).ShouldBe((0, 1));
        floor.Agent(2, 6, new AgentProfile { Id = Guid.Empty, Skills = new Dictionary<string, int> { ["uyghur"] = 1 } }).Holder(1).ShouldBe(2);
    }

    [Fact]
    public void Each_reason_for_not_being_asked_is_counted()
    {
        var floor = new Floor(new DispatchSettings { IgnoresBeforePause = 1 }, Floor.Queue(1), Floor.Queue(2, Channel.Chat))
            .Agent(1).Is(1, WantedState.Meal, 1).Agent(2).Is(2, WantedState.Break, 1).Agent(3).Is(3, WantedState.AfterContactWork, 1)
            .Agent(4).Is(4, WantedState.Ready, 1, silent: true).Agent(5).Is(5, WantedState.Ready, 1, DeviceState.Failed)
            .Agent(6).Arrive(60, 1, 2).Tick(30).Arrive(70, 2, 31);
        floor.Agent(7, 32).Arrive(71, 1, 33);
        floor.Agent(8, 40).Arrive(72, 1, 41);
        var excluded = floor.Last(OutputKind.Offered).Decision!.Value;
        excluded.Excluded.ShouldBe(new Exclusions(0, 1, 1, 1, 1, 1, 1, 1, 0));
        (excluded.Eligible + excluded.Excluded.Total).ShouldBe(8);
    }

    [Fact]
    public void One_call_excludes_all_and_chats_stand_side_by_side_up_to_the_mix()
    {
        var floor = new Floor(Floor.Queue(1), Floor.Queue(2, Channel.Chat)).Agent(1);
        for (var i = 1; i <= 5; i++) floor.Arrive(i, 2, i);
        Enumerable.Range(1, 5).Select(floor.Holder).ShouldBe([1, 1, 1, 1, 0]);
        floor.Arrive(9, 1, 10).Holder(9).ShouldBe(0);
        for (var i = 1; i <= 4; i++) floor.Accept(i, 1, 11);
        floor.Complete(1, 20).Holder(5).ShouldBe(1);
        floor.Accept(5, 1, 21);
        foreach (var i in new[] { 2, 3, 4 }) floor.Complete(i, 30).Holder(9).ShouldBe(0);
        floor.Complete(5, 31).Holder(9).ShouldBe(1);
        floor.Arrive(10, 2, 32).Holder(10).ShouldBe(0);
    }

    [Fact]
    public void A_private_call_keeps_everything_away_until_it_ends()
    {
        var floor = new Floor(Floor.Queue(1)).Agent(1).Is(1, WantedState.Ready, 1, DeviceState.Talking).Arrive(1, 1, 2);
        floor.Holder(1).ShouldBe(0);
        floor.Is(1, WantedState.Ready, 3).Holder(1).ShouldBe(1);
    }

    [Fact]
    public void A_rejected_contact_keeps_its_place_and_goes_to_the_next_not_back_to_who_rejected_it()
    {
        var floor = new Floor(Floor.Queue(1)).Agent(1).Arrive(1, 1, 1).Arrive(2, 1, 2).Do(r => r.Reject(Floor.Id(1), Floor.Id(1), Floor.Time(5)));
        (floor.Holder(1), floor.Holder(2)).ShouldBe((0, 1));
        floor.Last(OutputKind.Offered).Decision!.Value.Bent.ShouldBe(Bends.PassedOver);
        floor.Router.PositionOf(Floor.Id(1)).ShouldBe(1);
        floor.Arrive(3, 1, 6).Agent(2, 7).Holder(1).ShouldBe(2);
    }

    [Fact]
    public void When_nobody_else_comes_the_contact_is_offered_again_after_a_while()
    {
        var floor = new Floor(Floor.Queue(1)).Agent(1).Arrive(1, 1, 1).Do(r => r.Reject(Floor.Id(1), Floor.Id(1), Floor.Time(5)));
        floor.Tick(34).Holder(1).ShouldBe(0);
        floor.Tick(35).Holder(1).ShouldBe(1);
    }

    [Fact]
    public void Who_ignores_three_offers_is_paused_visibly_until_resumed()
    {
        var floor = new Floor(Floor.Queue(1)).Agent(1).Arrive(1, 1, 0).Arrive(2, 1, 1).Arrive(3, 1, 2).Arrive(4, 1, 3);
        floor.Tick(20).Tick(40).Tick(60);
        floor.Last(OutputKind.Paused).Agent.ShouldBe(Floor.Id(1));
        Enumerable.Range(1, 4).ShouldAllBe(c => floor.Holder(c) == 0);
        floor.Do(r => r.Resume(Floor.Id(1), Floor.Time(61))).Holder(4).ShouldBe(0);
        floor.Holder(1).ShouldBe(1);
        floor.Try(r => r.Resume(Floor.Id(1), Floor.Time(61))).ShouldBe(new Denial("dispatch.not-paused", Floor.Id(1)));
    }

    [Fact]
    public void What_was_kept_for_an_agent_who_is_paused_goes_to_the_others_at_once()
    {
        var queue = Floor.Queue(1) with { LastAgentFor = TimeSpan.FromSeconds(60) };
        var floor = new Floor(new DispatchSettings { IgnoresBeforePause = 1 }, queue).Agent(1).Arrive(1, 1, 1).Arrive(2, 1, 2, a => a with { LastAgent = Floor.Id(1) });
        floor.Last(OutputKind.Reserved).Contact.ShouldBe(Floor.Id(2));
        floor.Agent(2, 3).Agent(3, 3).Do(r => r.RingNoAnswer(Floor.Id(1), Floor.Id(1), Floor.Time(4)));
        new[] { floor.Holder(1), floor.Holder(2) }.Order().ShouldBe([2, 3]);
    }

    [Fact]
    public void An_answer_to_an_offer_that_is_gone_is_refused()
    {
        var floor = new Floor(Floor.Queue(1)).Agent(1).Arrive(1, 1, 0);
        floor.Try(r => r.Accept(Floor.Id(1), Floor.Id(2), Floor.Time(1)))!.Code.ShouldBe("dispatch.offer-gone");
        floor.Try(r => r.Accept(Floor.Id(1), Floor.Id(1), Floor.Time(20)))!.Code.ShouldBe("dispatch.offer-gone");
        floor.Last(OutputKind.Ignored).Agent.ShouldBe(Floor.Id(1));
    }

    [Fact]
    public void A_customer_who_hangs_up_while_it_rings_costs_the_agent_nothing()
    {
        var floor = new Floor(Floor.Queue(1) with { Policy = Policy.LongestIdle }).Agent(1).Agent(2, 5).Arrive(1, 1, 10);
        floor.Holder(1).ShouldBe(1);
        floor.Do(r => r.Abandon(Floor.Id(1), Floor.Time(12))).Arrive(2, 1, 13).Holder(2).ShouldBe(1);
        floor.Router.FindAgent(Floor.Id(2))!.Effort.ShouldBe(TimeSpan.Zero);
        floor.Accept(2, 1, 14).Try(r => r.Abandon(Floor.Id(2), Floor.Time(15))).ShouldBe(new Denial("dispatch.contact-in-hand", Floor.Id(2), Floor.Id(1)));
    }

    [Theory]
    [InlineData(WantedState.SignedOut)]
    [InlineData(WantedState.Break)]
    [InlineData(WantedState.Meal)]
    public void Who_leaves_while_it_rings_loses_the_offer_and_the_contact_goes_on(WantedState wanted)
    {
        var floor = new Floor(Floor.Queue(1)).Agent(1).Arrive(1, 1, 1).Agent(2, 2).Is(1, wanted, 3);
        floor.Last(OutputKind.Withdrawn).Agent.ShouldBe(Floor.Id(1));
        floor.Holder(1).ShouldBe(2);
    }

    [Fact]
    public void What_is_in_hand_is_protected_when_the_desk_falls_silent_and_goes_back_to_its_old_place_only_when_told()
    {
        var floor = new Floor(Floor.Queue(1)).Agent(1).Arrive(1, 1, 1).Accept(1, 1, 2).Arrive(2, 1, 3).Is(1, WantedState.Ready, 4, silent: true);
        floor.Holder(1).ShouldBe(1);
        floor.Do(r => r.Return(Floor.Id(1), Floor.Time(5))).Router.PositionOf(Floor.Id(1)).ShouldBe(1);
        floor.Agent(2, 6).Holder(1).ShouldBe(2);
    }

    [Fact]
    public void A_work_item_is_handed_to_a_colleague_who_may_and_can_take_it()
    {
        var floor = new Floor(Floor.Queue(1, Channel.WorkItem) with { OfferFor = TimeSpan.Zero }).Agent(1).Arrive(1, 1, 1).Agent(2, 2).Agent(3, 2).Is(3, WantedState.Meal, 3);
        floor.Last(OutputKind.Assigned).Agent.ShouldBe(Floor.Id(1));
        floor.Try(r => r.HandOver(Floor.Id(1), Floor.Id(3), Floor.Time(4))).ShouldBe(new Denial("dispatch.colleague-not-free", Floor.Id(3), "OffDuty"));
        floor.Do(r => r.HandOver(Floor.Id(1), Floor.Id(2), Floor.Time(61))).Holder(1).ShouldBe(2);
        floor.Last(OutputKind.HandedOver).Spent.ShouldBe(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void After_contact_work_ends_by_itself_or_by_the_agent_and_counts_as_handling()
    {
        var queue = Floor.Queue(1) with { WrapUpFor = TimeSpan.FromSeconds(30) };
        var floor = new Floor(queue).Agent(1).Arrive(1, 1, 0).Accept(1, 1, 2).Arrive(2, 1, 3).Do(r => r.EndConversation(Floor.Id(1), Floor.Time(62)));
        floor.Last(OutputKind.WrappingUp).Until.ShouldBe(Floor.Time(92));
        floor.Tick(91).Holder(2).ShouldBe(0);
        floor.Tick(92).Holder(2).ShouldBe(1);
        floor.Last(OutputKind.Completed).Spent.ShouldBe(TimeSpan.FromSeconds(90));
        floor.Accept(2, 1, 93).Do(r => r.EndConversation(Floor.Id(2), Floor.Time(100))).Complete(2, 101).Tick(200);
        floor.Log.Count(o => o.Kind == OutputKind.Completed).ShouldBe(2);
    }

    [Fact]
    public void The_agent_the_customer_had_last_gets_the_contact_while_the_limit_lasts()
    {
        var queue = Floor.Queue(1) with { LastAgentFor = TimeSpan.FromSeconds(60), VipAgentFor = TimeSpan.FromSeconds(120) };
        Floor Busy() => new Floor(queue).Agent(1).Arrive(1, 1, 0).Accept(1, 1, 1).Arrive(2, 1, 10, a => a with { LastAgent = Floor.Id(1) }).Arrive(3, 1, 5);
        var served = Busy().Complete(1, 50);
        (served.Holder(2), served.Last(OutputKind.Offered).Decision!.Value.Bent).ShouldBe((1, Bends.LastAgent));
        var late = Busy().Agent(2, 20).Accept(3, 2, 21).Complete(3, 22);
        (late.Holder(2), late.Holder(3)).ShouldBe((0, 0));
        late.Tick(69).Holder(2).ShouldBe(0);
        late.Tick(70).Holder(2).ShouldBe(2);
        Busy().Agent(2, 20).Accept(3, 2, 21).Complete(3, 22).Is(1, WantedState.SignedOut, 23).Holder(2).ShouldBe(2);
        var vip = Busy().Agent(4, 20).Arrive(5, 1, 30, a => a with { LastAgent = Floor.Id(1), VipAgent = Floor.Id(4) });
        vip.Last(OutputKind.Reserved).Agent.ShouldBe(Floor.Id(4));
    }

    [Fact]
    public void A_contact_that_is_meant_for_somebody_waits_as_long_as_it_says_itself_whatever_the_queue_says()
    {
        Floor Meant(TimeSpan? wait) => new Floor(Floor.Queue(1)).Agent(1).Arrive(1, 1, 0).Accept(1, 1, 1).Arrive(2, 1, 10, a => a with { VipAgent = Floor.Id(1), VipAgentFor = wait }).Agent(2, 20);
        Meant(null).Holder(2).ShouldBe(2, "the queue does not wait for anybody");
        Meant(TimeSpan.FromSeconds(60)).Tick(69).Holder(2).ShouldBe(0);
        Meant(TimeSpan.FromSeconds(60)).Tick(70).Holder(2).ShouldBe(2);
        Meant(TimeSpan.FromSeconds(60)).Complete(1, 40).Holder(2).ShouldBe(1);
    }

    [Fact]
    public void A_queue_gets_help_after_a_time_or_at_a_length_and_the_contact_keeps_its_place_at_home()
    {
        var home = Floor.Queue(1) with { Skills = [new SkillNeed("a", 1)], Overflow = [new OverflowRule(Floor.QueueId(2), After: TimeSpan.FromSeconds(60)), new OverflowRule(Floor.QueueId(3), AtLength: 2)] };
        AgentProfile With(string skill) => new() { Id = Guid.Empty, Skills = new Dictionary<string, int> { [skill] = 1 } };
        QueueRules Helper(int n, string skill) => Floor.Queue(n) with { Skills = [new SkillNeed(skill, 1)] };
        var floor = new Floor(home, Helper(2, "b"), Helper(3, "c")).Agent(2, 0, With("b")).Arrive(1, 1, 1).Arrive(2, 1, 2).Agent(3, 3, With("c"));
        (floor.Holder(1), floor.Holder(2)).ShouldBe((0, 0));
        floor.Arrive(3, 1, 4).Holder(3).ShouldBe(3);
        floor.Tick(61).Holder(1).ShouldBe(2);
        var why = floor.Last(OutputKind.Offered).Decision!.Value;
        (why.Bent, why.Queue, why.Through).ShouldBe((Bends.Overflow, Floor.QueueId(1), Floor.QueueId(2)));
        floor.Tick(62).Agent(1, 63, With("a")).Holder(2).ShouldBe(1);
        floor.Router.Waiting(Floor.QueueId(2)).ShouldBe(0);
    }

    [Fact]
    public void Outside_the_hours_calls_are_turned_away_or_helped_and_work_waits_for_the_opening()
    {
        var open = new Dictionary<DayOfWeek, IReadOnlyList<OpenSpan>> { [DayOfWeek.Monday] = [new OpenSpan(new TimeOnly(9, 10), new TimeOnly(18, 0))] };
        var hours = new OpeningHours(TimeZoneInfo.CreateCustomTimeZone("c", TimeSpan.FromHours(8), "c", "c"), open, new Dictionary<DateOnly, IReadOnlyList<OpenSpan>>());
        var floor = new Floor(
            Floor.Queue(1) with { Hours = hours }, Floor.Queue(2, Channel.WorkItem) with { Hours = hours, WhenClosed = WhenClosed.Wait },
            Floor.Queue(3) with { Hours = hours, Overflow = [new OverflowRule(Floor.QueueId(4), Closed: true)] }, Floor.Queue(4)).Agent(1);
        floor.Arrive(1, 1, 10).Last(OutputKind.TurnedAway).Contact.ShouldBe(Floor.Id(1));
        floor.Arrive(2, 2, 11).Arrive(3, 2, 12).Holder(2).ShouldBe(0);
        floor.Tick(599).Holder(2).ShouldBe(0);
        floor.Tick(600).Holder(2).ShouldBe(1);
        new Floor(Floor.Queue(3) with { Hours = hours, Overflow = [new OverflowRule(Floor.QueueId(4), Closed: true)] }, Floor.Queue(4)).Agent(1).Arrive(4, 3, 13).Holder(4).ShouldBe(1);
    }

    [Fact]
    public void A_contact_moved_to_another_queue_keeps_the_place_of_its_arrival()
    {
        var floor = new Floor(Floor.Queue(1), Floor.Queue(2)).Arrive(1, 1, 0).Arrive(2, 2, 5).Do(r => r.Move(Floor.Id(1), Floor.QueueId(2), Floor.Time(9)));
        (floor.Router.PositionOf(Floor.Id(1)), floor.Router.PositionOf(Floor.Id(2)), floor.Router.Waiting(Floor.QueueId(1))).ShouldBe((1, 2, 0));
    }

    [Fact]
    public void Rules_that_cannot_hold_are_refused_and_say_where()
    {
        var router = new Dispatcher();
        router.SetQueues([Floor.Queue(1) with { Weight = 0 }], Floor.Nine).ShouldBe(new Denial("dispatch.queue-rules", Floor.QueueId(1), "Weight", "0..100"));
        router.SetQueues([Floor.Queue(1) with { Overflow = [new OverflowRule(Floor.QueueId(7))] }], Floor.Nine).ShouldBe(new Denial("dispatch.overflow-target", Floor.QueueId(1), Floor.QueueId(7)));
        router.Arrive(new Arrival(Floor.Id(1), Floor.QueueId(1), Floor.Nine), Floor.Nine).ShouldBe(new Denial("dispatch.unknown-queue", Floor.QueueId(1)));
        router.SetPresence(Floor.Presence(1, WantedState.Ready), Floor.Nine).ShouldBe(new Denial("dispatch.unknown-agent", Floor.Id(1)));
    }

    [Fact]
    public void New_rules_reorder_who_waits_and_lose_nobody()
    {
        var floor = new Floor(Floor.Queue(1), Floor.Queue(2)).Arrive(1, 1, 0).Arrive(2, 2, 5).Do(r => r.SetQueues([Floor.Queue(2) with { Priority = 5 }], Floor.Time(9))).Agent(1, 10);
        (floor.Holder(2), floor.Router.ContactCount).ShouldBe((1, 2));
        floor.Do(r => r.RemoveAgent(Floor.Id(1), Floor.Time(11))).Router.PositionOf(Floor.Id(2)).ShouldBe(1);
    }
}
