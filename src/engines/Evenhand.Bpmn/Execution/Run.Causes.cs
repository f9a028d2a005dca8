using System.Collections.Immutable;
using Evenhand.Bpmn.Graph;

namespace Evenhand.Bpmn.Execution;

/// <summary>Which human decision brought what about: the ground on which work is rejected and withdrawn.</summary>
internal sealed partial class Run
{
    private const int MostSteps = 256;
    private const int NewSteps = 128;

    /// <summary>The step that stands for both; where neither follows from the other, a new one without a person.</summary>
    private int Merge(int one, int other)
    {
        if (one == other || FollowsFrom(one, other)) return one;
        if (FollowsFrom(other, one)) return other;
        var met = new Step(NextId(), null, [one, other], 0, null, null, _now, -1);
        _stepRows.Add(met);
        return met.Id;
    }

    /// <summary>A step was, directly or not, brought about by an earlier one, or is that one; all follow from the start (0).</summary>
    private bool FollowsFrom(int step, int earlier)
    {
        if (step == earlier || earlier == 0) return true;
        if (step < earlier) return false;
        var open = new Stack<int>([step]);
        var seen = new HashSet<int>();
        while (open.TryPop(out var at))
        {
            if (at == earlier) return true;
            if (at < earlier || !seen.Add(at) || _stepRows.Find(at) is not { } row) continue;
            foreach (var cause in row.Causes) open.Push(cause);
        }
        return false;
    }

    private void LeaveTheHouse(int step)
    {
        if (_stepRows.Find(step) is { LeftTheHouse: false } row) _stepRows.Set(row with { LeftTheHouse = true });
    }

    /// <summary>What brings a step about; and, for work that was sent back and returns straight, what had brought about the task it returns to.</summary>
    private static ImmutableArray<int> Causes(int cause, NodeInstance whole) => whole.ReturnsTo is not null ? [cause, whole.ReturnsBecause] : cause == 0 ? [] : [cause];

    /// <summary>
    /// A process that goes round and round would remember every round. Of old decisions those stay that live tokens name, and of each person's at each
    /// node the first and the last; what the others had brought about follows from what had brought them about.
    /// </summary>
    private void ForgetOldSteps()
    {
        // Asked only now and then, so that many steps that have to stay are not gone through at each command.
        if (_stepRows.Count <= MostSteps || _stepRows.Count / 64 == _state.Steps.Length / 64) return;
        var kept = OldStepsToKeep(_stepRows.Count - NewSteps);
        var forgotten = new Dictionary<int, ImmutableArray<int>>();
        var rows = ImmutableArray.CreateBuilder<Step>(_stepRows.Count);
        for (var i = 0; i < _stepRows.Count; i++)
        {
            var row = _stepRows[i];
            var forgets = i < _stepRows.Count - NewSteps && !kept.Contains(row.Id);
            if (row.Causes.Any(forgotten.ContainsKey)) row = Without(row, forgotten, forgets);
            if (forgets) forgotten[row.Id] = row.Causes;
            else rows.Add(row);
        }
        _stepRows = new(rows.DrainToImmutable());
    }

    /// <summary>Causes that are forgotten are replaced by what had brought them about: by flow where tokens met at a join, one for one where a second cause has a meaning of its own.</summary>
    private Step Without(Step row, Dictionary<int, ImmutableArray<int>> forgotten, bool forgets)
    {
        ImmutableArray<int> Before(int cause) => !forgotten.TryGetValue(cause, out var before) ? [cause] : before.IsEmpty ? [0] : before;
        if (row.Flows.Length > 0)
        {
            var met = row.Causes.Zip(row.Flows).SelectMany(m => Before(m.First).Select(c => (Cause: c, Flow: m.Second))).ToList();
            return row with { Causes = [.. met.Select(m => m.Cause)], Flows = [.. met.Select(m => m.Flow)] };
        }
        if (row.Node is not null && row.Causes.Length > 1) return row with { Causes = [.. row.Causes.Select(c => Before(c).Max())] };
        ImmutableArray<int> causes = [.. row.Causes.SelectMany(c => forgotten.TryGetValue(c, out var before) ? before : [c]).Distinct()];
        return row with { Causes = forgets ? causes : Latest(causes) };
    }

    private HashSet<int> OldStepsToKeep(int old)
    {
        var kept = new HashSet<int>();
        foreach (var node in _nodes.Span)
        {
            kept.Add(node.Cause);
            kept.Add(node.ReturnsBecause);
        }
        foreach (var arrival in _arrivals.Span) kept.Add(arrival.Cause);
        var last = new Dictionary<(GraphNode, string?, string?, bool), int>();
        for (var i = 0; i < old; i++)
        {
            if (_stepRows[i] is not { Node: { } node } row) continue;
            var person = (node, row.Actor, row.Assignee, row.Undone);
            if (!last.ContainsKey(person) || (row.Within != 0 && _nodes.Find(row.Within) is not null)) kept.Add(row.Id);
            last[person] = row.Id;
        }
        kept.UnionWith(last.Values);
        return kept;
    }

    /// <summary>Without those that another of them follows from.</summary>
    private ImmutableArray<int> Latest(ImmutableArray<int> steps)
    {
        if (steps.Length < 2) return steps;
        var open = new Stack<int>(steps.SelectMany(s => _stepRows.Find(s)?.Causes ?? []));
        var (before, first) = (new HashSet<int> { 0 }, steps.Min());
        while (open.TryPop(out var at))
            if (at >= first && before.Add(at) && _stepRows.Find(at) is { } row)
                foreach (var cause in row.Causes) open.Push(cause);
        return [.. steps.Where(s => !before.Contains(s))];
    }
}
