namespace Evenhand.Engines.Tests.Bpmn.Elements;

/// <summary>Elements that meet inside one another.</summary>
public sealed class InteractionsTests
{
    private static string Waiting(string id, string more = "") =>
        $"""<user id="{id}" {more}/><boundary id="b{id}" on="{id}" compensate="" by="undo{id}"/><user id="undo{id}" undoes="true"/>""";

    [Fact, Proves("intermediateThrowEvent/compensation", "multiInstance/parallel", "subProcess")]
    public void Compensates_nested_repetitions()
    {
        var play = Play.Of($"""<start id="s"/><sub id="x" par="2"><start id="xs"/><sub id="y" seq="2"><start id="ys"/>{Waiting("a")}<go>ys a</go></sub><go>xs y</go></sub><throw id="t" compensate="x"/><user id="z"/><go>s x t z</go>""");
        play.Do("a a a a").Shows("undoa undoa undoa undoa").Do("undoa undoa undoa undoa").Shows("z").Do("z").ShouldHaveEnded();
    }

    [Fact, Proves("endEvent/compensation", "subProcess")]
    public void Compensates_only_its_own_scope_from_an_end_inside()
    {
        var play = Play.Of($"""<start id="s"/>{Waiting("o")}<sub id="x"><start id="xs"/>{Waiting("a")}<end id="e" compensate=""/><go>xs a e</go></sub><user id="z"/><go>s o x z</go>""");
        play.Do("o a").Shows("undoa").Do("undoa").Shows("z").Do("z").ShouldHaveEnded();
    }

    [Fact, Proves("boundaryEvent/compensation", "intermediateThrowEvent/compensation")]
    public void Compensates_in_a_handler_what_the_handler_did()
    {
        var play = Play.Of($"""<start id="s"/><user id="a"/><boundary id="ba" on="a" compensate="" by="u"/><sub id="u" undoes="true"><start id="us"/>{Waiting("h")}<throw id="ut" compensate="h"/><go>us h ut</go></sub><throw id="t" compensate=""/><user id="z"/><go>s a t z</go>""");
        play.Do("a h").Shows("undoh").Do("undoh").Shows("z");
    }

    [Fact, Proves("boundaryEvent/timer", "intermediateThrowEvent/compensation")]
    public void Stops_compensation_that_waits_when_its_scope_is_stopped()
    {
        var play = Play.Of($"""<start id="s"/><sub id="x"><start id="xs"/>{Waiting("a")}<throw id="t" compensate=""/><go>xs a t</go></sub><boundary id="k" on="x" timer="PT1H"/><user id="z"/><go>s x</go><go>k z</go>""");
        play.Do("a").Shows("undoa").Fire("k").Shows("z").Do("z").ShouldHaveEnded();
    }

    [Fact, Proves("endEvent/error", "intermediateThrowEvent/compensation")]
    public void Raises_an_error_from_what_compensates()
    {
        var play = Play.Of("""<start id="s"/><sub id="x"><start id="xs"/><user id="a"/><boundary id="ba" on="a" compensate="" by="u"/><sub id="u" undoes="true"><start id="us"/><user id="h"/><end id="ue" error="E"/><go>us h ue</go></sub><throw id="t" compensate=""/><user id="no"/><go>xs a t no</go></sub><boundary id="k" on="x" error="E"/><user id="z"/><go>s x</go><go>k z</go>""");
        play.Do("a h").Shows("z").Do("z").ShouldHaveEnded();
    }

    [Fact, Proves("intermediateThrowEvent/compensation", "parallelGateway")]
    public void Throws_twice_at_once_and_undoes_once()
    {
        var play = Play.Of($"""<start id="s"/>{Waiting("a")}<and id="f"/><throw id="t" compensate=""/><throw id="u" compensate=""/><user id="y"/><user id="z"/><go>s a f t y</go><go>f u z</go>""");
        play.Do("a").Shows("undoa z").Do("undoa").Shows("y z");
    }

    [Fact, Proves("transaction", "callActivity", "endEvent/cancel")]
    public void Cancels_called_processes_inside_a_transaction()
    {
        var play = Play.Of("""<start id="s"/><tx id="x"><start id="xs"/><and id="f"/><call id="c" calls="q"/><user id="a"/><end id="e" cancel=""/><go>xs f c</go><go>f a e</go></tx><boundary id="k" on="x" cancel=""/><user id="z"/><go>s x</go><go>k z</go>""", ("q", """<start id="s"/><user id="u"/><go>s u</go>"""));
        play.Shows("a u").Do("a").Shows("z");
    }

    [Fact, Proves("multiInstance/sequential", "eventSubProcess-nonInterrupting/timer")]
    public void Keeps_a_repetition_open_for_its_event_sub_process()
    {
        var play = Play.Of("""<start id="s"/><sub id="x" seq="2"><start id="xs"/><user id="a"/><go>xs a</go><on id="o"><start id="os" timer="PT1H" aside=""/><user id="h"/><go>os h</go></on></sub><user id="z"/><go>s x z</go>""");
        play.Fire("os").Do("a").Shows("h").Do("h").Shows("a").Timers.ShouldBe("os");
        play.Do("a").Shows("z").Timers.ShouldBe("");
    }

    [Fact, Proves("boundaryEvent/signal", "multiInstance/parallel", "callActivity")]
    public void Interrupts_repetitions_from_one_of_the_called()
    {
        var play = Play.Of("""<start id="s"/><call id="c" calls="q" par="2"/><boundary id="k" on="c" signal="g"/><user id="z"/><go>s c</go><go>k z</go>""", ("q", """<start id="s"/><user id="u"/><throw id="t" signal="g"/><user id="v"/><go>s u t v</go>"""));
        play.Do("u").Shows("z").Do("z").ShouldHaveEnded();
    }

    [Fact, Proves("eventSubProcess/error", "callActivity")]
    public void Catches_an_error_of_a_called_process_in_an_event_sub_process()
    {
        var play = Play.Of("""<start id="s"/><sub id="x"><start id="xs"/><call id="c" calls="q"/><go>xs c</go></sub><go>s x</go><on id="o"><start id="os" error="E"/><user id="h"/><go>os h</go></on>""", ("q", """<start id="s"/><user id="u"/><end id="e" error="E"/><go>s u e</go>"""));
        play.Do("u").Shows("h").Do("h").ShouldHaveEnded();
    }

    [Fact, Proves("boundaryEvent-nonInterrupting/message", "subProcess")]
    public void Goes_beside_into_the_same_sub_process_scope_twice()
    {
        var play = Play.Of("""<start id="s"/><sub id="x"><start id="xs"/><user id="a"/><boundary id="b" on="a" message="m" aside=""/><user id="h"/><xor id="g"/><user id="e"/><go>xs a g e</go><go>b h g</go></sub><user id="z"/><go>s x z</go>""");
        play.Message("m").Do("h").Shows("a e").Do("a").Shows("e e").Do("e e").Shows("z");
    }

    [Fact, Proves("eventSubProcess/timer", "subProcess", "parallelGateway")]
    public void Interrupts_one_of_two_sub_processes()
    {
        var play = Play.Of("""
            <start id="s"/><and id="f"/><sub id="x"><start id="xs"/><user id="a"/><go>xs a</go><on id="o"><start id="os" timer="PT1H"/><user id="h"/><go>os h</go></on></sub>
            <sub id="y"><start id="ys"/><user id="b"/><go>ys b</go><on id="o2"><start id="os2" timer="PT2H"/><user id="k"/><go>os2 k</go></on></sub><and id="j"/><user id="z"/><go>s f x j z</go><go>f y j</go>
            """);
        play.Wait("PT1H").Shows("b h").Do("b").Shows("h").Timers.ShouldBe("");
        play.Do("h").Shows("z");
    }

    [Fact, Proves("boundaryEvent-nonInterrupting/escalation", "eventSubProcess-nonInterrupting/escalation", "callActivity", "multiInstance/parallel")]
    public void Escalates_from_every_called_process()
    {
        var play = Play.Of("""<start id="s"/><call id="c" calls="q" par="2"/><user id="z"/><go>s c z</go><on id="o"><start id="os" escalation="X" aside=""/><user id="h"/><go>os h</go></on>""", ("q", """<start id="s"/><throw id="t" escalation="X"/><user id="u"/><go>s t u</go>"""));
        play.Shows("h h u u").Do("u u").Shows("h h z");
    }

    [Fact, Proves("endEvent/terminate", "callActivity", "multiInstance/parallel")]
    public void Terminates_one_called_process_of_several()
    {
        var play = Play.Of("""<start id="s"/><call id="c" calls="q" par="2"/><user id="z"/><go>s c z</go>""", ("q", """<start id="s"/><and id="f"/><user id="u"/><user id="v"/><end id="e" terminate=""/><go>s f u e</go><go>f v</go>"""));
        play.Do("u").Shows("u v").Do("u").Shows("z");
    }

    [Fact, Proves("eventBasedGateway", "multiInstance/parallel")]
    public void Decides_for_each_repetition()
    {
        var play = Play.Of("""<start id="s"/><sub id="x" par="2"><start id="xs"/><first id="g"/><catch id="m" message="m"/><catch id="t" timer="PT1H"/><user id="a"/><user id="b"/><go>xs g m a</go><go>g t b</go></sub><user id="z"/><go>s x z</go>""");
        play.Fire("t").Shows("b").Message("m").Shows("a b").Do("a b").Shows("z");
    }

    [Fact, Proves("boundaryEvent/error", "eventSubProcess-nonInterrupting/message")]
    public void Throws_an_error_from_a_non_interrupting_event_sub_process()
    {
        var play = Play.Of("""<start id="s"/><sub id="x"><start id="xs"/><user id="a"/><go>xs a</go><on id="o"><start id="os" message="m" aside=""/><user id="h"/><end id="oe" error="E"/><go>os h oe</go></on></sub><boundary id="k" on="x" error="E"/><user id="z"/><go>s x</go><go>k z</go>""");
        play.Message("m").Shows("a h").Do("h").Shows("z").Do("z").ShouldHaveEnded();
    }

    [Fact, Proves("intermediateCatchEvent/signal", "intermediateThrowEvent/signal", "parallelGateway")]
    public void Catches_in_one_branch_what_another_throws_later()
    {
        var play = Play.Of("""<start id="s"/><and id="f"/><catch id="c" signal="g"/><user id="a"/><throw id="t" signal="g"/><and id="j"/><user id="z"/><go>s f c j z</go><go>f a t j</go>""");
        play.Shows("a").Do("a").Shows("z").Do("z").ShouldHaveEnded();
    }

    [Fact, Proves("boundaryEvent/conditional", "multiInstance/parallel")]
    public void Stops_repetitions_when_a_condition_comes_true()
    {
        var play = Play.With(new { n = 0 }, """<start id="s"/><user id="a" par="3"/><boundary id="k" on="a" when="${n > 1}"/><user id="z"/><go>s a</go><go>k z</go>""");
        play.Do("a", new { n = 1 }).Shows("a a").Do("a", new { n = 2 }).Shows("z");
    }

    [Fact, Proves("eventSubProcess/compensation", "multiInstance/parallel")]
    public void Runs_the_compensation_event_sub_process_of_each_repetition()
    {
        var play = Play.With(new { rows = new[] { 1, 2 } }, """<start id="s"/><sub id="x" of="rows" each="row"><start id="xs"/><user id="a"/><go>xs a</go><on id="o"><start id="os" compensate=""/><user id="h" name="h${row}"/><go>os h</go></on></sub><throw id="t" compensate="x"/><user id="z"/><go>s x t z</go>""");
        play.Do("a a").Names.ShouldBe("h1 h2");
        play.Do("h h").Shows("z").Do("z").ShouldHaveEnded();
    }

    [Fact, Proves("subProcess", "endEvent/terminate", "boundaryEvent/compensation")]
    public void Compensates_what_was_done_before_a_terminate_end()
    {
        var play = Play.Of($"""<start id="s"/><sub id="x"><start id="xs"/>{Waiting("a")}<and id="f"/><user id="b"/><end id="e" terminate=""/><go>xs a f b</go><go>f e</go></sub><throw id="t" compensate="x"/><user id="z"/><go>s x t z</go>""");
        play.Do("a").Shows("undoa").Do("undoa").Shows("z");
    }
}
