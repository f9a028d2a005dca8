using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Contracts;
using Evenhand.Routing.Talk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.Announcements;

/// <summary>What was announced to the units in scope, how many have read it, and who has not.</summary>
internal sealed class ListAnnouncements(EvenhandDb db, TalkReach reach) : IAnnouncements
{
    private const int Most = 100;

    /// <param name="State">`current`, `coming` or `over`.</param>
    /// <param name="People">Whom of the scope it is for, as the teams are today.</param>
    /// <param name="Unread">Names of those who have not read it, by code.</param>
    public sealed record Row(Guid Id, string Title, string Text, string Importance, string State, IReadOnlyList<string> Units, DateTimeOffset From, DateTimeOffset Until, DateTimeOffset At, string By, bool Withdrawn, bool Mine, int Reminders,
        int People, int Read, IReadOnlyList<Person> Unread);

    public sealed record Person(string Code, string Name, string? Team);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/announcements", async (ListAnnouncements slice, CancellationToken cancel) => TypedResults.Ok(await slice.Run(cancel)))
        .WithName(nameof(ListAnnouncements)).WithSummary("Announcements of the units in scope with who has read them").Needs(Rights.Announce);

    public async Task<IReadOnlyList<Row>> Run(CancellationToken cancel)
    {
        var (centre, scope, now) = (await reach.Centre(cancel), reach.Units(Rights.Announce), reach.Now);
        var (today, everything, above) = (reach.Today(centre), scope is null, (scope ?? []).SelectMany(u => TalkReach.Above(centre, u)).Distinct().ToArray());
        var found = await db.Announcements.AsNoTracking().Where(a => everything || db.Set<AnnouncementUnit>().Any(u => u.AnnouncementId == a.Id && above.Contains(u.UnitId)))
            .OrderByDescending(a => a.Until > now).ThenByDescending(a => a.From).Take(Most).ToListAsync(cancel);
        var ids = found.Select(a => a.Id).ToArray();
        var units = (await db.AnnouncementUnits.AsNoTracking().Where(u => ids.Contains(u.AnnouncementId)).ToListAsync(cancel)).ToLookup(u => u.AnnouncementId, u => u.UnitId);
        var reads = (await db.AnnouncementReads.AsNoTracking().Where(r => ids.Contains(r.AnnouncementId)).Select(r => new { r.AnnouncementId, r.AgentId }).ToListAsync(cancel)).ToLookup(r => r.AnnouncementId, r => r.AgentId);
        return [.. found.Select(a =>
        {
            var people = reach.AgentsOf(centre, units[a.Id]).Where(p => scope is null || (centre.TeamOf(p, today) is { } team && scope.Contains(team))).ToList();
            var read = reads[a.Id].ToHashSet();
            var unread = people.Where(p => !read.Contains(p)).Select(p => new Person(centre.Agents[p].Code, centre.Agents[p].Name, centre.TeamOf(p, today) is { } team ? centre.Units[team].Name : null)).ToList();
            return new Row(a.Id, a.Title, a.Text, ReadAnnouncement.Code(a.Importance), a.Until <= now ? "over" : a.From > now ? "coming" : "current", [.. units[a.Id].Where(centre.Units.ContainsKey).Select(u => centre.Units[u].Name)],
                a.From, a.Until, a.At, a.By, a.WithdrawnAt is not null, scope is null || units[a.Id].All(scope.Contains), a.Reminders, people.Count, people.Count - unread.Count, unread);
        })];
    }

    public async Task<IReadOnlyList<CurrentAnnouncement>> Current(IReadOnlyCollection<Guid> units, CancellationToken cancel)
    {
        var centre = await reach.Centre(cancel);
        var related = units.SelectMany(u => TalkReach.Above(centre, u).Concat(centre.Below(u))).Distinct().ToArray();
        var found = await db.AnnouncementsAt(reach.Now).Where(a => db.Set<AnnouncementUnit>().Any(u => u.AnnouncementId == a.Id && related.Contains(u.UnitId))).ToListAsync(cancel);
        return [.. found.OrderByDescending(a => a.Importance == Importance.Important).ThenByDescending(a => a.From).Select(a => new CurrentAnnouncement(a.Id, a.Title, a.Text, a.Importance == Importance.Important, a.From, a.Until))];
    }
}
