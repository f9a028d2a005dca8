using Evenhand.Kernel;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Floor;
using Evenhand.Routing.Talk;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.Help;

/// <summary>Help that nobody took in time, or that whoever took it did not answer in time, is heard one level higher: floor manager, then manager. Help on hold ends with its contact.</summary>
internal sealed class EscalateHelp(EvenhandDb db, TalkReach reach, TalkRules rules, TalkNews news, INotifications notifications)
{
    private const int AtOnce = 100;

    /// <summary>Answers how many went up or ended.</summary>
    public async Task<int> Run(CancellationToken cancel)
    {
        var now = reach.Now;
        var moved = await End(now, cancel);
        var due = await db.HelpRequests.AsNoTracking().Where(h => h.OpenOf != null && h.DueAt != null && h.DueAt <= now).OrderBy(h => h.DueAt).Take(AtOnce).ToListAsync(cancel);
        if (due.Count == 0) return moved;
        var (each, centre) = (TimeSpan.FromSeconds((await rules.Read(cancel)).HelpSeconds), await reach.Centre(cancel));
        foreach (var help in due)
        {
            db.Attach(help);
            var (taker, waited) = (help.TakenBy, (int)(now - help.AskedAt).TotalSeconds);
            (help.Level, help.DueAt) = HelpStates.Escalated(help.Level, now, each);
            (help.State, help.TakenById, help.TakenBy, help.TakenAt) = (HelpState.Waiting, null, null, null);
            db.Note(help, "escalated", Deadlines.Name, now, taker);
            var who = centre.Agents[help.AgentId].Name;
            await notifications.Tell(HelpStates.HeardBy(help.Level), help.TeamId, taker is null ? "routing.help-escalated" : "routing.help-unanswered", taker is null ? [who, waited] : [who, waited, taker], "/help", cancel);
            if (await Save(help, TalkNews.Help, cancel)) moved++;
        }
        return moved;
    }

    /// <summary>Nobody is on hold any more: what nobody took is needed no more, and what somebody took is to be written down.</summary>
    private async Task<int> End(DateTimeOffset now, CancellationToken cancel)
    {
        var contacts = db.FloorContacts;
        var over = await db.HelpRequests.AsNoTracking().Where(h => h.OpenOf != null && h.Kind == HelpRequest.OnHold && contacts.Any(c => c.Id == h.ContactId && c.EndedAt != null)).OrderBy(h => h.Id).Take(AtOnce).ToListAsync(cancel);
        var ended = 0;
        foreach (var help in over)
        {
            db.Attach(help);
            (help.State, help.DueAt, help.OpenOf) = (HelpStates.ContactOver(help.State), null, null);
            if (help.State == HelpState.Withdrawn) help.ClosedAt = now;
            db.Note(help, "contact-over", Deadlines.Name, now);
            if (await Save(help, null, cancel)) ended++;
        }
        return ended;
    }

    /// <summary>Whether it was saved; not where somebody acted on it in this very moment, or another node was faster.</summary>
    private async Task<bool> Save(HelpRequest help, string? signal, CancellationToken cancel)
    {
        help.Version++;
        var saved = true;
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            saved = false;
        }
        db.ChangeTracker.Clear();
        await news.Tell(TalkNews.Help, help.TeamId, signal, cancel);
        news.Desk(help.AgentId);
        return saved;
    }
}
