using System.ComponentModel.DataAnnotations;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Contracts;
using Evenhand.Routing.Floor;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using FloorContact = Evenhand.Routing.Floor.FloorContact;

namespace Evenhand.Routing.Desk;

/// <summary>Shows a customer's number and name in full to the agent who has the contact, for a reason; the look is recorded.</summary>
internal sealed class UnmaskContact(AtDesk desk, EvenhandDb db, IAuditTrail audit, DeskMemory memory, IDesks desks)
{
    public sealed record Request([Required, MinLength(4), MaxLength(200)] string Reason);

    public sealed record Unmasked(string? Customer, string? Name);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/desk/contacts/{id:guid}/unmask", async (Guid id, Request request, UnmaskContact slice, CancellationToken cancel) =>
        (await slice.Run(id, request, cancel)).ToReply()).WithName(nameof(UnmaskContact)).WithSummary("The customer's number and name in full, with a reason that is recorded").Needs(Rights.Unmask);

    public async Task<Outcome<Unmasked>> Run(Guid id, Request request, CancellationToken cancel)
    {
        var found = await desk.Do<FloorContact>((floor, agent) => floor.Held(agent).Any(r => r.Arrival.Contact == id) ? floor.Contact(id)!.Copy() : new Refusal("routing.contact-not-in-hand"), cancel);
        if (found.Refused(out var refusal, out var contact)) return refusal;
        audit.Record("routing.contact-unmasked", "contact", id.ToString(), new { request.Reason });
        await db.SaveChangesAsync(cancel);
        memory.Show(desk.Agent!.Value, id);
        desks.Redraw(desk.Agent.Value);
        return new Unmasked(contact.Customer, contact.CustomerName);
    }
}
