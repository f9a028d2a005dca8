using System.Collections.Concurrent;
using System.Text.Json;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Evenhand.Measurement.Wallboard;

/// <summary>Keeps boards on walls true: a tile goes out when it shows something else than before, after a change of the floor at once and every five seconds for what changes with time.</summary>
internal sealed partial class BoardFeed : LiveFeed
{
    public const string Kind = "board";
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<(string Board, string Tile), string> last = new();
    private readonly ConcurrentDictionary<string, int> versions = new();
    private readonly IServiceScopeFactory scopes;
    private readonly ILivePages pages;
    private readonly ILogger<BoardFeed> log;
    private readonly IDisposable listening;

    public BoardFeed(IFloor floor, IServiceScopeFactory scopes, ILivePages pages, TimeProvider clock, ILogger<BoardFeed> log) : base(Kind, Pace, pages, clock)
    {
        (this.scopes, this.pages, this.log) = (scopes, pages, log);
        listening = floor.Listen(_ => Stir());
    }

    /// <summary>All tiles as they are now.</summary>
    public async Task<IReadOnlyList<LiveFragment>> Now(string id, CancellationToken cancel)
    {
        Follow(id);
        await using var scope = Scope();
        var reading = scope.ServiceProvider.GetRequiredService<BoardReading>();
        return await reading.Find(Guid.Parse(id), cancel) is { } board ? [.. new BoardFigures(board.Definition, await reading.Facts(cancel)).Pages().SelectMany(p => p).Select(Fragment)] : [];
    }

    protected override async Task Draw(IReadOnlyList<string> ids, bool isDue, CancellationToken cancel)
    {
        await using var scope = Scope();
        var reading = scope.ServiceProvider.GetRequiredService<BoardReading>();
        var facts = await reading.Facts(cancel);
        foreach (var id in ids)
        {
            if (await reading.Find(Guid.Parse(id), cancel) is not { } board) continue;
            var topic = $"{Kind}:{id}";
            if (versions.TryGetValue(id, out var known) && known != board.Version) pages.Refresh(topic);
            versions[id] = board.Version;
            foreach (var figure in new BoardFigures(board.Definition, facts).Pages().SelectMany(p => p))
            {
                // The running second is the browser's own; only where it began and how it stands is sent.
                var print = JsonSerializer.Serialize(figure.Since is null ? figure : figure with { Value = null });
                if (last.GetValueOrDefault((id, figure.Id)) == print) continue;
                last[(id, figure.Id)] = print;
                pages.Push(topic, Fragment(figure));
            }
        }
    }

    protected override void Failed(Exception fault) => NotDrawn(log, fault);

    protected override void Dispose(bool disposing)
    {
        listening.Dispose();
        base.Dispose(disposing);
    }

    private static LiveFragment Fragment(WallTile.Figure figure) => LiveFragment.Of<WallTile>(figure.Id, () => new() { ["Of"] = figure });

    private AsyncServiceScope Scope()
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentAccess>().Set(Access.System("wallboard"));
        return scope;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The wallboards were not brought up to date")]
    private static partial void NotDrawn(ILogger log, Exception fault);
}

/// <summary>Boards: open to whoever may look at them, by session or by a link of their own.</summary>
internal sealed class BoardTopic(BoardFeed feed, BoardReading reading, IOrganisation organisation) : ILiveTopic
{
    public string Kind => BoardFeed.Kind;

    public async Task<bool> May(Access access, string id, CancellationToken cancel) =>
        Guid.TryParse(id, out var board) && await reading.Find(board, cancel) is { } known && BoardReading.May(access, known.Definition, await organisation.Read(cancel));

    public async ValueTask<IReadOnlyList<LiveFragment>> Now(string id, CancellationToken cancel) => await feed.Now(id, cancel);
}
