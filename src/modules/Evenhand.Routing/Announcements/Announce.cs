using System.ComponentModel.DataAnnotations;
using Evenhand.Kernel.Rights;
using Evenhand.Kernel;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Floor;
using Evenhand.Routing.Talk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.Announcements;

/// <summary>Tells the people of some units something, or takes it back.</summary>
internal sealed class Announce(EvenhandDb db, TalkReach reach, TalkRules rules, TalkNews news, INotifications notifications, CurrentAccess current)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <param name="Units">Codes of units; everybody below them is meant too.</param>
    /// <param name="Importance">`normal`, or `important`: read before going ready.</param>
    /// <param name="From">From when it holds; now without it.</param>
    public sealed record Request([Required, MinLength(1), MaxLength(200)] IReadOnlyList<string> Units, [Required, MaxLength(200)] string Title, [Required, MaxLength(5000)] string Text, DateTimeOffset Until,
        [RegularExpression("normal|important")] string Importance = "normal", DateTimeOffset? From = null);

    public sealed record Announced(Guid Id, int People);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/announcements", async (Request request, Announce slice, CancellationToken cancel) => (await slice.Run(request, cancel)).ToReply())
            .WithName(nameof(Announce)).WithSummary("Announces something to the people of some units").Needs(Rights.Announce);
        api.MapPost("/announcements/{id:guid}/withdraw", async (Guid id, Announce slice, CancellationToken cancel) => (await slice.Withdraw(id, cancel)).ToReply())
            .WithName("WithdrawAnnouncement").WithSummary("Takes an announcement back; who read it stays on record").Needs(Rights.Announce);
    }

    public async Task<Outcome<Announced>> Run(Request request, CancellationToken cancel)
    {
        var (centre, now) = (await reach.Centre(cancel), reach.Now);
        var units = centre.Units.Values.Where(u => request.Units.Contains(u.Code)).ToList();
        if (request.Units.Except(units.Select(u => u.Code)).FirstOrDefault() is { } unknown) return new Refusal("routing.unit-unknown", unknown);
        if (units.FirstOrDefault(u => !reach.Over(Rights.Announce, u.Id)) is { } beyond) return new Refusal("routing.announce.not-allowed", beyond.Name);
        if (Written.Text(request.Title) is not { } title || Written.Text(request.Text) is not { } text) return new Refusal("routing.announcement-empty");
        var from = request.From ?? now;
        if (request.Until <= from || request.Until <= now || request.Until - now > Longest) return new Refusal("routing.announcement-times");
        var made = await Put([.. units.Select(u => u.Id)], title, text, request.Importance == "important" ? Importance.Important : Importance.Normal, from, request.Until, null, cancel);
        await db.SaveChangesAsync(cancel);
        var people = reach.AgentsOf(centre, units.Select(u => u.Id));
        foreach (var agent in people) news.Desk(agent);
        return new Announced(made.Id, people.Count);
    }

    /// <summary>Adds an announcement with its bells; saved with the caller's own changes. One that begins later rings when it does.</summary>
    public async Task<Announcement> Put(IReadOnlyList<Guid> units, string title, string text, Importance importance, DateTimeOffset from, DateTimeOffset until, string? source, CancellationToken cancel)
    {
        var (centre, now) = (await reach.Centre(cancel), reach.Now);
        var later = from > now;
        var made = new Announcement
        {
            Id = Guid.CreateVersion7(), Title = title, Text = text, Importance = importance, From = from.ToUniversalTime(), Until = until.ToUniversalTime(), At = now, By = current.Access.Name, ById = current.Access.AccountId, Source = source,
            RemindAt = later ? from.ToUniversalTime() : now.AddMinutes((await rules.Read(cancel)).ReminderMinutes),
        };
        db.Add(made);
        db.AddRange(units.Distinct().Select(u => new AnnouncementUnit { AnnouncementId = made.Id, UnitId = u }));
        if (!later) await notifications.TellAgents(reach.AgentsOf(centre, units), "routing.announcement-told", [title], "/announcements", cancel);
        return made;
    }

    public async Task<Outcome<Done>> Withdraw(Guid id, CancellationToken cancel)
    {
        if (await db.Announcements.FirstOrDefaultAsync(a => a.Id == id, cancel) is not { } found) return new Refusal("routing.announcement.not-found");
        var units = await db.AnnouncementUnits.AsNoTracking().Where(u => u.AnnouncementId == id).Select(u => u.UnitId).ToListAsync(cancel);
        var centre = await reach.Centre(cancel);
        if (!units.SelectMany(centre.Below).Any(u => reach.Over(Rights.Announce, u))) return new Refusal("routing.announcement.not-found");
        if (!units.All(u => reach.Over(Rights.Announce, u))) return new Refusal("routing.announcement-wider");
        if (found.WithdrawnAt is not null) return Done.It;
        var now = reach.Now;
        (found.WithdrawnAt, found.WithdrawnBy, found.RemindAt) = (now, current.Access.Name, null);
        if (found.Until > now) found.Until = now;
        found.Version++;
        await db.SaveChangesAsync(cancel);
        foreach (var agent in reach.AgentsOf(centre, units)) news.Desk(agent);
        return Done.It;
    }
}
