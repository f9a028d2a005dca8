using Evenhand.Kernel;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Talk;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.Help;

/// <summary>Help that nobody took in time is heard one level higher: floor manager, then manager.</summary>
internal sealed class EscalateHelp(EvenhandDb db, TalkReach reach, TalkRules rules, TalkNews news, INotifications notifications)
{
    private const int AtOnce = 100;

    /// <summary>Answers how many went up.</summary>
    public async Task<int> Run(CancellationToken cancel)
    {
        var now = reach.Now;
        var due = await db.HelpRequests.AsNoTracking().Where(h => h.State == HelpState.Waiting && h.DueAt != null && h.DueAt <= now).OrderBy(h => h.DueAt).Take(AtOnce).ToListAsync(cancel);
        if (due.Count == 0) return 0;
        var (each, centre, raised) = (TimeSpan.FromSeconds((await rules.Read(cancel)).HelpSeconds), await reach.Centre(cancel), 0);
        foreach (var help in due)
        {
            db.Attach(help);
            (help.Level, help.DueAt) = HelpStates.Escalated(help.Level, now, each);
            help.Version++;
            db.Note(help, "escalated", Deadlines.Name, now);
            await notifications.Tell(HelpStates.HeardBy(help.Level), help.TeamId, "routing.help-escalated", [centre.Agents[help.AgentId].Name, (int)(now - help.AskedAt).TotalSeconds], "/help", cancel);
            try
            {
                await db.SaveChangesAsync(cancel);
                raised++;
            }
            catch (DbUpdateConcurrencyException)
            {
                // Somebody took it in this very moment, or another node was faster.
            }
            db.ChangeTracker.Clear();
            await news.Tell(TalkNews.Help, help.TeamId, TalkNews.Help, cancel);
            news.Desk(help.AgentId);
        }
        return raised;
    }
}
