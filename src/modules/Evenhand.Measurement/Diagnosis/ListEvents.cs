using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Measurement.Diagnosis;

/// <summary>What is known to have changed in the centre, by day, oldest first; events of units outside the reader's scope are left out.</summary>
internal sealed class ListEvents(EvenhandDb db, IOrganisation organisation, CurrentAccess current)
{
    /// <param name="From">First day; null for no limit.</param>
    /// <param name="To">First day no longer listed.</param>
    /// <param name="Unit">Only what concerned this unit: noted for it, for one below it, for one above it or for the whole centre.</param>
    public sealed record Request(DateOnly? From = null, DateOnly? To = null, string? Unit = null);

    /// <param name="Unit">Code of the unit; null for the whole centre.</param>
    /// <param name="UnitName">Its name.</param>
    public sealed record Row(Guid EventId, DateOnly Day, string Kind, string Title, string? Unit, string? UnitName);

    public sealed record Listed(IReadOnlyList<Row> Rows);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/events",
        async ([AsParameters] Request request, ListEvents slice, CancellationToken cancel) => (await slice.Run(request, cancel)).ToReply())
        .Needs(Diagnose.Permission).WithName(nameof(ListEvents));

    public async Task<Outcome<Listed>> Run(Request request, CancellationToken cancel)
    {
        var centre = await organisation.Read(cancel);
        var asked = request.Unit is null ? null : centre.Units.Values.FirstOrDefault(u => u.Code == request.Unit);
        if (asked is null && request.Unit is not null) return new Refusal("measurement.unit.not-found", request.Unit);
        var (from, to) = (request.From ?? DateOnly.MinValue, request.To ?? DateOnly.MaxValue);
        var found = await db.CentreEvents.Where(e => e.Day >= from && e.Day < to).OrderBy(e => e.Day).ThenBy(e => e.Id).ToListAsync(cancel);
        var scope = current.Access.ScopeOf(Diagnose.Permission);
        return new Listed([.. found
            .Where(e => e.UnitId is not { } unit || ((scope.All || Concerns(unit, scope.Units)) && (asked is null || Concerns(unit, centre.Below(asked.Id)))))
            .Select(e => (Event: e, Unit: e.UnitId is { } id ? centre.Units.GetValueOrDefault(id) : null))
            .Select(e => new Row(e.Event.Id, e.Event.Day, e.Event.Kind, e.Event.Title, e.Unit?.Code, e.Unit?.Name))]);

        bool Concerns(Guid unit, IReadOnlySet<Guid> units) => units.Contains(unit) || centre.Below(unit).Overlaps(units);
    }
}
