using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Evenhand.Bpmn.Timing;

namespace Evenhand.Bpmn.Expressions;

public static partial class ValueJson
{
    private static readonly string TooDeep = $"lists and maps nest deeper than {Limits.ValueDepth}.";

    /// <summary>Reads a value from a JSON text.</summary>
    /// <param name="json">The text.</param>
    /// <returns>The value; of names that stand twice in a map the last.</returns>
    /// <exception cref="FormatException">A number that a decimal of 28 digits cannot hold exactly, a `$at`, `$for` or `$utf16` that is none, another `$` name, half a character, or more than 32 deep; the message begins with the path.</exception>
    /// <exception cref="JsonException">The text is no JSON.</exception>
    public static Value Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json), new JsonReaderOptions { MaxDepth = 1000 });
        var value = Read(ref reader);
        return reader.Read() ? throw new JsonException("More follows the value.") : value;
    }

    /// <summary>Reads a value.</summary>
    /// <param name="element">The JSON.</param>
    /// <returns>The value; of names that stand twice in a map the last.</returns>
    /// <exception cref="FormatException">A number that a decimal of 28 digits cannot hold exactly, a `$at`, `$for` or `$utf16` that is none, another `$` name, half a character, or more than 32 deep; the message begins with the path.</exception>
    public static Value Read(JsonElement element)
    {
        var reader = new Utf8JsonReader(JsonMarshal.GetRawUtf8Value(element), new JsonReaderOptions { MaxDepth = 1000 });
        return Read(ref reader);
    }

    /// <summary>Reads the value at which the reader stands (or the first, where it has not begun) and leaves the reader at its last token.</summary>
    /// <param name="reader">The reader; it must hold the whole value.</param>
    /// <returns>The value; of names that stand twice in a map the last.</returns>
    /// <exception cref="FormatException">A number that a decimal of 28 digits cannot hold exactly, a `$at`, `$for` or `$utf16` that is none, another `$` name, half a character, or more than 32 deep; the message begins with the path.</exception>
    /// <exception cref="JsonException">The text is no JSON.</exception>
    public static Value Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.None) reader.Read();
        try
        {
            return Read(ref reader, 1, out var value) is { } wrong ? throw new FormatException($"${wrong}") : value;
        }
        catch (InvalidOperationException half)
        {
            throw new FormatException($"$: byte {reader.TokenStartIndex}: a text has half a character.", half);
        }
    }

    /// <summary>Null when it is good; else the path from here, a colon and what is wrong.</summary>
    private static string? Read(ref Utf8JsonReader reader, int depth, out Value value)
    {
        value = default;
        switch (reader.TokenType)
        {
            case JsonTokenType.True or JsonTokenType.False:
                value = reader.GetBoolean();
                return null;
            case JsonTokenType.Number:
                return Number(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan, out value);
            case JsonTokenType.String:
                value = reader.GetString();
                return null;
            case JsonTokenType.StartArray or JsonTokenType.StartObject when depth > Limits.ValueDepth && !Mark(reader):
                return $": {TooDeep}";
            case JsonTokenType.StartArray:
                return List(ref reader, depth, out value);
            case JsonTokenType.StartObject:
                return Map(ref reader, depth, out value);
            default:
                return null;
        }
    }

    /// <summary>The object that comes is an instant, a duration or a text; the reader is a copy.</summary>
    private static bool Mark(Utf8JsonReader reader) => reader.TokenType == JsonTokenType.StartObject && reader.Read() && reader.TokenType == JsonTokenType.PropertyName && Marks(reader.GetString()!);

    private static bool Marks(string name) => name is "$" or ['$', not '$', ..];

    private static string? List(ref Utf8JsonReader reader, int depth, out Value value)
    {
        value = default;
        var items = ImmutableArray.CreateBuilder<Value>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (Read(ref reader, depth + 1, out var item) is { } wrong) return $"[{items.Count}]{wrong}";
            items.Add(item);
        }
        value = Value.Of(items.DrainToImmutable());
        return null;
    }

    private static string? Map(ref Utf8JsonReader reader, int depth, out Value value)
    {
        value = default;
        var map = ImmutableDictionary.CreateBuilder<string, Value>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (Marks(name))
            {
                if (map.Count > 0 || Marked(ref reader, name) is not { } marked) return $".{name}: no instant ($at), duration ($for) or text ($utf16); a name that begins with $ is written with $$.";
                value = marked;
                return null;
            }
            if (Read(ref reader, depth + 1, out var item) is { } wrong) return $".{name}{wrong}";
            map[name.StartsWith('$') ? name[1..] : name] = item;
        }
        value = Value.Of(map.ToImmutable());
        return null;
    }

    private static Value? Marked(ref Utf8JsonReader reader, string name)
    {
        if (reader.TokenType != JsonTokenType.String) return null;
        var text = reader.GetString()!;
        if (!reader.Read() || reader.TokenType != JsonTokenType.EndObject) return null;
        return name switch
        {
            "$at" => AsWritten(text, out var at) || Iso8601.TryInstant(text, TimeSpan.Zero, out at) ? Value.Of(at) : Content.None,
            "$for" => Iso8601.TryDuration(text, out var span) ? Value.Of(span) : Content.None,
            "$utf16" => Utf16(text),
            _ => Content.None,
        };
    }

    /// <summary>As we write instants ourselves; others are read too, and slower.</summary>
    private static bool AsWritten(string text, out DateTimeOffset at)
    {
        at = default;
        return text is [.., '+' or '-', _, _, ':', _, _] && DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out at);
    }

    private static Value? Utf16(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) && length % 2 == 0 ? new string(MemoryMarshal.Cast<byte, char>(bytes.AsSpan(0, length))) : Content.None;
    }

    private static string? Number(ReadOnlySpan<byte> written, out Value value)
    {
        if (!decimal.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) number = 0;
        value = number;
        // Up to 28 digits without an exponent are always exact.
        if (written.Length <= 28 && written.IndexOfAny((byte)'e', (byte)'E') < 0) return null;
        var text = Encoding.UTF8.GetString(written);
        return Digits(text) == Digits(number.ToString(CultureInfo.InvariantCulture)) ? null : $": the number {(text.Length > 60 ? text[..60] : text)} has more than 28 digits or is out of range.";
    }

    /// <summary>The digits that count and the power of ten of the last: two writings of one number have the same.</summary>
    private static (string Digits, long Power) Digits(string written)
    {
        var e = written.AsSpan().IndexOfAny('e', 'E');
        var mantissa = e >= 0 ? written[..e] : written;
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal).TrimStart('-').TrimStart('0');
        var counting = digits.TrimEnd('0');
        if (counting.Length == 0) return ("", 0);
        if (!long.TryParse(e >= 0 ? written.AsSpan(e + 1) : "0", NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var power) || Math.Abs(power) > 1_000_000) return (counting, long.MaxValue);
        if (point >= 0) power -= mantissa.Length - point - 1;
        return (counting, power + digits.Length - counting.Length);
    }
}
