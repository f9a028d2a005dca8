namespace Evenhand.Analytics.Intervals;

/// <summary>
/// The grid of 15- or 30-minute intervals all figures are kept in, and the mapping of instants to a centre's local days.
/// Borders fall on the zone's wall-clock quarter or half hours; days are 23 or 25 hours long when the clocks change.
/// Safe for use by several threads; <see cref="StartOf"/> is arithmetic and <see cref="LocalDay"/> a cached look-up, both cheap in loops over millions of rows.
/// </summary>
public sealed class IntervalGrid
{
    private const int Hour = 3600, Day = 86400, Slots = 1 << 13, Mixed = (1 << 18) - 1, Bias = 1 << 17;
    private static readonly int Epoch = new DateOnly(1970, 1, 1).DayNumber;
    private readonly long _phase;

    // One packed word a slot (hour, offset), so that a torn read is impossible and no lock is needed; 0 = free, as hours are stored + 2^40.
    private readonly long[] _offsets = new long[Slots];

    /// <summary>Makes a grid.</summary>
    /// <param name="seconds">Interval length: 900 (15 min) or 1800 (30 min).</param>
    /// <param name="zone">The centre's time zone.</param>
    /// <exception cref="ArgumentOutOfRangeException">Another length.</exception>
    public IntervalGrid(int seconds, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        if (seconds is not (900 or 1800))
            throw new ArgumentOutOfRangeException(nameof(seconds), seconds, "An interval is 900 or 1800 seconds long.");
        (Seconds, Zone) = (seconds, zone);
        _phase = Modulo(-(long)zone.BaseUtcOffset.TotalSeconds, seconds);
    }

    /// <summary>Interval length in seconds: 900 or 1800.</summary>
    public int Seconds { get; }

    /// <summary>The centre's time zone.</summary>
    public TimeZoneInfo Zone { get; }

    /// <summary>Start (Unix seconds) of the interval that holds <paramref name="time"/>; a border belongs to the interval it begins.</summary>
    public long StartOf(long time) => time - Modulo(time - _phase, Seconds);

    /// <summary>The whole interval that holds <paramref name="time"/> (Unix seconds).</summary>
    public TimeSpanSlice IntervalOf(long time)
    {
        var start = StartOf(time);
        return new(start, start + Seconds);
    }

    /// <summary>
    /// Splits an activity at the interval borders: the parts follow one another without gap, each lies in one interval, and their
    /// lengths add up to the activity's. An empty activity has no parts. Allocates nothing when used in <c>foreach</c>.
    /// </summary>
    public SplitParts Split(TimeSpanSlice activity) => new(this, activity);

    /// <summary>The intervals that share at least a second with <paramref name="period"/>, whole, in order.</summary>
    public IEnumerable<TimeSpanSlice> IntervalsIn(TimeSpanSlice period)
    {
        if (period.IsEmpty)
            yield break;
        for (var start = StartOf(period.Start); start < period.End; start += Seconds)
            yield return new(start, start + Seconds);
    }

    /// <summary>The local calendar day of an instant (Unix seconds, years 1–9999).</summary>
    public DateOnly LocalDay(long time) => DateOnly.FromDayNumber(Epoch + (int)FloorDivide(time + OffsetAt(time), Day));

    /// <summary>Seconds since local midnight by the wall clock, 0–86399; an hour the clocks repeat occurs twice.</summary>
    public int LocalSecondOfDay(long time) => (int)Modulo(time + OffsetAt(time), Day);

    /// <summary>The instants of a local day, [its first second, the next day's first second): 82800, 86400 or 90000 seconds in most zones.</summary>
    public TimeSpanSlice DayOf(DateOnly day) => new(FirstSecondOf(day), FirstSecondOf(day.AddDays(1)));

    /// <summary>The zone's offset from UTC in seconds at an instant, east positive.</summary>
    public int OffsetAt(long time)
    {
        var hour = FloorDivide(time, Hour);
        ref var slot = ref _offsets[hour & (Slots - 1)];
        var word = Volatile.Read(ref slot);
        var key = hour + (1L << 40);
        if (word >> 18 != key)
            Volatile.Write(ref slot, word = (key << 18) | (uint)WholeHour(hour));
        var packed = (int)(word & Mixed);
        return packed == Mixed ? Exact(time) : packed - Bias;
    }

    private int WholeHour(long hour)
    {
        var first = Exact(hour * Hour);
        return first == Exact(hour * Hour + Hour - 1) ? first + Bias : Mixed;
    }

    private int Exact(long time) => (int)Zone.GetUtcOffset(DateTimeOffset.FromUnixTimeSeconds(time).UtcDateTime).TotalSeconds;

    private long FirstSecondOf(DateOnly day)
    {
        // A day may begin at 01:00 where the clocks skip midnight, so look for the first instant that belongs to it.
        var utcMidnight = (long)(day.DayNumber - Epoch) * Day;
        long before = utcMidnight - Day, on = utcMidnight + Day;
        while (on - before > 1)
        {
            var middle = before + (on - before) / 2;
            if (LocalDay(middle) >= day) on = middle;
            else before = middle;
        }
        return on;
    }

    private static long FloorDivide(long value, long by) => (value - Modulo(value, by)) / by;

    private static long Modulo(long value, long by) => (value % by + by) % by;

    /// <summary>The parts of a split activity, for <c>foreach</c>.</summary>
    public readonly struct SplitParts(IntervalGrid grid, TimeSpanSlice activity) : IEquatable<SplitParts>
    {
        private readonly IntervalGrid _grid = grid;
        private readonly TimeSpanSlice _activity = activity;

        /// <summary>Starts before the first part.</summary>
        public Enumerator GetEnumerator() => new(_grid, _activity);

        /// <summary>The parts as a list.</summary>
        public IReadOnlyList<TimeSpanSlice> ToList()
        {
            var parts = new List<TimeSpanSlice>();
            foreach (var part in this)
                parts.Add(part);
            return parts;
        }

        /// <summary>True for the same activity on the same grid.</summary>
        public bool Equals(SplitParts other) => ReferenceEquals(_grid, other._grid) && _activity == other._activity;

        /// <inheritdoc/>
        public override bool Equals(object? obj) => obj is SplitParts other && Equals(other);

        /// <inheritdoc/>
        public override int GetHashCode() => _activity.GetHashCode();

        /// <summary>Same activity on the same grid.</summary>
        public static bool operator ==(SplitParts left, SplitParts right) => left.Equals(right);

        /// <summary>Another activity or another grid.</summary>
        public static bool operator !=(SplitParts left, SplitParts right) => !left.Equals(right);
    }

    /// <summary>Walks the parts of a split activity in order of time.</summary>
    public ref struct Enumerator(IntervalGrid grid, TimeSpanSlice activity)
    {
        private long _next = activity.Start;

        /// <summary>The part reached: a stretch inside one interval.</summary>
        public TimeSpanSlice Current { get; private set; }

        /// <summary>Steps to the next part; false after the last.</summary>
        public bool MoveNext()
        {
            if (_next >= activity.End)
                return false;
            var end = Math.Min(activity.End, grid.StartOf(_next) + grid.Seconds);
            Current = new(_next, end);
            _next = end;
            return true;
        }
    }
}
