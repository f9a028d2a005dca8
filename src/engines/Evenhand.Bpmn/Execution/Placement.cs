using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Evenhand.Bpmn.Graph;
using Evenhand.Bpmn.Model;

namespace Evenhand.Bpmn.Execution;

/// <summary>Whether each row of an instance has its place in another definition, and the rows set there.</summary>
internal static class Placement
{
    public static List<Finding> Check(InstanceState state, MigrationPlan plan)
    {
        var findings = plan.Findings.Where(f => f.Severity == Severity.Error).ToList();
        if (state.Definition != plan.From) findings.Add(new Finding(Severity.Error, "migration-other-definition", state.Definition.Key, 0, state.Definition.Key, plan.From.Key));
        else if (state.HasEnded) findings.Add(new Finding(Severity.Error, "instance-ended", null, 0));
        if (findings.Count > 0) return findings;
        foreach (var instance in state.Nodes)
        {
            Check(instance.Node, instance.CompensatesFor != 0 || instance.Id == 0, instance.Role, instance.Stuck);
            if (instance.ReturnsTo is { } back) Check(back);
        }
        foreach (var arrival in state.Arrivals)
        {
            Check(arrival.Node);
            if (plan.Place(arrival.Node) is { } gateway && plan.Place(arrival.Flow)?.To != gateway) Say("migration-flow-missing", arrival.Flow.Id, arrival.Flow.Source.Line, arrival.Flow.Id, gateway.Id);
        }
        foreach (var done in state.Compensables)
        {
            Check(done.Node, anywhere: true);
            if (IsCompensated(done.Node) && plan.Place(done.Node) is { } target && !IsCompensated(target)) Say("migration-compensation-missing", done.Node.Id, done.Node.Source.Line, done.Node.Id, target.Id);
        }
        return findings;

        void Check(GraphNode node, bool anywhere = false, NodeRole? role = null, Stuck stuck = Stuck.No)
        {
            if (plan.Place(node) is not { } target)
            {
                if (plan.To.Node(node.Id) is { } same) Say("migration-kind-differs", node.Id, node.Source.Line, Kind(node), Kind(same));
                else Say("migration-node-missing", node.Id, node.Source.Line, node.Id);
                return;
            }
            if (!MigrationPlan.IsLike(node, target)) Say("migration-kind-differs", node.Id, node.Source.Line, Kind(node), Kind(target));
            if (!anywhere && plan.Place(node.Parent!) is { } around && target.Parent != around) Say("migration-scope-differs", node.Id, node.Source.Line, around.Id, target.Parent!.Id);
            if (role is not null && stuck != Stuck.Entering && target.Loop?.Kind != (role == NodeRole.Once ? null : node.Loop?.Kind)) Say("migration-loop-differs", node.Id, node.Source.Line, Loop(node), Loop(target));
        }

        void Say(string code, string element, int line, params string[] arguments)
        {
            if (!findings.Exists(f => f.Code == code && f.Element == element)) findings.Add(new Finding(Severity.Error, code, element, line, arguments));
        }
    }

    /// <summary>Each row at its new node and flow. Timers and subscriptions whose event has no place stay at the old one, to be ended.</summary>
    public static InstanceState Place(InstanceState state, MigrationPlan plan) => state with
    {
        Definition = plan.To,
        Nodes = Each(state.Nodes, n => n with { Node = plan.Place(n.Node)!, ReturnsTo = n.ReturnsTo is null ? null : plan.Place(n.ReturnsTo) }),
        Arrivals = Each(state.Arrivals, a => a with { Node = plan.Place(a.Node)!, Flow = plan.Place(a.Flow)! }),
        Tasks = Each(state.Tasks, t => t with { Node = plan.Place(t.Node)! }),
        Timers = Each(state.Timers, t => t with { Node = plan.Place(t.Node) ?? t.Node }),
        Subscriptions = Each(state.Subscriptions, s => s with { Node = plan.Place(s.Node) ?? s.Node }),
        Compensables = Each(state.Compensables, c => c with { Node = plan.Place(c.Node)! }),
        Steps = Each(state.Steps, s => s.Node is null ? s : s with { Node = plan.Place(s.Node) }),
    };

    private static bool IsCompensated(GraphNode node) =>
        node.Boundaries.Any(b => b.Event == EventKind.Compensation) || node.EventSubProcesses.Any(e => e.Source.Body!.Nodes.Any(n => n.Event?.Kind == EventKind.Compensation));

    private static string Kind(GraphNode node) => node.Event == EventKind.None ? node.Kind.ToString() : $"{node.Kind}/{node.Event}";

    private static string Loop(GraphNode node) => node.Loop?.Kind.ToString() ?? "-";

    private static ImmutableArray<T> Each<T>(ImmutableArray<T> rows, Func<T, T> place)
    {
        var placed = new T[rows.Length];
        for (var i = 0; i < placed.Length; i++) placed[i] = place(rows[i]);
        return ImmutableCollectionsMarshal.AsImmutableArray(placed);
    }
}
