using System.ComponentModel.DataAnnotations;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Workforce.Roster;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Evenhand.Workforce.Handover;

/// <summary>Lets a team go without both signatures, or names another team that takes over from it; an exception that is signed and recorded with its reason.</summary>
internal sealed class LetGo(HandoverDesk desk, IAuditTrail trail)
{
    /// <param name="Reason">Why both signatures cannot be waited for.</param>
    /// <param name="Successor">Code of a team that takes over instead; without it the team and its leader may leave now.</param>
    public sealed record Request([Required, MinLength(2), MaxLength(500)] string Reason, [MaxLength(100)] string? Successor = null);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/handovers/{id:guid}/leaving/{team}/let-go", async (Guid id, string team, Request request, LetGo slice, CancellationToken cancel) =>
        (await slice.Run(id, team, request, cancel)).ToReply()).WithName(nameof(LetGo)).WithSummary("Lets a team go, or names who takes over, with a reason").Needs(Rights.LetGo);

    public async Task<Outcome<Done>> Run(Guid id, string team, Request request, CancellationToken cancel)
    {
        if ((await desk.Take(id, team, true, Rights.LetGo, true, cancel)).Refused(out var refusal, out var taken)) return refusal;
        var (turn, side) = taken;
        await using var ends = turn;
        var centre = turn.People.Centre;
        var next = string.IsNullOrEmpty(request.Successor) ? null : turn.Teams.FirstOrDefault(t => !t.Leaves && centre.Units[t.TeamId].Code == request.Successor);
        if (next is null && !string.IsNullOrEmpty(request.Successor)) return new Refusal("workforce.team.not-found", request.Successor);
        if ((next is null ? turn.Flow.LetGo(side.TeamId) : turn.Flow.Hand(side.TeamId, next.TeamId)).Refused(out refusal, out var decided)) return refusal;
        turn.Apply(decided);
        var what = new { Team = centre.TeamName(side.TeamId), turn.Handover.At, Successor = next is null ? null : centre.TeamName(next.TeamId), request.Reason };
        await turn.Sign(side.TeamId, next is null ? "let-go" : "hand-to", what, cancel);
        trail.Record(next is null ? "workforce.audit-let-go" : "workforce.audit-hand-to", "workforce_handover", id.ToString(), what);
        await turn.Save(cancel);
        return Done.It;
    }
}
