using Evenhand.Dispatch;
using Evenhand.Dispatch.Presence;
using FsCheck;
using FsCheck.Fluent;

namespace Evenhand.Engines.Tests.Dispatch;

public sealed class BreakQueueTests
{
    private static readonly DateTimeOffset Ten = new(2026, 3, 2, 10, 0, 0, TimeSpan.FromHours(8));
    private static readonly BreakRules Rules = new(2, [new PeakQuota(new TimeOnly(11, 0), new TimeOnly(12, 0), 1)], TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(10));

    [Fact]
    public void The_third_who_asks_waits_his_turn_and_sees_his_place()
    {
        var queue = Asked(Ten, 1, 2, 3, 4);
        queue.Away.Select(p => p.Agent).ShouldBe([Id(1), Id(2)]);
        (queue.PositionOf(Id(1)), queue.PositionOf(Id(3)), queue.PositionOf(Id(4))).ShouldBe((null, 1, 2));
        var back = queue.Leave(Id(1), Ten).Queue.Return(Id(1), Ten.AddMinutes(5), Rules);
        back.Granted.ShouldBe([new BreakPlace(Id(3), "water", Ten.AddMinutes(5), null, null)]);
        back.Queue.PositionOf(Id(4)).ShouldBe(1);
    }

    [Fact]
    public void Nobody_leaves_above_the_quota_of_the_peak_but_who_is_away_stays_away()
    {
        var peak = Ten.AddHours(1);
        var queue = Asked(peak.AddMinutes(-5), 1, 2, 3);
        queue = queue.Leave(Id(1), peak.AddMinutes(-5)).Queue.Leave(Id(2), peak.AddMinutes(-5)).Queue;
        var inPeak = queue.Return(Id(1), peak, Rules);
        inPeak.Granted.ShouldBeEmpty();
        inPeak.Queue.Return(Id(2), peak.AddMinutes(1), Rules).Granted.Select(p => p.Agent).ShouldBe([Id(3)]);
        queue.Tick(peak.AddHours(1), Rules).Granted.ShouldBeEmpty();
        inPeak.Queue.Tick(peak.AddHours(1), Rules).Granted.Select(p => p.Agent).ShouldBe([Id(3)]);
    }

    [Fact]
    public void A_granted_place_that_is_not_taken_lapses_to_the_next()
    {
        var step = Asked(Ten, 1, 2, 3).Leave(Id(2), Ten).Queue.Tick(Ten.AddMinutes(10), Rules);
        step.Lapsed.ShouldBe([Id(1)]);
        step.Granted.Select(p => p.Agent).ShouldBe([Id(3)]);
    }

    [Fact]
    public void Nobody_goes_ungranted_twice_or_without_a_reason()
    {
        var queue = Asked(Ten, 1, 2, 3);
        queue.Leave(Id(3), Ten).Denied.ShouldBe(new Denial("dispatch.break-not-granted", 1));
        queue.Leave(Id(9), Ten).Denied.ShouldBe(new Denial("dispatch.break-not-granted", 0));
        queue.Ask(Id(3), "tea", Ten, Rules).Denied.ShouldBe(new Denial("dispatch.break-already-asked", 1));
        queue.Ask(Id(1), "tea", Ten, Rules).Denied.ShouldBe(new Denial("dispatch.break-already-away"));
        queue.Ask(Id(5), " ", Ten, Rules).Denied.ShouldBe(new Denial("dispatch.break-needs-reason"));
    }

    [Fact]
    public void A_leader_sends_someone_past_the_queue_and_it_is_recorded()
    {
        var step = Asked(Ten, 1, 2, 3).Send(Id(3), "upset", Id(99), Ten);
        step.Granted.ShouldBe([new BreakPlace(Id(3), "upset", Ten, null, Id(99))]);
        step.Queue.Away.Count.ShouldBe(3);
        step.Queue.Waiting.ShouldBeEmpty();
    }

    [Fact]
    public void A_break_over_its_limit_is_listed()
    {
        var queue = Asked(Ten, 1).Leave(Id(1), Ten).Queue;
        queue.OverLimit(Ten.AddMinutes(15), Rules).ShouldBeEmpty();
        queue.OverLimit(Ten.AddMinutes(16), Rules).ShouldBe([(Id(1), TimeSpan.FromMinutes(1))]);
    }

    [Fact]
    public void Whatever_is_asked_no_grant_goes_above_the_quota_and_grants_keep_the_order_asked() => Prop.ForAll(
        ArbMap.Default.GeneratorFor<(byte Agent, byte What)[]>().ToArbitrary(),
        steps =>
        {
            var (queue, now, good) = (BreakQueue.Empty, Ten, true);
            foreach (var (agent, what) in steps)
            {
                now = now.AddMinutes(what % 7);
                var expected = queue.Waiting;
                var step = (what % 3) switch { 0 => queue.Ask(Id(agent), "x", now, Rules), 1 => queue.Return(Id(agent), now, Rules), _ => queue.Leave(Id(agent), now) };
                good &= step.Granted.Count == 0 || step.Queue.Away.Count <= Rules.QuotaAt(now);
                good &= step.Granted.Select(p => p.Agent).SequenceEqual(expected.Select(r => r.Agent).Where(a => what % 3 != 1 || a != Id(agent))
                    .Concat(what % 3 == 0 ? [Id(agent)] : []).Take(step.Granted.Count));
                queue = step.Queue;
            }
            return good;
        }).QuickCheckThrowOnFailure();

    private static BreakQueue Asked(DateTimeOffset at, params int[] agents) => agents.Aggregate(BreakQueue.Empty, (q, a) => q.Ask(Id(a), "water", at, Rules).Queue);

    private static Guid Id(int number) => new(number, 0, 0, new byte[8]);
}
