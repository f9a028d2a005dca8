using Evenhand.Analytics.Intervals;

namespace Evenhand.Analytics.Kpis;

/// <summary>
/// All base counters of one cell (an interval of a queue or an agent, or any sum of such cells), with the histograms behind thresholds and
/// percentiles. Starts at zero; adding two gives the counters of both. Not safe for use by several threads while it is being filled.
/// </summary>
public sealed class Counters
{
    private static readonly int Width = Enum.GetValues<Counter>().Length, Kinds = Enum.GetValues<Distribution>().Length;
    private static readonly SecondsHistogram Nothing = new();
    private readonly long[] _values = new long[Width];
    private SecondsHistogram?[]? _histograms;

    /// <summary>A counter's value; counts or seconds as the counter says.</summary>
    public long this[Counter counter]
    {
        get => _values[(int)counter];
        set => _values[(int)counter] = value;
    }

    /// <summary>Adds to a counter; a negative amount takes away. Histograms cannot take away: to correct a contact, rebuild its cell.</summary>
    public void Add(Counter counter, long amount) => _values[(int)counter] += amount;

    /// <summary>Adds one observation, in seconds (0 or more), to a distribution.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative seconds.</exception>
    public void Observe(Distribution distribution, int seconds) => Writable(distribution).Add(seconds);

    /// <summary>The distribution's histogram, to read; an empty one when nothing was observed. Fill by <see cref="Observe"/> or <see cref="Set"/>.</summary>
    public SecondsHistogram this[Distribution distribution] => _histograms?[(int)distribution] ?? Nothing;

    /// <summary>Puts a histogram, as read from the store, in a distribution's place; it then belongs to these counters.</summary>
    public void Set(Distribution distribution, SecondsHistogram histogram)
    {
        ArgumentNullException.ThrowIfNull(histogram);
        (_histograms ??= new SecondsHistogram?[Kinds])[(int)distribution] = histogram;
    }

    /// <summary>Counts an answered contact: <see cref="Counter.Answered"/>, its wait and the wait's histogram.</summary>
    /// <param name="waitSeconds">Entering to answer, 0 or more.</param>
    public void AddAnswered(int waitSeconds) => AddContact(Counter.Answered, Counter.WaitAnsweredSeconds, Distribution.WaitAnswered, waitSeconds);

    /// <summary>Counts an abandoned contact: <see cref="Counter.Abandoned"/>, its wait and the wait's histogram.</summary>
    /// <param name="waitSeconds">Entering to giving up, 0 or more.</param>
    public void AddAbandoned(int waitSeconds) => AddContact(Counter.Abandoned, Counter.WaitAbandonedSeconds, Distribution.WaitAbandoned, waitSeconds);

    /// <summary>Counts the handling of an answered contact: talk, hold and after-contact seconds (contact-anchored) and the histograms of talk and handling.</summary>
    /// <param name="talkSeconds">Talk without holds, 0 or more.</param>
    /// <param name="holdSeconds">Holds, 0 or more.</param>
    /// <param name="afterContactSeconds">After-contact work, 0 or more.</param>
    public void AddHandling(int talkSeconds, int holdSeconds, int afterContactSeconds)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(afterContactSeconds);
        Observe(Distribution.Talk, talkSeconds + holdSeconds);
        Observe(Distribution.Handling, talkSeconds + holdSeconds + afterContactSeconds);
        Add(Counter.TalkSeconds, talkSeconds);
        Add(Counter.HoldSeconds, holdSeconds);
        Add(Counter.AfterContactSeconds, afterContactSeconds);
    }

    /// <summary>Sets <see cref="Counter.AtWorkSeconds"/> to signed-in time less meals; call once the states of the cell are complete.</summary>
    public void CloseStates() => this[Counter.AtWorkSeconds] = this[Counter.SignedInSeconds] - this[Counter.MealSeconds];

    /// <summary>Says that this cell is the peak interval: its break and signed-in time become the peak's. Which interval that is, <see cref="PeakOf"/> says.</summary>
    public void MarkPeak()
    {
        this[Counter.PeakBreakSeconds] = this[Counter.BreakSeconds];
        this[Counter.PeakSignedInSeconds] = this[Counter.SignedInSeconds];
    }

    /// <summary>The index of the peak interval of a day: most offered, the earliest of equals; −1 when nothing was offered.</summary>
    /// <param name="offered">Offered contacts of the centre by interval, in order.</param>
    public static int PeakOf(IReadOnlyList<long> offered)
    {
        ArgumentNullException.ThrowIfNull(offered);
        var peak = -1;
        for (var i = 0; i < offered.Count; i++)
            if (offered[i] > (peak < 0 ? 0 : offered[peak]))
                peak = i;
        return peak;
    }

    /// <summary>Adds all counters and histograms of <paramref name="other"/>, which stays as it is.</summary>
    public void Merge(Counters other)
    {
        ArgumentNullException.ThrowIfNull(other);
        for (var i = 0; i < Width; i++)
            _values[i] += other._values[i];
        for (var i = 0; other._histograms is not null && i < Kinds; i++)
            if (other._histograms[i] is { IsEmpty: false } theirs)
                Writable((Distribution)i).Merge(theirs);
    }

    /// <summary>The sum of several cells; zero for none.</summary>
    public static Counters SumOf(IEnumerable<Counters> cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        var sum = new Counters();
        foreach (var cell in cells)
            sum.Merge(cell);
        return sum;
    }

    private void AddContact(Counter count, Counter wait, Distribution distribution, int seconds)
    {
        Observe(distribution, seconds);
        Add(count, 1);
        Add(wait, seconds);
    }

    private SecondsHistogram Writable(Distribution distribution) =>
        (_histograms ??= new SecondsHistogram?[Kinds])[(int)distribution] ??= new();
}
