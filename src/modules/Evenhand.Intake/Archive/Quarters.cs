using Evenhand.Intake.Contracts;

namespace Evenhand.Intake.Archive;

/// <summary>The quarter hours in which something changed.</summary>
internal sealed class Quarters
{
    /// <summary>Nearly everything is shorter than this many seconds; what is longer is marked, so that a look at a span of time need not search all before it.</summary>
    public const int Usual = 7200;

    private const int Quarter = 900;
    private readonly SortedSet<long> touched = [];
    private long latest = long.MinValue;

    /// <summary>Adds the quarter hours of [from, last], both included.</summary>
    public void Touch(long from, long last)
    {
        for (var quarter = from - (from % Quarter + Quarter) % Quarter; quarter <= last; quarter += Quarter)
            if (quarter != latest) touched.Add(latest = quarter);
    }

    public IReadOnlyList<Touch> Joined()
    {
        var spans = new List<Touch>();
        foreach (var quarter in touched)
            if (spans.Count > 0 && spans[^1].To == quarter) spans[^1] = spans[^1] with { To = quarter + Quarter };
            else spans.Add(new Touch(quarter, quarter + Quarter));
        return spans;
    }

    /// <summary>The last second in which something is known of a contact: its end, or its last sign when the end was never logged.</summary>
    public static long LastSign(long entered, long? connected, long? ended) => Math.Max(entered, Math.Max(connected ?? entered, ended ?? entered));
}
