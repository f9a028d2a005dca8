using System.ComponentModel.DataAnnotations;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Channel = Evenhand.Dispatch.Queues.Channel;

namespace Evenhand.Routing.Floor;

/// <summary>A contact comes to the floor from another system; told twice under the same key it is the same contact.</summary>
internal sealed class ArriveContact(LiveFloor floor, EvenhandDb db, IOrganisation organisation, CustomerAgents agents, TimeProvider clock)
{
    /// <param name="Channel">`call`, `chat` or `work-item`.</param>
    /// <param name="Queue">Code of a routed queue.</param>
    /// <param name="Source">The system that tells it; not `work-item`, which the floor's own work items come from.</param>
    /// <param name="Key">Its name there.</param>
    /// <param name="Customer">The customer's number.</param>
    /// <param name="ArrivedAt">When it came; now without it. A time ahead counts as now.</param>
    /// <param name="Priority">Beside the queue's own, −1000 to 1000.</param>
    public sealed record Request([Required, RegularExpression("call|chat|work-item")] string Channel, [Required, MaxLength(200)] string Queue, [Required, MaxLength(100)] string Source, [Required, MaxLength(200)] string Key,
        [MaxLength(100)] string? Customer = null, [MaxLength(200)] string? CustomerName = null, [MaxLength(200)] string? Subject = null, DateTimeOffset? ArrivedAt = null, [Range(-1000, 1000)] int Priority = 0);

    public sealed record Arrived(Guid Id);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/contacts", async (Request request, ArriveContact slice, CancellationToken cancel) => (await slice.Run(request, cancel)).ToReply())
            .WithName(nameof(ArriveContact)).WithSummary("A contact comes to the floor; the same source and key is the same contact").Needs(Rights.Feed);
        api.MapDelete("/contacts/{id:guid}", async (Guid id, ArriveContact slice, CancellationToken cancel) => (await slice.Leave(id, cancel)).ToReply())
            .WithName("LeaveFloor").WithSummary("The customer has left before being served, or has ended the conversation").Needs(Rights.Feed);
    }

    public async Task<Outcome<Arrived>> Run(Request request, CancellationToken cancel)
    {
        if (Written.Text(request.Source) is not { } source || Written.Text(request.Key) is not { } key) return new Refusal("routing.key-needed");
        if (source == WorkItemEffects.Source) return new Refusal("routing.source-is-the-floors-own", source);
        var centre = await organisation.Read(cancel);
        if (centre.Queues.Values.FirstOrDefault(q => q.Code == request.Queue) is not { } queue) return new Refusal("routing.queue.not-found", request.Queue);
        if (await db.FloorContacts.AsNoTracking().Where(c => c.Source == source && c.SourceKey == key).Select(c => (Guid?)c.Id).FirstOrDefaultAsync(cancel) is { } known) return new Arrived(known);
        var customer = Written.Text(request.Customer) is { } written ? CustomerKey.Of(written) ?? written : null;
        var coming = await Recognise(new NewContact(ChannelOf(request.Channel), queue.Id, source, key, request.ArrivedAt ?? clock.GetUtcNow())
        {
            Customer = customer, CustomerName = request.CustomerName, Subject = request.Subject, Priority = request.Priority,
        }, cancel);
        return (await floor.Do(state => state.Arrive(coming), cancel)).Refused(out var refusal, out var id) ? refusal : new Arrived(id);
    }

    /// <summary>The contact with the agents its customer had last and calls the own.</summary>
    public async Task<NewContact> Recognise(NewContact coming, CancellationToken cancel)
    {
        if (coming.Customer is not { } customer) return coming;
        var (last, own) = (await agents.Of([customer], cancel)).GetValueOrDefault(customer);
        return coming with { LastAgent = last, VipAgent = own };
    }

    /// <summary>Who waits leaves the line; who is being served has hung up.</summary>
    public Task<Outcome<Done>> Leave(Guid id, CancellationToken cancel) => floor.Do(state => state.CustomerLeft(id), cancel);

    public static Channel ChannelOf(string code) => code switch { "call" => Channel.Call, "chat" => Channel.Chat, _ => Channel.WorkItem };
}
