using System.Net.Http.Json;
using System.Text.Json;
using Evenhand.Kernel;
using Evenhand.Routing.Talk;
using Evenhand.Tests.Floor;
using Evenhand.Tests.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Tests.Talk;

/// <summary>The sample centre with its floor and a clock that a test moves; what falls due is done when the test says so. The queues belong to the centre's units.</summary>
internal sealed class TalkCentre : IAsyncDisposable
{
    public const string Api = "/api/v1/routing/";
    private readonly FloorCentre floor;

    private TalkCentre(FloorCentre floor, MovedClock clock) => (this.floor, Clock) = (floor, clock);

    public MovedClock Clock { get; }

    public FloorCentre Floor => floor;

    public TestCentre Centre => floor.Centre;

    public static async Task<TalkCentre> Start(Store store)
    {
        var clock = new MovedClock();
        var floor = await FloorCentre.Start(store, (_, rules) => rules with { LastAgentSeconds = 60 }, clock);
        var talk = new TalkCentre(floor, clock);
        var manager = await talk.SignIn("manager");
        foreach (var queue in new[] { "sales", "orders" }) (await manager.PutAsJsonAsync($"{Api}queues/{queue}/units", new { Units = new[] { "centre" } })).IsSuccessStatusCode.ShouldBeTrue();
        return talk;
    }

    /// <summary>The usual settings, but for those given.</summary>
    public static Task<HttpResponseMessage> Settle(HttpClient manager, int helpSeconds = 60, int reminderMinutes = 30, int attempts = 3, int retryMinutes = 30, int peakWaiting = 10, int peakSeconds = 120, int peakMinutes = 5, params object[] mailboxes) =>
        manager.PutAsJsonAsync($"{Api}talk/settings", new
        {
            HelpSeconds = helpSeconds, ReminderMinutes = reminderMinutes, PromiseMinutes = 60, Attempts = attempts, RetryMinutes = retryMinutes, PeakWaiting = peakWaiting, PeakLongestSeconds = peakSeconds, PeakMinutes = peakMinutes, PeakCalm = 1, Mailboxes = mailboxes,
        });

    public Task<HttpClient> SignIn(string role, string? unit = null, string? agent = null) => Centre.SignIn(role, unit, agent);

    /// <summary>A call in the hands of an agent at the desk.</summary>
    public async Task<(HttpClient Desk, Guid Call)> Talking(string agent = "a1", string customer = "13800007468", HttpClient? desk = null)
    {
        desk ??= await floor.Desk(agent);
        var call = await floor.Arrive(Guid.CreateVersion7().ToString(), customer: customer);
        (await desk.On(call, "accept")).IsSuccessStatusCode.ShouldBeTrue();
        return (desk, call);
    }

    /// <summary>Does what fell due, as another node would that has just begun.</summary>
    public async Task<int> Due()
    {
        var node = ActivatorUtilities.CreateInstance<Deadlines>(Centre.Services);
        var done = await node.Run(default);
        await node.Release();
        return done;
    }

    public static async Task<List<string>> Bells(HttpClient client)
    {
        var page = await (await client.GetAsync("/api/v1/platform/notifications")).Json();
        return [.. page.GetProperty("rows").EnumerateArray().Select(r => r.GetProperty("text").GetString()!)];
    }

    public Task<T> Read<T>(Func<EvenhandDb, Task<T>> read) => floor.Read(read);

    public ValueTask DisposeAsync() => floor.DisposeAsync();
}

/// <summary>The real time, moved ahead as far as a test likes.</summary>
internal sealed class MovedClock : TimeProvider
{
    private TimeSpan ahead;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;

    public void Move(TimeSpan by) => ahead += by;
}

internal static class TalkCalls
{
    public static Task<HttpResponseMessage> Send(this HttpClient client, string what, object? body = null) => client.PostAsJsonAsync(TalkCentre.Api + what, body ?? new { });

    public static async Task<JsonElement> Look(this HttpClient client, string what) => await (await client.GetAsync(TalkCentre.Api + what)).Json();

    public static async Task<Guid> Id(this Task<HttpResponseMessage> answer, string name = "id") => (await (await answer).Json()).GetProperty(name).GetGuid();

    public static async Task Succeeds(this Task<HttpResponseMessage> answer)
    {
        var given = await answer;
        given.IsSuccessStatusCode.ShouldBeTrue(await given.Content.ReadAsStringAsync());
    }

    public static async Task Refused(this Task<HttpResponseMessage> answer, string code, int status = 409) => (await (await answer).CodeOf(status)).ShouldBe(code);
}
