using System.ComponentModel.DataAnnotations;
using Evenhand.Dispatch.Queues;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Contracts;
using Evenhand.Routing.Floor;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.Desk;

/// <summary>Asks a colleague for advice about a contact in hand, who is told at the own desk; a caller is put on hold meanwhile. Also says who could take the contact over.</summary>
internal sealed class ConsultColleague(AtDesk desk, EvenhandDb db, IOrganisation organisation, IDesks desks, TimeProvider clock)
{
    /// <param name="Agent">Code of a colleague who is on duty.</param>
    /// <param name="Note">What is asked.</param>
    public sealed record Request([Required, MaxLength(200)] string Agent, [MaxLength(500)] string? Note = null);

    public sealed record Asked(Guid Id);

    /// <param name="Code">The colleague's code.</param>
    /// <param name="State">The effective state, as a code.</param>
    /// <param name="Held">Contacts in hand.</param>
    /// <param name="Load">Share of the capacity taken, 0 to 1.</param>
    public sealed record Colleague(string Code, string Name, string State, DateTimeOffset Since, int Held, double Load);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/desk/contacts/{id:guid}/colleagues", async (Guid id, ConsultColleague slice, CancellationToken cancel) => (await slice.Free(id, cancel)).ToReply())
            .WithName("ListColleagues").WithSummary("Colleagues who are free and able to take this contact over").Needs(Rights.Desk);
        api.MapPost("/desk/contacts/{id:guid}/consult", async (Guid id, Request request, ConsultColleague slice, CancellationToken cancel) => (await slice.Run(id, request, cancel)).ToReply())
            .WithName(nameof(ConsultColleague)).WithSummary("Asks a colleague for advice; a caller is put on hold").Needs(Rights.Desk);
        api.MapPost("/desk/consults/{id:guid}/seen", async (Guid id, ConsultColleague slice, CancellationToken cancel) => (await slice.Seen(id, cancel)).ToReply())
            .WithName("ConsultSeen").WithSummary("The colleague has seen the question").Needs(Rights.Desk);
    }

    public async Task<Outcome<IReadOnlyList<Colleague>>> Free(Guid contact, CancellationToken cancel)
    {
        if ((await desk.Do<List<FreeColleague>>((floor, agent) => floor.ColleaguesFor(contact, agent), cancel)).Refused(out var refusal, out var free)) return refusal;
        var centre = await organisation.Read(cancel);
        List<Colleague> named = [.. free.Where(f => centre.Agents.ContainsKey(f.AgentId)).Select(f => new Colleague(centre.Agents[f.AgentId].Code, centre.Agents[f.AgentId].Name, FloorState.StateCode(f.State), f.Since, f.Held, f.Load))];
        return named;
    }

    public async Task<Outcome<Asked>> Run(Guid contact, Request request, CancellationToken cancel)
    {
        var centre = await organisation.Read(cancel);
        if (centre.Agents.Values.FirstOrDefault(a => a.Code == request.Agent) is not { } colleague) return new Refusal("routing.agent-unknown", request.Agent);
        if (colleague.Id == desk.Agent) return new Refusal("routing.consult-oneself");
        var queue = await desk.Do<Guid>((floor, agent) =>
        {
            if (floor.Presence(colleague.Id).Wanted == Dispatch.Presence.WantedState.SignedOut) return new Refusal("routing.consult-off-duty", colleague.Name);
            if (floor.Describe(contact, agent, null, null) is { } not) return not;
            if (floor.Routed(contact) is { State: ContactState.InHand } && floor.Contact(contact)!.Channel == Channel.Call && floor.Hold(contact, agent, true) is { } unheld) return unheld;
            return floor.Contact(contact)!.QueueId;
        }, cancel);
        if (queue.Refused(out var refusal)) return refusal;
        var asked = new Consult { Id = Guid.CreateVersion7(), ContactId = contact, QueueId = queue.Value, FromId = desk.Agent!.Value, ToId = colleague.Id, Note = string.IsNullOrWhiteSpace(request.Note) ? null : request.Note.Trim(), At = clock.GetUtcNow() };
        db.Add(asked);
        await db.SaveChangesAsync(cancel);
        desks.Redraw(asked.ToId);
        desks.Redraw(asked.FromId);
        return new Asked(asked.Id);
    }

    public async Task<Outcome<Done>> Seen(Guid id, CancellationToken cancel)
    {
        if (await db.Consults.FirstOrDefaultAsync(c => c.Id == id && c.ToId == desk.Agent, cancel) is not { } asked) return new Refusal("routing.consult.not-found");
        asked.SeenAt ??= clock.GetUtcNow();
        await db.SaveChangesAsync(cancel);
        desks.Redraw(asked.FromId);
        desks.Redraw(asked.ToId);
        return Done.It;
    }
}
