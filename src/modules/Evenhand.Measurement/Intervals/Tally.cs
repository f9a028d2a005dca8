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

/// <summary>Which histograms a tally gathers.</summary>
[Flags]
internal enum TallyHistograms
{
    None = 0,
    WaitAnswered = 1,
    WaitAbandoned = 2,
    Talk = 4,
    Handling = 8,
    All = 15,
}

/// <summary>The counters of one cell while it is being counted. The one place where a contact becomes numbers.</summary>
/// <param name="histograms">The histograms to gather; the others stay empty.</param>
internal sealed class Tally(TallyHistograms histograms = TallyHistograms.All)
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
            if ((histograms & TallyHistograms.WaitAbandoned) != 0) waitAbandoned.Add(contact.Wait);
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
        if ((histograms & TallyHistograms.WaitAnswered) != 0) waitAnswered.Add(contact.Wait);
        counters.Add(Counter.TalkSeconds, contact.Talk);
        counters.Add(Counter.HoldSeconds, contact.Hold);
        if ((histograms & TallyHistograms.Talk) != 0) talk.Add(contact.Talk + contact.Hold);
        counters.Add(Counter.RingSeconds, contact.Ring);
        if (contact.Transferred) counters.Add(Counter.Transferred, 1);
        if (contact.Identified) counters.Add(Counter.Identified, 1);
        if (contact.AfterContact < 0) return;
        counters.Add(Counter.AfterContactSeconds, contact.AfterContact);
        if ((histograms & TallyHistograms.Handling) != 0) handling.Add(contact.Talk + contact.Hold + contact.AfterContact);
        WorkKnown++;
    }

    private void Close(Distribution distribution, ref SecondsBuffer buffer)
    {
        if (buffer.Take() is not { } histogram) return;
        if (Counters[distribution] is { IsEmpty: false } before) histogram.Merge(before);
        Counters.Set(distribution, histogram);
    }
}

/// <summary>Gathers seconds cheaply and makes a histogram of them later: a few are kept as they come, many are counted by their value.</summary>
internal struct SecondsBuffer
{
    private const int Few = 1024, Usual = 4096;
    private int[]? seconds;
    private int[]? counts;
    private int used;

    public void Add(int value)
    {
        if (counts is not null && (uint)value < Usual)
        {
            counts[value]++;
            return;
        }
        if (seconds is null || used == seconds.Length) Grow();
        seconds![used++] = value;
    }

    /// <summary>All that was added, and an empty buffer; null when nothing was.</summary>
    public SecondsHistogram? Take()
    {
        if (used == 0 && counts is null) return null;
        var histogram = new SecondsHistogram();
        for (var value = 0; counts is not null && value < Usual; value++) histogram.AddCount(value, counts[value]);
        var rest = seconds.AsSpan(0, used);
        rest.Sort();
        for (int from = 0, to; from < rest.Length; from = to)
        {
            for (to = from + 1; to < rest.Length && rest[to] == rest[from]; to++) { }
            histogram.AddCount(rest[from], to - from);
        }
        (seconds, counts, used) = (null, null, 0);
        return histogram;
    }

    private void Grow()
    {
        if (seconds is null) seconds = new int[2];
        else if (seconds.Length < Few || counts is not null) Array.Resize(ref seconds, seconds.Length * 4);
        else Spread();
    }

    private void Spread()
    {
        counts = new int[Usual];
        var rest = 0;
        foreach (var value in seconds.AsSpan(0, used))
            if ((uint)value < Usual) counts[value]++;
            else seconds![rest++] = value;
        used = rest;
    }
}
