using Evenhand.Dispatch.Presence;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Contracts;
using Evenhand.Routing.Rules;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Routing.Floor;

/// <summary>Keeps the floor: one transaction a step, read whole after a restart.</summary>
internal sealed class FloorStore(IServiceScopeFactory scopes, TimeProvider clock)
{
    private static readonly TimeSpan RosterAround = TimeSpan.FromHours(26);
    private static readonly TimeSpan RequestsKept = TimeSpan.FromHours(24);

    /// <summary>Rules in force, with the centre's zone; null when nothing changed since that version.</summary>
    public async Task<(FloorRuleSet Rules, TimeZoneInfo Zone)?> Rules(long known, CancellationToken cancel)
    {
        await using var scope = Scope();
        var rules = scope.ServiceProvider.GetRequiredService<FloorRules>();
        if (await rules.Version(cancel) == known) return null;
        var zone = (await scope.ServiceProvider.GetRequiredService<IOrganisation>().Read(cancel)).Zone;
        return (await rules.Read(cancel), zone);
    }

    /// <summary>Who is rostered around now; null while the centre keeps no roster.</summary>
    public async Task<ILookup<Guid, RosteredShift>?> Roster(CancellationToken cancel)
    {
        await using var scope = Scope();
        if (scope.ServiceProvider.GetService<IRoster>() is not { } roster) return null;
        var now = clock.GetUtcNow();
        return (await roster.Duties(now - RosterAround, now + RosterAround, cancel))?.ToLookup(d => d.AgentId, d => new RosteredShift(d.Start, d.End));
    }

    /// <summary>The floor as it was stored.</summary>
    public async Task<FloorState> Load(DateTimeOffset now, CancellationToken cancel)
    {
        await using var scope = Scope();
        var db = scope.ServiceProvider.GetRequiredService<EvenhandDb>();
        var (rules, zone) = (await Rules(long.MinValue, cancel))!.Value;
        var lastStep = await db.ContactSteps.AsNoTracking().OrderByDescending(s => s.Id).Select(s => new { s.Id, s.At }).FirstOrDefaultAsync(cancel);
        var lastChange = await db.PresenceSteps.AsNoTracking().OrderByDescending(s => s.Id).Select(s => new { s.Id, s.At }).FirstOrDefaultAsync(cancel);
        // A wall clock that was set back meanwhile does not put the floor before its own history.
        now = new[] { now, lastStep?.At ?? now, lastChange?.At ?? now }.Max();
        var state = new FloorState(rules, zone, now);
        state.Begin(now);
        state.GoOn(lastStep?.Id, lastChange?.Id);
        var since = now - RequestsKept;
        var requests = await db.DutyRequests.AsNoTracking().Where(r => r.At > since).ToListAsync(cancel);
        state.Restore(await db.FloorAgents.AsNoTracking().ToListAsync(cancel), await db.FloorContacts.AsNoTracking().Where(c => c.EndedAt == null && c.Row != null).ToListAsync(cancel),
            await db.BreakQueues.AsNoTracking().ToListAsync(cancel), requests);
        var start = FloorState.DayStart(now, zone);
        await foreach (var c in db.FloorContacts.AsNoTracking().Where(c => c.ArrivedAt >= start)
            .Select(c => new { c.QueueId, c.ArrivedAt, c.AnsweredAt, c.TalkEndedAt, c.EndedAt, c.Outcome, c.HandleSeconds, c.ThroughQueueId }).AsAsyncEnumerable().WithCancellation(cancel))
            state.Recount(c.QueueId, c.ArrivedAt, c.AnsweredAt, c.TalkEndedAt, c.EndedAt, c.Outcome, c.HandleSeconds, c.ThroughQueueId);
        state.Take();
        state.Apply(await Roster(cancel));
        return state;
    }

    /// <summary>Stores a step whole or not at all. On PostgreSQL the floor's lease is renewed by the same transaction, so that a node that lost it stores nothing more.</summary>
    /// <exception cref="FloorLostException">Another node has the floor by now.</exception>
    public async Task Save(FloorStep step, FloorLease lease, CancellationToken cancel)
    {
        await using var scope = Scope();
        var db = scope.ServiceProvider.GetRequiredService<EvenhandDb>();
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await lease.Fence(db, cancel);
        foreach (var contact in step.Rows) db.Entry(contact).State = step.NewContacts.Contains(contact.Id) ? EntityState.Added : EntityState.Modified;
        foreach (var agent in step.AgentRows) db.Entry(agent).State = step.NewAgents.Contains(agent) ? EntityState.Added : EntityState.Modified;
        foreach (var request in step.Requests) db.Entry(request).State = step.NewRequests.Contains(request) ? EntityState.Added : EntityState.Modified;
        db.AddRange(step.ContactSteps);
        db.AddRange(step.PresenceSteps);
        db.AddRange(step.Overrides);
        if (step.BreakRows.Count > 0)
        {
            var teams = step.BreakRows.Select(b => b.TeamId).ToArray();
            var known = await db.BreakQueues.AsNoTracking().Where(b => teams.Contains(b.TeamId)).Select(b => b.TeamId).ToListAsync(cancel);
            foreach (var row in step.BreakRows) db.Entry(row).State = known.Contains(row.TeamId) ? EntityState.Modified : EntityState.Added;
        }
        if (step.WorkItems.Count > 0) await scope.ServiceProvider.GetRequiredService<WorkItemEffects>().Apply(step.WorkItems, cancel);
        db.ChangeTracker.DetectChanges();
        await db.SaveChangesAsync(cancel);
        if (step.FollowedUpTo > 0) await db.FloorNudges.Where(n => n.Position <= step.FollowedUpTo).ExecuteDeleteAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>Work items that were made or changed since, the oldest first, and up to where they were read.</summary>
    public async Task<(IReadOnlyList<RoutedItem> Items, long Upto)> Nudged(CancellationToken cancel)
    {
        await using var scope = Scope();
        return await scope.ServiceProvider.GetRequiredService<WorkItemEffects>().Nudged(cancel);
    }

    private AsyncServiceScope Scope()
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentAccess>().Set(Access.System("floor"));
        return scope;
    }
}
