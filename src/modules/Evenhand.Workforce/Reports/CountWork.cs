using Evenhand.Dispatch.Queues;
using Evenhand.Kernel;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Contracts;
using Evenhand.Workforce.Roster;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Workforce.Reports;

/// <summary>Counts contacts taken and orders closed: by team with a line for each person who was on duty or did something.</summary>
internal sealed class CountWork(EvenhandDb db, IOrganisation organisation, IEnumerable<IHandled> handled)
{
    /// <summary>A team's figures of a span of time.</summary>
    public sealed record Team(Guid Id, string Code, string Name, IReadOnlyList<ReportLine> People)
    {
        public int OnDuty => People.Sum(p => p.People);
        public int Taken => People.Sum(p => p.Taken);
        public int Closed => People.Sum(p => p.Closed);
    }

    /// <summary>The figures of [from, to) of every team that had anybody on duty or anything done, in the order of their codes.</summary>
    public async Task<IReadOnlyList<Team>> Teams(DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
    {
        var centre = await organisation.Read(cancel);
        var rostered = (await db.DutiesDuring(from, to).AsNoTracking().Select(d => d.AgentId).ToListAsync(cancel)).ToHashSet();
        var work = await Of(from, to, cancel);
        return [.. rostered.Union(work.Keys).Where(centre.Agents.ContainsKey).Select(a => (Agent: centre.Agents[a], Team: centre.TeamAt(a, from))).Where(a => a.Team is not null)
            .GroupBy(a => a.Team!.Value).Select(g => new Team(g.Key, centre.TeamCode(g.Key), centre.TeamName(g.Key),
                [.. g.OrderBy(a => a.Agent.Code, StringComparer.Ordinal).Select(a => new ReportLine(a.Agent.Code, a.Agent.Name, rostered.Contains(a.Agent.Id) ? 1 : 0, work.GetValueOrDefault(a.Agent.Id).Taken, work.GetValueOrDefault(a.Agent.Id).Closed))]))
            .OrderBy(t => t.Code, StringComparer.Ordinal)];
    }

    /// <summary>Contacts taken and orders closed by agent in [from, to).</summary>
    public async Task<Dictionary<Guid, (int Taken, int Closed)>> Of(DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
    {
        var counts = new Dictionary<Guid, (int Taken, int Closed)>();
        foreach (var source in handled)
            foreach (var work in await source.Handled(from, to, cancel))
            {
                var (taken, closed) = counts.GetValueOrDefault(work.AgentId);
                counts[work.AgentId] = work.Channel == Channel.WorkItem ? (taken, closed + work.Closed) : (taken + work.Taken, closed);
            }
        return counts;
    }
}
