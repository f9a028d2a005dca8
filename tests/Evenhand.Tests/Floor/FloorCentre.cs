using System.Net.Http.Json;
using System.Text.Json;
using Evenhand.Dispatch.Presence;
using Evenhand.Kernel;
using Evenhand.Routing.Contracts;
using Evenhand.Routing.Floor;
using Evenhand.Routing.Rules;
using Evenhand.Tests.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Channel = Evenhand.Dispatch.Queues.Channel;

namespace Evenhand.Tests.Floor;

/// <summary>The sample centre with its floor running: the queue `sales` takes calls, `orders` work items, `chats` chats. Agents a1, a2 (T1), b1 (T2), c1 (T3).</summary>
internal sealed class FloorCentre : IAsyncDisposable
{
    private readonly TestCentre centre;
    private CancellationTokenSource stop = new();
    private MovedClock? moved;
    private Task run = Task.CompletedTask;

    private FloorCentre(TestCentre centre) => this.centre = centre;

    public TestCentre Centre => centre;

    public LiveFloor Floor => centre.Services.GetRequiredService<LiveFloor>();

    public TestRoster Roster { get; private set; } = null!;

    public static async Task<FloorCentre> Start(Store store, Func<string, QueueDefinition, QueueDefinition>? adjust = null, TimeProvider? clock = null)
    {
        var roster = new TestRoster();
        var centre = await TestCentre.Start(store, builder =>
        {
            builder.Services.AddSingleton<IRoster>(roster);
            builder.Services.AddSingleton<IRelease>(roster);
            if (clock is not null) builder.Services.AddSingleton(clock);
        });
        await centre.Establish();
        await centre.Do(async services =>
        {
            var db = services.GetRequiredService<EvenhandDb>();
            var organisation = services.GetRequiredService<Evenhand.Platform.Contracts.IOrganisation>();
            await organisation.Establish(new Evenhand.Platform.Contracts.OrganisationPlan(null, [], [], [new("orders", "订单"), new("chats", "在线客服")]), default);
            var all = await organisation.Read(default);
            foreach (var (code, channel) in new[] { ("sales", Channel.Call), ("orders", Channel.WorkItem), ("chats", Channel.Chat) })
            {
                var rules = new QueueDefinition { Routed = true, Channel = channel, WrapUpSeconds = channel == Channel.Call ? 30 : 0, OfferSeconds = 20 };
                Rule(db, RuleKind.Queue, all.Queues.Values.Single(q => q.Code == code).Id, adjust?.Invoke(code, rules) ?? rules);
            }
            await db.RaiseRules(default);
            await db.SaveChangesAsync();
        });
        var floor = new FloorCentre(centre) { Roster = roster, moved = clock as MovedClock };
        await floor.Open();
        return floor;
    }

    public static void Rule<T>(EvenhandDb db, string kind, Guid subject, T body) => db.Add(new RuleVersion
    {
        Kind = kind, Subject = subject, Version = 1, Definition = JsonSerializer.Serialize(body, RuleJson.Options), At = TimeProvider.System.GetUtcNow(), By = "test",
    });

    /// <summary>Starts the floor, as the program does; waits until it runs. With a clock that is moved it goes only by <see cref="Pass"/> and <see cref="Ask{T}"/>.</summary>
    public async Task Open()
    {
        if (moved is not null)
        {
            (await Floor.Begin(default)).ShouldBeTrue();
            return;
        }
        stop = new CancellationTokenSource();
        run = Task.Run(() => Floor.Run(stop.Token));
        await Until(() => Floor.Now().IsRunning);
    }

    /// <summary>Lets time pass on a floor with a clock that is moved, a second at a time.</summary>
    public async Task Pass(int seconds, int stride = 1)
    {
        for (var i = 0; i < seconds; i += stride)
        {
            moved!.Pass(TimeSpan.FromSeconds(stride));
            await Floor.Step(default);
        }
    }

    /// <summary>Has a floor with a clock that is moved decide something, in one step with whatever else was asked.</summary>
    public async Task<T> Ask<T>(Func<FloorState, T> act)
    {
        var asked = Floor.Do<T>(state => act(state), default);
        await Floor.Step(default);
        return (await asked).Value;
    }

    /// <summary>Stops it between two steps, as a restart does.</summary>
    public async Task Close()
    {
        await stop.CancelAsync();
        await run;
    }

    public async Task Reopen()
    {
        if (moved is null) await Close();
        await Open();
    }

    public static async Task Until(Func<bool> holds)
    {
        for (var i = 0; !holds(); i++)
        {
            if (i > 2400) throw new TimeoutException("what was waited for did not come");
            await Task.Delay(25);
        }
    }

    public async Task<Guid> Agent(string code) => (await centre.Organisation()).AgentOf(code);

    public async Task<Guid> Queue(string code) => (await centre.Organisation()).Queues.Values.Single(q => q.Code == code).Id;

    /// <summary>Someone at a desk, signed in to the program and to the floor.</summary>
    public async Task<HttpClient> Desk(string agent, bool onDuty = true)
    {
        var client = await centre.SignIn("agent", null, agent);
        if (onDuty) (await client.Act("sign-in")).IsSuccessStatusCode.ShouldBeTrue();
        return client;
    }

    public async Task<Guid> Arrive(string key, string queue = "sales", string channel = "call", string? customer = null, DateTimeOffset? at = null)
    {
        var done = await centre.Do(s => s.GetRequiredService<ArriveContact>().Run(new(channel, queue, "test", key, customer, ArrivedAt: at), default));
        return done.Value.Id;
    }

    public Task<T> Look<T>(Func<FloorState, T> look) => Task.Run(async () => (await Floor.Do<T>(state => look(state), default)).Value);

    public async Task<EffectiveState> StateOf(string agent)
    {
        var id = await Agent(agent);
        return await Look(f => f.Presence(id).Effective);
    }

    public Task<T> Read<T>(Func<EvenhandDb, Task<T>> read) => centre.Do(s => read(s.GetRequiredService<EvenhandDb>()));

    public async ValueTask DisposeAsync()
    {
        await Close();
        await centre.DisposeAsync();
    }
}

/// <summary>A roster that a test writes; nobody keeps one until it does.</summary>
internal sealed class TestRoster : IRoster, IRelease
{
    /// <summary>Whether the handover is signed; null while none is kept.</summary>
    public bool? Released { get; set; }

    public Task<bool?> IsReleased(Guid team, DateTimeOffset at, CancellationToken cancel) => Task.FromResult(Released);

    public List<RosteredDuty>? Published { get; set; }

    public Task<IReadOnlyList<RosteredDuty>?> Duties(DateTimeOffset from, DateTimeOffset to, CancellationToken cancel) => Task.FromResult<IReadOnlyList<RosteredDuty>?>(Published);
}

internal static class DeskCalls
{
    public const string Api = "/api/v1/routing/";

    public static Task<HttpResponseMessage> Act(this HttpClient client, string what, object? body = null) => client.PostAsJsonAsync($"{Api}desk/{what}", body ?? new { });

    public static Task<HttpResponseMessage> On(this HttpClient client, Guid contact, string what, object? body = null) => client.Act($"contacts/{contact}/{what}", body);
}
