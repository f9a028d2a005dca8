using Evenhand.Dispatch;
using Evenhand.Dispatch.Fairness;
using Evenhand.Dispatch.Policies;
using Evenhand.Dispatch.Presence;
using Evenhand.Dispatch.Queues;

namespace Evenhand.Engines.Tests.Dispatch;

public sealed class FairShareTests
{
    [Fact]
    public void The_harder_contact_counts_for_more_than_the_longer_wait()
    {
        QueueRules[] queues = [Floor.Queue(1) with { Weight = 3 }, Floor.Queue(2)];
        var floor = new Floor(queues).Agent(1).Agent(2).Is(1, WantedState.Ready, 0);
        Serve(floor, 1, 1, 0, 100).Number.ShouldBe(1);
        Serve(floor, 2, 2, 100, 200).Number.ShouldBe(2);
        // Agent 1 did 100 s of weight 3, agent 2 did 200 s of weight 1: agent 2 is owed more, though agent 1 has been idle longer.
        floor.Arrive(3, 2, 300).Holder(3).ShouldBe(2);
        var why = floor.Last(OutputKind.Offered).Decision!.Value;
        (why.Chosen.EffortPerHour, why.RunnerUp!.Value.EffortPerHour).ShouldBe((200 / 300d, 300 / 300d));
        (why.Chosen.Owed, why.RunnerUp.Value.Owed).ShouldBe((TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(-50)));
    }

    [Fact]
    public void Who_comes_late_starts_even_and_is_not_flooded()
    {
        var floor = new Floor(Floor.Queue(1)).Agent(1).Agent(2);
        for (var i = 1; i <= 20; i++) Serve(floor, i, 1, i * 400, 300);
        floor.Agent(3, 9000);
        var got = Enumerable.Range(100, 9).Select(i => Serve(floor, i, 1, 9000 + ((i - 99) * 400), 300).Number).ToList();
        got.Count(a => a == 3).ShouldBeInRange(2, 4);
    }

    [Fact]
    public void A_debt_beyond_the_catch_up_is_written_off_when_work_comes_again()
    {
        QueueRules[] queues = [Floor.Queue(1) with { Skills = [new SkillNeed("busy", 1)] }, Floor.Queue(2)];
        var busy = new AgentProfile { Id = Guid.Empty, Skills = new Dictionary<string, int> { ["busy"] = 1 } };
        var floor = new Floor(new DispatchSettings { CatchUp = TimeSpan.FromMinutes(10) }, queues).Agent(1, 0, busy).Agent(2);
        for (var i = 0; i < 60; i++) Serve(floor, i + 1, 1, i * 400, 390).Number.ShouldBe(1);
        var got = Enumerable.Range(100, 12).Select(i => Serve(floor, i, 2, 24_000 + ((i - 100) * 400), 300).Number).ToList();
        got.Take(3).ShouldBe([2, 2, 2]);
        got.Count(a => a == 1).ShouldBeInRange(3, 5);
    }

    [Fact]
    public void What_a_leaver_gives_back_is_spread_over_those_who_stay_by_the_same_rule()
    {
        var floor = new Floor(Floor.Queue(1, Channel.Chat)).Agent(1);
        for (var i = 1; i <= 4; i++) floor.Arrive(i, 1, i).Accept(i, 1, i);
        for (var agent = 2; agent <= 5; agent++) floor.Agent(agent, 10);
        floor.Is(1, WantedState.SignedOut, 20);
        for (var i = 1; i <= 4; i++) floor.Do(r => r.Return(Floor.Id(i), Floor.Time(20)));
        Enumerable.Range(1, 4).Select(floor.Holder).Order().ShouldBe([2, 3, 4, 5]);
    }

    [Fact]
    public void Breaks_count_as_time_on_duty_and_meals_do_not()
    {
        var floor = new Floor(Floor.Queue(1)).Agent(1).Agent(2).Is(1, WantedState.Break, 0).Is(2, WantedState.Meal, 0).Is(1, WantedState.Ready, 600).Is(2, WantedState.Ready, 600);
        floor.Tick(700);
        (floor.Router.FindAgent(Floor.Id(1))!.OnDuty(Floor.Time(700)), floor.Router.FindAgent(Floor.Id(2))!.OnDuty(Floor.Time(700))).ShouldBe((TimeSpan.FromSeconds(700), TimeSpan.FromSeconds(100)));
    }

    [Fact]
    public void A_new_shift_begins_even()
    {
        var floor = new Floor(Floor.Queue(1)).Agent(1);
        Serve(floor, 1, 1, 0, 100);
        floor.Do(r => r.BeginShift(Floor.Id(1), Floor.Time(500)));
        var row = floor.Router.FindAgent(Floor.Id(1))!;
        (row.Effort, row.OnDuty(Floor.Time(500)), row.Handling).ShouldBe((TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero));
    }

    [Fact]
    public void Least_occupied_looks_at_handling_time_in_relation_to_time_on_duty()
    {
        var floor = new Floor(Floor.Queue(1) with { Policy = Policy.LeastOccupied }).Agent(1);
        Serve(floor, 1, 1, 0, 200).Number.ShouldBe(1);
        floor.Agent(2, 1000);
        Serve(floor, 2, 1, 1000, 100).Number.ShouldBe(2);
        // Agent 1: 200 s of 1,200; agent 2: 100 s of 200.
        floor.Arrive(3, 1, 1200).Holder(3).ShouldBe(1);
    }

    [Fact]
    public void Spread_has_the_textbook_values()
    {
        var spread = Spread.Of([1, 2, 3, 4]);
        spread.Mean.ShouldBe(2.5);
        spread.Cv!.Value.ShouldBe(Math.Sqrt(5 / 3d) / 2.5, 1e-12);
        spread.Gini!.Value.ShouldBe(0.25, 1e-12);
        spread.Ratio.ShouldBe(4);
        Spread.Of([5, 5, 5]).ShouldBe(new Spread(3, 5, 5, 5, 0, 0));
        Spread.Of([]).Cv.ShouldBeNull();
    }

    [Fact]
    public void The_report_adds_up_what_was_done_and_leaves_out_who_was_hardly_there()
    {
        var floor = new Floor(Floor.Queue(1) with { Weight = 2 }).Agent(1);
        Serve(floor, 1, 1, 0, 900);
        AgentTime[] times = [new(Floor.Id(1), Floor.Id(7), TimeSpan.FromHours(1), TimeSpan.FromMinutes(45)), new(Floor.Id(2), Floor.Id(7), TimeSpan.FromMinutes(5), TimeSpan.Zero)];
        var report = FairnessReport.Of(floor.Log, times, [], 1.5, TimeSpan.FromMinutes(30));
        var share = report.Agents[0];
        (share.Contacts, share.Hard, share.EffortPerHour, share.IdleShare, report.TooShort, report.Teams[Floor.Id(7)].Effort.Count).ShouldBe((1, 1, 0.5, 0.75, 1, 1));
    }

    [Fact]
    public void The_order_check_sees_a_contact_that_was_passed_over()
    {
        var rules = Floor.Queue(1);
        Arrival[] arrivals = [new(Floor.Id(1), rules.Id, Floor.Time(1)), new(Floor.Id(2), rules.Id, Floor.Time(2))];
        Output Said(OutputKind kind, int contact, int at) => new(kind, Floor.Time(at), Floor.Id(contact), rules.Id, Floor.Id(9), Decision: new Decision { Contact = Floor.Id(contact), Queue = rules.Id, Through = rules.Id, Agent = Floor.Id(9), At = Floor.Time(at) });
        IReadOnlyList<OrderViolation> Check(params Output[] outputs) =>
            OrderCheck.Find(outputs, arrivals.ToDictionary(a => a.Contact), new Dictionary<Guid, QueueRules> { [rules.Id] = rules }, new Dictionary<Guid, AgentProfile> { [Floor.Id(9)] = new() { Id = Floor.Id(9) } });
        Check(Said(OutputKind.Queued, 1, 1), Said(OutputKind.Queued, 2, 2), Said(OutputKind.Offered, 2, 3)).ShouldHaveSingleItem().Contact.ShouldBe(Floor.Id(1));
        Check(Said(OutputKind.Queued, 1, 1), Said(OutputKind.Queued, 2, 2), Said(OutputKind.Offered, 1, 3), Said(OutputKind.Offered, 2, 3)).ShouldBeEmpty();
        Check(Said(OutputKind.Queued, 1, 1), Said(OutputKind.Offered, 1, 1), Said(OutputKind.Rejected, 1, 2), Said(OutputKind.Queued, 1, 2), Said(OutputKind.Queued, 2, 2), Said(OutputKind.Offered, 2, 3)).ShouldBeEmpty();
    }

    /// <summary>One contact from arrival to end, taken at once; answers who had it.</summary>
    private static (int Number, Floor Floor) Serve(Floor floor, int contact, int queue, int at, int seconds)
    {
        var agent = floor.Arrive(contact, queue, at).Holder(contact);
        floor.Accept(contact, agent, at).Complete(contact, at + seconds);
        return (agent, floor);
    }
}
