using System.Collections.Immutable;
using Evenhand.Bpmn.Execution;
using Evenhand.Bpmn.Expressions;
using Evenhand.Bpmn.Graph;

namespace Evenhand.Engines.Tests.Bpmn.Execution;

public sealed class MigrationTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    private const string Simple = """<startEvent id="s"/><userTask id="a"/><userTask id="b"/><endEvent id="e"/><go>s a b e</go>""";

    private const string Timed = """<startEvent id="s"/><userTask id="a"/><boundaryEvent id="t" attachedToRef="a" cancelActivity="false"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent><userTask id="h"/><endEvent id="e"/><go>s a e</go><go>t h</go>""";

    private const string Parallel = """<startEvent id="s"/><parallelGateway id="fork"/><userTask id="a"/><userTask id="b"/><parallelGateway id="join"/><endEvent id="e"/><go>s fork a join e</go><go>fork b join</go>""";

    private static InstanceState Started(string process, params string[] done)
    {
        var state = Apply(InstanceState.New(Written.Process(process), "1"), new Start());
        foreach (var task in done) state = Done(state, task);
        return state;
    }

    private static InstanceState Done(InstanceState state, string task) => Apply(state, new CompleteTask(state.Tasks.First(t => t.Node.Id == task).Id));

    private static InstanceState Apply(InstanceState state, Command command)
    {
        var (next, _, refusal) = Engine.Apply(state, command, At);
        refusal.ShouldBeNull();
        return next;
    }

    private static Migrated Migrate(InstanceState state, string to, Dictionary<string, string>? map = null, DateTimeOffset? now = null, bool newDueTimes = false)
    {
        var before = StateJson.Write(state);
        var migrated = Migration.Apply(state, Migration.Plan(state.Definition, Written.Process(to), map), now ?? At, null, newDueTimes);
        StateJson.Write(state).ShouldBe(before);
        if (migrated.IsDone)
        {
            migrated.State.Version.ShouldBe(state.Version + 1);
            StateJson.Read(StateJson.Write(migrated.State), migrated.State.Definition).Problem.ShouldBeNull();
        }
        else migrated.State.ShouldBeSameAs(state);
        return migrated;
    }

    private static string Said(Migrated migrated) => string.Join("; ", migrated.Findings.Select(f => $"{f.Element} {f.Code}"));

    private static string Told(Migrated migrated) => string.Join("; ", migrated.Effects.Where(e => e is not Recorded).Select(e => e switch
    {
        TaskChanged t => $"task {t.Task.Id} {t.Task.Node.Id}",
        TaskOpened t => $"opened {t.Task.Node.Id}",
        TimerArmed t => $"armed {t.Timer.Node.Id} {t.Timer.Due - At:c}",
        TimerGone => "disarmed",
        Subscribed s => $"awaits {s.Subscription.Node.Id} {s.Subscription.Name}".TrimEnd(),
        Unsubscribed => "awaits no more",
        _ => e.GetType().Name,
    }));

    [Fact, Proves("migration")]
    public void Same_process_again_changes_nothing_for_the_host()
    {
        var migrated = Migrate(Started(Parallel, "a"), Parallel);
        Told(migrated).ShouldBeEmpty();
        Done(migrated.State, "b").Status.ShouldBe(InstanceStatus.Completed);
    }

    [Fact, Proves("migration")]
    public void Task_goes_to_the_node_the_map_names_and_on_from_there()
    {
        var migrated = Migrate(Started(Simple), """<startEvent id="s"/><userTask id="approve"/><userTask id="pay"/><endEvent id="e"/><go>s approve pay e</go>""", new() { ["a"] = "approve" });
        Told(migrated).ShouldBe("task 2 approve");
        Done(migrated.State, "approve").Tasks.Single().Node.Id.ShouldBe("pay");
    }

    [Fact, Proves("migration")]
    public void New_steps_of_the_process_are_taken_from_here_on()
    {
        var migrated = Migrate(Started(Simple), """<startEvent id="s"/><userTask id="a"/><userTask id="new"/><userTask id="b"/><endEvent id="e"/><go>s a new b e</go>""");
        Done(Done(migrated.State, "a"), "new").Tasks.Single().Node.Id.ShouldBe("b");
    }

    [Fact, Proves("migration")]
    public void All_that_has_no_place_is_refused_at_once()
    {
        const string from = """
            <startEvent id="s"/><parallelGateway id="fork"/><userTask id="gone"/><userTask id="other"/><userTask id="moved"/><userTask id="looped"/><userTask id="fine"/>
            <userTask id="quick"/><parallelGateway id="join"/><endEvent id="e"/>
            <go>s fork gone join e</go><go>fork other join</go><go>fork moved join</go><go>fork looped join</go><go>fork fine join</go><go>fork quick join</go>
            """;
        const string to = """
            <startEvent id="s"/><parallelGateway id="fork"/><manualTask id="other"/><userTask id="looped"><multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics></userTask>
            <userTask id="fine"/><subProcess id="sub"><startEvent id="is"/><userTask id="moved"/><go>is moved</go></subProcess><parallelGateway id="join"/><endEvent id="e"/>
            <go>s fork other join e</go><go>fork looped join</go><go>fork fine join</go><go>fork sub join</go>
            """;
        var state = Started(from, "quick");
        Said(Migrate(state, to)).ShouldBe("gone migration-node-missing; other migration-kind-differs; moved migration-scope-differs; looped migration-loop-differs; quick-join migration-flow-missing");
        Said(Migrate(state, to, new() { ["nobody"] = "fine", ["fine"] = "nowhere" })).ShouldBe("nobody migration-map-unknown; fine migration-map-unknown");
    }

    [Fact, Proves("migration")]
    public void Plan_says_beforehand_which_nodes_have_no_place()
    {
        var plan = Migration.Plan(Written.Process(Simple), Written.Process("""<startEvent id="s"/><userTask id="a"/><endEvent id="e"/><go>s a e</go>"""));
        plan.Findings.Single().ToString().ShouldBe("Warning migration-node-missing (b) at b, line 1");
        plan.Map["a"].ShouldBe("a");
    }

    [Fact, Proves("migration")]
    public void Ended_instance_and_one_of_another_definition_stay_where_they_are()
    {
        Said(Migrate(Started(Simple, "a", "b"), Simple)).ShouldBe(" instance-ended");
        var other = Migration.Apply(Started(Simple), Migration.Plan(Written.Process(Timed), Written.Process(Simple)), At);
        Said(other).ShouldBe("p migration-other-definition");
    }

    [Fact, Proves("migration")]
    public void Timer_keeps_its_due_time_unless_asked()
    {
        var later = Timed.Replace("PT1H", "PT3H", StringComparison.Ordinal);
        var state = Started(Timed);
        var kept = Migrate(state, later, now: At.AddMinutes(30));
        Told(kept).ShouldBeEmpty();
        kept.State.Timers.Single().Due.ShouldBe(At.AddHours(1));
        Told(Migrate(state, later, now: At.AddMinutes(30), newDueTimes: true)).ShouldBe("disarmed; armed t 03:30:00");
        Told(Migrate(state, Timed.Replace("\"t\"", "\"u\"", StringComparison.Ordinal).Replace(">t h", ">u h", StringComparison.Ordinal), new() { ["t"] = "u" })).ShouldBe("disarmed; armed u 01:00:00");
    }

    [Fact, Proves("migration")]
    public void Event_that_is_gone_ends_and_a_new_one_is_awaited()
    {
        var bare = """<startEvent id="s"/><userTask id="a"/><userTask id="h"/><endEvent id="e"/><go>s a e</go>""";
        var gone = Migrate(Started(Timed), bare);
        Told(gone).ShouldBe("disarmed");
        gone.State.Timers.ShouldBeEmpty();
        Told(Migrate(Started(bare), Timed)).ShouldBe("armed t 01:00:00");
    }

    [Fact, Proves("migration")]
    public void Event_that_has_happened_is_not_awaited_again()
    {
        var state = Started(Timed);
        state = Apply(state, new FireTimer(state.Timers.Single().Id));
        var migrated = Migrate(state, Timed, newDueTimes: true);
        Told(migrated).ShouldBeEmpty();
        migrated.State.Tasks.Select(t => t.Node.Id).ShouldBe(["a", "h"]);
    }

    [Theory, Proves("migration")]
    [InlineData("""<receiveTask id="w" messageRef="m1"/>""", """<receiveTask id="w" messageRef="m2"/>""", "awaits no more; awaits w m2")]
    [InlineData("""<intermediateCatchEvent id="w"><messageEventDefinition messageRef="m1"/></intermediateCatchEvent>""", """<intermediateCatchEvent id="w"><messageEventDefinition messageRef="m1"/></intermediateCatchEvent>""", "")]
    [InlineData("""<intermediateCatchEvent id="w"><messageEventDefinition messageRef="m1"/></intermediateCatchEvent>""", """<userTask id="w"/><boundaryEvent id="late" attachedToRef="w"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent>""", "refused w migration-kind-differs")]
    [InlineData("""<subProcess id="w"><startEvent id="is"/><userTask id="in"/><go>is in</go></subProcess>""", """<subProcess id="w"><startEvent id="is"/><userTask id="in"/><go>is in</go><subProcess id="x" triggeredByEvent="true"><startEvent id="xs"><messageEventDefinition messageRef="m2"/></startEvent><userTask id="xu"/><go>xs xu</go></subProcess></subProcess>""", "awaits xs m2")]
    [InlineData("""<userTask id="w"/>""", """<userTask id="w"/><boundaryEvent id="late" attachedToRef="w"><conditionalEventDefinition><condition>${true}</condition></conditionalEventDefinition></boundaryEvent><userTask id="h"/><go>late h</go>""", "awaits late; TaskClosed; awaits no more; opened h")]
    public void What_is_waited_for_follows_the_new_definition(string from, string to, string told)
    {
        const string frame = """<startEvent id="s"/>{0}<endEvent id="e"/><go>s w e</go>""";
        var migrated = Migrate(Started(frame.Replace("{0}", from, StringComparison.Ordinal)), frame.Replace("{0}", to, StringComparison.Ordinal));
        (migrated.IsDone ? Told(migrated) : $"refused {Said(migrated)}").ShouldBe(told);
    }

    [Fact, Proves("migration")]
    public void Event_gateway_waits_for_the_new_events_too()
    {
        const string gate = """<startEvent id="s"/><eventBasedGateway id="g"/><intermediateCatchEvent id="m"><messageEventDefinition messageRef="m1"/></intermediateCatchEvent><endEvent id="e"/><go>s g m e</go>""";
        var migrated = Migrate(Started(gate), gate + """<intermediateCatchEvent id="t"><timerEventDefinition><timeDuration>PT2H</timeDuration></timerEventDefinition></intermediateCatchEvent><go>g t e</go>""");
        Told(migrated).ShouldBe("armed t 02:00:00");
        var ended = Apply(migrated.State, new FireTimer(migrated.State.Timers.Single().Id));
        (ended.Status, ended.Subscriptions.Length).ShouldBe((InstanceStatus.Completed, 0));
    }

    [Fact, Proves("migration")]
    public void Join_that_waits_only_for_a_flow_taken_away_goes_on()
    {
        const string less = """<startEvent id="s"/><parallelGateway id="fork"/><userTask id="a"/><userTask id="c"/><parallelGateway id="join"/><userTask id="z"/><endEvent id="e"/><go>s fork a join z e</go><go>fork c join</go>""";
        var both = Parallel.Replace("join e", "join z e", StringComparison.Ordinal).Replace("""<endEvent""", """<userTask id="z"/><userTask id="c"/><endEvent""", StringComparison.Ordinal) + "<go>fork c join</go>";
        var state = Started(both, "a", "c");
        Said(Migrate(state, less)).ShouldBe("b migration-node-missing");
        var moved = Apply(state, new Move([state.Nodes.First(n => n.Node.Id == "b").Id], ["a"]));
        var migrated = Migrate(moved, less);
        migrated.State.Tasks.Select(t => t.Node.Id).ShouldBe(["a", "z"]);
    }

    [Fact, Proves("migration")]
    public void Suspended_instance_goes_on_only_when_resumed()
    {
        const string less = """<startEvent id="s"/><parallelGateway id="fork"/><userTask id="a"/><parallelGateway id="join"/><userTask id="z"/><userTask id="b"/><endEvent id="e"/><go>s fork a join z e</go>""";
        var two = less.Replace("<endEvent", """<exclusiveGateway id="x"/><endEvent""", StringComparison.Ordinal) + "<go>fork b x join</go>";
        var state = Apply(Started(two, "a"), new Suspend());
        var migrated = Migrate(state, less);
        (migrated.State.Status, migrated.State.Tasks.Length).ShouldBe((InstanceStatus.Suspended, 1));
        Apply(migrated.State, new Resume()).Tasks.Select(t => t.Node.Id).ShouldBe(["b", "z"]);
    }

    [Fact, Proves("migration")]
    public void Several_signers_stay_with_their_votes()
    {
        static string Signers(string id) => $"""<startEvent id="s"/><userTask id="{id}"><multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics></userTask><endEvent id="e"/><go>s {id} e</go>""";
        var migrated = Migrate(Started(Signers("a"), "a"), Signers("b"), new() { ["a"] = "b" });
        Said(migrated).ShouldBeEmpty();
        migrated.State.Nodes.Single(n => n.Role == NodeRole.Body).Repetitions!.Completed.ShouldBe(1);
        Done(Done(migrated.State, "b"), "b").Status.ShouldBe(InstanceStatus.Completed);
        Said(Migrate(Started(Signers("a")), Signers("a").Replace("<multiInstanceLoopCharacteristics", "<multiInstanceLoopCharacteristics isSequential=\"true\"", StringComparison.Ordinal))).ShouldBe("a migration-loop-differs");
    }

    [Fact, Proves("migration")]
    public void What_was_done_can_be_compensated_or_is_refused()
    {
        const string booked = """
            <startEvent id="s"/><task id="book"/><boundaryEvent id="c" attachedToRef="book"><compensateEventDefinition/></boundaryEvent><userTask id="undo" isForCompensation="true"/><association id="as" sourceRef="c" targetRef="undo"/>
            <userTask id="a"/><endEvent id="e"><compensateEventDefinition/></endEvent><go>s book a e</go>
            """;
        var state = Started(booked);
        var kept = Migrate(state, booked.Replace("\"book\"", "\"reserve\"", StringComparison.Ordinal).Replace("s book a", "s reserve a", StringComparison.Ordinal), new() { ["book"] = "reserve" });
        Done(kept.State, "a").Tasks.Single().Node.Id.ShouldBe("undo");
        Said(Migrate(state, """<startEvent id="s"/><task id="book"/><userTask id="a"/><endEvent id="e"/><go>s book a e</go>""")).ShouldBe("book migration-compensation-missing");
    }

    [Fact, Proves("migration")]
    public void Past_decision_without_a_place_stays_without_its_node()
    {
        var migrated = Migrate(Started(Simple, "a"), """<startEvent id="s"/><userTask id="b"/><endEvent id="e"/><go>s b e</go>""");
        var step = migrated.State.Steps.Single();
        (step.Node, step.Task).ShouldBe((null, 2));
        Done(migrated.State, "b").Status.ShouldBe(InstanceStatus.Completed);
    }

    [Fact, Proves("migration")]
    public void Variables_and_stuck_tokens_are_kept()
    {
        const string stuck = """<startEvent id="s"/><exclusiveGateway id="x"/><endEvent id="e"/><sequenceFlow id="f" sourceRef="x" targetRef="e"><conditionExpression>${missing}</conditionExpression></sequenceFlow><go>s x</go>""";
        var state = Apply(InstanceState.New(Written.Process(stuck), "1"), new Start { Variables = ImmutableDictionary<string, Value>.Empty.Add("n", 1) });
        var migrated = Migrate(state, stuck.Replace("${missing}", "${n == 1}", StringComparison.Ordinal));
        migrated.State.Variables["n"].ShouldBe(1);
        Apply(migrated.State, new Retry(migrated.State.Incidents.Single().Id)).Status.ShouldBe(InstanceStatus.Completed);
    }
}
