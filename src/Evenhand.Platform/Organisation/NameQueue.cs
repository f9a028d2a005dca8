using System.ComponentModel.DataAnnotations;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Platform.Organisation;

/// <summary>Gives queues that a log named the name people use; with that they are no longer "to be placed".</summary>
internal sealed class NameQueue(EvenhandDb db, CurrentAccess current, TimeProvider clock)
{
    public sealed record Request([Required, MaxLength(200)] string Name);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPut("/queues/{id:guid}", async (Guid id, Request request, NameQueue slice, CancellationToken cancel) => (await slice.Run(id, request, cancel)).ToReply())
            .Needs(PlatformRights.EditOrganisation).WithName(nameof(NameQueue));
        api.MapPost("/queues/accepted", async (NameQueue slice, CancellationToken cancel) => (await slice.AcceptAll(cancel)).ToReply())
            .Needs(PlatformRights.EditOrganisation).WithName("AcceptQueues");
    }

    public async Task<Outcome<Done>> Run(Guid id, Request request, CancellationToken cancel)
    {
        if (!current.Access.ScopeOf(PlatformRights.EditOrganisation).All) return new Refusal("platform.whole-centre-only.not-allowed");
        if (await db.Queues.FirstOrDefaultAsync(q => q.Id == id, cancel) is not { } queue) return new Refusal("platform.queue.not-found");
        (queue.Name, queue.Placed) = (request.Name.Trim(), true);
        await Save(cancel);
        return Done.It;
    }

    /// <summary>Takes all queues under the names the logs gave them.</summary>
    public async Task<Outcome<int>> AcceptAll(CancellationToken cancel)
    {
        if (!current.Access.ScopeOf(PlatformRights.EditOrganisation).All) return new Refusal("platform.whole-centre-only.not-allowed");
        var queues = await db.Queues.Where(q => !q.Placed).ToListAsync(cancel);
        foreach (var queue in queues) queue.Placed = true;
        await Save(cancel);
        return queues.Count;
    }

    private async Task Save(CancellationToken cancel)
    {
        db.Publish(new OrganisationChanged("queues", null), clock.GetUtcNow(), current.Access.Name);
        await db.RaiseVersion(cancel);
        await db.SaveChangesAsync(cancel);
    }
}
