using Evenhand.Bpmn.Graph;

namespace Evenhand.Bpmn.Execution;

/// <summary>Sending work back: to whom, and what is given up with it.</summary>
internal sealed partial class Run
{
    /// <summary>A node to go back to, and the steps done there (or, of a multi-instance scope, in it) that led here; none when it was not a person's.</summary>
    private sealed record Goal(GraphNode Node, List<Step> Steps);

    private Refused? SendBack(HumanTask task, Reject reject)
    {
        var seat = _nodes.Find(task.Instance)!;
        var whole = Whole(seat);
        if (Goals(task.Node, seat.Cause, whole, reject, out var goals) is { } refusal) return refusal;
        var straight = reject.Then == AfterReject.BackToRejecter;
        if (straight && whole.ReturnsTo is { } awaited) return new Refused("reject-back-twice", awaited.Id);
        if (straight && goals.Count > 1) return new Refused("reject-back-needs-one-target", Ids(goals));
        if (straight && !CanReturn(whole, goals[0].Node)) return new Refused("reject-back-into-multi-instance", task.Node.Id);
        if (straight && IsOpen(goals[0].Node, [whole.Id])) return new Refused("target-open", goals[0].Node.Id);
        Acted(task, "reject", Ids(goals));
        var back = new WayBack(task.Node, whole.Role == NodeRole.Once ? task.Owner ?? task.Assignee ?? _command.Actor : null, seat.Cause);
        List<int> given = [whole.Id];
        if (!straight) given.AddRange(goals.SelectMany(g => Following(g, whole)).Where(id => id != whole.Id).Distinct());
        var aims = goals.ConvertAll(g => new Aim(g.Node, g.Steps.Count == 0 ? -1 : g.Steps[0].Causes.FirstOrDefault(), straight ? back : null));
        foreach (var goal in goals)
            if (goal.Node.Loop is null && goal.Steps.Find(s => s.Within == goal.Steps[^1].Within && s.Before == 0) is { } own && (own.Assignee ?? own.Actor) is { } who) Give(goal.Node, -1, who);
        var joined = straight ? [] : JoinedBy(given, goals);
        if (Relocate(given, aims, _command.Variables) is { } impossible) return impossible;
        foreach (var (flow, cause) in joined) Restore(flow, cause, whole);
        foreach (var row in _stepRows.Span.ToArray())
            if (goals.Exists(g => g.Steps.Exists(s => straight ? s.Id == row.Id : FollowsFrom(row.Id, s.Id)))) _stepRows.Set(row with { Undone = true });
        return null;
    }

    /// <summary>Tokens of other branches that met at joins since the steps gone back to: not theirs to do again, so they wait at the join once more.</summary>
    private List<(GraphFlow Flow, int Cause)> JoinedBy(List<int> given, List<Goal> goals)
    {
        List<(GraphFlow, int)> found = [];
        foreach (var met in given.SelectMany(id => _nodes.Find(id) is { } node ? [node.Cause, node.ReturnsBecause] : new[] { _arrivals.Find(id)!.Cause }).Distinct().SelectMany(Ancestors).DistinctBy(s => s.Id))
        {
            if (met.Flows.IsEmpty || !Follows(met.Id)) continue;
            for (var i = 0; i < met.Flows.Length; i++)
                if (!OfFlow(met, met.Flows[i]).Any(Follows) && _definition.Flow(met.Flows[i]) is { } flow) found.Add((flow, met.Causes[i]));
        }
        return found;

        static IEnumerable<int> OfFlow(Step met, string flow) => met.Causes.Where((_, i) => met.Flows[i] == flow);
        bool Follows(int step) => goals.Exists(g => g.Steps.Exists(s => FollowsFrom(step, s.Id)));
    }

    private void Restore(GraphFlow flow, int cause, NodeInstance rejecter)
    {
        NodeInstance? scope = null;
        foreach (var node in _nodes.Span)
            if (node.Node == flow.To.Parent && node.Role != NodeRole.Body && (scope is null || !IsWithin(rejecter, scope.Id))) scope = node;
        if (scope is not null && FindArrival(scope.Id, flow) is null) _arrivals.Add(new Arrival(NextId(), scope.Id, flow.To, flow, cause));
    }

    private static string Ids(List<Goal> goals) => string.Join(", ", goals.Select(g => g.Node.Id));

    private Refused? Goals(GraphNode from, int cause, NodeInstance whole, Reject reject, out List<Goal> goals)
    {
        goals = [];
        var (to, id) = (reject.To, reject.Node);
        if (to == RejectTo.AsDrawn)
            (to, id) = from.Rules.RejectTo switch { null or "previous" => (RejectTo.Previous, null), "starter" => (RejectTo.Starter, null), { } node => (RejectTo.Node, node) };
        var earlier = Ancestors(cause).Where(s => s.Node is not null && s.Within != whole.Id).OrderBy(s => s.Id).ToList();
        if (to == RejectTo.Node)
        {
            if (Target(id ?? "") is not { } target) return new Refused("move-target-unknown", id ?? "");
            var step = earlier.FindLast(s => s.Node == target && !s.Undone) ?? earlier.FindLast(s => s.Node == target);
            if (step is null && (target.Kind == Model.NodeKind.UserTask || !IsEarlier(target, from))) return new Refused("reject-target-not-earlier", target.Id);
            if (step is null && reject.Then == AfterReject.WalkAgain && HasJoinedOthers(target, cause)) return new Refused("reject-into-joined-branch", target.Id);
            goals.Add(GoalOf(target, step, earlier));
            return null;
        }
        var own = earlier.Find(s => _starter is null || (s.Actor ?? s.Assignee) == _starter)?.Node;
        var steps = to == RejectTo.Previous ? Previous(cause, whole.Id) : earlier.Where(s => s.Node == own).OrderByDescending(s => (!s.Undone, s.Id)).Take(1).ToList();
        if (steps.Count == 0) return to == RejectTo.Previous ? new Refused("no-earlier-step") : new Refused("no-step-of-starter", _starter ?? "");
        foreach (var step in steps)
        {
            var goal = GoalOf(step.Node!, step, earlier);
            if (!goals.Exists(g => g.Node == goal.Node)) goals.Add(goal);
        }
        return null;
    }

    /// <summary>Since the node, its branch met others that would not come again.</summary>
    private bool HasJoinedOthers(GraphNode target, int cause)
    {
        foreach (var flow in Ancestors(cause).SelectMany(s => s.Flows).Select(f => _definition.Flow(f)))
            if (flow is not null && target.Around.Contains(flow.To.Parent) && In(flow.To.Parent!, target) is var from && LeadsTo(from, flow.To, flow.To.Parent!) && !LeadsTo(from, flow.From, flow.To)) return true;
        return false;
    }

    /// <summary>Every step that led to something, and that one.</summary>
    private List<Step> Ancestors(int cause)
    {
        var (found, seen, open) = (new List<Step>(), new HashSet<int>(), new Stack<int>([cause]));
        while (open.TryPop(out var at))
        {
            if (!seen.Add(at) || _stepRows.Find(at) is not { } row) continue;
            found.Add(row);
            foreach (var earlier in row.Causes) open.Push(earlier);
        }
        return found;
    }

    /// <summary>The human steps directly before: one, or where branches met the last of each; signers of the same node are passed over.</summary>
    private List<Step> Previous(int cause, int within)
    {
        var (found, seen, open) = (new List<Step>(), new HashSet<int>(), new Stack<int>([cause]));
        while (open.TryPop(out var at))
        {
            if (!seen.Add(at) || _stepRows.Find(at) is not { } row) continue;
            if (row.Node is not null && row.Within != within) found.Add(row);
            else
                foreach (var earlier in row.Node is null ? row.Causes : row.Causes[..Math.Min(1, row.Causes.Length)]) open.Push(earlier);
        }
        // A scope entered because of steps undone since remembers them too.
        if (found.Exists(s => !s.Undone)) found.RemoveAll(s => s.Undone);
        return [.. found.Where(s => !found.Exists(later => later.Id != s.Id && FollowsFrom(later.Id, s.Id))).OrderBy(s => s.Id)];
    }

    /// <summary>A node to go back to with all its signers' steps; one in a multi-instance scope that is over is done again with the whole of that scope.</summary>
    private Goal GoalOf(GraphNode target, Step? step, List<Step> earlier)
    {
        var over = target.Around.LastOrDefault(a => a.Parent is not null && a.Loop is not null && !_nodes.Span.ToArray().Any(n => n.Node == a));
        if (over is not null) return new Goal(over, earlier.FindAll(s => s.Node!.Around.Contains(over)));
        List<Step> steps = [];
        Collect(step);
        return new Goal(target, [.. steps.OrderBy(s => s.Id)]);

        // A step done again because the work was sent back straight stands for the one before it, from which siblings may still follow.
        void Collect(Step? last)
        {
            if (last is null || steps.Exists(s => s.Within == last.Within)) return;
            var round = earlier.FindAll(s => s.Within == last.Within);
            steps.AddRange(round);
            foreach (var mended in round)
                if (mended.Causes.Length > 1) Collect(Ancestors(mended.Causes[1]).Where(s => s.Node == target).MaxBy(s => s.Id));
        }
    }

    /// <summary>A node is open already where it would be entered, and not by what is given up for it.</summary>
    private bool IsOpen(GraphNode target, List<int> given)
    {
        var (around, missing) = Path(target, given.ConvertAll(id => _nodes.Find(id) is { } node ? (node.Node, node.Parent, node.Cause) : _arrivals.Find(id) is { } arrival ? (arrival.Node, arrival.Scope, arrival.Cause) : default));
        return (missing.Count == 0 && Inside(around).Exists(n => n.Node == target && !given.Contains(n.Id))) || Array.Exists(_nodes.Span.ToArray(), n => n.ReturnsTo == target && !given.Contains(n.Id));
    }

    /// <summary>What is given up when work goes back to a node: all that followed from the steps there; for a node of no person, all that it leads to in the scope it shares with the rejecter.</summary>
    private List<int> Following(Goal goal, NodeInstance rejecter)
    {
        if (goal.Steps.Count > 0) return Following(goal.Steps.ConvertAll(s => s.Id), goal.Node);
        var at = rejecter;
        while (at.Parent > 0 && !goal.Node.Around.Contains(_nodes.Find(at.Parent)!.Node)) at = _nodes.Find(at.Parent)!;
        var (scope, from) = (at.Parent, In(_nodes.Find(at.Parent)!.Node, goal.Node));
        return [.. _nodes.Span.ToArray().Where(n => n.Parent == scope && LeadsTo(from, n.Node, from.Parent!)).Select(n => n.Id),
            .. _arrivals.Span.ToArray().Where(a => a.Scope == scope && LeadsTo(from, a.Node, from.Parent!)).Select(a => a.Id)];
    }

    /// <summary>What is live because of steps; scopes around the node gone back to stay, and those that hold something of another branch: one that was entered again names the step it was entered again for.</summary>
    private List<int> Following(List<int> steps, GraphNode target)
    {
        List<int> found = [];
        foreach (var node in _nodes.Span)
            if (node.Id != 0 && Follows(node) && !target.Around.Contains(node.Node) && !HoldsOthers(node)) found.Add(node.Id);
        foreach (var arrival in _arrivals.Span)
            if (Came(arrival)) found.Add(arrival.Id);
        return found;

        bool Follows(NodeInstance node) => steps.Exists(s => FollowsFrom(node.Cause, s) || IsAwaitedFrom(node, s));

        bool Came(Arrival arrival) => steps.Exists(s => FollowsFrom(arrival.Cause, s));

        bool HoldsOthers(NodeInstance scope)
        {
            if (scope.Role == NodeRole.Body) return false;
            foreach (var node in _nodes.Span)
                if (node.Id != scope.Id && IsWithin(node, scope.Id) && !Follows(node)) return true;
            foreach (var arrival in _arrivals.Span)
                if (IsWithin(_nodes.Find(arrival.Scope), scope.Id) && !Came(arrival)) return true;
            return false;
        }
    }

    /// <summary>Work was sent back to this node instance and will return to where something that followed from the step was.</summary>
    private bool IsAwaitedFrom(NodeInstance node, int step) => node.ReturnsTo is not null && FollowsFrom(node.ReturnsBecause, step);

    private static GraphNode In(GraphNode scope, GraphNode node)
    {
        while (node.Parent != scope) node = node.Parent!;
        return node;
    }

    private static bool IsEarlier(GraphNode target, GraphNode from)
    {
        var shared = from.Around.First(target.Around.Contains);
        var (one, other) = (In(shared, target), In(shared, from));
        return one == other || LeadsTo(one, other, shared);
    }

    /// <summary>Whether a token can come back to a node from another: not into a repetition or event sub-process that may be over by then.</summary>
    private bool CanReturn(NodeInstance rejecter, GraphNode target)
    {
        for (var at = _nodes.Find(rejecter.Parent); at is { Id: > 0 }; at = _nodes.Find(at.Parent))
        {
            if (target.Around.Contains(at.Node)) return true;
            if (at.Role == NodeRole.Repetition || at.Node.IsEventSubProcess) return false;
        }
        return true;
    }
}
