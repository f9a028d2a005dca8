using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Evenhand.Bpmn.Execution;

/// <summary>Rows in the order of their numbers, shared with the state they came from until the first change.</summary>
internal struct Rows<T>(ImmutableArray<T> rows) where T : class, INumbered
{
    private T[] _rows = ImmutableCollectionsMarshal.AsArray(rows) ?? [];
    private bool _own;

    public int Count { get; private set; } = rows.Length;

    /// <summary>The rows; good until the next change.</summary>
    public readonly ReadOnlySpan<T> Span => _rows.AsSpan(0, Count);

    public readonly T this[int index] => _rows[index];

    public readonly T? Find(int id)
    {
        var at = IndexOf(id);
        return at < 0 ? null : _rows[at];
    }

    public void Add(T row)
    {
        if (!_own || Count == _rows.Length) Own(Count + 1);
        if (Count > 0 && _rows[Count - 1].Id >= row.Id)
        {
            var at = ~IndexOf(row.Id);
            Array.Copy(_rows, at, _rows, at + 1, Count - at);
            _rows[at] = row;
        }
        else _rows[Count] = row;
        Count++;
    }

    public void Set(T row)
    {
        if (!_own) Own(Count);
        _rows[IndexOf(row.Id)] = row;
    }

    public bool Remove(int id)
    {
        var at = IndexOf(id);
        if (at < 0) return false;
        if (!_own) Own(Count);
        Array.Copy(_rows, at + 1, _rows, at, Count - at - 1);
        _rows[--Count] = null!;
        return true;
    }

    public void Clear() => (_rows, Count, _own) = ([], 0, true);

    public readonly ImmutableArray<T> Freeze() =>
        Count == 0 ? [] : _rows.Length == Count ? ImmutableCollectionsMarshal.AsImmutableArray(_rows) : [.. _rows.AsSpan(0, Count)];

    private void Own(int atLeast)
    {
        var rows = new T[Math.Max(atLeast, _own ? Math.Max(4, Count * 2) : Count + 2)];
        Array.Copy(_rows, rows, Count);
        (_rows, _own) = (rows, true);
    }

    private readonly int IndexOf(int id)
    {
        int low = 0, high = Count - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var found = _rows[middle].Id;
            if (found == id) return middle;
            if (found < id) low = middle + 1;
            else high = middle - 1;
        }
        return ~low;
    }
}
