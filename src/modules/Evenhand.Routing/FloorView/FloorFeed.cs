using System.Collections.Concurrent;
using System.Text.Json;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Contracts;
using Evenhand.Routing.Floor;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Evenhand.Routing.FloorView;

/// <summary>Keeps open floor views true: tiles of those who changed, and counts, lines and requests when they are others than before.</summary>
internal sealed partial class FloorFeed : LiveFeed
{
    public const string Kind = "floor";
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);

    // A page may miss what changes between being made and joining.
    private static readonly TimeSpan Missed = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> changed = new();
    private readonly ConcurrentDictionary<(string Topic, string Part), string> last = new();
    private readonly IServiceScopeFactory scopes;
    private readonly ILivePages pages;
    private readonly ILogger<FloorFeed> log;
    private readonly TimeProvider clock;
    private readonly IDisposable listening;
    private DateTimeOffset drawnTo;

    public FloorFeed(LiveFloor floor, IServiceScopeFactory scopes, ILivePages pages, TimeProvider clock, ILogger<FloorFeed> log) : base(Kind, Pace, pages, clock)
    {
        (this.scopes, this.pages, this.clock, this.log) = (scopes, pages, clock, log);
        listening = floor.Listen(Heard);
    }

    /// <summary>What changed of the unit within the last minute, and all that is not a tile.</summary>
    public async Task<IReadOnlyList<LiveFragment>> Now(string id, CancellationToken cancel)
    {
        Follow(id);
        var sheet = await Read(id, cancel);
        var since = clock.GetUtcNow() - Missed;
        return [.. Parts(sheet).Select(p => p.Fragment), .. sheet.Seats.Where(s => changed.TryGetValue(s.AgentId, out var at) && at >= since).Select(s => Tile(s, sheet))];
    }

    protected override async Task Draw(IReadOnlyList<string> ids, bool isDue, CancellationToken cancel)
    {
        var upto = clock.GetUtcNow();
        var touched = changed.Where(c => c.Value >= drawnTo).Select(c => c.Key).ToHashSet();
        foreach (var id in ids)
        {
            var sheet = await Read(id, cancel);
            var topic = $"{Kind}:{id}";
            foreach (var (part, print, fragment) in Parts(sheet))
                if (last.GetValueOrDefault((topic, part)) != print)
                {
                    pages.Push(topic, fragment);
                    last[(topic, part)] = print;
                }
            foreach (var seat in sheet.Seats.Where(s => touched.Contains(s.AgentId))) pages.Push(topic, Tile(seat, sheet));
        }
        drawnTo = upto;
        if (!isDue) return;
        foreach (var (agent, at) in changed)
            if (upto - at > Missed) changed.TryRemove(agent, out _);
    }

    protected override void Failed(Exception fault) => NotDrawn(log, fault);

    protected override void Dispose(bool disposing)
    {
        listening.Dispose();
        base.Dispose(disposing);
    }

    private void Heard(FloorChange change)
    {
        var now = clock.GetUtcNow();
        foreach (var agent in change.Agents) changed[agent] = now;
        Stir();
    }

    private async Task<FloorSheet> Read(string id, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentAccess>().Set(Access.System("floor-view"));
        return await scope.ServiceProvider.GetRequiredService<FloorReading>().Read(id == ShowFloor.Whole ? null : Guid.Parse(id), cancel);
    }

    private static IEnumerable<(string Part, string Print, LiveFragment Fragment)> Parts(FloorSheet sheet) =>
    [
        ("counts", JsonSerializer.Serialize(sheet.Counts), LiveFragment.Of<FloorCounts>("floor-counts", () => new() { ["Unit"] = sheet.Unit?.Code ?? "", ["Counts"] = sheet.Counts })),
        ("queues", JsonSerializer.Serialize(sheet.Queues), LiveFragment.Of<FloorQueues>("floor-queues", () => new() { ["Of"] = sheet.Queues })),
        ("asks", JsonSerializer.Serialize((object[])[sheet.Requests, sheet.Breaks]), LiveFragment.Of<FloorAsks>("floor-asks", () => new() { ["Requests"] = sheet.Requests, ["Breaks"] = sheet.Breaks })),
    ];

    private static LiveFragment Tile(FloorTile.Seat seat, FloorSheet sheet) =>
        LiveFragment.Of<FloorTile>(FloorTile.IdOf(seat.AgentId), () => new() { ["Of"] = seat, ["Break"] = sheet.BreakNames(seat), ["Zone"] = sheet.Zone });

    [LoggerMessage(Level = LogLevel.Error, Message = "The floor view was not brought up to date")]
    private static partial void NotDrawn(ILogger log, Exception fault);
}

/// <summary>Floor views of a unit: open to whoever may see the floor of all of it.</summary>
internal sealed class FloorTopic(FloorFeed feed) : ILiveTopic
{
    public string Kind => FloorFeed.Kind;

    public Task<bool> May(Access access, string id, CancellationToken cancel)
    {
        var scope = access.ScopeOf(Rights.Floor);
        return Task.FromResult(id == ShowFloor.Whole ? scope.All : Guid.TryParse(id, out var unit) && (scope.All || scope.Units.Contains(unit)));
    }

    public async ValueTask<IReadOnlyList<LiveFragment>> Now(string id, CancellationToken cancel) => await feed.Now(id, cancel);
}
