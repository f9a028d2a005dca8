using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Evenhand.Bench.Floor;

/// <summary>The system that tells of contacts: so many a second, at random moments, by REST with a key.</summary>
internal sealed class Pbx : IDisposable
{
    private readonly HttpClient http;
    private readonly Ledger ledger;
    private readonly Random random = new(7);
    private readonly List<Task> telling = [];
    private int count;

    public Pbx(Uri address, string key, Ledger ledger)
    {
        this.ledger = ledger;
        http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 32 }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public async Task Tell(double aSecond, TimeSpan length)
    {
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < length;)
        {
            telling.Add(Tell());
            await Task.Delay(TimeSpan.FromSeconds(-Math.Log(1 - random.NextDouble()) / aSecond));
        }
        await Task.WhenAll(telling);
        telling.Clear();
    }

    public void Dispose() => http.Dispose();

    private async Task Tell()
    {
        var (code, channel) = BenchCentre.Queues[random.Next(BenchCentre.Queues.Count)];
        var (phase, since) = (ledger.Phase, Stopwatch.GetTimestamp());
        try
        {
            using var reply = await http.PostAsJsonAsync("/api/v1/routing/contacts", new { Channel = channel == Dispatch.Queues.Channel.Call ? "call" : "chat", Queue = code, Source = "pbx", Key = $"{++count}", Customer = $"138{count:00000000}" });
            ledger.Length("arrival", since);
            if (reply.IsSuccessStatusCode) ledger.Tell((await reply.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid(), phase, since);
            else ledger.Errors.Add($"arrival: {(int)reply.StatusCode} {await reply.Content.ReadAsStringAsync()}");
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException)
        {
            ledger.Errors.Add($"arrival: {fault.Message}");
        }
    }
}
