using Evenhand.Platform.Contracts;
using Evenhand.Workforce.Roster;
using Evenhand.Workforce.Seats;

namespace Evenhand.Workforce.Handover;

/// <summary>Who leaves and who arrives at a handover by today's roster, with what was checked and called so far.</summary>
internal sealed class HandoverPeople
{
    private static readonly IReadOnlyList<Duty> Nobody = [];
    private readonly Dictionary<Guid, List<Duty>> leaving, arriving;

    public HandoverPeople(ShiftChange? change, OrganisationSnapshot centre, IReadOnlyDictionary<Guid, SeatCheck> checks, IReadOnlyDictionary<Guid, RollMark> marks, IReadOnlyDictionary<Guid, Seat> seats)
    {
        (Centre, Checks, Marks, Seats) = (centre, checks, marks, seats);
        leaving = ByTeam(change?.Leaving ?? []);
        arriving = ByTeam(change?.Arriving ?? []);
    }

    public OrganisationSnapshot Centre { get; }

    /// <summary>By seat.</summary>
    public IReadOnlyDictionary<Guid, SeatCheck> Checks { get; }

    /// <summary>By agent.</summary>
    public IReadOnlyDictionary<Guid, RollMark> Marks { get; }

    /// <summary>Every seat of the floor.</summary>
    public IReadOnlyDictionary<Guid, Seat> Seats { get; }

    public IReadOnlyCollection<Guid> LeavingTeams => leaving.Keys;

    public IReadOnlyCollection<Guid> ArrivingTeams => arriving.Keys;

    public IReadOnlyList<Duty> Of(Guid team, bool leaves) => (leaves ? leaving : arriving).GetValueOrDefault(team) ?? Nobody;

    /// <summary>The seats a team leaves behind, in the order of the map.</summary>
    public IReadOnlyList<Seat> SeatsOf(Guid team) =>
        [.. Of(team, true).Where(d => d.SeatId is { } id && Seats.ContainsKey(id)).Select(d => Seats[d.SeatId!.Value]).DistinctBy(s => s.Id).OrderBy(s => s.Room, StringComparer.Ordinal).ThenBy(s => s.Row).ThenBy(s => s.Column)];

    public HandoverFlow Flow(ShiftHandover handover, IReadOnlyList<HandoverTeam> teams) => new(
        [.. teams.Where(t => t.Leaves).OrderBy(t => t.Id).Select(t => new LeavingTeam(t.TeamId, Centre.TeamName(t.TeamId), t.SuccessorId, Enum.Parse<Leaving>(t.State), t.Log, t.Written is not null, SeatsOf(t.TeamId).Count(s => !Checks.ContainsKey(s.Id)), t.SignedById))],
        [.. teams.Where(t => !t.Leaves).OrderBy(t => t.Id).Select(t => new ArrivingTeam(t.TeamId, Centre.TeamName(t.TeamId), Enum.Parse<Arriving>(t.State), t.Log, Of(t.TeamId, false).Count(d => !Marks.ContainsKey(d.AgentId))))],
        handover.LastLog);

    /// <summary>Which team takes over from which: the one that comes to sit on most of its seats, else one after the other by code.</summary>
    public IReadOnlyDictionary<Guid, Guid> Pairs()
    {
        if (arriving.Count == 0) return new Dictionary<Guid, Guid>();
        var comes = arriving.SelectMany(a => a.Value.Where(d => d.SeatId is not null).Select(d => (Seat: d.SeatId!.Value, Team: a.Key))).DistinctBy(s => s.Seat).ToDictionary(s => s.Seat, s => s.Team);
        var inOrder = arriving.Keys.OrderBy(Centre.TeamCode, StringComparer.Ordinal).ToList();
        return leaving.OrderBy(l => Centre.TeamCode(l.Key), StringComparer.Ordinal).Select((l, at) => (Team: l.Key,
            Next: l.Value.Where(d => d.SeatId is { } seat && comes.ContainsKey(seat)).GroupBy(d => comes[d.SeatId!.Value]).OrderByDescending(g => g.Count()).ThenBy(g => inOrder.IndexOf(g.Key)).Select(g => (Guid?)g.Key).FirstOrDefault()
                ?? inOrder[at % inOrder.Count])).ToDictionary(p => p.Team, p => p.Next);
    }

    private Dictionary<Guid, List<Duty>> ByTeam(IEnumerable<Duty> duties)
    {
        var found = new Dictionary<Guid, List<Duty>>();
        foreach (var duty in duties)
        {
            if (Centre.TeamAt(duty.AgentId, duty.Start) is not { } team) continue;
            if (!found.TryGetValue(team, out var own)) found[team] = own = [];
            own.Add(duty);
        }
        return found;
    }
}
