using System.Text.Json;
using Evenhand.Kernel;
using Evenhand.Kernel.Facts;
using Evenhand.Kernel.Rights;
using Evenhand.Routing.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.WorkItems;

/// <summary>What one value was and became, personal values masked.</summary>
internal sealed record FieldChange(string Field, string? Before, string? After);

/// <summary>Writes an item's history and publishes its facts, saved with the change itself; who comes second with an old version is refused.</summary>
internal sealed class Journal(EvenhandDb db, CurrentAccess current, TimeProvider clock)
{
    private const string Source = "routing";

    /// <summary>Now, as finely as every store keeps it.</summary>
    public DateTimeOffset Now
    {
        get
        {
            var now = clock.GetUtcNow();
            return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
        }
    }

    public void Created(WorkItem item)
    {
        Note(item, "created", item.CreatedAt, [], null);
        db.Publish(new WorkItemCreated(item.Id, item.Type, item.TypeVersion, item.QueueId, item.State, item.RespondBy, item.ResolveBy), item.CreatedAt, Source);
    }

    /// <summary>Gives the item its next version and notes what the floor did with it; saved with the floor's step.</summary>
    public void Routed(WorkItem item, string from, IReadOnlyList<FieldChange> changes)
    {
        item.Version++;
        Note(item, "routed", Now, changes, null);
        db.Publish(new WorkItemChanged(item.Id, item.Type, item.Version, item.QueueId, item.AgentId, from, item.State, [.. changes.Select(c => c.Field)]), Now, Source);
    }

    /// <summary>Gives the item its next version, notes the step and saves.</summary>
    public async Task<Refusal?> Changed(WorkItem item, string what, string from, IReadOnlyList<FieldChange> changes, string? note, CancellationToken cancel)
    {
        var now = Now;
        item.Version++;
        Note(item, what, now, changes, note);
        db.Publish(new WorkItemChanged(item.Id, item.Type, item.Version, item.QueueId, item.AgentId, from, item.State, [.. changes.Select(c => c.Field)]), now, Source);
        try
        {
            await db.SaveChangesAsync(cancel);
            return null;
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            return new Refusal("routing.work-item-changed", item.Version);
        }
    }

    private void Note(WorkItem item, string what, DateTimeOffset at, IReadOnlyList<FieldChange> changes, string? note) => db.Steps.Add(new WorkItemStep
    {
        Id = Guid.CreateVersion7(), ItemId = item.Id, Version = item.Version, At = at, By = current.Access.Name, What = what, Note = string.IsNullOrWhiteSpace(note) ? null : note.Trim(),
        Changes = JsonSerializer.Serialize(changes, FactJson.Options),
    });
}
