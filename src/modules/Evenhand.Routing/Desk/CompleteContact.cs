using System.ComponentModel.DataAnnotations;
using Evenhand.Kernel.Rights;
using Evenhand.Kernel;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.CallBacks;
using Evenhand.Routing.Floor;
using Evenhand.Routing.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.Desk;

/// <summary>Finishes a contact with its wrap-up code and a note, or keeps them while the work goes on; a code that opens a call-back promises one, and a promised call-back is finished by its result only.</summary>
internal sealed class CompleteContact(AtDesk desk, EvenhandDb db, PromiseCallBack promise)
{
    private const int LongestAbout = 500;

    /// <param name="WrapUp">Code of how it ended; needed when the queue has codes.</param>
    /// <param name="Note">For whoever has the customer next.</param>
    /// <param name="Keep">Only keeps both; the work goes on.</param>
    public sealed record Request([MaxLength(50)] string? WrapUp = null, [MaxLength(2000)] string? Note = null, bool Keep = false);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/desk/contacts/{id:guid}/complete", async (Guid id, Request request, CompleteContact slice, CancellationToken cancel) =>
        (await slice.Run(id, request, cancel)).ToReply()).WithName(nameof(CompleteContact)).WithSummary("Finishes a contact with its wrap-up code and note").Needs(Rights.Desk);

    public async Task<Outcome<Done>> Run(Guid id, Request request, CancellationToken cancel)
    {
        var (code, note) = (Written.Text(request.WrapUp), Written.Text(request.Note));
        if (!request.Keep && await Uncalled(id, cancel)) return new Refusal("routing.call-back-not-called");
        string? opens = null;
        var outcome = await desk.Do((floor, agent) =>
        {
            if (floor.Contact(id) is not { } contact) return new Refusal("routing.contact-not-in-hand");
            var codes = floor.Rules.CodesOf(contact.QueueId).ToList();
            var chosen = code ?? contact.WrapUpCode;
            if (code is not null && codes.All(c => c.Code != code)) return new Refusal("routing.wrap-up-unknown", code);
            if (request.Keep) return floor.Describe(id, agent, code, note);
            if (chosen is null && codes.Count > 0) return new Refusal("routing.wrap-up-needed");
            if (codes.Any(c => c.Code == chosen && c.NeedsNote) && (note ?? contact.Note) is null) return new Refusal("routing.wrap-up-needs-note");
            if (codes.Any(c => c.Code == chosen && c.OpensCallBack) && contact.Source != WorkItemEffects.Source && CustomerKey.Of(contact.Customer) is not null)
            {
                opens = chosen;
                return floor.Describe(id, agent, code, note);
            }
            return floor.Complete(id, agent, code, note);
        }, cancel);
        if (opens is not null && outcome.Succeeded) return (await promise.Run(id, new(About: note is { Length: > LongestAbout } ? note[..LongestAbout] : note), cancel, opens)).Refused(out var refusal) ? refusal : Done.It;
        return outcome.Refusal is { Code: "routing.contact-not-in-hand" } && await WasMine(id, cancel) ? Done.It : outcome;
    }

    /// <summary>Somebody waits for a call, and since this was taken nobody has said how one went.</summary>
    private async Task<bool> Uncalled(Guid id, CancellationToken cancel)
    {
        if (await db.FloorContacts.AsNoTracking().FirstOrDefaultAsync(c => c.Id == id && c.AgentId == desk.Agent && c.Source == WorkItemEffects.Source && c.EndedAt == null, cancel) is not { } contact) return false;
        var item = WorkItemEffects.ItemOf(contact);
        return await db.Promises.AnyAsync(p => p.ItemId == item && p.OpenOf != null && (p.LastAt == null || p.LastAt < contact.AnsweredAt), cancel);
    }

    /// <summary>A second click on what the first one finished is no fault.</summary>
    private Task<bool> WasMine(Guid id, CancellationToken cancel) => db.FloorContacts.AnyAsync(c => c.Id == id && c.AgentId == desk.Agent && c.Outcome == "completed", cancel);
}
