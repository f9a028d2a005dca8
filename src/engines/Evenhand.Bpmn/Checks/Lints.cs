using Evenhand.Bpmn.Expressions;
using Evenhand.Bpmn.Graph;
using Evenhand.Bpmn.Model;

namespace Evenhand.Bpmn.Checks;

/// <summary>What can be executed but is probably not meant.</summary>
internal static class Lints
{
    public static IEnumerable<Finding> Find(Definition definition)
    {
        if (definition.Process.IsExecutable is null) yield return new Finding(Severity.Note, "not-marked-executable", definition.Key, definition.Process.Line);
        var reached = Reached(definition);
        var inLanes = definition.Process.Lanes.SelectMany(l => l.Nodes).ToHashSet(StringComparer.Ordinal);
        foreach (var node in definition.Nodes)
        {
            if (!reached.Contains(node)) yield return Warn(node, "never-reached");
            foreach (var found in Flows(node)) yield return found;
            if (node is { Kind: NodeKind.UserTask, Task: null or { Assignee: null, Users: null, Groups: null } } && !node.Around.Prepend(node).Any(n => inLanes.Contains(n.Id)))
                yield return Warn(node, "task-without-role");
            if (node.Kind is NodeKind.ServiceTask or NodeKind.BusinessRuleTask && node.Source.Service is null) yield return Warn(node, "service-without-implementation");
            if (node.Kind == NodeKind.Transaction && node.Boundaries.All(b => b.Event != EventKind.Cancel) && CancelsInside(definition, node)) yield return Warn(node, "cancel-not-caught");
            if (DeadJoins.Splits(definition, node) is { } split) yield return Warn(node, "join-never-fires", split.Id);
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

/// <summary>Parallel joins that provably wait for ever: two of their flows come out of one choice that is made once.</summary>
internal static class DeadJoins
{
    /// <summary>The choice that starves a join; null when it cannot be proved to.</summary>
    public static GraphNode? Splits(Definition definition, GraphNode join)
    {
        if (join.Kind != NodeKind.ParallelGateway || join.Incoming.Count < 2) return null;
        foreach (var choice in definition.Nodes)
        {
            if (choice.Kind is not (NodeKind.ExclusiveGateway or NodeKind.EventBasedGateway) || choice.Parent != join.Parent || choice.Outgoing.Count < 2) continue;
            if (Reach(choice).Contains(choice) || MayComeTwice(definition, choice)) continue;
            // Without the choice nothing reaches the join; with it, no single way out reaches all of the join's flows.
            if (join.Incoming.Any(f => !Needs(definition, f, choice))) continue;
            if (!choice.Outgoing.Any(way => join.Incoming.All(f => f == way || way.To == f.From || Reach(way.To).Contains(f.From)))) return choice;
        }
        return null;
    }

    /// <summary>Nodes after a node, by flows, boundary events and links; itself only when it is in a circle.</summary>
    private static HashSet<GraphNode> Reach(GraphNode from)
    {
        var reached = new HashSet<GraphNode>();
        var open = new Stack<GraphNode>(After(from));
        while (open.TryPop(out var node))
            if (reached.Add(node))
                foreach (var next in After(node)) open.Push(next);
        return reached;
    }

    private static IEnumerable<GraphNode> After(GraphNode node)
    {
        foreach (var flow in node.Outgoing) yield return flow.To;
        foreach (var boundary in node.Boundaries) yield return boundary;
        if (node.LinkTarget is { } link) yield return link;
    }

    private static bool MayComeTwice(Definition definition, GraphNode choice) => choice.Incoming.Count > 1 || definition.Nodes.Any(n =>
        n.Parent == choice.Parent && Reach(n).Contains(choice)
        && ((n.Outgoing.Count > 1 && n.Kind is not (NodeKind.ExclusiveGateway or NodeKind.EventBasedGateway)) || n.Boundaries.Length > 0 || n.Incoming.Count > 1));

    /// <summary>Nothing that can start in the scope reaches the flow without passing the choice.</summary>
    private static bool Needs(Definition definition, GraphFlow flow, GraphNode choice)
    {
        var seen = new HashSet<GraphNode>();
        var open = new Stack<GraphNode>(definition.Nodes.Where(n => n.Parent == choice.Parent && n != choice && (n.Kind == NodeKind.StartEvent || n.Incoming.Count == 0)));
        while (open.TryPop(out var node))
        {
            if (node == flow.From) return false;
            if (node == choice || !seen.Add(node)) continue;
            foreach (var next in After(node)) open.Push(next);
        }
        return true;
    }
}

/// <summary>Variables that an expression reads and nothing in the file sets: they must come with the start or with a task, or are misspelt.</summary>
internal static class Variables
{
    private static readonly HashSet<string> BuiltIn = ["loopCounter", "nrOfInstances", "nrOfActiveInstances", "nrOfCompletedInstances", "nrOfAgreed", "nrOfRefused", "starter", "execution", "task"];

    public static IEnumerable<Finding> Find(Definition definition)
    {
        var known = new HashSet<string>(BuiltIn, StringComparer.Ordinal);
        foreach (var node in definition.Nodes) known.UnionWith(Set(node.Source));
        var read = Read(definition).Where(r => !known.Contains(r.Name)).GroupBy(r => r.Name, StringComparer.Ordinal).ToList();
        foreach (var name in read)
        {
            var first = name.First();
            var like = known.Except(BuiltIn).Concat(read.Where(o => o.Key != name.Key && o.Count() > name.Count()).Select(o => o.Key)).FirstOrDefault(o => Near(o, name.Key));
            yield return like is null
                ? new Finding(Severity.Note, "variable-from-outside", first.Element, first.Line, name.Key)
                : new Finding(Severity.Warning, "variable-misspelt", first.Element, first.Line, name.Key, like);
        }
    }

    private static IEnumerable<string> Set(FlowNode node)
    {
        foreach (var mapping in node.Inputs.Concat(node.Outputs).Concat(node.Call?.Out ?? [])) yield return mapping.Target;
        string?[] names = [node.Script?.ResultVariable, node.Service?.ResultVariable, node.Loop?.ElementVariable, node.Loop?.OutputCollection, node.Event?.CodeVariable, node.Properties.GetValueOrDefault("initiator")];
        foreach (var name in names)
            if (name is not null) yield return name;
    }

    private static IEnumerable<(string Name, string Element, int Line)> Read(Definition definition)
    {
        foreach (var node in definition.Nodes)
            foreach (var expression in Expressions(node))
                foreach (var name in expression?.Variables ?? []) yield return (name, node.Id, node.Source.Line);
        foreach (var flow in definition.Flows)
            foreach (var name in flow.Condition?.Variables ?? []) yield return (name, flow.Id, flow.Source.Line);
    }

    private static IEnumerable<Expression?> Expressions(GraphNode node) =>
    [
        node.Condition, node.Timer, node.EventName, node.CorrelationKey, node.Skip, node.Call, node.Script, node.Title, node.AdHocDone, node.Loop?.Cardinality, node.Loop?.Collection, node.Loop?.Condition,
        node.Task?.Assignee, node.Task?.Users, node.Task?.Groups, node.Task?.Due, node.Task?.FollowUp, node.Task?.Priority, node.Task?.Form, .. node.Inputs.Select(m => m.Source),
    ];

    /// <summary>One letter more, less, other or two swapped, in names of four letters or more.</summary>
    private static bool Near(string one, string other)
    {
        if (Math.Min(one.Length, other.Length) < 4 || Math.Abs(one.Length - other.Length) > 1 || char.IsDigit(one[^1]) || char.IsDigit(other[^1])) return false;
        var same = 0;
        while (same < one.Length && same < other.Length && one[same] == other[same]) same++;
        var (a, b) = (one[same..], other[same..]);
        return a.Length == b.Length
            ? a.Length > 0 && (a[1..] == b[1..] || (a.Length > 1 && a[0] == b[1] && a[1] == b[0] && a[2..] == b[2..]))
            : a.Length > b.Length ? a[1..] == b : b[1..] == a;
    }
}
