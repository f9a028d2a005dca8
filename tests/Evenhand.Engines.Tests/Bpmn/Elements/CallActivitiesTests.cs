using Evenhand.Bpmn.Execution;

namespace Evenhand.Engines.Tests.Bpmn.Elements;

public sealed class CallActivitiesTests
{
    private const string Caller = """<start id="s"/><call id="c" calls="q"/><user id="z"/><go>s c z</go>""";

    [Fact, Proves("callActivity")]
    public void Waits_for_the_called_process() =>
        Play.Of(Caller, ("q", """<start id="s"/><user id="u"/><go>s u</go>""")).Shows("u").Do("u").Shows("z").Do("z").ShouldHaveEnded();

    [Fact, Proves("callActivity")]
    public void Goes_on_at_once_when_the_called_process_ends_at_once() => Play.Of(Caller, ("q", """<start id="s"/><task id="t"/><go>s t</go>""")).Shows("z");

    [Fact, Proves("callActivity")]
    public void Hands_over_and_takes_back_what_the_file_says()
    {
        var play = Play.With(new { a = 1, b = 2 }, """
            <start id="s"/><call id="c" calls="${'q'}"><extensionElements><camunda:in source="a" target="x"/><camunda:in sourceExpression="${a + b}" target="y"/><camunda:in businessKey="K${b}"/><camunda:out source="r" target="result"/><camunda:out sourceExpression="${r * 2}" target="twice"/></extensionElements></call>
            <user id="z" name="${result} ${twice}"/><go>s c z</go>
            """, ("q", """<start id="s"/><user id="u" name="${x} ${y}"/><go>s u</go>"""));
        play.Names.ShouldBe("1 3");
        play.Rehearsal.Instances.Last().BusinessKey.ShouldBe("K2");
        play.Rehearsal.Instances.Last().Variables.ContainsKey("a").ShouldBeFalse();
        play.Do("u", new { r = 5 }).Names.ShouldBe("5 10");
    }

    [Fact, Proves("callActivity")]
    public void Hands_over_everything_when_told_so()
    {
        var play = Play.With(new { a = 1 }, """<start id="s"/><call id="c" calls="q"><extensionElements><camunda:in variables="all"/><camunda:out variables="all"/></extensionElements></call><user id="z" name="${a} ${b}"/><go>s c z</go>""", ("q", """<start id="s"/><user id="u" name="${a}"/><go>s u</go>"""));
        play.Names.ShouldBe("1");
        play.Do("u", new { a = 3, b = 4 }).Names.ShouldBe("3 4");
    }

    [Fact, Proves("callActivity", "boundaryEvent/error", "endEvent/error")]
    public void Catches_an_error_of_the_called_process_however_deep()
    {
        var play = Play.Of("""<start id="s"/><call id="c" calls="q"/><boundary id="b" on="c" error="E"/><boundary id="all" on="c" error=""/><user id="z"/><user id="h"/><user id="k"/><go>s c z</go><go>b h</go><go>all k</go>""",
            ("q", """<start id="s"/><call id="d" calls="r"/><go>s d</go>"""), ("r", """<start id="s"/><sub id="x"><start id="xs"/><user id="u"/><end id="e" error="E"/><go>xs u e</go></sub><user id="no"/><go>s x no</go>"""));
        play.Shows("u").Do("u").Shows("h").Do("h").ShouldHaveEnded();
    }

    [Fact, Proves("callActivity", "eventSubProcess/error")]
    public void Fails_with_an_error_that_nobody_catches()
    {
        var play = Play.Of(Caller, ("q", """<start id="s"/><user id="u"/><end id="e" error="E"/><go>s u e</go>""")).Do("u");
        play.Ended.ShouldBeTrue();
        play.State.Status.ShouldBe(InstanceStatus.Failed);
    }

    [Fact, Proves("callActivity", "boundaryEvent-nonInterrupting/escalation", "boundaryEvent/escalation")]
    public void Catches_an_escalation_of_the_called_process()
    {
        const string body = """<start id="s"/><call id="c" calls="q"><extensionElements><camunda:out source="v" target="w"/></extensionElements></call><boundary id="b" on="c" escalation="X"{0}/><user id="z"/><user id="h" name="${w}"/><go>s c z</go><go>b h</go>""";
        (string, string) called = ("q", """<start id="s"/><script id="k" calculate="7" camunda:resultVariable="v"/><throw id="t" escalation="X"/><user id="u"/><go>s k t u</go>""");
        Play.Of(body.Replace("{0}", "", StringComparison.Ordinal), called).Shows("h").Names.ShouldBe("7");
        Play.Of(body.Replace("{0}", " aside=''", StringComparison.Ordinal), called).Shows("h u").Do("u").Shows("h z");
    }

    [Fact, Proves("callActivity", "boundaryEvent/timer")]
    public void Cancels_the_called_process_when_interrupted()
    {
        var play = Play.Of("""<start id="s"/><call id="c" calls="q"/><boundary id="t" on="c" timer="PT1H"/><user id="z"/><go>s c</go><go>t z</go>""", ("q", """<start id="s"/><user id="u"/><go>s u</go>"""));
        play.Fire("t").Shows("z");
        play.Rehearsal.Instances.Last().Status.ShouldBe(InstanceStatus.Cancelled);
    }

    [Fact, Proves("callActivity", "endEvent/terminate")]
    public void Goes_on_when_the_called_process_terminates() =>
        Play.Of(Caller, ("q", """<start id="s"/><and id="f"/><user id="u"/><user id="v"/><end id="e" terminate=""/><go>s f u e</go><go>f v</go>""")).Do("u").Shows("z");

    [Fact, Proves("callActivity")]
    public void Waits_for_a_process_that_is_not_there_yet()
    {
        var play = Play.Of(Caller);
        play.Incidents.ShouldBe("call-failed");
        play.Rehearsal.Deploy(Evenhand.Bpmn.Graph.Definition.Compile(Evenhand.Bpmn.Xml.BpmnFile.Read(Shorthand.File([("q", """<start id="s"/><user id="u"/><go>s u</go>""")])).File!.Model).Definition!);
        play.Retry().Shows("u").Do("u").Shows("z");
    }

    [Fact, Proves("callActivity")]
    public void Calls_itself_until_it_is_enough()
    {
        var play = Play.With(new { n = 3 }, """<start id="s"/><xor id="g" default="g_u"/><call id="c" calls="p"><extensionElements><camunda:in sourceExpression="${n - 1}" target="n"/></extensionElements></call><user id="u"/><end id="e"/><go>s g u</go><go if="${n > 0}">g c</go><go>c e</go>""");
        play.Shows("u").Rehearsal.Instances.Count().ShouldBe(4);
        play.Do("u").ShouldHaveEnded();
    }

    [Fact, Proves("callActivity")]
    public void Is_cancelled_with_its_caller()
    {
        var play = Play.Of(Caller, ("q", """<start id="s"/><user id="u"/><go>s u</go>"""));
        play.Give(new Cancel()).Shows("").ShouldHaveEnded();
    }
}
