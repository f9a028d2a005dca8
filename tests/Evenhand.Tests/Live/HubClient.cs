using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace Evenhand.Tests.Live;

/// <summary>What a hub sent: the name of the message and its arguments.</summary>
public sealed record HubMessage(string Target, JsonElement[] Arguments);

/// <summary>The hub refused a call or ended it with a fault.</summary>
public sealed class HubException(string text) : Exception(text);

/// <summary>A page that listens, without a browser: SignalR's JSON protocol over a web socket.</summary>
public sealed class HubClient : IAsyncDisposable
{
    private const char End = '\u001e';
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(10);

    private readonly WebSocket socket;
    private readonly Channel<HubMessage> heard = Channel.CreateUnbounded<HubMessage>();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> calls = new();
    private readonly SemaphoreSlim writing = new(1);
    private readonly CancellationTokenSource over = new();
    private readonly Task reading;
    private readonly Timer pings;
    private readonly TaskCompletionSource shaken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int number;

    private HubClient(WebSocket socket)
    {
        this.socket = socket;
        reading = Read();
        pings = new Timer(_ => _ = Ping(), null, PingEvery, PingEvery);
    }

    /// <summary>What came, in order; ends when the connection does.</summary>
    public ChannelReader<HubMessage> Messages => heard.Reader;

    /// <summary>Over a socket of a real server.</summary>
    public static async Task<HubClient> Connect(Uri address, string? cookie, CancellationToken cancel = default)
    {
        var socket = new ClientWebSocket();
        if (cookie is not null) socket.Options.SetRequestHeader("Cookie", cookie);
        await socket.ConnectAsync(address, cancel);
        return await Over(socket, cancel);
    }

    /// <summary>Over a socket that is already open.</summary>
    public static async Task<HubClient> Over(WebSocket socket, CancellationToken cancel = default)
    {
        var client = new HubClient(socket);
        await client.Write("""{"protocol":"json","version":1}""");
        await client.shaken.Task.WaitAsync(TimeSpan.FromSeconds(20), cancel);
        return client;
    }

    public Task Join(string topic, string? mark = null) => Invoke("Join", topic, mark);

    public Task Leave(string topic) => Invoke("Leave", topic);

    /// <summary>Calls the hub and waits for its answer.</summary>
    public async Task Invoke(string method, params object?[] arguments)
    {
        var id = Interlocked.Increment(ref number).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var answered = calls[id] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await Write(JsonSerializer.Serialize(new { type = 1, invocationId = id, target = method, arguments }));
        await answered.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    /// <summary>The next message, waited for with a deadline.</summary>
    public async Task<HubMessage> Next()
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return await heard.Reader.ReadAsync(late.Token);
    }

    /// <summary>The text of the next `stream` message.</summary>
    public async Task<string> NextMarkup()
    {
        var message = await Next();
        if (message.Target != "stream") throw new InvalidOperationException($"expected stream, heard {message.Target}");
        return message.Arguments[0].GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        await pings.DisposeAsync();
        await over.CancelAsync();
        socket.Abort();
        await reading;
        socket.Dispose();
        over.Dispose();
        writing.Dispose();
    }

    private async Task Write(string message)
    {
        await writing.WaitAsync();
        try
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(message + End), WebSocketMessageType.Text, true, over.Token);
        }
        finally
        {
            writing.Release();
        }
    }

    private async Task Ping()
    {
        try
        {
            await Write("""{"type":6}""");
        }
        catch (Exception)
        {
            // The connection is over; reading finds out.
        }
    }

    private async Task Read()
    {
        var buffer = new byte[16 * 1024];
        using var message = new MemoryStream();
        try
        {
            while (socket.State is WebSocketState.Open or WebSocketState.CloseSent)
            {
                var got = await socket.ReceiveAsync(buffer, over.Token);
                if (got.MessageType == WebSocketMessageType.Close) break;
                message.Write(buffer, 0, got.Count);
                if (!got.EndOfMessage) continue;
                foreach (var one in Encoding.UTF8.GetString(message.GetBuffer(), 0, (int)message.Length).Split(End, StringSplitOptions.RemoveEmptyEntries)) Hear(one);
                message.SetLength(0);
            }
        }
        catch (Exception)
        {
            // Whoever waits for a message learns it from the channel.
        }
        heard.Writer.TryComplete();
        foreach (var call in calls.Values) call.TrySetException(new HubException("the connection is over"));
    }

    private void Hear(string text)
    {
        using var json = JsonDocument.Parse(text);
        var root = json.RootElement;
        if (!root.TryGetProperty("type", out var type))
        {
            if (root.TryGetProperty("error", out var wrong)) shaken.TrySetException(new HubException(wrong.GetString()!));
            else shaken.TrySetResult();
            return;
        }
        if (type.GetInt32() == 1)
            heard.Writer.TryWrite(new HubMessage(root.GetProperty("target").GetString()!, [.. root.GetProperty("arguments").EnumerateArray().Select(a => a.Clone())]));
        if (type.GetInt32() == 3 && calls.TryRemove(root.GetProperty("invocationId").GetString()!, out var call))
        {
            if (root.TryGetProperty("error", out var error)) call.TrySetException(new HubException(error.GetString()!));
            else call.TrySetResult();
        }
    }
}
