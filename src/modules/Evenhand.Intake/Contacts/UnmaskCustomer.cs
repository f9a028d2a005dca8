using System.ComponentModel.DataAnnotations;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Evenhand.Intake.Contacts;

/// <summary>Shows a customer's number in full to who may see it and says why; the look is recorded.</summary>
internal sealed class UnmaskCustomer(EvenhandDb db, ShowContact contacts, IOrganisation organisation, CurrentAccess current, IAuditTrail audit)
{
    public sealed record Request([Required, MinLength(4), MaxLength(200)] string Reason);

    public sealed record Unmasked(string? Customer);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/contacts/{id:guid}/unmask", async (Guid id, Request request, UnmaskCustomer slice, CancellationToken cancel) =>
        (await slice.Run(id, request, cancel)).ToReply()).WithName(nameof(UnmaskCustomer)).WithSummary("The customer's full number, with a reason that is recorded").Needs(Rights.Unmask);

    public async Task<Outcome<Unmasked>> Run(Guid id, Request request, CancellationToken cancel)
    {
        var centre = await organisation.Read(cancel);
        if (await contacts.Row(id, centre, cancel) is not { } contact) return new Refusal("intake.contact.not-found");
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds(contact.EnteredAt), centre.Zone).DateTime);
        var scope = current.Access.ScopeOf(Rights.Unmask);
        if (!scope.All && (contact.AgentId is not { } agent || !centre.Covers(scope, agent, day))) return new Refusal("intake.unmask.not-allowed");
        audit.Record("intake.unmasked", "contact", id.ToString(), new { request.Reason });
        await db.SaveChangesAsync(cancel);
        return new Unmasked(contact.Customer);
    }
}
