using Evenhand.Bpmn.Expressions;
using Evenhand.Bpmn.Graph;

namespace Evenhand.Bpmn.Execution;

/// <summary>Rules of a user task that spare people work or find somebody: nobody assigned, the starter, somebody who has agreed before.</summary>
internal sealed partial class Run
{
    /// <summary>False when a rule has done the task, or it cannot be opened.</summary>
    private bool MeetsRules(NodeInstance instance, ref HumanTask task)
    {
        var rules = task.Node.Rules;
        if (rules == TaskRules.None) return true;
        if (task.Assignee is null && task.CandidateUsers.IsEmpty && task.CandidateGroups.IsEmpty) return Follow(rules.Empty, "empty-assignee", instance, ref task);
        if (task.Assignee is not null && task.Assignee == _starter && !Follow(rules.SameAsStarter, "same-as-starter", instance, ref task)) return false;
        if (!rules.PassRepeated || task.Assignee is not { } who || !HasAgreed(who, instance.Cause)) return true;
        PassByRule(instance, task, "agreed-before", Vote.Agree);
        return false;
    }

    private bool Follow(AssigneeRule rule, string name, NodeInstance instance, ref HumanTask task)
    {
        switch (rule.Action)
        {
            case RuleAction.Pass or RuleAction.Refuse:
                PassByRule(instance, task, name, rule.Action == RuleAction.Pass ? Vote.Agree : Vote.Refuse);
                return false;
            case RuleAction.Assign when Assigned(rule, instance) is { } to:
                task = task with { Assignee = to };
                return true;
            case RuleAction.Assign:
                return false;
            case RuleAction.Incident:
                Halt(instance, "assignee-empty", [task.Node.Id]);
                return false;
            default:
                return true;
        }
    }

    private string? Assigned(AssigneeRule rule, NodeInstance instance)
    {
        ExpressionProblem? problem = null;
        if (Empty(Say(rule.To, instance.Id, ref problem)) is { } to) return to;
        if (problem is not null) Halt(instance, problem.Code, Words(rule.To!, problem));
        else Halt(instance, "assignee-empty", [instance.Node.Id]);
        return null;
    }

    /// <summary>No step is kept: nobody decided, so nothing can be sent back to here or withdrawn.</summary>
    private void PassByRule(NodeInstance instance, HumanTask task, string rule, Vote vote)
    {
        Tell(new Recorded(HistoryKind.Acted, task.Node.Id, instance.Id, _now, Text: vote == Vote.Agree ? "passed-by-rule" : "refused-by-rule") { To = task.Assignee, Note = rule });
        EndSeat(instance, vote);
    }

    /// <summary>A multi-instance for which the collection names nobody.</summary>
    private void NobodyToAsk(NodeInstance body)
    {
        var rule = body.Node.Rules.Empty;
        switch (rule.Action)
        {
            case RuleAction.Assign when Assigned(rule, body) is { } to:
                body = Set(body with { Repetitions = new Repetitions(1, 1, 0, body.Node.Loop!.Collection is null ? default : [to]) { Added = [to] } });
                _agenda.Push(new Pending(body.Node, null, body.Id, body.Cause, 0));
                return;
            case RuleAction.Assign:
                return;
            case RuleAction.Incident:
                Halt(body, "assignee-empty", [body.Node.Id]);
                return;
            default:
                var vote = rule.Action == RuleAction.Pass ? Vote.Agree : Vote.Refuse;
                Tell(new Recorded(HistoryKind.Acted, body.Node.Id, body.Id, _now, Text: vote == Vote.Agree ? "passed-by-rule" : "refused-by-rule") { Note = "empty-assignee" });
                Decide(body, vote);
                EndLoop(body);
                return;
        }
    }

    /// <summary>The person did a step that led here, did not refuse, and it counts still.</summary>
    private bool HasAgreed(string who, int cause)
    {
        foreach (var step in _stepRows.Span.ToArray())
            if (step is { Undone: false, Task: > 0, Vote: not Vote.Refuse } && (step.Actor ?? step.Assignee) == who && FollowsFrom(cause, step.Id)) return true;
        return false;
    }
}
