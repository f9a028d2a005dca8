using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Platform.Organisation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Platform.Identity;

/// <summary>Ends a machine's key at once, and lists the keys there are.</summary>
internal sealed class RevokeApiKey(EvenhandDb db, IOrganisation organisation, CurrentAccess current, TimeProvider clock)
{
    public sealed record Row(Guid Id, string Name, string Start, string Role, string? Unit, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt, DateTimeOffset? LastUsedAt, bool Works);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/api-keys", async (RevokeApiKey slice, CancellationToken cancel) => await slice.Read(cancel)).Needs(PlatformRights.EditApiKeys).WithName("ReadApiKeys");
        api.MapDelete("/api-keys/{id:guid}", async (Guid id, RevokeApiKey slice, CancellationToken cancel) => (await slice.Run(id, cancel)).ToReply())
            .Needs(PlatformRights.EditApiKeys).WithName(nameof(RevokeApiKey));
    }

    public async Task<IReadOnlyList<Row>> Read(CancellationToken cancel)
    {
        var units = (await organisation.Read(cancel)).Units;
        var now = clock.GetUtcNow();
        return [.. (await db.ApiKeys.AsNoTracking().ToListAsync(cancel)).Where(k => Covers(k.UnitId)).OrderByDescending(k => k.CreatedAt)
            .Select(k => new Row(k.Id, k.Name, k.Start, k.Role, k.UnitId is { } unit ? units.GetValueOrDefault(unit)?.Name : null, k.CreatedAt, k.ExpiresAt, k.RevokedAt, k.LastUsedAt,
                k.RevokedAt is null && (k.ExpiresAt is not { } end || now < end)))];
    }

    public async Task<Outcome<Done>> Run(Guid id, CancellationToken cancel)
    {
        if (await db.ApiKeys.FirstOrDefaultAsync(k => k.Id == id, cancel) is not { } key || !Covers(key.UnitId)) return new Refusal("platform.key.not-found");
        key.RevokedAt ??= clock.GetUtcNow();
        await db.RaiseVersion(cancel);
        await db.SaveChangesAsync(cancel);
        return Done.It;
    }

    private bool Covers(Guid? unit) => current.Access.ScopeOf(PlatformRights.EditApiKeys).Covers(unit, null);
}
