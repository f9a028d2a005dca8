using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Talk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.Announcements;

/// <summary>Rings again for whoever has not read an announcement: as it falls due, or because a leader says so.</summary>
internal sealed class RemindUnread(EvenhandDb db, TalkReach reach, TalkRules rules, TalkNews news, INotifications notifications)
{
    private const int AtOnce = 50;

    public sealed record Reminded(int People);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/announcements/{id:guid}/remind", async (Guid id, RemindUnread slice, CancellationToken cancel) =>
        (await slice.Now(id, cancel)).ToReply()).WithName(nameof(RemindUnread)).WithSummary("Reminds whoever of the own units has not read it").Needs(Rights.Announce);

    /// <summary>What fell due; answers how many announcements rang.</summary>
    public async Task<int> Run(CancellationToken cancel)
    {
        var now = reach.Now;
        var due = await db.Announcements.AsNoTracking().Where(a => a.RemindAt != null && a.RemindAt <= now).OrderBy(a => a.RemindAt).Take(AtOnce).ToListAsync(cancel);
        if (due.Count == 0) return 0;
        var (centre, pause, rang) = (await reach.Centre(cancel), TimeSpan.FromMinutes((await rules.Read(cancel)).ReminderMinutes), 0);
        foreach (var announcement in due)
        {
            db.Attach(announcement);
            var begins = announcement.Reminders == 0 && announcement.From > announcement.At;
            IReadOnlyList<Guid> unread = announcement.Until > now ? await Unread(announcement.Id, centre, null, cancel) : [];
            announcement.RemindAt = unread.Count == 0 ? null : now + pause;
            if (unread.Count > 0) announcement.Reminders++;
            announcement.Version++;
            await notifications.TellAgents(unread, begins ? "routing.announcement-told" : "routing.announcement-reminded", [announcement.Title], "/announcements", cancel);
            try
            {
                await db.SaveChangesAsync(cancel);
                rang += unread.Count > 0 ? 1 : 0;
                foreach (var agent in unread) news.Desk(agent);
            }
            catch (DbUpdateConcurrencyException)
            {
                // Withdrawn in this very moment, or another node was faster.
            }
            db.ChangeTracker.Clear();
        }
        return rang;
    }

    public async Task<Outcome<Reminded>> Now(Guid id, CancellationToken cancel)
    {
        var (centre, now, scope) = (await reach.Centre(cancel), reach.Now, reach.Units(Rights.Announce));
        if (await db.AnnouncementsAt(now).FirstOrDefaultAsync(a => a.Id == id, cancel) is not { } found) return new Refusal("routing.announcement.not-found");
        var unread = await Unread(id, centre, scope, cancel);
        await notifications.TellAgents(unread, "routing.announcement-reminded", [found.Title], "/announcements", cancel);
        await db.SaveChangesAsync(cancel);
        return new Reminded(unread.Count);
    }

    private async Task<IReadOnlyList<Guid>> Unread(Guid id, OrganisationSnapshot centre, IReadOnlyCollection<Guid>? scope, CancellationToken cancel)
    {
        var units = await db.AnnouncementUnits.AsNoTracking().Where(u => u.AnnouncementId == id).Select(u => u.UnitId).ToListAsync(cancel);
        var (read, today) = ((await db.AnnouncementReads.AsNoTracking().Where(r => r.AnnouncementId == id).Select(r => r.AgentId).ToListAsync(cancel)).ToHashSet(), reach.Today(centre));
        return [.. reach.AgentsOf(centre, units).Where(a => !read.Contains(a) && (scope is null || (centre.TeamOf(a, today) is { } team && scope.Contains(team))))];
    }
}
