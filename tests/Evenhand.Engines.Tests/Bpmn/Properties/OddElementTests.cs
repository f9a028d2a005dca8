using System.Collections.Immutable;
using Evenhand.Bpmn.Execution;
using Evenhand.Bpmn.Expressions;
using Evenhand.Engines.Tests.Bpmn.Execution;

namespace Evenhand.Engines.Tests.Bpmn.Properties;

/// <summary>What the random models found, each by itself.</summary>
public sealed class OddElementTests
{
    [Theory]
    [InlineData("""<startEvent id="s"/><exclusiveGateway id="g"/><endEvent id="e"/><go>s g e</go><boundaryEvent id="x" attachedToRef="g"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent>""", "boundary-event-on-no-activity")]
    [InlineData("""<startEvent id="s"/><subProcess id="q"><userTask id="u"/></subProcess><go>s q</go><boundaryEvent id="x" attachedToRef="u"><errorEventDefinition/></boundaryEvent>""", "boundary-event-on-no-activity")]
    [InlineData("""<startEvent id="s"/><userTask id="u"/><go>s u</go><boundaryEvent id="x" attachedToRef="p"><errorEventDefinition/></boundaryEvent>""", "boundary-event-on-no-activity")]
    [InlineData("""<startEvent id="s"/><userTask id="u"/><go>s u</go><boundaryEvent id="x" attachedToRef="u"><compensateEventDefinition/></boundaryEvent><association id="a" sourceRef="x" targetRef="s"/>""", "compensation-without-activity")]
    [InlineData("""<startEvent id="s"/><eventBasedGateway id="g"/><receiveTask id="x"/><go>s g x</go>""", "event-gateway-to-no-event")]
    public void Is_refused(string process, string code) => Written.Compile(process).Findings.ShouldContain(f => f.Code == code);

    [Fact]
    public void Task_marked_as_started_by_an_event_stays_a_task() =>
        Written.Compile("""<startEvent id="s"/><userTask id="u" triggeredByEvent="true"/><go>s u</go>""").Definition.ShouldNotBeNull().Node("u")!.IsEventSubProcess.ShouldBeFalse();

    [Theory]
    [InlineData("P9999Y", "timer-range")]
    [InlineData("${duration('P9999Y')}", "timer-range")]
    [InlineData("soon", "not-a-date")]
    public void Due_date_that_is_none_is_an_incident(string due, string code)
    {
        var definition = Written.Process($"""<startEvent id="s"/><userTask id="u" camunda:dueDate="{due}" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"/><go>s u</go>""");
        Engine.Apply(InstanceState.New(definition, "1"), new Start(), Course.Begin).State.Incidents.ShouldHaveSingleItem().Code.ShouldBe(code);
    }

    [Fact]
    public void Condition_that_makes_itself_true_again_comes_to_an_end()
    {
        var definition = Written.Compile("""
            <startEvent id="s"/><userTask id="u"/><go>s u</go><boundaryEvent id="b" attachedToRef="u" cancelActivity="false"><extensionElements><camunda:inputOutput xmlns:camunda="http://camunda.org/schema/1.0/bpmn"><camunda:outputParameter name="n">${n + 1}</camunda:outputParameter></camunda:inputOutput></extensionElements><conditionalEventDefinition><condition>${n &gt; 0}</condition></conditionalEventDefinition></boundaryEvent>
            """).Definition.ShouldNotBeNull();
        var state = Engine.Apply(InstanceState.New(definition, "1"), new Start { Variables = ImmutableDictionary<string, Value>.Empty.Add("n", 1) }, Course.Begin, new EngineOptions { StepLimit = 50 }).State;
        state.Tasks.ShouldHaveSingleItem();
        state.Incidents.ShouldHaveSingleItem().Code.ShouldBe("step-limit");
        state.Variables["n"].AsNumber.ShouldBeGreaterThan(10);
    }

    [Theory, InlineData("b"), InlineData("q"), InlineData("c"), InlineData("p"), InlineData("nobody")]
    public void Nothing_starts_at_what_no_token_can_be_set_on(string at)
    {
        var definition = Written.Process("""<startEvent id="s"/><userTask id="u"/><go>s u</go><boundaryEvent id="b" attachedToRef="u"><compensateEventDefinition/></boundaryEvent><task id="c" isForCompensation="true"/><association id="a" sourceRef="b" targetRef="c"/><subProcess id="q" triggeredByEvent="true"><startEvent id="z"><errorEventDefinition/></startEvent></subProcess>""");
        Engine.Apply(InstanceState.New(definition, "1"), new Start(at), Course.Begin).Refusal!.Code.ShouldBe("start-unknown");
    }
}
