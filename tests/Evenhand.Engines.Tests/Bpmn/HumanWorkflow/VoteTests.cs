using Evenhand.Bpmn.Execution;
using Evenhand.Bpmn.Expressions;
using Evenhand.Bpmn.Graph;
using Evenhand.Bpmn.Xml;
using static Evenhand.Engines.Tests.Bpmn.HumanWorkflow.Office;

namespace Evenhand.Engines.Tests.Bpmn.HumanWorkflow;

/// <summary>Rules of voting: `all`, `any`, `ratio`, veto, one after the other.</summary>
public sealed class VoteTests
{
    private static readonly string[] People = ["bob", "cat", "dan", "eve"];

    private static Office Vote(string attributes, bool sequential = false, string condition = "") => Open(
        $"<startEvent id='start'/>{Signers("sign", "${signers}", attributes, condition, sequential)}<exclusiveGateway id='ok' default='ok-no'/>{User("yes", "zoe")}{User("no", "ann")}<sequenceFlow id='ok-yes' sourceRef='ok' targetRef='yes'><conditionExpression>${{sign_outcome == 'agreed'}}</conditionExpression></sequenceFlow>{Flows("start sign ok no")}",
        "ann", ("signers", Office.People(People)));

    /// <summary>Votes in order, `+` and `-`; the rest of the text is what is open then.</summary>
    [Theory, Proves("human/vote-all", "human/vote-any", "human/vote-ratio", "human/veto")]
    [InlineData("evenhand:vote='all'", "+++", "sign:eve")]
    [InlineData("evenhand:vote='all'", "++++", "yes:zoe")]
    [InlineData("evenhand:vote='all'", "-", "no:ann")]
    [InlineData("evenhand:vote='any'", "+", "yes:zoe")]
    [InlineData("evenhand:vote='any'", "---", "sign:eve")]
    [InlineData("evenhand:vote='any'", "---+", "yes:zoe")]
    [InlineData("evenhand:vote='any'", "----", "no:ann")]
    [InlineData("evenhand:vote='any' evenhand:veto='true'", "-", "no:ann")]
    [InlineData("evenhand:vote='ratio' evenhand:ratio='0.5'", "+", "sign:cat sign:dan sign:eve")]
    [InlineData("evenhand:vote='ratio' evenhand:ratio='0.5'", "++", "yes:zoe")]
    [InlineData("evenhand:vote='ratio' evenhand:ratio='0.5'", "-+-", "sign:eve")]
    [InlineData("evenhand:vote='ratio' evenhand:ratio='50%'", "---", "no:ann")]
    [InlineData("evenhand:vote='ratio' evenhand:ratio='3/4'", "-+", "sign:dan sign:eve")]
    [InlineData("evenhand:vote='ratio' evenhand:ratio='3/4'", "--", "no:ann")]
    [InlineData("evenhand:ratio='0.5' evenhand:veto='true'", "+-", "no:ann")]
    [InlineData("evenhand:veto='true'", "+++", "sign:eve")]
    [InlineData("evenhand:veto='true'", "+-", "no:ann")]
    public void Votes_decide_as_soon_as_the_rest_cannot_change_it(string rule, string votes, string open)
    {
        var office = Vote(rule);
        for (var i = 0; i < votes.Length; i++) office.Done(People[i], "sign", votes[i] == '+' ? Evenhand.Bpmn.Execution.Vote.Agree : Evenhand.Bpmn.Execution.Vote.Refuse).Says("taken");
        office.Tasks.ShouldBe(open);
        office.Log.OfType<TaskOpened>().Count(t => t.Task.Node.Id is "yes" or "no").ShouldBe(open.Contains("sign", StringComparison.Ordinal) ? 0 : 1);
    }

    [Fact, Proves("human/vote-sequential")]
    public void Sequential_signers_are_asked_until_it_is_decided()
    {
        var office = Vote("evenhand:vote='ratio' evenhand:ratio='0.5'", sequential: true);
        office.Tasks.ShouldBe("sign:bob");
        office.Done("bob", "sign", Evenhand.Bpmn.Execution.Vote.Refuse);
        office.Tasks.ShouldBe("sign:cat");
        office.Done("cat", "sign", Evenhand.Bpmn.Execution.Vote.Agree);
        office.Done("dan", "sign", Evenhand.Bpmn.Execution.Vote.Agree);
        office.Tasks.ShouldBe("yes:zoe");
    }

    [Fact, Proves("human/vote-all")]
    public void Vote_must_be_said_where_there_is_a_rule_and_a_skip_agrees()
    {
        var office = Vote("evenhand:vote='all'");
        office.Done("bob", "sign").Says("vote-missing sign");
        foreach (var who in People) office.Do(new SkipTask(office.Task("sign", who).Id) { Actor = "boss" }).Says("taken");
        office.Tasks.ShouldBe("yes:zoe");
    }

    [Fact, Proves("human/vote-all")]
    public void Rule_stands_above_the_files_condition_and_without_a_rule_the_condition_counts_votes()
    {
        var ruled = Vote("evenhand:vote='all'", condition: "${nrOfCompletedInstances >= 1}");
        ruled.Done("bob", "sign", Evenhand.Bpmn.Execution.Vote.Agree);
        ruled.Tasks.ShouldBe("sign:cat sign:dan sign:eve");

        var plain = Open($"<startEvent id='start'/>{Signers("sign", condition: "${nrOfRefused >= 2 or nrOfAgreed >= 3}")}{User("pay", "zoe")}{Flows("start sign pay")}", "ann", ("signers", Office.People(People)));
        plain.Done("bob", "sign", Evenhand.Bpmn.Execution.Vote.Refuse);
        plain.Done("cat", "sign", Evenhand.Bpmn.Execution.Vote.Agree);
        plain.Tasks.ShouldBe("sign:dan sign:eve");
        plain.Done("dan", "sign", Evenhand.Bpmn.Execution.Vote.Refuse);
        plain.Tasks.ShouldBe("pay:zoe");
        plain.State.Variables.ShouldNotContainKey("sign_outcome");
    }

    [Fact, Proves("human/vote-all")]
    public void Outcome_is_local_to_the_repetition_around_the_node_and_safe_to_name()
    {
        var office = Open($"<startEvent id='start'/><subProcess id='each'><multiInstanceLoopCharacteristics camunda:collection='${{signers}}' camunda:elementVariable='signer'/>{User("sign-1.a", "${signer}", "evenhand:vote='all'")}<exclusiveGateway id='ok' default='ok-no'/>{User("yes", "${signer}")}{User("no", "${signer}")}<sequenceFlow id='ok-yes' sourceRef='ok' targetRef='yes'><conditionExpression>${{sign_1_a_outcome == 'agreed'}}</conditionExpression></sequenceFlow>{Flows("sign-1.a ok no")}</subProcess>{Flows("start each")}",
            "ann", ("signers", Office.People("bob", "cat")));
        office.Done("bob", "sign-1.a", Evenhand.Bpmn.Execution.Vote.Agree);
        office.Done("cat", "sign-1.a", Evenhand.Bpmn.Execution.Vote.Refuse);
        office.Tasks.ShouldBe("no:cat yes:bob");
        office.State.Variables.ShouldNotContainKey("sign_1_a_outcome");
    }

    [Theory, Proves("human/vote-all")]
    [InlineData("evenhand:vote='most'", "policy-not-understood (vote, most)")]
    [InlineData("evenhand:vote='ratio'", "policy-not-understood (ratio, )")]
    [InlineData("evenhand:ratio='1.2'", "policy-not-understood (ratio, 1.2)")]
    [InlineData("evenhand:ratio='0'", "policy-not-understood (ratio, 0)")]
    [InlineData("evenhand:ratio='1/0'", "policy-not-understood (ratio, 1/0)")]
    [InlineData("evenhand:veto='yes'", "policy-not-understood (veto, yes)")]
    [InlineData("evenhand:emptyAssignee='panic'", "policy-not-understood (emptyAssignee, panic)")]
    [InlineData("evenhand:sameAsStarter='refuse'", "policy-not-understood (sameAsStarter, refuse)")]
    [InlineData("evenhand:repeated='always'", "policy-not-understood (repeated, always)")]
    public void Rule_that_is_not_understood_is_refused_at_deploy(string rule, string finding)
    {
        var compiled = Definition.Compile(BpmnFile.Read(Office.Bpmn($"<startEvent id='start'/>{User("sign", "bob", rule)}{Flows("start sign")}")).File!.Model);
        compiled.Definition.ShouldBeNull();
        compiled.Findings.ShouldContain(f => f.Element == "sign" && f.ToString().Contains(finding, StringComparison.Ordinal));
    }
}
