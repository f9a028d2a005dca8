using Evenhand.Dispatch;
using Evenhand.Kernel;
using Evenhand.Routing.CallBacks;
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
        // What was promised to a customer is due when it was promised, whatever the type of item allows.
        var found = await (from item in db.WorkItems.AsNoTracking().Where(i => i.Type == type && i.ClosedAt == null)
                           join promise in db.Promises.Where(p => p.OpenOf != null) on item.Id equals promise.ItemId into promises
                           from promise in promises.DefaultIfEmpty()
                           select new { item.QueueId, IsOverdue = promise == null ? item.ResolveBy < now : promise.Attempts == 0 && promise.DueAt <= now }).ToListAsync(cancel);
        return [.. found.GroupBy(w => w.QueueId).Select(g => new OpenWork(g.Key, g.Count(), g.Count(w => w.IsOverdue)))];
    }

    public async Task<IReadOnlyList<BreakName>> BreakReasons(CancellationToken cancel) => [.. (await rules.Read(cancel)).BreakReasons.Select(r => new BreakName(r.Code, r.Zh, r.En))];
}
