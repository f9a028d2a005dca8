namespace Evenhand.Engines.Tests.Bpmn.Elements;

public sealed class LoopsTests
{
    [Fact, Proves("standardLoop", "userTask")]
    public void Goes_round_while_its_condition_holds()
    {
        var play = Play.With(new { more = true }, """<start id="s"/><user id="a"><standardLoopCharacteristics><loopCondition>${more}</loopCondition></standardLoopCharacteristics></user><boundary id="t" on="a" timer="PT1H"/><user id="z"/><go>s a z</go>""");
        play.Do("a").Shows("a").Timers.ShouldBe("t");
        play.Do("a", new { more = false }).Shows("z").Timers.ShouldBe("");
    }

    [Fact, Proves("standardLoop")]
    public void Asks_before_the_first_time_when_told_so()
    {
        const string body = """<start id="s"/><user id="a"><standardLoopCharacteristics testBefore="true"><loopCondition>${more}</loopCondition></standardLoopCharacteristics></user><user id="z"/><go>s a z</go>""";
        Play.With(new { more = false }, body).Shows("z");
        Play.With(new { more = true }, body).Shows("a").Do("a").Shows("a").Do("a", new { more = false }).Shows("z");
    }

    [Fact, Proves("standardLoop", "subProcess")]
    public void Ends_at_its_maximum()
    {
        var play = Play.Of("""<start id="s"/><sub id="x"><start id="xs"/><user id="a" name="${loopCounter}"/><go>xs a</go><standardLoopCharacteristics loopMaximum="2"/></sub><user id="z"/><go>s x z</go>""");
        play.Names.ShouldBe("0");
        play.Do("a").Names.ShouldBe("1");
        play.Do("a").Shows("z").Do("z").ShouldHaveEnded();
    }

    [Fact, Proves("standardLoop", "scriptTask")]
    public void Goes_round_a_thousand_times()
    {
        var play = Play.With(new { n = 0 }, """<start id="s"/><script id="x" calculate="n + 1" camunda:resultVariable="n"><standardLoopCharacteristics><loopCondition>${n &lt; 1000}</loopCondition></standardLoopCharacteristics></script><go>s x</go>""");
        play.ShouldHaveEnded();
        play.Var("n").ShouldBe(1000);
    }
}
