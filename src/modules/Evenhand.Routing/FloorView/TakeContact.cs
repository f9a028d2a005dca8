using System.ComponentModel.DataAnnotations;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Floor;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Evenhand.Routing.FloorView;

/// <summary>A leader takes a contact out of somebody's hands: back into its queue at its old place, or to a colleague who is free for it. Recorded with the reason.</summary>
internal sealed class TakeContact(LiveFloor floor, FloorAccess access, CurrentAccess current, IAuditTrail audit, EvenhandDb db)
{
    /// <param name="To">Code of the colleague; without it the contact goes back into its queue, which a customer on the line cannot.</param>
    public sealed record Request([Required, MaxLength(500)] string Reason, [MaxLength(200)] string? To = null);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/floor/agents/{code}/contacts/{id:guid}/take", async (string code, Guid id, Request request, TakeContact slice, CancellationToken cancel) =>
        (await slice.Run(code, id, request, cancel)).ToReply()).WithName(nameof(TakeContact)).WithSummary("Takes a contact from an agent: back into its queue, or to a colleague; recorded with the reason").Needs(Rights.Act);

    public async Task<Outcome<Done>> Run(string code, Guid contact, Request request, CancellationToken cancel)
    {
        if ((await access.Agent(code, Rights.Act, cancel)).Refused(out var refusal, out var agent)) return refusal;
        if (current.Access.AgentId == agent.Id) return new Refusal("dispatch.approval-by-oneself");
        if (string.IsNullOrWhiteSpace(request.Reason)) return new Refusal("routing.reason-needed");
        Platform.Contracts.Agent? to = null;
        if (!string.IsNullOrEmpty(request.To) && (await access.Agent(request.To, Rights.Act, cancel)).Refused(out refusal, out to)) return refusal;
        var outcome = await floor.Do(state => state.Held(agent.Id).Any(r => r.Arrival.Contact == contact)
            ? to is null ? state.PutBack(contact) : state.HandOver(contact, to.Id) : new Refusal("routing.contact-not-in-hand"), cancel);
        if (!outcome.Succeeded) return outcome;
        audit.Record("routing.contact-taken", "contact", contact.ToString(), new { From = agent.Code, To = to?.Code, request.Reason });
        await db.SaveChangesAsync(cancel);
        return outcome;
    }
}
