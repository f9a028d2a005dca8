using Evenhand.Intake.Contracts;
using Evenhand.Kernel;
using Evenhand.Routing.Contracts;
using Evenhand.Routing.WorkItems;
using Microsoft.EntityFrameworkCore;
using Channel = Evenhand.Dispatch.Queues.Channel;

namespace Evenhand.Routing.Floor;

/// <summary>Counts what people took and closed: contacts of the floor, for people the floor gave none those that a log tells of, and work items.</summary>
internal sealed class CountHandled(EvenhandDb db, IIntake intake) : IHandled
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(32);

    public async Task<IReadOnlyList<HandledWork>> Handled(DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
    {
        if (to <= from || to - from > Longest) throw new ArgumentOutOfRangeException(nameof(to), "At most 32 days.");
        var (start, end) = (from.ToUniversalTime(), to.ToUniversalTime());
        var counts = new Dictionary<(Guid Agent, Channel Channel), (int Taken, int Closed)>();
        void Add(Guid agent, Channel channel, int taken, int closed)
        {
            var had = counts.GetValueOrDefault((agent, channel));
            counts[(agent, channel)] = (had.Taken + taken, had.Closed + closed);
        }
        var floor = db.FloorContacts.AsNoTracking().Where(c => c.AgentId != null && c.Channel != Channel.WorkItem);
        foreach (var took in await floor.Where(c => c.AnsweredAt >= start && c.AnsweredAt < end).GroupBy(c => new { c.AgentId, c.Channel }).Select(g => new { g.Key.AgentId, g.Key.Channel, Count = g.Count() }).ToListAsync(cancel)) Add(took.AgentId!.Value, took.Channel, took.Count, 0);
        foreach (var ended in await floor.Where(c => c.EndedAt >= start && c.EndedAt < end && c.Outcome == "completed").GroupBy(c => new { c.AgentId, c.Channel }).Select(g => new { g.Key.AgentId, g.Key.Channel, Count = g.Count() }).ToListAsync(cancel)) Add(ended.AgentId!.Value, ended.Channel, 0, ended.Count);
        var onFloor = counts.Keys.Select(k => k.Agent).ToHashSet();
        var (first, last) = (start.ToUnixTimeSeconds(), end.ToUnixTimeSeconds());
        await foreach (var contact in intake.ContactsDuring(first, last, cancel))
            if (contact is { AgentId: { } agent, ConnectedAt: { } connected } && !onFloor.Contains(agent))
                Add(agent, Channel.Call, connected >= first && connected < last ? 1 : 0, contact.EndedAt is { } over && over >= first && over < last ? 1 : 0);
        var items = db.WorkItems.AsNoTracking().Where(i => i.AgentId != null);
        foreach (var began in await items.Where(i => i.RespondedAt >= start && i.RespondedAt < end && i.State != "cancelled").GroupBy(i => i.AgentId).Select(g => new { Agent = g.Key, Count = g.Count() }).ToListAsync(cancel)) Add(began.Agent!.Value, Channel.WorkItem, began.Count, 0);
        foreach (var done in await items.Where(i => i.ClosedAt >= start && i.ClosedAt < end && i.State == "done").GroupBy(i => i.AgentId).Select(g => new { Agent = g.Key, Count = g.Count() }).ToListAsync(cancel)) Add(done.Agent!.Value, Channel.WorkItem, 0, done.Count);
        return [.. counts.Where(c => c.Value != default).Select(c => new HandledWork(c.Key.Agent, c.Key.Channel, c.Value.Taken, c.Value.Closed))];
    }
}
