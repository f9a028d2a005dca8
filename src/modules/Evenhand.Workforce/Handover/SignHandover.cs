using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Workforce.Roster;
using Evenhand.Workforce.Seats;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Evenhand.Workforce.Handover;

/// <summary>The leader who leaves signs: log written, every seat looked at. What was signed stays as it is.</summary>
internal sealed class SignHandover(HandoverDesk desk, LiveFloor live, INotifications notifications)
{
    /// <param name="State">Where the team stands now: Signed, or further if nobody else has to sign.</param>
    /// <param name="Hash">Of what was signed.</param>
    public sealed record Signed(string Team, string State, int Log, string? Hash);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/handovers/{id:guid}/leaving/{team}/signature", async (Guid id, string team, SignHandover slice, CancellationToken cancel) =>
        (await slice.Run(id, team, cancel)).ToReply()).WithName(nameof(SignHandover)).WithSummary("Signs the handover of a team that leaves").Needs(Rights.HandOver);

    public async Task<Outcome<Signed>> Run(Guid id, string team, CancellationToken cancel)
    {
        if ((await desk.Take(id, team, true, Rights.HandOver, true, cancel)).Refused(out var refusal, out var taken)) return refusal;
        var (turn, side) = taken;
        await using var ends = turn;
        if (turn.Flow.Sign(side.TeamId, turn.Who.AccountId!.Value).Refused(out refusal, out var decided)) return refusal;
        var (people, centre) = (turn.People, turn.People.Centre);
        var log = HandoverLog.Read(side.Written)!;
        var open = LiveFloor.Open(live.Now(), people.Of(side.TeamId, true).Select(d => d.AgentId));
        if (open is { } now && now.Contacts + now.Orders > 0 && log.InHand.Length == 0) return new Refusal("workforce.in-hand-missing", now.Contacts, now.Orders);
        (side.SignedAt, side.SignedBy, side.SignedById, side.SentBack) = (turn.Now, turn.Who.Name, turn.Who.AccountId, null);
        turn.Apply(decided);
        await turn.Sign(side.TeamId, "hand-over", new
        {
            Team = centre.TeamName(side.TeamId), turn.Handover.At, side.Log, Text = log, InHandNow = open is { } held ? new { held.Contacts, held.Orders } : null,
            Seats = people.SeatsOf(side.TeamId).Select(s => people.Checks[s.Id] is var c ? new { s.Code, c.State, c.Note, c.By } : null),
            People = people.Of(side.TeamId, true).Select(d => new { centre.Agents[d.AgentId].Code, centre.Agents[d.AgentId].Name, Seat = d.SeatId is { } seat ? people.Seats.GetValueOrDefault(seat)?.Code : null, d.Start, d.End }),
        }, cancel);
        if (side.SuccessorId is { } next) await notifications.Tell(Rights.Lead, next, "workforce.told-signed", [centre.TeamName(side.TeamId), $"{centre.Local(turn.Handover.At):HH:mm}"], $"/handover/{id}", cancel);
        await turn.Save(cancel);
        return new Signed(team, side.State, side.Log, turn.LastHash);
    }
}
