namespace Evenhand.Engines.Tests.Bpmn.Elements;

public sealed class ParallelGatewaysTests
{
    [Fact, Proves("parallelGateway")]
    public void Forks_and_joins()
    {
        var play = Play.Of("""<start id="s"/><and id="f"/><user id="a"/><user id="b"/><and id="j"/><user id="c"/><go>s f a j c</go><go>f b j</go>""");
        play.Shows("a b").Do("b").Shows("a").Do("a").Shows("c").Do("c").ShouldHaveEnded();
        play.Times("j").ShouldBe(1);
    }

    [Fact, Proves("parallelGateway")]
    public void Ends_with_its_last_branch() =>
        Play.Of("""<start id="s"/><and id="f"/><user id="a"/><end id="x"/><user id="b"/><end id="y"/><go>s f a x</go><go>f b y</go>""").Do("a").Shows("b").Do("b").ShouldHaveEnded();

    [Fact, Proves("parallelGateway")]
    public void Joins_and_forks_in_one()
    {
        var play = Play.Of("""<start id="s"/><and id="f"/><user id="a"/><user id="b"/><and id="j"/><user id="c"/><user id="d"/><and id="k"/><user id="e"/><go>s f a j c k e</go><go>f b j d k</go>""");
        play.Do("a b").Shows("c d").Do("c d").Shows("e").Do("e").ShouldHaveEnded();
    }

    [Fact, Proves("parallelGateway")]
    public void Waits_for_every_flow_not_for_every_token()
    {
        var play = Play.Of("""<start id="s"/><and id="f"/><user id="a"/><user id="b"/><user id="c"/><xor id="m"/><and id="j"/><user id="d"/><go>s f a m j d</go><go>f b m</go><go>f c j</go>""");
        play.Do("a b").Shows("c").Do("c").Shows("d").Do("d");
        (play.Ended, play.Incidents).ShouldBe((false, "join-never-fires"));
    }

    [Fact, Proves("parallelGateway")]
    public void Joins_nested_forks_of_unequal_depth()
    {
        var play = Play.Of("""
            <start id="s"/><and id="f"/><user id="a"/><and id="g"/><user id="b"/><user id="c"/><and id="j"/><user id="z"/>
            <go>s f a j z</go><go>f g b j</go><go>g c j</go>
            """);
        play.Shows("a b c").Do("c a").Shows("b").Do("b").Shows("z");
    }

    [Fact, Proves("parallelGateway")]
    public void Joins_again_each_time_round_a_loop()
    {
        var play = Play.With(new { more = true }, """<start id="s"/><xor id="m"/><and id="f"/><user id="a"/><user id="b"/><and id="j"/><xor id="g" default="g_e"/><end id="e"/><go>s m f a j g e</go><go>f b j</go><go if="${more}">g m</go>""");
        play.Do("a b").Shows("a b").Do("b a").Shows("a b").Do("a", new { more = false }).Do("b").ShouldHaveEnded();
    }

    [Fact, Proves("parallelGateway")]
    public void Takes_no_heed_of_conditions() =>
        Play.Of("""<start id="s"/><and id="f"/><user id="a"/><user id="b"/><go>s f a</go><go if="${false}">f b</go>""").Shows("a b");

    [Fact, Proves("parallelGateway", "callActivity")]
    public void Joins_a_called_process_with_a_task()
    {
        var play = Play.Of("""<start id="s"/><and id="f"/><call id="c" calls="q"/><user id="a"/><and id="j"/><user id="z"/><go>s f c j z</go><go>f a j</go>""", ("q", """<start id="s"/><user id="inner"/><go>s inner</go>"""));
        play.Shows("a inner").Do("a").Shows("inner").Do("inner").Shows("z");
    }

    [Fact, Proves("parallelGateway", "human/move")]
    public void Says_that_it_never_fires_only_as_long_as_that_is_so()
    {
        var play = Play.Of("""<start id="s"/><and id="f"/><user id="a"/><user id="b"/><end id="e"/><and id="j"/><user id="z"/><user id="nobody"/><go>s f a j z</go><go>f b e</go><go>f j</go><go>nobody j</go>""");
        play.Do("a b").Incidents.ShouldBe("join-never-fires");
        play.Move("j", "a").Shows("a").Incidents.ShouldBe("");
    }
}
