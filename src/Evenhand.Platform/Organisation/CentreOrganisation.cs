using Evenhand.Kernel;
using Evenhand.Platform.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Platform.Organisation;

/// <summary>Shares one snapshot per version of the organisation between all who ask.</summary>
internal sealed class SnapshotCache
{
    public (long Version, OrganisationSnapshot Snapshot)? Latest { get; set; }
}

/// <summary>Answers questions about the organisation and lets sources of events add what they name.</summary>
internal sealed class CentreOrganisation(EvenhandDb db, SnapshotCache cache, TimeProvider clock) : IOrganisation
{
    public async Task<OrganisationSnapshot> Read(CancellationToken cancel)
    {
        var centre = await db.Centres.AsNoTracking().SingleOrDefaultAsync(cancel);
        var version = centre?.Version ?? -1;
        var joined = db.Database.CurrentTransaction is not null;
        if (!joined && cache.Latest is { } latest && latest.Version == version) return latest.Snapshot;
        var snapshot = new OrganisationSnapshot(
            centre is null ? TimeZoneInfo.Local : TimeZoneInfo.FindSystemTimeZoneById(centre.Zone),
            (await db.Units.AsNoTracking().ToListAsync(cancel)).Select(u => new Unit(u.Id, u.ParentId, u.Kind, u.Code, u.Name)),
            (await db.Agents.AsNoTracking().ToListAsync(cancel)).Select(a => new Agent(a.Id, a.Code, a.Name, a.JoinedOn, a.LeftOn, a.Placed)),
            (await db.Queues.AsNoTracking().ToListAsync(cancel)).Select(q => new Queue(q.Id, q.Code, q.Name, q.Placed)),
            (await db.Placements.AsNoTracking().ToListAsync(cancel)).Select(p => new Placement(p.AgentId, p.TeamId, p.From, p.To))) { Version = version };
        if (!joined) cache.Latest = (version, snapshot);
        return snapshot;
    }

    public async Task<IReadOnlyDictionary<string, Guid>> EnsureAgents(IReadOnlyCollection<string> codes, string source, CancellationToken cancel)
    {
        var known = await db.Agents.Where(a => codes.Contains(a.Code)).ToDictionaryAsync(a => a.Code, a => a.Id, cancel);
        var strange = codes.Where(c => !known.ContainsKey(c)).Distinct().ToList();
        foreach (var code in strange)
            db.Add(new AgentRow { Id = known[code] = Guid.CreateVersion7(), Code = code, Name = code });
        if (strange.Count > 0) await SaveChanged(cancel);
        return known;
    }

    public async Task<IReadOnlyDictionary<string, Guid>> EnsureQueues(IReadOnlyCollection<string> codes, string source, CancellationToken cancel)
    {
        var known = await db.Queues.Where(q => codes.Contains(q.Code)).ToDictionaryAsync(q => q.Code, q => q.Id, cancel);
        var strange = codes.Where(c => !known.ContainsKey(c)).Distinct().ToList();
        foreach (var code in strange)
            db.Add(new QueueRow { Id = known[code] = Guid.CreateVersion7(), Code = code, Name = code });
        if (strange.Count > 0) await SaveChanged(cancel);
        return known;
    }

    public async Task Establish(OrganisationPlan plan, CancellationToken cancel)
    {
        var centre = await db.RaiseVersion(cancel);
        if (plan.Zone is not null) centre.Zone = TimeZoneInfo.FindSystemTimeZoneById(plan.Zone).Id;
        var units = await db.Units.ToDictionaryAsync(u => u.Code, cancel);
        foreach (var unit in plan.Units)
        {
            if (!units.TryGetValue(unit.Code, out var row))
                db.Add(units[unit.Code] = row = new UnitRow { Id = Guid.CreateVersion7(), Code = unit.Code, Name = unit.Name, Kind = unit.Kind });
            (row.Name, row.Kind, row.ParentId) = (unit.Name, unit.Kind, unit.ParentCode is null ? null : units[unit.ParentCode].Id);
        }
        var queues = await db.Queues.ToDictionaryAsync(q => q.Code, cancel);
        foreach (var queue in plan.Queues)
        {
            if (!queues.TryGetValue(queue.Code, out var row)) db.Add(row = new QueueRow { Id = Guid.CreateVersion7(), Code = queue.Code, Name = queue.Name });
            (row.Name, row.Placed) = (queue.Name, true);
        }
        await EstablishAgents(plan.Agents, units, cancel);
        db.Publish(new OrganisationChanged("established", null), clock.GetUtcNow(), "organisation plan");
        await SaveChanged(cancel);
    }

    private async Task EstablishAgents(IReadOnlyList<PlannedAgent> planned, Dictionary<string, UnitRow> units, CancellationToken cancel)
    {
        var agents = await db.Agents.ToDictionaryAsync(a => a.Code, cancel);
        var stays = (await db.Placements.ToListAsync(cancel)).ToDictionary(p => (p.AgentId, p.From));
        foreach (var agent in planned)
        {
            if (!agents.TryGetValue(agent.Code, out var row)) db.Add(row = new AgentRow { Id = Guid.CreateVersion7(), Code = agent.Code, Name = agent.Name });
            (row.Name, row.JoinedOn, row.LeftOn, row.Placed) = (agent.Name, agent.JoinedOn, agent.LeftOn, agent.Stays.Count > 0);
            foreach (var (team, from, to) in agent.Stays)
            {
                if (!stays.TryGetValue((row.Id, from), out var stay))
                    db.Add(stay = new PlacementRow { Id = Guid.CreateVersion7(), AgentId = row.Id, TeamId = units[team].Id, From = from });
                (stay.TeamId, stay.To) = (units[team].Id, to);
            }
        }
    }

    private async Task SaveChanged(CancellationToken cancel)
    {
        if (!db.ChangeTracker.HasChanges()) return;
        await db.RaiseVersion(cancel);
        await db.SaveChangesAsync(cancel);
    }
}
