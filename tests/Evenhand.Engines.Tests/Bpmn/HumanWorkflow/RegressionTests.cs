using Evenhand.Bpmn.Execution;
using Evenhand.Bpmn.Expressions;
using static Evenhand.Engines.Tests.Bpmn.HumanWorkflow.Office;

namespace Evenhand.Engines.Tests.Bpmn.HumanWorkflow;

/// <summary>What other engines are known to break: each with exact open tasks, timers and history.</summary>
public sealed class RegressionTests
{
    private static readonly string Countersign =
        $"<startEvent id='start'/>{User("apply", "ann")}{Signers("sign")}{User("pay", "zoe")}<endEvent id='end'/>{Timer("remind", "sign", "P1D")}{User("reminder", "rex")}{Flows("start apply sign pay end", "remind reminder")}";

    private static readonly string Branches =
        $"<startEvent id='start'/>{User("apply", "ann")}<parallelGateway id='fork'/>{User("law", "lee")}{User("cash", "cat")}{User("tech", "tom")}<parallelGateway id='join'/>{User("pay", "zoe")}<endEvent id='end'/>{Timer("late", "cash", "P1D")}{User("chase", "rex")}{Flows("start apply fork law join pay end", "fork cash join", "fork tech join", "late chase")}";

    private static readonly string Inside =
        $"<startEvent id='start'/>{User("apply", "ann")}<subProcess id='sub'><startEvent id='in'/>{User("check", "bob")}{User("weigh", "cat")}<endEvent id='out'/>{Timer("soon", "weigh", "PT1H")}{User("nag", "rex")}{Flows("in check weigh out", "soon nag")}</subProcess>{Timer("late", "sub", "P1D")}{User("chase", "rex")}{User("pay", "zoe")}<endEvent id='end'/>{Flows("start apply sub pay end", "late chase")}";

    private static readonly string Line =
        $"<startEvent id='start'/>{User("apply", "ann")}{User("check", "bob")}{User("sign", null, "camunda:candidateUsers='cat,dan'")}{User("pay", "zoe")}<endEvent id='end'/>{Timer("late", "check", "P1D")}{User("chase", "rex")}{Flows("start apply check sign pay end", "late chase")}";

    [Fact, Proves("human/reject-to-previous", "multiInstanceLoopCharacteristics/parallel")]
    public void R01_Reject_from_one_of_several_countersigners_cancels_the_others_and_opens_one_task()
    {
        var office = Open(Countersign, "ann", ("signers", People("bob", "cat", "dan")));
        office.Done("ann", "apply").ShouldBeNull();
        office.Done("bob", "sign").ShouldBeNull();
        office.Timers.ShouldBe("remind");
        office.Reject("cat", "sign", why: "no invoice").ShouldBeNull();
        office.Tasks.ShouldBe("apply:ann");
        office.Timers.ShouldBe("");
        office.History.ShouldBe("ann complete apply; bob complete sign; cat reject sign>apply (no invoice)");
        office.State.Steps.ShouldAllBe(s => s.Undone);
    }

    [Fact, Proves("human/reject-to-node", "multiInstanceLoopCharacteristics/parallel")]
    public void R02_Reject_to_a_multi_instance_recreates_all_of_it()
    {
        var office = Open(Countersign, "ann", ("signers", People("bob", "cat", "dan")));
        office.Done("ann", "apply");
        foreach (var signer in new[] { "bob", "cat", "dan" }) office.Done(signer, "sign").ShouldBeNull();
        office.Tasks.ShouldBe("pay:zoe");
        office.Reject("zoe", "pay").ShouldBeNull();
        office.Tasks.ShouldBe("sign:bob sign:cat sign:dan");
        office.Timers.ShouldBe("remind");
        office.State.Nodes.Single(n => n.Role == NodeRole.Body).Repetitions!.Completed.ShouldBe(0);
        foreach (var signer in new[] { "dan", "cat", "bob" }) office.Done(signer, "sign").ShouldBeNull();
        office.Tasks.ShouldBe("pay:zoe");
        office.Timers.ShouldBe("");
        office.History.ShouldBe("ann complete apply; bob complete sign; cat complete sign; dan complete sign; zoe reject pay>sign; dan complete sign; cat complete sign; bob complete sign");
    }

    [Fact, Proves("human/reject-to-node", "parallelGateway")]
    public void R03_Reject_from_one_parallel_branch_to_before_the_fork_cancels_the_siblings_and_clears_the_join()
    {
        var office = Open(Branches);
        office.Done("ann", "apply");
        office.Done("lee", "law");
        office.Joins.ShouldBe("law-join");
        office.Timers.ShouldBe("late");
        office.Reject("tom", "tech", RejectTo.Node, "apply").ShouldBeNull();
        office.Tasks.ShouldBe("apply:ann");
        office.Joins.ShouldBe("");
        office.Timers.ShouldBe("");
        office.History.ShouldBe("ann complete apply; lee complete law; tom reject tech>apply");
    }

    [Fact, Proves("human/reject-walk-again", "parallelGateway")]
    public void R04_Walking_forward_again_after_a_reject_joins_once()
    {
        var office = Open(Branches);
        office.Done("ann", "apply");
        office.Done("lee", "law");
        office.Reject("tom", "tech", RejectTo.Node, "apply");
        office.Done("ann", "apply");
        office.Tasks.ShouldBe("cash:cat law:lee tech:tom");
        office.Timers.ShouldBe("late");
        foreach (var (who, node) in new[] { ("tom", "tech"), ("lee", "law"), ("cat", "cash") })
        {
            office.State.Tasks.ShouldNotContain(t => t.Node.Id == "pay");
            office.Done(who, node).ShouldBeNull();
        }
        office.Tasks.ShouldBe("pay:zoe");
        office.Joins.ShouldBe("");
        office.Timers.ShouldBe("");
        office.Done("zoe", "pay");
        office.State.Status.ShouldBe(InstanceStatus.Completed);
        office.History.ShouldBe("ann complete apply; lee complete law; tom reject tech>apply; ann complete apply; tom complete tech; lee complete law; cat complete cash; zoe complete pay");
    }

    [Fact, Proves("human/reject-to-node", "subProcess", "boundaryEvent/timer")]
    public void R05_Reject_inside_a_sub_process_to_outside_ends_it_and_its_timers()
    {
        var office = Open(Inside);
        office.Done("ann", "apply");
        office.Done("bob", "check");
        office.Timers.ShouldBe("late soon");
        office.Reject("cat", "weigh", RejectTo.Node, "apply").ShouldBeNull();
        office.Tasks.ShouldBe("apply:ann");
        office.Timers.ShouldBe("");
        office.State.Nodes.ShouldNotContain(n => n.Node.Id == "sub");
        office.Done("ann", "apply");
        office.Tasks.ShouldBe("check:bob");
        office.Timers.ShouldBe("late");
        office.History.ShouldBe("ann complete apply; bob complete check; cat reject weigh>apply; ann complete apply");
    }

    [Fact, Proves("human/reject-back-to-rejecter")]
    public void R06_Work_sent_back_returns_to_the_rejecter()
    {
        var office = Open(Line);
        office.Done("ann", "apply");
        office.Done("bob", "check");
        office.Do(new Claim(office.Task("sign").Id) { Actor = "dan" });
        office.Reject("dan", "sign", RejectTo.Node, "apply", AfterReject.BackToRejecter, "amount?").ShouldBeNull();
        office.Tasks.ShouldBe("apply:ann");
        office.Done("ann", "apply");
        office.Tasks.ShouldBe("sign:dan");
        office.Timers.ShouldBe("");
        office.Done("dan", "sign");
        office.Tasks.ShouldBe("pay:zoe");
        office.History.ShouldBe("ann complete apply; bob complete check; dan claim sign; dan reject sign>apply (amount?); ann complete apply; dan complete sign");
    }

    [Fact, Proves("human/reject-walk-again", "boundaryEvent/timer")]
    public void R07_Timers_and_reminders_are_made_again_after_a_reject()
    {
        var office = Open(Line);
        office.Done("ann", "apply");
        office.Pass(TimeSpan.FromDays(2));
        office.Tasks.ShouldBe("chase:rex check:bob");
        office.Timers.ShouldBe("");
        office.Reject("bob", "check").ShouldBeNull();
        office.Tasks.ShouldBe("apply:ann");
        office.Done("ann", "apply");
        office.Timers.ShouldBe("late");
        office.State.Timers[0].Due.ShouldBe(office.Now.AddDays(1));
        office.Pass(TimeSpan.FromDays(1));
        office.Tasks.ShouldBe("chase:rex check:bob");
        office.Timers.ShouldBe("");
        office.History.ShouldBe("ann complete apply; bob reject check>apply; ann complete apply");
    }

    [Fact, Proves("human/withdraw")]
    public void R08_Withdraw_is_allowed_until_the_next_task_is_opened_or_claimed_and_refused_after()
    {
        var office = Open(Line);
        office.Done("ann", "apply");
        office.Timers.ShouldBe("late");
        office.Withdraw("ann", "apply").ShouldBeNull();
        office.Tasks.ShouldBe("apply:ann");
        office.Timers.ShouldBe("");
        office.Done("ann", "apply");
        office.Do(new BeginWork(office.Task("check").Id) { Actor = "bob" }).ShouldBeNull();
        office.Withdraw("ann", "apply").Says("next-task-touched bob");
        office.Done("bob", "check");
        office.Withdraw("bob", "check").ShouldBeNull();
        office.Tasks.ShouldBe("check:bob");
        office.Timers.ShouldBe("late");
        office.Done("bob", "check");
        office.Do(new Claim(office.Task("sign").Id) { Actor = "cat" });
        office.Withdraw("bob", "check").Says("next-task-touched cat");
        office.Withdraw("ann", "apply").Says("next-step-done bob");
        office.Tasks.ShouldBe("sign:cat");
        office.History.ShouldBe("ann complete apply; ann withdraw apply; ann complete apply; bob begin-work check; bob complete check; bob withdraw check; bob complete check; cat claim sign");
    }

    [Fact, Proves("human/complete", "multiInstanceLoopCharacteristics/parallel")]
    public void R09_Two_last_countersigners_who_complete_at_once_give_one_continuation()
    {
        var office = Open(Countersign, "ann", ("signers", People("bob", "cat")));
        office.Done("ann", "apply");
        var (bob, cat) = (office.Task("sign", "bob").Id, office.Task("sign", "cat").Id);
        var stale = Engine.Apply(office.State, new CompleteTask(cat) { Actor = "cat" }, office.Now);
        stale.Refusal.ShouldBeNull();
        office.Do(new CompleteTask(bob) { Actor = "bob" }).ShouldBeNull();
        stale.State.Version.ShouldBe(office.State.Version, "the host's version check finds that the second was computed on an old state");
        office.Do(new CompleteTask(cat) { Actor = "cat" }).ShouldBeNull();
        office.Tasks.ShouldBe("pay:zoe");
        office.Timers.ShouldBe("");
        office.Log.OfType<TaskOpened>().Count(t => t.Task.Node.Id == "pay").ShouldBe(1);
        office.History.ShouldBe("ann complete apply; bob complete sign; cat complete sign");
    }

    [Fact, Proves("human/complete")]
    public void R10_The_same_task_completed_twice_gives_the_second_a_clean_conflict()
    {
        var office = Open(Line);
        var task = office.Task("apply").Id;
        office.Do(new CompleteTask(task) { Actor = "ann" }).ShouldBeNull();
        var before = office.State;
        office.Do(new CompleteTask(task) { Actor = "ann" }).Says("task-gone");
        office.State.ShouldBeSameAs(before);
        office.Tasks.ShouldBe("check:bob");
        office.Timers.ShouldBe("late");
        office.History.ShouldBe("ann complete apply");
    }

    [Fact, Proves("human/add-sign-parallel", "human/vote-ratio")]
    public void R11_Adding_a_signer_after_two_of_three_have_voted_changes_the_ratio()
    {
        var vote = $"<startEvent id='start'/>{Signers("sign", attributes: "evenhand:vote='ratio' evenhand:ratio='75%'")}{User("pay", "zoe")}<endEvent id='end'/>{Timer("remind", "sign", "P1D")}{User("chase", "rex")}{Flows("start sign pay end", "remind chase")}";
        var office = Open(vote, "ann", ("signers", People("bob", "cat", "dan")));
        office.Done("bob", "sign", Vote.Agree);
        office.Do(new AddSigners(office.Task("sign", "dan").Id, SignerPlace.Beside, ["eve"]) { Actor = "dan" }).ShouldBeNull();
        office.Tasks.ShouldBe("sign:cat sign:dan sign:eve");
        office.Done("cat", "sign", Vote.Agree);
        office.Tasks.ShouldBe("sign:dan sign:eve");
        office.Done("eve", "sign", Vote.Agree);
        office.Tasks.ShouldBe("pay:zoe");
        office.Timers.ShouldBe("");
        office.State.Variables["sign_outcome"].ShouldBe(Value.Of("agreed"));
        office.History.ShouldBe("bob agree sign; dan add-beside sign>eve; cat agree sign; eve agree sign");

        var without = Open(vote, "ann", ("signers", People("bob", "cat", "dan")));
        without.Done("bob", "sign", Vote.Agree);
        without.Done("cat", "sign", Vote.Refuse);
        without.Tasks.ShouldBe("pay:zoe", "one refusal of three leaves less than 75 %");
        without.State.Variables["sign_outcome"].ShouldBe(Value.Of("refused"));
    }

    [Fact, Proves("human/remove-sign")]
    public void R12_Removing_the_signer_who_holds_the_last_open_vote_completes_the_node()
    {
        var office = Open(Countersign, "ann", ("signers", People("bob", "cat", "dan")));
        office.Done("ann", "apply");
        office.Done("bob", "sign");
        office.Done("cat", "sign");
        office.Do(new RemoveSigner(office.Task("sign").Id) { Actor = "ann" }).ShouldBeNull();
        office.Tasks.ShouldBe("pay:zoe");
        office.Timers.ShouldBe("");
        office.History.ShouldBe("ann complete apply; bob complete sign; cat complete sign; ann remove-signer sign>dan");
    }

    [Fact, Proves("human/delegate", "human/transfer")]
    public void R13_A_delegated_task_returns_to_its_owner_and_a_transferred_one_does_not()
    {
        var office = Open(Line);
        var task = office.Task("apply").Id;
        office.Do(new Evenhand.Bpmn.Execution.Delegate(task, "sue") { Actor = "ann" }).ShouldBeNull();
        office.Tasks.ShouldBe("apply:sue");
        office.Do(new CompleteTask(task) { Actor = "sue" }).Says("task-delegated sue");
        office.Do(new Resolve(task) { Actor = "sue" }).ShouldBeNull();
        office.Tasks.ShouldBe("apply:ann");
        office.Done("ann", "apply").ShouldBeNull();
        office.Do(new Transfer(office.Task("check").Id, "sue") { Actor = "bob" }).ShouldBeNull();
        office.Tasks.ShouldBe("check:sue");
        office.Task("check").Owner.ShouldBeNull();
        office.Timers.ShouldBe("late");
        office.Done("sue", "check").ShouldBeNull();
        office.Tasks.ShouldBe("sign:-");
        office.History.ShouldBe("ann delegate apply>sue; sue resolve apply>ann; ann complete apply; bob transfer check>sue; sue complete check");
    }

    [Theory, Proves("human/empty-assignee")]
    [InlineData("", "check:-", "late", "", "")]
    [InlineData("evenhand:emptyAssignee='pass'", "pay:zoe", "", "", "; - passed-by-rule check (empty-assignee)")]
    [InlineData("evenhand:emptyAssignee='refuse'", "pay:zoe", "", "", "; - refused-by-rule check (empty-assignee)")]
    [InlineData("evenhand:emptyAssignee='assign:boss'", "check:boss", "late", "", "")]
    [InlineData("evenhand:emptyAssignee='assign:${deputy}'", "check:dep", "late", "", "")]
    [InlineData("evenhand:emptyAssignee='incident'", "", "late", "assignee-empty", "")]
    public void R14_The_rule_for_an_empty_assignee_is_followed(string rule, string tasks, string timers, string incidents, string history)
    {
        var office = Open($"<startEvent id='start'/>{User("apply", "ann")}{User("check", "${who}", rule)}{User("pay", "zoe")}<endEvent id='end'/>{Timer("late", "check", "P1D")}{User("chase", "rex")}{Flows("start apply check pay end", "late chase")}",
            "ann", ("who", Value.Null), ("deputy", "dep"));
        office.Done("ann", "apply").ShouldBeNull();
        office.Tasks.ShouldBe(tasks);
        office.Timers.ShouldBe(timers);
        string.Join(" ", office.State.Incidents.Select(i => i.Code)).ShouldBe(incidents);
        office.History.ShouldBe($"ann complete apply{history}");
    }

    [Fact, Proves("versions")]
    public void R15_Instances_go_on_by_their_version_when_a_new_one_is_deployed()
    {
        var rehearsal = new Evenhand.Bpmn.Rehearsals.Rehearsal(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        rehearsal.Deploy(Compile($"<startEvent id='start'/>{User("apply", "ann")}{User("check", "bob")}<endEvent id='end'/>{Timer("late", "check", "P1D")}{User("chase", "rex")}{Flows("start apply check end", "late chase")}"));
        rehearsal.Start("p", new Start { Actor = "ann" });
        rehearsal.Deploy(Compile($"<startEvent id='start'/>{User("apply", "ann")}{User("boss", "cat")}<endEvent id='end'/>{Flows("start apply boss end")}"));
        rehearsal.Start("p", new Start { Actor = "ann" });
        foreach (var instance in rehearsal.Instances.ToList()) rehearsal.Do(instance.Id, new CompleteTask(instance.Tasks[0].Id) { Actor = "ann" }).ShouldBeNull();
        rehearsal.Instances.Select(i => $"{i.Tasks.Single().Node.Id} {string.Join(" ", i.Timers.Select(t => t.Node.Id))}").ShouldBe(["check late", "boss "]);
        var old = rehearsal.Instances.First();
        rehearsal.Do(old.Id, new Reject(old.Tasks[0].Id) { Actor = "bob" }).ShouldBeNull();
        rehearsal.Instances.First().Tasks.Single().Node.Id.ShouldBe("apply");
        rehearsal.Instances.First().Timers.ShouldBeEmpty();
        rehearsal.Log.Select(l => l.Effect).OfType<Recorded>().Where(r => r.Kind == HistoryKind.Acted).Select(r => $"{r.Text} {r.Node}").ShouldBe(["complete apply", "complete apply", "reject check"]);
    }

    [Fact, Proves("serviceTask", "incident")]
    public void R16_A_service_that_fails_after_a_person_completed_is_an_incident_and_the_decision_is_kept()
    {
        var office = Open($"<startEvent id='start'/>{User("apply", "ann")}<serviceTask id='book' camunda:type='external' camunda:topic='book'/>{User("pay", "zoe")}<endEvent id='end'/>{Timer("late", "book", "P1D")}{User("chase", "rex")}{Flows("start apply book pay end", "late chase")}");
        office.Done("ann", "apply", Vote.Agree, ("amount", 7)).ShouldBeNull();
        office.Do(new FailRequest(office.State.Requests.Single().Id, "down")).ShouldBeNull();
        office.State.Incidents.Single().Code.ShouldBe("service-failed");
        office.Tasks.ShouldBe("");
        office.Timers.ShouldBe("late");
        office.State.Variables["amount"].ShouldBe(Value.Of(7));
        office.State.Steps.Single().ShouldSatisfyAllConditions(s => s.Actor.ShouldBe("ann"), s => s.Undone.ShouldBeFalse(), s => s.Vote.ShouldBe(Vote.Agree));
        office.Withdraw("ann", "apply").Says("step-left-the-house apply");
        office.Do(new Retry(office.State.Incidents[0].Id)).ShouldBeNull();
        office.Do(new CompleteRequest(office.State.Requests.Single().Id)).ShouldBeNull();
        office.Tasks.ShouldBe("pay:zoe");
        office.Timers.ShouldBe("");
        office.History.ShouldBe("ann agree apply");
    }
}
