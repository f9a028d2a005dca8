using Evenhand.Bpmn.Execution;
using Evenhand.Bpmn.Expressions;
using static Evenhand.Engines.Tests.Bpmn.HumanWorkflow.Office;

namespace Evenhand.Engines.Tests.Bpmn.HumanWorkflow;

/// <summary>Signers added and removed at run time.</summary>
public sealed class SignerTests
{
    private static Office Plain(string attributes = "") => Begin(Open(
        $"<startEvent id='start'/>{User("apply", "ann")}{User("check", "bob", attributes)}{User("pay", "zoe")}<endEvent id='end'/>{Timer("late", "check", "P1D")}{User("chase", "rex")}{Flows("start apply check pay end", "late chase")}"));

    private static Office Several(string attributes = "", string condition = "", bool sequential = false) => Begin(Open(
        $"<startEvent id='start'/>{User("apply", "ann")}{Signers("check", "${signers}", attributes, condition, sequential)}{User("pay", "zoe")}<endEvent id='end'/>{Flows("start apply check pay end")}", "ann", ("signers", People("bob", "cat", "dan"))));

    private static Office Begin(Office office)
    {
        office.Done("ann", "apply").Says("taken");
        return office;
    }

    private static Refused? Add(Office office, string who, SignerPlace place, params string[] signers) => office.Do(new AddSigners(office.Task("check", who).Id, place, [.. signers]) { Actor = who });

    private static Refused? Remove(Office office, string whose, string? signer = null) => office.Do(new RemoveSigner(office.Task("check", whose).Id, signer) { Actor = "boss" });

    [Fact, Proves("human/add-sign-before")]
    public void Task_waits_for_all_signers_added_before_it()
    {
        var office = Plain();
        Add(office, "bob", SignerPlace.Before, "sue", "tim").Says("taken");
        office.Tasks.ShouldBe("check:bob check:sue check:tim");
        office.Done("bob", "check").Says("task-waits-for-signers 2");
        office.Done("sue", "check");
        office.Done("bob", "check").Says("task-waits-for-signers 1");
        office.Done("tim", "check");
        office.Timers.ShouldBe("late");
        office.Done("bob", "check").Says("taken");
        office.Tasks.ShouldBe("pay:zoe");
        office.Timers.ShouldBe("");
        office.History.ShouldBe("ann complete apply; bob add-before check>sue, tim; sue complete check; tim complete check; bob complete check");
    }

    [Fact, Proves("human/add-sign-after")]
    public void Signers_added_after_a_task_sign_one_after_the_other()
    {
        var office = Plain();
        Add(office, "bob", SignerPlace.After, "sue", "tim").Says("taken");
        office.Tasks.ShouldBe("check:bob");
        office.Done("bob", "check");
        office.Tasks.ShouldBe("check:sue");
        Add(office, "sue", SignerPlace.Before, "uma").Says("taken");
        office.Done("uma", "check");
        office.Done("sue", "check");
        office.Tasks.ShouldBe("check:tim");
        office.Done("tim", "check");
        office.Tasks.ShouldBe("pay:zoe");
    }

    [Fact, Proves("human/add-sign-parallel")]
    public void Plain_task_becomes_one_of_several_and_keeps_its_border_events()
    {
        var office = Plain();
        Add(office, "bob", SignerPlace.Beside, "sue", "tim").Says("taken");
        office.Tasks.ShouldBe("check:bob check:sue check:tim");
        office.Timers.ShouldBe("late");
        office.Done("bob", "check");
        Add(office, "sue", SignerPlace.Beside, "uma").Says("taken");
        office.Done("uma", "check");
        office.Done("sue", "check");
        office.Tasks.ShouldBe("check:tim");
        office.Pass(TimeSpan.FromDays(1));
        office.Tasks.ShouldBe("chase:rex check:tim");
        office.Done("tim", "check", Vote.Refuse);
        office.Tasks.ShouldBe("chase:rex pay:zoe");
        office.State.Variables["check_outcome"].ShouldBe(Value.Of("refused"), "one of them refused, and all are needed");
        office.Reject("zoe", "pay").Says("taken");
        office.Tasks.ShouldBe("check:bob", "the co-signers were for that round, and the reminder followed from it");
    }

    [Fact, Proves("human/add-sign-parallel")]
    public void Signer_added_beside_a_sequential_one_signs_last()
    {
        var office = Several(sequential: true);
        Add(office, "bob", SignerPlace.Beside, "eve").Says("taken");
        foreach (var who in new[] { "bob", "cat", "dan", "eve" })
        {
            office.Tasks.ShouldBe($"check:{who}");
            office.Done(who, "check").Says("taken");
        }
        office.Tasks.ShouldBe("pay:zoe");
    }

    [Fact, Proves("human/add-sign-before", "human/add-sign-after", "human/add-sign-parallel")]
    public void Adding_the_same_signer_twice_or_nobody_is_refused()
    {
        var office = Plain();
        Add(office, "bob", SignerPlace.After).Says("person-missing");
        Add(office, "bob", SignerPlace.Before, " ").Says("person-missing");
        Add(office, "bob", SignerPlace.Beside, "bob").Says("signer-already-there bob");
        Add(office, "bob", SignerPlace.After, "sue", "sue").Says("signer-already-there sue");
        Add(office, "bob", SignerPlace.After, "sue").Says("taken");
        Add(office, "bob", SignerPlace.Beside, "sue").Says("signer-already-there sue");
        office.Do(new AddSigners(office.Task("check").Id, SignerPlace.Beside, ["tim"]) { Actor = "eve" }).Says("task-not-yours bob");
    }

    [Fact, Proves("human/add-sign-parallel")]
    public void Adding_beside_a_task_of_a_standard_loop_is_refused()
    {
        var office = Begin(Open($"<startEvent id='start'/>{User("apply", "ann")}{User("check", "bob", "", "<standardLoopCharacteristics><loopCondition>${true}</loopCondition></standardLoopCharacteristics>")}<endEvent id='end'/>{Flows("start apply check end")}"));
        Add(office, "bob", SignerPlace.Beside, "sue").Says("signers-in-a-loop check");
        Remove(office, "bob").Says("signers-in-a-loop check");
    }

    [Fact, Proves("human/remove-sign")]
    public void Signer_added_before_is_taken_out_and_the_task_waits_no_more()
    {
        var office = Plain();
        Remove(office, "bob").Says("last-signer check");
        Add(office, "bob", SignerPlace.Before, "sue");
        Add(office, "sue", SignerPlace.Before, "uma");
        Remove(office, "sue").Says("taken");
        office.Tasks.ShouldBe("check:bob");
        office.Done("bob", "check").Says("taken");
        office.Tasks.ShouldBe("pay:zoe");
    }

    [Fact, Proves("human/remove-sign")]
    public void Signer_added_after_is_taken_out_before_and_while_being_asked()
    {
        var office = Plain();
        Add(office, "bob", SignerPlace.After, "sue", "tim", "uma");
        Remove(office, "bob", "nobody").Says("signer-unknown nobody");
        Remove(office, "bob", "tim").Says("taken");
        office.Done("bob", "check", Vote.Agree);
        Remove(office, "sue").Says("taken");
        office.Tasks.ShouldBe("check:uma");
        Remove(office, "uma").Says("taken");
        office.Tasks.ShouldBe("pay:zoe");
        office.State.Variables["check_outcome"].ShouldBe(Value.Of("agreed"), "what the last who signed said");
        office.History.ShouldBe("ann complete apply; bob add-after check>sue, tim, uma; boss remove-signer check>tim; bob agree check; boss remove-signer check>sue; boss remove-signer check>uma");
    }

    [Fact, Proves("human/remove-sign")]
    public void Removing_a_signer_shrinks_the_total_and_what_the_rest_decide_is_looked_at_anew()
    {
        var office = Several(condition: "${nrOfCompletedInstances/nrOfInstances > 0.4}");
        office.Done("bob", "check").Says("taken");
        office.Tasks.ShouldBe("check:cat check:dan");
        Remove(office, "cat").Says("taken");
        office.Tasks.ShouldBe("pay:zoe", "one of two is more than 40 %");

        var vote = Several("evenhand:vote='ratio' evenhand:ratio='2/3'");
        vote.Done("bob", "check", Vote.Agree);
        Remove(vote, "cat").Says("taken");
        vote.Tasks.ShouldBe("check:dan", "one of two is less than two thirds");
        vote.State.Nodes.Single(n => n.Role == NodeRole.Body).Repetitions!.ShouldSatisfyAllConditions(r => r.Total.ShouldBe(2), r => r.Removed.ShouldBe(1));
        Add(vote, "dan", SignerPlace.Beside, "eve").Says("taken");
        vote.Done("eve", "check", Vote.Agree);
        vote.Tasks.ShouldBe("pay:zoe");
    }

    [Fact, Proves("human/remove-sign")]
    public void Removing_the_sequential_signer_asks_the_next()
    {
        var office = Several(sequential: true);
        Remove(office, "bob").Says("taken");
        office.Tasks.ShouldBe("check:cat");
        office.Done("cat", "check");
        office.Tasks.ShouldBe("check:dan");
        Remove(office, "dan").Says("taken");
        office.Tasks.ShouldBe("pay:zoe");

        var last = Several();
        Remove(last, "bob").Says("taken");
        Remove(last, "cat").Says("taken");
        Remove(last, "dan").Says("last-signer check");
        last.Tasks.ShouldBe("check:dan");
    }

    [Fact, Proves("human/add-sign-after", "human/vote-all")]
    public void Refusal_ends_a_signers_seat_and_those_after_are_not_asked()
    {
        var office = Several("evenhand:vote='any'");
        Add(office, "bob", SignerPlace.After, "sue");
        office.Done("bob", "check", Vote.Refuse);
        office.Tasks.ShouldBe("check:cat check:dan");
        Add(office, "cat", SignerPlace.Before, "tim", "uma");
        office.Done("tim", "check", Vote.Refuse);
        office.Tasks.ShouldBe("check:dan");
        office.Done("dan", "check", Vote.Agree);
        office.Tasks.ShouldBe("pay:zoe");
    }
}
