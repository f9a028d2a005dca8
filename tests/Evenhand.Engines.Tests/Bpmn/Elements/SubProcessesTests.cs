namespace Evenhand.Engines.Tests.Bpmn.Elements;

public sealed class SubProcessesTests
{
    [Fact, Proves("subProcess")]
    public void Goes_on_when_all_inside_is_done()
    {
        var play = Play.Of("""<start id="s"/><sub id="x"><start id="xs"/><and id="f"/><user id="a"/><user id="b"/><go>xs f a</go><go>f b</go></sub><user id="z"/><go>s x z</go>""");
        play.Shows("a b").Do("a").Shows("b").Do("b").Shows("z");
    }

    [Fact, Proves("subProcess")]
    public void Passes_at_once_when_nothing_waits_inside() =>
        Play.Of("""<start id="s"/><sub id="x"><start id="xs"/><sub id="y"><start id="ys"/><end id="ye"/><go>ys ye</go></sub><go>xs y</go></sub><sub id="none"/><user id="z"/><go>s x none z</go>""").Shows("z");

    [Fact, Proves("subProcess", "boundaryEvent/timer")]
    public void Is_stopped_with_all_inside_by_a_boundary_event()
    {
        var play = Play.Of("""
            <start id="s"/><sub id="x"><start id="xs"/><sub id="y"><start id="ys"/><user id="a" par="2"/><boundary id="i" on="a" timer="PT3H"/><go>ys a</go></sub><boundary id="m" on="y" message="m"/><go>xs y</go></sub>
            <boundary id="t" on="x" timer="PT1H"/><user id="z"/><go>s x</go><go>t z</go>
            """);
        (play.Timers, play.Awaited).ShouldBe(("i t", "m"));
        play.Fire("t").Shows("z");
        (play.Timers, play.Awaited).ShouldBe(("", ""));
    }

    [Fact, Proves("subProcess")]
    public void Begins_with_what_nothing_leads_to_when_it_has_no_start() =>
        Play.Of("""<sub id="x"><user id="a"/><user id="b"/><user id="c"/><go>a c</go></sub><user id="z"/><go>x z</go>""").Shows("a b").Do("a").Shows("b c").Do("b c").Shows("z");

    [Fact, Proves("startEvent/none")]
    public void Starts_at_every_plain_start() =>
        Play.Of("""<start id="s"/><start id="t"/><user id="a"/><user id="b"/><go>s a</go><go>t b</go>""").Shows("a b").Do("a b").ShouldHaveEnded();

    [Fact, Proves("subProcess")]
    public void Takes_every_flow_out_of_it()
    {
        var play = Play.Of("""<start id="s"/><sub id="x"><start id="xs"/><user id="a"/><go>xs a</go></sub><user id="b"/><user id="c"/><go>s x b</go><go>x c</go>""");
        play.Do("a").Shows("b c");
    }

    [Fact, Proves("subProcess")]
    public void Keeps_its_variables_to_itself()
    {
        var play = Play.With(new { v = 1 }, """
            <start id="s"/><sub id="x"><extensionElements><camunda:inputOutput><camunda:inputParameter name="v">${v + 1}</camunda:inputParameter></camunda:inputOutput></extensionElements><start id="xs"/><script id="k" calculate="v * 10" camunda:resultVariable="v"/><user id="a" name="in ${v}"/><go>xs k a</go></sub>
            <user id="z" name="out ${v}"/><go>s x z</go>
            """);
        play.Names.ShouldBe("in 20");
        play.Do("a").Names.ShouldBe("out 1");
    }
}
