using System.Text;

namespace Evenhand.Telephony.QueueLogs;

/// <summary>Gives byte names (queues, members, reasons) small whole numbers from 0 in order of first sight, and gives the names back. Not safe for several threads.</summary>
public sealed class NameTable
{
    private readonly Encoding _encoding;
    private readonly int _limit;
    private (byte[] Bytes, ulong Hash, string? Text)[] _names = new (byte[], ulong, string?)[32];
    private int[] _buckets = new int[64];

    /// <summary>An empty table.</summary>
    /// <param name="encoding">How the names are written; UTF-8 when null.</param>
    /// <param name="limit">The most names kept, so that a hostile file cannot fill memory; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is below 1.</exception>
    public NameTable(Encoding? encoding = null, int limit = 100_000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        _encoding = encoding ?? Encoding.UTF8;
        _limit = limit;
    }

    /// <summary>How many names the table holds; their numbers are 0 to this less one.</summary>
    public int Count { get; private set; }

    /// <summary>The name with a number, decoded (bytes the encoding does not know become its replacement character).</summary>
    /// <param name="id">0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">No such number.</exception>
    public string this[int id]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)id, (uint)Count, nameof(id));
            ref var name = ref _names[id];
            return name.Text ??= _encoding.GetString(name.Bytes);
        }
    }

    /// <summary>The bytes of the name with a number.</summary>
    /// <param name="id">0 to <see cref="Count"/> - 1.</param>
    /// <returns>The bytes as first seen.</returns>
    /// <exception cref="ArgumentOutOfRangeException">No such number.</exception>
    public ReadOnlySpan<byte> Bytes(int id)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)id, (uint)Count, nameof(id));
        return _names[id].Bytes;
    }

    /// <summary>The number of a name, or -1.</summary>
    /// <param name="name">Its bytes.</param>
    /// <returns>0 to <see cref="Count"/> - 1, or -1 when the name is not in the table.</returns>
    public int Find(ReadOnlySpan<byte> name) => Find(name, ByteHash.Of(name));

    /// <summary>The number of a name, which is added when new.</summary>
    /// <param name="name">Its bytes; copied only when new.</param>
    /// <returns>0 to <see cref="Count"/> - 1, or -1 when the table is full and the name new.</returns>
    public int Intern(ReadOnlySpan<byte> name)
    {
        var hash = ByteHash.Of(name);
        var found = Find(name, hash);
        return found >= 0 || Count == _limit ? found : Add(name, hash);
    }

    private int Add(ReadOnlySpan<byte> name, ulong hash)
    {
        if (Count == _names.Length)
        {
            Array.Resize(ref _names, Count * 2);
            _buckets = new int[_names.Length * 2];
            for (var i = 0; i < Count; i++)
                Place(_names[i].Hash, i);
        }
        _names[Count] = (name.ToArray(), hash, null);
        Place(hash, Count);
        return Count++;
    }

    private int Find(ReadOnlySpan<byte> name, ulong hash)
    {
        var mask = _buckets.Length - 1;
        for (var at = (int)hash & mask; _buckets[at] != 0; at = at + 1 & mask)
        {
            var id = _buckets[at] - 1;
            ref var known = ref _names[id];
            if (known.Hash == hash && name.SequenceEqual(known.Bytes))
                return id;
        }
        return -1;
    }

    private void Place(ulong hash, int id)
    {
        var mask = _buckets.Length - 1;
        var at = (int)hash & mask;
        while (_buckets[at] != 0)
            at = at + 1 & mask;
        _buckets[at] = id + 1;
    }
}
