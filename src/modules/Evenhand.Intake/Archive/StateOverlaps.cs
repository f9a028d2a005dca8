using Evenhand.Intake.Contracts;

namespace Evenhand.Intake.Archive;

/// <summary>Makes the told states of one agent agree: an agent is in one state at a time, the one told last to begin; being signed in covers the others and only joins.</summary>
internal static class StateOverlaps
{
    public static IEnumerable<StateInterval> Resolve(IEnumerable<StateInterval> ofOneAgent)
    {
        var told = ofOneAgent.OrderBy(s => s.Start).ThenByDescending(s => s.End).ThenBy(s => s.State).ThenBy(s => s.Reason, StringComparer.Ordinal).ToList();
        return [.. Joined(told.Where(s => s.State == AgentState.SignedIn)), .. OneAtATime(told.Where(s => s.State != AgentState.SignedIn))];
    }

    private static List<StateInterval> Joined(IEnumerable<StateInterval> signedIn)
    {
        var joined = new List<StateInterval>();
        foreach (var state in signedIn)
            if (joined.Count > 0 && joined[^1].End >= state.Start) joined[^1] = joined[^1] with { End = Math.Max(joined[^1].End!.Value, state.End!.Value) };
            else joined.Add(state);
        return joined;
    }

    private static List<StateInterval> OneAtATime(IEnumerable<StateInterval> states)
    {
        var resolved = new List<StateInterval>();
        var under = new Stack<StateInterval>();
        foreach (var state in states)
        {
            Close(state.Start);
            if (under.TryPop(out var top))
            {
                if (top.Start < state.Start) resolved.Add(top with { End = state.Start });
                under.Push(top with { Start = state.Start });
            }
            under.Push(state);
        }
        Close(long.MaxValue);
        return resolved;

        void Close(long until)
        {
            while (under.TryPeek(out var top) && top.End <= until)
            {
                under.Pop();
                if (top.Start < top.End) resolved.Add(top);
                if (under.TryPop(out var below)) under.Push(below with { Start = Math.Max(below.Start, top.End!.Value) });
            }
        }
    }
}
