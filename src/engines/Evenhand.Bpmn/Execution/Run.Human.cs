using System.Collections.Immutable;
using Evenhand.Bpmn.Expressions;
using Evenhand.Bpmn.Graph;

namespace Evenhand.Bpmn.Execution;

/// <summary>What people do with tasks besides doing them: who has a task, and what is kept with it.</summary>
internal sealed partial class Run
{
    private Dictionary<(GraphNode Node, int LoopCounter), (string Who, bool Added)>? _given;

    private Refused? TakeHuman(Command command)
    {
        if (command is Withdraw withdraw) return Take(withdraw);
        if (command is Jump jump) return Take(jump);
        if (command is not TaskCommand onTask) return new Refused("command-unknown", command.GetType().Name);
        if (_tasks.Find(onTask.Task) is not { } task) return new Refused("task-gone");
        return command switch
        {
            Claim => ClaimTask(task),
            Unclaim => PutBack(task),
            Assign assign => Change(task, "assign", task with { Assignee = assign.To, Owner = null, Delegation = Delegation.None }, assign.To),
            Delegate to => GiveTo(task, to.To, "delegate") ?? Change(task, "delegate", task with { Assignee = to.To, Owner = task.Owner ?? task.Assignee ?? _command.Actor, Delegation = Delegation.Pending, Touched = true }, to.To),
            Resolve => ResolveTask(task),
            Transfer to => GiveTo(task, to.To, "transfer") ?? Change(task, "transfer", task with { Assignee = to.To, Owner = null, Delegation = Delegation.None, Touched = true }, to.To),
            BeginWork => NotYours(task) ?? Change(task, "begin-work", task with { Touched = true }),
            SaveDraft => NotYours(task) ?? Change(task, "save-draft", task with { Draft = _command.Variables ?? ImmutableDictionary<string, Value>.Empty, Touched = true }),
            SkipTask skip => Skip(task, skip.Vote),
            AddSigners add => NotYours(task) ?? Add(task, add),
            RemoveSigner remove => Remove(task, remove.Signer),
            Reject reject => NotYours(task) ?? SendBack(task, reject),
            _ => new Refused("command-unknown", command.GetType().Name),
        };
    }

    private Refused? NotYours(HumanTask task) => _command.Actor is { } actor && task.Assignee is { } assignee && actor != assignee ? new Refused("task-not-yours", assignee) : null;

    private void Acted(HumanTask task, string what, string? to = null, string? note = null) =>
        Tell(new Recorded(HistoryKind.Acted, task.Node.Id, task.Instance, _now, Actor: _command.Actor, Text: what) { Task = task.Id, To = to, Note = note ?? (_command as TaskCommand)?.Comment });

    private void Change(HumanTask task)
    {
        _tasks.Set(task);
        Tell(new TaskChanged(task));
    }

    private Refused? Change(HumanTask old, string what, HumanTask task, string? to = null)
    {
        Acted(old, what, to);
        Change(task);
        return null;
    }

    private Refused? ClaimTask(HumanTask task)
    {
        if (_command.Actor is not { } actor) return new Refused("actor-missing");
        if (task.Assignee is { } other && other != actor) return new Refused("task-taken", other);
        if (task.Assignee is null && task.CandidateUsers.Length > 0 && task.CandidateGroups.IsEmpty && !task.CandidateUsers.Contains(actor)) return new Refused("not-a-candidate", actor);
        return Change(task, "claim", task with { Assignee = actor, Touched = true });
    }

    private Refused? PutBack(HumanTask task)
    {
        if (NotYours(task) is { } notYours) return notYours;
        if (task.Assignee is null) return new Refused("task-not-claimed");
        if (task.Delegation == Delegation.Pending) return new Refused("task-delegated", task.Assignee);
        if (task.CandidateUsers.IsEmpty && task.CandidateGroups.IsEmpty) return new Refused("task-without-candidates");
        return Change(task, "unclaim", task with { Assignee = null, Owner = null, Delegation = Delegation.None });
    }

    private Refused? GiveTo(HumanTask task, string to, string how)
    {
        if (NotYours(task) is { } notYours) return notYours;
        if (string.IsNullOrWhiteSpace(to)) return new Refused("person-missing");
        if (to == task.Assignee) return new Refused("same-person", to);
        if (how == "transfer" && task.Delegation == Delegation.Pending) return new Refused("task-delegated", task.Assignee ?? "");
        return how == "delegate" && task.Assignee is null && _command.Actor is null ? new Refused("actor-missing") : null;
    }

    private Refused? ResolveTask(HumanTask task)
    {
        if (NotYours(task) is { } notYours) return notYours;
        if (task.Delegation != Delegation.Pending) return new Refused("task-not-delegated");
        SetAt(task.Instance, _command.Variables);
        return Change(task, "resolve", task with { Assignee = task.Owner, Delegation = Delegation.Resolved }, task.Owner);
    }

    private Refused? Skip(HumanTask task, Vote vote)
    {
        Acted(task, "skip");
        foreach (var before in SignersBefore(task)) CloseTask(before, Leaving.Skipped);
        Sign(task with { WaitsFor = 0 }, vote == Vote.None && task.Node.Rules.Vote != VoteRule.None ? Vote.Agree : vote, Leaving.Skipped);
        return null;
    }

    /// <summary>Tasks that a task waits for, and those they wait for.</summary>
    private List<HumanTask> SignersBefore(HumanTask task)
    {
        List<HumanTask> found = [];
        foreach (var other in _tasks.Span)
            if (other.Before == task.Id || found.Exists(f => f.Id == other.Before)) found.Add(other);
        return found;
    }

    private Refused? Take(Jump jump)
    {
        var (node, at) = (_nodes.Find(jump.Instance)?.Node ?? _arrivals.Find(jump.Instance)?.Node, jump.Instance);
        if (node is null || at == 0) return new Refused("node-gone");
        if (Target(jump.To) is not { } target) return new Refused("move-target-unknown", jump.To);
        Tell(new Recorded(HistoryKind.Acted, node.Id, at, _now, Actor: _command.Actor, Text: "jump") { To = target.Id, Note = jump.Comment });
        return Relocate([at], [new Aim(target)], _command.Variables);
    }

    /// <summary>The task opened next on a node, by repetition (−1 for none), is this person's, whatever the file says.</summary>
    private void Give(GraphNode node, int loopCounter, string who, bool added = false) => (_given ??= []).TryAdd((node, loopCounter), (who, added));

    private bool GivenTo(NodeInstance instance, out (string? Who, bool Added) to)
    {
        to = default;
        if (_given is null || !_given.Remove((instance.Node, instance.LoopCounter), out var given)) return false;
        to = given;
        return true;
    }
}
