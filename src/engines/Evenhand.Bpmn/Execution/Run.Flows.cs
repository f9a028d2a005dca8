using Evenhand.Bpmn.Expressions;
using Evenhand.Bpmn.Graph;
using Evenhand.Bpmn.Model;

namespace Evenhand.Bpmn.Execution;

/// <summary>Where tokens go: flows, forks and joins.</summary>
internal sealed partial class Run
{
    private void Enter(GraphNode node, int scope, int cause, GraphFlow? flow)
    {
        switch (node.Kind)
        {
            case NodeKind.ExclusiveGateway:
                Pass(node);
                Choose(node, scope, cause);
                break;
            case NodeKind.ParallelGateway:
                if (node.Incoming.Count > 1 && !JoinParallel(node, scope, ref cause, flow)) break;
                Pass(node);
                Fork(node, scope, cause);
                break;
            case NodeKind.InclusiveGateway:
                if (node.Incoming.Count > 1) Wait(node, scope, cause, flow);
                else
                {
                    Pass(node);
                    TakeTrue(node, scope, cause);
                }
                break;
            case NodeKind.EventBasedGateway:
                AwaitFirst(node, scope, cause);
                break;
            case NodeKind.StartEvent:
                Pass(node);
                TakeOutgoing(node, scope, cause);
                break;
            case NodeKind.IntermediateCatchEvent:
                EnterCatch(node, scope, cause);
                break;
            case NodeKind.IntermediateThrowEvent or NodeKind.EndEvent:
                EnterThrow(node, scope, cause);
                break;
            default:
                BeginActivity(node, scope, cause);
                break;
        }
    }

    private void Pass(GraphNode node) => Tell(new Recorded(HistoryKind.Happened, node.Id, 0, _now));

    private void Fork(GraphNode node, int scope, int cause)
    {
        if (node.Outgoing.Count == 0) Consume(scope, cause);
        for (var i = node.Outgoing.Count - 1; i >= 0; i--) Push(node.Outgoing[i], scope, cause);
    }

    /// <summary>The first flow in the file's order whose condition holds, else the default.</summary>
    private void Choose(GraphNode node, int scope, int cause)
    {
        foreach (var flow in node.Outgoing)
        {
            if (flow == node.Default) continue;
            if (flow.Condition is not null)
            {
                if (!Holds(flow.Condition, scope, node, scope, cause, out var holds)) return;
                if (!holds) continue;
            }
            Push(flow, scope, cause);
            return;
        }
        if (node.Default is not null) Push(node.Default, scope, cause);
        else if (node.Outgoing.Count == 0) Consume(scope, cause);
        else Stick(node, scope, cause, Stuck.Leaving, "no-flow-to-take", node.Id);
    }

    /// <summary>Every flow whose condition holds, else the default: inclusive gateways, and what leaves an activity or event.</summary>
    private void TakeTrue(GraphNode node, int scope, int cause)
    {
        if (node.Outgoing.Count == 0)
        {
            Consume(scope, cause);
            return;
        }
        if (node.Outgoing.Count == 1 && node.Outgoing[0].Condition is null)
        {
            Push(node.Outgoing[0], scope, cause);
            return;
        }
        Span<bool> takes = node.Outgoing.Count <= 64 ? stackalloc bool[node.Outgoing.Count] : new bool[node.Outgoing.Count];
        var any = false;
        for (var i = 0; i < node.Outgoing.Count; i++)
        {
            var flow = node.Outgoing[i];
            if (flow == node.Default) continue;
            takes[i] = true;
            if (flow.Condition is not null && !Holds(flow.Condition, scope, node, scope, cause, out takes[i])) return;
            any |= takes[i];
        }
        if (!any && node.Default is null) Stick(node, scope, cause, Stuck.Leaving, "no-flow-to-take", node.Id);
        else if (!any) Push(node.Default!, scope, cause);
        else
            for (var i = node.Outgoing.Count - 1; i >= 0; i--)
                if (takes[i]) Push(node.Outgoing[i], scope, cause);
    }

    private void TakeOutgoing(GraphNode node, int scope, int cause)
    {
        if (node.Kind == NodeKind.ExclusiveGateway) Choose(node, scope, cause);
        else if (node.Kind == NodeKind.ParallelGateway) Fork(node, scope, cause);
        else TakeTrue(node, scope, cause);
    }

    /// <summary>False when the condition cannot be told; the token is then stuck on leaving the node.</summary>
    private bool Holds(Expression condition, int at, GraphNode node, int scope, int cause, out bool holds)
    {
        var found = Evaluate(condition, at);
        holds = found.Value.AsBoolean;
        if (found.Problem is { } problem) Stick(node, scope, cause, Stuck.Leaving, problem.Code, Words(condition, problem));
        else if (found.Value.Kind != ValueKind.Boolean) Stick(node, scope, cause, Stuck.Leaving, "condition-not-boolean", condition.Text);
        else return true;
        return false;
    }

    /// <summary>A token comes to its end; its scope may now be done.</summary>
    private void Consume(int scope, int cause)
    {
        if (_nodes.Find(scope) is not { } around) return;
        var merged = Merge(around.Cause, cause);
        if (merged != around.Cause) _nodes.Set(around = around with { Cause = merged });
        if (around.Node.Kind == NodeKind.AdHocSubProcess) LookAtAdHoc(around);
        else MayBeEmpty(scope);
    }

    private void MayBeEmpty(int scope)
    {
        if (!_mayBeEmpty.Contains(scope)) _mayBeEmpty.Add(scope);
    }

    private void Wait(GraphNode node, int scope, int cause, GraphFlow? flow) =>
        _arrivals.Add(new Arrival(NextId(), scope, node, flow ?? EmptyFlow(node, scope), cause));

    private GraphFlow EmptyFlow(GraphNode node, int scope)
    {
        foreach (var flow in node.Incoming)
            if (FindArrival(scope, flow) is null) return flow;
        return node.Incoming[0];
    }

    private Arrival? FindArrival(int scope, GraphFlow flow)
    {
        foreach (var arrival in _arrivals.Span)
            if (arrival.Scope == scope && arrival.Flow == flow) return arrival;
        return null;
    }

    /// <summary>One token on each incoming flow makes one token out (per flow, not per token: BPMN 13.4.1).</summary>
    private bool JoinParallel(GraphNode node, int scope, ref int cause, GraphFlow? flow)
    {
        Wait(node, scope, cause, flow);
        var waiting = 0;
        foreach (var arrival in _arrivals.Span)
            if (arrival.Scope == scope && arrival.Node == node) waiting++;
        if (waiting < node.Incoming.Count) return false;
        foreach (var incoming in node.Incoming)
            if (FindArrival(scope, incoming) is null) return false;
        cause = TakeArrivals(node, scope);
        return true;
    }

    /// <summary>Takes the oldest token of each incoming flow that has one; gives what they were caused by. Where that differs it is kept by flow, so that work sent back into one branch finds the others waiting.</summary>
    private int TakeArrivals(GraphNode node, int scope)
    {
        var (taken, differ) = (new List<Arrival>(node.Incoming.Count), false);
        foreach (var incoming in node.Incoming)
            if (FindArrival(scope, incoming) is { } arrival)
            {
                taken.Add(arrival);
                differ |= arrival.Cause != taken[0].Cause;
                _arrivals.Remove(arrival.Id);
            }
        if (!differ) return taken.Count == 0 ? 0 : taken[0].Cause;
        var met = new Step(NextId(), null, [.. taken.Select(t => t.Cause)], 0, null, null, _now, -1) { Flows = [.. taken.Select(t => t.Flow.Id)] };
        _stepRows.Add(met);
        return met.Id;
    }

    /// <summary>BPMN 13.4.3, asked when nothing else can move: a join waits while some token can reach an empty incoming flow without passing the join, and cannot so reach a flow that has a token.</summary>
    private bool FireInclusiveJoin()
    {
        Dictionary<int, ScopeTokens>? scopes = null;
        foreach (var arrival in _arrivals.Span)
            if (arrival.Node.Kind == NodeKind.InclusiveGateway) (scopes ??= []).TryAdd(arrival.Scope, new([], []));
        if (scopes is null) return false;
        Gather(scopes);
        foreach (var (scope, tokens) in scopes)
            foreach (var node in tokens.Arrived.Select(a => a.Node).Distinct())
            {
                if (node.Kind != NodeKind.InclusiveGateway || AwaitsMore(node, tokens)) continue;
                var cause = TakeArrivals(node, scope);
                Pass(node);
                TakeTrue(node, scope, cause);
                return true;
            }
        return false;
    }

    /// <summary>Where the tokens of a scope are: on nodes, and waiting at joins.</summary>
    private readonly record struct ScopeTokens(List<GraphNode> At, List<Arrival> Arrived);

    private void Gather(Dictionary<int, ScopeTokens> scopes)
    {
        foreach (var arrival in _arrivals.Span)
            if (scopes.TryGetValue(arrival.Scope, out var tokens)) tokens.Arrived.Add(arrival);
        foreach (var instance in _nodes.Span)
            if (instance.ReturnsTo is null)
            {
                if (scopes.TryGetValue(instance.Parent, out var tokens)) tokens.At.Add(instance.Node);
            }
            else
                foreach (var (scope, tokens) in scopes)
                    if (TokenIn(instance, scope) is { } token) tokens.At.Add(token);
    }

    private static bool AwaitsMore(GraphNode join, ScopeTokens tokens)
    {
        var filled = new bool[join.Incoming.Count];
        for (var i = 0; i < filled.Length; i++) filled[i] = tokens.Arrived.Exists(a => a.Flow == join.Incoming[i]);
        return !Array.TrueForAll(filled, f => f)
            && (tokens.At.Exists(t => Concerns(join, filled, t)) || tokens.Arrived.Exists(a => a.Node != join && Concerns(join, filled, a.Node)));
    }

    /// <summary>Where in a scope a node instance's token is; work sent back is where it returns to.</summary>
    private GraphNode? TokenIn(NodeInstance instance, int scope)
    {
        if (instance.ReturnsTo is not { } back) return instance.Parent == scope ? instance.Node : null;
        var around = _nodes.Find(scope)!.Node;
        return back.Around.Contains(around) ? In(around, back) : null;
    }

    private static bool Concerns(GraphNode join, bool[] filled, GraphNode token)
    {
        var reachesEmpty = false;
        for (var i = 0; i < filled.Length; i++)
        {
            if (!Reaches(join.ReachesFlow[i], token)) continue;
            if (filled[i]) return false;
            reachesEmpty = true;
        }
        return reachesEmpty;
    }

    private static bool Reaches(System.Collections.BitArray from, GraphNode node) => from[node.Index];

    /// <summary>Tokens at joins in a scope where nothing else is left can never go on: somebody has to know, until something else is there again.</summary>
    private void FindDeadJoins()
    {
        if (_arrivals.Count == 0 && _incidents.Count == 0) return;
        var dead = DeadArrivals();
        for (var i = _incidents.Count - 1; i >= 0; i--)
            if (_incidents[i].Code == Engine.DeadJoin && !dead.ContainsKey(_incidents[i].Instance))
            {
                Tell(new IncidentGone(_incidents[i].Id));
                _incidents.Remove(_incidents[i].Id);
            }
        foreach (var incident in _incidents.Span)
            if (incident.Code == Engine.DeadJoin) dead.Remove(incident.Instance);
        foreach (var (scope, arrival) in dead) RaiseIncident(_nodes.Find(scope)!, Engine.DeadJoin, arrival.Node.Id);
    }

    /// <summary>The first of the tokens waiting at joins in each scope where nothing else is.</summary>
    private Dictionary<int, Arrival> DeadArrivals()
    {
        var dead = new Dictionary<int, Arrival>();
        foreach (var arrival in _arrivals.Span) dead.TryAdd(arrival.Scope, arrival);
        foreach (var node in _nodes.Span)
        {
            dead.Remove(node.Parent);
            if (node.ReturnsTo is null) continue;
            foreach (var scope in dead.Keys)
                if (TokenIn(node, scope) is not null) dead.Remove(scope);
        }
        return dead;
    }
}
