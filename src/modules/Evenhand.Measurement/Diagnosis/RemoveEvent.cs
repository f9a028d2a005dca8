using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Measurement.Diagnosis;

/// <summary>Takes back an event that was noted by mistake; the audit trail keeps it.</summary>
internal sealed class RemoveEvent(EvenhandDb db, CurrentAccess current)
{
    public sealed record Request(Guid EventId);

    public static void Map(IEndpointRouteBuilder api) => api.MapDelete("/events/{eventId:guid}",
        async (Guid eventId, RemoveEvent slice, CancellationToken cancel) => (await slice.Run(new Request(eventId), cancel)).ToReply())
        .Needs(RecordEvent.Permission).WithName(nameof(RemoveEvent));

    public async Task<Outcome<Done>> Run(Request request, CancellationToken cancel)
    {
        var found = await db.CentreEvents.FirstOrDefaultAsync(e => e.Id == request.EventId, cancel);
        if (found is null) return new Refusal("measurement.event.not-found");
        var scope = current.Access.ScopeOf(RecordEvent.Permission);
        if (!scope.All && (found.UnitId is not { } unit || !scope.Units.Contains(unit))) return new Refusal("measurement.event.not-allowed");
        db.CentreEvents.Remove(found);
        await db.SaveChangesAsync(cancel);
        return Done.It;
    }
}
