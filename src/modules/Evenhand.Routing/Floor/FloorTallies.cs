using Evenhand.Dispatch;
using Evenhand.Kernel;
using Evenhand.Routing.Contracts;
using Evenhand.Routing.Rules;
using Evenhand.Routing.WorkItems;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.Floor;

/// <summary>Counts the floor's history and the open work for those who show them.</summary>
internal sealed class FloorTallies(EvenhandDb db, FloorRules rules) : IFloorTallies
{
    public async Task<IReadOnlyList<AgentTally>> Completed(DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
    {
        var found = await db.ContactSteps.AsNoTracking().Where(s => s.At >= from && s.At < to && s.Kind == OutputKind.Completed && s.AgentId != null).GroupBy(s => new { s.AgentId, s.QueueId })
            .Select(g => new { g.Key.AgentId, g.Key.QueueId, Contacts = g.Count(), Spent = g.Sum(s => s.SpentMs) }).ToListAsync(cancel);
        return [.. found.Select(t => new AgentTally(t.AgentId!.Value, t.QueueId, t.Contacts, t.Spent / 1000.0))];
    }

    public async Task<IReadOnlyList<OpenWork>> Open(string type, DateTimeOffset now, CancellationToken cancel)
    {
        var found = await db.WorkItems.AsNoTracking().Where(i => i.Type == type && i.ClosedAt == null).GroupBy(i => i.QueueId)
            .Select(g => new { g.Key, Pending = g.Count(), Overdue = g.Count(i => i.ResolveBy < now) }).ToListAsync(cancel);
        return [.. found.Select(w => new OpenWork(w.Key, w.Pending, w.Overdue))];
    }

    public async Task<IReadOnlyList<BreakName>> BreakReasons(CancellationToken cancel) => [.. (await rules.Read(cancel)).BreakReasons.Select(r => new BreakName(r.Code, r.Zh, r.En))];
}
