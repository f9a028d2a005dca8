using Evenhand.Bpmn.Execution;
using static Evenhand.Engines.Tests.Bpmn.HumanWorkflow.Office;

namespace Evenhand.Engines.Tests.Bpmn.HumanWorkflow;

/// <summary>Taking back one's own decision, and the reasons why not.</summary>
public sealed class WithdrawTests
{
    private static readonly string Branches =
        $"<startEvent id='start'/>{User("fill", "ann")}<parallelGateway id='fork'/>{User("law", "lee")}{User("cash", "cat")}<parallelGateway id='join'/>{User("pay", "zoe")}<endEvent id='end'/>{Flows("start fill fork law join pay end", "fork cash join")}";

    private static Office Vote(bool sequential = false, string attributes = "evenhand:vote='all'") =>
        Open($"<startEvent id='start'/>{Signers("sign", "${signers}", attributes, "", sequential)}{User("pay", "zoe")}<endEvent id='end'/>{Flows("start sign pay end")}", "ann", ("signers", People("bob", "cat", "dan")));

    private static Repetitions Counters(Office office) => office.State.Nodes.Single(n => n.Role == NodeRole.Body).Repetitions!;

    [Fact, Proves("human/withdraw", "parallelGateway")]
    public void Step_that_only_made_a_token_wait_at_a_join_is_withdrawn_and_not_after_the_join()
    {
        var office = Open(Branches);
        office.Done("ann", "fill");
        office.Done("lee", "law");
        office.Withdraw("lee", "law").Says("taken");
        office.Tasks.ShouldBe("cash:cat law:lee");
        office.Joins.ShouldBe("");
        office.Done("lee", "law");
        office.Done("cat", "cash");
        office.Withdraw("lee", "law").Says("others-joined");
        office.Withdraw("cat", "cash").Says("others-joined");
        office.Tasks.ShouldBe("pay:zoe");
    }

    [Fact, Proves("human/withdraw", "parallelGateway")]
    public void Step_before_a_fork_is_withdrawn_with_both_branches()
    {
        var office = Open(Branches);
        office.Done("ann", "fill");
        office.Withdraw("ann", "fill").Says("taken");
        office.Tasks.ShouldBe("fill:ann");
        office.Done("ann", "fill");
        office.Done("lee", "law");
        office.Withdraw("ann", "fill").Says("next-step-done lee");
    }

    [Fact, Proves("human/withdraw", "multiInstanceLoopCharacteristics/parallel")]
    public void Vote_is_withdrawn_while_the_others_are_still_asked()
    {
        var office = Vote();
        office.Done("bob", "sign", Evenhand.Bpmn.Execution.Vote.Agree);
        office.Done("cat", "sign", Evenhand.Bpmn.Execution.Vote.Agree);
        Counters(office).Agreed.ShouldBe(2);
        office.Withdraw("bob", "sign").Says("taken");
        office.Tasks.ShouldBe("sign:bob sign:dan");
        Counters(office).ShouldSatisfyAllConditions(c => c.Agreed.ShouldBe(1), c => c.Completed.ShouldBe(1), c => c.Total.ShouldBe(3));
        office.Withdraw("bob", "sign").Says("step-undone");
        office.Done("bob", "sign", Evenhand.Bpmn.Execution.Vote.Agree);
        office.Done("dan", "sign", Evenhand.Bpmn.Execution.Vote.Agree);
        office.Tasks.ShouldBe("pay:zoe");
        office.Withdraw("dan", "sign").Says("others-joined");
        office.History.ShouldBe("bob agree sign; cat agree sign; bob withdraw sign; bob agree sign; dan agree sign");
    }

    [Fact, Proves("human/withdraw", "human/vote-any")]
    public void Vote_that_alone_decided_is_withdrawn_and_all_are_asked_again()
    {
        var office = Vote(attributes: "evenhand:vote='any'");
        office.Done("bob", "sign", Evenhand.Bpmn.Execution.Vote.Agree);
        office.Withdraw("bob", "sign").Says("taken");
        office.Tasks.ShouldBe("sign:bob sign:cat sign:dan");
    }

    [Fact, Proves("human/withdraw", "multiInstanceLoopCharacteristics/sequential")]
    public void Sequential_vote_is_withdrawn_until_the_next_signer_has_worked()
    {
        var office = Vote(sequential: true);
        office.Done("bob", "sign", Evenhand.Bpmn.Execution.Vote.Agree);
        office.Withdraw("bob", "sign").Says("taken");
        office.Tasks.ShouldBe("sign:bob");
        office.Done("bob", "sign", Evenhand.Bpmn.Execution.Vote.Agree);
        office.Do(new BeginWork(office.Task("sign").Id) { Actor = "cat" });
        office.Withdraw("bob", "sign").Says("next-task-touched cat");
        office.Done("cat", "sign", Evenhand.Bpmn.Execution.Vote.Agree);
        office.Withdraw("bob", "sign").Says("next-step-done cat");
        office.Done("dan", "sign", Evenhand.Bpmn.Execution.Vote.Agree);
        office.Tasks.ShouldBe("pay:zoe");
        office.Withdraw("dan", "sign").Says("others-joined");
    }

    [Fact, Proves("human/withdraw", "human/add-sign-before", "human/add-sign-after")]
    public void Signatures_before_and_after_a_task_are_withdrawn()
    {
        var office = Vote();
        office.Do(new AddSigners(office.Task("sign", "bob").Id, SignerPlace.Before, ["sue"]) { Actor = "bob" });
        office.Done("sue", "sign", Evenhand.Bpmn.Execution.Vote.Agree);
        office.Withdraw("sue", "sign").Says("taken");
        office.Tasks.ShouldBe("sign:bob sign:cat sign:dan sign:sue");
        office.Done("bob", "sign", Evenhand.Bpmn.Execution.Vote.Agree).Says("task-waits-for-signers 1");
        office.Done("sue", "sign", Evenhand.Bpmn.Execution.Vote.Agree);
        office.Do(new AddSigners(office.Task("sign", "bob").Id, SignerPlace.After, ["tim"]) { Actor = "bob" });
        office.Done("bob", "sign", Evenhand.Bpmn.Execution.Vote.Agree);
        office.Tasks.ShouldBe("sign:cat sign:dan sign:tim");
        office.Withdraw("bob", "sign").Says("taken");
        office.Tasks.ShouldBe("sign:bob sign:cat sign:dan");
        Counters(office).Completed.ShouldBe(0);
        foreach (var who in new[] { "bob", "cat", "dan" }) office.Done(who, "sign", Evenhand.Bpmn.Execution.Vote.Agree).Says("taken");
        office.Tasks.ShouldBe("pay:zoe");
    }

    [Fact, Proves("human/withdraw", "human/add-sign-parallel")]
    public void Signature_given_before_a_task_was_split_is_withdrawn_with_its_seat()
    {
        var office = Open($"<startEvent id='start'/>{User("sign", "bob")}{User("pay", "zoe")}{Flows("start sign pay")}");
        office.Do(new AddSigners(office.Task("sign").Id, SignerPlace.After, ["tim"]) { Actor = "bob" });
        office.Done("bob", "sign");
        office.Do(new AddSigners(office.Task("sign").Id, SignerPlace.Beside, ["uma"]) { Actor = "tim" });
        office.Withdraw("bob", "sign").Says("next-task-touched tim");
        office.Done("tim", "sign");
        office.Withdraw("tim", "sign").Says("taken");
        office.Tasks.ShouldBe("sign:tim sign:uma");
        office.Done("uma", "sign");
        office.Done("tim", "sign");
        office.Tasks.ShouldBe("pay:zoe");
    }

    [Fact, Proves("human/withdraw")]
    public void Only_ones_own_completed_step_can_be_withdrawn()
    {
        var office = Open(Branches);
        office.Do(new Withdraw(office.Task("fill").Id) { Actor = "ann" }).Says("task-open");
        office.Do(new Withdraw(99) { Actor = "ann" }).Says("task-gone");
        office.Do(new Withdraw(office.Task("fill").Id)).Says("actor-missing");
        office.Done("ann", "fill");
        office.Do(new Withdraw(office.State.Steps[0].Task) { Actor = "eve" }).Says("task-not-yours ann");
    }

    [Fact, Proves("human/withdraw", "sendTask")]
    public void What_left_the_house_cannot_be_taken_back()
    {
        var office = Open($"<startEvent id='start'/>{User("fill", "ann")}<sendTask id='tell'/>{User("pay", "zoe")}{Flows("start fill tell pay")}");
        office.Done("ann", "fill");
        office.Withdraw("ann", "fill").Says("step-left-the-house fill");
    }

    [Fact, Proves("human/withdraw", "human/reject-back-to-rejecter")]
    public void Withdrawing_mended_work_keeps_its_straight_way_back()
    {
        var office = Open($"<startEvent id='start'/>{User("fill", "ann")}{User("check", "bob")}{User("sign", "cat")}<endEvent id='end'/>{Flows("start fill check sign end")}");
        office.Done("ann", "fill");
        office.Done("bob", "check");
        office.Reject("cat", "sign", RejectTo.Node, "fill", AfterReject.BackToRejecter);
        office.Withdraw("bob", "check").Says("next-step-done cat");
        office.Done("ann", "fill");
        office.Withdraw("ann", "fill").Says("taken");
        office.Tasks.ShouldBe("fill:ann");
        office.Done("ann", "fill");
        office.Tasks.ShouldBe("sign:cat");
    }

    [Fact, Proves("human/withdraw")]
    public void Step_whose_branch_has_ended_is_not_withdrawn()
    {
        var office = Open($"<startEvent id='start'/><parallelGateway id='fork'/>{User("law", "lee")}{User("cash", "cat")}{Flows("start fork law", "fork cash")}");
        office.Done("lee", "law");
        office.Withdraw("lee", "law").Says("nothing-to-withdraw");
        office.Done("cat", "cash");
        office.Withdraw("cat", "cash").Says("instance-ended");
    }

    [Fact, Proves("human/withdraw", "human/add-sign-before")]
    public void Signer_before_somebody_who_took_the_own_signature_back_signs_again_before_the_same_person()
    {
        var office = Open(Branches);
        office.Do(new AddSigners(office.Task("fill").Id, SignerPlace.Before, ["sue"]) { Actor = "ann" });
        office.Done("sue", "fill");
        office.Done("ann", "fill");
        office.Withdraw("ann", "fill").Says("taken");
        office.Withdraw("sue", "fill").Says("taken");
        office.Tasks.ShouldBe("fill:ann fill:sue");
        office.Done("ann", "fill").Says("task-waits-for-signers 1");
        office.Done("sue", "fill");
        office.Done("ann", "fill");
        office.Tasks.ShouldBe("cash:cat law:lee");
    }

    [Theory, Proves("human/withdraw", "human/reject-back-to-rejecter"), InlineData(SignerPlace.Before), InlineData(SignerPlace.After)]
    public void Both_signatures_on_mended_work_are_withdrawn_and_it_still_returns_straight(SignerPlace place)
    {
        var office = Open(Branches);
        office.Done("ann", "fill");
        office.Reject("cat", "cash", RejectTo.Node, "fill", AfterReject.BackToRejecter);
        office.Do(new AddSigners(office.Task("fill").Id, place, ["sue"]) { Actor = "ann" });
        string[] signers = place == SignerPlace.Before ? ["sue", "ann"] : ["ann", "sue"];
        foreach (var who in signers) office.Done(who, "fill");
        foreach (var who in signers.Reverse()) office.Withdraw(who, "fill").Says("taken");
        office.Done("lee", "law");
        foreach (var who in signers)
            if (office.State.Tasks.Any(t => t.Assignee == who)) office.Done(who, "fill");
        office.Tasks.ShouldBe("cash:cat");
        office.Joins.ShouldBe("law-join");
    }

    [Fact, Proves("human/withdraw", "human/reject-back-to-rejecter", "parallelGateway")]
    public void Mended_work_is_not_withdrawn_once_its_branch_has_met_the_others()
    {
        var office = Open(Branches);
        office.Done("ann", "fill");
        office.Reject("cat", "cash", RejectTo.Node, "fill", AfterReject.BackToRejecter);
        office.Done("ann", "fill");
        office.Done("lee", "law");
        office.Done("cat", "cash");
        office.Reject("zoe", "pay", RejectTo.Node, "cash", AfterReject.BackToRejecter);
        office.Do(new AddSigners(office.Task("cash").Id, SignerPlace.After, ["sue"]) { Actor = "cat" });
        office.Done("cat", "cash");
        office.Reject("sue", "cash", RejectTo.Node, "law").Says("taken");
        office.Tasks.ShouldBe("law:lee");
        office.Joins.ShouldBe("cash-join");
        office.Withdraw("ann", "fill").Says("next-step-done cat");
        office.Tasks.ShouldBe("law:lee");
    }

    [Fact, Proves("human/withdraw", "human/reject-to-node", "subProcess")]
    public void Withdrawing_leaves_the_token_of_another_branch_at_a_join_in_a_sub_process_that_was_entered_again()
    {
        var office = Open($"<startEvent id='start'/>{User("fill", "ann")}<subProcess id='sub'>{User("read", "bob")}<parallelGateway id='split'/>{User("weigh", "cat")}{User("price", "dan")}<parallelGateway id='meet'/>{Flows("read split weigh meet", "split price meet")}</subProcess>{User("pay", "zoe")}<endEvent id='end'/>{Flows("start fill sub pay end")}");
        office.Done("ann", "fill");
        office.Done("bob", "read");
        office.Reject("dan", "price", RejectTo.Node, "fill", AfterReject.BackToRejecter);
        office.Done("ann", "fill");
        office.Done("dan", "price");
        office.Done("cat", "weigh");
        office.Reject("zoe", "pay", RejectTo.Node, "price").Says("taken");
        office.Joins.ShouldBe("weigh-meet");
        office.Withdraw("ann", "fill").Says("taken");
        office.Joins.ShouldBe("weigh-meet");
        office.Done("ann", "fill");
        office.Done("dan", "price");
        office.Tasks.ShouldBe("pay:zoe");
    }
}
