using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.WorkItems;

/// <summary>Whose work items somebody may see and touch: those of queues that belong to a unit in the scope, those of agents in it, and to read, those the own account made. Whatever belongs to nobody is denied.</summary>
internal sealed class QueueAccess(EvenhandDb db, IOrganisation organisation, CurrentAccess current, TimeProvider clock)
{
    /// <summary>The items a permission holds for.</summary>
    public async Task<IQueryable<WorkItem>> Items(string permission, CancellationToken cancel)
    {
        var scope = current.Access.ScopeOf(permission);
        if (scope.All) return db.WorkItems;
        var centre = await organisation.Read(cancel);
        var today = Today(centre);
        var queues = (await Belonging(cancel)).Where(b => scope.Units.Contains(b.UnitId)).Select(b => b.QueueId).Distinct().ToArray();
        var agents = centre.Agents.Keys.Where(a => centre.Covers(scope, a, today)).ToArray();
        var own = permission == Rights.Read ? current.Access.AccountId : null;
        return db.WorkItems.Where(i => queues.Contains(i.QueueId) || (i.AgentId != null && agents.Contains(i.AgentId.Value)) || (own != null && i.CreatedById == own));
    }

    /// <summary>The item, if the permission holds for it.</summary>
    public async Task<Outcome<WorkItem>> Item(Guid id, string permission, CancellationToken cancel)
    {
        if (await (await Items(permission, cancel)).FirstOrDefaultAsync(i => i.Id == id, cancel) is { } item) return item;
        return permission != Rights.Read && await (await Items(Rights.Read, cancel)).AnyAsync(i => i.Id == id, cancel) ? new Refusal("routing.work-item.not-allowed") : new Refusal("routing.work-item.not-found");
    }

    /// <summary>The queues a permission holds for; an agent has those that belong to the own team or a unit above it.</summary>
    public async Task<IReadOnlyList<Queue>> Queues(string permission, CancellationToken cancel)
    {
        var scope = current.Access.ScopeOf(permission);
        var centre = await organisation.Read(cancel);
        var team = scope.OwnAgent is { } agent ? centre.TeamOf(agent, Today(centre)) : null;
        var ids = scope.All ? null : (await Belonging(cancel)).Where(b => scope.Units.Contains(b.UnitId) || (team is { } t && centre.Below(b.UnitId).Contains(t))).Select(b => b.QueueId).ToHashSet();
        return [.. centre.Queues.Values.Where(q => ids is null || ids.Contains(q.Id)).OrderBy(q => q.Name, StringComparer.CurrentCulture)];
    }

    /// <summary>The queue of this code, if the permission holds for it.</summary>
    public async Task<Outcome<Queue>> Queue(string code, string permission, CancellationToken cancel)
    {
        var queues = await Queues(permission, cancel);
        return queues.FirstOrDefault(q => q.Code == code) is { } queue ? queue : new Refusal("routing.queue.not-allowed", code, string.Join(", ", queues.Select(q => q.Code)));
    }

    private DateOnly Today(OrganisationSnapshot centre) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), centre.Zone).DateTime);

    private Task<List<QueueUnit>> Belonging(CancellationToken cancel) => db.QueueUnits.AsNoTracking().ToListAsync(cancel);
}
