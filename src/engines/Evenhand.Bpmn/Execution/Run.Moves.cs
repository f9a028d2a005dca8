using System.Collections.Immutable;
using Evenhand.Bpmn.Graph;
using Evenhand.Bpmn.Model;

namespace Evenhand.Bpmn.Execution;

/// <summary>Moving tokens: the one primitive of rejecting, jumping and withdrawing.</summary>
internal sealed partial class Run
{
    private Refused? Shift(Move move)
    {
        var targets = new List<Aim>();
        foreach (var id in move.To)
        {
            if (Target(id) is not { } target) return new Refused("move-target-unknown", id);
            targets.Add(new Aim(target));
        }
        foreach (var from in move.From)
            if (from == 0 || (_nodes.Find(from) is null && _arrivals.Find(from) is null)) return new Refused("node-gone");
        if (move.From.IsEmpty || targets.Count == 0) return new Refused("move-needs-from-and-to");
        return Relocate(move.From, targets, _command.Variables);
    }

    /// <summary>A node to be entered, because of a step (−1: of those that brought about what is given up), and where to go from it.</summary>
    private readonly record struct Aim(GraphNode Node, int Cause = -1, WayBack? Back = null);

    /// <summary>The node, person and cause that work sent back for mending returns to.</summary>
    private readonly record struct WayBack(GraphNode To, string? For, int Because);

    /// <summary>A node work can be moved to; null for what no token can be set on.</summary>
    private GraphNode? Target(string id) =>
        _definition.Node(id) is { Parent: not null } node && node.Kind is not NodeKind.BoundaryEvent && !node.IsEventSubProcess && !node.Source.IsForCompensation ? node : null;

    /// <summary>Gives up some tokens and enters nodes: scopes that hold nothing else are given up with them, scopes that are missing are made and listen for their events again.</summary>
    private Refused? Relocate(IReadOnlyCollection<int> from, List<Aim> aims, ImmutableDictionary<string, Expressions.Value>? variables)
    {
        var given = new List<(GraphNode Node, int Parent, int Cause)>();
        foreach (var id in from)
            if (_nodes.Find(id) is { } instance) given.Add((instance.Node, instance.Parent, instance.Cause));
            else if (_arrivals.Find(id) is { } arrival) given.Add((arrival.Node, arrival.Scope, arrival.Cause));
        var paths = new List<(Aim Aim, List<GraphNode> Missing, int Around)>();
        foreach (var aim in aims)
        {
            var (around, missing) = Path(aim.Node, given);
            if (missing.Exists(m => m.Loop is not null)) return new Refused("move-into-multi-instance", aim.Node.Id);
            if (missing.Exists(m => m.IsEventSubProcess)) return new Refused("move-into-event-sub-process", aim.Node.Id);
            paths.Add((aim, missing, around));
        }
        SetAt(given[0].Parent, variables);
        var merged = aims.Exists(a => a.Cause < 0) ? given.Select(g => g.Cause).Aggregate(Merge) : -1;
        var keep = paths.Select(p => p.Around).ToHashSet();
        foreach (var id in from) GiveUp(id, keep);
        var firstMade = _nextId;
        foreach (var ((target, cause, back), missing, around) in Enumerable.Reverse(paths))
        {
            var (scope, because) = (around, cause < 0 ? merged : cause);
            foreach (var node in missing)
            {
                // Another target may have made the same scope.
                var made = Inside(scope).Find(n => n.Node == node && n.Id >= firstMade);
                if (made is null)
                {
                    made = Spawn(node, scope, because);
                    AwaitBoundaries(made);
                    AwaitEventSubProcesses(made);
                }
                scope = made.Id;
            }
            if (target.Kind is NodeKind.ParallelGateway or NodeKind.InclusiveGateway && target.Incoming.Count > 1) Arrive(target, scope, given);
            else if (back is not null) BeginActivity(target, scope, because, back: back);
            else Push(target, scope, because);
        }
        return null;
    }

    /// <summary>The live scope a target belongs in, as deep as there is one around a token given up, and the scopes to be made below it.</summary>
    private (int Around, List<GraphNode> Missing) Path(GraphNode target, List<(GraphNode Node, int Parent, int Cause)> given)
    {
        var chain = target.Around.Reverse().Skip(1).ToList();
        var around = 0;
        for (var depth = 0; depth < chain.Count; depth++)
        {
            var next = Live(chain[depth], around, given);
            if (next < 0) return (around, chain[depth..]);
            around = next;
        }
        return (around, []);
    }

    private int Live(GraphNode scope, int parent, List<(GraphNode Node, int Parent, int Cause)> given)
    {
        var found = -1;
        foreach (var instance in _nodes.Span)
        {
            if (instance.Node != scope || instance.Role == NodeRole.Body || instance.Stuck != Stuck.No || Whole(instance).Parent != parent) continue;
            if (given.Exists(g => IsWithin(_nodes.Find(g.Parent), instance.Id))) return instance.Id;
            if (instance.Role == NodeRole.Once) found = instance.Id;
        }
        return found;
    }

    private void GiveUp(int id, HashSet<int> keep)
    {
        if (_arrivals.Find(id) is { } arrival)
        {
            _arrivals.Remove(id);
            GiveUpEmpty(arrival.Scope, keep);
            return;
        }
        if (_nodes.Find(id) is not { } instance || keep.Contains(id)) return;
        var whole = instance.Role == NodeRole.Repetition && !keep.Any(k => IsWithin(_nodes.Find(k), instance.Id)) ? Whole(instance) : instance;
        CancelTree(whole, Leaving.Moved);
        GiveUpEmpty(whole.Parent, keep);
    }

    private void GiveUpEmpty(int scope, HashSet<int> keep)
    {
        while (scope > 0 && _nodes.Find(scope) is { } around && !HasInside(scope) && !keep.Any(k => IsWithin(_nodes.Find(k), scope)))
        {
            CancelTree(around, Leaving.Moved);
            scope = around.Parent;
            // The other repetitions go on without this one.
            if (around.Role == NodeRole.Repetition && HasInside(scope) && _nodes.Find(scope) is { Repetitions: { } counters } body)
                Set(body with { Repetitions = counters with { Total = counters.Total - 1, Removed = counters.Removed + 1 } });
        }
    }

    /// <summary>Tokens set on a join count as arrivals: each on a flow that its old place leads to, else on one that is empty.</summary>
    private void Arrive(GraphNode join, int scope, List<(GraphNode Node, int Parent, int Cause)> given)
    {
        foreach (var (node, _, cause) in given)
        {
            var flow = join.Incoming.FirstOrDefault(f => FindArrival(scope, f) is null && LeadsTo(node, f.From, join)) ?? EmptyFlow(join, scope);
            _arrivals.Add(new Arrival(NextId(), scope, join, flow, cause));
        }
        if (join.Kind == NodeKind.ParallelGateway && join.Incoming.All(f => FindArrival(scope, f) is not null))
        {
            var cause = TakeArrivals(join, scope);
            Pass(join);
            Fork(join, scope, cause);
        }
    }

    private static bool LeadsTo(GraphNode from, GraphNode to, GraphNode without)
    {
        var seen = new HashSet<GraphNode>();
        var open = new Stack<GraphNode>([from]);
        while (open.TryPop(out var node))
        {
            if (node == to) return true;
            if (node == without || !seen.Add(node)) continue;
            foreach (var flow in node.Outgoing) open.Push(flow.To);
            foreach (var boundary in node.Boundaries) open.Push(boundary);
        }
        return false;
    }

    /// <summary>Work sent back for mending goes straight to who sent it back.</summary>
    private void Return(GraphNode to, string? person, int scope, int cause)
    {
        if (person is not null) Give(to, -1, person);
        var missing = Path(to, [(to, scope, cause)]);
        var around = missing.Around;
        foreach (var node in missing.Missing)
        {
            var made = Spawn(node, around, cause);
            AwaitBoundaries(made);
            AwaitEventSubProcesses(made);
            around = made.Id;
        }
        Push(to, around, cause);
        GiveUpEmpty(scope, [around]);
    }
}
