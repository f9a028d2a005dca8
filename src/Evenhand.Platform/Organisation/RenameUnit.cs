using System.ComponentModel.DataAnnotations;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Platform.Organisation;

/// <summary>Gives a unit another name; its code, by which imports know it, stays.</summary>
internal sealed class RenameUnit(EvenhandDb db, CurrentAccess current, TimeProvider clock)
{
    public sealed record Request([Required, MaxLength(200)] string Name);

    public static void Map(IEndpointRouteBuilder api) => api.MapPut("/units/{id:guid}/name",
        async (Guid id, Request request, RenameUnit slice, CancellationToken cancel) => (await slice.Run(id, request, cancel)).ToReply())
        .Needs(PlatformRights.EditOrganisation).WithName(nameof(RenameUnit));

    public async Task<Outcome<Done>> Run(Guid id, Request request, CancellationToken cancel)
    {
        if (await db.Units.FirstOrDefaultAsync(u => u.Id == id, cancel) is not { } unit) return new Refusal("platform.unit.not-found");
        if (!current.Access.ScopeOf(PlatformRights.EditOrganisation).Covers(unit.Id, null)) return new Refusal("platform.unit-beyond-scope.not-allowed", unit.Name);
        var name = request.Name.Trim();
        if (await db.Units.AnyAsync(u => u.Id != id && u.ParentId == unit.ParentId && u.Name == name, cancel)) return new Refusal("platform.unit-name-taken", name, "");
        unit.Name = name;
        db.Publish(new OrganisationChanged("unit-renamed", unit.Id), clock.GetUtcNow(), current.Access.Name);
        await db.RaiseVersion(cancel);
        await db.SaveChangesAsync(cancel);
        return Done.It;
    }
}
