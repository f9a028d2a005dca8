namespace Evenhand.Telephony.Ami;

/// <summary>One message of an Asterisk Manager Interface: <c>Key: Value</c> lines in the order they came. Keys are compared without regard to case, because their case differs between versions.</summary>
public sealed class AmiMessage
{
    private readonly (string Key, string Value)[] _fields;

    /// <summary>A message of its fields.</summary>
    /// <param name="fields">Keys and values in order; a key may come more than once.</param>
    /// <param name="isDamaged">Whether a part was lost: a line without a colon, or more than the reader keeps.</param>
    public AmiMessage(IEnumerable<(string Key, string Value)> fields, bool isDamaged = false) => (_fields, IsDamaged) = ([.. fields], isDamaged);

    /// <summary>The fields in the order they came.</summary>
    public IReadOnlyList<(string Key, string Value)> Fields => _fields;

    /// <summary>Whether a part of the message was lost or could not be read.</summary>
    public bool IsDamaged { get; }

    /// <summary>The event's name; null when the message is not an event.</summary>
    public string? Event => this["Event"];

    /// <summary>Success, Error or another answer; null when the message is not a response. An OriginateResponse event has both.</summary>
    public string? Response => this["Response"];

    /// <summary>The id of the action this message answers or belongs to; null when none.</summary>
    public string? ActionId => this["ActionID"];

    /// <summary>The first value of a key.</summary>
    /// <param name="key">The key, in any case.</param>
    /// <returns>The value, maybe empty; null when the message has no such key.</returns>
    public string? this[string key]
    {
        get
        {
            foreach (var (name, value) in _fields)
            {
                if (name.Equals(key, StringComparison.OrdinalIgnoreCase))
                    return value;
            }
            return null;
        }
    }

    /// <summary>Every value of a repeated key, in order.</summary>
    /// <param name="key">The key, in any case.</param>
    /// <returns>The values; empty when the message has no such key.</returns>
    public IEnumerable<string> All(string key) => _fields.Where(f => f.Key.Equals(key, StringComparison.OrdinalIgnoreCase)).Select(f => f.Value);

    /// <summary>The message as it would stand on the wire, for reading by people.</summary>
    /// <returns>Lines ended with LF.</returns>
    public override string ToString() => string.Concat(_fields.Select(f => $"{f.Key}: {f.Value}\n"));
}
