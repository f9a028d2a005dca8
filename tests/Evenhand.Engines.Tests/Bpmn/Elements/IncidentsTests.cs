namespace Evenhand.Engines.Tests.Bpmn.Elements;

/// <summary>What cannot go on stays until it is mended, and nothing beside it is lost.</summary>
public sealed class IncidentsTests
{
    [Fact, Proves("scriptTask", "multiInstance/parallel")]
    public void Stops_one_repetition_and_leaves_the_others_alone()
    {
        var play = Play.With(new { rows = new[] { 1, 0, 2 }, sum = 0 }, """<start id="s"/><sub id="x" of="rows" each="row"><start id="xs"/><script id="k" calculate="row > 0 ? row : missing" camunda:resultVariable="v"/><user id="a" name="${row}"/><go>xs k a</go></sub><user id="z"/><go>s x z</go>""");
        (play.Names, play.Incidents).ShouldBe(("1 2", "expression-unknown-variable"));
        play.Do("a").Set(new { missing = 9 }).Retry().Names.ShouldBe("0 2");
        play.Do("a a").Shows("z");
    }

    [Fact, Proves("userTask", "multiInstance/sequential")]
    public void Keeps_the_votes_given_when_one_repetition_cannot_begin()
    {
        var play = Play.With(new { who = new[] { "a", "b" } }, """<start id="s"/><user id="x" inturn="who" each="w" name="${w == 'a' ? w : other}"/><boundary id="t" on="x" timer="PT1H"/><user id="z"/><go>s x z</go><go>t z</go>""");
        play.Do("x").Shows("").Incidents.ShouldBe("expression-unknown-variable");
        play.Timers.ShouldBe("t");
        play.Set(new { other = "B" }).Retry().Names.ShouldBe("B");
        play.Do("x").Shows("z").Timers.ShouldBe("");
    }

    [Fact, Proves("boundaryEvent/timer", "scriptTask")]
    public void Lets_a_boundary_event_take_what_is_stuck()
    {
        var play = Play.Of("""<start id="s"/><script id="k" calculate="missing" camunda:resultVariable="v"/><boundary id="t" on="k" timer="PT1H"/><user id="z"/><user id="n"/><go>s k n</go><go>t z</go>""");
        play.Timers.ShouldBe("t");
        play.Fire("t").Shows("z").Incidents.ShouldBe("");
        play.Do("z").ShouldHaveEnded();
    }

    [Fact, Proves("boundaryEvent/compensation", "scriptTask")]
    public void Goes_on_with_the_compensation_that_was_stuck()
    {
        var play = Play.Of("""<start id="s"/><user id="a"/><boundary id="b" on="a" compensate="" by="undo"/><script id="undo" undoes="true" calculate="missing" camunda:resultVariable="v"/><throw id="t" compensate=""/><user id="z"/><go>s a t z</go>""");
        play.Do("a").Incidents.ShouldBe("expression-unknown-variable");
        play.Set(new { missing = 1 }).Retry().Shows("z").Do("z").ShouldHaveEnded();
    }

    [Fact, Proves("userTask", "multiInstance/parallel")]
    public void Hands_out_again_what_could_not_be_told()
    {
        const string maps = """<extensionElements><camunda:inputOutput><camunda:outputParameter name="y">${x + 1}</camunda:outputParameter></camunda:inputOutput></extensionElements>""";
        var play = Play.Of($"""<start id="s"/><user id="a">{maps}</user><user id="z" name="{"${y}"}"/><go>s a z</go>""").Do("a");
        (play.Open, play.Incidents).ShouldBe(("", "expression-unknown-variable"));
        play.State.Steps.Length.ShouldBe(1);
        play.Set(new { x = 1 }).Retry().Names.ShouldBe("2");
        var many = Play.Of("""<start id="s"/><user id="a" par="3" until="${nrOfCompletedInstances == enough}"/><user id="z"/><go>s a z</go>""").Do("a");
        many.Shows("a a").Set(new { enough = 2 }).Retry().Shows("a a").Do("a").Shows("z").Do("z").ShouldHaveEnded();
    }

    [Fact, Proves("intermediateThrowEvent/message", "intermediateThrowEvent/signal", "intermediateCatchEvent/timer", "eventBasedGateway")]
    public void Tries_events_again()
    {
        var play = Play.Of("""<start id="s"/><throw id="m" message="m-${v}"/><throw id="g" signal="g-${w}"/><catch id="t" timer="${d}"/><first id="f"/><catch id="c" signal="c"/><catch id="n" message="n-${k}"/><user id="z"/><go>s m g t f c z</go><go>f n</go>""");
        play.At.ShouldBe("m");
        play.Set(new { v = 1 }).Retry().At.ShouldBe("g");
        play.Set(new { w = 1 }).Retry().At.ShouldBe("t");
        play.Set(new { d = "PT1H" }).Retry().Fire("t").At.ShouldBe("f");
        play.Awaited.ShouldBe("");
        play.Set(new { k = 1 }).Retry().Signal("c").Shows("z");
    }

    [Fact, Proves("multiInstance/parallel", "subProcess")]
    public void Tries_a_collection_again()
    {
        var play = Play.Of("""<start id="s"/><sub id="x" of="rows" each="row"><start id="xs"/><user id="a"/><go>xs a</go></sub><boundary id="t" on="x" timer="PT1H"/><user id="z"/><go>s x z</go>""");
        (play.Incidents, play.Timers).ShouldBe(("expression-unknown-variable", "t"));
        play.Set(new { rows = new[] { 1, 2 } }).Retry().Shows("a a").Do("a a").Shows("z").Timers.ShouldBe("");
    }
}
