using System.ComponentModel.DataAnnotations;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Workforce.Seats;

/// <summary>Says what state seats are in: a headset is broken, a seat is mended, a seat is closed.</summary>
internal sealed class MarkSeats(EvenhandDb db, CurrentAccess current, TimeProvider clock)
{
    /// <param name="Seats">Codes of seats.</param>
    /// <param name="State">ok, headset, computer, phone, chair, missing, other or closed.</param>
    public sealed record Request([Required, MinLength(1), MaxLength(1000)] IReadOnlyList<string> Seats, [Required, MaxLength(20)] string State, [MaxLength(200)] string? Note = null);

    public sealed record Marked(int Seats);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/seats/state", async (Request request, MarkSeats slice, CancellationToken cancel) => (await slice.Run(request, cancel)).ToReply())
        .WithName(nameof(MarkSeats)).WithSummary("Says what state seats are in").Needs(Rights.Seats);

    public async Task<Outcome<Marked>> Run(Request request, CancellationToken cancel)
    {
        if (!SeatState.All.Contains(request.State)) return new Refusal("workforce.seat-state-unknown", request.State, string.Join(", ", SeatState.All));
        if (request.State == SeatState.Closed && !current.Access.May(Rights.Rooms)) return new Refusal("workforce.seat-close.not-allowed");
        var seats = await db.Seats.Where(s => request.Seats.Contains(s.Code)).ToListAsync(cancel);
        if (request.Seats.Except(seats.Select(s => s.Code)).FirstOrDefault() is { } unknown) return new Refusal("workforce.seat.not-found", unknown);
        Set(seats, request.State, request.Note, clock.GetUtcNow(), current.Access.Name);
        await db.SaveChangesAsync(cancel);
        return new Marked(seats.Count);
    }

    /// <summary>The change itself, for whoever checks seats at a handover.</summary>
    public static void Set(IEnumerable<Seat> seats, string state, string? note, DateTimeOffset at, string by)
    {
        var said = string.IsNullOrWhiteSpace(note) || state == SeatState.Ok ? null : note.Trim();
        foreach (var seat in seats) (seat.State, seat.Note, seat.StateAt, seat.StateBy) = (state, said, at, by);
    }
}
