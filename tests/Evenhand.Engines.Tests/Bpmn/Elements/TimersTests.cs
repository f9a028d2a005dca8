using Evenhand.Bpmn.Execution;

namespace Evenhand.Engines.Tests.Bpmn.Elements;

public sealed class TimersTests
{
    [Theory, Proves("intermediateCatchEvent/timer")]
    [InlineData("timer='PT1H'")]
    [InlineData("timer='${wait}'")]
    [InlineData("date='2026-01-05T10:00:00'")]
    [InlineData("date='${due}'")]
    [InlineData("date='${at}'")]
    [InlineData("cycle='R5/PT1H'")]
    [InlineData("cycle='0 0 10 * * ?'")]
    public void Waits_until_it_is_due(string timer)
    {
        var variables = new { wait = "PT1H", due = "2026-01-05T10:00:00", at = new DateTimeOffset(2026, 1, 5, 12, 0, 0, TimeSpan.FromHours(2)) };
        var play = Play.With(variables, $"""<start id="s"/><catch id="t" {timer}/><user id="a"/><go>s t a</go>""");
        play.State.Timers.Single().Due.ShouldBe(new DateTimeOffset(2026, 1, 5, 10, 0, 0, TimeSpan.Zero));
        play.Wait("PT59M").Shows("").Wait("PT1M").Shows("a").Timers.ShouldBe("");
        play.Do("a").ShouldHaveEnded();
    }

    [Fact, Proves("intermediateCatchEvent/timer")]
    public void Fires_at_once_when_it_is_due_already_and_once_however_late()
    {
        var play = Play.Of("""<start id="s"/><catch id="t" date="2020-01-01T00:00:00Z"/><user id="a"/><boundary id="b" on="a" cycle="R/PT1H" aside=""/><user id="h"/><go>s t a</go><go>b h</go>""");
        play.Wait("PT0S").Shows("a").Wait("PT30H").Shows("a h").Wait("PT1H").Shows("a h h");
        play.State.Timers.Single().Due.ShouldBe(new DateTimeOffset(2026, 1, 6, 17, 0, 0, TimeSpan.Zero));
    }

    [Fact, Proves("boundaryEvent/timer")]
    public void Lets_the_earliest_of_several_win()
    {
        var play = Play.Of("""<start id="s"/><user id="a"/><boundary id="x" on="a" timer="PT1H"/><boundary id="y" on="a" timer="PT2H"/><boundary id="z" on="a" timer="PT3H"/><user id="u"/><user id="v"/><user id="w"/><go>s a</go><go>x u</go><go>y v</go><go>z w</go>""");
        play.Wait("PT1H").Shows("u").Timers.ShouldBe("");
        play.Wait("PT9H").Shows("u");
    }

    [Fact, Proves("boundaryEvent/timer")]
    public void Goes_with_its_activity()
    {
        var play = Play.Of("""<start id="s"/><user id="a"/><boundary id="x" on="a" timer="PT1H"/><user id="b"/><user id="u"/><user id="v"/><go>s a b</go><go>x u</go><go>x v</go>""");
        play.Do("a").Shows("b").Timers.ShouldBe("");
        play.Wait("PT9H").Shows("b").Start().Fire("x").Shows("b u v");
    }

    [Fact, Proves("boundaryEvent/timer")]
    public void Is_armed_again_each_time_round()
    {
        var play = Play.Of("""<start id="s"/><user id="a"/><boundary id="x" on="a" timer="PT1H"/><go>s a</go><go>x a</go>""");
        play.Fire("x").Shows("a").Timers.ShouldBe("x");
        play.Wait("PT1H").Shows("a").Timers.ShouldBe("x");
    }

    [Fact, Proves("boundaryEvent-nonInterrupting/timer")]
    public void Reminds_three_times()
    {
        var play = Play.Of("""<start id="s"/><user id="a"/><boundary id="x" on="a" cycle="R3/PT1H" aside=""/><user id="h"/><go>s a</go><go>x h</go>""");
        play.Wait("PT1H").Wait("PT1H").Shows("a h h").Timers.ShouldBe("x");
        play.Wait("PT1H").Shows("a h h h").Timers.ShouldBe("");
        play.Wait("PT9H").Do("a h h h").ShouldHaveEnded();
    }

    [Fact, Proves("boundaryEvent-nonInterrupting/timer")]
    public void Reminds_by_cron_until_it_is_done()
    {
        var play = Play.Of("""<start id="s"/><user id="a"/><boundary id="x" on="a" cycle="0 0 9 * * ?" aside=""/><user id="h"/><go>s a</go><go>x h</go>""");
        play.Wait("P1D").Wait("P1D").Shows("a h h").Do("a h h").ShouldHaveEnded();
    }

    [Fact, Proves("boundaryEvent-nonInterrupting/timer", "parallelGateway")]
    public void Goes_beside_into_a_join()
    {
        var play = Play.Of("""<start id="s"/><user id="a"/><boundary id="x" on="a" timer="PT1H" aside=""/><user id="h"/><and id="j"/><user id="z"/><go>s a j z</go><go>x h j</go>""");
        play.Fire("x").Shows("a h").Do("a").Shows("h").Do("h").Shows("z");
    }

    [Fact, Proves("boundaryEvent-nonInterrupting/timer", "subProcess", "multiInstance/parallel")]
    public void Runs_beside_a_sub_process_and_its_repetitions()
    {
        var play = Play.Of("""<start id="s"/><sub id="x" par="2"><start id="xs"/><user id="a"/><boundary id="i" on="a" timer="PT1H" aside=""/><user id="k"/><go>xs a</go><go>i k</go></sub><boundary id="o" on="x" timer="PT2H" aside=""/><user id="h"/><user id="z"/><go>s x z</go><go>o h</go>""");
        play.Fire("i").Fire("o").Shows("a a h k").Do("a a k").Shows("h z").Timers.ShouldBe("");
    }

    [Fact, Proves("boundaryEvent/timer", "receiveTask", "callActivity")]
    public void Ends_waits_of_every_kind()
    {
        var play = Play.Of("""<start id="s"/><receive id="a" message="m"/><boundary id="x" on="a" timer="PT1H"/><call id="c" calls="q"/><boundary id="y" on="c" timer="PT1H"/><user id="z"/><go>s a</go><go>x c</go><go>y z</go>""", ("q", """<start id="s"/><catch id="n" signal="never"/><go>s n</go>"""));
        play.Fire("x").Awaited.ShouldBe("n");
        play.Fire("y").Shows("z").Awaited.ShouldBe("");
    }

    [Fact, Proves("boundaryEvent/timer")]
    public void Keeps_the_activity_when_its_timer_cannot_be_read()
    {
        var play = Play.Of("""<start id="s"/><user id="a"/><boundary id="x" on="a" timer="${soon}"/><user id="z"/><go>s a</go><go>x z</go>""");
        play.Shows("a").Incidents.ShouldBe("expression-unknown-variable");
        play.Set(new { soon = "PT1H" }).Retry().Fire("x").Shows("z");
    }

    [Fact, Proves("eventSubProcess/timer", "eventSubProcess-nonInterrupting/timer")]
    public void Starts_event_sub_processes_by_duration_and_cycle()
    {
        var play = Play.Of("""<start id="s"/><user id="a"/><go>s a</go><on id="o"><start id="os" cycle="R2/PT1H" aside=""/><user id="h"/><go>os h</go></on><on id="o2"><start id="os2" timer="PT5H"/><user id="k"/><go>os2 k</go></on>""");
        play.Wait("PT1H").Wait("PT1H").Wait("PT1H").Shows("a h h").Timers.ShouldBe("os2");
        play.Wait("PT2H").Shows("k").Do("k").ShouldHaveEnded();
    }

    [Fact, Proves("boundaryEvent/timer")]
    public void Fires_once()
    {
        var play = Play.Of("""<start id="s"/><user id="a"/><boundary id="x" on="a" timer="PT1H"/><user id="z"/><go>s a</go><go>x z</go>""");
        var timer = play.State.Timers.Single().Id;
        play.Give(new FireTimer(timer)).Shows("z").Try(new FireTimer(timer))!.Code.ShouldBe("timer-gone");
    }

    [Fact]
    public void Stands_still_while_suspended()
    {
        var play = Play.Of("""<start id="s"/><user id="a"/><boundary id="x" on="a" timer="PT1H"/><user id="z"/><go>s a</go><go>x z</go>""");
        play.Give(new Suspend()).Wait("PT9H");
        play.Give(new Resume()).Shows("a").Wait("PT0S").Shows("z");
    }
}
