using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Talk;
using Evenhand.Routing.WorkItems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.Transfers;

/// <summary>Closes a note: the customer was told, or a call-back is made that tells the customer and closes the note when it is done.</summary>
internal sealed class TellCustomer(EvenhandDb db, TalkReach reach, LinkedItems items, CurrentAccess current)
{
    /// <param name="CallBack">Makes a call-back instead of saying that it is done.</param>
    public sealed record Request(bool CallBack = false);

    /// <param name="CallBack">The call-back that was made.</param>
    public sealed record Told(Guid? CallBack);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/transfers/{id:guid}/told", async (Guid id, Request request, TellCustomer slice, CancellationToken cancel) =>
        (await slice.Run(id, request, cancel)).ToReply()).WithName(nameof(TellCustomer)).WithSummary("The customer was told, or is called back").Needs(Rights.Notes);

    public async Task<Outcome<Told>> Run(Guid id, Request request, CancellationToken cancel)
    {
        if (await db.TransferNotes.FirstOrDefaultAsync(n => n.Id == id, cancel) is not { } note || !current.Access.ScopeOf(Rights.Notes).Covers(note.TeamId, note.AgentId)) return new Refusal("routing.note.not-found");
        if (note.State == NoteState.Told) return new Told(note.CallBackItemId);
        if (note.State == NoteState.Open) return new Refusal("routing.note-not-answered");
        if (request.CallBack && note.CallBackItemId is { } made) return new Told(made);
        if (await db.WorkItems.FirstOrDefaultAsync(i => i.Id == note.ItemId, cancel) is not { } item) return new Refusal("routing.work-item.not-found");
        if (request.CallBack)
        {
            var queue = await items.CallBackQueue(item.QueueId, await reach.Centre(cancel), cancel);
            var added = await items.Add(LinkedItems.CallBack, note.Mailbox, queue, new Dictionary<string, string?> { ["phone"] = item.Values.GetValueOrDefault("phone"), ["about"] = Short($"{note.About} → {note.Answer}") }, cancel);
            if (added.Refused(out var refusal, out var call)) return refusal;
            (note.State, note.CallBackItemId) = (NoteState.Calling, call.Id);
        }
        else
        {
            (note.State, note.ToldBy, note.ToldAt) = (NoteState.Told, current.Access.Name, reach.Now);
            await items.Set(item, "done", current.Access.AgentId ?? item.AgentId, cancel);
        }
        note.Version++;
        try
        {
            await db.SaveChangesAsync(cancel);
            return new Told(note.CallBackItemId);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new Refusal("routing.note-changed");
        }
    }

    private static string Short(string text) => text.Length > 2000 ? text[..2000] : text;
}
