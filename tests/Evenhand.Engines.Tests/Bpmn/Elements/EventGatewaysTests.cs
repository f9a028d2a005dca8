namespace Evenhand.Engines.Tests.Bpmn.Elements;

public sealed class EventGatewaysTests
{
    private const string All = """
        <start id="s"/><first id="g"/><catch id="m" message="m"/><catch id="n" signal="n"/><catch id="t" timer="PT10M"/><catch id="c" when="${ready}"/><receive id="r" message="r"/>
        <user id="um"/><user id="un"/><user id="ut"/><user id="uc"/><user id="ur"/><go>s g m um</go><go>g n un</go><go>g t ut</go><go>g c uc</go><go>g r ur</go>
        """;

    [Fact, Proves("eventBasedGateway", "intermediateCatchEvent/message", "intermediateCatchEvent/signal", "intermediateCatchEvent/timer", "intermediateCatchEvent/conditional", "receiveTask")]
    public void Lets_the_first_event_decide_and_forgets_the_others()
    {
        Check(p => p.Message("m"), "um");
        Check(p => p.Signal("n"), "un");
        Check(p => p.Fire("t"), "ut");
        Check(p => p.Wait("PT11M"), "ut");
        Check(p => p.Set(new { ready = true }), "uc");
        Check(p => p.Message("r"), "ur");
    }

    [Fact, Proves("eventBasedGateway", "intermediateCatchEvent/conditional")]
    public void Passes_at_once_what_holds_already() => Play.With(new { ready = true }, All).Shows("uc").Awaited.ShouldBe("");

    [Fact, Proves("eventBasedGateway", "intermediateCatchEvent/timer")]
    public void Fires_a_cycle_once()
    {
        var play = Play.Of("""<start id="s"/><first id="g"/><catch id="m" message="m"/><catch id="t" cycle="R3/PT10M"/><user id="um"/><user id="ut"/><go>s g m um</go><go>g t ut</go>""");
        play.Wait("PT1H").Shows("ut").Timers.ShouldBe("");
    }

    [Fact, Proves("eventBasedGateway")]
    public void Counts_as_one_in_a_sub_process_and_in_a_loop()
    {
        var play = Play.Of("""<start id="s"/><sub id="x"><start id="xs"/><first id="g"/><catch id="m" message="m"/><catch id="t" timer="PT1H"/><user id="u"/><go>xs g m u g</go><go>g t</go></sub><boundary id="stop" on="x" message="stop"/><user id="z"/><go>s x</go><go>stop z</go>""");
        play.Message("m").Shows("u").Do("u").Awaited.ShouldBe("m stop");
        play.Message("stop").Shows("z").Timers.ShouldBe("");
    }

    private static void Check(Action<Play> happens, string task)
    {
        var play = Play.With(new { ready = false }, All);
        (play.At, play.Awaited, play.Timers).ShouldBe(("g", "c m n r", "t"));
        happens(play);
        (play.Open, play.Awaited, play.Timers).ShouldBe((task, "", ""));
        play.Do(task).ShouldHaveEnded();
    }
}
