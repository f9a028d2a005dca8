using Evenhand.Analytics.Intervals;
using Evenhand.Analytics.Kpis;
using Evenhand.Intake.Contracts;
using Evenhand.Kernel.Rights;
using Evenhand.Measurement.Contracts;
using Evenhand.Measurement.Intervals;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Tests.Measurement;

/// <summary>How contacts and states become quarter hours.</summary>
public sealed class CountingTests
{
    private const long Monday = 1_772_409_600; // 2026-03-02 00:00 UTC
    private static readonly Guid Queue = Guid.CreateVersion7(), Agent = Guid.CreateVersion7();
    private static readonly IntervalGrid Grid = new(900, TimeZoneInfo.Utc);

    [Fact]
    public void Splitting_at_the_borders_keeps_every_second()
    {
        var contact = from entered in Gen.Choose(0, 80_000) from wait in Gen.Choose(0, 2000) from talk in Gen.Choose(0, 5000) from hold in Gen.Choose(0, 900) from work in Gen.Choose(0, 900)
                      select FakeIntake.Contact(Queue, Agent, Monday + entered, wait, talk, hold, work);
        var state = from start in Gen.Choose(0, 80_000) from length in Gen.Choose(0, 9000) from kind in Gen.Elements(AgentState.SignedIn, AgentState.Break, AgentState.Meal, AgentState.Available)
                    select new StateInterval(Agent, kind, null, Monday + start, Monday + start + length);
        Prop.ForAll(Arb.From(contact.ArrayOf()), Arb.From(state.ArrayOf()), (contacts, states) =>
        {
            var cells = new IntervalCells(Grid, new(Monday, Monday + 2 * 86_400)).Count(contacts, states).Where(c => c.Key.Agent == Agent).Select(c => c.Value.Close()).ToArray();
            long Sum(Counter counter) => cells.Sum(c => c[counter]);
            return Sum(Counter.TalkInInterval) == contacts.Sum(c => c.Talk) && Sum(Counter.TalkSeconds) == contacts.Sum(c => c.Talk)
                && Sum(Counter.HoldInInterval) == contacts.Sum(c => c.Hold) && Sum(Counter.AfterContactInInterval) == contacts.Sum(c => c.AfterContact)
                && Sum(Counter.SignedInSeconds) == Seconds(AgentState.SignedIn) && Sum(Counter.BreakSeconds) == Seconds(AgentState.Break)
                && cells.All(c => c[Counter.AtWorkSeconds] == (c[Counter.SignedInSeconds] > 0 ? c[Counter.SignedInSeconds] - c[Counter.MealSeconds] : 0));
            long Seconds(AgentState kind) => states.Where(s => s.State == kind).Sum(s => s.End!.Value - s.Start);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_contact_counts_where_it_entered_and_its_talk_where_it_was_talked()
    {
        var contact = FakeIntake.Contact(Queue, Agent, Monday + 890, 20, 900);
        var cells = new IntervalCells(Grid, new(Monday, Monday + 86_400)).Count([contact], []);
        Counters At(long start) => cells[new(Monday + start, Guid.Empty, Queue)].Close();
        (At(0)[Counter.Offered], At(0)[Counter.Answered], At(0)[Counter.TalkSeconds], At(0)[Counter.TalkInInterval]).ShouldBe((1, 1, 900, 0));
        (At(900)[Counter.Offered], At(900)[Counter.TalkInInterval], At(1800)[Counter.TalkInInterval]).ShouldBe((0, 890, 10));
    }

    [Fact]
    public void After_contact_states_belong_to_the_contact_they_follow_unless_its_source_told_it()
    {
        var (silent, told) = (FakeIntake.Contact(Queue, Agent, Monday, 0, 100), FakeIntake.Contact(Queue, Agent, Monday + 1000, 0, 100, 0, 7));
        StateInterval Work(long start, int length) => new(Agent, AgentState.AfterContact, null, Monday + start, Monday + start + length);
        var cells = new IntervalCells(Grid, new(Monday, Monday + 86_400)).Count([silent, told], [Work(102, 30), Work(1101, 50), Work(5000, 20)]);
        var (first, second) = (cells[new(Monday, Agent, Queue)], cells[new(Monday + 900, Agent, Queue)]);
        (first.Close()[Counter.AfterContactSeconds], first.WorkKnown, second.Close()[Counter.AfterContactSeconds]).ShouldBe((30, 1, 7));
        cells[new(Monday + 4500, Agent, Guid.Empty)].Close()[Counter.AfterContactInInterval].ShouldBe(20);
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_corrected_contact_leaves_no_trace_of_its_old_form(Store store)
    {
        var intake = new FakeIntake();
        await using var centre = await FakeIntake.Start(store, intake);
        await intake.Know(centre, ["PS"], ["AVI", "TOVA"]);
        var contact = FakeIntake.Contact(intake.Queues["PS"], intake.Agents["AVI"], Monday + 3600, 10, 100);
        await intake.Record(centre, contact, FakeIntake.Contact(intake.Queues["PS"], null, Monday + 3700, 30, 0));
        await intake.Record(centre, contact with { AgentId = intake.Agents["TOVA"], EnteredAt = Monday + 86_400 + 7200, ConnectedAt = Monday + 86_400 + 7210, EndedAt = Monday + 86_400 + 7310 });
        var table = await Ask(centre, new(Monday, Monday + 2 * 86_400, [FigureGroup.Interval, FigureGroup.Queue], ["OFFERED", "ANSWERED", "ABANDONED"]));
        table.Rows.Select(r => (r.Key.Interval - Monday, r.Figures[0].Value, r.Figures[1].Value)).ShouldBe([(3600, 1, 0), (86_400 + 7200, 1, 1)]);
        var agents = await Ask(centre, new(Monday, Monday + 2 * 86_400, [FigureGroup.Agent, FigureGroup.Day], ["ANSWERED"]));
        agents.Rows.Select(r => (r.Key.Agent, r.Key.Day, r.Figures[0].Value)).ShouldBe([(intake.Agents["TOVA"], new DateOnly(2026, 3, 3), 1)]);
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_day_is_the_sum_of_all_its_quarter_hours_however_they_came(Store store)
    {
        var intake = new FakeIntake();
        await using var centre = await FakeIntake.Start(store, intake);
        await intake.Know(centre, ["PS"], ["AVI", "TOVA"]);
        var (queue, avi, tova) = (intake.Queues["PS"], intake.Agents["AVI"], intake.Agents["TOVA"]);
        await intake.Record(centre, FakeIntake.Contact(queue, avi, Monday + 36_000, 10, 100), FakeIntake.Contact(queue, avi, Monday + 36_010, 10, 100));
        await intake.Record(centre, new StateInterval(tova, AgentState.SignedIn, null, Monday + 30_000, Monday + 60_000), new StateInterval(tova, AgentState.Break, null, Monday + 36_000, Monday + 36_090));
        await intake.Record(centre, FakeIntake.Contact(queue, avi, Monday + 3600, 30, 300));
        await intake.Record(centre, FakeIntake.Contact(queue, tova, Monday + 70_000, 50, 50));
        var day = (await Ask(centre, new(Monday, Monday + 86_400, [FigureGroup.Day], ["OFFERED", "ASA", "WAIT.P90", "SIGNEDIN", "AUXPEAK"]))).Rows.Single().Figures;
        day.Select(f => f.Value).ShouldBe([4, 25, 50, 30_000, 0.1]);
        var agents = (await Ask(centre, new(Monday, Monday + 86_400, [FigureGroup.Agent], ["ANSWERED", "ATT"]))).Rows;
        agents.Select(r => (r.Figures[0].Value, r.Figures[1].Value)).ShouldBe([(3, 500 / 3.0), (1, 50)]);
    }

    [Fact]
    public async Task A_percentile_over_many_waits_is_that_of_the_sorted_list()
    {
        var waits = Enumerable.Range(0, 6000).Select(i => i * 7919 % 5003).ToArray();
        var tally = new Tally();
        foreach (var wait in waits) tally.Anchor(new() { EnteredAt = Monday, Outcome = Counter.Answered, Wait = wait, AfterContact = -1 });
        var histogram = tally.Close()[Distribution.WaitAnswered];
        (histogram.Total, histogram.Sum, histogram.Percentile(0.9)).ShouldBe((6000, waits.Sum(w => (long)w), waits.Order().ElementAt(5399)));
        histogram.CountUpTo(4500).ShouldBe(waits.Count(w => w <= 4500));
        await Task.CompletedTask;
    }

    private static Task<FigureTable> Ask(TestCentre centre, FigureRequest request) =>
        centre.Do(services => services.GetRequiredService<IFigures>().Ask(request, Scope.Everything, default));
}
