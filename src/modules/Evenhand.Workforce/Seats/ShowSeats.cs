using System.ComponentModel.DataAnnotations;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Kernel.Text;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Contracts;
using Evenhand.Workforce.Roster;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Workforce.Seats;

/// <summary>Every seat: its state, who sits there now and who comes next.</summary>
internal sealed class ShowSeats(EvenhandDb db, IOrganisation organisation, LiveFloor live, Texts texts, TimeProvider clock)
{
    private static readonly TimeSpan Ahead = TimeSpan.FromHours(12);

    /// <param name="Room">Only this room.</param>
    public sealed record Request([MaxLength(40)] string? Room = null);

    public sealed record Sitter(string Agent, string Name, string? Team, DateTimeOffset From, DateTimeOffset To);

    public sealed record Row(string Seat, string Room, int RowNumber, int Column, string State, string? Note, Sitter? Now, Sitter? Next);

    /// <summary>The picture of a floor.</summary>
    /// <param name="Standing">People with a duty now or within twelve hours but no seat: code, name and when.</param>
    public sealed record Floor(IReadOnlyList<string> Rooms, IReadOnlyList<Row> Seats, IReadOnlyList<Sitter> Standing, IReadOnlyDictionary<string, string> Looks);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/seats", async ([AsParameters] Request request, ShowSeats slice, CancellationToken cancel) => TypedResults.Ok((await slice.Run(request, cancel)).Seats))
        .WithName(nameof(ShowSeats)).WithSummary("Every seat: its state, who sits there now and who comes next").Needs(Rights.ReadSeats);

    public async Task<Floor> Run(Request request, CancellationToken cancel)
    {
        var centre = await organisation.Read(cancel);
        var now = clock.GetUtcNow();
        var seats = await db.Seats.AsNoTracking().OrderBy(s => s.Room).ThenBy(s => s.Row).ThenBy(s => s.Column).ToListAsync(cancel);
        var rooms = seats.Select(s => s.Room).Distinct().ToList();
        var duties = await db.DutiesDuring(now, now + Ahead).AsNoTracking().ToListAsync(cancel);
        var bySeat = duties.Where(d => d.SeatId is not null).ToLookup(d => d.SeatId!.Value);
        var floor = live.Now();
        var shown = seats.Where(s => request.Room is null || s.Room == request.Room).ToList();
        return new Floor(rooms, [.. shown.Select(s => new Row(s.Code, s.Room, s.Row, s.Column, s.State, s.Note, Sits(centre, bySeat[s.Id].FirstOrDefault(d => d.Start <= now)), Sits(centre, bySeat[s.Id].FirstOrDefault(d => d.Start > now))))],
            [.. duties.Where(d => d.SeatId is null).Select(d => Sits(centre, d)!)],
            Looks(floor, shown, bySeat, now));
    }

    /// <summary>The rows of one room as a map draws them.</summary>
    /// <param name="next">Who comes next, in place of who sits there now.</param>
    /// <param name="mayMove">Whether people can be dragged.</param>
    public SeatMap.Room Draw(Floor floor, string room, bool next, bool mayMove) => new(room, [.. floor.Seats.Where(s => s.Room == room).GroupBy(s => s.RowNumber).Select(row => new SeatMap.Line(row.Key, Spread(row, seat =>
    {
        var sitter = next ? seat.Next : seat.Now;
        var look = seat.State == SeatState.Closed ? "closed" : seat.State != SeatState.Ok ? "bad" : sitter is null ? "free" : next ? "taken" : floor.Looks.GetValueOrDefault(seat.Seat, "taken");
        return new SeatMap.Seat(seat.Seat, seat.Column, sitter is null ? "" : Short(sitter.Name), Full(seat, sitter), look, mayMove && sitter is not null ? sitter.Agent : null);
    })))]);

    /// <summary>The short form of a name that fits a small seat: the given name, or initials.</summary>
    public static string Short(string name)
    {
        if (name.Length > 0 && name[0] > '\u2e80') return name.Length > 2 ? name[^2..] : name;
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 1 ? string.Concat(words.Take(2).Select(w => w[0])) : name.Length > 4 ? name[^4..] : name;
    }

    /// <summary>A row's seats with the gaps between them, so that columns stand above one another.</summary>
    public static List<SeatMap.Seat?> Spread<T>(IEnumerable<T> row, Func<T, SeatMap.Seat> draw)
    {
        var line = new List<SeatMap.Seat?>();
        foreach (var seat in row.Select(draw).OrderBy(s => s.Column))
        {
            while (line.Count < seat.Column - 1) line.Add(null);
            line.Add(seat);
        }
        return line;
    }

    private string Full(Row seat, Sitter? sitter)
    {
        var state = texts[$"workforce.seat-state.{seat.State}"] + (seat.Note is null ? "" : $" ({seat.Note})");
        return sitter is null ? texts["workforce.seat-free", seat.Seat, state] : texts["workforce.seat-is", seat.Seat, sitter.Name, sitter.Team ?? "–", state];
    }

    private static Sitter? Sits(OrganisationSnapshot centre, Duty? duty) => duty is null || !centre.Agents.TryGetValue(duty.AgentId, out var agent) ? null
        : new Sitter(agent.Code, agent.Name, centre.TeamAt(agent.Id, duty.Start) is { } team ? centre.TeamName(team) : null, centre.Local(duty.Start), centre.Local(duty.End));

    private static Dictionary<string, string> Looks(FloorPicture? floor, List<Seat> seats, ILookup<Guid, Duty> bySeat, DateTimeOffset now) =>
        seats.Select(s => (s.Code, Duty: bySeat[s.Id].FirstOrDefault(d => d.Start <= now))).Where(s => s.Duty is not null).ToDictionary(s => s.Code, s => LiveFloor.Look(floor, s.Duty!.AgentId));
}
