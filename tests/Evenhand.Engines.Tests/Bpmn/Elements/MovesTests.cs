namespace Evenhand.Engines.Tests.Bpmn.Elements;

public sealed class MovesTests
{
    private const string Line = """<start id="s"/><user id="a"/><boundary id="t" on="a" timer="PT1H"/><user id="b"/><boundary id="u" on="b" timer="PT1H"/><user id="late"/><go>s a b</go><go>t late</go><go>u late</go>""";

    private const string Sub = """<start id="s"/><user id="a"/><sub id="x"><start id="xs"/><user id="b"/><sub id="y"><start id="ys"/><user id="c"/><user id="d"/><go>ys c d</go></sub><boundary id="i" on="y" timer="PT2H"/><user id="e"/><go>xs b y e</go><go>i e</go></sub><boundary id="t" on="x" timer="PT1H"/><user id="z"/><go>s a x z</go><go>t z</go>""";

    private const string Parallel = """<start id="s"/><user id="a"/><and id="f"/><user id="b"/><user id="c"/><and id="j"/><user id="z"/><go>s a f b j z</go><go>f c j</go>""";

    [Fact, Proves("human/move", "boundaryEvent/timer")]
    public void Goes_back_and_on_with_its_timers()
    {
        var play = Play.Of(Line).Do("a");
        play.Timers.ShouldBe("u");
        play.Move("b", "a").Shows("a").Timers.ShouldBe("t");
        play.Move("a", "b").Shows("b").Timers.ShouldBe("u");
        play.Do("b").ShouldHaveEnded();
    }

    [Fact, Proves("human/move", "subProcess")]
    public void Goes_out_of_sub_processes_and_into_them()
    {
        Play.Of(Sub).Do("a b").Shows("c").Move("c", "a").Shows("a").Timers.ShouldBe("");
        var into = Play.Of(Sub).Move("a", "d").Shows("d");
        into.Timers.ShouldBe("i t");
        into.Do("d").Shows("e").Do("e").Shows("z");
        Play.Of(Sub).Do("a b c").Move("d", "b").Shows("b").Timers.ShouldBe("t");
        var between = Play.Of(Sub).Do("a").Move("b", "c").Shows("c");
        between.State.Nodes.Count(n => n.Node.Id == "x").ShouldBe(1);
        between.Do("c d e z").ShouldHaveEnded();
    }

    [Fact, Proves("human/move", "parallelGateway")]
    public void Goes_from_one_to_both_branches_and_from_both_to_one()
    {
        Play.Of(Parallel).Move("a", "b c").Shows("b c").Do("b").Shows("c").Do("c").Shows("z").Do("z").ShouldHaveEnded();
        Play.Of(Parallel).Do("a").Move("b c", "z").Shows("z").Do("z").ShouldHaveEnded();
        Play.Of(Parallel).Do("a").Move("b c", "a").Shows("a").Do("a b c").Shows("z");
    }

    [Fact, Proves("human/move", "parallelGateway", "inclusiveGateway")]
    public void Goes_into_joins_which_then_count_it()
    {
        foreach (var process in new[] { Parallel, Parallel.Replace("<and id=\"j\"/>", "<or id=\"j\"/>", StringComparison.Ordinal) })
        {
            Play.Of(process).Do("a").Move("b c", "j").Shows("z").Do("z").ShouldHaveEnded();
            Play.Of(process).Do("a").Move("b", "j").Shows("c").Do("c").Shows("z").Do("z").ShouldHaveEnded();
            Play.Of(process).Do("a b").Move("c", "j").Shows("z").Do("z").ShouldHaveEnded();
            Play.Of(process).Do("a b").Move("c j", "a").Shows("a").Do("a b c").Shows("z").Do("z").ShouldHaveEnded();
        }
    }

    [Fact, Proves("human/move", "multiInstance/parallel", "multiInstance/sequential")]
    public void Gives_up_all_repetitions_and_makes_them_anew()
    {
        foreach (var kind in new[] { "par", "seq" })
        {
            var play = Play.Of($"""<start id="s"/><user id="a"/><user id="b" {kind}="3"/><boundary id="t" on="b" timer="PT1H"/><user id="z"/><go>s a b z</go><go>t z</go>""").Do("a b");
            play.Move("b", "a").Shows("a").Timers.ShouldBe("");
            play.Move("a", "b").Shows(kind == "par" ? "b b b" : "b").Do("b b b").Shows("z").Move("z", "b").Do("b b b z").ShouldHaveEnded();
        }
    }

    [Fact, Proves("human/move", "callActivity")]
    public void Cancels_called_processes_and_calls_again()
    {
        var play = Play.Of("""<start id="s"/><user id="a"/><call id="c" calls="q"/><user id="z"/><go>s a c z</go>""", ("q", """<start id="s"/><user id="u"/><go>s u</go>""")).Do("a").Shows("u");
        play.Move("c", "a").Shows("a").Move("a", "c").Shows("u").Do("u").Shows("z").Move("z", "c").Shows("u");
    }

    [Fact, Proves("human/move", "intermediateCatchEvent/timer", "intermediateCatchEvent/message", "eventBasedGateway", "exclusiveGateway")]
    public void Goes_to_and_from_events_and_gateways()
    {
        var play = Play.With(new { n = 1 }, """<start id="s"/><user id="a"/><catch id="m" message="m"/><catch id="t" timer="PT1H"/><first id="g"/><catch id="g1" signal="g1"/><xor id="x"/><user id="b"/><user id="c"/><go>s a m t g g1 x</go><go if="${n == 1}">x b</go><go if="${n == 2}">x c</go>""");
        play.Move("a", "m").Awaited.ShouldBe("m");
        play.Move("m", "t").Timers.ShouldBe("t");
        play.Move("t", "g").Awaited.ShouldBe("g1");
        play.Move("g", "x").Shows("b").Move("b", "m").Message("m").Timers.ShouldBe("t");
    }

    [Fact, Proves("human/move", "subProcess")]
    public void Keeps_the_sibling_that_was_not_moved()
    {
        var play = Play.Of("""<start id="s"/><and id="f"/><sub id="x"><start id="xs"/><user id="a"/><user id="b"/><go>xs a b</go></sub><sub id="y"><start id="ys"/><user id="c"/><user id="d"/><go>ys c d</go></sub><and id="j"/><user id="z"/><go>s f x j z</go><go>f y j</go>""");
        play.Do("a c").Move("d", "c").Shows("b c").Do("c b d").Shows("z");
    }

    [Fact, Proves("human/move")]
    public void Refuses_what_cannot_be()
    {
        var play = Play.Of(Line);
        play.TryMove("a", "nothing")!.Code.ShouldBe("move-target-unknown");
        play.TryMove("a", "t")!.Code.ShouldBe("move-target-unknown");
        play.Shows("a").Timers.ShouldBe("t");
    }

    [Fact, Proves("human/move", "eventSubProcess/message")]
    public void Leaves_an_event_sub_process_and_listens_again()
    {
        var play = Play.Of("""<start id="s"/><user id="a"/><user id="b"/><go>s a b</go><on id="o"><start id="os" message="m"/><user id="h"/><go>os h</go></on>""");
        play.Message("m").Shows("h").Move("h", "b").Shows("b");
    }
}
