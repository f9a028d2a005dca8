using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Contracts;
using Evenhand.Routing.Floor;
using Evenhand.Routing.Rules;
using Evenhand.Routing.WorkItems;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.FloorView;

/// <summary>The floor of one unit as it is read at a moment.</summary>
internal sealed record FloorSheet(DateTimeOffset At, bool IsRunning, Unit? Unit, TimeZoneInfo Zone, IReadOnlyList<FloorTile.Seat> Seats, IReadOnlyDictionary<string, int> Counts, IReadOnlyList<FloorQueues.Line> Queues,
    IReadOnlyList<FloorAsks.Request> Requests, IReadOnlyList<FloorAsks.TeamBreaks> Breaks, IReadOnlyList<BreakReason> Reasons)
{
    public (string Zh, string En)? BreakNames(FloorTile.Seat seat) => seat.BreakReason is { } code ? Reasons.FirstOrDefault(r => r.Code == code) is { } known ? (known.Zh, known.En) : (code, code) : null;
}

/// <summary>Reads what the floor view shows of a unit and all below it; whoever asks has been let in.</summary>
internal sealed class FloorReading(LiveFloor floor, EvenhandDb db, IOrganisation organisation, FloorRules rules, FloorAccess access, TimeProvider clock)
{
    // Before that the ratio says nothing.
    private static readonly TimeSpan LeastOnDuty = TimeSpan.FromMinutes(5);

    private sealed record Live(IReadOnlyDictionary<Guid, FloorAgent> Agents, IReadOnlyList<DutyRequest> Requests, IReadOnlyList<(Guid Team, int Away, int Quota, IReadOnlyList<Guid> Waiting)> Breaks);

    /// <param name="unit">A unit's id; null for the whole centre.</param>
    public async Task<FloorSheet> Read(Guid? unit, CancellationToken cancel)
    {
        var centre = await organisation.Read(cancel);
        var today = access.Today(centre);
        var below = unit is { } top ? centre.Below(top) : null;
        var people = centre.Agents.Values.Where(a => a.Placed && (a.LeftOn is not { } left || today < left)).Select(a => (Agent: a, Team: centre.TeamOf(a.Id, today)))
            .Where(p => below is null || (p.Team is { } team && below.Contains(team))).ToList();
        var ids = people.Select(p => p.Agent.Id).ToHashSet();
        var live = await Look(ids, people.Select(p => p.Team).OfType<Guid>().ToHashSet(), cancel);
        var (picture, reasons, now) = (floor.Now(), (await rules.Read(cancel)).BreakReasons, clock.GetUtcNow());
        var asking = live.Requests.Select(r => r.AgentId).ToHashSet();
        var teams = live.Agents.Values.GroupBy(a => a.TeamId ?? Guid.Empty).ToDictionary(g => g.Key, g => PerHour(g.Sum(a => a.Effort.TotalHours), g.Sum(a => a.OnDutyAt(now).TotalHours)));
        var seats = people.Select(p => Seat(p.Agent, p.Team, live.Agents.GetValueOrDefault(p.Agent.Id), asking.Contains(p.Agent.Id), teams, centre, now)).ToList();
        var counts = seats.CountBy(s => s.State).ToDictionary();
        (counts["over"], counts["paused"]) = (seats.Count(s => s.IsOver(now)), seats.Count(s => s.IsPaused));
        return new FloorSheet(now, picture.IsRunning, unit is { } id ? centre.Units.GetValueOrDefault(id) : null, centre.Zone, seats, counts, await Queues(unit, centre, picture, cancel),
            [.. live.Requests.Select(r => new FloorAsks.Request(r.Id, centre.Agents[r.AgentId].Code, centre.Agents[r.AgentId].Name, r.Kind, r.Reason, r.At))],
            [.. live.Breaks.Where(b => b.Away > 0 || b.Waiting.Count > 0).Select(b => new FloorAsks.TeamBreaks(b.Team, centre.Units[b.Team].Name, b.Away, b.Quota, [.. b.Waiting.Select(a => centre.Agents[a].Name)])).OrderBy(b => b.Team, StringComparer.CurrentCulture)],
            reasons);
    }

    private async Task<Live> Look(HashSet<Guid> agents, HashSet<Guid> teams, CancellationToken cancel)
    {
        var seen = await floor.Do<Live>(state => new Live(
            agents.Select(state.Picture).OfType<FloorAgent>().ToDictionary(a => a.AgentId), [.. state.OpenRequests.Where(r => agents.Contains(r.AgentId))],
            [.. teams.Select(t => (t, state.BreaksOf(t).Away.Count, state.BreakRulesOf(t).QuotaAt(state.Local(state.Now)), (IReadOnlyList<Guid>)[.. state.BreaksOf(t).Waiting.Select(w => w.Agent)]))]), cancel);
        return seen.Succeeded ? seen.Value : new Live(floor.Now().Agents.Where(a => agents.Contains(a.Key)).ToDictionary(), [], []);
    }

    private static FloorTile.Seat Seat(Platform.Contracts.Agent agent, Guid? team, FloorAgent? seen, bool asks, Dictionary<Guid, double?> teams, OrganisationSnapshot centre, DateTimeOffset now) => seen is null
        ? new FloorTile.Seat(agent.Id, agent.Code, agent.Name, team, "signed-out", null, null, null, false, null, null, asks, null, null, [])
        : new FloorTile.Seat(agent.Id, agent.Code, agent.Name, team, FloorState.StateCode(seen.State), seen.BreakReason, seen.Since, seen.OverLimitSince, seen.IsPaused, seen.ShiftEnd, seen.AsksBreak, asks,
            seen.OnDutyAt(now) >= LeastOnDuty ? PerHour(seen.Effort.TotalHours, seen.OnDutyAt(now).TotalHours) : null, teams.GetValueOrDefault(seen.TeamId ?? Guid.Empty),
            [.. seen.Contacts.Select(c => new FloorTile.Held(c.ContactId, centre.Queues.GetValueOrDefault(c.QueueId)?.Name ?? "", FloorLooks.ChannelCode(c.Channel), c.Stage, c.Since))]);

    private static double? PerHour(double effort, double onDuty) => onDuty > 0 ? effort / onDuty : null;

    /// <summary>Queues of the unit, of those below and above it, and those that belong to nobody: whatever its agents may serve.</summary>
    private async Task<IReadOnlyList<FloorQueues.Line>> Queues(Guid? unit, OrganisationSnapshot centre, FloorPicture picture, CancellationToken cancel)
    {
        var belonging = (await db.QueueUnits.AsNoTracking().ToListAsync(cancel)).ToLookup(b => b.QueueId, b => b.UnitId);
        var below = unit is { } top ? centre.Below(top) : null;
        return [.. picture.Queues.Values
            .Where(q => below is null || !belonging[q.QueueId].Any() || belonging[q.QueueId].Any(u => below.Contains(u) || centre.Below(u).Contains(unit!.Value)))
            .Select(q => Line(q, centre)).OrderByDescending(q => q.Waiting).ThenBy(q => q.Name, StringComparer.CurrentCulture)];
    }

    private static FloorQueues.Line Line(FloorQueue queue, OrganisationSnapshot centre)
    {
        var (answered, abandoned) = (queue.Quarters.Sum(q => q.Answered), queue.Quarters.Sum(q => q.Abandoned));
        return new FloorQueues.Line(queue.QueueId, centre.Queues.GetValueOrDefault(queue.QueueId)?.Name ?? "", FloorLooks.ChannelCode(queue.Channel), queue.IsOpen, queue.Waiting, queue.OldestAt,
            answered + abandoned == 0 ? null : queue.Quarters.Sum(q => q.AnsweredInTime) / (double)(answered + abandoned), queue.ServiceLevelSeconds, queue.Quarters.Sum(q => q.Offered), answered, abandoned);
    }
}
