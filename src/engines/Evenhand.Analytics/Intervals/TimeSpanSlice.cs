namespace Evenhand.Analytics.Intervals;

/// <summary>A half-open stretch of time, [<see cref="Start"/>, <see cref="End"/>), in Unix seconds. The default value is empty.</summary>
public readonly record struct TimeSpanSlice
{
    /// <summary>Makes the slice [<paramref name="start"/>, <paramref name="end"/>).</summary>
    /// <param name="start">First second that belongs to the slice, Unix seconds.</param>
    /// <param name="end">First second that no longer belongs to it; equal to <paramref name="start"/> for an empty slice.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="end"/> lies before <paramref name="start"/>.</exception>
    public TimeSpanSlice(long start, long end)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(end, start);
        (Start, End) = (start, end);
    }

    /// <summary>First second inside, Unix seconds.</summary>
    public long Start { get; }

    /// <summary>First second outside, Unix seconds; never before <see cref="Start"/>.</summary>
    public long End { get; }

    /// <summary>Length in seconds, 0 or more.</summary>
    public long Seconds => End - Start;

    /// <summary>True when the slice holds no second.</summary>
    public bool IsEmpty => End == Start;

    /// <summary>True when <paramref name="time"/> (Unix seconds) lies in the slice; its end does not.</summary>
    public bool Contains(long time) => time >= Start && time < End;

    /// <summary>The part both slices share; empty when they only touch or lie apart.</summary>
    public TimeSpanSlice Intersect(TimeSpanSlice other)
    {
        var start = Math.Max(Start, other.Start);
        return new(start, Math.Max(start, Math.Min(End, other.End)));
    }

    /// <summary>The slice as <c>[start, end)</c>.</summary>
    public override string ToString() => $"[{Start}, {End})";
}
