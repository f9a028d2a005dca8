using System.Collections.Immutable;
using Evenhand.Bpmn.Graph;
using Evenhand.Bpmn.Model;

namespace Evenhand.Bpmn.Execution;

/// <summary>Where each node and flow of one definition goes in another.</summary>
public sealed class MigrationPlan
{
    private readonly Dictionary<GraphNode, GraphNode> _nodes = [];
    private readonly Dictionary<GraphFlow, GraphFlow> _flows = [];

    internal MigrationPlan(Definition from, Definition to, IReadOnlyDictionary<string, string> map)
    {
        (From, To) = (from, to);
        var findings = new List<Finding>();
        foreach (var (old, next) in map)
        {
            if (from.Node(old) is { Parent: not null } node && to.Node(next) is { Parent: not null } target) _nodes[node] = target;
            else if (from.Flow(old) is { } flow && to.Flow(next) is { } other) _flows[flow] = other;
            else findings.Add(new Finding(Severity.Error, "migration-map-unknown", old, 0, old, next));
        }
        _nodes[from.Root] = to.Root;
        foreach (var node in from.Nodes)
            if (!_nodes.ContainsKey(node) && to.Node(node.Id) is { Parent: not null } same && IsLike(node, same)) _nodes[node] = same;
        foreach (var flow in from.Flows)
            if (!_flows.ContainsKey(flow) && to.Flow(flow.Id) is { } same) _flows[flow] = same;
        foreach (var node in from.Nodes)
            if (Holds(node) && Place(node) is null) findings.Add(new Finding(Severity.Warning, "migration-node-missing", node.Id, node.Source.Line, node.Id));
        Findings = findings;
        Map = _nodes.Skip(1).Select(p => (p.Key.Id, Target: p.Value.Id)).Concat(_flows.Select(p => (p.Key.Id, Target: p.Value.Id))).ToImmutableSortedDictionary(p => p.Id, p => p.Target, StringComparer.Ordinal);
    }

    /// <summary>The definition instances run by now.</summary>
    public Definition From { get; }

    /// <summary>The definition they are to run by.</summary>
    public Definition To { get; }

    /// <summary>Every node and flow that has a place in the other definition, by id: what was asked for, and what is there under its own id.</summary>
    public IReadOnlyDictionary<string, string> Map { get; }

    /// <summary>Errors: what the map names and a definition has not (`migration-map-unknown`). Warnings: nodes a token can wait at that have no place (`migration-node-missing`); instances that stand there cannot be migrated.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    internal GraphNode? Place(GraphNode node) => _nodes.GetValueOrDefault(node);

    internal GraphFlow? Place(GraphFlow flow) => _flows.GetValueOrDefault(flow);

    /// <summary>A token at one can go on at the other as if it had been there.</summary>
    internal static bool IsLike(GraphNode one, GraphNode other) =>
        one.Kind == other.Kind && one.Event == other.Event && one.IsEventSubProcess == other.IsEventSubProcess && one.Source.IsForCompensation == other.Source.IsForCompensation;

    private static bool Holds(GraphNode node) => node.Kind is not (NodeKind.StartEvent or NodeKind.BoundaryEvent or NodeKind.EndEvent or NodeKind.ExclusiveGateway);
}

/// <summary>What migrating gave.</summary>
/// <param name="State">The instance under its new definition; as it was when refused.</param>
/// <param name="Effects">What changed for the host, in order; none when refused. A row whose node has another id now is given anew under its number.</param>
/// <param name="Findings">
/// Why it was refused: every element that cannot be placed, each once for each reason. `migration-node-missing`, `migration-kind-differs` (both kinds),
/// `migration-scope-differs` (where it is, where it would be), `migration-loop-differs`, `migration-flow-missing`, `migration-compensation-missing`,
/// `migration-other-definition`, `migration-map-unknown`, `instance-ended`. Empty when it was migrated.
/// </param>
public sealed record Migrated(InstanceState State, IReadOnlyList<Effect> Effects, IReadOnlyList<Finding> Findings)
{
    /// <summary>It runs by the new definition.</summary>
    public bool IsDone => Findings.Count == 0;
}

/// <summary>Moves running instances to another version of their process: planned once, checked for each, refused where something has no place.</summary>
public static class Migration
{
    /// <summary>Finds a place for every node and flow: by the map, else under its own id where kind and event are the same.</summary>
    /// <param name="from">The definition instances run by.</param>
    /// <param name="to">The definition they are to run by.</param>
    /// <param name="map">Ids of nodes and flows of the one, with those of the other; null for none.</param>
    /// <returns>The plan, good for any number of instances.</returns>
    public static MigrationPlan Plan(Definition from, Definition to, IReadOnlyDictionary<string, string>? map = null)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        return new MigrationPlan(from, to, map ?? ImmutableDictionary<string, string>.Empty);
    }

    /// <summary>
    /// Sets an instance on the new definition. Tasks, requests, variables and decisions stay as they are; timers, messages, signals and conditions stay where
    /// their event is the same, end where it is gone, begin where it is new; joins that have all they wait for go on (of a suspended instance when it is resumed, and there new
    /// conditions are asked when a variable changes). A past decision whose node
    /// has no place stays, without the node: work cannot be sent back to it.
    /// </summary>
    /// <param name="state">The instance; never changed.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="now">The present moment.</param>
    /// <param name="options">Zone and limits; <see cref="EngineOptions.Default"/> when null.</param>
    /// <param name="newDueTimes">Timers that stay are armed anew by what the new definition says, counted from now; otherwise they keep their due time.</param>
    /// <returns>The migrated instance, or why it cannot be.</returns>
    public static Migrated Apply(InstanceState state, MigrationPlan plan, DateTimeOffset now, EngineOptions? options = null, bool newDueTimes = false)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(plan);
        var findings = Placement.Check(state, plan);
        if (findings.Count > 0) return new Migrated(state, [], findings);
        var (next, effects, _) = new Run(Placement.Place(state, plan), new Migrate(), now, options ?? EngineOptions.Default).Finish(state, plan, newDueTimes);
        return new Migrated(next, effects, []);
    }

    private sealed record Migrate : Command;
}
