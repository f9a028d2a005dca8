using System.ComponentModel.DataAnnotations;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Measurement.Wallboard;

/// <summary>Lays a wallboard out, anew or differently; open walls show it at once. What the one who saves may not see cannot be put on it.</summary>
internal sealed class SaveBoard(EvenhandDb db, IOrganisation organisation, CurrentAccess current, TimeProvider clock)
{
    private const int MostPages = 8;
    private const int MostTiles = 12;

    /// <param name="Kind">Code of what it shows.</param>
    /// <param name="Lower">Where attention begins, in the unit it is read in.</param>
    /// <param name="Upper">Where it is wrong, or right where more is better.</param>
    public sealed record Tile([Required, MaxLength(40)] string Kind, double? Lower = null, double? Upper = null);

    /// <param name="Version">The version that was changed; 0 for one that is not stored yet.</param>
    /// <param name="Pages">Tiles page by page.</param>
    public sealed record Request([Required, MaxLength(100)] string Name, int Version, IReadOnlyList<IReadOnlyList<Tile>> Pages, [MaxLength(100)] IReadOnlyList<string>? Queues = null, [MaxLength(100)] IReadOnlyList<string>? Units = null,
        [Range(0, 600)] int RotateSeconds = 20, bool IsPrivate = true, [RegularExpression("dark|light")] string Theme = "dark", [MaxLength(300)] string? Announcement = null);

    public sealed record Saved(Guid Id, int Version);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPut("/wallboards/{id:guid}", async (Guid id, Request request, SaveBoard slice, CancellationToken cancel) => (await slice.Run(id, request, cancel)).ToReply())
            .WithName(nameof(SaveBoard)).WithSummary("Lays a wallboard out; an id that is not known makes a new one").Needs(Rights.EditWallboard);
        api.MapDelete("/wallboards/{id:guid}", async (Guid id, SaveBoard slice, CancellationToken cancel) => (await slice.Remove(id, cancel)).ToReply())
            .WithName("RemoveBoard").WithSummary("Removes a wallboard; the standard one comes back as it was").Needs(Rights.EditWallboard);
    }

    public async Task<Outcome<Saved>> Run(Guid id, Request request, CancellationToken cancel)
    {
        var definition = Definition(request);
        var centre = await organisation.Read(cancel);
        if (Fault(definition, centre) is { } fault) return fault;
        if (!MayEdit(definition, centre)) return new Refusal("measurement.board.not-allowed");
        var row = await db.Boards.FirstOrDefaultAsync(b => b.Id == id, cancel);
        if ((row?.Version ?? 0) != request.Version) return new Refusal("measurement.board-changed");
        if (row is not null && !MayEdit(BoardDefinition.Parse(row.Definition), centre)) return new Refusal("measurement.board.not-allowed");
        if (row is null) db.Boards.Add(row = new Board { Id = id, Name = request.Name.Trim(), Definition = "", Version = 0, ChangedAt = clock.GetUtcNow(), ChangedBy = current.Access.Name });
        (row.Name, row.Definition, row.Version, row.ChangedAt, row.ChangedBy) = (request.Name.Trim(), definition.ToJson(), row.Version + 1, clock.GetUtcNow(), current.Access.Name);
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException)
        {
            return new Refusal("measurement.board-changed");
        }
        return new Saved(id, row.Version);
    }

    public async Task<Outcome<Done>> Remove(Guid id, CancellationToken cancel)
    {
        if (await db.Boards.FirstOrDefaultAsync(b => b.Id == id, cancel) is not { } row) return new Refusal("measurement.board.not-found");
        if (!MayEdit(BoardDefinition.Parse(row.Definition), await organisation.Read(cancel))) return new Refusal("measurement.board.not-allowed");
        db.Boards.Remove(row);
        await db.SaveChangesAsync(cancel);
        return Done.It;
    }

    public static BoardDefinition Definition(Request request) => new()
    {
        Queues = request.Queues ?? [], Units = request.Units ?? [], RotateSeconds = request.RotateSeconds, IsPrivate = request.IsPrivate, Theme = request.Theme,
        Announcement = string.IsNullOrWhiteSpace(request.Announcement) ? null : request.Announcement.Trim(), Pages = [.. request.Pages.Where(p => p.Count > 0).Select(p => new BoardSheet([.. p.Select(t => new TileSpec(t.Kind, t.Lower, t.Upper))]))],
    };

    private static Refusal? Fault(BoardDefinition board, OrganisationSnapshot centre)
    {
        if (board.Pages.Count is 0 or > MostPages || board.Pages.Any(p => p.Tiles.Count > MostTiles)) return new Refusal("measurement.board-pages", MostPages, MostTiles);
        foreach (var tile in board.Pages.SelectMany(p => p.Tiles))
        {
            if (TileKind.Of(tile.Kind) is null) return new Refusal("measurement.board-tile-unknown", tile.Kind, string.Join(", ", TileKind.All.Select(k => k.Code)));
            if (tile.Lower > tile.Upper) return new Refusal("measurement.board-limits", tile.Kind);
        }
        if (board.Queues.FirstOrDefault(q => centre.Queues.Values.All(known => known.Code != q)) is { } queue) return new Refusal("measurement.board-queue-unknown", queue);
        return board.Units.FirstOrDefault(u => centre.Units.Values.All(known => known.Code != u)) is { } unit ? new Refusal("measurement.unit.not-found", unit) : null;
    }

    private bool MayEdit(BoardDefinition board, OrganisationSnapshot centre)
    {
        var scope = current.Access.ScopeOf(Rights.EditWallboard);
        return scope.All || (BoardFigures.UnitsOf(board, centre) is { Count: > 0 } units && units.All(scope.Units.Contains));
    }
}
