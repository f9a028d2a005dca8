using System.ComponentModel.DataAnnotations;
using Evenhand.Kernel;
using Evenhand.Kernel.Facts;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Platform.Organisation;

/// <summary>Sets the centre's time zone. Once something has been recorded, days and intervals were cut by the old one, so that the change has to be confirmed.</summary>
internal sealed class ChangeZone(EvenhandDb db, CurrentAccess current, TimeProvider clock)
{
    private static readonly string[] Harmless = [nameof(AgentPlaced), nameof(AgentMoved), nameof(OrganisationChanged)];

    public sealed record Request([Required, MaxLength(100)] string Zone, bool Confirmed = false);

    public static void Map(IEndpointRouteBuilder api) => api.MapPut("/zone",
        async (Request request, ChangeZone slice, CancellationToken cancel) => (await slice.Run(request, cancel)).ToReply())
        .Needs(PlatformRights.EditOrganisation).WithName(nameof(ChangeZone));

    public async Task<Outcome<Done>> Run(Request request, CancellationToken cancel)
    {
        if (!current.Access.ScopeOf(PlatformRights.EditOrganisation).All) return new Refusal("platform.whole-centre-only.not-allowed");
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(request.Zone.Trim(), out var zone)) return new Refusal("platform.zone-unknown", request.Zone);
        var centre = await db.RaiseVersion(cancel);
        if (centre.Zone == zone.Id) return Done.It;
        if (!request.Confirmed && await db.Set<Fact>().AnyAsync(f => !Harmless.Contains(f.Type), cancel))
            return new Refusal("platform.zone-has-figures", centre.Zone, zone.Id);
        centre.Zone = zone.Id;
        db.Publish(new OrganisationChanged("zone", null), clock.GetUtcNow(), current.Access.Name);
        await db.SaveChangesAsync(cancel);
        return Done.It;
    }
}
