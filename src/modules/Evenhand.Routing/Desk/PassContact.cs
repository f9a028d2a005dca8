using System.ComponentModel.DataAnnotations;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Floor;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Evenhand.Routing.Desk;

/// <summary>Passes a contact in hand on: to a colleague who is free for it, to another queue, or back into its own at its old place.</summary>
internal sealed class PassContact(AtDesk desk, IOrganisation organisation)
{
    /// <param name="Agent">Code of a colleague.</param>
    /// <param name="Queue">Code of a queue; neither means back into its own queue.</param>
    /// <param name="Note">For whoever has it next.</param>
    public sealed record Request([MaxLength(200)] string? Agent = null, [MaxLength(200)] string? Queue = null, [MaxLength(2000)] string? Note = null);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/desk/contacts/{id:guid}/pass", async (Guid id, Request request, PassContact slice, CancellationToken cancel) =>
        (await slice.Run(id, request, cancel)).ToReply()).WithName(nameof(PassContact)).WithSummary("Passes a contact to a colleague, another queue, or back into its queue").Needs(Rights.Desk);

    public async Task<Outcome<Done>> Run(Guid id, Request request, CancellationToken cancel)
    {
        var centre = await organisation.Read(cancel);
        var to = string.IsNullOrEmpty(request.Agent) ? null : centre.Agents.Values.FirstOrDefault(a => a.Code == request.Agent);
        if (to is null && !string.IsNullOrEmpty(request.Agent)) return new Refusal("routing.agent-unknown", request.Agent);
        var queue = string.IsNullOrEmpty(request.Queue) ? null : centre.Queues.Values.FirstOrDefault(q => q.Code == request.Queue);
        if (queue is null && !string.IsNullOrEmpty(request.Queue)) return new Refusal("routing.queue.not-found", request.Queue);
        return await desk.Do((floor, agent) =>
        {
            if (floor.Describe(id, agent, null, Written.Text(request.Note)) is { } refusal) return refusal;
            return to is not null ? floor.HandOver(id, to.Id) : queue is not null ? floor.MoveTo(id, queue.Id) : floor.PutBack(id);
        }, cancel);
    }
}
