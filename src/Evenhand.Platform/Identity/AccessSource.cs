using System.Collections.Concurrent;
using System.Security.Claims;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Platform.Organisation;
using Evenhand.Platform.Sharing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Platform.Identity;

/// <summary>Shares one snapshot of rights per version between all requests.</summary>
internal sealed class RightsCache
{
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> noted = new();

    public (long Version, RightsSnapshot Snapshot)? Latest { get; set; }

    /// <summary>Whether a key's use is to be noted again.</summary>
    public bool IsDue(Guid key, DateTimeOffset now, TimeSpan every)
    {
        if (noted.TryGetValue(key, out var last) && now - last < every) return false;
        noted[key] = now;
        return true;
    }
}

/// <summary>Says what whoever stands at the door may do. One small query a request while nothing changes.</summary>
internal sealed class AccessSource(EvenhandDb db, IOrganisation organisation, ModuleList modules, RightsCache cache, TimeProvider clock)
{
    public const string AccountClaim = "account";
    public const string StampClaim = "stamp";
    public const string KeyClaim = "key";
    public const string ShareClaim = "share";

    public async Task<RightsSnapshot> Read(CancellationToken cancel)
    {
        var version = await db.VersionNow(cancel);
        if (cache.Latest is { } latest && latest.Version == version) return latest.Snapshot;
        var snapshot = new RightsSnapshot(
            await organisation.Read(cancel),
            await db.Accounts.AsNoTracking().ToListAsync(cancel),
            await db.RoleAssignments.AsNoTracking().ToListAsync(cancel),
            await db.ApiKeys.AsNoTracking().ToListAsync(cancel),
            await db.ShareKeys.AsNoTracking().Where(k => k.RevokedAt == null).ToListAsync(cancel),
            await Roles(cancel));
        if (db.Database.CurrentTransaction is null) cache.Latest = (version, snapshot);
        return snapshot;
    }

    public async Task<RoleMap> Roles(CancellationToken cancel) =>
        new(modules.All.SelectMany(m => m.Permissions), await db.RolePermissions.AsNoTracking().ToListAsync(cancel));

    /// <summary>The access of whom authentication found; null when the session or the key is over.</summary>
    public async Task<Access?> Of(ClaimsPrincipal user, CancellationToken cancel)
    {
        var rights = await Read(cancel);
        if (user.FindFirstValue(KeyClaim) is { } hash) return rights.OfKey(hash, clock.GetUtcNow())?.Access;
        if (user.FindFirstValue(ShareClaim) is { } link) return rights.OfShare(link, clock.GetUtcNow())?.Access;
        return Guid.TryParse(user.FindFirstValue(AccountClaim), out var account) && user.FindFirstValue(StampClaim) is { } stamp
            ? rights.OfSession(account, stamp, Today(rights)) : null;
    }

    public async Task<IReadOnlyList<Access>> Everybody(CancellationToken cancel)
    {
        var rights = await Read(cancel);
        var today = Today(rights);
        return [.. rights.Accounts.Select(a => rights.Of(a, today)).OfType<Access>()];
    }

    public static ClaimsPrincipal Session(Account account) => new(new ClaimsIdentity(
        [new(AccountClaim, account.Id.ToString()), new(StampClaim, account.SecurityStamp), new(ClaimTypes.Name, account.Name)], "password"));

    private DateOnly Today(RightsSnapshot rights) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), rights.Zone).DateTime);
}
