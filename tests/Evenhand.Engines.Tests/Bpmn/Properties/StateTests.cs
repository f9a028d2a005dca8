using Evenhand.Bpmn.Execution;
using Evenhand.Engines.Tests.Bpmn.Execution;
using FsCheck;
using FsCheck.Fluent;

namespace Evenhand.Engines.Tests.Bpmn.Properties;

/// <summary>States on random processes: stored at every step, never changed by the engine, timers once.</summary>
public sealed class StateTests
{
    [Fact]
    public void State_survives_being_stored_at_every_step_and_goes_on_the_same() => TokenTests.Holds(100, (process, seed) =>
    {
        var course = new Course(process, seed, (before, command, now, applied) =>
        {
            var (stored, problem) = StateJson.Read(StateJson.Write(before), before.Definition);
            problem.ShouldBeNull();
            Sameness.Difference(before, stored).ShouldBeNull();
            var again = Engine.Apply(stored!, command, now);
            Sameness.Difference(applied.Effects, again.Effects).ShouldBeNull();
            Sameness.Difference(applied.State, again.State).ShouldBeNull();
        });
        while (course.Go()) { }
        StateJson.Read(StateJson.Write(course.State), course.Definition).State!.Status.ShouldBe(InstanceStatus.Completed);
    });

    [Fact, Proves("boundaryEvent/timer", "boundaryEvent-nonInterrupting/timer", "intermediateCatchEvent/timer")]
    public void Timer_fires_once_however_late_and_a_cycle_is_armed_after_now() => TokenTests.Holds(200, (process, seed) =>
    {
        var course = new Course(process, seed);
        for (var i = course.Throw(10); i > 0 && course.Go(); i--) { }
        foreach (var timer in course.State.Timers)
        {
            var late = timer.Due.AddMinutes(course.Throw(3) * course.Throw(100_000));
            var fired = Engine.Apply(course.State, new FireTimer(timer.Id), late);
            fired.Refusal.ShouldBeNull();
            fired.Effects.OfType<Recorded>().Count(r => r.Kind == HistoryKind.Happened && r.Node == timer.Node.Id).ShouldBe(1);
            Engine.Apply(fired.State, new FireTimer(timer.Id), late).Refusal!.Code.ShouldBe(fired.State.HasEnded ? "instance-ended" : "timer-gone");
            if (timer.Plan is null) continue;
            var next = fired.State.Timers.Where(t => t.Node == timer.Node && t.Owner == timer.Owner).ToList();
            next.Count.ShouldBe(timer.Remaining == 1 ? 0 : 1);
            foreach (var armed in next)
            {
                armed.Due.ShouldBeGreaterThan(late);
                (armed.Due - timer.Due).Ticks.ShouldSatisfyAllConditions(t => (t % TimeSpan.FromMinutes(10).Ticks).ShouldBe(0));
                armed.Remaining.ShouldBe(timer.Remaining - 1);
            }
        }
    });

    [Fact]
    public void Random_commands_never_throw_and_never_change_the_state_they_are_given() => TokenTests.Holds(150, (process, seed) =>
    {
        var course = new Course(process, seed);
        for (var i = course.Throw(10); i > 0 && course.Go(); i--) { }
        Storm.Over(course.State, seed, 25);
    });

    [Fact, Trait("Category", "Conformance")]
    public void Random_commands_never_throw_on_the_conformance_files()
    {
        var definitions = Storm.ConformanceDefinitions();
        Prop.ForAll(Gen.Elements(definitions).ToArbitrary(), Blocks.Seed, (definition, seed) => Storm.Over(InstanceState.New(definition, "1"), seed, 40)).Check(Config.QuickThrowOnFailure.WithMaxTest(400));
    }
}
