using System.ComponentModel.DataAnnotations;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Desk;
using Evenhand.Routing.Floor;
using Evenhand.Routing.Talk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.Transfers;

/// <summary>Says how a transfer went: connected; not, and the customer calls later; or not, and a note with the customer's number goes to the department.</summary>
internal sealed class TransferContact(EvenhandDb db, AtDesk desk, TalkReach reach, TalkNews news, Mailboxes mailboxes, LinkedItems items)
{
    /// <param name="Mailbox">Name of a department or mailbox.</param>
    /// <param name="Outcome">`connected`, `customer-calls`, or `note`.</param>
    /// <param name="Person">Whom the customer wanted.</param>
    /// <param name="Phone">The customer's number, for a note; the contact's own without it.</param>
    /// <param name="About">What the customer wants, for a note.</param>
    public sealed record Request([Required, MaxLength(200)] string Mailbox, [Required, RegularExpression("connected|customer-calls|note")] string Outcome, [MaxLength(200)] string? Person = null,
        [MaxLength(30)] string? Phone = null, [MaxLength(2000)] string? About = null);

    /// <param name="Note">The note that was written; null when none was needed.</param>
    public sealed record Transferred(Guid? Note);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/desk/mailboxes", async (Mailboxes boxes, CancellationToken cancel) => TypedResults.Ok((await boxes.All(cancel)).Select(b => b.Name)))
            .WithName("ListMailboxes").WithSummary("Departments and mailboxes a customer can be transferred to").Needs(Rights.Desk);
        api.MapPost("/desk/contacts/{id:guid}/transfer", async (Guid id, Request request, TransferContact slice, CancellationToken cancel) => (await slice.Run(id, request, cancel)).ToReply())
            .WithName(nameof(TransferContact)).WithSummary("Says how a transfer went; what was not connected may become a note").Needs(Rights.Desk);
    }

    public async Task<Outcome<Transferred>> Run(Guid id, Request request, CancellationToken cancel)
    {
        if ((await mailboxes.All(cancel)).FirstOrDefault(b => b.Name == request.Mailbox) is not { } box) return new Refusal("routing.mailbox.not-found", request.Mailbox);
        var about = Written.Text(request.About);
        if (request.Outcome == "note" && about is null) return new Refusal("routing.note-needs-about");
        var looked = await desk.Do<(Guid Queue, string? Customer)>((floor, agent) => floor.Routed(id) is { Agent: var who } && who == agent && floor.Contact(id) is { } contact
            ? (contact.QueueId, contact.Customer) : new Refusal("routing.contact-not-in-hand"), cancel);
        if (looked.Refused(out var refusal, out var held)) return refusal;
        var (agent, now, person) = (desk.Agent!.Value, reach.Now, Written.Text(request.Person));
        TransferNote? note = null;
        if (request.Outcome == "note")
        {
            if (await db.TransferNotes.AsNoTracking().FirstOrDefaultAsync(n => n.ContactId == id && n.Mailbox == box.Name, cancel) is { } before) return new Transferred(before.Id);
            var phone = Written.Text(request.Phone) ?? held.Customer;
            var made = await items.Add(LinkedItems.TransferNote, box.Name, held.Queue, new Dictionary<string, string?> { ["department"] = box.Name, ["phone"] = phone, ["about"] = about }, cancel);
            if (made.Refused(out refusal, out var item)) return refusal;
            note = new TransferNote
            {
                Id = Guid.CreateVersion7(), ItemId = item.Id, Mailbox = box.Name, Person = person, UnitId = box.UnitId, ContactId = id, AgentId = agent, TeamId = await reach.TeamOf(agent, cancel), AccountId = desk.Account,
                About = about!, WrittenAt = now, AnswerBy = item.RespondBy,
            };
            db.Add(note);
            await mailboxes.Send(box, note, cancel);
        }
        db.Add(new TransferTry { Id = Guid.CreateVersion7(), ContactId = id, AgentId = agent, Mailbox = box.Name, Person = person, Outcome = request.Outcome, At = now });
        await db.SaveChangesAsync(cancel);
        news.Desk(agent);
        return new Transferred(note?.Id);
    }
}
