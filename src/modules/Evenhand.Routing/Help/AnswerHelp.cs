using System.ComponentModel.DataAnnotations;
using Evenhand.Kernel.Rights;
using Evenhand.Kernel;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Announcements;
using Evenhand.Routing.Floor;
using Evenhand.Routing.Talk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.Help;

/// <summary>Says that the agent has the answer; afterwards writes problem and answer down, tells the team when it should not happen again, and wishes for training when it is systematic.</summary>
internal sealed class AnswerHelp(EvenhandDb db, TalkReach reach, TalkNews news, Announce announce, CurrentAccess current)
{
    private static readonly TimeSpan ShownFor = TimeSpan.FromDays(7);
    private const int LongestTitle = 60;

    /// <param name="Problem">What the problem was; the one the agent gave stays without it.</param>
    /// <param name="Answer">What the answer is.</param>
    /// <param name="Announce">Tells the whole team, as an exception.</param>
    /// <param name="Systematic">It recurs: training is wished for.</param>
    public sealed record Request([MaxLength(2000)] string? Problem = null, [MaxLength(2000)] string? Answer = null, bool Announce = false, bool Systematic = false);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/help/{id:guid}/answer", async (Guid id, AnswerHelp slice, CancellationToken cancel) => (await slice.Answer(id, cancel)).ToReply())
            .WithName(nameof(AnswerHelp)).WithSummary("The agent has the answer").Needs(Rights.Help);
        api.MapPost("/help/{id:guid}/record", async (Guid id, Request request, AnswerHelp slice, CancellationToken cancel) => (await slice.Record(id, request, cancel)).ToReply())
            .WithName("RecordHelp").WithSummary("Writes problem and answer down, for the handover and for the team").Needs(Rights.Help);
    }

    public async Task<Outcome<Done>> Answer(Guid id, CancellationToken cancel)
    {
        if (await Find(id, cancel) is not { } help) return new Refusal("routing.help.not-found");
        if (help.State == HelpState.Answered) return Done.It;
        if (HelpStates.After(help.State, HelpAct.Answer).Refused(out var refusal, out var next)) return refusal;
        if (help.TakenById is { } taker && current.Access.AccountId != taker) return new Refusal("routing.help-taken", help.TakenBy);
        (help.State, help.DueAt, help.AnsweredAt, help.OpenOf) = (next, null, reach.Now, null);
        db.Note(help, "answered", current.Access.Name, help.AnsweredAt.Value);
        return await Save(help, cancel);
    }

    public async Task<Outcome<Done>> Record(Guid id, Request request, CancellationToken cancel)
    {
        if (await Find(id, cancel) is not { } help) return new Refusal("routing.help.not-found");
        if (HelpStates.After(help.State, HelpAct.Record).Refused(out var refusal, out var next)) return refusal;
        var (problem, answer) = (Written.Text(request.Problem) ?? help.Problem, Written.Text(request.Answer));
        if (problem is null) return new Refusal("routing.help-needs-problem");
        if (answer is null) return new Refusal("routing.help-needs-answer");
        var now = reach.Now;
        if (request.Announce)
        {
            var title = problem.Split('\n')[0].Trim();
            var told = await announce.Put([help.TeamId], title.Length > LongestTitle ? title[..LongestTitle] + "…" : title, $"{problem}\n\n{answer}", Importance.Exception, now, now + ShownFor, $"help:{help.Id}", cancel);
            help.AnnouncementId = told.Id;
        }
        (help.State, help.ClosedAt, help.Problem, help.Answer, help.Systematic) = (next, now, problem, answer, request.Systematic);
        db.Note(help, "recorded", current.Access.Name, now, answer);
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
            return new Refusal("routing.help-changed");
        }
        await news.Tell(TalkNews.Help, help.TeamId, null, cancel);
        news.Desk(help.AgentId);
        return Done.It;
    }
}
