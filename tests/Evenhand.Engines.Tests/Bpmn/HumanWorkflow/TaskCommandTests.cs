using System.Collections.Immutable;
using Evenhand.Bpmn.Execution;
using Evenhand.Bpmn.Expressions;
using static Evenhand.Engines.Tests.Bpmn.HumanWorkflow.Office;

namespace Evenhand.Engines.Tests.Bpmn.HumanWorkflow;

/// <summary>Who has a task, what is kept with it, and administrators' commands.</summary>
public sealed class TaskCommandTests
{
    private static Office Pool(string candidates = "camunda:candidateUsers='bob,cat'") =>
        Open($"<startEvent id='start'/>{User("check", null, candidates)}{User("pay", "zoe")}<endEvent id='end'/>{Flows("start check pay end")}");

    [Fact, Proves("human/claim")]
    public void Claim_gives_the_task_to_one_candidate()
    {
        var office = Pool();
        office.Do(new Claim(office.Task("check").Id)).Says("actor-missing");
        office.Do(new Claim(office.Task("check").Id) { Actor = "eve" }).Says("not-a-candidate eve");
        office.Do(new Claim(office.Task("check").Id) { Actor = "bob" }).Says("taken");
        office.Task("check").Touched.ShouldBeTrue();
        office.Do(new Claim(office.Task("check").Id) { Actor = "cat" }).Says("task-taken bob");
        office.Do(new Claim(office.Task("check").Id) { Actor = "bob" }).Says("taken");
        office.Tasks.ShouldBe("check:bob");
        office.Log.OfType<TaskChanged>().Last().Task.Assignee.ShouldBe("bob");
        office.Do(new Claim(99) { Actor = "bob" }).Says("task-gone");
    }

    [Fact, Proves("human/claim")]
    public void Claim_leaves_groups_to_the_host()
    {
        var office = Pool("camunda:candidateUsers='bob' camunda:candidateGroups='law'");
        office.Do(new Claim(office.Task("check").Id) { Actor = "eve" }).Says("taken");
    }

    [Fact, Proves("human/unclaim")]
    public void Unclaim_puts_the_task_back()
    {
        var office = Pool();
        office.Do(new Unclaim(office.Task("check").Id) { Actor = "bob" }).Says("task-not-claimed");
        office.Do(new Claim(office.Task("check").Id) { Actor = "bob" });
        office.Do(new Unclaim(office.Task("check").Id) { Actor = "cat" }).Says("task-not-yours bob");
        office.Do(new Unclaim(office.Task("check").Id) { Actor = "bob" }).Says("taken");
        office.Tasks.ShouldBe("check:-");
        office.Do(new Claim(office.Task("check").Id) { Actor = "cat" }).Says("taken");
        office.Done("cat", "check");
        office.Do(new Unclaim(office.Task("pay").Id) { Actor = "zoe" }).Says("task-without-candidates");
        office.History.ShouldBe("bob claim check; bob unclaim check; cat claim check; cat complete check");
    }

    [Fact, Proves("human/assign")]
    public void Assign_gives_the_task_to_anybody_and_ends_a_delegation()
    {
        var office = Pool();
        office.Do(new Assign(office.Task("check").Id, "eve") { Actor = "boss" }).Says("taken");
        office.Do(new Evenhand.Bpmn.Execution.Delegate(office.Task("check").Id, "sue") { Actor = "eve" }).Says("taken");
        office.Do(new Assign(office.Task("check").Id, null) { Actor = "boss" }).Says("taken");
        office.Task("check").ShouldSatisfyAllConditions(t => t.Assignee.ShouldBeNull(), t => t.Owner.ShouldBeNull(), t => t.Delegation.ShouldBe(Delegation.None));
        office.History.ShouldBe("boss assign check>eve; eve delegate check>sue; boss assign check");
    }

    [Fact, Proves("human/delegate")]
    public void Delegate_remembers_the_first_owner_through_several_hands()
    {
        var office = Pool();
        var task = office.Task("check").Id;
        office.Do(new Evenhand.Bpmn.Execution.Delegate(task, "sue")).Says("actor-missing");
        office.Do(new Resolve(task)).Says("task-not-delegated");
        office.Do(new Claim(task) { Actor = "bob" });
        office.Do(new Evenhand.Bpmn.Execution.Delegate(task, "bob") { Actor = "bob" }).Says("same-person bob");
        office.Do(new Evenhand.Bpmn.Execution.Delegate(task, " ") { Actor = "bob" }).Says("person-missing");
        office.Do(new Evenhand.Bpmn.Execution.Delegate(task, "sue") { Actor = "cat" }).Says("task-not-yours bob");
        office.Do(new Evenhand.Bpmn.Execution.Delegate(task, "sue") { Actor = "bob" }).Says("taken");
        office.Do(new Evenhand.Bpmn.Execution.Delegate(task, "tim") { Actor = "sue" }).Says("taken");
        office.Do(new Transfer(task, "eve") { Actor = "tim" }).Says("task-delegated tim");
        office.Do(new Unclaim(task) { Actor = "tim" }).Says("task-delegated tim");
        office.Do(new Resolve(task) { Actor = "sue" }).Says("task-not-yours tim");
        office.Do(new Resolve(task) { Actor = "tim", Variables = ImmutableDictionary<string, Value>.Empty.Add("price", 3) }).Says("taken");
        office.Task("check").ShouldSatisfyAllConditions(t => t.Assignee.ShouldBe("bob"), t => t.Delegation.ShouldBe(Delegation.Resolved));
        office.State.Variables["price"].ShouldBe(Value.Of(3));
        office.Done("bob", "check").Says("taken");
        office.State.Steps.Single().Assignee.ShouldBe("bob");
    }

    [Fact, Proves("human/transfer")]
    public void Transfer_is_for_the_one_who_has_the_task()
    {
        var office = Pool();
        office.Do(new Claim(office.Task("check").Id) { Actor = "bob" });
        office.Do(new Transfer(office.Task("check").Id, "eve") { Actor = "cat" }).Says("task-not-yours bob");
        office.Do(new Transfer(office.Task("check").Id, "") { Actor = "bob" }).Says("person-missing");
        office.Do(new Transfer(office.Task("check").Id, "eve") { Actor = "bob", Comment = "on leave" }).Says("taken");
        office.Done("bob", "check").Says("task-not-yours eve");
        office.History.ShouldBe("bob claim check; bob transfer check>eve (on leave)");
    }

    [Fact, Proves("human/save-draft")]
    public void Draft_is_kept_with_the_task_and_is_no_variable()
    {
        var office = Pool();
        office.Done("ann", "check").Says("taken");
        office.Do(new SaveDraft(office.Task("pay").Id) { Actor = "zoe", Variables = ImmutableDictionary<string, Value>.Empty.Add("sum", 5) }).Says("taken");
        office.Task("pay").Draft!["sum"].ShouldBe(Value.Of(5));
        office.State.Variables.ShouldNotContainKey("sum");
        office.Withdraw("ann", "check").Says("next-task-touched zoe");
        office.Do(new SaveDraft(office.Task("pay").Id) { Actor = "bob" }).Says("task-not-yours zoe");
        office.Do(new BeginWork(office.Task("pay").Id) { Actor = "bob" }).Says("task-not-yours zoe");
    }

    [Fact, Proves("human/skip")]
    public void Skip_passes_a_task_by_with_a_mark_and_closes_the_signers_it_waits_for()
    {
        var office = Pool();
        office.Do(new Claim(office.Task("check").Id) { Actor = "bob" });
        office.Do(new AddSigners(office.Task("check").Id, SignerPlace.Before, ["sue", "tim"]) { Actor = "bob" });
        office.Do(new AddSigners(office.Task("check", "sue").Id, SignerPlace.Before, ["uma"]) { Actor = "sue" });
        office.Do(new SkipTask(office.Task("check", "bob").Id) { Actor = "boss", Comment = "urgent" }).Says("taken");
        office.Tasks.ShouldBe("pay:zoe");
        office.Log.OfType<TaskClosed>().ShouldAllBe(c => c.Reason == Leaving.Skipped);
        office.Log.OfType<TaskClosed>().Count().ShouldBe(4);
        office.History.ShouldBe("bob claim check; bob add-before check>sue, tim; sue add-before check>uma; boss skip check (urgent)");
    }

    [Fact, Proves("human/jump")]
    public void Jump_sets_one_token_elsewhere()
    {
        var office = Pool();
        office.Do(new Jump(0, "pay")).Says("node-gone");
        office.Do(new Jump(office.Task("check").Instance, "nowhere")).Says("move-target-unknown nowhere");
        office.Do(new Jump(office.Task("check").Instance, "pay") { Actor = "boss", Comment = "known" }).Says("taken");
        office.Tasks.ShouldBe("pay:zoe");
        office.History.ShouldBe("boss jump check>pay (known)");
    }

    [Fact, Proves("human/suspend", "human/resume", "human/cancel")]
    public void Suspended_instance_takes_no_human_command_until_it_is_resumed()
    {
        var office = Pool();
        var task = office.Task("check").Id;
        office.Do(new Suspend()).Says("taken");
        foreach (var command in new Command[] { new Claim(task), new Reject(task), new Withdraw(task), new CompleteTask(task), new Jump(1, "pay") }) office.Do(command with { Actor = "bob" }).Says("instance-suspended");
        office.Do(new Resume()).Says("taken");
        office.Do(new Claim(task) { Actor = "bob" }).Says("taken");
        office.Do(new Cancel("no longer needed")).Says("taken");
        office.Tasks.ShouldBe("");
        office.Do(new Claim(task) { Actor = "bob" }).Says("instance-ended");
    }

    [Fact, Proves("human/complete")]
    public void Complete_by_somebody_else_is_refused()
    {
        var office = Pool();
        office.Do(new Claim(office.Task("check").Id) { Actor = "bob" });
        office.Done("cat", "check").Says("task-not-yours bob");
        office.Do(new CompleteTask(office.Task("check").Id)).Says("taken");
    }
}
