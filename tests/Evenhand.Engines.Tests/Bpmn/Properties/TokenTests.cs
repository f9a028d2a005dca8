using Evenhand.Bpmn.Execution;
using Evenhand.Bpmn.Model;
using FsCheck;
using FsCheck.Fluent;

namespace Evenhand.Engines.Tests.Bpmn.Properties;

/// <summary>No token is lost or made, on random well-formed processes; the engine does what the blocks say, step by step.</summary>
public sealed class TokenTests
{
    private const int Runs = 300;

    internal static void Holds(int runs, Action<Sub, int> property) =>
        Prop.ForAll(Blocks.Arbitrary, Blocks.Seed, property).Check(Config.QuickThrowOnFailure.WithMaxTest(runs));

    [Fact, Proves("exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway", "subProcess", "eventSubProcess/timer", "eventSubProcess/message", "boundaryEvent/timer", "boundaryEvent-nonInterrupting/timer", "multiInstance")]
    public void Every_step_opens_and_closes_what_the_blocks_say() => Holds(Runs, (process, seed) =>
    {
        var course = new Course(process, seed);
        do Course.Open(course.State).ShouldBe(course.Expected!.Open);
        while (course.Go());
        course.Expected.HasEnded.ShouldBeTrue();
    });

    [Fact, Proves("exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway")]
    public void Every_run_ends_once_with_nothing_left_and_every_join_fires_as_often_as_its_fork() => Holds(Runs, (process, seed) =>
    {
        var course = new Course(process, seed);
        for (var step = 0; course.Go(); step++) step.ShouldBeLessThan(5_000);
        var state = course.State;
        state.Status.ShouldBe(InstanceStatus.Completed);
        (state.Nodes.Length + state.Arrivals.Length + state.Tasks.Length + state.Timers.Length + state.Subscriptions.Length + state.Requests.Length + state.Incidents.Length).ShouldBe(0);
        course.History.OfType<InstanceEnded>().Count().ShouldBe(1);
        course.History.OfType<IncidentRaised>().ShouldBeEmpty();
        course.History.OfType<TaskOpened>().Count().ShouldBe(course.History.OfType<TaskClosed>().Count());
        course.History.OfType<TimerArmed>().Count().ShouldBe(course.History.OfType<TimerGone>().Count());
        course.History.OfType<Subscribed>().Count().ShouldBe(course.History.OfType<Unsubscribed>().Count());
        var happened = course.History.OfType<Recorded>().Where(r => r.Kind == HistoryKind.Happened).CountBy(r => r.Node).ToDictionary();
        foreach (var join in course.Definition.Nodes.Where(n => n.Id.EndsWith("_j", StringComparison.Ordinal) && n.Kind is NodeKind.ParallelGateway or NodeKind.InclusiveGateway))
        {
            var (joined, forked) = (happened.GetValueOrDefault(join.Id), happened.GetValueOrDefault($"{join.Id[..^1]}x"));
            if (course.Expected!.HasInterrupted) joined.ShouldBeLessThanOrEqualTo(forked, join.Id);
            else joined.ShouldBe(forked, join.Id);
        }
    });

    [Fact]
    public void Order_of_independent_commands_does_not_matter() => Holds(Runs, (process, seed) =>
    {
        var course = new Course(process, seed);
        for (var i = course.Throw(8); i > 0 && course.Go(); i--) { }
        var state = course.State;
        for (var i = 1; i < state.Tasks.Length; i++)
        {
            Command one = new CompleteTask(state.Tasks[0].Id), other = new CompleteTask(state.Tasks[i].Id);
            var (there, back) = (After(state, one, other, course.Now), After(state, other, one, course.Now));
            Course.Open(there).ShouldBe(Course.Open(back));
            there.Nodes.Select(n => n.Node.Id).Order().ShouldBe(back.Nodes.Select(n => n.Node.Id).Order());
            there.Arrivals.Select(a => a.Flow.Id).Order().ShouldBe(back.Arrivals.Select(a => a.Flow.Id).Order());
            there.Variables.OrderBy(v => v.Key).ShouldBe(back.Variables.OrderBy(v => v.Key));
            there.Status.ShouldBe(back.Status);
        }
    });

    private static InstanceState After(InstanceState state, Command first, Command second, DateTimeOffset now)
    {
        var one = Engine.Apply(state, first, now);
        one.Refusal.ShouldBeNull();
        var both = Engine.Apply(one.State, second, now);
        both.Refusal.ShouldBeNull();
        return both.State;
    }

    [Fact, Proves("parallelGateway")]
    public void Parallel_join_fires_as_often_as_its_leanest_flow() => Prop.ForAll(Gen.Choose(0, 4).ArrayOf(3).ToArbitrary(), Blocks.Seed, (tokens, seed) =>
    {
        var course = new Course(Uneven(tokens), seed);
        int[] done = [0, 0, 0];
        for (var left = tokens.Sum(); left > 0; left--)
        {
            var open = course.State.Tasks.Where(t => t.Node.Id.StartsWith('b')).ToList();
            var task = open[course.Throw(open.Count)];
            course.Give(new CompleteTask(task.Id));
            done[task.Node.Id[1] - '0']++;
            course.State.Tasks.Count(t => t.Node.Id == "z").ShouldBe(done.Min());
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));

    [Theory, Proves("parallelGateway", "inclusiveGateway", "subProcess/multiInstance")]
    [InlineData("parallelGateway")]
    [InlineData("inclusiveGateway")]
    public void Joins_in_repetitions_of_one_sub_process_do_not_mix(string gateway)
    {
        var process = Execution.Written.Process($"""
            <startEvent id="s"/><subProcess id="x"><multiInstanceLoopCharacteristics><loopCardinality>4</loopCardinality></multiInstanceLoopCharacteristics>
            <startEvent id="xs"/><{gateway} id="f"/><userTask id="a"/><userTask id="b"/><{gateway} id="j"/><userTask id="z"/><go>xs f a j z</go><go>f b j</go></subProcess><endEvent id="e"/><go>s x e</go>
            """);
        Prop.ForAll(Blocks.Seed, seed =>
        {
            var course = new Course(process, seed);
            var done = new Dictionary<int, int>();
            for (var left = 8; left > 0; left--)
            {
                var open = course.State.Tasks.Where(t => t.Node.Id != "z").ToList();
                var task = open[course.Throw(open.Count)];
                var repetition = course.State.Nodes.First(n => n.Id == task.Instance).Parent;
                done[repetition] = done.GetValueOrDefault(repetition) + 1;
                course.Give(new CompleteTask(task.Id));
                course.State.Tasks.Count(t => t.Node.Id == "z").ShouldBe(done.Values.Count(d => d == 2));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));
    }

    /// <summary>Three flows into a parallel join, each reached by its own number of tokens.</summary>
    private static Evenhand.Bpmn.Graph.Definition Uneven(int[] tokens)
    {
        var tasks = tokens.SelectMany((count, flow) => Enumerable.Range(0, count).Select(i => (Id: $"b{flow}{i}", Into: $"m{flow}"))).ToList();
        var inside = string.Concat(tasks.Select(t => $"""<userTask id="{t.Id}"/><go>fork {t.Id} {t.Into}</go>"""));
        return Execution.Written.Process($"""<startEvent id="s"/><parallelGateway id="fork"/><userTask id="other"/><exclusiveGateway id="m0"/><exclusiveGateway id="m1"/><exclusiveGateway id="m2"/><parallelGateway id="join"/><userTask id="z"/><go>s fork other</go><go>m0 join z</go><go>m1 join</go><go>m2 join</go>{inside}""");
    }
}
