namespace Evenhand.Analytics.Intervals;

/// <summary>
/// How many times each whole number of seconds occurred: waits, talk times, gaps between contacts. Kept exactly, so that any
/// threshold and any percentile can be chosen afterwards. Only seconds that occurred take room (12 bytes each); an empty one holds no array.
/// Not safe for use by several threads while it is being filled.
/// </summary>
public sealed class SecondsHistogram
{
    private int[] _seconds = [];
    private long[] _counts = [];
    private int _used;

    /// <summary>Number of observations.</summary>
    public long Total { get; private set; }

    /// <summary>Sum of all observations, in seconds.</summary>
    public long Sum { get; private set; }

    /// <summary>True when nothing was observed.</summary>
    public bool IsEmpty => Total == 0;

    /// <summary>Mean in seconds; null when empty.</summary>
    public double? Mean => Total == 0 ? null : (double)Sum / Total;

    /// <summary>The 50th percentile (<see cref="Percentile"/> of 0.5) in seconds; null when empty.</summary>
    public int? Median => Percentile(0.5);

    /// <summary>The seconds that occurred, rising, each with its count (1 or more).</summary>
    public IEnumerable<(int Seconds, long Count)> Entries
    {
        get
        {
            for (var i = 0; i < _used; i++)
                yield return (_seconds[i], _counts[i]);
        }
    }

    /// <summary>Adds one observation.</summary>
    /// <param name="seconds">0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">Negative seconds.</exception>
    public void Add(int seconds) => AddCount(seconds, 1);

    /// <summary>Adds the same observation several times.</summary>
    /// <param name="seconds">0 or more.</param>
    /// <param name="count">How many times, 0 or more; 0 changes nothing.</param>
    /// <exception cref="ArgumentOutOfRangeException">A negative argument.</exception>
    public void AddCount(int seconds, long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(seconds);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (count == 0)
            return;
        var at = Array.BinarySearch(_seconds, 0, _used, seconds);
        if (at >= 0)
            _counts[at] += count;
        else
            Insert(~at, seconds, count);
        Total += count;
        Sum += seconds * count;
    }

    /// <summary>Adds all observations of <paramref name="other"/>, which stays as it is.</summary>
    public void Merge(SecondsHistogram other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other._used * 8L < _used)
        {
            for (var i = 0; i < other._used; i++)
                AddCount(other._seconds[i], other._counts[i]);
            return;
        }
        MergeSorted(other);
    }

    /// <summary>Observations of at most <paramref name="threshold"/> seconds, the threshold included; 0 for a negative threshold.</summary>
    public long CountUpTo(long threshold)
    {
        if (threshold < 0 || _used == 0)
            return 0;
        if (threshold >= _seconds[_used - 1])
            return Total;
        var sum = 0L;
        for (var i = 0; i < _used && _seconds[i] <= threshold; i++)
            sum += _counts[i];
        return sum;
    }

    /// <summary>
    /// The smallest observed number of seconds that at least the share <paramref name="share"/> of all observations does not exceed
    /// (nearest rank: no interpolation, always a value that occurred). Null when empty.
    /// </summary>
    /// <param name="share">0 to 1: 0 is the least observation, 1 the greatest.</param>
    /// <exception cref="ArgumentOutOfRangeException">A share outside 0–1.</exception>
    public int? Percentile(double share) => RankOf(share) is var rank and > 0 ? AtRank(rank) : null;

    /// <summary>Nearest rank of a share: ⌈share · <see cref="Total"/>⌉, at least 1; 0 when empty.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A share outside 0–1.</exception>
    public long RankOf(double share) =>
        Math.Min(Total, Math.Max(1, (long)Math.Ceiling(CheckedShare(share) * Total - 1e-9)));

    /// <summary>
    /// A compact form: nothing for an empty histogram, else the number of entries and then, for each, the step from the seconds before and the
    /// count, all as variable-length integers (7 bits a byte, low first). Equal histograms give equal bytes.
    /// </summary>
    public byte[] ToBytes()
    {
        if (_used == 0)
            return [];
        var bytes = new List<byte>(1 + 3 * _used);
        Write(bytes, _used);
        for (int i = 0, before = 0; i < _used; before = _seconds[i++])
        {
            Write(bytes, _seconds[i] - before);
            Write(bytes, _counts[i]);
        }
        return [.. bytes];
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="FormatException">The bytes are cut short, run on, or do not describe a histogram; the message names the byte.</exception>
    public static SecondsHistogram FromBytes(ReadOnlySpan<byte> bytes)
    {
        var histogram = new SecondsHistogram();
        if (bytes.IsEmpty)
            return histogram;
        var at = 0;
        var entries = Read(bytes, ref at);
        if (entries < 1 || entries > bytes.Length)
            throw Malformed(0);
        (histogram._seconds, histogram._counts) = (new int[entries], new long[entries]);
        for (var (i, seconds) = (0L, 0L); i < entries; i++)
        {
            var start = at;
            var step = Read(bytes, ref at);
            var count = Read(bytes, ref at);
            seconds += step;
            if (count < 1 || seconds > int.MaxValue || step < 0 || (step == 0 && i > 0))
                throw Malformed(start);
            histogram.Append((int)seconds, count);
        }
        return at == bytes.Length ? histogram : throw Malformed(at);
    }

    private static double CheckedShare(double share) =>
        share is >= 0 and <= 1 ? share : throw new ArgumentOutOfRangeException(nameof(share), share, "A share lies between 0 and 1.");

    private int AtRank(long rank)
    {
        var i = 0;
        for (var seen = _counts[0]; seen < rank; seen += _counts[++i]) { }
        return _seconds[i];
    }

    private void MergeSorted(SecondsHistogram other)
    {
        var (mine, myCounts, myUsed) = (_seconds, _counts, _used);
        var (theirs, theirCounts, theirUsed) = (other._seconds, other._counts, other._used);
        (_seconds, _counts, _used) = (new int[myUsed + theirUsed], new long[myUsed + theirUsed], 0);
        (Total, Sum) = (0, 0);
        for (int i = 0, j = 0; i < myUsed || j < theirUsed;)
        {
            var next = Math.Min(i < myUsed ? mine[i] : int.MaxValue, j < theirUsed ? theirs[j] : int.MaxValue);
            var count = 0L;
            if (i < myUsed && mine[i] == next) count += myCounts[i++];
            if (j < theirUsed && theirs[j] == next) count += theirCounts[j++];
            Append(next, count);
        }
    }

    private void Append(int seconds, long count)
    {
        (_seconds[_used], _counts[_used]) = (seconds, count);
        _used++;
        Total += count;
        Sum += seconds * count;
    }

    private void Insert(int at, int seconds, long count)
    {
        if (_used == _seconds.Length)
        {
            var room = Math.Max(4, _used * 2);
            Array.Resize(ref _seconds, room);
            Array.Resize(ref _counts, room);
        }
        Array.Copy(_seconds, at, _seconds, at + 1, _used - at);
        Array.Copy(_counts, at, _counts, at + 1, _used - at);
        (_seconds[at], _counts[at]) = (seconds, count);
        _used++;
    }

    private static void Write(List<byte> bytes, long value)
    {
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
    }

    private static long Read(ReadOnlySpan<byte> bytes, ref int at)
    {
        var value = 0L;
        for (var shift = 0; shift < 63; shift += 7)
        {
            if (at >= bytes.Length)
                throw Malformed(at);
            var next = bytes[at++];
            value |= (long)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
        throw Malformed(at);
    }

    private static FormatException Malformed(int at) => new($"Not a histogram of seconds: byte {at} cannot be read. Restore the row from the event log.");
}
