using System.Collections.Immutable;
using Evenhand.Bpmn.Expressions;
using Evenhand.Bpmn.Graph;
using Evenhand.Bpmn.Model;

namespace Evenhand.Bpmn.Execution;

/// <summary>Scopes: ending, emptying and cancelling them; transactions, compensation, ad-hoc sub-processes.</summary>
internal sealed partial class Run
{
    /// <summary>Ends the scope entered last among those that may have become empty.</summary>
    private void CloseInnermost()
    {
        var at = 0;
        for (var i = 1; i < _mayBeEmpty.Count; i++)
            if (_mayBeEmpty[i] > _mayBeEmpty[at]) at = i;
        var id = _mayBeEmpty[at];
        _mayBeEmpty.RemoveAt(at);
        if (_nodes.Find(id) is not { Stuck: Stuck.No } scope || scope.Compensating > 0 || HasInside(id)) return;
        if (id == 0) End(InstanceStatus.Completed);
        else Done(scope);
    }

    private void Detach(int owner, bool allButBoundaries = false)
    {
        for (var i = _timers.Count - 1; i >= 0; i--)
            if (_timers[i].Owner == owner && !(allButBoundaries && _timers[i].Node.Kind == NodeKind.BoundaryEvent)) Disarm(_timers[i].Id);
        for (var i = _subscriptions.Count - 1; i >= 0; i--)
            if (_subscriptions[i].Owner == owner && !(allButBoundaries && _subscriptions[i].Node.Kind == NodeKind.BoundaryEvent)) Unsubscribe(_subscriptions[i].Id);
        for (var i = _requests.Count - 1; i >= 0; i--)
            if (_requests[i].Instance == owner)
            {
                Tell(new RequestCancelled(_requests[i].Id));
                _requests.Remove(_requests[i].Id);
            }
        ForgetIncidents(owner);
    }

    /// <summary>Gives up a node instance and all inside it, innermost first.</summary>
    private void CancelTree(NodeInstance instance, Leaving reason)
    {
        if (instance.Node.IsScope || instance.Role == NodeRole.Body) Empty(instance, reason);
        CloseTasks(instance.Id, reason);
        foreach (var done in _compensables.Span.ToArray())
            if (done.Scope == instance.Id) Forget(done);
        Detach(instance.Id);
        if (_nodes.Find(instance.Id) is { } still) Leave(still, reason);
    }

    private void Empty(NodeInstance scope, Leaving reason)
    {
        foreach (var inside in Inside(scope.Id))
            if (_nodes.Find(inside.Id) is { } still) CancelTree(still, reason);
        for (var i = _arrivals.Count - 1; i >= 0; i--)
            if (_arrivals[i].Scope == scope.Id) _arrivals.Remove(_arrivals[i].Id);
        if (_agenda.Count == 0) return;
        var kept = _agenda.Where(p => p.Scope != scope.Id).Reverse().ToList();
        _agenda.Clear();
        foreach (var pending in kept) _agenda.Push(pending);
    }

    private void Forget(Compensable done)
    {
        _compensables.Remove(done.Id);
        foreach (var inner in _compensables.Span.ToArray())
            if (inner.Within == done.Id) Forget(inner);
    }

    private void Terminate(NodeInstance thrower)
    {
        var scope = _nodes.Find(thrower.Parent)!;
        if (scope.Id == 0)
        {
            End(InstanceStatus.Terminated);
            return;
        }
        Empty(scope, Leaving.Cancelled);
        Done(_nodes.Find(scope.Id)!);
    }

    private void CancelTransaction(NodeInstance thrower)
    {
        var at = _nodes.Find(thrower.Parent);
        while (at is not null && at.Node.Kind != NodeKind.Transaction) at = _nodes.Find(at.Parent);
        if (at is null)
        {
            Halt(thrower, "cancel-outside-transaction", [thrower.Node.Id]);
            return;
        }
        // The cancel event sits on the whole: one repetition that cancels compensates them all.
        if (at.Role == NodeRole.Repetition)
        {
            foreach (var done in Kept(row => row.Scope == at.Parent || _nodes.Find(row.Scope) is { Role: NodeRole.Repetition } other && other.Parent == at.Parent))
                _compensables.Set(done with { Scope = at.Id });
            foreach (var other in Inside(at.Parent))
                if (other.Id != at.Id) CancelTree(other, Leaving.Cancelled);
        }
        Empty(at, Leaving.Cancelled);
        foreach (var inside in at.Node.EventSubProcesses)
            if (StartOf(inside) is { } start) StopAwaiting(at.Id, start);
        if (!Compensate(at.Id, row => row.Scope == at.Id)) TransactionCancelled(_nodes.Find(at.Id)!);
    }

    private void TransactionCancelled(NodeInstance transaction)
    {
        var whole = Whole(transaction);
        var boundary = whole.Node.Boundaries.FirstOrDefault(b => b.Event == EventKind.Cancel);
        var (parent, cause) = (whole.Parent, whole.Cause);
        CancelTree(whole, Leaving.Cancelled);
        if (boundary is null)
        {
            Consume(parent, cause);
            return;
        }
        Pass(boundary);
        TakeOutgoing(boundary, parent, cause);
    }

    /// <summary>Keeps what is needed to compensate an activity that is done: when it has a compensating activity, or holds some that have.</summary>
    private void Remember(NodeInstance instance, int scope)
    {
        var inner = false;
        foreach (var done in _compensables.Span) inner |= done.Scope == instance.Id;
        if (instance.Role == NodeRole.Body || (!inner && Compensating(instance.Node) is null))
        {
            // What a multi-instance did is compensated in the scope around it, each repetition for itself.
            if (inner) foreach (var done in _compensables.Span.ToArray())
                if (done.Scope == instance.Id) _compensables.Set(done with { Scope = scope });
            return;
        }
        if (instance.Node.IsEventSubProcess && Compensating(instance.Node) is null)
        {
            foreach (var done in _compensables.Span.ToArray())
                if (done.Scope == instance.Id) _compensables.Set(done with { Scope = scope });
            return;
        }
        var variables = instance.LoopCounter < 0 ? instance.Variables : (instance.Variables ?? ImmutableDictionary<string, Value>.Empty).SetItem("loopCounter", instance.LoopCounter);
        var kept = new Compensable(NextId(), scope, instance.Node, 0, variables);
        _compensables.Add(kept);
        foreach (var done in _compensables.Span.ToArray())
            if (done.Scope == instance.Id) _compensables.Set(done with { Scope = -1, Within = kept.Id });
    }

    private GraphNode? Compensating(GraphNode node)
    {
        foreach (var boundary in node.Boundaries)
            if (boundary.Event == EventKind.Compensation) return boundary.Compensation;
        foreach (var inside in node.EventSubProcesses)
            if (StartOf(inside) is { Event: EventKind.Compensation }) return inside;
        return null;
    }

    private void ThrowCompensation(NodeInstance thrower)
    {
        // What an event sub-process throws is also meant for the scope around it; not so one that itself compensates.
        var scopes = new HashSet<int>();
        for (var scope = _nodes.Find(thrower.Parent); scope is not null && scopes.Add(scope.Id); scope = _nodes.Find(scope.Parent))
            if (!scope.Node.IsEventSubProcess || scope.CompensatesFor != 0) break;
        if (!Compensate(thrower.Id, row => scopes.Contains(row.Scope) && (thrower.Node.Compensation is not { } only || row.Node == only))) Done(thrower);
    }

    /// <summary>Compensates what was done, the last first; the thrower goes on after the last of them. False when there is nothing to compensate.</summary>
    private bool Compensate(int thrower, Predicate<Compensable> which)
    {
        var done = Kept(which);
        if (done.Count == 0) return false;
        // One more than there are, so that the thrower does not go on while the others are yet to begin.
        var by = _nodes.Find(thrower)!;
        _nodes.Set(by with { Compensating = by.Compensating + 1 });
        foreach (var row in done) Compensate(thrower, row, null);
        Compensated(thrower, by.Cause);
        return true;
    }

    private List<Compensable> Kept(Predicate<Compensable> which)
    {
        var found = new List<Compensable>();
        foreach (var row in _compensables.Span)
            if (which(row)) found.Add(row);
        found.Reverse();
        return found;
    }

    private void Compensate(int thrower, Compensable done, ImmutableDictionary<string, Value>? around)
    {
        if (!_compensables.Remove(done.Id) || _nodes.Find(thrower) is not { } by) return;
        var variables = around is null ? done.Variables : done.Variables is null ? around : around.SetItems(done.Variables);
        var inner = Kept(row => row.Within == done.Id);
        if (Compensating(done.Node) is not { } with)
        {
            foreach (var row in inner) Compensate(thrower, row, variables);
            return;
        }
        var waits = by.Node.Source.Event?.WaitForCompletion != false;
        if (waits) _nodes.Set(by with { Compensating = by.Compensating + 1 });
        var scope = by.Node.IsScope ? by.Id : by.Parent;
        if (with.IsEventSubProcess)
        {
            var own = NextId();
            foreach (var row in inner) _compensables.Set(row with { Scope = own, Within = 0 });
            BeginEventSubProcess(StartOf(with)!, _nodes.Find(scope)!, waits ? thrower : -1, variables, own);
            return;
        }
        foreach (var row in inner) Forget(row);
        BeginActivity(with, scope, by.Cause, waits ? thrower : -1, variables);
    }

    private void Compensated(NodeInstance compensating)
    {
        if (compensating.CompensatesFor < 0) Consume(compensating.Parent, compensating.Cause);
        else Compensated(compensating.CompensatesFor, compensating.Cause);
    }

    /// <summary>One compensating activity has ended; the thrower goes on after the last.</summary>
    private void Compensated(int by, int cause)
    {
        if (_nodes.Find(by) is not { } thrower) return;
        thrower = Set(thrower with { Compensating = thrower.Compensating - 1, Cause = Merge(thrower.Cause, cause) });
        if (thrower.Compensating > 0) return;
        if (thrower.Node.Kind == NodeKind.Transaction) TransactionCancelled(thrower);
        else Done(thrower);
    }

    private void BeginAdHoc(NodeInstance scope)
    {
        if (scope.Node.AdHocStarts is not { } starts) return;
        var found = Evaluate(starts, scope.Id);
        if (found.Problem is { } problem)
        {
            Halt(scope, problem.Code, Words(starts, problem));
            return;
        }
        foreach (var id in found.Value.AsList.Reverse())
            if (_definition.Node(id.ToString()) is { } node && node.Parent == scope.Node) Push(node, scope.Id, scope.Cause);
            else RaiseIncident(scope, "ad-hoc-activity-unknown", id.ToString());
    }

    private void LookAtAdHoc(NodeInstance scope)
    {
        var done = false;
        if (scope.Node.AdHocDone is { } condition)
        {
            var found = Evaluate(condition, scope.Id);
            done = found.Problem is null && found.Value.AsBoolean;
        }
        else done = !HasInside(scope.Id) && !_agenda.Any(p => p.Scope == scope.Id);
        if (!done || (HasInside(scope.Id) && scope.Node.Source.AdHoc?.CancelsRemaining == false)) return;
        Empty(scope, Leaving.Cancelled);
        MayBeEmpty(scope.Id);
    }

    private Refused? StartAdHoc(StartActivity start)
    {
        if (_nodes.Find(start.Instance) is not { Node.Kind: NodeKind.AdHocSubProcess, Role: not NodeRole.Body } scope) return new Refused("not-ad-hoc");
        if (_definition.Node(start.Node) is not { } node || node.Parent != scope.Node || node.Incoming.Count > 0 || node.IsEventSubProcess) return new Refused("ad-hoc-activity-unknown", start.Node);
        if (scope.Node.Source.AdHoc is { Sequential: true } && HasInside(scope.Id)) return new Refused("ad-hoc-one-at-a-time");
        SetAt(scope.Id, _command.Variables);
        Push(node, scope.Id, scope.Cause);
        return null;
    }

    private Refused? FinishAdHoc(EndAdHoc end)
    {
        if (_nodes.Find(end.Instance) is not { Node.Kind: NodeKind.AdHocSubProcess, Role: not NodeRole.Body } scope) return new Refused("not-ad-hoc");
        SetAt(scope.Id, _command.Variables);
        Empty(scope, Leaving.Cancelled);
        MayBeEmpty(scope.Id);
        return null;
    }
}
