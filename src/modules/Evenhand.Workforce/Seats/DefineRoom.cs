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

/// <summary>Lays a room out as rows of seats; seats that are there stay as they are, those beyond the new size go if nobody is to sit on them.</summary>
internal sealed class DefineRoom(EvenhandDb db, CurrentAccess current, IAuditTrail trail, TimeProvider clock)
{
    private const int MostSeats = 5000;
    private static readonly string[] Columns = ["Id", "Code", "Room", "Row", "Column", "State"];

    /// <param name="Rows">Rows of seats; 0 takes the room away.</param>
    /// <param name="Columns">Seats in a row.</param>
    public sealed record Request([Required, MaxLength(40), RegularExpression(@"[^/\\?#%]+")] string Room, [Range(0, 60)] int Rows, [Range(1, 60)] int Columns);

    public sealed record Defined(string Room, int Seats, int Added, int Removed);

    public static void Map(IEndpointRouteBuilder api) => api.MapPut("/rooms", async (Request request, DefineRoom slice, CancellationToken cancel) => (await slice.Run(request, cancel)).ToReply())
        .WithName(nameof(DefineRoom)).WithSummary("Lays a room out as rows of seats").Needs(Rights.Rooms);

    /// <summary>The seats a room is made of, named room, row, column: A03-07.</summary>
    public static string CodeOf(string room, int row, int column) => $"{room}{row:00}-{column:00}";

    public async Task<Outcome<Defined>> Run(Request request, CancellationToken cancel)
    {
        if (!current.Access.ScopeOf(Rights.Rooms).All) return new Refusal("workforce.whole-centre.not-allowed");
        var room = request.Room.Trim();
        await using var turn = await RosterTurn.Take(db, cancel);
        var had = await db.Seats.AsNoTracking().Where(s => s.Room == room).ToListAsync(cancel);
        var gone = had.Where(s => s.Row > request.Rows || s.Column > request.Columns).ToList();
        var now = clock.GetUtcNow();
        foreach (var ids in gone.Select(s => s.Id).Chunk(1000))
        {
            var taken = await db.Duties.Where(d => d.SeatId != null && ids.Contains(d.SeatId.Value) && d.End > now).OrderBy(d => d.Start).FirstOrDefaultAsync(cancel);
            if (taken is not null) return new Refusal("workforce.seats-taken", gone.First(s => s.Id == taken.SeatId).Code);
        }
        var there = had.Select(s => (s.Row, s.Column)).ToHashSet();
        var added = Enumerable.Range(1, request.Rows).SelectMany(r => Enumerable.Range(1, request.Columns).Select(c => (Row: r, Column: c))).Where(s => !there.Contains(s)).ToList();
        if (await db.Seats.CountAsync(s => s.Room != room, cancel) + had.Count - gone.Count + added.Count > MostSeats) return new Refusal("workforce.seats-too-many", MostSeats);
        var codes = added.Select(s => CodeOf(room, s.Row, s.Column)).ToList();
        if (await db.Seats.FirstOrDefaultAsync(s => s.Room != room && codes.Contains(s.Code), cancel) is { } same) return new Refusal("workforce.seat-code-taken", same.Code, same.Room);
        foreach (var ids in gone.Select(s => s.Id).Chunk(1000))
        {
            await db.UsualSeats.Where(u => ids.Contains(u.SeatId)).ExecuteDeleteAsync(cancel);
            await db.Seats.Where(s => ids.Contains(s.Id)).ExecuteDeleteAsync(cancel);
        }
        await BulkInsert.Rows(db, "workforce_seat", Columns, [], added, (row, seat) =>
        {
            row.Add(Guid.CreateVersion7());
            row.Add(CodeOf(room, seat.Row, seat.Column));
            row.Add(room);
            row.Add(seat.Row);
            row.Add(seat.Column);
            row.Add(SeatState.Ok);
        }, cancel);
        var done = new Defined(room, had.Count - gone.Count + added.Count, added.Count, gone.Count);
        trail.Record("workforce.audit-room", "workforce_seat", room, done);
        await db.SaveChangesAsync(cancel);
        await turn.Commit(cancel);
        return done;
    }
}
