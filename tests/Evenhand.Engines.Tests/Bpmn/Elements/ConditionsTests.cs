namespace Evenhand.Engines.Tests.Bpmn.Elements;

public sealed class ConditionsTests
{
    [Fact, Proves("intermediateCatchEvent/conditional")]
    public void Waits_until_it_holds()
    {
        const string body = """<start id="s"/><catch id="c" when="${v == 1}"/><user id="a"/><go>s c a</go>""";
        Play.With(new { v = 0 }, body).Shows("").Set(new { w = 1 }).Shows("").Set(new { v = 1 }).Shows("a").Do("a").ShouldHaveEnded();
        Play.With(new { v = 1 }, body).Shows("a");
        Play.Of(body).Shows("").Set(new { v = 1 }).Shows("a");
    }

    [Fact, Proves("boundaryEvent/conditional")]
    public void Interrupts_when_it_comes_true()
    {
        const string body = """<start id="s"/><user id="a"/><boundary id="b" on="a" when="${v == 1}"/><user id="h"/><user id="z"/><go>s a z</go><go>b h</go>""";
        Play.With(new { v = 0 }, body).Shows("a").Set(new { v = 1 }).Shows("h").Do("h").ShouldHaveEnded();
        Play.With(new { v = 1 }, body).Shows("h");
        Play.With(new { v = 0 }, body).Do("a", new { v = 1 }).Shows("z").Awaited.ShouldBe("");
    }

    [Fact, Proves("boundaryEvent-nonInterrupting/conditional")]
    public void Goes_beside_at_each_change_while_it_holds()
    {
        var play = Play.With(new { v = 0 }, """<start id="s"/><sub id="x"><start id="xs"/><user id="a"/><go>xs a</go></sub><boundary id="b" on="x" when="${v >= 1}" aside=""/><user id="h"/><user id="z"/><go>s x z</go><go>b h</go>""");
        play.Set(new { v = 1 }).Shows("a h").Set(new { v = 2 }).Shows("a h h").Set(new { v = 0 }).Shows("a h h");
        play.Do("a").Shows("h h z").Set(new { v = 5 }).Shows("h h z");
    }

    [Fact, Proves("boundaryEvent/conditional", "eventSubProcess/conditional")]
    public void Is_looked_at_when_a_task_or_script_sets_a_variable()
    {
        var play = Play.With(new { v = 0 }, """<start id="s"/><and id="f"/><user id="a"/><boundary id="b" on="a" when="${v == 3}"/><user id="h"/><user id="c"/><script id="k" calculate="v + 2" camunda:resultVariable="v"/><user id="d"/><go>s f a</go><go>f c k d</go><go>b h</go>""");
        play.Do("c", new { v = 1 }).Shows("d h");
    }

    [Fact, Proves("eventSubProcess/conditional", "eventSubProcess-nonInterrupting/conditional")]
    public void Starts_event_sub_processes_of_the_scope()
    {
        var play = Play.With(new { v = 0 }, """
            <start id="s"/><sub id="x"><start id="xs"/><user id="a"/><go>xs a</go><on id="o"><start id="os" when="${v == 1}" aside=""/><user id="h"/><go>os h</go></on></sub><go>s x</go><on id="o2"><start id="os2" when="${v == 2}"/><user id="k"/><go>os2 k</go></on>
            """);
        play.Set(new { v = 1 }).Shows("a h").Set(new { v = 2 }).Shows("k").Awaited.ShouldBe("");
    }

    [Fact, Proves("boundaryEvent/conditional")]
    public void Lets_one_of_two_that_hold_interrupt()
    {
        var play = Play.With(new { v = 0 }, """<start id="s"/><user id="a"/><boundary id="b" on="a" when="${v == 1}"/><boundary id="c" on="a" when="${v == 1}"/><user id="h"/><user id="k"/><go>s a</go><go>b h</go><go>c k</go>""");
        play.Set(new { v = 1 }).Shows("h");
    }

    [Fact, Proves("boundaryEvent-nonInterrupting/conditional")]
    public void Goes_beside_when_it_holds_from_the_start()
    {
        var play = Play.With(new { v = 1 }, """<start id="s"/><user id="a"/><boundary id="b" on="a" when="${v == 1}" aside=""/><user id="h"/><go>s a</go><go>b h</go>""");
        play.Shows("a h").Do("a h").ShouldHaveEnded();
    }

    [Fact, Proves("intermediateCatchEvent/conditional")]
    public void Is_told_by_the_variables_of_its_own_scope()
    {
        var play = Play.With(new { rows = new[] { 1, 2 }, v = 0 }, """<start id="s"/><sub id="x" of="rows" each="row"><start id="xs"/><catch id="c" when="${v == row}"/><user id="a" name="${row}"/><go>xs c a</go></sub><go>s x</go>""");
        play.Set(new { v = 2 }).Names.ShouldBe("2");
        play.Set(new { v = 1 }).Names.ShouldBe("1 2");
    }

    [Fact, Proves("boundaryEvent-nonInterrupting/conditional")]
    public void Heeds_no_variable_it_cannot_see_and_none_it_is_not_told_to()
    {
        var play = Play.With(new { v = 1, rows = new[] { 1, 2 } }, """
            <start id="s"/><and id="f"/><user id="a"/><boundary id="b" on="a" aside=""><conditionalEventDefinition camunda:variableName="v"><condition>${v == 1}</condition></conditionalEventDefinition></boundary><boundary id="c" on="a" when="${v == 1}" aside=""/><user id="h"/><user id="k"/>
            <user id="m" inturn="rows" each="row"/><go>s f a</go><go>f m</go><go>b h</go><go>c k</go>
            """);
        play.Shows("a h k m").Do("m").Shows("a h k m").Set(new { other = 1 }).Shows("a h k k m").Set(new { v = 1 }).Shows("a h h k k k m");
    }
}
