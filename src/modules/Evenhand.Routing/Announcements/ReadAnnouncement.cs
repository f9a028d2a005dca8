using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Talk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.Announcements;

/// <summary>The own announcements, and the word that one was read. What is important must be read before going ready.</summary>
internal sealed class ReadAnnouncement(EvenhandDb db, TalkReach reach, TalkNews news, CurrentAccess current)
{
    public sealed record Row(Guid Id, string Title, string Text, string Importance, DateTimeOffset From, DateTimeOffset Until, string By, DateTimeOffset? ReadAt);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/desk/announcements", async (ReadAnnouncement slice, CancellationToken cancel) => TypedResults.Ok(await slice.Own(cancel)))
            .WithName("ListOwnAnnouncements").WithSummary("The announcements that hold for the person at the desk, the unread first").Needs(Rights.Desk);
        api.MapPost("/desk/announcements/{id:guid}/read", async (Guid id, ReadAnnouncement slice, CancellationToken cancel) => (await slice.Run(id, cancel)).ToReply())
            .WithName(nameof(ReadAnnouncement)).WithSummary("Says that an announcement was read").Needs(Rights.Desk);
    }

    /// <summary>What holds now for the agent, the unread first.</summary>
    public async Task<IReadOnlyList<Row>> Own(CancellationToken cancel) => current.Access.AgentId is { } agent ? await Of(agent, cancel) : [];

    public async Task<IReadOnlyList<Row>> Of(Guid agent, CancellationToken cancel)
    {
        var mine = await For(agent, cancel);
        var ids = mine.Select(a => a.Id).ToArray();
        var read = await db.AnnouncementReads.AsNoTracking().Where(r => r.AgentId == agent && ids.Contains(r.AnnouncementId)).ToDictionaryAsync(r => r.AnnouncementId, r => r.At, cancel);
        return [.. mine.Select(a => new Row(a.Id, a.Title, a.Text, Code(a.Importance), a.From, a.Until, a.By, read.TryGetValue(a.Id, out var at) ? at : null))
            .OrderBy(r => r.ReadAt is not null).ThenByDescending(r => r.Importance == "important").ThenByDescending(r => r.From)];
    }

    public async Task<Outcome<Done>> Run(Guid id, CancellationToken cancel)
    {
        if (current.Access.AgentId is not { } agent) return new Refusal("routing.no-agent");
        if ((await For(agent, cancel)).All(a => a.Id != id)) return new Refusal("routing.announcement.not-found");
        if (await db.AnnouncementReads.AnyAsync(r => r.AnnouncementId == id && r.AgentId == agent, cancel)) return Done.It;
        db.Add(new AnnouncementRead { AnnouncementId = id, AgentId = agent, At = reach.Now });
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear();
            if (!await db.AnnouncementReads.AnyAsync(r => r.AnnouncementId == id && r.AgentId == agent, cancel)) throw;
        }
        news.Desk(agent);
        return Done.It;
    }

    /// <summary>Why somebody may not go ready yet: something important was not read.</summary>
    public async Task<Refusal?> Gate(Guid? agent, CancellationToken cancel)
    {
        if (agent is not { } who) return null;
        var important = (await For(who, cancel)).Where(a => a.Importance == Importance.Important).ToList();
        if (important.Count == 0) return null;
        var ids = important.Select(a => a.Id).ToArray();
        var read = await db.AnnouncementReads.AsNoTracking().Where(r => r.AgentId == who && ids.Contains(r.AnnouncementId)).Select(r => r.AnnouncementId).ToListAsync(cancel);
        return important.Where(a => !read.Contains(a.Id)).MaxBy(a => a.From) is { } unread ? new Refusal("routing.announcement-unread", unread.Title) : null;
    }

    public static string Code(Importance importance) => importance.ToString().ToLowerInvariant();

    private async Task<List<Announcement>> For(Guid agent, CancellationToken cancel)
    {
        var (centre, now) = (await reach.Centre(cancel), reach.Now);
        var units = TalkReach.Above(centre, centre.TeamOf(agent, reach.Today(centre))).ToArray();
        return units.Length == 0 ? [] : await db.AnnouncementsAt(now).Where(a => db.Set<AnnouncementUnit>().Any(u => u.AnnouncementId == a.Id && units.Contains(u.UnitId))).ToListAsync(cancel);
    }
}
