using Evenhand.Analytics.Intervals;
using Evenhand.Analytics.Kpis;

namespace Evenhand.Measurement.Intervals;

/// <summary>What counting needs to know of one contact, wherever it came from: the store or a log read directly.</summary>
internal readonly record struct CountedContact
{
    public required long EnteredAt { get; init; }
    public required Counter Outcome { get; init; }
    public long ConnectedAt { get; init; }
    public int Wait { get; init; }
    public int Ring { get; init; }
    public int Talk { get; init; }
    public int Hold { get; init; }

    /// <summary>Seconds of after-contact work; -1 when not told.</summary>
    public int AfterContact { get; init; }

    public bool Transferred { get; init; }
    public bool Identified { get; init; }
    public int RingNoAnswers { get; init; }

    public bool IsAnswered => Outcome == Counter.Answered;
}

/// <summary>The counters of one cell while it is being counted. The one place where a contact becomes numbers.</summary>
internal sealed class Tally
{
    private SecondsBuffer waitAnswered, waitAbandoned, talk, handling;

    public Counters Counters { get; } = new();

    /// <summary>Contacts whose after-contact work was told.</summary>
    public int WorkKnown { get; private set; }

    /// <summary>Counts a contact in the cell it entered in.</summary>
    public void Anchor(in CountedContact contact)
    {
        var counters = Counters;
        counters.Add(Counter.Offered, 1);
        counters.Add(contact.Outcome, 1);
        counters.Add(Counter.RingNoAnswer, contact.RingNoAnswers);
        if (contact.IsAnswered)
        {
            Answered(in contact);
        }
        else if (contact.Outcome == Counter.Abandoned)
        {
            counters.Add(Counter.WaitAbandonedSeconds, contact.Wait);
            waitAbandoned.Add(contact.Wait);
        }
    }

    /// <summary>Counts a contact's talk, hold and after-contact work in the intervals they fall into.</summary>
    public static void Split(in CountedContact contact, IntervalGrid grid, TimeSpanSlice within, Func<long, Tally> cellAt)
    {
        var talkEnd = contact.ConnectedAt + contact.Talk;
        Split(Counter.TalkInInterval, new(contact.ConnectedAt, talkEnd));
        Split(Counter.HoldInInterval, new(talkEnd, talkEnd + contact.Hold));
        Split(Counter.AfterContactInInterval, new(talkEnd + contact.Hold, talkEnd + contact.Hold + Math.Max(0, contact.AfterContact)));

        void Split(Counter counter, TimeSpanSlice activity)
        {
            foreach (var part in grid.Split(activity.Intersect(within))) cellAt(grid.StartOf(part.Start)).Counters.Add(counter, part.Seconds);
        }
    }

    /// <summary>The counters with their histograms, once counting is over.</summary>
    public Counters Close()
    {
        Close(Distribution.WaitAnswered, ref waitAnswered);
        Close(Distribution.WaitAbandoned, ref waitAbandoned);
        Close(Distribution.Talk, ref talk);
        Close(Distribution.Handling, ref handling);
        if (Counters[Counter.SignedInSeconds] > 0) Counters.CloseStates();
        return Counters;
    }

    private void Answered(in CountedContact contact)
    {
        var counters = Counters;
        counters.Add(Counter.WaitAnsweredSeconds, contact.Wait);
        waitAnswered.Add(contact.Wait);
        counters.Add(Counter.TalkSeconds, contact.Talk);
        counters.Add(Counter.HoldSeconds, contact.Hold);
        talk.Add(contact.Talk + contact.Hold);
        counters.Add(Counter.RingSeconds, contact.Ring);
        if (contact.Transferred) counters.Add(Counter.Transferred, 1);
        if (contact.Identified) counters.Add(Counter.Identified, 1);
        if (contact.AfterContact < 0) return;
        counters.Add(Counter.AfterContactSeconds, contact.AfterContact);
        handling.Add(contact.Talk + contact.Hold + contact.AfterContact);
        WorkKnown++;
    }

    private void Close(Distribution distribution, ref SecondsBuffer buffer)
    {
        if (buffer.Take() is not { } histogram) return;
        if (Counters[distribution] is { IsEmpty: false } before) histogram.Merge(before);
        Counters.Set(distribution, histogram);
    }
}

/// <summary>Gathers seconds cheaply and makes a histogram of them later.</summary>
internal struct SecondsBuffer
{
    private const int Most = 4096;
    private int[]? seconds;
    private int used;
    private SecondsHistogram? folded;

    public void Add(int value)
    {
        if (seconds is null || used == seconds.Length) Grow();
        seconds![used++] = value;
    }

    /// <summary>All that was added, and an empty buffer; null when nothing was.</summary>
    public SecondsHistogram? Take()
    {
        if (used > 0) Fold();
        var taken = folded;
        folded = null;
        return taken;
    }

    private void Grow()
    {
        if (seconds is null) seconds = new int[2];
        else if (seconds.Length < Most) Array.Resize(ref seconds, seconds.Length * 4);
        else Fold();
    }

    private void Fold()
    {
        var values = seconds.AsSpan(0, used);
        values.Sort();
        var histogram = new SecondsHistogram();
        for (int from = 0, to; from < values.Length; from = to)
        {
            for (to = from + 1; to < values.Length && values[to] == values[from]; to++) { }
            histogram.AddCount(values[from], to - from);
        }
        used = 0;
        if (folded is null) folded = histogram;
        else folded.Merge(histogram);
    }
}
