using System.Collections.Immutable;
using System.Globalization;
using Evenhand.Bpmn.Expressions;
using Evenhand.Bpmn.Graph;

namespace Evenhand.Bpmn.Execution;

/// <summary>Tasks of people: opening, doing and closing them.</summary>
internal sealed partial class Run
{
    private void OpenTask(NodeInstance instance)
    {
        var given = GivenTo(instance, out var to);
        if (Draw(instance, to.Who, to.Added) is { } task && (given || MeetsRules(instance, ref task))) Open(task);
    }

    private void Open(HumanTask task)
    {
        _tasks.Add(task);
        Tell(new TaskOpened(task));
    }

    /// <summary>The task as the file has it, for a person named or for whomever it says; null when it cannot be told and the node is stuck.</summary>
    private HumanTask? Draw(NodeInstance instance, string? assignee, bool added)
    {
        var (node, says) = (instance.Node, instance.Node.Task);
        ExpressionProblem? problem = null;
        var task = new HumanTask(NextId(), instance.Id, node, _now)
        {
            Name = (node.Title is null ? null : Say(node.Title, instance.Id, ref problem)) ?? node.Name ?? node.Id,
            Assignee = assignee ?? Empty(Say(says?.Assignee, instance.Id, ref problem)),
            CandidateUsers = Names(says?.Users, instance.Id, ref problem),
            CandidateGroups = Names(says?.Groups, instance.Id, ref problem),
            Due = When(says?.Due, instance.Id, ref problem),
            FollowUp = When(says?.FollowUp, instance.Id, ref problem),
            Form = Say(says?.Form, instance.Id, ref problem),
            Priority = says?.Priority is null ? 50 : Whole(Say(says.Priority, instance.Id, ref problem)),
            Added = added,
        };
        if (problem is null) return task;
        Halt(instance, problem.Code, [.. problem.Arguments]);
        return null;
    }

    private static string? Empty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static int Whole(string? text) =>
        decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? (int)Math.Clamp(number, int.MinValue, int.MaxValue) : 50;

    /// <summary>Names from a text with commas or from a list.</summary>
    private ImmutableArray<string> Names(Expression? expression, int at, ref ExpressionProblem? problem)
    {
        if (expression is null) return [];
        var found = Evaluate(expression, at);
        problem ??= found.Problem;
        var texts = found.Value.Kind == ValueKind.List ? found.Value.AsList.Select(v => v.ToString()) : found.Value.ToString().Split(',');
        return [.. texts.Select(t => t.Trim()).Where(t => t.Length > 0)];
    }

    private DateTimeOffset? When(Expression? expression, int at, ref ExpressionProblem? problem)
    {
        if (expression is null) return null;
        var found = Evaluate(expression, at);
        problem ??= found.Problem;
        if (found.Problem is not null || found.Value.IsNull || found.Value.Kind == ValueKind.Text && found.Value.AsText.Length == 0) return null;
        if (found.Value.Kind == ValueKind.Instant) return found.Value.AsInstant;
        var text = found.Value.ToString();
        if (Timing.Iso8601.TryInstant(text, _options.Zone.GetUtcOffset(_now), out var instant)) return instant;
        CalendarSpan? span = found.Value.Kind == ValueKind.Duration ? found.Value.AsDuration : Timing.Iso8601.TryDuration(text, out var written) ? written : null;
        var due = span?.TryAfter(_now);
        if (due is null) problem ??= new ExpressionProblem(span is null ? "not-a-date" : "timer-range", 0, text);
        return due;
    }

    private Refused? Complete(CompleteTask complete)
    {
        if (_tasks.Find(complete.Task) is not { } task) return new Refused("task-gone");
        if (NotYours(task) is { } notYours) return notYours;
        if (task.Delegation == Delegation.Pending) return new Refused("task-delegated", task.Assignee ?? "");
        if (task.WaitsFor > 0) return new Refused("task-waits-for-signers", task.WaitsFor.ToString(CultureInfo.InvariantCulture));
        if (complete.Vote == Vote.None && task.Node.Rules.Vote != VoteRule.None) return new Refused("vote-missing", task.Node.Id);
        Acted(task, complete.Vote switch { Vote.Agree => "agree", Vote.Refuse => "refuse", _ => "complete" });
        Sign(task, complete.Vote, Leaving.Completed);
        return null;
    }

    /// <summary>A task is done: the step is kept, then the next signer of the same seat is asked, or the seat is done.</summary>
    private void Sign(HumanTask task, Vote vote, Leaving reason)
    {
        var instance = _nodes.Find(task.Instance)!;
        var whole = Whole(instance);
        var step = new Step(NextId(), task.Node, Causes(instance.Cause, whole), task.Id, _command.Actor, task.Assignee, _now, instance.LoopCounter)
        {
            Vote = vote,
            Within = whole.Id,
            Before = task.Before,
        };
        _stepRows.Add(step);
        SetAt(instance.Id, _command.Variables);
        CloseTask(task, reason);
        instance = Set(_nodes.Find(instance.Id)! with { Cause = step.Id });
        if (!SignersGoOn(task, vote, instance)) EndSeat(instance, vote);
    }

    private void CloseTasks(int instance, Leaving reason)
    {
        for (var i = _tasks.Count - 1; i >= 0; i--)
            if (_tasks[i].Instance == instance) CloseTask(_tasks[i], reason);
    }

    private void CloseTask(HumanTask task, Leaving reason)
    {
        _tasks.Remove(task.Id);
        Tell(new TaskClosed(task, reason));
    }
}
