using Evenhand.Bpmn.Execution;

namespace Evenhand.Engines.Tests.Bpmn.Elements;

public sealed class StartEventsTests
{
    [Fact, Proves("startEvent/message", "startEvent/none")]
    public void Starts_where_the_message_says()
    {
        var play = Play.Ready("""<start id="s"/><start id="m" message="m1"/><start id="n" message="m2"/><user id="a"/><user id="b"/><user id="c"/><go>s a</go><go>m b</go><go>n c</go>""");
        play.Start().Shows("a").Do("a").Message("m1").Shows("b").Do("b").Message("m2", new { v = 1 }).Shows("c").Do("c").ShouldHaveEnded();
    }

    [Fact, Proves("startEvent/message")]
    public void Refuses_to_start_without_a_message_where_there_are_several()
    {
        var play = Play.Ready("""<start id="m" message="m1"/><start id="n" message="m2"/><user id="b"/><user id="c"/><go>m b</go><go>n c</go>""");
        play.Rehearsal.Start("p", new Start())!.Code.ShouldBe("no-plain-start");
        play.Start(at: "n").Shows("c");
    }

    [Fact, Proves("startEvent/message")]
    public void Goes_to_who_waits_before_it_starts_a_new_instance()
    {
        var play = Play.Ready("""<start id="m" message="m"/><user id="a"/><catch id="c" message="m"/><user id="b"/><go>m a c b</go>""");
        play.Message("m").Do("a").Message("m").Shows("b").Message("m").Shows("a b");
    }

    [Fact, Proves("startEvent/timer")]
    public void Starts_once_after_a_duration_or_at_an_instant()
    {
        foreach (var timer in new[] { "timer='PT50M'", "date='2026-01-05T09:50:00Z'" })
        {
            var play = Play.Ready($"""<start id="s" {timer}/><user id="a"/><go>s a</go>""");
            play.Rehearsal.StartTimers.Count.ShouldBe(1);
            play.Wait("PT49M").Shows("").Wait("PT1M").Shows("a").Wait("P1D").Shows("a");
            play.Rehearsal.StartTimers.ShouldBeEmpty();
        }
    }

    [Fact, Proves("startEvent/timer")]
    public void Starts_again_as_its_cycle_says()
    {
        var play = Play.Ready("""<start id="s" cycle="R3/PT1H"/><user id="a"/><go>s a</go>""");
        play.Wait("PT1H").Shows("a").Wait("PT1H").Shows("a a").Wait("PT1H").Shows("a a a").Wait("P1D").Shows("a a a");
        var cron = Play.Ready("""<start id="s" cycle="0 0 12 * * ?"/><user id="a"/><go>s a</go>""");
        cron.Wait("PT2H").Shows("").Wait("PT1H").Shows("a").Wait("P1D").Shows("a a");
    }

    [Fact, Proves("startEvent/timer")]
    public void Fires_by_hand_and_by_start()
    {
        var play = Play.Ready("""<start id="s" timer="PT1H"/><user id="a"/><go>s a</go>""");
        play.Start().Shows("a").Fire("s").Shows("a a");
        play.Rehearsal.StartTimers.ShouldBeEmpty();
    }

    [Fact, Proves("startEvent/conditional")]
    public void Starts_at_a_condition_when_the_host_says_so()
    {
        var play = Play.Ready("""<start id="s"/><start id="c" when="${x > 1}"/><user id="a"/><user id="b"/><go>s a</go><go>c b</go>""");
        play.Rehearsal.StartTriggers.Select(t => t.Node.Id).ShouldBe(["c"]);
        play.Start(new { x = 5 }, at: "c").Shows("b");
    }

    [Fact, Proves("startEvent/none")]
    public void Begins_with_what_nothing_leads_to_in_a_process_without_start() =>
        Play.Of("""<user id="a"/><user id="b"/><go>a b</go>""").Shows("a").Do("a").Shows("b");

    [Fact, Proves("startEvent/none")]
    public void Remembers_who_started()
    {
        var play = Play.Ready("""<start id="s" camunda:initiator="who"/><user id="a" camunda:assignee="${who}"/><go>s a</go>""");
        play.Rehearsal.Start("p", new Start { Actor = "wang" }).ShouldBeNull();
        play.State.Tasks[0].Assignee.ShouldBe("wang");
    }

    [Fact, Proves("startEvent/message", "receiveTask")]
    public void Begins_at_a_receive_task_that_instantiates()
    {
        var play = Play.Ready("""<receive id="r" message="m" instantiate="true"/><user id="a"/><go>r a</go>""");
        play.Message("m").Shows("a");
    }

    [Theory]
    [InlineData("error='E'", "event-not-allowed-here")]
    [InlineData("message=''", "event-without-name")]
    [InlineData("timer=''", "timer-empty")]
    public void Refuses_starts_that_cannot_be(string start, string code) => Play.Errors($"""<start id="s" {start}/><user id="a"/><go>s a</go>""").ShouldBe($"{code}@s");
}
