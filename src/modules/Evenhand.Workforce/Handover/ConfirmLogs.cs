using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Workforce.Roster;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Evenhand.Workforce.Handover;

/// <summary>The leader who arrives has read all logs that are signed so far. Leaders who leave may go once everybody who arrives has read theirs.</summary>
internal sealed class ConfirmLogs(HandoverDesk desk)
{
    /// <param name="Read">Number of the last log read.</param>
    /// <param name="Unread">Logs signed since; 0 now.</param>
    public sealed record Confirmed(string Team, int Read, int Unread);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/handovers/{id:guid}/arriving/{team}/logs", async (Guid id, string team, ConfirmLogs slice, CancellationToken cancel) =>
        (await slice.Run(id, team, cancel)).ToReply()).WithName(nameof(ConfirmLogs)).WithSummary("Confirms that the signed logs were read").Needs(Rights.HandOver);

    public async Task<Outcome<Confirmed>> Run(Guid id, string team, CancellationToken cancel)
    {
        if ((await desk.Take(id, team, false, Rights.HandOver, true, cancel)).Refused(out var refusal, out var taken)) return refusal;
        var (turn, side) = taken;
        await using var ends = turn;
        var before = side.Log;
        if (turn.Flow.ReadLogs(side.TeamId).Refused(out refusal, out var decided)) return refusal;
        turn.Apply(decided);
        await turn.Sign(side.TeamId, "read", new
        {
            Team = turn.People.Centre.TeamName(side.TeamId), turn.Handover.At,
            Logs = turn.Teams.Where(t => t.Leaves && t.Log > before && t.Log <= side.Log).OrderBy(t => t.Log).Select(t => new { t.Log, Team = turn.People.Centre.TeamName(t.TeamId), t.SignedBy, t.SignedAt }),
        }, cancel);
        await turn.Save(cancel);
        return new Confirmed(team, side.Log, 0);
    }
}
