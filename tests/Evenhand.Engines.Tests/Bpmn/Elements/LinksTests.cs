namespace Evenhand.Engines.Tests.Bpmn.Elements;

public sealed class LinksTests
{
    [Fact, Proves("intermediateThrowEvent/link", "intermediateCatchEvent/link")]
    public void Goes_on_at_the_event_of_the_same_name()
    {
        var play = Play.Of("""<start id="s"/><user id="a"/><throw id="t1" link="A"/><catch id="c1" link="A"/><user id="b"/><throw id="t2" link="B"/><catch id="c2" link="B"/><user id="z"/><go>s a t1</go><go>c1 b t2</go><go>c2 z</go>""");
        play.Do("a").Shows("b").Do("b").Shows("z").Do("z").ShouldHaveEnded();
    }

    [Fact, Proves("intermediateThrowEvent/link", "intermediateCatchEvent/link")]
    public void Has_several_sources_and_one_target()
    {
        var play = Play.Of("""<start id="s"/><and id="f"/><user id="a"/><user id="b"/><throw id="t" link="L"/><throw id="u" link="L"/><catch id="c" link="L"/><user id="z"/><go>s f a t</go><go>f b u</go><go>c z</go>""");
        play.Do("a b").Shows("z z").Do("z z").ShouldHaveEnded();
    }

    [Fact, Proves("intermediateThrowEvent/link")]
    public void Goes_round_in_a_loop() =>
        Play.With(new { n = 0 }, """<start id="s"/><catch id="c" link="L"/><script id="x" calculate="n + 1" camunda:resultVariable="n"/><xor id="g" default="g_z"/><throw id="t" link="L"/><user id="z"/><go>s x g z</go><go>c x</go><go if="${n &lt; 500}">g t</go>""").Shows("z").Var("n").ShouldBe(500);

    [Fact, Proves("intermediateThrowEvent/link")]
    public void Stays_in_its_scope() =>
        Play.Errors("""<start id="s"/><catch id="c" link="L"/><user id="z"/><go>c z</go><sub id="x"><start id="xs"/><throw id="t" link="L"/><go>xs t</go></sub><go>s x</go>""").ShouldBe("link-without-target@t");
}
