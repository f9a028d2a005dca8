namespace Evenhand.Engines.Tests.Bpmn.Elements;

public sealed class SignalsTests
{
    [Fact, Proves("intermediateCatchEvent/signal")]
    public void Reaches_every_instance_that_waits()
    {
        var play = Play.Of("""<start id="s"/><catch id="c" signal="g"/><user id="a" name="${v}"/><go>s c a</go>""").Start();
        play.At.ShouldBe("c c");
        play.Signal("other").Shows("").Signal("g", new { v = "hello" }).Shows("a a").Names.ShouldBe("hello hello");
    }

    [Fact, Proves("intermediateThrowEvent/signal", "boundaryEvent/signal")]
    public void Is_thrown_by_one_process_and_caught_by_another()
    {
        var play = Play.Of("""<start id="s"/><user id="a"/><boundary id="b" on="a" signal="g"/><user id="z"/><go>s a</go><go>b z</go>""", ("q", """<start id="s"/><throw id="t" signal="g"/><user id="u"/><go>s t u</go>"""));
        play.Shows("a").Start(process: "q").Shows("u z");
    }

    [Fact, Proves("intermediateThrowEvent/signal", "intermediateCatchEvent/signal", "boundaryEvent/signal")]
    public void Is_caught_in_the_same_instance()
    {
        var play = Play.Of("""<start id="s"/><and id="f"/><catch id="c" signal="g"/><user id="a"/><user id="b"/><boundary id="k" on="b" signal="g"/><user id="z"/><throw id="t" signal="g"/><user id="u"/><go>s f c a</go><go>f b</go><go>f t u</go><go>k z</go>""");
        play.Shows("a u z");
    }

    [Fact, Proves("endEvent/signal")]
    public void Is_thrown_at_an_end()
    {
        var play = Play.Of("""<start id="s"/><and id="f"/><user id="b"/><boundary id="k" on="b" signal="g"/><user id="z"/><end id="e" signal="g"/><go>s f b</go><go>f e</go><go>k z</go>""");
        play.Shows("z").Do("z").ShouldHaveEnded();
    }

    [Fact, Proves("boundaryEvent-nonInterrupting/signal")]
    public void Goes_beside_each_time()
    {
        var play = Play.Of("""<start id="s"/><sub id="x"><start id="xs"/><user id="a"/><go>xs a</go></sub><boundary id="b" on="x" signal="g" aside=""/><user id="h"/><user id="z"/><go>s x z</go><go>b h</go>""");
        play.Signal("g").Signal("g").Shows("a h h").Do("a").Shows("h h z").Signal("g").Shows("h h z");
    }

    [Fact, Proves("startEvent/signal", "intermediateThrowEvent/signal", "endEvent/signal")]
    public void Starts_all_processes_that_begin_with_it()
    {
        var play = Play.Ready("""<start id="s" signal="g"/><user id="a"/><go>s a</go>""", ("q", """<start id="s" signal="g"/><user id="b" name="${v}"/><go>s b</go>"""), ("r", """<start id="s"/><throw id="t" signal="g"/><go>s t</go>"""));
        play.Signal("g", new { v = 1 }).Shows("a b").Start(process: "r").Shows("a a b");
    }

    [Fact, Proves("intermediateThrowEvent/signal", "boundaryEvent/signal")]
    public void Stops_the_thrower_when_it_interrupts_the_scope_around()
    {
        var play = Play.Of("""<start id="s"/><sub id="x"><start id="xs"/><throw id="t" signal="g"/><user id="no"/><go>xs t no</go></sub><boundary id="b" on="x" signal="g"/><user id="z"/><user id="n"/><go>s x n</go><go>b z</go>""");
        play.Shows("z").Do("z").ShouldHaveEnded();
    }

    [Fact, Proves("intermediateThrowEvent/signal")]
    public void Carries_what_the_file_says()
    {
        var play = Play.Of("""<start id="s"/><catch id="c" signal="g"/><user id="a" name="${w}"/><go>s c a</go>""", ("q", """
            <start id="s"/><throw id="t"><signalEventDefinition signalRef="signal_1"><extensionElements><camunda:in source="v" target="w"/></extensionElements></signalEventDefinition></throw><go>s t</go>
            """));
        play.Start(new { v = 7 }, "q").Names.ShouldBe("7");
    }

    [Fact, Proves("intermediateThrowEvent/signal", "intermediateCatchEvent/signal")]
    public void Has_a_name_with_holes()
    {
        var play = Play.With(new { n = 4 }, """<start id="s"/><catch id="c" signal="g-${n}"/><user id="a"/><go>s c a</go>""", ("q", """<start id="s"/><throw id="t" signal="g-${n}"/><go>s t</go>"""));
        play.Start(new { n = 5 }, "q").Shows("").Start(new { n = 4 }, "q").Shows("a");
    }

    [Fact, Proves("eventSubProcess/signal", "eventSubProcess-nonInterrupting/signal")]
    public void Is_thrown_inside_an_event_sub_process()
    {
        var play = Play.Of("""<start id="s"/><user id="a"/><boundary id="b" on="a" signal="g" aside=""/><user id="h"/><go>s a</go><go>b h</go><on id="o"><start id="os" message="m" aside=""/><throw id="t" signal="g"/><user id="u"/><go>os t u</go></on>""");
        play.Message("m").Shows("a h u");
    }
}
