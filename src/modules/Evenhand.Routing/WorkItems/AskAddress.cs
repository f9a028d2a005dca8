using Evenhand.Dispatch.Queues;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Floor;
using Evenhand.Routing.Talk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.WorkItems;

/// <summary>Passes an order without an address to the leader: the order waits, the agent is free for the next contact, and is told when the address is there.</summary>
internal sealed class AskAddress(EvenhandDb db, QueueAccess access, LinkedItems items, LiveFloor floor, TalkReach reach, INotifications notifications, CurrentAccess current)
{
    private const int LongestSubject = 200;

    public sealed record Asked(Guid Item);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/work-items/{id:guid}/ask-address", async (Guid id, AskAddress slice, CancellationToken cancel) => (await slice.Run(id, cancel)).ToReply())
        .WithName(nameof(AskAddress)).WithSummary("Passes an order without an address to the leader; asking twice is asking once").Needs(Rights.Work);

    public async Task<Outcome<Asked>> Run(Guid id, CancellationToken cancel)
    {
        if ((await access.Item(id, Rights.Work, cancel)).Refused(out var refusal, out var order)) return refusal;
        if (await db.AddressRequests.AsNoTracking().FirstOrDefaultAsync(l => l.OpenOf == id, cancel) is { } open) return new Asked(open.ItemId);
        if (order.ClosedAt is not null) return new Refusal("routing.work-item-closed", order.State);
        if (order.Type != AddressRequest.Order || order.Values.ContainsKey(AddressRequest.Field)) return new Refusal("routing.address-there");
        var agent = order.AgentId ?? current.Access.AgentId;
        var fields = new Dictionary<string, string?> { ["order-number"] = order.Id.ToString(), ["phone"] = order.Values.GetValueOrDefault("phone") };
        if ((await items.Add(LinkedItems.Address, order.Subject[..Math.Min(order.Subject.Length, LongestSubject)], order.QueueId, fields, cancel, AddressRequest.WithLeader)).Refused(out refusal, out var asked)) return refusal;
        await items.Set(order, "waiting", agent, cancel);
        db.Add(new AddressRequest { ItemId = asked.Id, OrderId = id, OpenOf = id, AgentId = agent, AccountId = current.Access.AccountId, At = reach.Now });
        var team = agent is { } who ? await reach.TeamOf(who, cancel) : null;
        await notifications.Tell(Rights.HelpFirst, team, "routing.address-asked-told", [order.Subject], $"/work-items/{asked.Id}", cancel);
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear();
            return await db.AddressRequests.AsNoTracking().FirstOrDefaultAsync(l => l.OpenOf == id, cancel) is { } first ? new Asked(first.ItemId) : new Refusal("routing.work-item-changed", order.Version);
        }
        if (current.Access.AgentId is { } own) await LetGo(own, id, cancel);
        return new Asked(asked.Id);
    }

    /// <summary>The line is never blocked: an order in hand is off it.</summary>
    private Task<Outcome<Done>> LetGo(Guid agent, Guid order, CancellationToken cancel) => floor.Do(state =>
    {
        var held = state.Held(agent).Where(r => r.State is ContactState.InHand or ContactState.WrappingUp).Select(r => state.Contact(r.Arrival.Contact))
            .FirstOrDefault(c => c is { Source: WorkItemEffects.Source } && WorkItemEffects.ItemOf(c) == order);
        return held is null ? null : state.Complete(held.Id, agent, null, null);
    }, cancel);
}
