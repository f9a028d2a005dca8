using Evenhand.Bpmn.Execution;

namespace Evenhand.Engines.Tests.Bpmn.Elements;

public sealed class MultiInstancesTests
{
    [Fact, Proves("multiInstance/sequential", "userTask")]
    public void Does_one_after_the_other()
    {
        var play = Play.With(new { n = 3 }, """<start id="s"/><user id="a" seq="${n}" name="#${loopCounter} ${nrOfInstances}/${nrOfCompletedInstances}/${nrOfActiveInstances}"/><user id="z"/><go>s a z</go>""");
        play.Names.ShouldBe("#0 3/0/1");
        play.Do("a").Names.ShouldBe("#1 3/1/1");
        play.Do("a").Names.ShouldBe("#2 3/2/1");
        play.Do("a").Shows("z");
    }

    [Fact, Proves("multiInstance/parallel", "userTask")]
    public void Does_all_at_once()
    {
        var play = Play.Of("""<start id="s"/><user id="a" par="3" name="#${loopCounter}"/><user id="z"/><go>s a z</go>""");
        play.Names.ShouldBe("#0 #1 #2");
        play.Do("a a").Shows("a").Do("a").Shows("z");
    }

    [Fact, Proves("multiInstance/parallel", "multiInstance/sequential")]
    public void Gives_each_its_element()
    {
        var play = Play.With(new { who = new[] { "a", "b", "c" } }, """<start id="s"/><user id="x" of="who" each="w" camunda:assignee="${w}"/><user id="y" inturn="${who}" each="w" camunda:assignee="${w}"/><go>s x y</go>""");
        play.State.Tasks.Select(t => t.Assignee).ShouldBe(["a", "b", "c"]);
        play.Do("x x x").State.Tasks.Select(t => t.Assignee).ShouldBe(["a"]);
        play.Do("y").State.Tasks.Select(t => t.Assignee).ShouldBe(["b"]);
        play.Do("y y").ShouldHaveEnded();
        play.Var("w").IsNull.ShouldBeTrue();
    }

    [Fact, Proves("multiInstance/parallel", "multiInstance/sequential")]
    public void Passes_an_empty_collection_and_a_number_of_zero()
    {
        const string body = """<start id="s"/><user id="x" of="none" each="w"/><user id="y" inturn="none"/><user id="v" par="0"/><sub id="w" seq="0"><start id="ws"/><user id="wu"/><go>ws wu</go></sub><boundary id="t" on="y" timer="PT1H"/><user id="z"/><go>s x y v w z</go>""";
        Play.With(new { none = Array.Empty<string>() }, body).Shows("z").Timers.ShouldBe("");
    }

    [Fact, Proves("multiInstance/parallel", "multiInstance/sequential")]
    public void Is_done_when_its_condition_says_so()
    {
        var play = Play.Of("""<start id="s"/><user id="a" par="5" until="${nrOfCompletedInstances/nrOfInstances >= 0.4}"/><user id="b" seq="5" until="${nrOfCompletedInstances == 2 || enough}"/><user id="z"/><go>s a b z</go>""");
        play.Set(new { enough = false }).Do("a").Shows("a a a a").Do("a").Shows("b").Do("b b").Shows("z");
        play.Path.Split(' ').Count(n => n == "a").ShouldBe(3);
    }

    [Theory, Proves("multiInstance/parallel")]
    [InlineData("-1", "loop-number-out-of-bounds")]
    [InlineData("1.5", "loop-number-not-whole")]
    [InlineData("${missing}", "expression-unknown-variable")]
    public void Stops_at_a_number_that_is_none(string number, string code) => Play.Of($"""<start id="s"/><user id="a" par="{number}"/><go>s a</go>""").Incidents.ShouldBe(code);

    [Fact, Proves("multiInstance/parallel", "subProcess")]
    public void Repeats_a_sub_process_with_its_own_variables()
    {
        var play = Play.With(new { rows = new[] { 7, 8 } }, """<start id="s"/><sub id="x" of="rows" each="row"><start id="xs"/><user id="a" name="a${row}"/><user id="b" name="b${row}.${loopCounter}"/><go>xs a b</go></sub><user id="z"/><go>s x z</go>""");
        play.Names.ShouldBe("a7 a8");
        play.Do("a").Names.ShouldBe("a8 b7.0");
        play.Do("b a").Names.ShouldBe("b8.1");
        play.Do("b").Shows("z");
    }

    [Fact, Proves("multiInstance/sequential", "subProcess", "boundaryEvent/timer")]
    public void Keeps_one_timer_for_all_repetitions()
    {
        var play = Play.Of("""<start id="s"/><sub id="x" seq="4"><start id="xs"/><user id="a"/><user id="b"/><go>xs a b</go></sub><boundary id="t" on="x" timer="PT1H"/><user id="z"/><user id="late"/><go>s x z</go><go>t late</go>""");
        play.Do("a b a").Shows("b").Timers.ShouldBe("t");
        play.Fire("t").Shows("late").Timers.ShouldBe("");
        play.Do("late").ShouldHaveEnded();
    }

    [Fact, Proves("multiInstance/parallel", "subProcess", "boundaryEvent/timer")]
    public void Arms_a_timer_inside_each_repetition()
    {
        var play = Play.Of("""<start id="s"/><sub id="x" par="3"><start id="xs"/><user id="a"/><boundary id="t" on="a" timer="PT1H"/><user id="late"/><go>xs a</go><go>t late</go></sub><user id="z"/><go>s x z</go>""");
        play.Timers.ShouldBe("t t t");
        play.Do("a").Fire("t").Shows("a late").Timers.ShouldBe("t");
        play.Wait("PT2H").Shows("late late").Do("late late").Shows("z");
    }

    [Fact, Proves("multiInstance/parallel", "multiInstance/sequential")]
    public void Nests()
    {
        var play = Play.Of("""<start id="s"/><sub id="x" seq="2"><start id="xs"/><sub id="y" par="2"><start id="ys"/><user id="a" par="3"/><go>ys a</go></sub><go>xs y</go></sub><user id="z"/><go>s x z</go>""");
        play.Shows("a a a a a a").Do("a a a a a a").Shows("a a a a a a").Do("a a a a a a").Shows("z").Do("z").ShouldHaveEnded();
    }

    [Fact, Proves("multiInstance/parallel", "multiInstance/sequential")]
    public void Stops_nested_repetitions_when_the_outer_condition_holds()
    {
        var play = Play.Of("""<start id="s"/><sub id="x" par="3" until="${nrOfCompletedInstances == 1}"><start id="xs"/><user id="a" seq="2"/><go>xs a</go></sub><user id="z"/><go>s x z</go>""");
        play.Shows("a a a").Do("a a a a").Shows("z").Do("z").ShouldHaveEnded();
    }

    [Fact, Proves("multiInstance/parallel", "endEvent/terminate")]
    public void Terminates_only_the_repetition_it_is_in()
    {
        var play = Play.Of("""<start id="s"/><sub id="x" par="3"><start id="xs"/><and id="f"/><user id="a"/><user id="b"/><end id="t" terminate=""/><go>xs f a t</go><go>f b</go></sub><user id="z"/><go>s x z</go>""");
        play.Do("a").Shows("a a b b").Do("a a").Shows("z");
    }

    [Fact, Proves("multiInstance/parallel", "callActivity")]
    public void Calls_a_process_for_each()
    {
        var play = Play.With(new { who = new[] { "a", "b" } }, """
            <start id="s"/><call id="c" calls="q" of="who" each="w"><extensionElements><camunda:in source="w" target="name"/><camunda:in source="loopCounter" target="no"/></extensionElements></call><boundary id="t" on="c" timer="PT1H"/><user id="z"/><user id="late"/><go>s c z</go><go>t late</go>
            """, ("q", """<start id="s"/><user id="u" name="${no} ${name}"/><go>s u</go>"""));
        play.Names.ShouldBe("0 a 1 b");
        play.Do("u").Names.ShouldBe("1 b");
        play.Fire("t").Shows("late").Do("late").ShouldHaveEnded();
    }

    [Fact, Proves("multiInstance/sequential", "callActivity")]
    public void Calls_a_process_one_after_the_other()
    {
        var play = Play.Of("""<start id="s"/><call id="c" calls="q" seq="2"/><user id="z"/><go>s c z</go>""", ("q", """<start id="s"/><user id="u"/><go>s u</go>"""));
        play.Shows("u").Do("u").Shows("u").Do("u").Shows("z");
    }

    [Fact, Proves("multiInstance/parallel", "scriptTask", "serviceTask")]
    public void Calculates_each_at_once()
    {
        var play = Play.With(new { sum = 0 }, """<start id="s"/><script id="a" par="4" calculate="sum + loopCounter" camunda:resultVariable="sum"/><script id="b" seq="4" calculate="sum + loopCounter" camunda:resultVariable="sum"/><service id="c" par="2" camunda:class="x"/><user id="z"/><go>s a b c z</go>""");
        play.Shows("z").Var("sum").ShouldBe(12);
    }

    [Fact, Proves("multiInstance/parallel", "exclusiveGateway")]
    public void Is_done_again_each_time_round_a_loop()
    {
        var play = Play.With(new { again = true }, """<start id="s"/><xor id="m"/><user id="a" par="2"/><xor id="g" default="g_z"/><user id="z"/><go>s m a g z</go><go if="${again}">g m</go>""");
        play.Do("a a").Shows("a a").Do("a", new { again = false }).Do("a").Shows("z");
    }

    [Fact, Proves("multiInstance/parallel", "boundaryEvent-nonInterrupting/timer")]
    public void Reminds_aside_while_repetitions_go_on()
    {
        var play = Play.Of("""<start id="s"/><user id="a" par="2"/><boundary id="t" on="a" timer="PT1H" aside=""/><user id="note"/><go>s a</go><go>t note</go>""");
        play.Fire("t").Shows("a a note").Timers.ShouldBe("");
        play.Do("a a").Shows("note").Do("note").ShouldHaveEnded();
    }

    [Fact, Proves("multiInstance/parallel")]
    public void Collects_what_each_gives()
    {
        var play = Play.With(new { who = new[] { "a", "b" } }, """
            <start id="s"/><user id="a"><extensionElements><zeebe:userTask/></extensionElements><multiInstanceLoopCharacteristics><extensionElements><zeebe:loopCharacteristics inputCollection="=who" inputElement="w" outputCollection="results" outputElement="=w"/></extensionElements></multiInstanceLoopCharacteristics></user><go>s a</go>
            """);
        play.Do("a a");
        play.Var("results").ToString().ShouldBe("[a, b]");
    }

    [Fact, Proves("multiInstance/parallel", "serviceTask")]
    public void Ends_with_an_error_from_one_of_many()
    {
        var play = Play.Of("""<start id="s"/><user id="a" par="3"/><boundary id="e" on="a" error="E"/><user id="z"/><go>s a</go><go>e z</go>""");
        play.Throw("a", "E").Shows("z").Do("z").ShouldHaveEnded();
    }
}
