namespace Evenhand.Telephony.QueueLogs;

internal enum Insertion { Kept, Repeated, Full }

/// <summary>One call alive in the assembler: its id and caller in one buffer, its events in order of time.</summary>
internal struct Call
{
    public ulong Hash;
    public int Next, Generation, Given;
    public long LastSeen, EndSeen;
    public bool IsDue, IsTold, HasOrphans;
    private byte[] _text;
    private CallEntry[] _entries;
    private int _idLength, _callerLength, _count;
    private long _callerAt;

    public readonly ReadOnlySpan<byte> Id => _text.AsSpan(0, _idLength);
    public readonly ReadOnlySpan<byte> Caller => _text.AsSpan(_idLength, _callerLength);
    public readonly Span<CallEntry> Entries => _entries.AsSpan(0, _count);

    public void Start(ulong hash, ReadOnlySpan<byte> id, int next)
    {
        _text ??= new byte[48];
        _entries ??= new CallEntry[4];
        (Hash, Next, _idLength, _callerLength, _count, Given) = (hash, next, 0, 0, 0, 0);
        LastSeen = EndSeen = _callerAt = long.MinValue;
        IsDue = IsTold = HasOrphans = false;
        Append(id);
        _idLength = id.Length;
    }

    /// <summary>The first caller id in order of time.</summary>
    public void NameCaller(ReadOnlySpan<byte> caller, long at)
    {
        if (caller.IsEmpty || _callerLength > 0 && at >= _callerAt)
            return;
        Append(caller);
        (_callerLength, _callerAt) = (caller.Length, at);
    }

    public Insertion Insert(in CallEntry entry, int limit)
    {
        var at = _count;
        while (at > 0 && _entries[at - 1].Time > entry.Time)
            at--;
        for (var i = at - 1; i >= 0 && _entries[i].Time == entry.Time; i--)
        {
            if (_entries[i].Repeats(in entry))
                return Insertion.Repeated;
        }
        if (_count == limit)
            return Insertion.Full;
        if (_count == _entries.Length)
            Array.Resize(ref _entries, _count * 2);
        if (at < _count)
            Array.Copy(_entries, at, _entries, at + 1, _count - at);
        _entries[at] = entry;
        _count++;
        IsTold = false;
        return Insertion.Kept;
    }

    /// <summary>Readies the place for another call; buffers grown large are let go.</summary>
    public void End()
    {
        Generation++;
        if (_entries.Length > 32)
            _entries = new CallEntry[4];
        if (_text.Length > 256)
            _text = new byte[48];
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (_idLength + bytes.Length > _text.Length)
            Array.Resize(ref _text, Math.Max(_text.Length * 2, _idLength + bytes.Length));
        bytes.CopyTo(_text.AsSpan(_idLength));
    }
}

/// <summary>The calls alive, found by their id: chains in arrays, places used again, no allocation once grown.</summary>
internal sealed class CallTable
{
    private Call[] _calls = new Call[64];
    private int[] _heads = new int[128];
    private int _used, _free = -1;

    public int Count { get; private set; }

    public ref Call this[int slot] => ref _calls[slot];

    public bool IsCurrent(int slot, int generation) => _calls[slot].Generation == generation;

    public ref Call FindOrAdd(ReadOnlySpan<byte> id, out int slot, out bool added)
    {
        var hash = ByteHash.Of(id);
        ref var head = ref _heads[(int)hash & _heads.Length - 1];
        for (slot = head - 1; slot >= 0; slot = _calls[slot].Next)
        {
            ref var known = ref _calls[slot];
            if (known.Hash != hash || !id.SequenceEqual(known.Id))
                continue;
            added = false;
            return ref known;
        }
        added = true;
        slot = _free;
        if (slot >= 0)
            _free = _calls[slot].Next;
        else
        {
            if (_used == _calls.Length)
                Grow();
            slot = _used++;
            head = ref _heads[(int)hash & _heads.Length - 1];
        }
        ref var call = ref _calls[slot];
        call.Start(hash, id, head - 1);
        head = slot + 1;
        Count++;
        return ref call;
    }

    public void Remove(int slot)
    {
        ref var call = ref _calls[slot];
        ref var head = ref _heads[(int)call.Hash & _heads.Length - 1];
        if (head - 1 == slot)
            head = call.Next + 1;
        else
        {
            var before = head - 1;
            while (_calls[before].Next != slot)
                before = _calls[before].Next;
            _calls[before].Next = call.Next;
        }
        call.End();
        call.Next = _free;
        _free = slot;
        Count--;
    }

    private void Grow()
    {
        Array.Resize(ref _calls, _used * 2);
        _heads = new int[_calls.Length * 2];
        // Only a table without free places grows, so every place is a call.
        for (var slot = 0; slot < _used; slot++)
        {
            ref var call = ref _calls[slot];
            ref var head = ref _heads[(int)call.Hash & _heads.Length - 1];
            call.Next = head - 1;
            head = slot + 1;
        }
    }
}

/// <summary>Calls to look at again once the log has passed a time: first in, first out, in a ring that grows.</summary>
internal sealed class RecheckQueue
{
    private (int Slot, int Generation, long At)[] _ring = new (int, int, long)[64];
    private int _first;

    public int Count { get; private set; }

    public void Clear() => Count = 0;

    public void Add(int slot, int generation, long at)
    {
        if (Count == _ring.Length)
        {
            var larger = new (int, int, long)[Count * 2];
            for (var i = 0; i < Count; i++)
                larger[i] = _ring[_first + i & Count - 1];
            (_ring, _first) = (larger, 0);
        }
        _ring[_first + Count++ & _ring.Length - 1] = (slot, generation, at);
    }

    /// <summary>Takes the first call when its time is before <paramref name="clock"/>.</summary>
    public bool TryTake(long clock, out int slot, out int generation)
    {
        (slot, generation) = (-1, 0);
        if (Count == 0 || _ring[_first].At >= clock)
            return false;
        (slot, generation, _) = _ring[_first];
        _first = _first + 1 & _ring.Length - 1;
        Count--;
        return true;
    }
}
