using System.Buffers.Binary;

namespace Evenhand.Intake.Imports;

/// <summary>Passes the bytes of a gzip file on and remembers its end, for a decompressor takes a file cut short for a whole one.</summary>
internal sealed class GzipTap(Stream file) : PassingStream
{
    private readonly byte[] tail = new byte[4];
    private long taken;
    private int members;
    private uint recent;

    /// <summary>Whether the file is whole, given how many bytes came out of it: its last four bytes say how many the last member holds.</summary>
    public bool IsWhole(long unpacked)
    {
        if (taken < 18) return false;
        var told = BinaryPrimitives.ReadUInt32LittleEndian(tail);
        return told == (uint)unpacked || (members > 1 && told < unpacked);
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = file.Read(buffer, offset, count);
        Note(buffer.AsSpan(offset, read));
        return read;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await file.ReadAsync(buffer, cancellationToken);
        Note(buffer.Span[..read]);
        return read;
    }

    private void Note(ReadOnlySpan<byte> bytes)
    {
        taken += bytes.Length;
        foreach (var b in bytes)
        {
            recent = (recent << 8) | b;
            if ((recent & 0xFF_FFFF) == 0x1F_8B_08) members++;
        }
        if (bytes.Length >= 4) bytes[^4..].CopyTo(tail);
        else if (bytes.Length > 0)
        {
            tail.AsSpan(bytes.Length).CopyTo(tail);
            bytes.CopyTo(tail.AsSpan(4 - bytes.Length));
        }
    }
}

/// <summary>A stream that can only be read forward.</summary>
internal abstract class PassingStream : Stream
{
    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
