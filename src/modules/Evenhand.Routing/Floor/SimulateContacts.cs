using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Evenhand.Kernel;

namespace Evenhand.Routing.Floor;

/// <summary>Makes contacts come to a running floor by its API, for who wants to try a desk without a telephone system. Bounded in number and time; only to this machine unless that is said.</summary>
internal sealed partial class SimulateContacts(TimeProvider clock)
{
    public const int MostAMinute = 600;
    private const int MostInAll = 20_000;
    private const double LeavesShare = 0.1;
    private static readonly TimeSpan Longest = TimeSpan.FromHours(8);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);
    private static readonly string[] Names = ["王芳", "李强", "张敏", "刘洋", "陈静", "赵磊"];

    /// <param name="Url">Where the program serves.</param>
    /// <param name="Key">An API key that may feed the floor.</param>
    /// <param name="Queues">Codes of queues that take calls, by turns.</param>
    /// <param name="AMinute">How many come in a minute, on average.</param>
    /// <param name="For">How long they come.</param>
    /// <param name="Seed">Where chance begins.</param>
    /// <param name="Anywhere">Also to another machine.</param>
    public sealed record Request(Uri Url, string Key, IReadOnlyList<string> Queues, double AMinute, TimeSpan For, int Seed = 1, bool Anywhere = false);

    /// <param name="Sent">Contacts that came.</param>
    /// <param name="Left">Customers who hung up before they were served, or asked to.</param>
    public sealed record Simulated(int Sent, int Left);

    /// <summary>`6/min`, `2/s`, `120/h` as a number a minute; null for what is none.</summary>
    public static double? Rate(string text) => RateForm().Match(text) is { Success: true } m && double.TryParse(m.Groups[1].Value, CultureInfo.InvariantCulture, out var number)
        ? m.Groups[2].Value switch { "s" => number * 60, "h" => number / 60, _ => number } : null;

    /// <summary>`90s`, `10m`, `1h`; null for what is none.</summary>
    public static TimeSpan? Length(string text) => LengthForm().Match(text) is { Success: true } m && int.TryParse(m.Groups[1].Value, CultureInfo.InvariantCulture, out var number)
        ? m.Groups[2].Value switch { "s" => TimeSpan.FromSeconds(number), "h" => TimeSpan.FromHours(number), _ => TimeSpan.FromMinutes(number) } : null;

    /// <summary>Why this cannot be done; null when it can.</summary>
    public static Refusal? Problem(Request request)
    {
        if (!request.Url.IsAbsoluteUri || request.Url.Scheme is not ("http" or "https")) return new Refusal("routing.simulate-url", request.Url);
        if (!request.Anywhere && !request.Url.IsLoopback) return new Refusal("routing.simulate-elsewhere", request.Url.Host);
        if (request.AMinute is <= 0 or > MostAMinute) return new Refusal("routing.simulate-rate", MostAMinute);
        if (request.For <= TimeSpan.Zero || request.For > Longest || request.AMinute * request.For.TotalMinutes > MostInAll) return new Refusal("routing.simulate-length", Longest.TotalHours, MostInAll);
        return request.Queues.Count == 0 ? new Refusal("routing.simulate-queues") : null;
    }

    /// <summary>Sends them until the time is over; each refusal of the floor ends it.</summary>
    /// <param name="client">Sends the requests.</param>
    /// <param name="told">Told of each contact that came.</param>
    public async Task<Outcome<Simulated>> Run(Request request, HttpClient client, Action<string> told, CancellationToken cancel)
    {
        if (Problem(request) is { } problem) return problem;
        var (chance, began, run) = (new Random(request.Seed), clock.GetTimestamp(), Guid.CreateVersion7().ToString("N")[..12]);
        var (sent, left) = (0, 0);
        var leaving = new PriorityQueue<Guid, TimeSpan>();
        var next = TimeSpan.Zero;
        while (clock.GetElapsedTime(began) is var passed && passed < request.For && sent < MostInAll)
        {
            while (leaving.TryPeek(out var gone, out var at) && at <= passed)
            {
                leaving.Dequeue();
                using var delete = Message(HttpMethod.Delete, request, $"contacts/{gone}", null);
                using var ended = await client.SendAsync(delete, cancel);
                if (ended.IsSuccessStatusCode) left++;
            }
            if (passed < next)
            {
                var wait = TimeSpan.FromTicks(Math.Min((next - passed).Ticks, TimeSpan.FromMilliseconds(500).Ticks));
                await Task.Delay(wait, clock, cancel);
                continue;
            }
            next += TimeSpan.FromMinutes(-Math.Log(1 - chance.NextDouble()) / request.AMinute);
            var (queue, number, name) = (request.Queues[sent % request.Queues.Count], $"138{chance.Next(0, 50):00000000}", Names[chance.Next(Names.Length)]);
            using var post = Message(HttpMethod.Post, request, "contacts", new ArriveContact.Request("call", queue, "simulated", $"{run}-{sent + 1}", number, name));
            using var answer = await client.SendAsync(post, cancel);
            var body = await answer.Content.ReadAsStringAsync(cancel);
            if (!answer.IsSuccessStatusCode) return new Refusal("routing.simulate-refused", (int)answer.StatusCode, body.Length > 300 ? body[..300] : body);
            sent++;
            told($"{sent}: {queue} {Rules.CustomerKey.Masked(number)}");
            if (chance.NextDouble() < LeavesShare) leaving.Enqueue(JsonDocument.Parse(body).RootElement.GetProperty("id").GetGuid(), passed + (Patience * (0.5 + chance.NextDouble())));
        }
        return new Simulated(sent, left);
    }

    private static HttpRequestMessage Message(HttpMethod method, Request request, string path, object? body)
    {
        var message = new HttpRequestMessage(method, new Uri(request.Url, $"/api/v1/routing/{path}")) { Content = body is null ? null : JsonContent.Create(body) };
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", request.Key);
        return message;
    }

    [GeneratedRegex(@"^(\d+(?:\.\d+)?)(?:/(s|min|h))?$")]
    private static partial Regex RateForm();

    [GeneratedRegex(@"^(\d+)(s|m|h)$")]
    private static partial Regex LengthForm();
}
