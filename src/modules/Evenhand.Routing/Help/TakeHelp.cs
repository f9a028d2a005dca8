using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Talk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.Help;

/// <summary>Takes a cry for help and goes to the desk; of many at once exactly one has it. Or gives it back, and it is heard again.</summary>
internal sealed class TakeHelp(EvenhandDb db, TalkReach reach, TalkRules rules, TalkNews news, INotifications notifications, CurrentAccess current)
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/help/{id:guid}/take", async (Guid id, TakeHelp slice, CancellationToken cancel) => (await slice.Run(id, cancel)).ToReply())
            .WithName(nameof(TakeHelp)).WithSummary("Takes a cry for help; who comes second is refused").Needs(Rights.Help);
        api.MapPost("/help/{id:guid}/give-back", async (Guid id, TakeHelp slice, CancellationToken cancel) => (await slice.GiveBack(id, cancel)).ToReply())
            .WithName("GiveHelpBack").WithSummary("Cannot come after all: it is heard again").Needs(Rights.Help);
    }

    public async Task<Outcome<Done>> Run(Guid id, CancellationToken cancel)
    {
        if (await Find(id, cancel) is not { } help) return new Refusal("routing.help.not-found");
        if (help.AgentId == current.Access.AgentId) return new Refusal("routing.help-oneself");
        if (help.State == HelpState.Taken && help.TakenById is { } who && who == current.Access.AccountId) return Done.It;
        if (HelpStates.After(help.State, HelpAct.Take, help.TakenBy).Refused(out var refusal, out var next)) return refusal;
        var now = reach.Now;
        var answerBy = HelpStates.AnswerBy(now, TimeSpan.FromSeconds((await rules.Read(cancel)).HelpSeconds));
        (help.State, help.DueAt, help.TakenById, help.TakenBy, help.TakenAt) = (next, answerBy, current.Access.AccountId, current.Access.Name, now);
        db.Note(help, "taken", current.Access.Name, now);
        if (help.AccountId is { } account) await notifications.Tell([account], "routing.help-coming", [current.Access.Name], null, cancel);
        return await Save(help, cancel);
    }

    public async Task<Outcome<Done>> GiveBack(Guid id, CancellationToken cancel)
    {
        if (await Find(id, cancel) is not { } help) return new Refusal("routing.help.not-found");
        if (HelpStates.After(help.State, HelpAct.GiveBack).Refused(out var refusal, out var next)) return refusal;
        var now = reach.Now;
        DateTimeOffset? due = help.Level >= HelpStates.Highest ? null : now.AddSeconds((await rules.Read(cancel)).HelpSeconds);
        (help.State, help.DueAt, help.TakenById, help.TakenBy, help.TakenAt) = (next, due, null, null, null);
        db.Note(help, "given-back", current.Access.Name, now);
        await notifications.Tell(HelpStates.HeardBy(help.Level), help.TeamId, $"routing.help-asked-{help.Kind}", [(await reach.Centre(cancel)).Agents[help.AgentId].Name], "/help", cancel);
        return await Save(help, cancel);
    }

    private async Task<HelpRequest?> Find(Guid id, CancellationToken cancel) =>
        await db.HelpRequests.FirstOrDefaultAsync(h => h.Id == id, cancel) is { } help && reach.Over(Rights.Help, help.TeamId) ? help : null;

    private async Task<Outcome<Done>> Save(HelpRequest help, CancellationToken cancel)
    {
        help.Version++;
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            var first = await db.HelpRequests.AsNoTracking().Where(h => h.Id == help.Id).Select(h => h.TakenBy).FirstOrDefaultAsync(cancel);
            return first is null ? new Refusal("routing.help-changed") : new Refusal("routing.help-taken", first);
        }
        await news.Tell(TalkNews.Help, help.TeamId, null, cancel);
        news.Desk(help.AgentId);
        return Done.It;
    }
}
