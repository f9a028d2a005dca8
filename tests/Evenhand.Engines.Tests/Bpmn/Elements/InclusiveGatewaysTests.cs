namespace Evenhand.Engines.Tests.Bpmn.Elements;

public sealed class InclusiveGatewaysTests
{
    private const string Fork = """<start id="s"/><or id="f" default="f_d"/><user id="a"/><user id="b"/><user id="d"/><or id="j"/><user id="z"/><go>s f</go><go if="${n &lt;= 1}">f a</go><go if="${n &lt;= 2}">f b</go><go>f d j z</go><go>a j</go><go>b j</go>""";

    [Theory, Proves("inclusiveGateway")]
    [InlineData(1, "a b")]
    [InlineData(2, "b")]
    [InlineData(3, "d")]
    public void Takes_all_that_hold_else_the_default_and_joins_once(int n, string tasks)
    {
        var play = Play.With(new { n }, Fork).Shows(tasks).Do(tasks).Shows("z");
        play.Times("j").ShouldBe(1);
        play.Do("z").ShouldHaveEnded();
    }

    [Fact, Proves("inclusiveGateway")]
    public void Waits_for_the_other_branch() => Play.With(new { n = 1 }, Fork).Do("a").Shows("b").Do("b").Shows("z");

    [Fact, Proves("inclusiveGateway")]
    public void Stops_where_nothing_holds() =>
        Play.With(new { n = 4 }, """<start id="s"/><or id="f"/><user id="a"/><user id="b"/><go>s f</go><go if="${n == 1}">f a</go><go if="${n == 2}">f b</go>""").Incidents.ShouldBe("no-flow-to-take");

    [Fact, Proves("inclusiveGateway")]
    public void Goes_on_when_the_other_branch_ends_elsewhere()
    {
        var play = Play.Of("""<start id="s"/><or id="f"/><user id="a"/><user id="b"/><xor id="g" default="g_e"/><end id="e"/><or id="j"/><user id="z"/><go>s f a j z</go><go>f b g e</go><go if="${back}">g j</go>""");
        play.Do("a").Shows("b").Do("b", new { back = false }).Shows("z").Do("z").ShouldHaveEnded();
    }

    [Fact, Proves("inclusiveGateway")]
    public void Waits_not_for_what_can_only_come_round_again()
    {
        var play = Play.With(new { again = true }, """<start id="s"/><or id="j"/><user id="a"/><xor id="g" default="g_e"/><end id="e"/><go>s j a g e</go><go if="${again}">g j</go>""");
        play.Shows("a").Do("a").Shows("a").Do("a", new { again = false }).ShouldHaveEnded();
    }

    [Fact, Proves("inclusiveGateway", "subProcess")]
    public void Waits_for_tokens_deep_in_sub_processes()
    {
        var play = Play.Of("""<start id="s"/><and id="f"/><user id="a"/><sub id="x"><start id="xs"/><sub id="y"><start id="ys"/><user id="deep"/><go>ys deep</go></sub><go>xs y</go></sub><or id="j"/><user id="z"/><go>s f a j z</go><go>f x j</go>""");
        play.Do("a").Shows("deep").Do("deep").Shows("z").Do("z").ShouldHaveEnded();
    }

    [Fact, Proves("inclusiveGateway", "multiInstance/parallel", "multiInstance/sequential")]
    public void Waits_for_all_repetitions()
    {
        var play = Play.Of("""<start id="s"/><and id="f"/><user id="a" par="2"/><user id="b" seq="2"/><or id="j"/><user id="z"/><go>s f a j z</go><go>f b j</go>""");
        play.Do("b b").Shows("a a").Do("a").Shows("a").Do("a").Shows("z");
    }

    [Fact, Proves("inclusiveGateway", "boundaryEvent/timer")]
    public void Waits_for_what_a_boundary_event_may_send()
    {
        const string body = """<start id="s"/><and id="f"/><user id="a"/><user id="b"/><end id="e"/><boundary id="t" on="b" timer="PT1H"/><or id="j"/><user id="z"/><go>s f a j z</go><go>f b e</go><go>t j</go>""";
        Play.Of(body).Do("a").Shows("b").Do("b").Shows("z").Do("z").ShouldHaveEnded();
        Play.Of(body).Do("a").Fire("t").Shows("z").Do("z").ShouldHaveEnded();
        Play.Of(body).Fire("t").Shows("a").Do("a").Shows("z").Do("z").ShouldHaveEnded();
    }

    [Fact, Proves("inclusiveGateway", "eventSubProcess-nonInterrupting/message")]
    public void Takes_no_heed_of_event_sub_processes()
    {
        var play = Play.Of("""<start id="s"/><and id="f"/><user id="a"/><user id="b"/><or id="j"/><user id="z"/><go>s f a j z</go><go>f b j</go><on id="o"><start id="os" message="m" aside=""/><user id="note"/><go>os note</go></on>""");
        play.Message("m").Do("a b").Shows("note z").Do("z").Shows("note").Do("note").ShouldHaveEnded();
    }

    [Fact, Proves("inclusiveGateway", "intermediateThrowEvent/link", "intermediateCatchEvent/link")]
    public void Waits_for_what_comes_by_a_link()
    {
        var play = Play.Of("""<start id="s"/><and id="f"/><user id="a"/><user id="b"/><throw id="out" link="L"/><catch id="in" link="L"/><or id="j"/><user id="z"/><go>s f a j z</go><go>f b out</go><go>in j</go>""");
        play.Do("a").Shows("b").Do("b").Shows("z").Do("z").ShouldHaveEnded();
    }

    [Fact, Proves("inclusiveGateway", "eventBasedGateway")]
    public void Waits_for_an_event_gateway_before_it()
    {
        var play = Play.Of("""<start id="s"/><and id="f"/><user id="a"/><first id="g"/><catch id="m" message="m"/><catch id="t" timer="PT1H"/><end id="e"/><or id="j"/><user id="z"/><go>s f a j z</go><go>f g m j</go><go>g t e</go>""");
        play.Do("a").Shows("").Message("m").Shows("z");
    }

    [Fact, Proves("inclusiveGateway")]
    public void Joins_two_tokens_of_one_flow_one_at_a_time()
    {
        var play = Play.Of("""<start id="s"/><and id="f"/><user id="a"/><user id="b"/><xor id="m"/><or id="j"/><user id="c"/><user id="z"/><go>s f a m j z</go><go>f b m</go><go>f c j</go>""");
        play.Do("a").Shows("b c").Do("b").Shows("c").Do("c").Shows("z z");
    }

    [Fact, Proves("inclusiveGateway")]
    public void Joins_splits_and_joins_again()
    {
        var play = Play.With(new { n = 1 }, """
            <start id="s"/><or id="f"/><user id="a"/><user id="b"/><or id="m"/><user id="c"/><user id="d"/><or id="j"/><user id="z"/>
            <go>s f</go><go if="${n > 0}">f a</go><go if="${n > 0}">f b</go><go>a m</go><go>b m</go><go if="${n > 0}">m c</go><go if="${n > 5}">m d</go><go>c j z</go><go>d j</go>
            """);
        play.Do("a b").Shows("c").Do("c").Shows("z").Do("z").ShouldHaveEnded();
    }

    [Fact, Proves("inclusiveGateway")]
    public void Waits_not_for_what_may_come_by_a_flow_that_has_a_token_already()
    {
        var play = Play.Of("""<start id="s"/><and id="f"/><user id="a"/><user id="b"/><xor id="m"/><xor id="x" default="x_j"/><or id="j"/><user id="z"/><go>s f a m j z</go><go>f b x j</go><go if="${false}">x m</go>""");
        play.Do("a").Shows("b z").Do("b").Shows("z z");
    }
}
