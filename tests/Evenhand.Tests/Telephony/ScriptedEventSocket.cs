using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Evenhand.Tests.Telephony;

/// <summary>A FreeSWITCH event socket that plays scripts: login, events of mod_callcenter, lists, cuts, gaps, duplicates, slow bytes.</summary>
public sealed class ScriptedEventSocket(params Func<ScriptedServer.Connection, Task>[] scripts) : ScriptedServer(scripts)
{
    /// <summary>Accepts whoever authenticates and subscribes.</summary>
    public static async Task LogIn(Connection connection)
    {
        await connection.Send("Content-Type: auth/request\n\n");
        await connection.Request();
        await connection.Send("Content-Type: command/reply\nReply-Text: +OK accepted\n\n");
        await connection.Request();
        await connection.Send("Content-Type: command/reply\nReply-Text: +OK event listener enabled json\n\n");
    }

    /// <summary>Answers the next requests with these texts, in order.</summary>
    public static async Task Answer(Connection connection, params string[] texts)
    {
        foreach (var text in texts)
        {
            await connection.Request();
            await connection.Send(Frame("api/response", text));
        }
    }

    /// <summary>An event of mod_callcenter as it stands on the wire.</summary>
    public static string Info(string action, int sequence, DateTimeOffset at, params (string Key, string Value)[] headers)
    {
        var all = new Dictionary<string, string>
        {
            ["Event-Name"] = "CUSTOM", ["Event-Subclass"] = "callcenter::info", ["Core-UUID"] = "6d3a9b52-0000-4000-8000-000000000001",
            ["Event-Sequence"] = sequence.ToString(CultureInfo.InvariantCulture),
            ["Event-Date-Timestamp"] = ((at - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond).ToString(CultureInfo.InvariantCulture), ["CC-Action"] = action,
        };
        foreach (var (key, value) in headers)
            all[key] = value;
        return Frame("text/event-json", JsonSerializer.Serialize(all));
    }

    /// <summary>A frame with a body as it stands on the wire.</summary>
    public static string Frame(string type, string body) => string.Create(CultureInfo.InvariantCulture, $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\nContent-Type: {type}\n\n{body}");
}
