using System.ComponentModel.DataAnnotations;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Workforce.Roster;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Workforce.Seats;

/// <summary>Puts a person on a seat for the duty of that time; who sits there then changes places, or is left without a seat.</summary>
internal sealed class SeatPerson(EvenhandDb db, IOrganisation organisation, CurrentAccess current, TimeProvider clock)
{
    private static readonly TimeSpan Ahead = TimeSpan.FromHours(12);

    /// <param name="Agent">Code of the person.</param>
    /// <param name="Seat">Code of the seat; without it the person is left without one.</param>
    /// <param name="At">A moment of the duty; now without it, or the next duty within twelve hours.</param>
    /// <param name="Swap">Whether who sits there may be moved.</param>
    public sealed record Request([Required, MaxLength(200)] string Agent, [MaxLength(50)] string? Seat = null, DateTimeOffset? At = null, bool Swap = false);

    /// <param name="Moved">Code of who changed places or lost the seat.</param>
    public sealed record Placed(string Agent, string? Seat, string? Moved);

    public static void Map(IEndpointRouteBuilder api) => api.MapPut("/seats/people", async (Request request, SeatPerson slice, CancellationToken cancel) => (await slice.Run(request, cancel)).ToReply())
        .WithName(nameof(SeatPerson)).WithSummary("Puts a person on a seat").Needs(Rights.Seats);

    public async Task<Outcome<Placed>> Run(Request request, CancellationToken cancel)
    {
        var centre = await organisation.Read(cancel);
        if (centre.Agents.Values.FirstOrDefault(a => a.Code.Equals(request.Agent.Trim(), StringComparison.OrdinalIgnoreCase)) is not { } agent) return new Refusal("workforce.agent.not-found", request.Agent);
        await using var turn = await RosterTurn.Take(db, cancel);
        var at = (request.At ?? clock.GetUtcNow()).ToUniversalTime();
        if (await db.DutiesDuring(at, at + Ahead).Where(d => d.AgentId == agent.Id).FirstOrDefaultAsync(cancel) is not { } duty) return new Refusal("workforce.no-duty", agent.Name, $"{centre.Local(at):MM-dd HH:mm}");
        var scope = current.Access.ScopeOf(Rights.Seats);
        if (!scope.Covers(centre.TeamAt(agent.Id, duty.Start), agent.Id)) return new Refusal("workforce.agent-beyond.not-allowed", agent.Code);
        var seat = string.IsNullOrWhiteSpace(request.Seat) ? null : await db.Seats.FirstOrDefaultAsync(s => s.Code == request.Seat.Trim(), cancel);
        if (seat is null && !string.IsNullOrWhiteSpace(request.Seat)) return new Refusal("workforce.seat.not-found", request.Seat);
        if (seat?.State == SeatState.Closed) return new Refusal("workforce.seat-closed", seat.Code);
        var others = seat is null ? [] : await db.DutiesDuring(duty.Start, duty.End).Where(d => d.SeatId == seat.Id && d.Id != duty.Id).ToListAsync(cancel);
        if (others.Count > 1 || (others.Count == 1 && !request.Swap)) return new Refusal("workforce.seat-taken", seat!.Code, centre.AgentName(others[0].AgentId));
        if (others is [var other])
        {
            if (!scope.Covers(centre.TeamAt(other.AgentId, other.Start), other.AgentId)) return new Refusal("workforce.seat-taken", seat!.Code, centre.AgentName(other.AgentId));
            other.SeatId = duty.SeatId is { } former && !await db.DutiesDuring(other.Start, other.End).AnyAsync(d => d.SeatId == former && d.Id != duty.Id, cancel) ? former : null;
        }
        duty.SeatId = seat?.Id;
        await Keep(agent.Id, seat, cancel);
        await db.SaveChangesAsync(cancel);
        await turn.Commit(cancel);
        return new Placed(agent.Code, seat?.Code, others is [var moved] ? centre.Agents[moved.AgentId].Code : null);
    }

    private async Task Keep(Guid agent, Seat? seat, CancellationToken cancel)
    {
        if (seat is null) return;
        if (await db.UsualSeats.FindAsync([agent], cancel) is { } usual) usual.SeatId = seat.Id;
        else db.Add(new UsualSeat { AgentId = agent, SeatId = seat.Id });
    }
}
