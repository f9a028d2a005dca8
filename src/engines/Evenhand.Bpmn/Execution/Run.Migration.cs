using Evenhand.Bpmn.Graph;
using Evenhand.Bpmn.Model;

namespace Evenhand.Bpmn.Execution;

/// <summary>An instance that was set on another definition: what it waits for now, and what can go on.</summary>
internal sealed partial class Run
{
    public Applied Finish(InstanceState before, MigrationPlan plan, bool newDueTimes)
    {
        for (var i = 0; i < before.Tasks.Length; i++)
            if (before.Tasks[i].Node.Id != _tasks[i].Node.Id) Tell(new TaskChanged(_tasks[i]));
        foreach (var old in before.Nodes)
            if (_nodes.Find(old.Id) is { } instance) AwaitAnew(old, before, instance, plan, newDueTimes);
        if (_status != InstanceStatus.Running) return Freeze();
        GoOnWhereFilled();
        return Finish();
    }

    private void AwaitAnew(NodeInstance old, InstanceState before, NodeInstance instance, MigrationPlan plan, bool newDueTimes)
    {
        var events = Awaitable(instance, plan.To).ToList();
        var kept = new HashSet<GraphNode>();
        foreach (var node in Awaitable(old, plan.From))
            if (plan.Place(node) is { } target && events.Contains(target) && SaysTheSame(node, target)) kept.Add(target);
        if (newDueTimes) kept.RemoveWhere(node => node.Event == EventKind.Timer && IsAwaited(instance.Id, node));
        foreach (var timer in before.Timers)
            if (timer.Owner == instance.Id && _timers.Find(timer.Id) is { } now)
            {
                if (!kept.Contains(now.Node) || now.Node.Id != timer.Node.Id) Disarm(now.Id);
                if (kept.Contains(now.Node) && now.Node.Id != timer.Node.Id) Arm(now);
            }
        foreach (var subscription in before.Subscriptions)
            if (subscription.Owner == instance.Id && _subscriptions.Find(subscription.Id) is { } now)
            {
                if (!kept.Contains(now.Node) || now.Node.Id != subscription.Node.Id) Unsubscribe(now.Id);
                if (kept.Contains(now.Node) && now.Node.Id != subscription.Node.Id) Subscribe(now);
                if (kept.Contains(now.Node) && now.Node.Condition?.Text != subscription.Node.Condition?.Text) (_newConditions ??= []).Add(now.Id);
            }
        foreach (var node in instance.Stuck == Stuck.No ? events : [])
            if (!kept.Contains(node) && _nodes.Find(instance.Id) is { } still && !(node.Kind == NodeKind.StartEvent && IsInterrupted(still.Id)))
                Await(still, node, node.Event, attached: node.Kind is NodeKind.BoundaryEvent or NodeKind.StartEvent);
    }

    /// <summary>The events a node instance waits for by itself, by what is attached to it and by what is inside it.</summary>
    private static IEnumerable<GraphNode> Awaitable(NodeInstance instance, Definition definition)
    {
        var node = instance.Node;
        var found = instance.Role == NodeRole.Repetition ? [] : node.Boundaries.AsEnumerable();
        if (instance.Role != NodeRole.Body)
        {
            found = found.Concat(definition.Nodes.Where(n => n.Kind == NodeKind.StartEvent && n.Parent is { IsEventSubProcess: true } inside && inside.Parent == node));
            if (node.Kind == NodeKind.EventBasedGateway) found = found.Concat(node.Outgoing.Select(f => f.To));
            if (node.Kind is NodeKind.IntermediateCatchEvent or NodeKind.ReceiveTask) found = found.Append(node);
        }
        return found.Where(e => e.Event is EventKind.Timer or EventKind.Message or EventKind.Signal or EventKind.Conditional);
    }

    /// <summary>An interrupting event sub-process is at work in a scope, where nothing else is listened for any more.</summary>
    private bool IsInterrupted(int scope)
    {
        foreach (var inside in _nodes.Span)
            if (inside.Parent == scope && inside.Node.IsEventSubProcess && StartOf(inside.Node) is { Source.Interrupting: true }) return true;
        return false;
    }

    /// <summary>A timer stays whatever its text; what is waited for by name stays while it is named the same.</summary>
    private static bool SaysTheSame(GraphNode one, GraphNode other) =>
        one.Kind == other.Kind && one.Event == other.Event && one.EventName?.Text == other.EventName?.Text && one.CorrelationKey?.Text == other.CorrelationKey?.Text;

    /// <summary>Parallel joins from which flows were taken away may have all they wait for.</summary>
    private void GoOnWhereFilled()
    {
        foreach (var arrival in _arrivals.Span.ToArray())
        {
            if (arrival.Node.Kind != NodeKind.ParallelGateway || _arrivals.Find(arrival.Id) is null) continue;
            if (!arrival.Node.Incoming.All(f => FindArrival(arrival.Scope, f) is not null)) continue;
            var cause = TakeArrivals(arrival.Node, arrival.Scope);
            Pass(arrival.Node);
            Fork(arrival.Node, arrival.Scope, cause);
        }
    }
}
