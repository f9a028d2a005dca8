using System.Text.Json;

namespace Evenhand.Telephony.EventSocket;

/// <summary>An event of a FreeSWITCH: its headers, whichever of the two formats it came in.</summary>
public sealed class EventSocketEvent
{
    private readonly Dictionary<string, string> _headers;

    private EventSocketEvent(Dictionary<string, string> headers) => _headers = headers;

    /// <summary>The event's name, such as CUSTOM or HEARTBEAT.</summary>
    public string? Name => this["Event-Name"];

    /// <summary>A header's value; null when absent.</summary>
    /// <param name="key">The header, in any case.</param>
    /// <returns>The value, decoded.</returns>
    public string? this[string key] => _headers.GetValueOrDefault(key);

    /// <summary>Reads an event from a frame.</summary>
    /// <param name="frame">A <c>text/event-json</c> or <c>text/event-plain</c> frame.</param>
    /// <returns>The event; null when the frame is none or cannot be read.</returns>
    public static EventSocketEvent? Read(EventSocketFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        return frame.ContentType switch
        {
            "text/event-json" => Json(frame.Bytes),
            "text/event-plain" => Plain(frame.Body),
            _ => null,
        };
    }

    private static EventSocketEvent? Json(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
                return null;
            var headers = New();
            foreach (var header in json.RootElement.EnumerateObject())
                headers[header.Name] = header.Value.ValueKind == JsonValueKind.String ? header.Value.GetString()! : header.Value.GetRawText();
            return new(headers);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static EventSocketEvent? Plain(string body)
    {
        var headers = New();
        foreach (var line in body.Split('\n'))
        {
            if (line.Length == 0)
                break;
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
                headers[line[..colon]] = Uri.UnescapeDataString(line[(colon + 1)..].Trim());
        }
        return headers.Count == 0 ? null : new(headers);
    }

    private static Dictionary<string, string> New() => new(StringComparer.OrdinalIgnoreCase);
}
