using System.ComponentModel.DataAnnotations;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Floor;
using Evenhand.Routing.Telephony;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Evenhand.Routing.Desk;

/// <summary>
/// Passes a contact in hand on: to a colleague who is free for it, to another queue, or back into its own at its old place. A caller on a telephone system's line is transferred there, into the queue;
/// the colleague is offered the call first.
/// </summary>
internal sealed class PassContact(AtDesk desk, IOrganisation organisation, PbxCommands commands)
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
        var note = Written.Text(request.Note);
        var passed = await desk.Do<(Guid Queue, int Priority)?>((floor, agent) =>
        {
            if (floor.Describe(id, agent, null, note) is { } unfit) return unfit;
            if (floor.PassByPhone(id, to?.Id, queue?.Id).Refused(out var refusal, out var byPhone)) return refusal;
            if (byPhone is not null) return byPhone;
            return (to is not null ? floor.HandOver(id, to.Id) : queue is not null ? floor.MoveTo(id, queue.Id) : floor.PutBack(id)) is { } not ? not : byPhone;
        }, cancel);
        if (passed.Refused(out var refused, out var call)) return refused;
        return call is var (target, priority) ? Told(await commands.Pass(id, centre.Queues[target].Code, new(desk.Agent!.Value, to?.Id, priority, note), cancel)) : Done.It;
    }

    private static Outcome<Done> Told(PhoneAnswer answer) => answer.Outcome switch
    {
        PhoneOutcome.Done => Done.It,
        PhoneOutcome.NotRouted => new Refusal("routing.pass-pbx-chooses"),
        PhoneOutcome.NotInQueue => new Refusal("routing.pass-no-such-queue"),
        PhoneOutcome.Refused => new Refusal("routing.pass-refused", answer.Words ?? ""),
        PhoneOutcome.Unanswered => new Refusal("routing.pass-unanswered"),
        _ => new Refusal("routing.pass-not-connected"),
    };
}
