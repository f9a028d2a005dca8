using Evenhand.Bpmn.Execution;

namespace Evenhand.Engines.Tests.Bpmn.Elements;

public sealed class EndEventsTests
{
    [Fact, Proves("endEvent/terminate")]
    public void Stops_the_whole_instance()
    {
        var play = Play.Of("""<start id="s"/><and id="f"/><user id="a"/><end id="e" terminate=""/><sub id="x" par="2"><start id="xs"/><user id="b"/><go>xs b</go></sub><boundary id="t" on="x" timer="PT1H"/><user id="z"/><call id="c" calls="q"/><go>s f a e</go><go>f x z</go><go>f c</go><go>t z</go>""", ("q", """<start id="s"/><user id="u"/><go>s u</go>"""));
        play.Shows("a b b u").Do("a").ShouldHaveEnded();
        (play.State.Status, play.State.EndEvent).ShouldBe((InstanceStatus.Terminated, "e"));
    }

    [Fact, Proves("endEvent/terminate", "subProcess")]
    public void Stops_only_the_sub_process_it_is_in()
    {
        var play = Play.Of("""<start id="s"/><and id="f"/><user id="o"/><sub id="x"><start id="xs"/><and id="g"/><user id="a"/><end id="e" terminate=""/><sub id="y"><start id="ys"/><user id="b"/><go>ys b</go></sub><go>xs g a e</go><go>g y</go></sub><boundary id="t" on="x" timer="PT1H"/><user id="z"/><go>s f x z</go><go>f o</go><go>t z</go>""");
        play.Do("a").Shows("o z").Timers.ShouldBe("");
    }

    [Fact, Proves("endEvent/terminate", "multiInstance/sequential")]
    public void Goes_on_with_the_next_repetition()
    {
        var play = Play.Of("""<start id="s"/><sub id="x" seq="2"><start id="xs"/><and id="f"/><user id="a"/><user id="b"/><end id="e" terminate=""/><go>xs f a e</go><go>f b</go></sub><user id="z"/><go>s x z</go>""");
        play.Do("a").Shows("a b").Do("a").Shows("z");
    }

    [Fact, Proves("endEvent/none")]
    public void Ends_with_the_last_token_and_says_where()
    {
        var play = Play.Of("""<start id="s"/><and id="f"/><user id="a"/><user id="b"/><end id="ea"/><end id="eb"/><go>s f a ea</go><go>f b eb</go>""");
        play.Do("b a").ShouldHaveEnded();
        play.State.EndEvent.ShouldBe("ea");
    }

    [Fact, Proves("endEvent/none")]
    public void Refuses_anything_afterwards()
    {
        var play = Play.Of("""<start id="s"/><end id="e"/><go>s e</go>""");
        play.Try(new SetVariables())!.Code.ShouldBe("instance-ended");
        play.Try(new Start())!.Code.ShouldBe("instance-started");
    }

    [Fact, Proves("endEvent/none")]
    public void Keeps_its_variables() => Play.With(new { v = 1 }, """<start id="s"/><script id="a" calculate="v + 1" camunda:resultVariable="v"/><go>s a</go>""").Var("v").ShouldBe(2);

    [Fact]
    public void Cancels_everything_when_cancelled()
    {
        var play = Play.Of("""<start id="s"/><and id="f"/><user id="a" par="3"/><boundary id="t" on="a" timer="PT1H"/><catch id="m" message="m"/><first id="g"/><catch id="n" signal="n"/><service id="v" camunda:class="x"/><and id="j"/><go>s f a</go><go>f m j</go><go>f g n</go><go>f v j</go><go>t a</go>""");
        play.Give(new Cancel()).ShouldHaveEnded();
        play.State.Status.ShouldBe(InstanceStatus.Cancelled);
    }

    [Fact, Proves("intermediateThrowEvent/none")]
    public void Passes_a_milestone()
    {
        var play = Play.Of("""<start id="s"/><throw id="m"/><user id="a"/><go>s m a</go>""").Shows("a");
        play.Times("m").ShouldBe(1);
    }
}
