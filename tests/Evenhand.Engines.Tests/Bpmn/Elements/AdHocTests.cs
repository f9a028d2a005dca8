using Evenhand.Bpmn.Execution;
using Evenhand.Bpmn.Model;

namespace Evenhand.Engines.Tests.Bpmn.Elements;

public sealed class AdHocTests
{
    private static string Process(string attributes = "", string inside = "") => $"""<start id="s"/><adhoc id="x" {attributes}><user id="a"/><user id="b"/><user id="c"/><go>a c</go>{inside}</adhoc><boundary id="t" on="x" timer="PT1H"/><user id="z"/><user id="late"/><go>s x z</go><go>t late</go>""";

    [Fact, Proves("adHocSubProcess")]
    public void Starts_what_is_asked_for_and_ends_with_the_last()
    {
        var play = Play.Of(Process()).Shows("");
        Start(play, "a").Shows("a");
        Start(play, "b").Shows("a b").Do("b").Shows("a").Do("a").Shows("c").Do("c").Shows("z");
    }

    [Fact, Proves("adHocSubProcess")]
    public void Does_one_at_a_time_when_sequential()
    {
        var play = Start(Play.Of(Process("ordering='Sequential'")), "a");
        play.Try(new StartActivity(Scope(play), "b"))!.Code.ShouldBe("ad-hoc-one-at-a-time");
        play.Try(new StartActivity(Scope(play), "c"))!.Code.ShouldBe("ad-hoc-activity-unknown");
    }

    [Fact, Proves("adHocSubProcess")]
    public void Is_done_when_its_condition_holds()
    {
        var play = Play.With(new { enough = false }, Process(inside: "<completionCondition>${enough}</completionCondition>"));
        Start(Start(play, "a"), "b").Do("b").Shows("a").Do("a").Shows("c").Do("c", new { enough = true }).Shows("z");
        var cut = Play.With(new { enough = false }, Process(inside: "<completionCondition>${enough}</completionCondition>"));
        Start(Start(cut, "a"), "b").Do("b", new { enough = true }).Shows("z").Timers.ShouldBe("");
    }

    [Fact, Proves("adHocSubProcess")]
    public void Waits_for_the_rest_when_told_not_to_cancel_it()
    {
        var play = Play.With(new { enough = true }, Process("cancelRemainingInstances='false'", "<completionCondition>${enough}</completionCondition>"));
        Start(Start(play, "b"), "b").Do("b").Shows("b").Do("b").Shows("z");
    }

    [Fact, Proves("adHocSubProcess", "boundaryEvent/timer")]
    public void Is_ended_by_hand_or_by_a_boundary_event()
    {
        var play = Start(Play.Of(Process()), "a");
        play.Give(new EndAdHoc(Scope(play))).Shows("z");
        Start(Play.Of(Process()), "a").Fire("t").Shows("late");
    }

    [Fact, Proves("adHocSubProcess")]
    public void Starts_what_its_expression_names()
    {
        var play = Play.With(new { todo = new[] { "a", "b" } }, Process(inside: """<extensionElements><zeebe:adHoc activeElementsCollection="=todo"/></extensionElements>"""));
        play.Shows("a b").Do("b a c").Shows("z");
    }

    private static int Scope(Play play) => play.State.Nodes.Single(n => n.Node.Kind == NodeKind.AdHocSubProcess).Id;

    private static Play Start(Play play, string node) => play.Give(new StartActivity(Scope(play), node));
}
