using System.Buffers.Binary;

namespace Evenhand.Telephony.QueueLogs;

/// <summary>A fast 64-bit hash of short byte strings; equal bytes, equal hash, on every machine.</summary>
internal static class ByteHash
{
    private const ulong Odd = 0x9E37_79B9_7F4A_7C15, Other = 0xD6E8_FEB8_6659_FD93;

    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        var hash = (ulong)bytes.Length * Odd;
        if (bytes.Length > 16)
        {
            for (var rest = bytes; rest.Length > 16; rest = rest[8..])
                hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(rest), Odd);
        }
        // The last bytes as two words that may overlap.
        if (bytes.Length >= 8)
            return Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes[Math.Max(0, bytes.Length - 16)..]), Other ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes[^8..]));
        ulong word = 0;
        foreach (var b in bytes)
            word = word << 8 | b;
        return Mix(hash ^ word, Other);
    }

    private static ulong Mix(ulong left, ulong right)
    {
        var high = Math.BigMul(left, right, out var low);
        return high ^ low;
    }
}
