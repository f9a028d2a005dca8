namespace Evenhand.Telephony.QueueLogs;

/// <summary>Cuts a stream of byte chunks into lines in constant memory: a line that spans chunks is carried over, any other is a view into the chunk. Ends of line are LF or CR LF; a UTF-8 mark at the very start is dropped.</summary>
/// <example><code>
/// var chunk = buffer.AsSpan(0, read);
/// while (splitter.TryRead(ref chunk, out var line, out var fault)) { … }
/// // after the last chunk:
/// if (splitter.TryReadLast(out var last, out fault)) { … }
/// </code></example>
public sealed class LineSplitter
{
    private readonly int _maxLineBytes;
    private byte[] _carry = new byte[256];
    private int _carried;
    private bool _tooLong;

    /// <summary>A splitter at the start of a stream.</summary>
    /// <param name="maxLineBytes">The longest line in bytes, without its end, that is given whole; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxLineBytes"/> is below 1.</exception>
    public LineSplitter(int maxLineBytes = 8192)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLineBytes, 1);
        _maxLineBytes = maxLineBytes;
    }

    /// <summary>The number of the line read last, from 1; 0 before the first. Blank lines count.</summary>
    public long LineNumber { get; private set; }

    /// <summary>Reads the next line that ends in the chunk.</summary>
    /// <param name="chunk">What is left of the chunk; moved past the line. Call again until false, then bring the next chunk.</param>
    /// <param name="line">The line without its end; valid until the next call. With a fault, its first bytes.</param>
    /// <param name="fault"><see cref="QueueLogFault.LineTooLong"/> or <see cref="QueueLogFault.None"/>.</param>
    /// <returns>False when the chunk is used up; an unended rest is carried over.</returns>
    public bool TryRead(ref ReadOnlySpan<byte> chunk, out ReadOnlySpan<byte> line, out QueueLogFault fault)
    {
        var end = chunk.IndexOf((byte)'\n');
        if (end < 0)
        {
            Carry(chunk);
            chunk = line = default;
            fault = QueueLogFault.None;
            return false;
        }
        line = chunk[..end];
        chunk = chunk[(end + 1)..];
        if (_carried > 0 || _tooLong)
        {
            Carry(line);
            line = _carry.AsSpan(0, _carried);
        }
        fault = Finish(ref line);
        return true;
    }

    /// <summary>Reads the last line when the stream does not end with an end of line, and makes the splitter ready for another stream.</summary>
    /// <param name="line">The line; valid until the next call.</param>
    /// <param name="fault"><see cref="QueueLogFault.LineTooLong"/> or <see cref="QueueLogFault.None"/>.</param>
    /// <returns>False when nothing was left.</returns>
    public bool TryReadLast(out ReadOnlySpan<byte> line, out QueueLogFault fault)
    {
        line = _carry.AsSpan(0, _carried);
        var any = _carried > 0 || _tooLong;
        fault = any ? Finish(ref line) : QueueLogFault.None;
        return any;
    }

    private QueueLogFault Finish(ref ReadOnlySpan<byte> line)
    {
        if (++LineNumber == 1 && line.StartsWith("\uFEFF"u8))
            line = line[3..];
        if (line.Length > 0 && line[^1] == '\r')
            line = line[..^1];
        var tooLong = _tooLong || line.Length > _maxLineBytes;
        if (tooLong)
            line = line[..Math.Min(line.Length, _maxLineBytes)];
        _carried = 0;
        _tooLong = false;
        return tooLong ? QueueLogFault.LineTooLong : QueueLogFault.None;
    }

    private void Carry(ReadOnlySpan<byte> part)
    {
        // Room for a mark and a CR beyond the longest line, so that neither makes a line too long.
        var room = _maxLineBytes + 4 - _carried;
        if (part.Length > room)
        {
            part = part[..room];
            _tooLong = true;
        }
        if (_carried + part.Length > _carry.Length)
            Array.Resize(ref _carry, Math.Max(_carry.Length * 2, _carried + part.Length));
        part.CopyTo(_carry.AsSpan(_carried));
        _carried += part.Length;
    }
}
