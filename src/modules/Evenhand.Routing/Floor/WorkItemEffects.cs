using Evenhand.Dispatch;
using Evenhand.Kernel;
using Evenhand.Kernel.Facts;
using Evenhand.Routing.CallBacks;
using Evenhand.Routing.Contracts;
using Evenhand.Routing.Rules;
using Evenhand.Routing.WorkItems;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.Floor;

/// <summary>A work item as the floor has to follow it.</summary>
/// <param name="Keys">Under which keys it has been on the floor already, live or over.</param>
/// <param name="LastAgent">Who promised the call, for a call-back; for others who served the customer last.</param>
/// <param name="OwnAgent">The agent the customer calls the own.</param>
/// <param name="Agent">Who works on it.</param>
internal sealed record RoutedItem(Guid Id, int Version, Guid QueueId, string Subject, string? Customer, string? CustomerName, string State, bool IsOver, DateTimeOffset CreatedAt, IReadOnlySet<string> Keys,
    int Priority = 0, Guid? LastAgent = null, Guid? OwnAgent = null, Guid? Agent = null);

/// <summary>What the floor does to a work item, and what happens to one outside the floor that the floor must follow.</summary>
internal sealed class WorkItemEffects(EvenhandDb db, WorkItemTypes types, Journal journal, CustomerAgents agents)
{
    public const string Source = "work-item";
    private const int Batch = 200;
    private const int KeyLength = 36;

    /// <summary>The item a contact of this source stands for.</summary>
    public static Guid ItemOf(FloorContact contact) => Guid.Parse(contact.SourceKey[..KeyLength]);

    /// <summary>Who takes it works on it, whoever lets go of it gives it back, and what is completed is done unless it was set to wait, or is a promised call nobody has made: that is back in the line; saved with the floor's own step.</summary>
    public async Task Apply(IReadOnlyList<(FloorContact Contact, OutputKind Kind, Guid AgentId)> steps, CancellationToken cancel)
    {
        // Who changes an item elsewhere publishes a fact of it: from here on nobody does until the step is stored.
        await db.HoldFacts(cancel);
        var ids = steps.Select(s => ItemOf(s.Contact)).Distinct().ToArray();
        var items = await db.WorkItems.Where(i => ids.Contains(i.Id)).ToDictionaryAsync(i => i.Id, cancel);
        var promised = steps.Any(s => s.Kind == OutputKind.Completed) ? await db.Promises.AsNoTracking().Where(p => p.OpenOf != null && ids.Contains(p.ItemId)).Select(p => p.ItemId).ToListAsync(cancel) : [];
        foreach (var (contact, kind, agent) in steps)
        {
            if (!items.TryGetValue(ItemOf(contact), out var item) || item.ClosedAt is not null) continue;
            switch (kind)
            {
                case OutputKind.Accepted or OutputKind.Assigned: await Set(item, "in-progress", agent, cancel); break;
                case OutputKind.Returned: await Set(item, WorkItemType.Initial, null, cancel); break;
                // A leader gave it to somebody else while it was in hand: it is not done by being let go of.
                case OutputKind.Completed when item.AgentId != agent: break;
                case OutputKind.Completed when item.State == "in-progress" && promised.Contains(item.Id): await Set(item, WorkItemType.Initial, null, cancel); break;
                case OutputKind.Completed when item.State == "in-progress": await Set(item, "done", agent, cancel); break;
            }
        }
    }

    /// <summary>Items that were made or changed, as they are now.</summary>
    public async Task<(IReadOnlyList<RoutedItem> Items, long Upto)> Nudged(CancellationToken cancel)
    {
        var nudges = await db.FloorNudges.AsNoTracking().OrderBy(n => n.Position).Take(Batch).ToListAsync(cancel);
        if (nudges.Count == 0) return ([], 0);
        var ids = nudges.Select(n => n.WorkItemId).Distinct().ToArray();
        var items = await db.WorkItems.AsNoTracking().Where(i => ids.Contains(i.Id)).ToListAsync(cancel);
        var names = ids.Select(i => i.ToString()).ToArray();
        var keys = (await db.FloorContacts.AsNoTracking().Where(c => c.Source == Source && names.Contains(c.SourceKey.Substring(0, KeyLength))).Select(c => c.SourceKey).ToListAsync(cancel)).ToLookup(k => Guid.Parse(k[..KeyLength]));
        var promised = await db.Promises.AsNoTracking().Where(p => ids.Contains(p.ItemId)).ToDictionaryAsync(p => p.ItemId, p => (Guid?)p.AgentId, cancel);
        var known = await agents.Of([.. items.Where(i => i.State == WorkItemType.Initial).Select(CustomerOf).OfType<string>().Distinct()], cancel);
        return ([.. items.OrderBy(i => i.CreatedAt).Select(Routed)], nudges[^1].Position);

        RoutedItem Routed(WorkItem i)
        {
            var customer = CustomerOf(i);
            var (last, own) = customer is null ? default : known.GetValueOrDefault(customer);
            return new RoutedItem(i.Id, i.Version, i.QueueId, i.Subject, customer, i.Values.GetValueOrDefault("customer"), i.State, i.ClosedAt is not null, i.CreatedAt, keys[i.Id].ToHashSet(),
                i.Priority, promised.GetValueOrDefault(i.Id) ?? last, own, i.AgentId);
        }

        static string? CustomerOf(WorkItem i) => i.Customer ?? CustomerKey.Of(i.Values.GetValueOrDefault("phone") ?? "");
    }

    /// <summary>A type of the centre's own that does not know the state keeps the one it has; who works on it is kept in any case.</summary>
    private async Task Set(WorkItem item, string state, Guid? agent, CancellationToken cancel)
    {
        if (!(await types.At(item.Type, item.TypeVersion, cancel)).Transitions.ContainsKey(state)) state = item.State;
        if (item.State == state && item.AgentId == agent) return;
        var (from, now) = (item.State, journal.Now);
        (item.State, item.AgentId) = (state, agent);
        if (state == "in-progress") item.RespondedAt ??= now;
        if (state == "done") item.ClosedAt = now;
        journal.Routed(item, from, from == state ? [] : [new FieldChange("state", from, state)]);
    }
}

/// <summary>Tells the floor which work items were made or changed.</summary>
internal sealed class WorkItemNudges : FactReader
{
    private readonly HashSet<Guid> items = [];

    public WorkItemNudges()
    {
        On<WorkItemCreated>((_, made, _, _) => Keep(made.Id));
        On<WorkItemChanged>((_, changed, _, _) => Keep(changed.Id));
    }

    public override string Name => "routing.floor";

    protected override void Begin() => items.Clear();

    protected override Task Finish(EvenhandDb db, CancellationToken cancel)
    {
        db.AddRange(items.Select(i => new FloorNudge { WorkItemId = i }));
        return Task.CompletedTask;
    }

    private Task Keep(Guid item)
    {
        items.Add(item);
        return Task.CompletedTask;
    }
}
