using System.Buffers;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Evenhand.Bench.Floor;

/// <summary>A desk as the program's clients see it: one browser with a session, a socket to the hub that is sent what the desk shows, and requests for everything a person does.</summary>
internal sealed partial class Desk : IAsyncDisposable
{
    private const char End = '\u001e';
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);
    private readonly HttpClient http;
    private readonly ClientWebSocket socket = new();
    private readonly CancellationTokenSource over = new();
    private readonly Uri address;
    private readonly Person person;
    private readonly Ledger ledger;
    private readonly Random random;
    private readonly HashSet<Guid> seen = [];
    private Task work = Task.CompletedTask;
    private int held;

    public Desk(Uri address, Person person, Ledger ledger, int seed)
    {
        (this.address, this.person, this.ledger, random) = (address, person, ledger, new Random(seed));
        http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
        http.DefaultRequestHeaders.Add("Cookie", person.Cookie);
        socket.Options.SetRequestHeader("Cookie", person.Cookie);
    }

    /// <summary>Opens the desk, comes on duty and begins to work.</summary>
    public async Task Open()
    {
        await socket.ConnectAsync(new UriBuilder(address) { Scheme = "ws", Path = "/live" }.Uri, over.Token);
        await Say("""{"protocol":"json","version":1}""");
        await Say($$"""{"type":1,"invocationId":"1","target":"Join","arguments":["desk:{{person.Id}}",null]}""");
        await Post("sign-in", "sign-in");
        work = Task.WhenAll(Listen(), Beat());
    }

    /// <summary>Finishes what is in hand and goes off duty; nothing new comes meanwhile.</summary>
    public async Task Leave()
    {
        await Post("state", "state", new { State = "after-contact-work" });
        while (Volatile.Read(ref held) > 0) await Task.Delay(200);
        await Post("sign-off", "sign-off");
        await over.CancelAsync();
        await work;
    }

    /// <summary>Asks for a break and comes back from it, or takes the wish back.</summary>
    public async Task Rest(TimeSpan length)
    {
        await Post("break", "break", new { Reason = "rest" });
        await Task.Delay(length);
        if (!over.IsCancellationRequested) await Post("state", "state", new { State = "ready" });
    }

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        await work;
        socket.Dispose();
        http.Dispose();
        over.Dispose();
    }

    private async Task Beat()
    {
        await Wait(random.NextDouble() * Every.TotalSeconds);
        while (!over.IsCancellationRequested)
        {
            await Post("beat", "beat");
            if (!over.IsCancellationRequested) await Say("""{"type":6}""");
            await Wait(Every.TotalSeconds);
        }
    }

    private async Task Listen()
    {
        var (buffer, message) = (new byte[16 * 1024], new ArrayBufferWriter<byte>());
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(), over.Token);
                if (part.MessageType == WebSocketMessageType.Close) throw new WebSocketException("closed by the program");
                message.Write(buffer.AsSpan(0, part.Count));
                if (!part.EndOfMessage) continue;
                foreach (var said in Encoding.UTF8.GetString(message.WrittenSpan).Split(End, StringSplitOptions.RemoveEmptyEntries)) Hear(said);
                message.Clear();
            }
        }
        catch (OperationCanceledException)
        {
            // The desk is closed.
        }
        catch (WebSocketException fault)
        {
            if (!over.IsCancellationRequested) ledger.Errors.Add($"socket of {person.Code}: {fault.Message}");
        }
    }

    private void Hear(string said)
    {
        using var message = JsonDocument.Parse(said);
        var root = message.RootElement;
        if (root.TryGetProperty("error", out var error)) ledger.Errors.Add($"hub: {error}");
        if (!root.TryGetProperty("target", out var target) || target.GetString() != "stream") return;
        foreach (Match offer in Offers().Matches(root.GetProperty("arguments")[0].GetString()!))
        {
            var contact = Guid.Parse(offer.Groups[1].Value);
            if (!seen.Add(contact)) continue;
            ledger.Offer(contact);
            _ = Serve(contact);
        }
    }

    [GeneratedRegex("<article[^>]* id=\"offer-([0-9a-f-]{36})\"")]
    private static partial Regex Offers();

    private async Task Serve(Guid contact)
    {
        Interlocked.Increment(ref held);
        try
        {
            await Wait(1 + (2 * random.NextDouble()));
            if (!await Post("accept", $"contacts/{contact}/accept", mayBeGone: true)) return;
            await Wait(15 + (15 * random.NextDouble()));
            await Post("end", $"contacts/{contact}/end");
            await Wait(2 + (4 * random.NextDouble()));
            if (await Post("complete", $"contacts/{contact}/complete", new { WrapUp = "resolved" })) ledger.Completed[contact] = true;
        }
        finally
        {
            Interlocked.Decrement(ref held);
        }
    }

    private async Task<bool> Post(string what, string path, object? body = null, bool mayBeGone = false)
    {
        var since = Stopwatch.GetTimestamp();
        try
        {
            using var reply = await http.PostAsJsonAsync($"/api/v1/routing/desk/{path}", body ?? new { });
            ledger.Length(what, since);
            if (reply.IsSuccessStatusCode) return true;
            if (!mayBeGone || reply.StatusCode != HttpStatusCode.Conflict) ledger.Errors.Add($"{what} of {person.Code}: {(int)reply.StatusCode} {await reply.Content.ReadAsStringAsync()}");
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException)
        {
            ledger.Errors.Add($"{what} of {person.Code}: {fault.Message}");
        }
        return false;
    }

    private Task Say(string json) => socket.SendAsync(Encoding.UTF8.GetBytes(json + End), WebSocketMessageType.Text, true, over.Token);

    private Task Wait(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds), over.Token).ContinueWith(_ => { }, TaskScheduler.Default);
}
