namespace Evenhand.Engines.Tests.Bpmn.Elements;

public sealed class EscalationsTests
{
    private static string Process(string boundary, string sub = "") =>
        $"""<start id="s"/><sub id="x" {sub}><start id="xs"/><throw id="t" escalation="X"/><user id="a"/><go>xs t a</go></sub><boundary id="b" on="x" {boundary}/><user id="h"/><user id="z"/><go>s x z</go><go>b h</go>""";

    [Fact, Proves("boundaryEvent/escalation", "boundaryEvent-nonInterrupting/escalation", "intermediateThrowEvent/escalation")]
    public void Interrupts_or_goes_on_beside()
    {
        Play.Of(Process("escalation='X'")).Shows("h").Do("h").ShouldHaveEnded();
        Play.Of(Process("escalation='X' aside=''")).Shows("a h").Do("h a").Shows("z");
        Play.Of(Process("escalation=''")).Shows("h");
        Play.Of(Process("escalation='' aside=''")).Shows("a h");
    }

    [Fact, Proves("intermediateThrowEvent/escalation")]
    public void Is_ignored_where_nobody_catches_it() => Play.Of(Process("escalation='Y'")).Shows("a").Do("a").Shows("z");

    [Fact, Proves("endEvent/escalation")]
    public void Ends_only_its_own_branch()
    {
        var play = Play.Of("""<start id="s"/><sub id="x"><start id="xs"/><and id="f"/><end id="e" escalation="X"/><user id="a"/><go>xs f e</go><go>f a</go></sub><boundary id="b" on="x" escalation="X" aside=""/><user id="h"/><user id="z"/><go>s x z</go><go>b h</go>""");
        play.Shows("a h").Do("a").Shows("h z");
    }

    [Fact, Proves("endEvent/escalation")]
    public void Ends_the_sub_process_after_going_beside() =>
        Play.Of("""<start id="s"/><sub id="x"><start id="xs"/><end id="e" escalation="X"/><go>xs e</go></sub><boundary id="b" on="x" escalation="X" aside=""/><user id="h"/><user id="z"/><go>s x z</go><go>b h</go>""").Shows("h z");

    [Fact, Proves("endEvent/escalation")]
    public void Ends_the_process_where_nobody_catches_it() => Play.Of("""<start id="s"/><end id="e" escalation="X"/><go>s e</go>""").ShouldHaveEnded();

    [Fact, Proves("boundaryEvent/escalation")]
    public void Is_caught_innermost()
    {
        var play = Play.Of("""<start id="s"/><sub id="x"><start id="xs"/><sub id="y"><start id="ys"/><throw id="t" escalation="X"/><user id="a"/><go>ys t a</go></sub><boundary id="in" on="y" escalation="X"/><user id="h"/><go>xs y</go><go>in h</go></sub><boundary id="out" on="x" escalation="X"/><user id="z"/><go>s x</go><go>out z</go>""");
        play.Shows("h");
    }

    [Fact, Proves("boundaryEvent-nonInterrupting/escalation", "multiInstance/parallel", "multiInstance/sequential")]
    public void Comes_from_every_repetition()
    {
        Play.Of(Process("escalation='X' aside=''", "par='3'")).Shows("a a a h h h").Do("a a a").Shows("h h h z");
        Play.Of(Process("escalation='X'", "par='3'")).Shows("h").Do("h").ShouldHaveEnded();
        Play.Of(Process("escalation='X' aside=''", "seq='2'")).Shows("a h").Do("a").Shows("a h h").Do("a").Shows("h h z");
    }

    [Fact, Proves("eventSubProcess-nonInterrupting/escalation")]
    public void Is_caught_by_an_event_sub_process_before_the_boundary()
    {
        var play = Play.Of("""<start id="s"/><sub id="x"><start id="xs"/><throw id="t" escalation="X"/><user id="a"/><go>xs t a</go><on id="o"><start id="os" escalation="" aside=""/><user id="h"/><go>os h</go></on></sub><boundary id="b" on="x" escalation="X"/><user id="z"/><user id="n"/><go>s x n</go><go>b z</go>""");
        play.Shows("a h").Do("a").Shows("h").Do("h").Shows("n");
    }

    [Fact, Proves("eventSubProcess/escalation")]
    public void Interrupts_the_scope_it_is_thrown_in()
    {
        var play = Play.Of("""<start id="s"/><and id="f"/><user id="b"/><throw id="t" escalation="X"/><user id="a"/><go>s f b</go><go>f t a</go><on id="o"><start id="os" escalation="X"/><user id="h"/><go>os h</go></on>""");
        play.Shows("h").Do("h").ShouldHaveEnded();
    }

    [Fact, Proves("eventSubProcess/escalation", "eventSubProcess-nonInterrupting/escalation")]
    public void Goes_outwards_when_thrown_in_an_event_sub_process()
    {
        var play = Play.Of("""
            <start id="s"/><sub id="x"><start id="xs"/><user id="a"/><go>xs a</go><on id="o"><start id="os" timer="PT1H" aside=""/><throw id="t" escalation="X"/><user id="h"/><go>os t h</go></on><on id="o2"><start id="o2s" escalation="X"/><user id="no"/><go>o2s no</go></on></sub>
            <boundary id="b" on="x" escalation="X" aside=""/><user id="z"/><user id="n"/><go>s x n</go><go>b z</go>
            """);
        play.Fire("os").Shows("a h z");
    }

    [Fact, Proves("boundaryEvent-nonInterrupting/escalation", "userTask")]
    public void Comes_from_a_task_that_goes_on()
    {
        var play = Play.Of("""<start id="s"/><user id="a"/><boundary id="b" on="a" aside=""><escalationEventDefinition camunda:escalationCodeVariable="code"/></boundary><user id="h"/><user id="z"/><go>s a z</go><go>b h</go>""");
        play.Escalate("a", "X").Shows("a h").Escalate("a", "Y").Shows("a h h").Var("code").ShouldBe("Y");
        play.Do("a").Shows("h h z");
    }

    [Fact, Proves("intermediateThrowEvent/escalation", "callActivity")]
    public void Reaches_the_callers_caller()
    {
        var play = Play.Of("""<start id="s"/><call id="c" calls="q"/><boundary id="b" on="c" escalation="X" aside=""/><user id="h"/><user id="z"/><go>s c z</go><go>b h</go>""",
            ("q", """<start id="s"/><call id="d" calls="r"/><go>s d</go>"""), ("r", """<start id="s"/><throw id="t" escalation="X"/><user id="u"/><go>s t u</go>"""));
        play.Shows("h u").Do("u").Shows("h z");
    }
}
