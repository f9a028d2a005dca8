using Evenhand.Kernel;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.CallBacks;
using Evenhand.Routing.Talk;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.WorkItems;

/// <summary>
/// Tells of work items whose time has passed, once when nobody began in time and once when they are not over in time: whoever works on them and the leader, before anybody has them the leaders of the
/// queue's units; that they are late also the floor manager. Many at once are told as one. Promised calls have a telling of their own.
/// </summary>
internal sealed class TellLate(EvenhandDb db, TalkReach reach, INotifications notifications)
{
    private const int AtOnce = 500;
    private const int OneByOne = 3;

    private sealed record Late(Guid Id, string Subject, Guid QueueId, Guid? AgentId, bool IsOver);

    /// <summary>Answers how many items were told of.</summary>
    public async Task<int> Run(CancellationToken cancel)
    {
        var now = reach.Now;
        var due = await db.WorkItems.AsNoTracking().Where(i => i.TellAt != null && i.TellAt <= now).OrderBy(i => i.TellAt).Take(AtOnce).ToListAsync(cancel);
        if (due.Count == 0) return 0;
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var (begins, ends) = (due.Where(i => i.TellAt < i.ResolveBy).Select(i => i.Id).ToArray(), due.Where(i => i.TellAt >= i.ResolveBy).Select(i => i.Id).ToArray());
        // Where another node was faster nobody is told twice.
        if (await db.WorkItems.Where(i => begins.Contains(i.Id) && i.TellAt <= now && i.TellAt < i.ResolveBy).ExecuteUpdateAsync(set => set.SetProperty(i => i.TellAt, i => i.ResolveBy), cancel) < begins.Length
            || await db.WorkItems.Where(i => ends.Contains(i.Id) && i.TellAt != null).ExecuteUpdateAsync(set => set.SetProperty(i => i.TellAt, (DateTimeOffset?)null), cancel) < ends.Length) return 0;
        var ids = due.Select(i => i.Id).ToArray();
        var promised = (await db.Promises.AsNoTracking().Where(p => p.OpenOf != null && ids.Contains(p.ItemId)).Select(p => p.ItemId).ToListAsync(cancel)).ToHashSet();
        List<Late> late = [.. due.Where(i => i.ClosedAt is null && !promised.Contains(i.Id) && (ends.Contains(i.Id) || i.RespondedAt is null)).Select(i => new Late(i.Id, i.Subject, i.QueueId, i.AgentId, ends.Contains(i.Id)))];
        await Tell(late, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return late.Count;
    }

    private async Task Tell(List<Late> late, CancellationToken cancel)
    {
        if (late.Count == 0) return;
        var centre = await reach.Centre(cancel);
        var today = reach.Today(centre);
        var units = (await db.QueueUnits.AsNoTracking().ToListAsync(cancel)).ToLookup(u => u.QueueId, u => u.UnitId);
        foreach (var own in late.Where(l => l.AgentId is not null).GroupBy(l => (l.AgentId, l.QueueId, l.IsOver)))
            await Say([.. own], (key, args, href) => notifications.TellAgents([own.Key.AgentId!.Value], key, args, href, cancel));
        foreach (var led in late.GroupBy(l => (Team: l.AgentId is { } agent ? centre.TeamOf(agent, today) : null, l.QueueId, l.IsOver)))
        {
            IEnumerable<Guid> of = led.Key.Team is { } team ? [team] : units[led.Key.QueueId];
            foreach (var unit in of)
                await Say([.. led], async (key, args, href) =>
                {
                    await notifications.Tell(Rights.HelpFirst, unit, key, args, href, cancel);
                    if (led.Key.IsOver || led.Key.Team is null) await notifications.Tell(Rights.HelpSecond, unit, key, args, href, cancel);
                });
        }

        async Task Say(IReadOnlyList<Late> group, Func<string, object?[], string, Task> say)
        {
            var (queue, key) = (centre.Queues[group[0].QueueId], group[0].IsOver ? "routing.late-over" : "routing.late-begin");
            if (group.Count > OneByOne) await say($"{key}-many", [group.Count, queue.Name], $"/work-items?queue={Uri.EscapeDataString(queue.Code)}&{(group[0].IsOver ? "overdue=true" : "state=" + WorkItemType.Initial)}");
            else foreach (var item in group) await say(key, [item.Subject, queue.Name], $"/work-items/{item.Id}");
        }
    }
}
