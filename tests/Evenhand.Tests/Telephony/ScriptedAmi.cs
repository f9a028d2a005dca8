using System.Globalization;

namespace Evenhand.Tests.Telephony;

/// <summary>An Asterisk Manager Interface that plays scripts: greeting, login by challenge, events, cuts, gaps, duplicates, slow bytes.</summary>
public sealed class ScriptedAmi(params Func<ScriptedServer.Connection, Task>[] scripts) : ScriptedServer(scripts)
{
    /// <summary>Greets and accepts whoever logs in, up to and with the answer to the choice of events.</summary>
    public static async Task LogIn(Connection connection)
    {
        await connection.Send("Asterisk Call Manager/13.0.0\r\n");
        await Answer(connection, "Challenge", "Response: Success", "Challenge: 118364237");
        await Answer(connection, "Login", "Response: Success", "Message: Authentication accepted");
        await Answer(connection, "Events", "Response: Success", "Events: On");
    }

    /// <summary>Greets and refuses whoever logs in.</summary>
    public static async Task Refuse(Connection connection)
    {
        await connection.Send("Asterisk Call Manager/13.0.0\r\n");
        await Answer(connection, "Challenge", "Response: Success", "Challenge: 118364237");
        await Answer(connection, "Login", "Response: Error", "Message: Authentication failed");
    }

    /// <summary>Answers requests until the named one has been answered; others are acknowledged.</summary>
    public static async Task Answer(Connection connection, string action, params string[] lines)
    {
        while (true)
        {
            var request = await connection.Request();
            var id = Value(request, "ActionID");
            if (Value(request, "Action") == action)
            {
                await connection.Send(Message([lines[0], $"ActionID: {id}", .. lines[1..]]));
                return;
            }
            await connection.Send(Message("Response: Success", $"ActionID: {id}", "Ping: Pong"));
        }
    }

    /// <summary>Answers the next QueueStatus with a full state; pings and other requests before it are acknowledged.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="items">The items, each an event without its ActionID: QueueParams, QueueMember and QueueEntry as lines.</param>
    public static async Task AnswerStatus(Connection connection, params string[][] items)
    {
        while (true)
        {
            var request = await connection.Request();
            var id = Value(request, "ActionID");
            if (Value(request, "Action") != "QueueStatus")
            {
                await connection.Send(Message("Response: Success", $"ActionID: {id}", "Ping: Pong"));
                continue;
            }
            await connection.Send(Message("Response: Success", $"ActionID: {id}", "EventList: start", "Message: Queue status will follow"));
            foreach (var item in items)
                await connection.Send(Message([.. item, $"ActionID: {id}"]));
            await connection.Send(Message("Event: QueueStatusComplete", $"ActionID: {id}", "EventList: Complete", string.Create(CultureInfo.InvariantCulture, $"ListItems: {items.Length}")));
            return;
        }
    }

    /// <summary>A message as it stands on the wire.</summary>
    public static string Message(params string[] lines) => string.Join("\r\n", lines) + "\r\n\r\n";

    /// <summary>A value of a request; null when absent.</summary>
    public static string? Value(string request, string key) =>
        request.Split('\n').FirstOrDefault(l => l.StartsWith(key + ": ", StringComparison.OrdinalIgnoreCase))?[(key.Length + 2)..].Trim();
}
