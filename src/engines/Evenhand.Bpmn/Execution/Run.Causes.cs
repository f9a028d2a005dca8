using System.Collections.Immutable;

namespace Evenhand.Bpmn.Execution;

/// <summary>Which human decision brought what about: the ground on which work is rejected and withdrawn.</summary>
internal sealed partial class Run
{
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

    /// <summary>What brought a step about; and, for work that was sent back and returns straight, what had brought about the task it returns to.</summary>
    private ImmutableArray<int> Causes(int cause, int kept) =>
        kept == 0 || FollowsFrom(cause, kept) ? cause == 0 ? [] : [cause] : cause == 0 ? [kept] : [cause, kept];
}
