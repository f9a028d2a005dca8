using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Workforce.Roster;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Evenhand.Workforce.Handover;

/// <summary>The leader who arrives signs: roll called, logs read, those who hand over have signed. With it they are released and the own team goes to the floor.</summary>
internal sealed class TakeOver(HandoverDesk desk, INotifications notifications)
{
    /// <param name="Released">Codes of the teams that may leave now.</param>
    public sealed record Taken(string Team, string State, IReadOnlyList<string> Released, string? Hash);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/handovers/{id:guid}/arriving/{team}/signature", async (Guid id, string team, TakeOver slice, CancellationToken cancel) =>
        (await slice.Run(id, team, cancel)).ToReply()).WithName(nameof(TakeOver)).WithSummary("Signs for a team that arrives").Needs(Rights.HandOver);

    public async Task<Outcome<Taken>> Run(Guid id, string team, CancellationToken cancel)
    {
        if ((await desk.Take(id, team, false, Rights.HandOver, true, cancel)).Refused(out var refusal, out var taken)) return refusal;
        var (turn, side) = taken;
        await using var ends = turn;
        if (turn.Flow.TakeOver(side.TeamId, turn.Who.AccountId!.Value).Refused(out refusal, out var decided)) return refusal;
        var (people, centre) = (turn.People, turn.People.Centre);
        var waiting = turn.Teams.Where(t => t is { Leaves: true, ReleasedAt: null }).ToList();
        (side.SignedAt, side.SignedBy, side.SignedById) = (turn.Now, turn.Who.Name, turn.Who.AccountId);
        turn.Apply(decided);
        var released = waiting.Where(t => t.ReleasedAt is not null).ToList();
        await turn.Sign(side.TeamId, "take-over", new
        {
            Team = centre.TeamName(side.TeamId), turn.Handover.At, ReadUpTo = side.Log, From = released.Select(t => new { Team = centre.TeamName(t.TeamId), t.Log, t.SignedBy, t.SignedAt }),
            Roll = people.Of(side.TeamId, false).Select(d => new { centre.Agents[d.AgentId].Code, centre.Agents[d.AgentId].Name, people.Marks[d.AgentId].Mark, Seat = d.SeatId is { } seat ? people.Seats.GetValueOrDefault(seat)?.Code : null }),
        }, cancel);
        foreach (var gone in released) await notifications.Tell(Rights.Lead, gone.TeamId, "workforce.told-released", [centre.TeamName(gone.TeamId), centre.TeamName(side.TeamId)], $"/handover/{id}", cancel);
        await turn.Save(cancel);
        return new Taken(team, side.State, [.. released.Select(t => centre.Units[t.TeamId].Code)], turn.LastHash);
    }
}
