using Evenhand.Workforce.Roster;

namespace Evenhand.Workforce.Handover;

/// <summary>A moment at which one shift takes over from another, as the roster says it.</summary>
/// <param name="At">The end of those who leave.</param>
/// <param name="Opens">From when on it may be handed over.</param>
/// <param name="Leaving">Duties that end then.</param>
/// <param name="Arriving">Duties that start around then.</param>
internal sealed record ShiftChange(DateTimeOffset At, DateTimeOffset Opens, IReadOnlyList<Duty> Leaving, IReadOnlyList<Duty> Arriving)
{
    /// <summary>How far from the end of a shift another may start and still take over from it.</summary>
    public static readonly TimeSpan Reach = TimeSpan.FromHours(1);

    /// <summary>The changes among these duties, in order. Whoever arrives belongs to the nearest; shifts that hand nothing over make none.</summary>
    public static IReadOnlyList<ShiftChange> Of(IEnumerable<Duty> duties, ShiftList shifts)
    {
        var all = duties.ToList();
        var opens = new SortedDictionary<DateTimeOffset, int>();
        foreach (var duty in all)
            if (shifts.Of(duty.Shift)?.Opens is { } minutes) opens[duty.End] = Math.Max(minutes, opens.GetValueOrDefault(duty.End));
        var moments = opens.Keys.ToList();
        var leaving = all.ToLookup(d => d.End);
        var arriving = all.ToLookup(d => Nearest(moments, d.Start));
        return [.. opens.Select(o => new ShiftChange(o.Key, o.Key.AddMinutes(-o.Value), [.. leaving[o.Key]], [.. arriving[o.Key]]))];
    }

    private static DateTimeOffset? Nearest(List<DateTimeOffset> moments, DateTimeOffset start)
    {
        var at = moments.BinarySearch(start);
        if (at >= 0) return start;
        at = ~at;
        var (before, after) = (at > 0 ? moments[at - 1] : (DateTimeOffset?)null, at < moments.Count ? moments[at] : (DateTimeOffset?)null);
        var nearest = before is null ? after : after is null || start - before <= after - start ? before : after;
        return nearest is { } moment && (moment - start).Duration() <= Reach ? moment : null;
    }
}
