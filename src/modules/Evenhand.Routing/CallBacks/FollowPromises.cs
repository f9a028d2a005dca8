using Evenhand.Kernel;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Rules;
using Evenhand.Routing.Talk;
using Evenhand.Routing.WorkItems;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.CallBacks;

/// <summary>Puts call-backs into the line when their time has come, and tells the leader of a promise that nobody kept in time.</summary>
internal sealed class FollowPromises(EvenhandDb db, TalkReach reach, TalkNews news, LinkedItems items, INotifications notifications)
{
    private const int AtOnce = 100;

    /// <summary>Answers how many promises moved on.</summary>
    public async Task<int> Run(CancellationToken cancel)
    {
        var now = reach.Now;
        var due = await db.Promises.AsNoTracking().Where(p => p.State == PromiseState.Pending && ((p.NextAt != null && p.NextAt <= now) || (p.Attempts == 0 && p.OverdueToldAt == null && p.DueAt <= now)))
            .OrderBy(p => p.DueAt).Take(AtOnce).ToListAsync(cancel);
        var moved = 0;
        foreach (var promise in due)
        {
            db.Attach(promise);
            if (promise.NextAt <= now)
            {
                promise.NextAt = null;
                await items.Set(await db.WorkItems.FirstAsync(i => i.Id == promise.ItemId, cancel), WorkItemType.Initial, null, cancel);
            }
            if (PromiseStates.IsOverdue(promise.State, promise.Attempts, promise.DueAt, now) && promise.OverdueToldAt is null)
            {
                promise.OverdueToldAt = now;
                await notifications.Tell(Rights.HelpFirst, promise.TeamId, "routing.promise-overdue-told", [CustomerKey.Masked(promise.Customer)], "/call-backs", cancel);
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
}
