using Evenhand.Kernel;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Rules;
using Evenhand.Routing.Talk;
using Evenhand.Routing.WorkItems;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.CallBacks;

/// <summary>Puts call-backs into the line when their time has come, and tells the leader of a promise that nobody kept in time, or whose work item was closed without a call.</summary>
internal sealed class FollowPromises(EvenhandDb db, TalkReach reach, TalkNews news, LinkedItems items, INotifications notifications)
{
    private const int AtOnce = 100;
    private static readonly TimeSpan Later = TimeSpan.FromMinutes(5);

    /// <summary>Answers how many promises moved on.</summary>
    public async Task<int> Run(CancellationToken cancel)
    {
        var now = reach.Now;
        var known = db.WorkItems;
        var due = await db.Promises.AsNoTracking().Where(p => p.State == PromiseState.Pending && ((p.NextAt != null && p.NextAt <= now) || (p.Attempts == 0 && p.OverdueToldAt == null && p.DueAt <= now)
                || (p.NextAt == null && known.Any(i => i.Id == p.ItemId && i.ClosedAt != null && (p.OverdueToldAt == null || p.OverdueToldAt < i.ClosedAt)))))
            .OrderBy(p => p.DueAt).Take(AtOnce).ToListAsync(cancel);
        var kept = due.Select(p => p.ItemId).ToArray();
        var linked = kept.Length == 0 ? [] : await db.WorkItems.AsNoTracking().Where(i => kept.Contains(i.Id)).ToDictionaryAsync(i => i.Id, cancel);
        var moved = 0;
        foreach (var promise in due)
        {
            db.Attach(promise);
            var item = linked[promise.ItemId];
            if (promise.NextAt <= now)
            {
                db.Attach(item);
                if ((await items.Again(item, WorkItemType.Initial, cancel)).Refused(out _, out var next)) promise.NextAt = now + Later;
                else (promise.ItemId, promise.NextAt) = (next.Id, null);
            }
            if (Told(promise, item, now) is { } key)
            {
                promise.OverdueToldAt = now;
                await notifications.Tell(Rights.HelpFirst, promise.TeamId, key, [CustomerKey.Masked(promise.Customer)], "/call-backs", cancel);
            }
            promise.Version++;
            try
            {
                await db.SaveChangesAsync(cancel);
                moved++;
            }
            catch (DbUpdateConcurrencyException)
            {
                // Somebody is calling in this very moment, or another node was faster.
            }
            db.ChangeTracker.Clear();
            await news.Tell(TalkNews.CallBacks, promise.TeamId, null, cancel);
        }
        return moved;
    }

    /// <summary>What the leader is told of it now, once each time its item is closed and once when it is overdue; null for nothing.</summary>
    private static string? Told(Promise promise, WorkItem item, DateTimeOffset now)
    {
        if (promise.NextAt is null && promise.ItemId == item.Id && item.ClosedAt is { } closed && (promise.OverdueToldAt is null || promise.OverdueToldAt < closed)) return "routing.promise-item-over-told";
        return promise.OverdueToldAt is null && PromiseStates.IsOverdue(promise.State, promise.Attempts, promise.DueAt, now) ? "routing.promise-overdue-told" : null;
    }
}
