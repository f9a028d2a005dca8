namespace Evenhand.Engines.Tests.Bpmn.Elements;

public sealed class CompensationsTests
{
    private static string Step(string id, string more = "") =>
        $"""<user id="{id}" {more}/><boundary id="b{id}" on="{id}" compensate="" by="undo{id}"/><script id="undo{id}" undoes="true" calculate="log + ' {id}'" camunda:resultVariable="log"/>""";

    private static string Waiting(string id, string more = "") =>
        $"""<user id="{id}" {more}/><boundary id="b{id}" on="{id}" compensate="" by="undo{id}"/><user id="undo{id}" undoes="true"/>""";

    [Fact, Proves("intermediateThrowEvent/compensation", "boundaryEvent/compensation")]
    public void Undoes_what_was_done_the_last_first()
    {
        var play = Play.With(new { log = "" }, $"""<start id="s"/>{Step("a")}{Step("b")}{Step("c")}<throw id="t" compensate=""/><user id="z"/><xor id="g" default="g_c"/><go>s a g c b t z</go><go if="false">g b</go>""".Replace("if=\"false\"", "if=\"${false}\"", StringComparison.Ordinal));
        play.Do("a c b").Shows("z").Var("log").ToString().ShouldBe(" b c a");
    }

    [Fact, Proves("intermediateThrowEvent/compensation")]
    public void Leaves_alone_what_was_not_done_and_undoes_nothing_twice()
    {
        var play = Play.With(new { log = "" }, $"""<start id="s"/>{Step("a")}<and id="f"/>{Step("b")}<throw id="t" compensate=""/><throw id="u" compensate=""/><user id="z"/><go>s a f b</go><go>f t u z</go>""");
        play.Do("a").Shows("b z").Var("log").ToString().ShouldBe(" a");
    }

    [Fact, Proves("intermediateThrowEvent/compensation")]
    public void Undoes_only_the_activity_it_names()
    {
        var play = Play.With(new { log = "" }, $"""<start id="s"/>{Step("a")}{Step("b")}<throw id="t" compensate="a"/><user id="z"/><throw id="u" compensate=""/><user id="y"/><go>s a b t z u y</go>""");
        play.Do("a b").Shows("z").Var("log").ToString().ShouldBe(" a");
        play.Do("z").Shows("y").Var("log").ToString().ShouldBe(" a b");
    }

    [Fact, Proves("endEvent/compensation")]
    public void Waits_for_what_undoes_before_it_ends()
    {
        var play = Play.Of($"""<start id="s"/>{Waiting("a")}<end id="e" compensate=""/><go>s a e</go>""");
        play.Do("a").Shows("undoa").At.ShouldBe("e undoa");
        play.Do("undoa").ShouldHaveEnded();
    }

    [Fact, Proves("intermediateThrowEvent/compensation", "multiInstance/parallel", "multiInstance/sequential")]
    public void Undoes_every_repetition_of_an_activity_that_is_done()
    {
        var play = Play.Of($"""<start id="s"/>{Waiting("a", "par='3'")}{Waiting("b", "seq='2'")}<throw id="t" compensate=""/><user id="z"/><go>s a b t z</go>""");
        play.Do("a a a b b").Shows("undoa undoa undoa undob undob").Do("undoa undob undoa undob undoa").Shows("z");
    }

    [Fact, Proves("intermediateThrowEvent/compensation", "multiInstance/parallel")]
    public void Undoes_no_repetition_while_others_are_open()
    {
        var play = Play.Of($"""<start id="s"/><and id="f"/>{Waiting("a", "par='2'")}<user id="b"/><throw id="t" compensate=""/><go>s f a</go><go>f b t</go>""");
        play.Do("a b").Shows("a").Do("a").ShouldHaveEnded();
    }

    [Fact, Proves("intermediateThrowEvent/compensation", "subProcess")]
    public void Undoes_what_was_done_in_nested_sub_processes()
    {
        var play = Play.With(new { log = "" }, $"""<start id="s"/><sub id="x"><start id="xs"/>{Step("a")}<sub id="y"><start id="ys"/>{Step("b")}<go>ys b</go></sub>{Step("c")}<go>xs a y c</go></sub>{Step("d")}<throw id="t" compensate="x"/><user id="z"/><go>s x d t z</go>""");
        play.Do("a b c d").Shows("z").Var("log").ToString().ShouldBe(" c b a");
    }

    [Fact, Proves("intermediateThrowEvent/compensation", "multiInstance/parallel", "subProcess")]
    public void Undoes_every_repetition_of_a_sub_process()
    {
        var play = Play.Of($"""<start id="s"/><sub id="x" par="2"><start id="xs"/>{Waiting("a")}<go>xs a</go></sub><throw id="t" compensate="x"/><user id="z"/><go>s x t z</go>""");
        play.Do("a a").Shows("undoa undoa").Do("undoa").Shows("undoa").Do("undoa").Shows("z").Do("z").ShouldHaveEnded();
    }

    [Fact, Proves("boundaryEvent/compensation", "subProcess")]
    public void Lets_a_sub_process_be_undone_as_a_whole()
    {
        var play = Play.With(new { log = "" }, $"""<start id="s"/><sub id="x"><start id="xs"/>{Step("a")}<go>xs a</go></sub><boundary id="bx" on="x" compensate="" by="undox"/><user id="undox" undoes="true"/><throw id="t" compensate=""/><user id="z"/><go>s x t z</go>""");
        play.Do("a").Shows("undox").Do("undox").Shows("z").Var("log").ToString().ShouldBe("");
    }

    [Fact, Proves("boundaryEvent/compensation", "subProcess", "callActivity")]
    public void Undoes_by_a_sub_process_or_a_called_process()
    {
        var play = Play.Of("""
            <start id="s"/><user id="a"/><boundary id="ba" on="a" compensate="" by="ua"/><sub id="ua" undoes="true"><start id="us"/><user id="u"/><user id="v"/><boundary id="t" on="v" timer="PT1H"/><go>us u v</go><go>t u</go></sub>
            <user id="b"/><boundary id="bb" on="b" compensate="" by="ub"/><call id="ub" calls="q" undoes="true"/><throw id="throw" compensate=""/><user id="z"/><go>s a b throw z</go>
            """, ("q", """<start id="s"/><user id="w"/><go>s w</go>"""));
        play.Do("a b").Shows("u w").Do("u w").Shows("v").Fire("t").Shows("u").Do("u v").Shows("z").Do("z").ShouldHaveEnded();
    }

    [Fact, Proves("eventSubProcess/compensation")]
    public void Runs_the_compensation_event_sub_process_of_what_is_done()
    {
        var play = Play.Of($"""
            <start id="s"/><sub id="x"><start id="xs"/>{Waiting("a")}{Waiting("b")}<go>xs a b</go><on id="o"><start id="os" compensate=""/><throw id="ot" compensate=""/><user id="h"/><go>os ot h</go></on></sub>
            <throw id="t" compensate=""/><user id="z"/><go>s x t z</go>
            """);
        play.Do("a b").Shows("undoa undob").Do("undob undoa").Shows("h").Do("h").Shows("z").Do("z").ShouldHaveEnded();
    }

    [Fact, Proves("eventSubProcess/compensation")]
    public void Undoes_nothing_inside_unless_the_compensation_event_sub_process_says_so()
    {
        var play = Play.Of($"""<start id="s"/><sub id="x"><start id="xs"/>{Waiting("a")}<go>xs a</go><on id="o"><start id="os" compensate=""/><user id="h"/><go>os h</go></on></sub><throw id="t" compensate="x"/><user id="z"/><go>s x t z</go>""");
        play.Do("a").Shows("h").Do("h").Shows("z").Do("z").ShouldHaveEnded();
    }

    [Fact, Proves("eventSubProcess/error", "endEvent/compensation")]
    public void Is_thrown_in_an_event_sub_process_for_the_scope_around_it()
    {
        var play = Play.Of($"""<start id="s"/><sub id="x"><start id="xs"/>{Waiting("a")}{Waiting("b")}<user id="c"/><end id="e" error="E"/><go>xs a b c e</go><on id="o"><start id="os" error="E"/><throw id="ot" compensate="a"/><user id="h"/><end id="oe" compensate=""/><go>os ot h oe</go></on></sub><user id="z"/><go>s x z</go>""");
        play.Do("a b c").Shows("undoa").Do("undoa").Shows("h").Do("h").Shows("undob").Do("undob").Shows("z");
    }

    [Fact, Proves("intermediateThrowEvent/compensation", "eventSubProcess-nonInterrupting/message")]
    public void Undoes_what_an_event_sub_process_did()
    {
        var play = Play.Of($"""<start id="s"/><user id="u"/><throw id="t" compensate=""/><user id="z"/><go>s u t z</go><on id="o"><start id="os" message="m" aside=""/>{Waiting("a")}<go>os a</go></on>""");
        play.Message("m").Do("a").Do("u").Shows("undoa").Do("undoa").Shows("z").Do("z").ShouldHaveEnded();
    }

    [Fact, Proves("intermediateThrowEvent/compensation")]
    public void Is_forgotten_with_a_scope_that_was_stopped()
    {
        var play = Play.Of($"""<start id="s"/><sub id="x"><start id="xs"/>{Waiting("a")}<user id="b"/><go>xs a b</go></sub><boundary id="k" on="x" timer="PT1H"/><throw id="t" compensate=""/><user id="z"/><go>s x</go><go>k t z</go>""");
        play.Do("a").Fire("k").Shows("z");
    }

    [Fact, Proves("intermediateThrowEvent/compensation")]
    public void Undoes_as_often_as_a_loop_did()
    {
        var play = Play.With(new { log = "", n = 0 }, $"""<start id="s"/><xor id="m"/>{Step("a")}<script id="k" calculate="n + 1" camunda:resultVariable="n"/><xor id="g" default="g_t"/><throw id="t" compensate=""/><user id="z"/><go>s m a k g t z</go>""" + """<go if="${n &lt; 3}">g m</go>""");
        play.Do("a a a").Shows("z").Var("log").ToString().ShouldBe(" a a a");
    }

    [Fact, Proves("intermediateThrowEvent/compensation")]
    public void Goes_on_without_waiting_when_told_so()
    {
        var play = Play.Of($"""<start id="s"/>{Waiting("a")}<throw id="t"><compensateEventDefinition waitForCompletion="false"/></throw><user id="z"/><go>s a t z</go>""");
        play.Do("a").Shows("undoa z").Do("z").Shows("undoa").Do("undoa").ShouldHaveEnded();
    }

    [Fact, Proves("boundaryEvent/compensation", "callActivity")]
    public void Undoes_a_called_process()
    {
        var play = Play.Of("""<start id="s"/><call id="c" calls="q"/><boundary id="b" on="c" compensate="" by="undo"/><user id="undo" undoes="true"/><throw id="t" compensate="c"/><user id="z"/><go>s c t z</go>""", ("q", """<start id="s"/><user id="u"/><go>s u</go>"""));
        play.Do("u").Shows("undo").Do("undo").Shows("z");
    }

    [Fact, Proves("boundaryEvent/compensation", "boundaryEvent/timer")]
    public void Undoes_no_activity_that_was_stopped()
    {
        var play = Play.Of($"""<start id="s"/>{Waiting("a")}<boundary id="k" on="a" timer="PT1H"/><throw id="t" compensate=""/><user id="z"/><go>s a</go><go>k t z</go>""");
        play.Fire("k").Shows("z");
    }

    [Fact, Proves("intermediateThrowEvent/compensation", "eventSubProcess/compensation")]
    public void Keeps_the_variables_of_what_it_undoes()
    {
        var play = Play.With(new { rows = new[] { "x", "y" } }, """<start id="s"/><sub id="w" of="rows" each="row"><start id="ws"/><user id="a"/><boundary id="ba" on="a" compensate="" by="undo"/><user id="undo" undoes="true" name="undo ${row}"/><go>ws a</go></sub><throw id="t" compensate=""/><user id="z"/><go>s w t z</go>""");
        play.Do("a a").Names.ShouldBe("undo x undo y");
    }

    [Fact, Proves("boundaryEvent/compensation")]
    public void Refuses_a_compensation_that_undoes_nothing()
    {
        Play.Errors("""<start id="s"/><user id="a"/><boundary id="b" on="a" compensate=""/><go>s a</go>""").ShouldBe("compensation-without-activity@b");
    }

    [Fact, Proves("eventSubProcess-nonInterrupting/message", "intermediateThrowEvent/compensation")]
    public void Is_thrown_in_an_event_sub_process_for_itself_and_the_scope_around_it()
    {
        var play = Play.Of($"""<start id="s"/>{Waiting("a")}<user id="u"/><go>s a u</go><on id="o"><start id="os" message="m" aside=""/>{Waiting("b")}<throw id="t" compensate=""/><user id="z"/><go>os b t z</go></on>""");
        play.Do("a").Message("m").Do("b").Shows("u undoa undob").Do("undoa undob").Shows("u z");
    }

    [Fact, Proves("eventSubProcess/compensation")]
    public void Leaves_the_scope_around_alone_when_a_compensation_event_sub_process_throws()
    {
        var play = Play.Of($"""<start id="s"/>{Waiting("a")}<sub id="x"><start id="xs"/><task id="n"/><go>xs n</go><on id="o"><start id="os" compensate=""/><throw id="ot" compensate=""/><user id="h"/><go>os ot h</go></on></sub><throw id="t" compensate="x"/><user id="z"/><go>s a x t z</go>""");
        play.Do("a").Shows("h").Do("h").Shows("z");
    }
}
