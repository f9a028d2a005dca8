using System.ComponentModel.DataAnnotations;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Workforce.Roster;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Evenhand.Workforce.Handover;

/// <summary>The leader who takes over finds that log or seats are not as signed: the other mends them and signs again. The first signature is kept.</summary>
internal sealed class SendBack(HandoverDesk desk, INotifications notifications)
{
    /// <param name="From">Code of the team that leaves.</param>
    /// <param name="Reason">What is wrong.</param>
    public sealed record Request([Required, MaxLength(100)] string From, [Required, MinLength(2), MaxLength(500)] string Reason);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/handovers/{id:guid}/arriving/{team}/send-back", async (Guid id, string team, Request request, SendBack slice, CancellationToken cancel) =>
        (await slice.Run(id, team, request, cancel)).ToReply()).WithName(nameof(SendBack)).WithSummary("Sends a signed handover back with the reason").Needs(Rights.HandOver);

    public async Task<Outcome<Done>> Run(Guid id, string team, Request request, CancellationToken cancel)
    {
        if ((await desk.Take(id, team, false, Rights.HandOver, true, cancel)).Refused(out var refusal, out var taken)) return refusal;
        var (turn, side) = taken;
        await using var ends = turn;
        var centre = turn.People.Centre;
        if (turn.Teams.FirstOrDefault(t => t.Leaves && centre.Units[t.TeamId].Code == request.From) is not { } leaver) return new Refusal("workforce.side.not-found");
        if (turn.Flow.SendBack(side.TeamId, leaver.TeamId).Refused(out refusal, out var decided)) return refusal;
        await turn.Sign(side.TeamId, "send-back", new { Team = centre.TeamName(leaver.TeamId), turn.Handover.At, leaver.Log, leaver.SignedBy, leaver.SignedAt, request.Reason }, cancel);
        (leaver.SignedAt, leaver.SignedBy, leaver.SignedById, leaver.SentBack) = (null, null, null, request.Reason.Trim());
        turn.Apply(decided);
        await notifications.Tell(Rights.Lead, leaver.TeamId, "workforce.told-sent-back", [centre.TeamName(leaver.TeamId), request.Reason.Trim()], $"/handover/{id}", cancel);
        await turn.Save(cancel);
        return Done.It;
    }
}
