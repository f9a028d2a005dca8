namespace Evenhand.Bpmn.Layout;

/// <summary>One upright line in the gap between two layers, with the rows it meets to its left and to its right.</summary>
internal sealed class Track
{
    internal HashSet<int> Left { get; } = [];
    internal HashSet<int> Right { get; } = [];
    internal int At { get; set; }
    internal int Top { get; private set; } = int.MaxValue;
    internal int Bottom { get; private set; } = -1;

    /// <summary>Where the line goes on into a box that is high enough, it may reach it beside the middle.</summary>
    internal bool CanShift { get; set; }

    /// <summary>How far beside the middle, downwards.</summary>
    internal double Shift { get; private set; }

    internal void Leave(int row)
    {
        Left.Add(row);
        (Top, Bottom) = (Math.Min(Top, row), Math.Max(Bottom, row));
    }

    internal void Reach(int row)
    {
        Right.Add(row);
        (Top, Bottom) = (Math.Min(Top, row), Math.Max(Bottom, row));
    }

    /// <summary>Two lines that change places would lie on each other; one of them then reaches its box beside the middle.</summary>
    internal void StepAside()
    {
        if (!CanShift || Right.Count != 1 || Left.Count != 1) return;
        Shift = Left.Single() > Right.Single() ? 16 : -16;
        Right.Clear();
    }

    // A line that leaves a row must turn off before another comes into that row.
    internal bool MustBeLeftOf(Track other) => this != other && Left.Overlaps(other.Right);

    /// <summary>Two lines may stand in one place when they only touch where both go on to the right, or both come from the left.</summary>
    internal bool CanShare(Track other) => Bottom < other.Top || other.Bottom < Top
        || Bottom == other.Top && Touch(this, other, Bottom) || other.Bottom == Top && Touch(this, other, Top);

    static bool Touch(Track one, Track other, int row) => one.Right.Contains(row) && other.Right.Contains(row) && !one.Left.Contains(row) && !other.Left.Contains(row);
}

/// <summary>The upright lines of all gaps; gap 0 stands before the first layer.</summary>
internal sealed class Tracks(int gaps)
{
    readonly Dictionary<object, Track>[] lines = [.. Enumerable.Range(0, gaps).Select(_ => new Dictionary<object, Track>())];
    readonly int[] counts = new int[gaps];

    internal Track Of(int gap, object owner)
    {
        if (!lines[gap].TryGetValue(owner, out var track)) lines[gap][owner] = track = new Track();
        return track;
    }

    internal int Count(int gap) => counts[gap];

    internal void Place()
    {
        for (var gap = 0; gap < gaps; gap++)
        {
            var open = lines[gap].Values.OrderBy(t => t.Bottom - t.Top).ThenBy(t => t.Top).ToList();
            var done = new List<Track>();
            while (open.Count > 0)
            {
                if (open.Find(t => !open.Exists(o => o.MustBeLeftOf(t))) is not { } next)
                {
                    next = open.Find(t => t.CanShift && t.Right.Count == 1 && t.Left.Count == 1) ?? open[0];
                    next.StepAside();
                }
                open.Remove(next);
                next.At = done.Where(d => d.MustBeLeftOf(next)).Select(d => d.At + 1).DefaultIfEmpty(0).Max();
                while (done.Exists(d => d.At == next.At && !d.CanShare(next))) next.At++;
                done.Add(next);
            }
            counts[gap] = done.Select(d => d.At + 1).DefaultIfEmpty(0).Max();
        }
    }
}
