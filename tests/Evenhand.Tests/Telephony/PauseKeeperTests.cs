using Evenhand.Routing.Telephony;
using Evenhand.Telephony.Live;

namespace Evenhand.Tests.Telephony;

/// <summary>Who is paused and should be, without any line.</summary>
public sealed class PauseKeeperTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);

    [Fact]
    public void Members_of_ours_are_kept_back_in_each_queue_and_others_left_alone()
    {
        var keeper = Of(true, ("q", "1"), ("r", "1"), ("q", "2"));
        Orders(keeper).ShouldBe(["1 q pause evenhand", "1 r pause evenhand"]);
        Orders(keeper).ShouldBeEmpty();
        Paused(keeper, "q", "1", "evenhand");
        Paused(keeper, "r", "1", "evenhand");
        Orders(keeper, 60).ShouldBeEmpty();
    }

    [Fact]
    public void An_offer_lets_one_work_in_one_queue_until_it_is_taken()
    {
        var keeper = Held("q", "r");
        keeper.Offer("c1", "q", "1").ShouldBeTrue();
        Orders(keeper).ShouldBe(["1 q unpause "]);
        Unpaused(keeper, "q", "1");
        Orders(keeper, 60).ShouldBeEmpty();
        keeper.Hear(new CallConnected("c1", "q", "1") { At = Now });
        Orders(keeper, 61).ShouldBe(["1 q pause evenhand"]);
        keeper.Deviations.ShouldBe(0);
    }

    [Fact]
    public void A_call_given_to_another_is_a_deviation_and_ends_the_offer_it_had()
    {
        var keeper = Held("q");
        keeper.Adopt(new HashSet<string> { "1", "2" });
        keeper.Hear(new MemberAdded("2", "q") { At = Now });
        Paused(keeper, "q", "2", "evenhand");
        keeper.Offer("c1", "q", "1");
        Orders(keeper);
        Unpaused(keeper, "q", "1");
        keeper.Hear(new CallConnected("c1", "q", "2") { At = Now });
        keeper.Deviations.ShouldBe(1);
        Orders(keeper, 1).ShouldBe(["1 q pause evenhand"]);
        keeper.Hear(new CallConnected("c0", "q", "1") { At = Now, Told = PbxTold.Status });
        keeper.Deviations.ShouldBe(1);
    }

    [Fact]
    public void A_missed_a_left_and_a_withdrawn_call_end_the_offer()
    {
        foreach (var end in (Action<PauseKeeper>[])[k => k.Hear(new AgentMissed("c1", "q", "1") { At = Now }), k => k.Hear(new CallerLeft("c1", "q", default) { At = Now }), k => k.Withdraw("c1", "q", "1")])
        {
            var keeper = Held("q");
            keeper.Offer("c1", "q", "1");
            Orders(keeper);
            Unpaused(keeper, "q", "1");
            keeper.Withdraw("another", "q", "1");
            Orders(keeper, 20).ShouldBeEmpty();
            end(keeper);
            Orders(keeper, 21).ShouldBe(["1 q pause evenhand"]);
        }
    }

    [Fact]
    public void A_break_carries_its_reason_and_afterwards_the_phone_is_kept_back_again()
    {
        var keeper = Held("q");
        keeper.Break("1", "meal");
        Orders(keeper).ShouldBe(["1 q pause meal"]);
        keeper.Break("1", "meal");
        Orders(keeper).ShouldBeEmpty();
        Paused(keeper, "q", "1", "meal");
        keeper.Offer("c1", "q", "1");
        Orders(keeper, 1).ShouldBeEmpty();
        keeper.Break("1", null);
        keeper.Withdraw("c1", "q", "1");
        Orders(keeper, 2).ShouldBe(["1 q pause evenhand"]);
    }

    [Fact]
    public void Where_the_system_chooses_only_breaks_are_ordered_and_what_the_router_left_paused_is_let_go()
    {
        var keeper = Of(false, ("q", "1"), ("q", "2"));
        Orders(keeper).ShouldBeEmpty();
        keeper.Break("1", "tea");
        Orders(keeper).ShouldBe(["1 q pause tea"]);
        Paused(keeper, "q", "1", "tea");
        keeper.Break("1", null);
        Orders(keeper).ShouldBe(["1 q unpause "]);
        Unpaused(keeper, "q", "1");
        Paused(keeper, "q", "1", "by hand");
        Orders(keeper, 60).ShouldBeEmpty();
        Paused(keeper, "q", "1", "evenhand");
        Orders(keeper, 120).ShouldBe(["1 q unpause "]);
    }

    [Fact]
    public void A_refused_or_unanswered_order_is_repeated_but_not_at_once()
    {
        var keeper = Of(true, ("q", "1"));
        var order = keeper.Due(Now).ShouldHaveSingleItem();
        keeper.Sent(order, "7", Now);
        keeper.UnderWay("q", "1").ShouldBe("7");
        keeper.Answered("7", CommandOutcome.Refused, Now);
        Orders(keeper, 9).ShouldBeEmpty();
        Orders(keeper, 10).ShouldBe(["1 q pause evenhand"]);
        keeper.Disconnect();
        Orders(keeper, 11).ShouldBe(["1 q pause evenhand"]);
    }

    [Fact]
    public void A_system_that_pauses_in_all_queues_at_once_is_ordered_once()
    {
        var keeper = new PauseKeeper(true, false);
        keeper.Adopt(new HashSet<string> { "1" });
        keeper.Route(new HashSet<string> { "r" });
        keeper.Hear(new MemberAdded("1", "q") { At = Now });
        keeper.Hear(new MemberAdded("1", "r") { At = Now });
        Orders(keeper).ShouldBe(["1  pause evenhand"]);
        keeper.ReasonOf("1").ShouldBe("evenhand");
        keeper.Hear(new MemberPaused("1", "q", null) { At = Now });
        keeper.Hear(new MemberPaused("1", "r", null) { At = Now });
        keeper.Break("1", "meal");
        (keeper.ReasonOf("1"), Orders(keeper, 60).Count).ShouldBe(("meal", 0));
        keeper.Break("1", null);
        keeper.Offer("c1", "q", "1").ShouldBeTrue();
        Orders(keeper, 61).ShouldBe(["1  unpause "]);
    }

    [Fact]
    public void In_a_queue_that_is_not_routed_nobody_is_kept_back_any_more()
    {
        var keeper = Held("q", "r");
        keeper.Route(new HashSet<string> { "q" });
        Orders(keeper).ShouldBe(["1 r unpause "]);
        Unpaused(keeper, "r", "1");
        Orders(keeper, 60).ShouldBeEmpty();
        keeper.Hear(new CallConnected("c", "r", "1") { At = Now });
        keeper.Deviations.ShouldBe(0);
    }

    private static PauseKeeper Held(params string[] queues)
    {
        var keeper = Of(true, [.. queues.Select(q => (q, "1"))]);
        foreach (var queue in queues) Paused(keeper, queue, "1", "evenhand");
        return keeper;
    }

    private static PauseKeeper Of(bool routes, params (string Queue, string Member)[] members)
    {
        var keeper = new PauseKeeper(routes, true);
        keeper.Adopt(new HashSet<string> { "1" });
        keeper.Route(new HashSet<string> { "q", "r" });
        foreach (var (queue, member) in members) keeper.Hear(new MemberAdded(member, queue) { At = Now });
        return keeper;
    }

    private static void Paused(PauseKeeper keeper, string queue, string member, string reason) => keeper.Hear(new MemberPaused(member, queue, reason) { At = Now });

    private static void Unpaused(PauseKeeper keeper, string queue, string member) => keeper.Hear(new MemberUnpaused(member, queue) { At = Now });

    private static List<string> Orders(PauseKeeper keeper, int second = 0) =>
        [.. keeper.Due(Now.AddSeconds(second)).Select(o => $"{o.Member} {o.Queue} {(o.Paused ? "pause" : "unpause")} {o.Reason}").Order(StringComparer.Ordinal)];
}
