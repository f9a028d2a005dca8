using System.ComponentModel.DataAnnotations;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Workforce.Roster;
using Evenhand.Workforce.Seats;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Evenhand.Workforce.Handover;

/// <summary>The leader who leaves looks at the team's seats: one, a row, or all that nobody has looked at yet.</summary>
internal sealed class CheckSeats(EvenhandDb db, HandoverDesk desk)
{
    /// <param name="Seats">Codes of seats of the team.</param>
    /// <param name="Row">A row of the map as room/number, in place of seats.</param>
    /// <param name="Rest">All seats of the team nobody has looked at yet, in place of seats.</param>
    /// <param name="State">ok, headset, computer, phone, chair, missing or other.</param>
    public sealed record Request([MaxLength(1000)] IReadOnlyList<string>? Seats = null, [MaxLength(60)] string? Row = null, bool Rest = false, [Required, MaxLength(20)] string State = SeatState.Ok, [MaxLength(200)] string? Note = null);

    public sealed record Checked(int Seats, int Left);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/handovers/{id:guid}/leaving/{team}/seats", async (Guid id, string team, Request request, CheckSeats slice, CancellationToken cancel) =>
        (await slice.Run(id, team, request, cancel)).ToReply()).WithName(nameof(CheckSeats)).WithSummary("Says how a team leaves its seats").Needs(Rights.HandOver);

    public async Task<Outcome<Checked>> Run(Guid id, string team, Request request, CancellationToken cancel)
    {
        if (!SeatState.All.Contains(request.State) || request.State == SeatState.Closed) return new Refusal("workforce.seat-state-unknown", request.State, string.Join(", ", SeatState.All.Where(s => s != SeatState.Closed)));
        if ((await desk.Take(id, team, true, Rights.HandOver, false, cancel)).Refused(out var refusal, out var taken)) return refusal;
        await using var turn = taken.Turn;
        if (taken.Side.State != nameof(Leaving.Preparing)) return new Refusal("workforce.signed-stays", turn.People.Centre.TeamName(taken.Side.TeamId));
        var own = turn.People.SeatsOf(taken.Side.TeamId);
        var codes = request.Seats?.ToHashSet(StringComparer.OrdinalIgnoreCase) ?? [];
        var meant = own.Where(s => request.Rest ? !turn.People.Checks.ContainsKey(s.Id) : request.Row is { Length: > 0 } row ? $"{s.Room}/{s.Row}" == row && !turn.People.Checks.ContainsKey(s.Id) : codes.Contains(s.Code)).ToList();
        if (codes.FirstOrDefault(c => !own.Any(s => s.Code.Equals(c, StringComparison.OrdinalIgnoreCase))) is { } stray) return new Refusal("workforce.seat-not-theirs", stray, turn.People.Centre.TeamName(taken.Side.TeamId));
        if (meant.Count == 0) return new Refusal("workforce.no-seats-chosen");
        MarkSeats.Set(meant, request.State, request.Note, turn.Now, turn.Who.Name);
        foreach (var seat in meant)
            if (turn.People.Checks.GetValueOrDefault(seat.Id) is { } check) (check.State, check.Note, check.At, check.By) = (seat.State, seat.Note, turn.Now, turn.Who.Name);
            else db.Add(new SeatCheck { HandoverId = id, SeatId = seat.Id, State = seat.State, Note = seat.Note, At = turn.Now, By = turn.Who.Name });
        await turn.Save(cancel);
        return new Checked(meant.Count, own.Count(s => !turn.People.Checks.ContainsKey(s.Id) && !meant.Contains(s)));
    }
}
