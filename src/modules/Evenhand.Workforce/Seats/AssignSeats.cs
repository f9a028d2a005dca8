using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Workforce.Roster;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Workforce.Seats;

/// <summary>Gives a seat to every duty of a span of time that has none.</summary>
internal sealed class AssignSeats(EvenhandDb db, IOrganisation organisation, CurrentAccess current, TimeProvider clock)
{
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(15);
    private static readonly string[] DutyColumns = ["Id", "AgentId", "Start", "End", "Shift", "SeatId"];
    private static readonly string[] UsualColumns = ["AgentId", "SeatId"];

    /// <param name="From">Start of the span; now without it.</param>
    /// <param name="To">End of the span; a day later without it.</param>
    public sealed record Request(DateTimeOffset? From = null, DateTimeOffset? To = null);

    /// <param name="Seated">Duties that got a seat.</param>
    /// <param name="Left">Duties for which no seat is free.</param>
    public sealed record Assigned(int Seated, int Left);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/seats/assign", async (Request request, AssignSeats slice, CancellationToken cancel) => (await slice.Run(request, cancel)).ToReply())
        .WithName(nameof(AssignSeats)).WithSummary("Seats everybody who has no seat, usual seats first").Needs(Rights.Rooms);

    public async Task<Outcome<Assigned>> Run(Request request, CancellationToken cancel)
    {
        if (!current.Access.ScopeOf(Rights.Rooms).All) return new Refusal("workforce.whole-centre.not-allowed");
        var from = (request.From ?? clock.GetUtcNow()).ToUniversalTime();
        var to = (request.To ?? from + Ahead).ToUniversalTime();
        return to <= from || to - from > Longest ? new Refusal("workforce.span-out-of-bounds", (int)Longest.TotalDays) : await Fill(from, to, cancel);
    }

    /// <summary>The work itself, for whoever opens a handover.</summary>
    public async Task<Assigned> Fill(DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
    {
        var centre = await organisation.Read(cancel);
        await using var turn = await RosterTurn.Take(db, cancel);
        var duties = await db.DutiesDuring(from, to).AsNoTracking().ToListAsync(cancel);
        var without = duties.Where(d => d.SeatId is null).ToList();
        var seats = without.Count == 0 ? [] : await db.Seats.AsNoTracking().Where(s => s.State != SeatState.Closed).OrderBy(s => s.Room).ThenBy(s => s.Row).ThenBy(s => s.Column).Select(s => s.Id).ToListAsync(cancel);
        if (seats.Count == 0) return new Assigned(0, without.Count);
        var (first, last) = (without.Min(d => d.Start), without.Max(d => d.End));
        var seated = await db.DutiesDuring(first, last).AsNoTracking().Where(d => d.SeatId != null).ToListAsync(cancel);
        var usual = await db.UsualSeats.AsNoTracking().ToDictionaryAsync(u => u.AgentId, u => u.SeatId, cancel);
        var done = new SeatPlan(seats, seated).Seat(without.OrderBy(d => d.Start).ThenBy(d => centre.TeamCode(centre.TeamAt(d.AgentId, d.Start) ?? Guid.Empty), StringComparer.Ordinal).ThenBy(d => centre.Agents[d.AgentId].Code, StringComparer.Ordinal), usual);
        await BulkInsert.Rows(db, "workforce_duty", DutyColumns, ["Id"], done, (row, duty) =>
        {
            row.Add(duty.Id);
            row.Add(duty.AgentId);
            row.Add(duty.Start);
            row.Add(duty.End);
            row.Add(duty.Shift);
            row.Add(duty.SeatId);
        }, cancel);
        await BulkInsert.Rows(db, "workforce_usual_seat", UsualColumns, ["AgentId"], done.Where(d => !usual.ContainsKey(d.AgentId)).DistinctBy(d => d.AgentId), (row, duty) =>
        {
            row.Add(duty.AgentId);
            row.Add(duty.SeatId!.Value);
        }, cancel);
        await turn.Commit(cancel);
        return new Assigned(done.Count, without.Count - done.Count);
    }
}
