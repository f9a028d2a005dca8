using Evenhand.Bpmn.Execution;
using Evenhand.Bpmn.Expressions;
using static Evenhand.Engines.Tests.Bpmn.HumanWorkflow.Office;

namespace Evenhand.Engines.Tests.Bpmn.HumanWorkflow;

/// <summary>Work sent back: how far, what goes with it, and how it comes forward again.</summary>
public sealed class RejectTests
{
    private static readonly string Line =
        $"<startEvent id='start'/>{User("fill", "${starter}")}{User("check", "bob")}{User("sign", "cat")}{User("pay", "zoe")}<endEvent id='end'/>{Flows("start fill check sign pay end")}";

    private static readonly string Branches =
        $"<startEvent id='start'/>{User("fill", "ann")}<parallelGateway id='fork'/>{User("law", "lee")}{User("tax", "tia")}{User("cash", "cat")}<parallelGateway id='join'/>{User("pay", "zoe")}<endEvent id='end'/>{Flows("start fill fork law tax join pay end", "fork cash join")}";

    private static Office At(string process, params (string Who, string Node)[] done)
    {
        var office = Open(process);
        foreach (var (who, node) in done) office.Done(who, node).Says("taken");
        return office;
    }

    [Fact, Proves("human/reject-to-starter")]
    public void Reject_to_the_starter_opens_their_first_step()
    {
        var office = At(Line, ("ann", "fill"), ("bob", "check"), ("cat", "sign"));
        office.Reject("zoe", "pay", RejectTo.Starter, why: "all wrong").Says("taken");
        office.Tasks.ShouldBe("fill:ann");
        office.State.Steps.ShouldAllBe(s => s.Undone);
        office.History.ShouldEndWith("zoe reject pay>fill (all wrong)");

        var other = Open($"<startEvent id='start'/>{User("check", "bob")}{User("sign", "cat")}{Flows("start check sign")}");
        other.Reject("bob", "check").Says("no-earlier-step");
        other.Done("bob", "check");
        other.Reject("cat", "sign", RejectTo.Starter).Says("no-step-of-starter ann");
        other.Tasks.ShouldBe("sign:cat");
    }

    [Fact, Proves("human/reject-to-node")]
    public void Reject_names_a_node_that_is_earlier_and_known()
    {
        var office = At(Line, ("ann", "fill"), ("bob", "check"));
        office.Reject("cat", "sign", RejectTo.Node, "pay").Says("reject-target-not-earlier pay");
        office.Reject("cat", "sign", RejectTo.Node, "sign").Says("reject-target-not-earlier sign");
        office.Reject("cat", "sign", RejectTo.Node, "nowhere").Says("move-target-unknown nowhere");
        office.Reject("cat", "sign", RejectTo.Node).Says("move-target-unknown ");
        office.Do(new Reject(office.Task("sign").Id) { Actor = "eve" }).Says("task-not-yours cat");
        office.Reject("cat", "sign", RejectTo.Node, "fill").Says("taken");
        office.Tasks.ShouldBe("fill:ann");
    }

    [Theory, Proves("human/reject-to-previous", "human/reject-to-starter", "human/reject-to-node")]
    [InlineData("", "check:bob")]
    [InlineData("evenhand:rejectTo='previous'", "check:bob")]
    [InlineData("evenhand:rejectTo='starter'", "fill:ann")]
    [InlineData("evenhand:rejectTo='fill'", "fill:ann")]
    public void Reject_as_drawn_goes_where_the_user_task_says(string rule, string tasks)
    {
        var office = At($"<startEvent id='start'/>{User("fill", "ann")}{User("check", "bob")}{User("sign", "cat", rule)}<endEvent id='end'/>{Flows("start fill check sign end")}", ("ann", "fill"), ("bob", "check"));
        office.Do(new Reject(office.Task("sign").Id) { Actor = "cat" }).Says("taken");
        office.Tasks.ShouldBe(tasks);
    }

    [Fact, Proves("human/reject-to-previous")]
    public void Rejected_task_goes_to_who_did_it_before_not_to_the_pool()
    {
        var office = Open($"<startEvent id='start'/>{User("check", null, "camunda:candidateUsers='bob,cat'")}{User("sign", "dan")}<endEvent id='end'/>{Flows("start check sign end")}");
        office.Do(new Claim(office.Task("check").Id) { Actor = "cat" });
        office.Done("cat", "check");
        office.Reject("dan", "sign").Says("taken");
        office.Tasks.ShouldBe("check:cat");
        office.Task("check").CandidateUsers.ShouldBe(["bob", "cat"]);
    }

    [Fact, Proves("human/reject-to-previous")]
    public void Two_rejects_in_a_row_walk_back_two_steps()
    {
        var office = At(Line, ("ann", "fill"), ("bob", "check"), ("cat", "sign"));
        office.Reject("zoe", "pay").Says("taken");
        office.Tasks.ShouldBe("sign:cat");
        office.Reject("cat", "sign").Says("taken");
        office.Tasks.ShouldBe("check:bob");
        office.Reject("bob", "check").Says("taken");
        office.Tasks.ShouldBe("fill:ann");
        office.Reject("ann", "fill").Says("no-earlier-step");
        foreach (var (who, node) in new[] { ("ann", "fill"), ("bob", "check"), ("cat", "sign"), ("zoe", "pay") }) office.Done(who, node).Says("taken");
        office.State.Status.ShouldBe(InstanceStatus.Completed);
    }

    [Fact, Proves("human/reject-to-previous", "parallelGateway")]
    public void Reject_to_the_previous_step_after_a_join_opens_the_last_step_of_each_branch_and_joins_once()
    {
        var office = At(Branches, ("ann", "fill"), ("lee", "law"), ("tia", "tax"), ("cat", "cash"));
        office.Reject("zoe", "pay", then: AfterReject.BackToRejecter).Says("reject-back-needs-one-target tax, cash");
        office.Reject("zoe", "pay").Says("taken");
        office.Tasks.ShouldBe("cash:cat tax:tia");
        office.Done("tia", "tax");
        office.Tasks.ShouldBe("cash:cat");
        office.Done("cat", "cash");
        office.Tasks.ShouldBe("pay:zoe");
        office.History.ShouldContain("zoe reject pay>tax, cash");
    }

    [Fact, Proves("human/reject-to-node", "parallelGateway")]
    public void Reject_after_a_join_into_one_branch_finds_the_others_waiting()
    {
        var office = At(Branches, ("ann", "fill"), ("lee", "law"), ("tia", "tax"), ("cat", "cash"));
        office.Reject("zoe", "pay", RejectTo.Node, "law").Says("taken");
        office.Tasks.ShouldBe("law:lee");
        office.Joins.ShouldBe("cash-join");
        office.Done("lee", "law");
        office.Done("tia", "tax");
        office.Tasks.ShouldBe("pay:zoe");
        office.Joins.ShouldBe("");
        office.Reject("zoe", "pay", RejectTo.Node, "cash").Says("taken");
        office.Reject("cat", "cash", RejectTo.Node, "fill").Says("taken");
        office.Tasks.ShouldBe("fill:ann");
        office.Joins.ShouldBe("");
    }

    [Fact, Proves("human/reject-to-previous", "parallelGateway")]
    public void Reject_within_a_branch_leaves_the_other_branch_alone()
    {
        var office = At(Branches, ("ann", "fill"), ("lee", "law"), ("cat", "cash"));
        office.Joins.ShouldBe("cash-join");
        office.Reject("tia", "tax").Says("taken");
        office.Tasks.ShouldBe("law:lee");
        office.Joins.ShouldBe("cash-join");
        office.Done("lee", "law");
        office.Done("tia", "tax");
        office.Tasks.ShouldBe("pay:zoe");
    }

    [Fact, Proves("human/reject-back-to-rejecter", "parallelGateway")]
    public void Straight_return_leaves_sibling_branches_as_they_are()
    {
        var office = At(Branches, ("ann", "fill"), ("lee", "law"));
        office.Reject("tia", "tax", RejectTo.Node, "fill", AfterReject.BackToRejecter).Says("taken");
        office.Tasks.ShouldBe("cash:cat fill:ann");
        office.Done("cat", "cash");
        office.Joins.ShouldBe("cash-join");
        office.Done("ann", "fill");
        office.Tasks.ShouldBe("tax:tia");
        office.Done("tia", "tax");
        office.Tasks.ShouldBe("pay:zoe");
        office.Joins.ShouldBe("");
    }

    [Fact, Proves("human/reject-back-to-rejecter")]
    public void Work_already_sent_back_is_not_opened_twice()
    {
        var office = At(Branches, ("ann", "fill"), ("lee", "law"));
        office.Reject("tia", "tax", RejectTo.Node, "fill", AfterReject.BackToRejecter).Says("taken");
        office.Reject("cat", "cash", RejectTo.Node, "fill", AfterReject.BackToRejecter).Says("target-open fill");
        office.Reject("cat", "cash", RejectTo.Node, "fill").Says("taken");
        office.Tasks.ShouldBe("fill:ann");
        office.Done("ann", "fill");
        office.Tasks.ShouldBe("cash:cat law:lee");
    }

    [Fact, Proves("human/reject-back-to-rejecter")]
    public void Work_on_its_straight_way_back_is_sent_back_further_only_to_walk_again()
    {
        var office = At(Line, ("ann", "fill"), ("bob", "check"));
        office.Reject("cat", "sign", then: AfterReject.BackToRejecter).Says("taken");
        office.Reject("bob", "check", then: AfterReject.BackToRejecter).Says("reject-back-twice sign");
        office.Reject("bob", "check").Says("taken");
        office.Tasks.ShouldBe("fill:ann");
        office.Done("ann", "fill");
        office.Tasks.ShouldBe("check:bob");
        office.Done("bob", "check");
        office.Tasks.ShouldBe("sign:cat");
    }

    [Fact, Proves("human/reject-back-to-rejecter")]
    public void Steps_between_still_count_after_a_straight_return()
    {
        var office = At(Line, ("ann", "fill"), ("bob", "check"));
        office.Reject("cat", "sign", RejectTo.Starter, then: AfterReject.BackToRejecter).Says("taken");
        office.Done("ann", "fill");
        office.Tasks.ShouldBe("sign:cat");
        office.State.Steps.Where(s => !s.Undone).Select(s => s.Node!.Id).ShouldBe(["check", "fill"]);
        office.Reject("cat", "sign", RejectTo.Node, "check").Says("taken");
        office.Tasks.ShouldBe("check:bob");
        office.Reject("bob", "check").Says("taken");
        office.Tasks.ShouldBe("fill:ann");
    }

    [Fact, Proves("human/reject-back-to-rejecter", "multiInstanceLoopCharacteristics/parallel")]
    public void Several_signers_are_all_asked_again_after_a_straight_return()
    {
        var office = Open($"<startEvent id='start'/>{User("fill", "ann")}{Signers("sign")}<endEvent id='end'/>{Flows("start fill sign end")}", "ann", ("signers", People("bob", "cat")));
        office.Done("ann", "fill");
        office.Done("bob", "sign");
        office.Reject("cat", "sign", then: AfterReject.BackToRejecter).Says("taken");
        office.Tasks.ShouldBe("fill:ann");
        office.Done("ann", "fill");
        office.Tasks.ShouldBe("sign:bob sign:cat");
    }

    [Fact, Proves("human/reject-to-previous", "multiInstanceLoopCharacteristics/sequential")]
    public void Sequential_signer_rejects_to_the_step_before_all_of_them()
    {
        var office = Open($"<startEvent id='start'/>{User("fill", "ann")}{Signers("sign", sequential: true)}{User("pay", "zoe")}<endEvent id='end'/>{Flows("start fill sign pay end")}", "ann", ("signers", People("bob", "cat")));
        office.Done("ann", "fill");
        office.Done("bob", "sign");
        office.Reject("cat", "sign").Says("taken");
        office.Tasks.ShouldBe("fill:ann");
        office.Done("ann", "fill");
        office.Done("bob", "sign");
        office.Done("cat", "sign");
        office.Reject("zoe", "pay").Says("taken");
        office.Tasks.ShouldBe("sign:bob");
        office.State.Steps.Where(s => !s.Undone).Select(s => s.Node!.Id).ShouldBe(["fill"], "all signatures of the round are undone");
    }

    [Fact, Proves("human/reject-to-previous", "human/add-sign-after")]
    public void Node_with_added_signers_opens_for_its_own_person()
    {
        var office = At(Line, ("ann", "fill"));
        office.Do(new AddSigners(office.Task("check").Id, SignerPlace.Before, ["sue"]) { Actor = "bob" });
        office.Do(new AddSigners(office.Task("check", "bob").Id, SignerPlace.After, ["tim"]) { Actor = "bob" });
        foreach (var who in new[] { "sue", "bob", "tim" }) office.Done(who, "check").Says("taken");
        office.Reject("cat", "sign").Says("taken");
        office.Tasks.ShouldBe("check:bob");
        office.State.Steps.Count(s => s.Undone).ShouldBe(3);
        office.Reject("bob", "check").Says("taken");
        office.Tasks.ShouldBe("fill:ann");
    }

    [Fact, Proves("human/reject-to-previous", "subProcess")]
    public void Multi_instance_scope_that_is_over_is_done_again_as_a_whole()
    {
        var office = Open($"<startEvent id='start'/>{User("fill", "ann")}<subProcess id='each'><multiInstanceLoopCharacteristics camunda:collection='${{signers}}' camunda:elementVariable='signer'/>{User("read", "${signer}")}{User("sign", "${signer}")}{Flows("read sign")}</subProcess>{User("pay", "zoe")}<endEvent id='end'/>{Flows("start fill each pay end")}",
            "ann", ("signers", People("bob", "cat")));
        office.Done("ann", "fill");
        office.Done("bob", "read");
        office.Done("bob", "sign");
        office.Done("cat", "read");
        office.Reject("cat", "sign").Says("taken");
        office.Tasks.ShouldBe("read:cat");
        office.Reject("cat", "read", RejectTo.Node, "fill", AfterReject.BackToRejecter).Says("reject-back-into-multi-instance read");
        office.Done("cat", "read");
        office.Done("cat", "sign");
        office.Reject("zoe", "pay").Says("taken");
        office.Tasks.ShouldBe("read:bob read:cat");
        office.State.Steps.Where(s => !s.Undone && s.Node is not null).Select(s => s.Node!.Id).ShouldBe(["fill"]);
        office.Reject("bob", "read").Says("taken");
        office.Tasks.ShouldBe("fill:ann");
    }

    [Fact, Proves("human/reject-back-to-rejecter", "subProcess", "boundaryEvent/timer")]
    public void Straight_return_makes_the_sub_process_and_its_timers_again()
    {
        var office = At($"<startEvent id='start'/>{User("fill", "ann")}<subProcess id='sub'>{User("check", "bob")}{User("weigh", "cat")}{Flows("check weigh")}</subProcess>{Timer("late", "sub", "P1D")}{User("chase", "rex")}<endEvent id='end'/>{Flows("start fill sub end", "late chase")}",
            ("ann", "fill"), ("bob", "check"));
        office.Reject("cat", "weigh", RejectTo.Node, "fill", AfterReject.BackToRejecter).Says("taken");
        office.Timers.ShouldBe("");
        office.Done("ann", "fill");
        office.Tasks.ShouldBe("weigh:cat");
        office.Timers.ShouldBe("late");
        office.Done("cat", "weigh");
        office.State.Status.ShouldBe(InstanceStatus.Completed);
    }

    [Fact, Proves("human/reject-to-previous", "subProcess", "parallelGateway")]
    public void Branches_of_a_sub_process_that_is_over_open_again_in_one_sub_process()
    {
        var office = At($"<startEvent id='start'/>{User("fill", "ann")}<subProcess id='sub'><startEvent id='in'/><parallelGateway id='fork'/>{User("law", "lee")}{User("cash", "cat")}{Flows("in fork law", "fork cash")}</subProcess>{User("pay", "zoe")}{Flows("start fill sub pay")}",
            ("ann", "fill"), ("lee", "law"), ("cat", "cash"));
        office.Reject("zoe", "pay").Says("taken");
        office.Tasks.ShouldBe("cash:cat law:lee");
        office.State.Nodes.Count(n => n.Node.Id == "sub").ShouldBe(1);
        office.Done("lee", "law");
        office.Done("cat", "cash");
        office.Tasks.ShouldBe("pay:zoe");
    }

    [Fact, Proves("human/reject-to-node", "serviceTask")]
    public void Reject_to_a_node_of_no_person_gives_up_all_it_leads_to()
    {
        var office = Open($"<startEvent id='start'/><serviceTask id='score' camunda:type='external' camunda:topic='score'/><parallelGateway id='fork'/>{User("law", "lee")}{User("cash", "cat")}<parallelGateway id='join'/>{User("pay", "zoe")}{Flows("start score fork law join pay", "fork cash join")}");
        office.Do(new CompleteRequest(office.State.Requests.Single().Id)).Says("taken");
        office.Done("lee", "law");
        office.Reject("cat", "cash", RejectTo.Node, "score").Says("taken");
        office.Tasks.ShouldBe("");
        office.Joins.ShouldBe("");
        office.Do(new CompleteRequest(office.State.Requests.Single().Id)).Says("taken");
        office.Tasks.ShouldBe("cash:cat law:lee");
    }

    [Fact, Proves("human/reject-to-node", "inclusiveGateway")]
    public void Reject_from_an_inclusive_branch_to_before_the_fork_joins_once_when_walked_again()
    {
        var office = Open($"<startEvent id='start'/>{User("fill", "ann")}<inclusiveGateway id='fork'/>{User("law", "lee")}{User("cash", "cat")}<inclusiveGateway id='join'/>{User("pay", "zoe")}{Flows("start fill fork law join pay", "fork cash join")}");
        office.Done("ann", "fill");
        office.Done("lee", "law");
        office.Reject("cat", "cash").Says("taken");
        office.Tasks.ShouldBe("fill:ann");
        office.Joins.ShouldBe("");
        foreach (var (who, node) in new[] { ("ann", "fill"), ("cat", "cash"), ("lee", "law") }) office.Done(who, node).Says("taken");
        office.Tasks.ShouldBe("pay:zoe");
    }

    [Fact, Proves("human/reject-to-node")]
    public void Reject_carries_variables()
    {
        var office = At(Line, ("ann", "fill"));
        office.Do(new Reject(office.Task("check").Id) { Actor = "bob", Variables = System.Collections.Immutable.ImmutableDictionary<string, Value>.Empty.Add("round", 2) }).Says("taken");
        office.State.Variables["round"].ShouldBe(Value.Of(2));
    }
}
