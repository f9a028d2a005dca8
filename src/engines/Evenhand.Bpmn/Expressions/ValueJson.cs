using System.Buffers;
using System.Text.Json;

namespace Evenhand.Bpmn.Expressions;

/// <summary>
/// Values as JSON and back, exactly. Numbers are JSON numbers with all their digits; an instant is `{"$at":"2026-03-01T08:30:00+08:00"}`, a
/// duration `{"$for":"P1DT2H"}`, a text with half a character `{"$utf16":"…base64…"}`; a name of a map that begins with `$` is written with a
/// second `$` before it. Lists and maps nest 32 deep at most.
/// </summary>
public static partial class ValueJson
{
    /// <summary>Writes a value as a JSON text.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The text, without blanks; names in ordinal order.</returns>
    /// <exception cref="FormatException">It nests deeper than 32 lists and maps, or a name of a map has half a character.</exception>
    public static string Write(Value value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer)) Write(writer, value, 1);
        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Writes a value.</summary>
    /// <param name="writer">Where to; at a place where a value may stand.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="FormatException">It nests deeper than 32 lists and maps, or a name of a map has half a character.</exception>
    public static void Write(Utf8JsonWriter writer, Value value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Write(writer, value, 1);
    }

    private static void Write(Utf8JsonWriter writer, Value value, int depth)
    {
        switch (value.Kind)
        {
            case ValueKind.Null:
                writer.WriteNullValue();
                break;
            case ValueKind.Boolean:
                writer.WriteBooleanValue(value.AsBoolean);
                break;
            case ValueKind.Number:
                writer.WriteNumberValue(value.AsNumber);
                break;
            case ValueKind.Text when Whole(value.AsText):
                writer.WriteStringValue(value.AsText);
                break;
            case ValueKind.Text:
                Marked(writer, "$utf16", Convert.ToBase64String(System.Runtime.InteropServices.MemoryMarshal.AsBytes(value.AsText.AsSpan())));
                break;
            case ValueKind.Instant:
                Marked(writer, "$at", value.ToString());
                break;
            case ValueKind.Duration:
                Marked(writer, "$for", value.ToString());
                break;
            case var _ when depth > Limits.ValueDepth:
                throw new FormatException($"$: {TooDeep}");
            case ValueKind.List:
                writer.WriteStartArray();
                foreach (var item in value.AsList) Write(writer, item, depth + 1);
                writer.WriteEndArray();
                break;
            default:
                Map(writer, value, depth);
                break;
        }
    }

    private static void Map(Utf8JsonWriter writer, Value value, int depth)
    {
        writer.WriteStartObject();
        foreach (var (name, item) in value.AsMap.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (!Whole(name)) throw new FormatException("$: a name of a map has half a character.");
            writer.WritePropertyName(name.StartsWith('$') ? $"${name}" : name);
            Write(writer, item, depth + 1);
        }
        writer.WriteEndObject();
    }

    private static void Marked(Utf8JsonWriter writer, string mark, string text)
    {
        writer.WriteStartObject();
        writer.WriteString(mark, text);
        writer.WriteEndObject();
    }

    /// <summary>Each surrogate has its other half.</summary>
    internal static bool Whole(string text)
    {
        for (var at = text.AsSpan().IndexOfAnyInRange('\ud800', '\udfff'); at >= 0 && at < text.Length; at++)
        {
            if (!char.IsSurrogate(text[at])) continue;
            if (at + 1 >= text.Length || !char.IsSurrogatePair(text[at], text[at + 1])) return false;
            at++;
        }
        return true;
    }
}
