using System.Text;
using Evenhand.Telephony.QueueLogs;

namespace Evenhand.Telephony.Ami;

/// <summary>
/// Cuts what an Asterisk Manager Interface sends into messages, wherever the bytes were cut on the way. Never throws, whatever comes; memory is bounded by
/// <see cref="MaxLineBytes"/> and <see cref="MaxMessageBytes"/>: what is beyond is dropped and the message marked as damaged.
/// </summary>
public sealed class AmiReader
{
    /// <summary>The longest line kept whole, in bytes.</summary>
    public const int MaxLineBytes = 16_384;

    /// <summary>The most bytes kept of one message.</summary>
    public const int MaxMessageBytes = 262_144;

    private readonly LineSplitter _lines = new(MaxLineBytes);
    private readonly List<(string Key, string Value)> _fields = [];
    private int _bytes;
    private bool _damaged;

    /// <summary>Whether a first line came: the greeting, if this is an Asterisk Manager Interface.</summary>
    public bool HasStarted { get; private set; }

    /// <summary>The greeting, such as <c>Asterisk Call Manager/13.0.0</c>; null until it came, and for ever when the first line was another.</summary>
    public string? Banner { get; private set; }

    /// <summary>How many lines could not be read (no colon, too long) since the start.</summary>
    public long BadLines { get; private set; }

    /// <summary>Takes a chunk of bytes.</summary>
    /// <param name="chunk">The bytes, cut anywhere.</param>
    /// <param name="messages">Every message that is complete with them is added here, in order.</param>
    public void Read(ReadOnlySpan<byte> chunk, ICollection<AmiMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        while (_lines.TryRead(ref chunk, out var line, out var fault))
        {
            if (line.IsEmpty && fault == QueueLogFault.None)
                End(messages);
            else
                Take(line, fault);
        }
    }

    private void Take(ReadOnlySpan<byte> line, QueueLogFault fault)
    {
        var first = !HasStarted;
        HasStarted = true;
        if (first && line.StartsWith("Asterisk Call Manager"u8))
        {
            Banner = Encoding.UTF8.GetString(line);
            return;
        }
        var colon = line.IndexOf((byte)':');
        if (colon <= 0 || fault != QueueLogFault.None)
        {
            BadLines++;
            _damaged = true;
        }
        // A field costs its bytes and the place it takes, so that a million empty fields are bounded too.
        if (colon <= 0 || (_bytes += line.Length + 32) > MaxMessageBytes)
        {
            _damaged = true;
            return;
        }
        var value = line[(colon + 1)..];
        _fields.Add((Encoding.UTF8.GetString(line[..colon].TrimEnd((byte)' ')), Encoding.UTF8.GetString(value.StartsWith(" "u8) ? value[1..] : value)));
    }

    private void End(ICollection<AmiMessage> messages)
    {
        if (_fields.Count > 0)
            messages.Add(new(_fields, _damaged));
        _fields.Clear();
        (_bytes, _damaged) = (0, false);
    }
}
