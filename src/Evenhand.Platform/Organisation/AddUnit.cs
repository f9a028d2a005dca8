using System.ComponentModel.DataAnnotations;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Platform.Organisation;

/// <summary>Adds a department or a team below a unit.</summary>
internal sealed class AddUnit(EvenhandDb db, CurrentAccess current, TimeProvider clock)
{
    public sealed record Request(Guid ParentId, UnitKind Kind, [Required, MaxLength(100)] string Code, [Required, MaxLength(200)] string Name);

    public sealed record Added(Guid UnitId);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/units",
        async (Request request, AddUnit slice, CancellationToken cancel) => (await slice.Run(request, cancel)).ToReply())
        .Needs(PlatformRights.EditOrganisation).WithName(nameof(AddUnit));

    public async Task<Outcome<Added>> Run(Request request, CancellationToken cancel)
    {
        if (await db.Units.FirstOrDefaultAsync(u => u.Id == request.ParentId, cancel) is not { } parent) return new Refusal("platform.unit.not-found");
        if (!current.Access.ScopeOf(PlatformRights.EditOrganisation).Covers(parent.Id, null)) return new Refusal("platform.unit-beyond-scope.not-allowed", parent.Name);
        if (request.Kind == UnitKind.Centre || !Enum.IsDefined(request.Kind)) return new Refusal("platform.one-centre");
        if (parent.Kind == UnitKind.Team) return new Refusal("platform.team-has-no-units", parent.Name);
        var (code, name) = (request.Code.Trim(), request.Name.Trim());
        if (await db.Units.AnyAsync(u => u.Code == code, cancel)) return new Refusal("platform.unit-code-taken", code);
        if (await db.Units.AnyAsync(u => u.ParentId == parent.Id && u.Name == name, cancel)) return new Refusal("platform.unit-name-taken", name, parent.Name);
        var unit = new UnitRow { Id = Guid.CreateVersion7(), ParentId = parent.Id, Kind = request.Kind, Code = code, Name = name };
        db.Add(unit);
        db.Publish(new OrganisationChanged("unit-added", unit.Id), clock.GetUtcNow(), current.Access.Name);
        await db.RaiseVersion(cancel);
        await db.SaveChangesAsync(cancel);
        return new Added(unit.Id);
    }
}
