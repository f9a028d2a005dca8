using System.ComponentModel.DataAnnotations;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Evenhand.Measurement.Wallboard;

/// <summary>Makes and ends links by which a wall shows one board without anybody signed in.</summary>
internal sealed class ShareBoard(IShareKeys keys, BoardReading reading, IOrganisation organisation, CurrentAccess current)
{
    /// <param name="Name">Where it hangs.</param>
    /// <param name="ExpiresAt">When it ends by itself; never without it.</param>
    public sealed record Request([Required, MaxLength(100)] string Name, DateTimeOffset? ExpiresAt = null);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/wallboards/{id:guid}/links", async (Guid id, ShareBoard slice, CancellationToken cancel) => (await slice.All(id, cancel)).ToReply())
            .WithName("ListBoardLinks").WithSummary("The links of a wallboard").Needs(Rights.EditWallboard);
        api.MapPost("/wallboards/{id:guid}/links", async (Guid id, Request request, ShareBoard slice, CancellationToken cancel) => (await slice.Run(id, request, cancel)).ToReply())
            .WithName(nameof(ShareBoard)).WithSummary("Makes a link to a wallboard; its address is told once").Needs(Rights.EditWallboard);
        api.MapDelete("/wallboards/{id:guid}/links/{link:guid}", async (Guid id, Guid link, ShareBoard slice, CancellationToken cancel) => (await slice.End(id, link, cancel)).ToReply())
            .WithName("EndBoardLink").WithSummary("Ends a link at once").Needs(Rights.EditWallboard);
    }

    public async Task<Outcome<MadeShareKey>> Run(Guid id, Request request, CancellationToken cancel)
    {
        if ((await Shared(id, cancel)).Refused(out var refusal, out var unit)) return refusal;
        return await keys.Make(new NewShareKey(request.Name, Subject(id), $"/wallboard/{id}", Rights.Wallboard, unit.Id, request.ExpiresAt), cancel);
    }

    public async Task<Outcome<List<ShareKey>>> All(Guid id, CancellationToken cancel) =>
        (await Shared(id, cancel)).Refused(out var refusal) ? refusal : (await keys.Of(Subject(id), cancel)).ToList();

    public async Task<Outcome<Done>> End(Guid id, Guid link, CancellationToken cancel) =>
        (await Shared(id, cancel)).Refused(out var refusal) ? refusal : await keys.Revoke(link, Subject(id), cancel);

    private static string Subject(Guid id) => $"{BoardFeed.Kind}:{id}";

    /// <summary>Over which unit a link holds: the whole centre, or the part that the one who shares may see and the board needs.</summary>
    private async Task<Outcome<(bool IsKnown, Guid? Id)>> Shared(Guid id, CancellationToken cancel)
    {
        var centre = await organisation.Read(cancel);
        if (await reading.Find(id, cancel) is not { } board || !BoardReading.May(current.Access, board.Definition, centre)) return new Refusal("measurement.board.not-found");
        var scope = current.Access.ScopeOf(Rights.Wallboard);
        if (scope.All) return (true, null);
        var needed = board.Definition.IsPrivate ? null : BoardFigures.UnitsOf(board.Definition, centre);
        var over = centre.Units.Values.Where(u => scope.Units.Contains(u.Id) && (needed is null || needed.IsSubsetOf(centre.Below(u.Id)))).OrderByDescending(u => centre.Below(u.Id).Count).FirstOrDefault();
        return over is null ? new Refusal("measurement.board.not-allowed") : (true, over.Id);
    }
}
