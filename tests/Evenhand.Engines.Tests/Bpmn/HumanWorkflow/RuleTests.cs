using Evenhand.Bpmn.Execution;
using Evenhand.Bpmn.Expressions;
using static Evenhand.Engines.Tests.Bpmn.HumanWorkflow.Office;

namespace Evenhand.Engines.Tests.Bpmn.HumanWorkflow;

/// <summary>Rules that spare people work: the starter, somebody who has agreed before, nobody.</summary>
public sealed class RuleTests
{
    private static string Line(string rule) => $"<startEvent id='start'/>{User("fill", "ann")}{User("check", "${checker}", rule)}{User("pay", "zoe")}<endEvent id='end'/>{Flows("start fill check pay end")}";

    [Theory, Proves("human/same-as-starter")]
    [InlineData("", "ann", "check:ann", "ann complete fill")]
    [InlineData("evenhand:sameAsStarter='keep'", "ann", "check:ann", "ann complete fill")]
    [InlineData("evenhand:sameAsStarter='pass'", "ann", "pay:zoe", "ann complete fill; - passed-by-rule check>ann (same-as-starter)")]
    [InlineData("evenhand:sameAsStarter='assign:boss'", "ann", "check:boss", "ann complete fill")]
    [InlineData("evenhand:sameAsStarter='pass'", "bob", "check:bob", "ann complete fill")]
    public void Starter_who_would_check_their_own_work(string rule, string checker, string tasks, string history)
    {
        var office = Open(Line(rule), "ann", ("checker", checker));
        office.Done("ann", "fill");
        office.Tasks.ShouldBe(tasks);
        office.History.ShouldBe(history);
    }

    [Fact, Proves("human/repeated-approver")]
    public void Somebody_who_agreed_before_is_not_asked_again_until_the_work_is_sent_back()
    {
        var office = Open($"<startEvent id='start'/>{User("fill", "ann")}{User("check", "bob")}{User("sign", "bob", "evenhand:repeated='pass' evenhand:vote='all'")}{User("pay", "zoe")}<endEvent id='end'/>{Flows("start fill check sign pay end")}");
        office.Done("ann", "fill");
        office.Done("bob", "check");
        office.Tasks.ShouldBe("pay:zoe");
        office.State.Variables["sign_outcome"].ShouldBe(Value.Of("agreed"));
        office.History.ShouldEndWith("- passed-by-rule sign>bob (agreed-before)");
        office.Reject("zoe", "pay").Says("taken");
        office.Tasks.ShouldBe("check:bob", "nobody decided at the node passed by rule");
        office.Done("bob", "check", Vote.Refuse);
        office.Tasks.ShouldBe("sign:bob", "a refusal is no agreement");
    }

    [Fact, Proves("human/repeated-approver", "human/vote-sequential")]
    public void Repeated_signers_of_a_list_are_asked_once()
    {
        var office = Open($"<startEvent id='start'/>{Signers("sign", attributes: "evenhand:repeated='pass'", sequential: true)}{User("pay", "zoe")}{Flows("start sign pay")}", "ann", ("signers", People("bob", "cat", "bob")));
        office.Done("bob", "sign");
        office.Done("cat", "sign");
        office.Tasks.ShouldBe("pay:zoe");
    }

    [Theory, Proves("human/empty-assignee", "multiInstanceLoopCharacteristics/parallel")]
    [InlineData("", "pay:zoe", "", null)]
    [InlineData("evenhand:emptyAssignee='pass'", "pay:zoe", "", "agreed")]
    [InlineData("evenhand:emptyAssignee='refuse'", "pay:zoe", "", "refused")]
    [InlineData("evenhand:emptyAssignee='assign:boss'", "sign:boss", "", null)]
    [InlineData("evenhand:emptyAssignee='assign:${nobody}'", "", "assignee-empty", null)]
    [InlineData("evenhand:emptyAssignee='incident'", "", "assignee-empty", null)]
    public void List_of_signers_without_anybody(string rule, string tasks, string incidents, string? outcome)
    {
        var office = Open($"<startEvent id='start'/>{Signers("sign", attributes: rule)}{User("pay", "zoe")}{Flows("start sign pay")}", "ann", ("signers", People()), ("nobody", ""));
        office.Tasks.ShouldBe(tasks);
        string.Join(" ", office.State.Incidents.Select(i => i.Code)).ShouldBe(incidents);
        (office.State.Variables.TryGetValue("sign_outcome", out var found) ? found.AsText : null).ShouldBe(outcome);
        if (incidents.Length > 0)
        {
            office.Do(new SetVariables { Variables = System.Collections.Immutable.ImmutableDictionary<string, Value>.Empty.Add("signers", People("bob")) });
            office.Do(new Retry(office.State.Incidents[0].Id)).Says("taken");
        }
        if (tasks != "pay:zoe") office.Done(incidents.Length > 0 ? "bob" : "boss", "sign").Says("taken");
        office.Tasks.ShouldBe("pay:zoe");
    }

    [Fact, Proves("human/empty-assignee")]
    public void Candidates_are_somebody()
    {
        var office = Open($"<startEvent id='start'/>{User("check", null, "camunda:candidateGroups='law' evenhand:emptyAssignee='pass'")}{Flows("start check")}");
        office.Tasks.ShouldBe("check:-");
    }
}
