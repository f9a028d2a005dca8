using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Kernel.Text;
using Evenhand.Platform.Contracts;
using Evenhand.Workforce.Roster;
using Evenhand.Workforce.Seats;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Workforce.Handover;

/// <summary>What a leader has before him: the seats, people and log of a team that leaves, or the roll and the logs of a team that arrives.</summary>
internal sealed class ReadSide(EvenhandDb db, IOrganisation organisation, HandoverDesk desk, ReadHandover read, LiveFloor live, CurrentAccess current, Texts texts)
{
    public sealed record CheckedSeat(string Code, string Room, int Row, int Column, string? State, string? Note, string? Sitter);

    /// <param name="Contacts">In hand now, as the live floor counts; null while it is not running.</param>
    public sealed record LeavingSide(ReadHandover.View Floor, ReadHandover.Leaver Own, IReadOnlyList<CheckedSeat> Seats, IReadOnlyDictionary<string, string>? Log, int? LoggedContacts, int? LoggedOrders, string? WrittenBy, DateTimeOffset? WrittenAt, int? Contacts, int? Orders);

    /// <param name="Mark">present, late, absent, leave; null while not called.</param>
    public sealed record Caller(string Code, string Name, string? Seat, DateTimeOffset Start, string? Mark, bool? SignedIn);

    /// <param name="Faults">Seats that are not as they should be: code and what is wrong.</param>
    /// <param name="IsNew">Whether the team has not confirmed it.</param>
    /// <param name="IsTheirs">Whether this team takes over from it.</param>
    public sealed record SignedLog(int Number, string Code, string Team, string State, string? By, DateTimeOffset? At, IReadOnlyList<(string Part, string Text)> Parts, int? Contacts, int? Orders, IReadOnlyList<string> Faults, bool IsNew, bool IsTheirs);

    public sealed record ArrivingSide(ReadHandover.View Floor, ReadHandover.Arriver Own, IReadOnlyList<Caller> Roll, IReadOnlyList<SignedLog> Logs, IReadOnlyList<string> WaitsFor);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/handovers/{id:guid}/leaving/{team}", async (Guid id, string team, ReadSide slice, CancellationToken cancel) => (await slice.Leaves(id, team, cancel)).ToReply())
            .WithName("ReadLeavingSide").WithSummary("Seats and log of a team that leaves").Needs(Rights.ReadHandover);
        api.MapGet("/handovers/{id:guid}/arriving/{team}", async (Guid id, string team, ReadSide slice, CancellationToken cancel) => (await slice.Arrives(id, team, cancel)).ToReply())
            .WithName("ReadArrivingSide").WithSummary("Roll and logs for a team that arrives").Needs(Rights.ReadHandover);
    }

    public async Task<Outcome<LeavingSide>> Leaves(Guid id, string team, CancellationToken cancel)
    {
        if ((await Find(id, team, cancel)).Refused(out var refusal, out var found)) return refusal;
        if (found.View.Leaving.FirstOrDefault(l => l.Code == team) is not { } own) return new Refusal("workforce.side.not-found");
        var (people, row) = (found.People, found.Sides.First(t => t.Leaves && t.TeamId == found.Team));
        var sits = people.Of(found.Team, true).Where(d => d.SeatId is not null).DistinctBy(d => d.SeatId).ToDictionary(d => d.SeatId!.Value, d => people.Centre.AgentName(d.AgentId));
        var (log, open) = (HandoverLog.Read(row.Written), LiveFloor.Open(live.Now(), people.Of(found.Team, true).Select(d => d.AgentId)));
        return new LeavingSide(found.View, own, [.. people.SeatsOf(found.Team).Select(s => people.Checks.GetValueOrDefault(s.Id) is var check ? new CheckedSeat(s.Code, s.Room, s.Row, s.Column, check?.State, check?.Note, sits.GetValueOrDefault(s.Id)) : null!)],
            log?.Texts.ToDictionary(t => t.Part, t => t.Text), log?.Contacts, log?.Orders, row.WrittenBy, row.WrittenAt is { } at ? people.Centre.Local(at) : null, open?.Contacts, open?.Orders);
    }

    public async Task<Outcome<ArrivingSide>> Arrives(Guid id, string team, CancellationToken cancel)
    {
        if ((await Find(id, team, cancel)).Refused(out var refusal, out var found)) return refusal;
        if (found.View.Arriving.FirstOrDefault(a => a.Code == team) is not { } own) return new Refusal("workforce.side.not-found");
        var (people, floor, centre) = (found.People, live.Now(), found.People.Centre);
        var row = found.Sides.First(t => !t.Leaves && t.TeamId == found.Team);
        var roll = people.Of(found.Team, false).DistinctBy(d => d.AgentId).Select(d => new Caller(centre.Agents[d.AgentId].Code, centre.AgentName(d.AgentId), d.SeatId is { } seat ? people.Seats.GetValueOrDefault(seat)?.Code : null,
            centre.Local(d.Start), people.Marks.GetValueOrDefault(d.AgentId)?.Mark, floor is null ? null : LiveFloor.IsIn(floor, d.AgentId))).OrderBy(c => c.Code, StringComparer.Ordinal).ToList();
        var logs = found.Sides.Where(t => t.Leaves && t.Log > 0).OrderByDescending(t => t.SuccessorId == found.Team).ThenBy(t => t.Log).Select(t => LogOf(t, row, people)).ToList();
        return new ArrivingSide(found.View, own, roll, logs, [.. found.Sides.Where(t => t.Leaves && t.SuccessorId == found.Team && t.State == nameof(Leaving.Preparing)).Select(t => centre.TeamName(t.TeamId))]);
    }

    private SignedLog LogOf(HandoverTeam leaver, HandoverTeam reader, HandoverPeople people)
    {
        var log = HandoverLog.Read(leaver.Written)!;
        return new SignedLog(leaver.Log, people.Centre.Units[leaver.TeamId].Code, people.Centre.TeamName(leaver.TeamId), leaver.State, leaver.SignedBy, leaver.SignedAt is { } at ? people.Centre.Local(at) : null, [.. log.Texts.Where(t => t.Text.Length > 0)], log.Contacts, log.Orders,
            [.. people.SeatsOf(leaver.TeamId).Where(s => people.Checks.GetValueOrDefault(s.Id) is { State: not SeatState.Ok }).Select(s => $"{s.Code} {texts[$"workforce.seat-state.{people.Checks[s.Id].State}"]}{(people.Checks[s.Id].Note is { } note ? $" ({note})" : "")}")],
            leaver.Log > reader.Log, leaver.SuccessorId == reader.TeamId);
    }

    private async Task<Outcome<(ReadHandover.View View, HandoverPeople People, List<HandoverTeam> Sides, Guid Team)>> Find(Guid id, string teamCode, CancellationToken cancel)
    {
        var centre = await organisation.Read(cancel);
        if (centre.Units.Values.FirstOrDefault(u => u.Code == teamCode) is not { } team || !current.Access.ScopeOf(Rights.ReadHandover).Covers(team.Id, null)) return new Refusal("workforce.team.not-found", teamCode);
        if (await db.Handovers.AsNoTracking().FirstOrDefaultAsync(h => h.Id == id, cancel) is not { } handover) return new Refusal("workforce.handover.not-found");
        var sides = await db.HandoverTeams.AsNoTracking().Where(t => t.HandoverId == id).ToListAsync(cancel);
        return await read.Of(handover, sides, cancel) is { } view ? (view, await desk.People(handover, centre, cancel), sides, team.Id) : new Refusal("workforce.handover.not-found");
    }
}
