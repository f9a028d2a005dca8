using System.Buffers.Binary;

namespace Evenhand.Telephony.QueueLogs;

/// <summary>A fast 64-bit hash of short byte strings; equal bytes, equal hash, on every machine.</summary>
internal static class ByteHash
{
    private const ulong Odd = 0x9E37_79B9_7F4A_7C15;

    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        var hash = (ulong)bytes.Length * Odd;
        var rest = bytes;
        while (rest.Length > 8)
        {
            hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(rest));
            rest = rest[8..];
        }
        if (bytes.Length >= 8)
            return Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes[^8..]));
        ulong tail = 0;
        foreach (var b in rest)
            tail = tail << 8 | b;
        return Mix(hash ^ tail);
    }

    private static ulong Mix(ulong value)
    {
        var high = Math.BigMul(value, Odd, out var low);
        return high ^ low;
    }
}
