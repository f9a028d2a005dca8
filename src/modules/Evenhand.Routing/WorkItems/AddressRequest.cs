using System.Text.Json;
using Evenhand.Kernel;
using Evenhand.Kernel.Facts;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Contracts;
using Evenhand.Routing.Talk;
using Evenhand.Routing.Transfers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evenhand.Routing.WorkItems;

/// <summary>An order whose address a leader looks for: the item that asks for it, and who is told.</summary>
internal sealed class AddressRequest
{
    public const string Order = "order";
    public const string Field = "address";

    /// <summary>The state in which it waits for the leader and is not routed to agents.</summary>
    public const string WithLeader = "assigned";

    public required Guid ItemId { get; init; }
    public required Guid OrderId { get; init; }

    /// <summary>The order while the address is looked for; null afterwards.</summary>
    public Guid? OpenOf { get; set; }
    public Guid? AgentId { get; init; }
    public Guid? AccountId { get; init; }
    public required DateTimeOffset At { get; init; }
    public DateTimeOffset? DoneAt { get; set; }
}

internal sealed class AddressRequestMapping : IEntityTypeConfiguration<AddressRequest>
{
    public void Configure(EntityTypeBuilder<AddressRequest> request)
    {
        request.ToTable("routing_address_request");
        request.HasKey(r => r.ItemId);
        request.HasIndex(r => r.OpenOf).IsUnique();
        request.HasIndex(r => r.OrderId);
    }
}

internal static class AddressTables
{
    extension(EvenhandDb db)
    {
        public DbSet<AddressRequest> AddressRequests => db.Set<AddressRequest>();
    }
}

/// <summary>Hears that a linked item is over: the address goes into its order, a customer who was called back knows the answer of the note.</summary>
internal sealed class LinkedEnds : FactReader
{
    private readonly LinkedItems items;
    private readonly INotifications notifications;
    private readonly TimeProvider clock;

    public LinkedEnds(LinkedItems items, INotifications notifications, TimeProvider clock)
    {
        (this.items, this.notifications, this.clock) = (items, notifications, clock);
        On<WorkItemChanged>((db, changed, _, cancel) => changed switch
        {
            { Type: LinkedItems.Address, State: "done" or "cancelled" } => Completed(db, changed.Id, cancel),
            { Type: LinkedItems.CallBack, State: "done" or "cancelled" } => Called(db, changed.Id, changed.State == "done", cancel),
            _ => Task.CompletedTask,
        });
    }

    public override string Name => "routing.linked";

    /// <summary>The order is its agent's again, with the address if one was found.</summary>
    private async Task Completed(EvenhandDb db, Guid item, CancellationToken cancel)
    {
        if (await db.AddressRequests.FirstOrDefaultAsync(r => r.ItemId == item && r.OpenOf != null, cancel) is not { } request) return;
        (request.OpenOf, request.DoneAt) = (null, clock.GetUtcNow());
        var found = (await db.WorkItems.AsNoTracking().FirstAsync(i => i.Id == item, cancel)).Values.GetValueOrDefault(AddressRequest.Field);
        if (await db.WorkItems.FirstOrDefaultAsync(i => i.Id == request.OrderId, cancel) is { ClosedAt: null } order)
        {
            if (found is not null) order.Fields = JsonSerializer.Serialize(new Dictionary<string, string>(order.Values) { [AddressRequest.Field] = found });
            await items.Set(order, request.AgentId is null ? WorkItemType.Initial : WorkItemType.Assigned, request.AgentId, cancel);
        }
        var said = found is null ? "routing.address-missing-told" : "routing.address-found-told";
        var subject = await db.WorkItems.Where(i => i.Id == request.OrderId).Select(i => i.Subject).FirstOrDefaultAsync(cancel);
        if (request.AccountId is { } account) await notifications.Tell([account], said, [subject], $"/work-items/{request.OrderId}", cancel);
        else if (request.AgentId is { } agent) await notifications.TellAgents([agent], said, [subject], $"/work-items/{request.OrderId}", cancel);
    }

    private async Task Called(EvenhandDb db, Guid item, bool done, CancellationToken cancel)
    {
        if (await db.TransferNotes.FirstOrDefaultAsync(n => n.CallBackItemId == item && n.State == NoteState.Calling, cancel) is not { } note) return;
        note.Version++;
        if (!done)
        {
            (note.State, note.CallBackItemId) = (NoteState.Answered, null);
            return;
        }
        var who = await db.Steps.AsNoTracking().Where(s => s.ItemId == item).OrderByDescending(s => s.Version).Select(s => s.By).FirstOrDefaultAsync(cancel);
        (note.State, note.ToldAt, note.ToldBy) = (NoteState.Told, clock.GetUtcNow(), who);
        if (await db.WorkItems.FirstOrDefaultAsync(i => i.Id == note.ItemId, cancel) is { } noted) await items.Set(noted, "done", noted.AgentId, cancel);
    }
}
