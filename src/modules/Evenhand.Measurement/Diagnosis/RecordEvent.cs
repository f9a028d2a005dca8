using System.ComponentModel.DataAnnotations;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Measurement.Diagnosis;

/// <summary>Notes what changed in the centre on a day, so that the diagnosis can say what a shift goes with. Noting the same twice changes nothing.</summary>
internal sealed class RecordEvent(EvenhandDb db, IOrganisation organisation, CurrentAccess current)
{
    public const string Permission = "measurement.record-event";

    /// <param name="Day">The day it took effect.</param>
    /// <param name="Kind">`script`, `product`, `training`, `campaign`, `roster` or `other`.</param>
    /// <param name="Title">What people call it.</param>
    /// <param name="Unit">Code of the unit it concerned; null for the whole centre.</param>
    public sealed record Request(DateOnly Day, [Required, MaxLength(20)] string Kind, [Required, MaxLength(200)] string Title, [MaxLength(100)] string? Unit = null);

    public sealed record Recorded(Guid EventId);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/events",
        async (Request request, RecordEvent slice, CancellationToken cancel) => (await slice.Run(request, cancel)).ToReply())
        .Needs(Permission).WithName(nameof(RecordEvent));

    public async Task<Outcome<Recorded>> Run(Request request, CancellationToken cancel)
    {
        if (!CentreEvent.Kinds.Contains(request.Kind)) return new Refusal("measurement.event-kind-unknown", request.Kind, string.Join(", ", CentreEvent.Kinds));
        var centre = await organisation.Read(cancel);
        var unit = string.IsNullOrWhiteSpace(request.Unit) ? null : centre.Units.Values.FirstOrDefault(u => u.Code == request.Unit);
        if (unit is null && !string.IsNullOrWhiteSpace(request.Unit)) return new Refusal("measurement.unit.not-found", request.Unit);
        var scope = current.Access.ScopeOf(Permission);
        if (!scope.All && (unit is null || !scope.Units.Contains(unit.Id))) return new Refusal("measurement.event.not-allowed");

        var title = request.Title.Trim();
        var known = await db.CentreEvents.FirstOrDefaultAsync(e => e.Day == request.Day && e.Kind == request.Kind && e.Title == title && e.UnitId == (unit == null ? null : unit.Id), cancel);
        if (known is not null) return new Recorded(known.Id);
        var added = new CentreEvent { Id = Guid.CreateVersion7(), Day = request.Day, Kind = request.Kind, Title = title, UnitId = unit?.Id };
        db.CentreEvents.Add(added);
        await db.SaveChangesAsync(cancel);
        return new Recorded(added.Id);
    }
}
