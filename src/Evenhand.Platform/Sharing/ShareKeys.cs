using System.Security.Cryptography;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Platform.Identity;
using Evenhand.Platform.Organisation;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Platform.Sharing;

/// <summary>Makes, lists and ends links.</summary>
internal sealed class ShareKeys(EvenhandDb db, CurrentAccess current, TimeProvider clock) : IShareKeys
{
    private const int KeyBytes = 16;

    public async Task<Outcome<MadeShareKey>> Make(NewShareKey request, CancellationToken cancel)
    {
        if (!Covers(request.Permission, request.UnitId)) return new Refusal("platform.share-beyond-scope.not-allowed");
        if (request.UnitId is { } unit && !await db.Units.AnyAsync(u => u.Id == unit, cancel)) return new Refusal("platform.unit.not-found");
        if (request.ExpiresAt is { } end && end <= clock.GetUtcNow()) return new Refusal("platform.key-expires-in-past");
        var key = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(KeyBytes));
        var row = new ShareKeyRow
        {
            Id = Guid.CreateVersion7(), Name = request.Name.Trim(), Hash = ApiKeyScheme.HashOf(key), Subject = request.Subject, Path = request.Path.TrimEnd('/'), Permission = request.Permission,
            UnitId = request.UnitId, MadeBy = current.Access.Name, MadeAt = clock.GetUtcNow(), ExpiresAt = request.ExpiresAt?.ToUniversalTime(),
        };
        db.Add(row);
        await db.RaiseVersion(cancel);
        await db.SaveChangesAsync(cancel);
        return new MadeShareKey(row.Id, $"{row.Path}?{ShareKeyScheme.Parameter}={key}");
    }

    public async Task<Outcome<Done>> Revoke(Guid id, string subject, CancellationToken cancel)
    {
        if (await db.ShareKeys.FirstOrDefaultAsync(k => k.Id == id && k.Subject == subject, cancel) is not { } key || !Covers(key.Permission, key.UnitId)) return new Refusal("platform.key.not-found");
        key.RevokedAt ??= clock.GetUtcNow();
        await db.RaiseVersion(cancel);
        await db.SaveChangesAsync(cancel);
        return Done.It;
    }

    public async Task<IReadOnlyList<ShareKey>> Of(string subject, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var rows = await db.ShareKeys.AsNoTracking().Where(k => k.Subject == subject).ToListAsync(cancel);
        return [.. rows.Where(k => Covers(k.Permission, k.UnitId)).OrderByDescending(k => k.MadeAt)
            .Select(k => new ShareKey(k.Id, k.Name, k.Path, k.UnitId, k.MadeBy, k.MadeAt, k.ExpiresAt, k.RevokedAt, k.LastUsedAt, k.WorksAt(now)))];
    }

    /// <summary>Nobody gives away more than the own right.</summary>
    private bool Covers(string permission, Guid? unit) => current.Access.ScopeOf(permission) is var scope && (scope.All || (unit is { } own && scope.Units.Contains(own)));
}
