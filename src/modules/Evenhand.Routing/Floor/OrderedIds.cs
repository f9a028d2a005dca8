namespace Evenhand.Routing.Floor;

/// <summary>UUIDv7s that sort in the order in which they were made, also within one millisecond: the history of a step keeps its order.</summary>
internal sealed class OrderedIds
{
    private const int Most = 0xFFF;
    private long last;
    private int count;

    /// <summary>Goes on above an id of before, whatever the clock says by now.</summary>
    public void After(Guid known)
    {
        Span<byte> bytes = stackalloc byte[16];
        known.TryWriteBytes(bytes, true, out _);
        if (Time(bytes) >= last) (last, count) = (Time(bytes) + 1, 0);
    }

    /// <summary>The next id, above all before it.</summary>
    public Guid Next()
    {
        Span<byte> bytes = stackalloc byte[16];
        Guid.CreateVersion7().TryWriteBytes(bytes, true, out _);
        var ms = Time(bytes);
        if (ms > last) (last, count) = (ms, 0);
        else if (++count > Most) (last, count) = (last + 1, 0);
        for (var i = 0; i < 6; i++) bytes[i] = (byte)(last >> (40 - (8 * i)));
        (bytes[6], bytes[7]) = ((byte)(0x70 | (count >> 8)), (byte)count);
        return new Guid(bytes, true);
    }

    private static long Time(ReadOnlySpan<byte> bytes)
    {
        var ms = 0L;
        for (var i = 0; i < 6; i++) ms = (ms << 8) | bytes[i];
        return ms;
    }
}
