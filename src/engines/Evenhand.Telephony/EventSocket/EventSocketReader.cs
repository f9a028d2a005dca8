using System.Globalization;
using System.Text;

namespace Evenhand.Telephony.EventSocket;

/// <summary>One frame of a FreeSWITCH event socket: headers and, when they name its length, a body.</summary>
/// <param name="headers">The headers in order.</param>
/// <param name="body">The body; empty when there is none.</param>
public sealed class EventSocketFrame(IReadOnlyList<(string Key, string Value)> headers, byte[] body)
{
    /// <summary>What the frame is, such as <c>command/reply</c> or <c>text/event-json</c>; empty when it does not say.</summary>
    public string ContentType => this["Content-Type"] ?? "";

    /// <summary>The body, read as UTF-8.</summary>
    public string Body => Encoding.UTF8.GetString(body);

    internal ReadOnlyMemory<byte> Bytes => body;

    /// <summary>The first value of a header.</summary>
    /// <param name="key">The header, in any case.</param>
    /// <returns>The value; null when absent.</returns>
    public string? this[string key] => headers.FirstOrDefault(h => h.Key.Equals(key, StringComparison.OrdinalIgnoreCase)).Value;
}

/// <summary>Cuts what a FreeSWITCH event socket sends into frames, wherever the bytes were cut on the way. Never throws; what breaks the framing ends it, see <see cref="IsBroken"/>.</summary>
public sealed class EventSocketReader
{
    /// <summary>The most bytes of headers in one frame.</summary>
    public const int MaxHeaderBytes = 65_536;

    /// <summary>The longest body taken.</summary>
    public const int MaxBodyBytes = 16_777_216;

    private readonly List<(string, string)> _headers = [];
    private readonly List<byte> _line = [];
    private byte[] _body = [];
    private int _headerBytes, _filled, _expected = -1;

    /// <summary>Whether the bytes cannot be frames: headers or a body beyond bounds, or a length that is none. Nothing more is read, because where the next frame begins is not known.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Takes a chunk of bytes.</summary>
    /// <param name="chunk">The bytes, cut anywhere.</param>
    /// <param name="frames">Every frame that is complete with them is added here, in order.</param>
    public void Read(ReadOnlySpan<byte> chunk, ICollection<EventSocketFrame> frames)
    {
        ArgumentNullException.ThrowIfNull(frames);
        while (!chunk.IsEmpty && !IsBroken)
            chunk = _expected >= 0 ? TakeBody(chunk, frames) : TakeLine(chunk, frames);
    }

    private ReadOnlySpan<byte> TakeLine(ReadOnlySpan<byte> chunk, ICollection<EventSocketFrame> frames)
    {
        var end = chunk.IndexOf((byte)'\n');
        var part = end < 0 ? chunk : chunk[..end];
        if ((_headerBytes += part.Length + 32) > MaxHeaderBytes)
        {
            IsBroken = true;
            return default;
        }
        if (end < 0)
        {
            // Bytes of an unended line are counted once, when the line is whole.
            _headerBytes -= 32;
            _line.AddRange(part);
            return default;
        }
        _line.AddRange(part);
        var line = Encoding.UTF8.GetString([.. _line]).TrimEnd('\r');
        _line.Clear();
        if (line.Length > 0)
            Header(line);
        else if (_headers.Count > 0)
            EndHeaders(frames);
        else
            _headerBytes = 0;
        return chunk[(end + 1)..];
    }

    private void Header(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0)
            _headers.Add((line[..colon].Trim(), line[(colon + 1)..].TrimStart(' ')));
    }

    private void EndHeaders(ICollection<EventSocketFrame> frames)
    {
        var told = _headers.FirstOrDefault(h => h.Item1.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)).Item2;
        var length = 0;
        if (told is not null && (!int.TryParse(told, NumberStyles.None, CultureInfo.InvariantCulture, out length) || length > MaxBodyBytes))
            IsBroken = true;
        else if (length == 0)
            Emit([], frames);
        else
            (_expected, _filled, _body) = (length, 0, new byte[Math.Min(length, 4096)]);
    }

    /// <summary>The buffer grows with what comes, not with what is announced.</summary>
    private ReadOnlySpan<byte> TakeBody(ReadOnlySpan<byte> chunk, ICollection<EventSocketFrame> frames)
    {
        var part = chunk[..Math.Min(chunk.Length, _expected - _filled)];
        if (_filled + part.Length > _body.Length)
            Array.Resize(ref _body, Math.Min(_expected, Math.Max(_body.Length * 2, _filled + part.Length)));
        part.CopyTo(_body.AsSpan(_filled));
        _filled += part.Length;
        if (_filled == _expected)
            Emit(_body.AsSpan(0, _filled).ToArray(), frames);
        return chunk[part.Length..];
    }

    private void Emit(byte[] body, ICollection<EventSocketFrame> frames)
    {
        frames.Add(new([.. _headers], body));
        _headers.Clear();
        (_headerBytes, _expected, _body) = (0, -1, []);
    }
}
