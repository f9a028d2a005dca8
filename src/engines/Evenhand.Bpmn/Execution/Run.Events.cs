using System.Collections.Immutable;
using System.Globalization;
using Evenhand.Bpmn.Expressions;
using Evenhand.Bpmn.Graph;
using Evenhand.Bpmn.Model;
using Evenhand.Bpmn.Timing;

namespace Evenhand.Bpmn.Execution;

/// <summary>Events: waiting for them, catching and throwing them.</summary>
internal sealed partial class Run
{
    private HashSet<int>? _newConditions;

    private void EnterCatch(GraphNode node, int scope, int cause)
    {
        if (node.Event == EventKind.Link)
        {
            Pass(node);
            TakeOutgoing(node, scope, cause);
            return;
        }
        var instance = Spawn(node, scope, cause);
        Await(instance, node, node.Event);
    }

    private void AwaitFirst(GraphNode gateway, int scope, int cause)
    {
        var instance = Spawn(gateway, scope, cause);
        foreach (var flow in gateway.Outgoing)
            if (!Await(instance, flow.To, flow.To.Event)) return;
    }

    private void AwaitBoundaries(NodeInstance owner)
    {
        if (owner.Role == NodeRole.Repetition) return;
        foreach (var boundary in owner.Node.Boundaries)
            if (!IsAwaited(owner.Id, boundary)) Await(owner, boundary, boundary.Event, attached: true);
    }

    private void AwaitEventSubProcesses(NodeInstance scope)
    {
        foreach (var inside in scope.Node.EventSubProcesses)
            if (StartOf(inside) is { } start && !IsAwaited(scope.Id, start)) Await(scope, start, start.Event, attached: true);
    }

    private bool IsAwaited(int owner, GraphNode node)
    {
        foreach (var timer in _timers.Span)
            if (timer.Owner == owner && timer.Node == node) return true;
        foreach (var subscription in _subscriptions.Span)
            if (subscription.Owner == owner && subscription.Node == node) return true;
        return false;
    }

    private GraphNode? StartOf(GraphNode eventSubProcess)
    {
        foreach (var node in _definition.Nodes)
            if (node.Parent == eventSubProcess && node.Kind == NodeKind.StartEvent) return node;
        return null;
    }

    /// <summary>Arms a timer or waits for a message, signal or condition. False when its expression fails: the waiting node is stuck, or, for an event attached to an activity, the activity goes on without it and with an incident.</summary>
    private bool Await(NodeInstance owner, GraphNode node, EventKind kind, bool attached = false)
    {
        ExpressionProblem? problem = null;
        Expression? failed = null;
        switch (kind)
        {
            case EventKind.Timer:
                var text = Evaluate(failed = node.Timer!, owner.Id);
                problem = text.Problem;
                if (problem is null && TimerPlan.Parse(node.Source.Event!.Timer!.Value, text.Value, _now, _options.Zone, out problem) is { } plan) Arm(owner.Id, node, plan);
                break;
            case EventKind.Message or EventKind.Signal:
                var name = Say(failed = node.EventName, owner.Id, ref problem);
                var key = Say(node.CorrelationKey, owner.Id, ref problem);
                if (problem is null) Subscribe(owner.Id, node, kind, name ?? "", key);
                break;
            case EventKind.Conditional:
                (_newConditions ??= []).Add(Subscribe(owner.Id, node, kind, "", null).Id);
                break;
            default:
                break;
        }
        if (problem is null) return true;
        if (attached) RaiseIncident(owner, problem.Code, Words(failed!, problem));
        else Halt(owner, problem.Code, Words(failed!, problem));
        return false;
    }

    private Subscription Subscribe(int owner, GraphNode node, EventKind kind, string name, string? key) => Subscribe(new Subscription(NextId(), owner, node, kind, name, key));

    private Subscription Subscribe(Subscription subscription)
    {
        _subscriptions.Add(subscription);
        Tell(new Subscribed(subscription));
        return subscription;
    }

    private void Arm(int owner, GraphNode node, TimerPlan plan)
    {
        var repeats = plan.Remaining is not 1 && (node.Kind is NodeKind.BoundaryEvent or NodeKind.StartEvent) && !node.Source.Interrupting;
        Arm(new ArmedTimer(NextId(), owner, node, plan.First, repeats ? plan.ToString() : null, repeats ? plan.Remaining : 1));
    }

    private void Arm(ArmedTimer timer)
    {
        _timers.Add(timer);
        Tell(new TimerArmed(timer));
    }

    private void ArmAgain(ArmedTimer timer)
    {
        if (timer.Plan is null || TimerPlan.Read(timer.Plan, _options.Zone)?.Next(timer.Due, _now, timer.Remaining) is not { } next) return;
        Arm(timer with { Id = NextId(), Due = next.Due, Remaining = next.Remaining });
    }

    /// <summary>Something awaited has come: the subscription ends when its event interrupts or is not repeated.</summary>
    private void Happen(Subscription subscription, ImmutableDictionary<string, Value>? variables)
    {
        if (_nodes.Find(subscription.Owner) is not { } owner) return;
        SetAt(subscription.Node.Kind == NodeKind.BoundaryEvent ? owner.Parent : owner.Id, variables);
        Happen(subscription.Node, _nodes.Find(owner.Id)!);
    }

    private void Happen(GraphNode node, NodeInstance owner)
    {
        Tell(new Recorded(HistoryKind.Happened, node.Id, owner.Id, _now, Actor: _command.Actor));
        if (node.Kind == NodeKind.BoundaryEvent) Boundary(node, owner);
        else if (node.Kind == NodeKind.StartEvent) BeginEventSubProcess(node, owner);
        else if (owner.Node.Kind == NodeKind.EventBasedGateway)
        {
            Detach(owner.Id);
            Leave(owner, Leaving.Completed);
            if (GiveOut(node, owner.Parent, owner.Cause)) TakeOutgoing(node, owner.Parent, owner.Cause);
        }
        else Done(owner);
    }

    private void Boundary(GraphNode boundary, NodeInstance host)
    {
        var (parent, cause) = (host.Parent, host.Cause);
        if (boundary.Source.Interrupting) CancelTree(host, Leaving.Cancelled);
        if (GiveOut(boundary, parent, cause)) TakeOutgoing(boundary, parent, cause);
        if (boundary.Source.Interrupting && host.CompensatesFor > 0) Compensated(host);
    }

    private void BeginEventSubProcess(GraphNode start, NodeInstance scope, int compensatesFor = 0, ImmutableDictionary<string, Value>? variables = null, int own = 0)
    {
        if (start.Source.Interrupting && compensatesFor == 0)
        {
            Empty(scope, Leaving.Cancelled);
            foreach (var other in scope.Node.EventSubProcesses)
                if (StartOf(other) is { } listening) StopAwaiting(scope.Id, listening);
        }
        var instance = Spawn(start.Parent!, scope.Id, scope.Cause, own: own);
        if (compensatesFor != 0 || variables is not null) instance = Set(instance with { CompensatesFor = compensatesFor, Variables = variables });
        AwaitEventSubProcesses(instance);
        if (compensatesFor != 0) Pass(start);
        TakeOutgoing(start, instance.Id, instance.Cause);
    }

    private void FromEvent(GraphNode start, int scope, int cause)
    {
        Pass(start);
        if (start.Kind is not (NodeKind.StartEvent or NodeKind.ReceiveTask)) Push(start, scope, cause);
        else if (GiveOut(start, scope, cause)) TakeOutgoing(start, scope, cause);
    }

    private void StopAwaiting(int owner, GraphNode node)
    {
        for (var i = _timers.Count - 1; i >= 0; i--)
            if (_timers[i].Owner == owner && _timers[i].Node == node) Disarm(_timers[i].Id);
        for (var i = _subscriptions.Count - 1; i >= 0; i--)
            if (_subscriptions[i].Owner == owner && _subscriptions[i].Node == node) Unsubscribe(_subscriptions[i].Id);
    }

    private void Disarm(int timer)
    {
        if (_timers.Remove(timer)) Tell(new TimerGone(timer));
    }

    private void Unsubscribe(int subscription)
    {
        if (_subscriptions.Remove(subscription)) Tell(new Unsubscribed(subscription));
    }

    /// <summary>All that waited for a signal when it was thrown catch it; false when nothing did.</summary>
    private bool CatchSignal(string name, ImmutableDictionary<string, Value>? payload)
    {
        var waiting = new List<Subscription>();
        foreach (var subscription in _subscriptions.Span)
            if (subscription.Kind == EventKind.Signal && subscription.Name == name) waiting.Add(subscription);
        foreach (var subscription in waiting)
            if (_subscriptions.Find(subscription.Id) is not null) Happen(subscription, payload);
        return waiting.Count > 0;
    }

    /// <summary>Conditions newly waited for, or all of them after a variable changed; true when one came true.</summary>
    private bool LookAtConditions()
    {
        if (_changed.Count == 0 && _newConditions is null) return false;
        var (changed, fresh) = (_changed.ToArray(), _newConditions);
        _changed.Clear();
        _newConditions = null;
        var any = false;
        foreach (var subscription in _subscriptions.Span.ToArray())
        {
            if (subscription.Kind != EventKind.Conditional || _subscriptions.Find(subscription.Id) is null) continue;
            if (fresh?.Contains(subscription.Id) != true && !Array.Exists(changed, c => Concerns(subscription, c.Scope, c.Name))) continue;
            var found = Evaluate(subscription.Node.Condition!, subscription.Owner);
            if (found.Problem is not null || !found.Value.AsBoolean) continue;
            // An event that comes true again by what it hands out would come true for ever.
            if (++_entered > _options.StepLimit)
            {
                if (!HasIncident(subscription.Owner, "step-limit")) RaiseIncident(_nodes.Find(subscription.Owner)!, "step-limit", _options.StepLimit.ToString(CultureInfo.InvariantCulture));
                break;
            }
            any = true;
            Happen(subscription, null);
        }
        return any;
    }

    /// <summary>A variable that was set is one the condition can see, and one it is to be looked at for.</summary>
    private bool Concerns(Subscription condition, int scope, string name) =>
        (condition.Node.Source.Event?.VariableName is not { } only || only == name) && IsWithin(_nodes.Find(condition.Owner), scope);

    private void EnterThrow(GraphNode node, int scope, int cause)
    {
        if (node.Kind == NodeKind.EndEvent && scope == 0) _endEvent = node.Id;
        if (node.Event == EventKind.None)
        {
            Pass(node);
            TakeOutgoing(node, scope, cause);
            return;
        }
        if (node.Event == EventKind.Link)
        {
            Pass(node);
            TakeOutgoing(node.LinkTarget!, scope, cause);
            return;
        }
        // The thrower is a node instance while it throws, so that what it throws can stop it.
        if (TakeIn(Spawn(node, scope, cause)) is not { } thrower) return;
        switch (node.Event)
        {
            case EventKind.Message when node.Source.Service is not null:
                Ask(thrower);
                return;
            case EventKind.Message:
                if (!Send(thrower)) return;
                break;
            case EventKind.Signal:
                if (!Throw(thrower)) return;
                break;
            case EventKind.Escalation:
                if (!Propagate(EventKind.Escalation, node.Code, thrower)) Tell(new EscalationRaised(node.Code));
                break;
            case EventKind.Error:
                if (!Propagate(EventKind.Error, node.Code, thrower)) End(InstanceStatus.Failed, node.Code);
                return;
            case EventKind.Terminate:
                Terminate(thrower);
                return;
            case EventKind.Cancel:
                CancelTransaction(thrower);
                return;
            case EventKind.Compensation:
                ThrowCompensation(thrower);
                return;
            default:
                break;
        }
        if (_nodes.Find(thrower.Id) is { } still) Done(still);
    }

    private bool Throw(NodeInstance thrower)
    {
        ExpressionProblem? problem = null;
        var name = Say(thrower.Node.EventName, thrower.Id, ref problem) ?? "";
        if (problem is not null)
        {
            Halt(thrower, problem.Code, Words(thrower.Node.EventName!, problem));
            return false;
        }
        if (Read(thrower.Node.Payload, thrower.Id, out var words, out var code) is not { } payload)
        {
            Halt(thrower, code, words);
            return false;
        }
        LeaveTheHouse(thrower.Cause);
        Tell(new SignalThrown(thrower.Node, name, payload));
        CatchSignal(name, payload);
        return true;
    }

    /// <summary>From the inside outwards, whatever catches the error or escalation first: event sub-processes of a scope before the events on its border, a named code before none. False when nothing does.</summary>
    private bool Propagate(EventKind kind, string? code, NodeInstance from)
    {
        var fromEventSubProcess = false;
        for (var at = from; at is not null; at = _nodes.Find(at.Parent))
        {
            if (at.Node.IsScope && at.Role != NodeRole.Body && at != from && !fromEventSubProcess
                && Best(at.Node.EventSubProcesses.Select(StartOf), kind, code) is { } start)
            {
                Caught(start, code, at.Id);
                BeginEventSubProcess(start, _nodes.Find(at.Id)!);
                return true;
            }
            var host = Whole(at);
            if (Best(at.Node.Boundaries, kind, code) is { } boundary)
            {
                Caught(boundary, code, host.Parent);
                Boundary(boundary, _nodes.Find(host.Id)!);
                return true;
            }
            fromEventSubProcess = at.Node.IsEventSubProcess;
            at = host;
        }
        return false;
    }

    private void Caught(GraphNode by, string? code, int at)
    {
        Tell(new Recorded(HistoryKind.Happened, by.Id, 0, _now, Text: code));
        if (by.Source.Event?.CodeVariable is { } name) SetAt(at, name, code);
    }

    private static GraphNode? Best(IEnumerable<GraphNode?> events, EventKind kind, string? code)
    {
        GraphNode? any = null;
        foreach (var node in events)
        {
            if (node is null || node.Event != kind) continue;
            if (node.Code is not null && node.Code == code) return node;
            if (node.Code is null) any ??= node;
        }
        return any;
    }
}
