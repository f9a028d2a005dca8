using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Evenhand.Intake.Archive;

/// <summary>Ids that are the same however often something is imported: UUIDv7 of the thing's own time and of what makes it the one it is.</summary>
internal static class StableId
{
    /// <summary>The id of something that began at a second and is told from others by a text and a number.</summary>
    public static Guid Of(long at, int source, string name, long number)
    {
        Span<byte> key = name.Length <= 200 ? stackalloc byte[12 + 600] : new byte[12 + name.Length * 3];
        BinaryPrimitives.WriteInt32BigEndian(key, source);
        BinaryPrimitives.WriteInt64BigEndian(key[4..], number);
        var length = 12 + Encoding.UTF8.GetBytes(name, key[12..]);
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(key[..length], hash);
        Stamp(hash, at);
        hash[6] = (byte)(0x70 | (hash[6] & 0x0F));
        hash[8] = (byte)(0x80 | (hash[8] & 0x3F));
        return new Guid(hash[..16], true);
    }

    /// <summary>The smallest id of anything that began at this second or later.</summary>
    public static Guid First(long at)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        Stamp(bytes, at);
        return new Guid(bytes, true);
    }

    private static void Stamp(Span<byte> bytes, long at)
    {
        Span<byte> stamp = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(stamp, Math.Clamp(at, 0, 281_474_976_710) * 1000);
        stamp[2..].CopyTo(bytes);
    }
}
