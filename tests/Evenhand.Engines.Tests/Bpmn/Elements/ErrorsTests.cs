using Evenhand.Bpmn.Execution;
using Evenhand.Bpmn.Rehearsals;

namespace Evenhand.Engines.Tests.Bpmn.Elements;

public sealed class ErrorsTests
{
    [Fact, Proves("boundaryEvent/error", "endEvent/error")]
    public void Takes_the_named_code_before_the_one_that_catches_all()
    {
        const string body = """<start id="s"/><sub id="x"><start id="xs"/><user id="a"/><end id="e" error="{0}"/><go>xs a e</go></sub><boundary id="any" on="x" error=""/><boundary id="b" on="x" error="E"/><user id="u"/><user id="v"/><user id="n"/><go>s x n</go><go>any u</go><go>b v</go>""";
        Play.Of(body.Replace("{0}", "E", StringComparison.Ordinal)).Do("a").Shows("v").Do("v").ShouldHaveEnded();
        Play.Of(body.Replace("{0}", "F", StringComparison.Ordinal)).Do("a").Shows("u").Do("u").ShouldHaveEnded();
    }

    [Fact, Proves("boundaryEvent/error")]
    public void Goes_outwards_to_whoever_catches_its_code()
    {
        var play = Play.Of("""
            <start id="s"/><sub id="x"><start id="xs"/><sub id="y"><start id="ys"/><and id="f"/><user id="a"/><user id="b"/><end id="e" error="E"/><go>ys f a e</go><go>f b</go></sub><boundary id="other" on="y" error="F"/><user id="o"/><go>xs y</go><go>other o</go></sub>
            <boundary id="mine" on="x" error="E"/><user id="z"/><go>s x</go><go>mine z</go>
            """);
        play.Do("a").Shows("z").Do("z").ShouldHaveEnded();
    }

    [Fact, Proves("boundaryEvent/error", "serviceTask")]
    public void Catches_what_a_service_raises()
    {
        var play = Play.Served(_ => new ServiceAnswer(ErrorCode: "E"), """<start id="s"/><service id="a" camunda:topic="t"/><boundary id="b" on="a"><errorEventDefinition camunda:errorCodeVariable="code"/></boundary><user id="z"/><user id="n"/><go>s a n</go><go>b z</go>""");
        play.Shows("z").Var("code").ShouldBe("E");
    }

    [Fact, Proves("endEvent/error")]
    public void Ends_the_instance_when_nobody_catches_it()
    {
        var play = Play.Of("""<start id="s"/><and id="f"/><user id="a"/><user id="b"/><end id="e" error="E"/><go>s f a e</go><go>f b</go>""").Do("a");
        play.ShouldHaveEnded();
        (play.State.Status, play.State.EndEvent).ShouldBe((InstanceStatus.Failed, "e"));
    }

    [Fact, Proves("boundaryEvent/error", "userTask")]
    public void Is_raised_by_a_task() =>
        Play.Of("""<start id="s"/><sub id="x"><start id="xs"/><user id="a"/><go>xs a</go></sub><boundary id="b" on="x" error="E"/><user id="z"/><go>s x</go><go>b z</go>""").Throw("a", "E").Shows("z");

    [Fact, Proves("eventSubProcess/error")]
    public void Takes_the_event_sub_process_with_the_code_before_the_one_that_catches_all()
    {
        var play = Play.Of("""<start id="s"/><user id="a"/><end id="e" error="E"/><go>s a e</go><on id="o"><start id="os" error=""/><user id="u"/><go>os u</go></on><on id="p1"><start id="ps" error="E"/><user id="v"/><go>ps v</go></on>""");
        play.Do("a").Shows("v").Do("v").ShouldHaveEnded();
    }

    [Fact, Proves("eventSubProcess/error")]
    public void Goes_outwards_when_thrown_in_the_event_sub_process_that_caught_it()
    {
        var play = Play.Of("""
            <start id="s"/><sub id="x"><start id="xs"/><user id="a"/><end id="e" error="E"/><go>xs a e</go><on id="o"><start id="os" error="E"/><user id="h"/><end id="again" error="E"/><go>os h again</go></on></sub>
            <boundary id="b" on="x" error="E"/><user id="z"/><go>s x</go><go>b z</go>
            """);
        play.Do("a").Shows("h").Do("h").Shows("z").Do("z").ShouldHaveEnded();
    }

    [Fact, Proves("eventSubProcess/error", "endEvent/error")]
    public void Is_caught_at_the_top_and_stops_all_else()
    {
        var play = Play.Of("""<start id="s"/><and id="f"/><user id="a"/><user id="b"/><sub id="x"><start id="xs"/><user id="c"/><end id="e" error="E"/><go>xs c e</go></sub><go>s f a</go><go>f b</go><go>f x</go><on id="o"><start id="os" error="E"/><user id="h"/><go>os h</go></on>""");
        play.Do("c").Shows("h").Do("h").ShouldHaveEnded();
    }

    [Fact, Proves("boundaryEvent/error", "multiInstance/parallel", "multiInstance/sequential")]
    public void Stops_all_repetitions()
    {
        const string body = """<start id="s"/><sub id="x" {0}="3"><start id="xs"/><user id="a"/><end id="e" error="E"/><go>xs a e</go></sub><boundary id="b" on="x" error="E"/><user id="z"/><user id="n"/><go>s x n</go><go>b z</go>""";
        Play.Of(body.Replace("{0}", "par", StringComparison.Ordinal)).Do("a").Shows("z").Do("z").ShouldHaveEnded();
        Play.Of(body.Replace("{0}", "seq", StringComparison.Ordinal)).Do("a").Shows("z").Do("z").ShouldHaveEnded();
    }

    [Fact, Proves("boundaryEvent/error", "callActivity", "multiInstance/parallel")]
    public void Stops_all_called_processes_of_a_multi_instance()
    {
        var play = Play.Of("""<start id="s"/><call id="c" calls="q" par="2"/><boundary id="b" on="c" error="E"/><user id="z"/><go>s c</go><go>b z</go>""", ("q", """<start id="s"/><user id="u"/><end id="e" error="E"/><go>s u e</go>"""));
        play.Do("u").Shows("z").Do("z").ShouldHaveEnded();
    }

    [Fact, Proves("eventSubProcess/error", "multiInstance/parallel")]
    public void Is_caught_inside_its_own_repetition()
    {
        var play = Play.Of("""<start id="s"/><sub id="x" par="2"><start id="xs"/><user id="a"/><end id="e" error="E"/><go>xs a e</go><on id="o"><start id="os" error="E"/><user id="h"/><go>os h</go></on></sub><user id="z"/><go>s x z</go>""");
        play.Do("a").Shows("a h").Do("a h h").Shows("z");
    }

    [Fact, Proves("boundaryEvent/error", "transaction")]
    public void Leaves_a_transaction_without_compensation()
    {
        var play = Play.Of("""<start id="s"/><tx id="x"><start id="xs"/><user id="a"/><boundary id="c" on="a" compensate="" by="undo"/><user id="undo" undoes="true"/><user id="b"/><end id="e" error="E"/><go>xs a b e</go></tx><boundary id="h" on="x" error="E"/><user id="z"/><go>s x</go><go>h z</go>""");
        play.Do("a b").Shows("z").Do("z").ShouldHaveEnded();
    }
}
