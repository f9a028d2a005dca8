using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Evenhand.Dispatch;
using Evenhand.Dispatch.Queues;
using Evenhand.Kernel;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Floor;
using Evenhand.Routing.Rules;
using Evenhand.Routing.WorkItems;
using Evenhand.Tests.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Tests.Floor;

/// <summary>Thirty desks and three feeds that work against the program over HTTP, and a journal of everything that was acknowledged to them.</summary>
internal sealed class FloorLoad : IAsyncDisposable
{
    private const int People = 30;
    private static readonly string[] Channels = ["call", "call", "chat"];
    private readonly TestCentre centre;
    private readonly int seed;
    private readonly CancellationTokenSource stop = new();
    private readonly List<Task> loops = [];
    private readonly ConcurrentDictionary<Guid, bool?> onDuty = new();
    private volatile TaskCompletionSource gate = new();
    private IReadOnlyList<(Guid Id, string Code, string Cookie)> desks = [];
    private ILookup<Guid?, ContactRow> live = Array.Empty<ContactRow>().ToLookup(r => r.Agent);
    private string feed = "";
    private FloorProcess process = null!;
    private volatile bool closing;
    private int busy, keys, notStored;

    private FloorLoad(TestCentre centre, int seed) => (this.centre, this.seed) = (centre, seed);

    public TestCentre Centre => centre;

    public ConcurrentDictionary<string, int> Tried { get; } = new();

    public ConcurrentDictionary<string, Guid> Arrived { get; } = new();

    public ConcurrentDictionary<string, Guid> Ordered { get; } = new();

    public ConcurrentDictionary<Guid, string> Completed { get; } = new();

    public ConcurrentBag<(Guid Contact, Guid Agent)> Accepted { get; } = [];

    public ConcurrentBag<string> Faults { get; } = [];

    /// <summary>Whether the program may fail now, as its store does.</summary>
    public bool MayFail { get; set; }

    /// <summary>How often the floor said that a step was not stored, and so not done.</summary>
    public int NotStored => notStored;

    public static async Task<FloorLoad> Make(Store store, int seed)
    {
        var centre = await TestCentre.Start(store);
        var load = new FloorLoad(centre, seed);
        var all = await centre.Do(Establish);
        var people = new List<(Guid, string, string)>();
        for (var i = 0; i < People; i++) people.Add((all.AgentOf($"{i:00}"), $"{i:00}", Cookie(await centre.SignIn("agent", null, $"{i:00}"))));
        (load.desks, load.feed) = (people, Cookie(await centre.SignIn("manager")));
        return load;

        static string Cookie(HttpClient client) => client.DefaultRequestHeaders.GetValues("Cookie").Single();
    }

    /// <summary>Points everybody at a process, waits until its floor runs, and lets them work.</summary>
    public async Task Work(FloorProcess at)
    {
        await Runs(at);
        process = at;
        if (loops.Count == 0)
        {
            loops.Add(Loop(new Random(seed), (_, _) => Watch(), feed));
            foreach (var desk in desks) loops.Add(Loop(new Random(seed + 100 + loops.Count), (client, random) => Act(client, desk.Id, desk.Code, random), desk.Cookie));
            for (var i = 0; i < 3; i++) loops.Add(Loop(new Random(seed + 1000 + i), (client, random) => random.Next(8) == 0 ? Order(client) : Arrive(client, random), feed));
        }
        gate.TrySetResult();
    }

    public async Task Runs(FloorProcess at)
    {
        using var client = at.Client(desks[0].Cookie);
        for (var i = 0; await Send(client, "desk/beat") is not HttpStatusCode.OK; i++)
        {
            if (i > 1200) throw new TimeoutException($"the floor does not run: {at.Said}");
            await Task.Delay(50);
        }
    }

    /// <summary>Nobody begins anything more, and what was begun has an answer or never will.</summary>
    public async Task Rest()
    {
        gate = new TaskCompletionSource();
        await FloorCentre.Until(() => Volatile.Read(ref busy) == 0);
    }

    /// <summary>Nothing new comes; what is there is worked off.</summary>
    public async Task WorkOff()
    {
        closing = true;
        for (var i = 0; await centre.Do(s => s.GetRequiredService<EvenhandDb>().FloorContacts.CountAsync(c => c.EndedAt == null)) is var left and > 0; i++)
        {
            if (i > 600) throw new TimeoutException($"{left} contacts are left");
            await Task.Delay(100);
        }
        await Rest();
    }

    /// <summary>Holds the store against the journal.</summary>
    public async Task<IReadOnlyList<string>> Check()
    {
        var story = await centre.Do(s => FloorStory.Read(s.GetRequiredService<EvenhandDb>()));
        List<string> faults = [.. story.Faults, .. Faults];
        var kept = story.Contacts.Where(c => c.Source == "load").ToLookup(c => c.SourceKey);
        faults.AddRange(Arrived.Where(a => kept[a.Key].ToList() is not [var one] || one.Id != a.Value).Select(a => $"{a.Key} was acknowledged as {a.Value} and is there {kept[a.Key].Count()} times"));
        var byId = story.Contacts.ToDictionary(c => c.Id);
        faults.AddRange(Completed.Where(c => byId.GetValueOrDefault(c.Key)?.Outcome != "completed").Select(c => $"{c.Key} was completed and is {byId.GetValueOrDefault(c.Key)?.Outcome ?? "there"}"));
        var accepted = story.Steps.Where(s => s.Kind == OutputKind.Accepted).Select(s => (s.ContactId!.Value, s.AgentId!.Value)).ToHashSet();
        faults.AddRange(Accepted.Where(a => !accepted.Contains(a)).Select(a => $"{a.Contact} was accepted by {a.Agent}, and nothing is known of it"));
        var items = await centre.Do(s => s.GetRequiredService<EvenhandDb>().WorkItems.AsNoTracking().Where(i => i.Key != null).ToListAsync());
        faults.AddRange(Ordered.Where(o => items.Count(i => i.Key == o.Key) != 1 || items.Single(i => i.Key == o.Key).Id != o.Value).Select(o => $"work item {o.Key} is there {items.Count(i => i.Key == o.Key)} times"));
        var signedIn = story.Presence.GroupBy(p => p.AgentId).ToDictionary(p => p.Key, p => p.Last().To != Evenhand.Dispatch.Presence.EffectiveState.SignedOut);
        faults.AddRange(onDuty.Where(d => d.Value is { } told && told != signedIn.GetValueOrDefault(d.Key)).Select(d => $"{d.Key} was told to be {(d.Value == true ? "on" : "off")} duty"));
        var priorities = story.Contacts.Where(c => Tried.ContainsKey(c.SourceKey)).ToDictionary(c => c.Id, c => Tried[c.SourceKey]);
        faults.AddRange((await centre.Do(s => story.Violations(s, priorities))).Select(v => $"{v.Contact} was passed over by {v.Decision.Contact}"));
        return faults;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        gate.TrySetResult();
        await Task.WhenAll(loops);
        await centre.DisposeAsync();
    }

    private static async Task<OrganisationSnapshot> Establish(IServiceProvider services)
    {
        var organisation = services.GetRequiredService<IOrganisation>();
        await organisation.Establish(new OrganisationPlan("Asia/Shanghai", [new("centre", null, UnitKind.Centre, "海湾中心"), .. Enumerable.Range(0, 3).Select(t => new PlannedUnit($"T{t}", "centre", UnitKind.Team, $"{t} 组"))],
            [.. Enumerable.Range(0, People).Select(i => new PlannedAgent($"{i:00}", $"坐席 {i:00}", SampleCentre.Start, null, [($"T{i % 3}", SampleCentre.Start, null)]))], [new("call", "咨询"), new("chat", "在线"), new("orders", "订单")]), default);
        var (all, db) = (await organisation.Read(default), services.GetRequiredService<EvenhandDb>());
        foreach (var queue in all.Queues.Values)
        {
            var channel = queue.Code switch { "call" => Channel.Call, "chat" => Channel.Chat, _ => Channel.WorkItem };
            FloorCentre.Rule(db, RuleKind.Queue, queue.Id, new QueueDefinition { Routed = true, Channel = channel, WrapUpSeconds = channel == Channel.Call ? 2 : 0, OfferSeconds = 5, RetrySeconds = 3, AgeingPerMinute = 1 });
        }
        await db.RaiseRules(default);
        await db.SaveChangesAsync();
        return all;
    }

    private async Task Loop(Random random, Func<HttpClient, Random, Task> act, string cookie)
    {
        (FloorProcess At, HttpClient Client)? known = null;
        while (!stop.IsCancellationRequested)
        {
            await gate.Task;
            Interlocked.Increment(ref busy);
            try
            {
                var at = process;
                if (known?.At != at) known = (at, at.Client(cookie));
                if (gate.Task.IsCompleted) await act(known.Value.Client, random);
            }
            finally
            {
                Interlocked.Decrement(ref busy);
            }
            await Task.Delay(random.Next(40, 160));
        }
    }

    /// <summary>What the desks see on their screens.</summary>
    private async Task Watch() => live = (await centre.Do(s => s.GetRequiredService<EvenhandDb>().FloorContacts.AsNoTracking().Where(c => c.EndedAt == null && c.Row != null).Select(c => c.Row!).ToListAsync()))
        .Select(r => JsonSerializer.Deserialize<ContactRow>(r, FloorState.Json)!).ToLookup(r => r.Agent);

    private async Task Act(HttpClient client, Guid agent, string code, Random random)
    {
        if (onDuty.GetValueOrDefault(agent) != true)
        {
            await Duty(client, agent, true, "desk/sign-in");
            return;
        }
        var luck = random.Next(100);
        if (live[agent].ToList() is { Count: > 0 } mine)
        {
            await Serve(client, agent, mine[random.Next(mine.Count)], code, closing ? 50 : luck, random);
            return;
        }
        if (closing) await Send(client, "desk/state", new { State = luck < 50 ? "ready" : "resume" });
        else if (luck < 3) await Send(client, "desk/break", new { Reason = "rest" });
        else if (luck < 12) await Send(client, "desk/state", new { State = luck < 8 ? "ready" : "resume" });
        else if (luck < 14) await Duty(client, agent, false, "desk/sign-off");
        else if (luck < 40) await Send(client, "desk/beat");
    }

    private async Task Serve(HttpClient client, Guid agent, ContactRow contact, string code, int luck, Random random)
    {
        var (id, colleague) = (contact.Arrival.Contact, $"{random.Next(People):00}");
        if (contact.State == ContactState.Offered)
        {
            if (luck < 5) await Send(client, $"desk/contacts/{id}/reject");
            else if (luck > 8 && await Send(client, $"desk/contacts/{id}/accept") == HttpStatusCode.NoContent) Accepted.Add((id, agent));
            return;
        }
        if (luck < 8 && colleague != code) await Send(client, $"desk/contacts/{id}/pass", luck < 5 ? new { Agent = colleague } : new { Agent = "" });
        else if (luck < 16) await Send(client, $"desk/contacts/{id}/{(luck < 12 ? "hold" : "resume")}");
        else if (luck < 30) await Send(client, $"desk/contacts/{id}/end");
        else if (luck < 32) await Send(client, "desk/break", new { Reason = "meal" });
        else if (luck < 34) await Duty(client, agent, false, "desk/sign-off", new { Work = new[] { new { Contact = id, To = colleague } } });
        else if (luck < 70 && await Send(client, $"desk/contacts/{id}/complete", new { WrapUp = "resolved" }) == HttpStatusCode.NoContent) Completed[id] = code;
    }

    private async Task Duty(HttpClient client, Guid agent, bool comes, string path, object? body = null)
    {
        var before = onDuty.GetValueOrDefault(agent);
        onDuty[agent] = null;
        onDuty[agent] = await Send(client, path, body) switch { HttpStatusCode.NoContent => comes, HttpStatusCode.Conflict => before, _ => null };
    }

    private async Task Arrive(HttpClient client, Random random)
    {
        if (closing) return;
        var (key, channel, priority) = ($"k{Interlocked.Increment(ref keys)}", Channels[random.Next(3)], random.Next(10) == 0 ? 5 : 0);
        Tried[key] = priority;
        for (var attempt = 0; attempt < 3; attempt++)
        {
            var reply = await Ask(client, "contacts", new { Channel = channel, Queue = channel, Source = "load", Key = key, Priority = priority, Customer = $"1380000{random.Next(10000):0000}" });
            if (reply is not { } body) continue;
            if (Arrived.GetOrAdd(key, body) != body) Faults.Add($"{key} has two names");
            if (random.Next(5) > 0) break;
            if (random.Next(4) == 0) await Tell(() => client.DeleteAsync($"{DeskCalls.Api}contacts/{body}"));
        }
    }

    private async Task Order(HttpClient client)
    {
        if (closing) return;
        var key = $"o{Interlocked.Increment(ref keys)}";
        for (var attempt = 0; attempt < 3; attempt++)
            if (await Ask(client, "work-items", new { Type = "call-back", Subject = "回拨", Queue = "orders", Key = key, Fields = new Dictionary<string, string> { ["phone"] = "13800007468" } }) is { } id && Ordered.GetOrAdd(key, id) != id)
                Faults.Add($"{key} has two names");
    }

    private async Task<Guid?> Ask(HttpClient client, string path, object body)
    {
        using var reply = await Tell(() => client.PostAsJsonAsync(DeskCalls.Api + path, body));
        if (reply is not { IsSuccessStatusCode: true }) return null;
        try
        {
            return (await reply.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or JsonException)
        {
            return null;
        }
    }

    private async Task<HttpStatusCode?> Send(HttpClient client, string path, object? body = null)
    {
        using var reply = await Tell(() => client.PostAsJsonAsync(DeskCalls.Api + path, body ?? new { }));
        return reply?.StatusCode;
    }

    private async Task<HttpResponseMessage?> Tell(Func<Task<HttpResponseMessage>> send)
    {
        try
        {
            var reply = await send();
            if (MayFail && !reply.IsSuccessStatusCode && (await reply.Content.ReadAsStringAsync()).Contains("floor-not-stored", StringComparison.Ordinal)) Interlocked.Increment(ref notStored);
            if ((reply.StatusCode >= HttpStatusCode.InternalServerError && !MayFail) || reply.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
                Faults.Add($"{reply.StatusCode} to {reply.RequestMessage!.RequestUri}: {await reply.Content.ReadAsStringAsync()}");
            return reply;
        }
        // A server that is killed while a connection is being made shows as a bare socket fault too.
        catch (Exception fault) when (fault is HttpRequestException or IOException or TaskCanceledException or System.Net.Sockets.SocketException)
        {
            return null;
        }
    }
}
