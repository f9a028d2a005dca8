using Evenhand.Bpmn.Execution;

namespace Evenhand.Engines.Tests.Bpmn.Elements;

public sealed class ExclusiveGatewaysTests
{
    private const string Three = """<start id="s"/><xor id="g" default="g_c"/><user id="a"/><user id="b"/><user id="c"/><go>s g c</go><go if="${n &gt;= 2}">g a</go><go if="${n &gt;= 1}">g b</go>""";

    [Theory, Proves("exclusiveGateway")]
    [InlineData(2, "a")]
    [InlineData(1, "b")]
    [InlineData(0, "c")]
    public void Takes_the_first_that_holds_else_the_default(int n, string task) => Play.With(new { n }, Three).Shows(task).Do(task).ShouldHaveEnded();

    [Fact, Proves("exclusiveGateway")]
    public void Passes_each_token_where_flows_meet()
    {
        var play = Play.Of("""<start id="s"/><and id="f"/><task id="a"/><task id="b"/><xor id="m"/><user id="u"/><go>s f a m u</go><go>f b m</go>""");
        play.Shows("u u").Do("u u").ShouldHaveEnded();
    }

    [Fact, Proves("exclusiveGateway")]
    public void Reads_properties_lists_and_white_space()
    {
        const string body = """<start id="s"/><xor id="g"/><user id="a"/><user id="b"/><go>s g</go><go if="${ orders[1].price &lt; 100 }&#10;   ">g a</go><go if=" #{orders[1].price >= 100 &amp;&amp; orders[0].price == 5}">g b</go>""";
        Play.With(new { orders = new[] { new { price = 5 }, new { price = 150 } } }, body).Shows("b");
        Play.With(new { orders = new[] { new { price = 5 }, new { price = 15 } } }, body).Shows("a");
    }

    [Fact, Proves("exclusiveGateway")]
    public void Stops_where_no_flow_can_be_taken_and_goes_on_when_mended()
    {
        const string body = """<start id="s"/><user id="u"/><xor id="g"/><user id="a"/><go>s u g</go><go if="${n == 1}">g a</go>""";
        var play = Play.With(new { n = 0 }, body).Do("u");
        (play.Incidents, play.At, play.Ended).ShouldBe(("no-flow-to-take", "g", false));
        play.Set(new { n = 1 }).Retry().Shows("a");
        var strict = Play.Strict(body).Start(new { n = 0 });
        strict.Rehearsal.Do(strict.State.Id, new CompleteTask(strict.State.Tasks[0].Id))!.Code.ShouldBe("no-flow-to-take");
        strict.Shows("u");
    }

    [Fact, Proves("exclusiveGateway")]
    public void Refuses_to_start_with_a_variable_nobody_set()
    {
        var play = Play.Strict(Three);
        play.Rehearsal.Start("p", new Start())!.Code.ShouldBe("expression-unknown-variable");
        play.Ended.ShouldBeTrue();
    }

    [Fact, Proves("exclusiveGateway")]
    public void Stops_at_a_condition_that_is_no_truth() =>
        Play.With(new { n = 1 }, """<start id="s"/><xor id="g"/><user id="a"/><go>s g</go><go if="${n}">g a</go>""").Incidents.ShouldBe("condition-not-boolean");

    [Fact, Proves("exclusiveGateway")]
    public void Goes_round_a_thousand_times_without_growing()
    {
        var play = Play.With(new { n = 0 }, """<start id="s"/><xor id="m"/><script id="x" calculate="n + 1" camunda:resultVariable="n"/><xor id="g" default="g_u"/><user id="u"/><go>s m x g u</go><go if="${n &lt; 1000}">g m</go>""");
        play.Shows("u").Var("n").ShouldBe(1000);
        play.State.Nodes.Length.ShouldBe(2);
    }

    [Fact, Proves("exclusiveGateway")]
    public void Stops_a_loop_that_never_ends()
    {
        var play = Play.Of("""<start id="s"/><xor id="m"/><task id="a"/><go>s m a m</go>""");
        play.Incidents.ShouldBe("step-limit");
    }
}
