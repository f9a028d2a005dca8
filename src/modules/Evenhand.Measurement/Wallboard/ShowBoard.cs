using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Evenhand.Measurement.Wallboard;

/// <summary>A wallboard with its figures at this moment.</summary>
internal sealed class ShowBoard(BoardReading reading, BoardFeed feed, IOrganisation organisation, CurrentAccess current)
{
    /// <param name="Name">Null for the standard board that nobody named.</param>
    public sealed record Shown(Guid Id, string? Name, int Version, int RotateSeconds, string Theme, bool IsPrivate, IReadOnlyList<string> Queues, IReadOnlyList<string> Units, string? Announcement,
        IReadOnlyList<IReadOnlyList<WallTile.Figure>> Pages, DateTimeOffset At, bool IsRunning);

    public sealed record Line(Guid Id, string? Name, int Pages, IReadOnlyList<string> Queues, IReadOnlyList<string> Units, bool IsPrivate);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/wallboards", async (ShowBoard slice, CancellationToken cancel) => TypedResults.Ok(await slice.All(cancel))).WithName("ListBoards").WithSummary("The wallboards the asker may look at").Needs(Rights.Wallboard);
        api.MapGet("/wallboards/{id:guid}", async (Guid id, ShowBoard slice, CancellationToken cancel) => (await slice.Run(id, cancel)).ToReply())
            .WithName(nameof(ShowBoard)).WithSummary("A wallboard with its figures at this moment").Needs(Rights.Wallboard);
    }

    public async Task<IReadOnlyList<Line>> All(CancellationToken cancel)
    {
        var centre = await organisation.Read(cancel);
        return [.. (await reading.All(cancel)).Where(b => BoardReading.May(current.Access, b.Definition, centre)).OrderBy(b => b.Id != Board.Standard).ThenBy(b => b.Name, StringComparer.CurrentCulture)
            .Select(b => new Line(b.Id, b.Name, b.Definition.Pages.Count, b.Definition.Queues, b.Definition.Units, b.Definition.IsPrivate))];
    }

    public async Task<Outcome<Shown>> Run(Guid id, CancellationToken cancel)
    {
        if (await reading.Find(id, cancel) is not { } board || !BoardReading.May(current.Access, board.Definition, await organisation.Read(cancel))) return new Refusal("measurement.board.not-found");
        feed.Follow(id.ToString());
        return await Show(board, cancel);
    }

    /// <summary>A board that need not be stored yet: for a preview.</summary>
    public async Task<Shown> Show(KnownBoard board, CancellationToken cancel)
    {
        var facts = await reading.Facts(cancel);
        var of = board.Definition;
        return new Shown(board.Id, board.Name, board.Version, of.RotateSeconds, of.Theme, of.IsPrivate, of.Queues, of.Units, of.Announcement, new BoardFigures(of, facts).Pages(), facts.Now, facts.Floor.IsRunning);
    }
}
