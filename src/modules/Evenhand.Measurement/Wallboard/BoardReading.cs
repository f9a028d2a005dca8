using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Measurement.Wallboard;

/// <summary>A board with its definition read.</summary>
internal sealed record KnownBoard(Guid Id, string? Name, BoardDefinition Definition, int Version);

/// <summary>Reads boards, and what their figures are made of.</summary>
internal sealed class BoardReading(EvenhandDb db, IFloor floor, IFloorTallies tallies, IOrganisation organisation, IServiceProvider services, TimeProvider clock)
{
    private const string CallBack = "call-back";

    /// <summary>The board; the standard one is there even when nobody stored it, without a name of its own.</summary>
    public async Task<KnownBoard?> Find(Guid id, CancellationToken cancel) => await db.Boards.AsNoTracking().FirstOrDefaultAsync(b => b.Id == id, cancel) is { } row
        ? new KnownBoard(row.Id, row.Name, BoardDefinition.Parse(row.Definition), row.Version) : id == Board.Standard ? new KnownBoard(id, null, BoardDefinition.Usual, 0) : null;

    public async Task<IReadOnlyList<KnownBoard>> All(CancellationToken cancel)
    {
        var rows = (await db.Boards.AsNoTracking().ToListAsync(cancel)).Select(b => new KnownBoard(b.Id, b.Name, BoardDefinition.Parse(b.Definition), b.Version)).ToList();
        return rows.Exists(b => b.Id == Board.Standard) ? rows : [new KnownBoard(Board.Standard, null, BoardDefinition.Usual, 0), .. rows];
    }

    /// <summary>Whether somebody may look at a board: with names on it only who may see all of its people, without names whoever has the right at all.</summary>
    public static bool May(Access access, BoardDefinition board, OrganisationSnapshot centre)
    {
        var scope = access.ScopeOf(Rights.Wallboard);
        if (scope.IsNothing) return false;
        return board.IsPrivate || scope.All || (BoardFigures.UnitsOf(board, centre) is { Count: > 0 } units && units.All(scope.Units.Contains));
    }

    public async Task<BoardFacts> Facts(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var rostered = services.GetService<IRoster>() is { } roster ? await roster.Duties(now, now.AddSeconds(1), cancel) : null;
        return new BoardFacts(now, floor.Now(), await organisation.Read(cancel), await tallies.Completed(now.AddHours(-1), now, cancel), await tallies.Open(CallBack, now, cancel),
            rostered?.Where(d => d.Start <= now && now < d.End).Select(d => d.AgentId).ToHashSet(), await tallies.BreakReasons(cancel));
    }
}
