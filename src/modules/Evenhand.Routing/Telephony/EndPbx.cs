using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.Telephony;

/// <summary>Ends the line to a telephone system; phones that were only kept back work again, its contacts stay.</summary>
internal sealed class EndPbx(EvenhandDb db, CurrentAccess current, TimeProvider clock)
{
    public static void Map(IEndpointRouteBuilder api) => api.MapDelete("/pbxs/{id:guid}", async (Guid id, EndPbx slice, CancellationToken cancel) => (await slice.Run(id, cancel)).ToReply())
        .WithName(nameof(EndPbx)).WithSummary("Ends the line to a telephone system").Needs(Rights.Configure);

    public async Task<Outcome<Done>> Run(Guid id, CancellationToken cancel)
    {
        if (!current.Access.ScopeOf(Rights.Configure).All) return new Refusal("routing.configure.not-allowed");
        if (await db.Pbxs.FirstOrDefaultAsync(p => p.Id == id && p.EndedAt == null, cancel) is not { } pbx) return new Refusal("routing.pbx.not-found");
        (pbx.EndedAt, pbx.Version) = (clock.GetUtcNow(), pbx.Version + 1);
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new Refusal("routing.pbx-changed", pbx.Name);
        }
        return Done.It;
    }
}
