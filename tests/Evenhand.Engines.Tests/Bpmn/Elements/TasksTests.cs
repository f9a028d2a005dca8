using Evenhand.Bpmn.Execution;
using Evenhand.Bpmn.Rehearsals;

namespace Evenhand.Engines.Tests.Bpmn.Elements;

public sealed class TasksTests
{
    [Fact, Proves("userTask", "startEvent/none", "endEvent/none")]
    public void Opens_one_task_after_the_other()
    {
        var play = Play.With(new { who = "li", n = 3 }, """<start id="s"/><user id="a" name="第 ${n} 单" camunda:assignee="${who}" camunda:candidateGroups="sales, ${who}-team"/><user id="b"/><end id="e"/><go>s a b e</go>""");
        play.Shows("a").Names.ShouldBe("第 3 单");
        play.State.Tasks[0].Assignee.ShouldBe("li");
        play.State.Tasks[0].CandidateGroups.ShouldBe(["sales", "li-team"]);
        play.Do("a").Shows("b").Do("b").ShouldHaveEnded();
        play.State.EndEvent.ShouldBe("e");
    }

    [Fact, Proves("task", "manualTask")]
    public void Passes_what_is_done_outside_at_once()
    {
        var play = Play.Of("""<start id="s"/><task id="a"/><manual id="b"/><go>s a b</go>""");
        play.ShouldHaveEnded();
        play.Path.ShouldBe("s a b");
    }

    [Fact, Proves("serviceTask", "businessRuleTask", "sendTask")]
    public void Asks_the_host_and_keeps_its_result()
    {
        var play = Play.Served(id => new ServiceAnswer(id), """
            <start id="s"/><service id="a" camunda:class="x.Y" camunda:resultVariable="one"/><rule id="b" camunda:decisionRef="d" camunda:resultVariable="two"/><send id="c" camunda:type="mail"/><user id="u"/><go>s a b c u</go>
            """);
        play.Shows("u").Path.ShouldBe("s a b c");
        (play.Var("one"), play.Var("two")).ShouldBe(("a", "b"));
    }

    [Fact, Proves("serviceTask")]
    public void Keeps_what_was_done_when_a_service_fails_and_tries_again()
    {
        var works = false;
        var play = Play.Served(_ => works ? new ServiceAnswer() : new ServiceAnswer(Failure: "no line"), """<start id="s"/><user id="a"/><service id="b" camunda:topic="t"/><user id="c"/><go>s a b c</go>""");
        play.Do("a").Shows("").Incidents.ShouldBe("service-failed");
        play.State.Steps.Length.ShouldBe(1);
        works = true;
        play.Retry().Shows("c").Incidents.ShouldBe("");
    }

    [Fact, Proves("serviceTask")]
    public void Waits_for_a_host_that_answers_later()
    {
        var play = Play.Served(_ => null, """<start id="s"/><service id="a" camunda:topic="t" camunda:resultVariable="r"/><user id="b"/><boundary id="x" on="a" timer="PT1H"/><go>s a b</go>""");
        play.Timers.ShouldBe("x");
        play.Give(new CompleteRequest(play.State.Requests[0].Id) { Result = 7 }).Shows("b").Timers.ShouldBe("");
        play.Var("r").ShouldBe(7);
    }

    [Fact, Proves("scriptTask")]
    public void Calculates_a_script_into_its_variable()
    {
        var play = Play.With(new { a = 2, b = 3 }, """<start id="s"/><script id="x" calculate="a * b + 1" camunda:resultVariable="c"/><xor id="g"/><user id="yes"/><user id="no"/><go>s x g</go><go if="${c == 7}">g yes</go><go if="${c != 7}">g no</go>""");
        play.Shows("yes").Var("c").ShouldBe(7);
    }

    [Fact, Proves("scriptTask")]
    public void Stops_a_script_that_knows_not_its_variable_until_it_does()
    {
        var play = Play.Of("""<start id="s"/><script id="x" calculate="missing + 1" camunda:resultVariable="c"/><user id="u"/><go>s x u</go>""");
        play.Incidents.ShouldBe("expression-unknown-variable");
        play.Set(new { missing = 1 }).Retry().Shows("u").Var("c").ShouldBe(2);
    }

    [Fact, Proves("receiveTask")]
    public void Receives_a_message_or_a_trigger()
    {
        var play = Play.Of("""<start id="s"/><receive id="a" message="go on"/><receive id="b"/><user id="c"/><go>s a b c</go>""");
        play.Awaited.ShouldBe("a");
        play.Message("go on", new { n = 1 }).At.ShouldBe("b");
        (play.Awaited, play.Var("n")).ShouldBe(("", 1));
        play.Trigger("b").Shows("c");
        play.Rehearsal.Deliver(new Correlate("go on"))!.Code.ShouldBe("message-not-awaited");
    }

    [Fact, Proves("receiveTask", "multiInstance/sequential", "multiInstance/parallel")]
    public void Receives_a_message_for_each_repetition()
    {
        var play = Play.Of("""<start id="s"/><receive id="a" message="m" seq="2"/><receive id="b" message="m" par="2"/><go>s a b</go>""");
        play.Awaited.ShouldBe("a");
        play.Message("m").Awaited.ShouldBe("a");
        play.Message("m").Awaited.ShouldBe("b b");
        play.Rehearsal.Deliver(new Correlate("m"))!.Code.ShouldBe("message-ambiguous");
        play.Give(new Correlate("m") { Subscription = play.State.Subscriptions[1].Id }).Awaited.ShouldBe("b");
        play.Message("m").ShouldHaveEnded();
    }

    [Fact, Proves("sendTask", "receiveTask")]
    public void Sends_a_message_that_another_process_receives()
    {
        var play = Play.Ready("""<start id="s"/><send id="a" message="m"/><go>s a</go>""", ("q", """<start id="s"/><receive id="r" message="m"/><user id="u"/><go>s r u</go>"""));
        play.Start(process: "q").Shows("").Start().Shows("u");
    }

    [Fact, Proves("userTask", "serviceTask")]
    public void Skips_what_its_expression_says_to_skip()
    {
        const string body = """<start id="s"/><user id="a" camunda:skipExpression="${skip}"/><boundary id="t" on="a" timer="PT1H"/><user id="b"/><go>s a b</go>""";
        Play.With(new { skip = true }, body).Shows("b").Timers.ShouldBe("");
        Play.With(new { skip = false }, body).Shows("a").Timers.ShouldBe("t");
    }

    [Fact, Proves("userTask", "serviceTask")]
    public void Keeps_inputs_local_and_hands_outputs_out()
    {
        var play = Play.With(new { x = 1 }, """
            <start id="s"/>
            <user id="a"><extensionElements><camunda:inputOutput><camunda:inputParameter name="x">${x + 10}</camunda:inputParameter><camunda:outputParameter name="y">${x + 100}</camunda:outputParameter></camunda:inputOutput></extensionElements></user>
            <user id="b" name="${x} ${y}"/><go>s a b</go>
            """);
        play.Do("a").Names.ShouldBe("1 111");
    }

    [Fact, Proves("userTask")]
    public void Goes_every_way_whose_condition_holds_after_a_task()
    {
        const string body = """<start id="s"/><user id="a" default="a_d"/><user id="b"/><user id="c"/><user id="d"/><go>s a</go><go if="${n > 1}">a b</go><go if="${n > 2}">a c</go><go>a d</go>""";
        Play.With(new { n = 3 }, body).Do("a").Shows("b c").Do("b c").ShouldHaveEnded();
        Play.With(new { n = 2 }, body).Do("a").Shows("b");
        Play.With(new { n = 1 }, body).Do("a").Shows("d");
    }

    [Fact, Proves("userTask")]
    public void Runs_twice_where_two_flows_meet_without_a_gateway()
    {
        var play = Play.Of("""<start id="s"/><and id="f"/><user id="a"/><user id="b"/><user id="c"/><go>s f a c</go><go>f b c</go>""");
        play.Do("a").Shows("b c").Do("b").Shows("c c").Do("c").Shows("c").Do("c").ShouldHaveEnded();
    }

    [Fact, Proves("userTask")]
    public void Refuses_what_is_no_longer_there_and_changes_nothing()
    {
        var play = Play.Of("""<start id="s"/><user id="a"/><user id="b"/><go>s a b</go>""");
        var task = play.State.Tasks[0].Id;
        play.Do("a");
        var before = play.State;
        play.Try(new CompleteTask(task))!.Code.ShouldBe("task-gone");
        play.State.ShouldBeSameAs(before);
    }
}
