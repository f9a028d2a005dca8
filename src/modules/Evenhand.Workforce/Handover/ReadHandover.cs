using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Kernel.Text;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Contracts;
using Evenhand.Workforce.Roster;
using Evenhand.Workforce.Seats;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Workforce.Handover;

/// <summary>Where a handover stands: each team that leaves or arrives, what is missing, and who must act next.</summary>
internal sealed class ReadHandover(EvenhandDb db, IOrganisation organisation, HandoverDesk desk, LiveFloor live, CurrentAccess current, Texts texts)
{
    private const int Named = 3;

    /// <param name="Share">How far it has come, 0 to 1.</param>
    /// <param name="Next">What is missing and whose move it is, in the reader's language; null when nothing is.</param>
    /// <param name="Mine">Whether the reader may act for it.</param>
    /// <param name="Log">Its number in the order of signing; 0 before.</param>
    public sealed record Leaver(string Code, string Team, string State, int People, int Seats, int Checked, int Faulty, bool HasLog, int Log, string? Successor, string? SuccessorCode, string? SignedBy, DateTimeOffset? SignedAt,
        DateTimeOffset? ReleasedAt, DateTimeOffset? OverAt, string? SentBack, double Share, string? Next, bool Mine);

    /// <param name="SignedIn">How many have signed in on the live floor; null while it is not running.</param>
    /// <param name="Unread">Signed logs its leader has not confirmed.</param>
    public sealed record Arriver(string Code, string Team, string State, int People, int Present, int Late, int Absent, int OnLeave, int Unmarked, int? SignedIn, int Unread, string? SignedBy, DateTimeOffset? SignedAt,
        DateTimeOffset? OnFloorAt, double Share, string? Next, bool Mine);

    public sealed record View(Guid Id, DateTimeOffset At, DateTimeOffset Opens, bool IsClosed, IReadOnlyList<Leaver> Leaving, IReadOnlyList<Arriver> Arriving)
    {
        public double Share => Leaving.Count + Arriving.Count == 0 ? 0 : (Leaving.Sum(l => l.Share) + Arriving.Sum(a => a.Share)) / (Leaving.Count + Arriving.Count);
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/handovers/{id:guid}", async (Guid id, ReadHandover slice, CancellationToken cancel) => (await slice.Run(id, cancel)).ToReply())
        .WithName(nameof(ReadHandover)).WithSummary("Where a handover stands").Needs(Rights.ReadHandover);

    public async Task<Outcome<View>> Run(Guid id, CancellationToken cancel)
    {
        var handover = await db.Handovers.AsNoTracking().FirstOrDefaultAsync(h => h.Id == id, cancel);
        if (handover is null) return new Refusal("workforce.handover.not-found");
        return await Of(handover, await db.HandoverTeams.AsNoTracking().Where(t => t.HandoverId == id).ToListAsync(cancel), cancel) is { } view ? view : new Refusal("workforce.handover.not-found");
    }

    /// <summary>The view of one handover; null when no team of it is within the reader's scope.</summary>
    public async Task<View?> Of(ShiftHandover handover, IReadOnlyList<HandoverTeam> teams, CancellationToken cancel)
    {
        var (reads, acts) = (current.Access.ScopeOf(Rights.ReadHandover), current.Access.ScopeOf(Rights.HandOver));
        if (!teams.Any(t => reads.Covers(t.TeamId, null))) return null;
        var centre = await organisation.Read(cancel);
        var people = await desk.People(handover, centre, cancel);
        var (flow, floor) = (people.Flow(handover, teams), live.Now());
        var rows = teams.ToDictionary(t => (t.TeamId, t.Leaves));
        var late = flow.Arrivers.Select(a => (a.Name, a.Read)).OrderBy(a => a.Read).ToList();
        return new View(handover.Id, centre.Local(handover.At), centre.Local(handover.Opens), handover.ClosedAt is not null,
            [.. flow.Leavers.Select(l => LeaverOf(l, rows[(l.Team, true)], people, late, acts)).OrderByDescending(l => l.Mine && !reads.All).ThenBy(l => l.Team, StringComparer.CurrentCulture)],
            [.. flow.Arrivers.Select(a => ArriverOf(a, rows[(a.Team, false)], people, flow, floor, acts)).OrderByDescending(a => a.Mine && !reads.All).ThenBy(a => a.Team, StringComparer.CurrentCulture)]);
    }

    private Leaver LeaverOf(LeavingTeam team, HandoverTeam row, HandoverPeople people, List<(string Name, int Read)> arrivers, Scope acts)
    {
        var (centre, seats) = (people.Centre, people.SeatsOf(team.Team));
        var looked = seats.Count - team.Unchecked;
        var share = team.State switch
        {
            Leaving.Over => 1,
            Leaving.Released => 0.9,
            Leaving.Signed => 0.75,
            _ => 0.4 * (seats.Count == 0 ? 1 : (double)looked / seats.Count) + (team.HasLog ? 0.25 : 0),
        };
        var successor = team.Successor is { } next ? centre.TeamName(next) : null;
        return new Leaver(centre.Units[team.Team].Code, team.Name, team.State.ToString(), people.Of(team.Team, true).Count, seats.Count, looked,
            seats.Count(s => people.Checks.GetValueOrDefault(s.Id) is { } check && check.State != SeatState.Ok), team.HasLog, team.Number, successor, team.Successor is { } code ? centre.Units[code].Code : null, row.SignedBy, Local(centre, row.SignedAt),
            Local(centre, row.ReleasedAt), Local(centre, row.OverAt), row.SentBack, share, NextOf(team, successor, arrivers), acts.Covers(team.Team, null));
    }

    private string? NextOf(LeavingTeam team, string? successor, List<(string Name, int Read)> arrivers)
    {
        if (team.State == Leaving.Preparing)
            return texts["workforce.next-leader", team.Name, texts[team.Unchecked > 0 ? "workforce.next.seats" : team.HasLog ? "workforce.next.sign" : "workforce.next.log", team.Unchecked]];
        if (team.State == Leaving.Signed) return texts["workforce.next-leader", successor ?? "–", texts["workforce.next.take-over"]];
        if (team.State == Leaving.Over) return null;
        var missing = arrivers.TakeWhile(a => a.Read < team.Number).Select(a => a.Name).ToList();
        return texts["workforce.next-readers", string.Join(texts["workforce.and"], missing.Take(Named)), missing.Count];
    }

    private Arriver ArriverOf(ArrivingTeam team, HandoverTeam row, HandoverPeople people, HandoverFlow flow, FloorPicture? floor, Scope acts)
    {
        var own = people.Of(team.Team, false).Select(d => d.AgentId).Distinct().ToList();
        int Marked(string mark) => own.Count(a => people.Marks.GetValueOrDefault(a)?.Mark == mark);
        var unread = flow.Unread(team.Team);
        var before = flow.Leavers.Where(l => l.Successor == team.Team && l.State != Leaving.Over).ToList();
        var waits = before.Find(l => l.State == Leaving.Preparing);
        var called = own.Count - team.Unmarked;
        var share = team.State == Arriving.OnFloor ? (unread == 0 ? 1 : 0.9) : 0.5 * (own.Count == 0 ? 1 : (double)called / own.Count) + (before.Count > 0 && waits is null && unread == 0 ? 0.25 : 0);
        var next = team.State == Arriving.OnFloor ? (unread > 0 ? "workforce.next.read" : null)
            : team.Unmarked > 0 ? "workforce.next.roll" : waits is not null ? "workforce.next.wait" : unread > 0 ? "workforce.next.read" : "workforce.next.sign";
        return new Arriver(people.Centre.Units[team.Team].Code, team.Name, team.State.ToString(), own.Count, Marked("present"), Marked("late"), Marked("absent"), Marked("leave"), team.Unmarked,
            floor is null ? null : own.Count(a => LiveFloor.IsIn(floor, a)), unread, row.SignedBy, Local(people.Centre, row.SignedAt), Local(people.Centre, row.ReleasedAt), share,
            next is null ? null : texts["workforce.next-leader", next == "workforce.next.wait" ? waits!.Name : team.Name, next == "workforce.next.roll" ? texts[next, team.Unmarked] : next == "workforce.next.read" ? texts[next, unread] : texts[next]],
            acts.Covers(team.Team, null));
    }

    private static DateTimeOffset? Local(OrganisationSnapshot centre, DateTimeOffset? at) => at is { } given ? centre.Local(given) : null;
}
