using System.Collections;
using Evenhand.Bpmn.Graph;
using Evenhand.Bpmn.Model;

namespace Evenhand.Bpmn.Checks;

/// <summary>Parallel joins that provably wait for ever: two of their flows come out of one choice that is made once.</summary>
internal sealed class DeadJoins
{
    private readonly Definition _definition;
    private readonly List<int>[] _after;
    private readonly List<int>[] _before;

    private DeadJoins(Definition definition)
    {
        _definition = definition;
        (_after, _before) = ([.. definition.Nodes.Select(_ => new List<int>())], [.. definition.Nodes.Select(_ => new List<int>())]);
        foreach (var node in definition.Nodes)
            foreach (var next in After(node))
            {
                _after[node.Index].Add(next.Index);
                _before[next.Index].Add(node.Index);
            }
    }

    /// <summary>The joins, each with the choice that starves it.</summary>
    public static Dictionary<GraphNode, GraphNode> Find(Definition definition)
    {
        var found = new Dictionary<GraphNode, GraphNode>();
        var joins = definition.Nodes.Where(n => n.Kind == NodeKind.ParallelGateway && n.Incoming.Count > 1).ToList();
        if (joins.Count > 0) new DeadJoins(definition).Find(joins, found);
        return found;
    }

    private void Find(List<GraphNode> joins, Dictionary<GraphNode, GraphNode> found)
    {
        foreach (var choice in _definition.Nodes)
        {
            if (!IsChoice(choice) || choice.Outgoing.Count < 2 || MayComeTwice(choice)) continue;
            var without = Reach(_after, Beginnings(choice), choice.Index);
            // Without the choice nothing reaches the join; with it, no single way out reaches all of the join's flows.
            var starved = joins.Where(j => j.Parent == choice.Parent && !found.ContainsKey(j) && j.Incoming.All(f => !without[f.From.Index])).ToList();
            foreach (var way in choice.Outgoing)
            {
                if (starved.Count == 0) break;
                var reached = Reach(_after, [way.To.Index], -1);
                starved.RemoveAll(j => j.Incoming.All(f => f == way || reached[f.From.Index]));
            }
            foreach (var join in starved) found[join] = choice;
        }
    }

    private static bool IsChoice(GraphNode node) => node.Kind is NodeKind.ExclusiveGateway or NodeKind.EventBasedGateway;

    private static IEnumerable<GraphNode> After(GraphNode node)
    {
        foreach (var flow in node.Outgoing) yield return flow.To;
        foreach (var boundary in node.Boundaries) yield return boundary;
        if (node.LinkTarget is { } link) yield return link;
    }

    /// <summary>It is in a circle, or something before it forks, meets or has an event on its border.</summary>
    private bool MayComeTwice(GraphNode choice)
    {
        if (choice.Incoming.Count > 1) return true;
        var before = Reach(_before, _before[choice.Index], -1);
        return before[choice.Index] || _definition.Nodes.Any(n => before[n.Index] && ((n.Outgoing.Count > 1 && !IsChoice(n)) || n.Boundaries.Length > 0 || n.Incoming.Count > 1));
    }

    private IEnumerable<int> Beginnings(GraphNode choice) =>
        _definition.Nodes.Where(n => n.Parent == choice.Parent && n != choice && (n.Kind == NodeKind.StartEvent || n.Incoming.Count == 0)).Select(n => n.Index);

    private BitArray Reach(List<int>[] next, IEnumerable<int> from, int without)
    {
        var reached = new BitArray(_definition.Nodes.Count);
        var open = new Stack<int>(from);
        while (open.TryPop(out var at))
        {
            if (at == without || reached[at]) continue;
            reached[at] = true;
            foreach (var other in next[at]) open.Push(other);
        }
        return reached;
    }
}
