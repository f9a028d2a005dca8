using Evenhand.Bpmn.Execution;

namespace Evenhand.Engines.Tests.Bpmn.Elements;

public sealed class MessagesTests
{
    [Fact, Proves("intermediateCatchEvent/message")]
    public void Reaches_one_instance_by_its_key()
    {
        const string body = """<start id="s"/><catch id="c"><messageEventDefinition messageRef="M"/></catch><user id="a" name="${id}"/><go>s c a</go>""";
        var xml = Shorthand.File([("p", body)]).Replace("<process ", """<message id="M" name="paid"><extensionElements><s:subscription xmlns:s="http://camunda.org/schema/zeebe/1.0" correlationKey="=id"/></extensionElements></message><process """, StringComparison.Ordinal);
        var play = Play.File(xml).Start(new { id = "1" }).Start(new { id = "2" });
        play.Message("paid", key: "2").Names.ShouldBe("2");
        play.Rehearsal.Deliver(new Correlate("paid") { CorrelationKey = "3" })!.Code.ShouldBe("message-not-awaited");
    }

    [Fact, Proves("intermediateCatchEvent/message")]
    public void Waits_in_parallel_for_several()
    {
        var play = Play.Of("""<start id="s"/><and id="f"/><catch id="a" message="a"/><catch id="b" message="b"/><and id="j"/><user id="z"/><go>s f a j z</go><go>f b j</go>""");
        play.Awaited.ShouldBe("a b");
        play.Message("b").Awaited.ShouldBe("a");
        play.Message("a").Shows("z");
    }

    [Fact, Proves("intermediateCatchEvent/message")]
    public void Has_a_name_with_holes() => Play.With(new { n = 4 }, """<start id="s"/><catch id="a" message="m-${n}"/><user id="z"/><go>s a z</go>""").Message("m-4").Shows("z");

    [Fact, Proves("boundaryEvent/message")]
    public void Interrupts_the_activity_it_is_for()
    {
        var play = Play.Of("""<start id="s"/><sub id="x"><start id="xs"/><user id="a"/><boundary id="i" on="a" message="in"/><user id="k"/><go>xs a</go><go>i k</go></sub><boundary id="o" on="x" message="out"/><user id="z"/><user id="n"/><go>s x n</go><go>o z</go>""");
        play.Awaited.ShouldBe("i o");
        play.Message("in").Shows("k").Awaited.ShouldBe("o");
        play.Message("out").Shows("z").Awaited.ShouldBe("");
    }

    [Fact, Proves("boundaryEvent/message")]
    public void Lets_the_first_of_two_win()
    {
        const string body = """<start id="s"/><user id="a" {0}/><boundary id="b" on="a" message="m1"/><boundary id="c" on="a" message="m2"/><user id="u"/><user id="v"/><user id="n"/><go>s a n</go><go>b u</go><go>c v</go>""";
        Play.Of(body.Replace("{0}", "", StringComparison.Ordinal)).Message("m2").Shows("v").Awaited.ShouldBe("");
        var many = Play.Of(body.Replace("{0}", "par='5'", StringComparison.Ordinal));
        many.Awaited.ShouldBe("b c");
        many.Do("a").Message("m1").Shows("u").Do("u").ShouldHaveEnded();
        Play.Of(body.Replace("{0}", "par='2'", StringComparison.Ordinal)).Do("a a").Shows("n").Awaited.ShouldBe("");
    }

    [Fact, Proves("boundaryEvent-nonInterrupting/message")]
    public void Goes_beside_each_time()
    {
        var play = Play.Of("""<start id="s"/><user id="a"/><boundary id="b" on="a" message="m" aside=""/><user id="h"/><user id="z"/><go>s a z</go><go>b h</go>""");
        play.Message("m").Message("m").Shows("a h h").Do("a").Shows("h h z");
        play.Rehearsal.Deliver(new Correlate("m"))!.Code.ShouldBe("message-not-awaited");
    }

    [Fact, Proves("intermediateThrowEvent/message", "endEvent/message", "startEvent/message")]
    public void Is_thrown_to_another_process()
    {
        var play = Play.Ready("""<start id="s"/><throw id="t" message="begin"/><user id="u"/><end id="e" message="finish"/><go>s t u e</go>""", ("q", """<start id="s" message="begin"/><catch id="c" message="finish"/><user id="z"/><go>s c z</go>"""));
        play.Start().Shows("u").Do("u").Shows("z").Do("z").ShouldHaveEnded();
    }

    [Fact, Proves("endEvent/message", "intermediateThrowEvent/message")]
    public void Goes_on_when_nobody_listens() => Play.Of("""<start id="s"/><throw id="t" message="x"/><end id="e" message="y"/><go>s t e</go>""").ShouldHaveEnded();

    [Fact, Proves("intermediateThrowEvent/message")]
    public void Asks_the_host_when_a_service_sends_it()
    {
        var play = Play.Served(_ => new(Failure: "down"), """<start id="s"/><throw id="t"><messageEventDefinition camunda:topic="mail"/></throw><user id="u"/><go>s t u</go>""");
        play.Incidents.ShouldBe("service-failed");
    }

    [Fact, Proves("intermediateCatchEvent/message", "boundaryEvent/message", "eventBasedGateway")]
    public void Hands_out_what_the_file_says()
    {
        const string maps = """<extensionElements><zeebe:ioMapping><zeebe:output source="=n + 1" target="m"/></zeebe:ioMapping></extensionElements>""";
        var play = Play.Of($"""<start id="s"/><catch id="a" message="a">{maps}</catch><first id="g"/><catch id="b" message="b">{maps}</catch><catch id="t" timer="PT1H"/><user id="c"/><boundary id="d" on="c" message="d">{maps}</boundary><user id="z"/><go>s a g b c</go><go>g t</go><go>d z</go>""");
        play.Message("a", new { n = 1 }).Var("m").ShouldBe(2);
        play.Message("b", new { n = 2 }).Var("m").ShouldBe(3);
        play.Message("d", new { n = 3 }).Var("m").ShouldBe(4);
    }

    [Theory, Proves("boundaryEvent/message", "intermediateCatchEvent/message")]
    [InlineData("""<user id="a"/><boundary id="b" on="a"/><go>s a</go>""")]
    [InlineData("""<catch id="b"/><go>s b</go>""")]
    public void Refuses_an_event_that_waits_for_nothing(string body) => Play.Errors($"""<start id="s"/>{body}""").ShouldBe("event-without-definition@b");
}
