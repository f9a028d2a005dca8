using System.ComponentModel.DataAnnotations;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.WorkItems;

/// <summary>Says to which units a queue's work items belong; without any only those with a right over the whole centre see them.</summary>
internal sealed class PlaceQueue(EvenhandDb db, IOrganisation organisation, CurrentAccess current, IAuditTrail audit)
{
    /// <param name="Units">Codes of units.</param>
    public sealed record Request([Required, MaxLength(200)] IReadOnlyList<string> Units);

    public static void Map(IEndpointRouteBuilder api) => api.MapPut("/queues/{code}/units", async (string code, Request request, PlaceQueue slice, CancellationToken cancel) =>
        (await slice.Run(code, request, cancel)).ToReply()).WithName(nameof(PlaceQueue)).WithSummary("The units a queue's work items belong to").Needs(Rights.Configure);

    /// <summary>The units of each queue that has any.</summary>
    public async Task<ILookup<Guid, Guid>> Read(CancellationToken cancel) => (await db.QueueUnits.AsNoTracking().ToListAsync(cancel)).ToLookup(u => u.QueueId, u => u.UnitId);

    public async Task<Outcome<Done>> Run(string code, Request request, CancellationToken cancel)
    {
        if (!current.Access.ScopeOf(Rights.Configure).All) return new Refusal("routing.configure.not-allowed");
        var centre = await organisation.Read(cancel);
        if (centre.Queues.Values.FirstOrDefault(q => q.Code == code) is not { } queue) return new Refusal("routing.queue.not-found", code);
        var units = centre.Units.Values.Where(u => request.Units.Contains(u.Code)).ToList();
        if (request.Units.Except(units.Select(u => u.Code)).FirstOrDefault() is { } unknown) return new Refusal("routing.unit-unknown", unknown);
        var before = await db.QueueUnits.Where(u => u.QueueId == queue.Id).ToListAsync(cancel);
        db.RemoveRange(before.Where(b => units.All(u => u.Id != b.UnitId)));
        db.AddRange(units.Where(u => before.All(b => b.UnitId != u.Id)).Select(u => new QueueUnit { QueueId = queue.Id, UnitId = u.Id }));
        audit.Record("routing.queue-placed", "queue", code, new { request.Units });
        await db.SaveChangesAsync(cancel);
        return Done.It;
    }
}
