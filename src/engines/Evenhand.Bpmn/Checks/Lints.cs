using Evenhand.Bpmn.Graph;
using Evenhand.Bpmn.Model;

namespace Evenhand.Bpmn.Checks;

/// <summary>What can be executed but is probably not meant.</summary>
internal static class Lints
{
    public static IEnumerable<Finding> Find(Definition definition)
    {
        if (definition.Process.IsExecutable is null) yield return new Finding(Severity.Note, "not-marked-executable", definition.Key, definition.Process.Line);
        if (definition.Nodes.Count == 1) yield return Warn(definition.Root, "process-empty", definition.Key);
        var (reached, dead) = (Reached(definition), DeadJoins.Find(definition));
        var inLanes = definition.Process.Lanes.SelectMany(l => l.Nodes).ToHashSet(StringComparer.Ordinal);
        foreach (var node in definition.Nodes)
        {
            if (!reached.Contains(node)) yield return Warn(node, "never-reached");
            foreach (var found in Flows(node)) yield return found;
            if (node is { Kind: NodeKind.UserTask, Task: null or { Assignee: null, Users: null, Groups: null } } && !node.Around.Prepend(node).Any(n => inLanes.Contains(n.Id)))
                yield return Warn(node, "task-without-role");
            if (node.Kind is NodeKind.ServiceTask or NodeKind.BusinessRuleTask && node.Source.Service is null) yield return Warn(node, "service-without-implementation");
            if (node.Kind == NodeKind.Transaction && node.Boundaries.All(b => b.Event != EventKind.Cancel) && CancelsInside(definition, node)) yield return Warn(node, "cancel-not-caught");
            if (dead.TryGetValue(node, out var choice)) yield return Warn(node, "join-never-fires", choice.Id);
        }
        foreach (var found in Variables.Find(definition)) yield return found;
    }

    private static Finding Warn(GraphNode node, string code, params IReadOnlyList<string> arguments) => new(Severity.Warning, code, node.Id, node.Source.Line, arguments);

    private static IEnumerable<Finding> Flows(GraphNode node)
    {
        var decides = node.Kind is NodeKind.ExclusiveGateway or NodeKind.InclusiveGateway;
        var conditional = node.Outgoing.Count(f => f.Condition is not null);
        if (decides && node.Outgoing.Count > 1 && node.Default is null && conditional == node.Outgoing.Count) yield return Warn(node, "gateway-without-default");
        if (node.Kind == NodeKind.ExclusiveGateway && node.Outgoing.Count - conditional - (node.Default is null ? 0 : 1) > 1) yield return Warn(node, "gateway-with-flows-never-taken");
        if (node.Kind is NodeKind.ParallelGateway or NodeKind.EventBasedGateway && conditional > 0) yield return Warn(node, "condition-ignored");
        if (!decides && node.Kind is not (NodeKind.ParallelGateway or NodeKind.EventBasedGateway) && conditional > 0 && conditional == node.Outgoing.Count && node.Default is null) yield return Warn(node, "gateway-without-default");
        if (node.Default?.Condition is not null) yield return Warn(node, "default-with-condition", node.Default.Id);
    }

    private static bool CancelsInside(Definition definition, GraphNode transaction) =>
        definition.Nodes.Any(n => n.Kind == NodeKind.EndEvent && n.Event == EventKind.Cancel && n.Around.Contains(transaction));

    private static HashSet<GraphNode> Reached(Definition definition)
    {
        var reached = new HashSet<GraphNode>();
        var open = new Stack<GraphNode>([definition.Root]);
        while (open.TryPop(out var node))
        {
            if (!reached.Add(node)) continue;
            foreach (var flow in node.Outgoing) open.Push(flow.To);
            foreach (var boundary in node.Boundaries) open.Push(boundary);
            foreach (var inside in node.EventSubProcesses) open.Push(inside);
            if (node.Compensation is { } compensating && node.Kind == NodeKind.BoundaryEvent) open.Push(compensating);
            if (node.LinkTarget is { } link) open.Push(link);
            if (!node.IsScope) continue;
            foreach (var inside in definition.Nodes)
                if (inside.Parent == node && (inside.Kind == NodeKind.StartEvent || node.Starts.Contains(inside) || inside.Source.Instantiates || (node.Kind == NodeKind.AdHocSubProcess && inside.Incoming.Count == 0))) open.Push(inside);
        }
        return reached;
    }
}
