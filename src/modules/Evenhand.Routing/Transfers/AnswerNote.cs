using System.ComponentModel.DataAnnotations;
using Evenhand.Kernel.Rights;
using Evenhand.Kernel;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Floor;
using Evenhand.Routing.Talk;
using Evenhand.Routing.WorkItems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.Transfers;

/// <summary>The department answers a note: whoever wrote it is told, so that the customer hears of it.</summary>
internal sealed class AnswerNote(EvenhandDb db, TalkReach reach, TalkNews news, LinkedItems items, INotifications notifications, CurrentAccess current)
{
    public sealed record Request([Required, MaxLength(2000)] string Answer);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/transfers/{id:guid}/answer", async (Guid id, Request request, AnswerNote slice, CancellationToken cancel) =>
        (await slice.Run(id, request, cancel)).ToReply()).WithName(nameof(AnswerNote)).WithSummary("The department answers a note; whoever wrote it is told").Needs(Rights.AnswerNotes);

    public async Task<Outcome<Done>> Run(Guid id, Request request, CancellationToken cancel)
    {
        if (await db.TransferNotes.FirstOrDefaultAsync(n => n.Id == id, cancel) is not { } note || !reach.Over(Rights.AnswerNotes, note.UnitId)) return new Refusal("routing.note.not-found");
        if (Written.Text(request.Answer) is not { } answer) return new Refusal("routing.help-needs-answer");
        if (note.State != NoteState.Open) return note.Answer == answer ? Done.It : new Refusal("routing.note-answered-already", note.AnsweredBy);
        (note.State, note.Answer, note.AnsweredBy, note.AnsweredAt) = (NoteState.Answered, answer, current.Access.Name, reach.Now);
        note.Version++;
        if (await db.WorkItems.FirstOrDefaultAsync(i => i.Id == note.ItemId, cancel) is { } item) await items.Set(item, "in-progress", item.AgentId, cancel);
        if (note.AccountId is { } account) await notifications.Tell([account], "routing.note-answer-came", [note.Mailbox], "/transfers", cancel);
        if (note.TeamId is { } team) await notifications.Tell(Rights.HelpFirst, team, "routing.note-answer-came", [note.Mailbox], "/transfers", cancel);
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new Refusal("routing.note-changed");
        }
        news.Desk(note.AgentId);
        return Done.It;
    }
}
