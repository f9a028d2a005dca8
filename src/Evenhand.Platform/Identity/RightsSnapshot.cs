using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Platform.Sharing;

namespace Evenhand.Platform.Identity;

/// <summary>Everybody's rights at one version of accounts and organisation: role assignments × what roles may do, with units spread over all below them.</summary>
internal sealed class RightsSnapshot(
    OrganisationSnapshot organisation, IEnumerable<Account> accounts, IEnumerable<RoleAssignment> assignments, IEnumerable<ApiKey> keys, IEnumerable<ShareKeyRow> shares, RoleMap map)
{
    private readonly Dictionary<Guid, Account> accounts = accounts.ToDictionary(a => a.Id);
    private readonly ILookup<Guid, RoleAssignment> assignments = assignments.ToLookup(a => a.AccountId);
    private readonly Dictionary<string, ApiKey> keys = keys.ToDictionary(k => k.Hash);
    private readonly Dictionary<string, ShareKeyRow> shares = shares.ToDictionary(k => k.Hash);

    public TimeZoneInfo Zone => organisation.Zone;

    public IEnumerable<Account> Accounts => accounts.Values.Where(a => a.Active);

    /// <summary>What a signed-in account may do; null when it is gone, switched off, or the session is of an older password.</summary>
    public Access? OfSession(Guid account, string stamp, DateOnly today) =>
        accounts.TryGetValue(account, out var found) && found.SecurityStamp == stamp ? Of(found, today) : null;

    public bool MustChangePassword(Guid account) => accounts.TryGetValue(account, out var found) && found.MustChangePassword;

    public Access? Of(Account account, DateOnly today)
    {
        if (!account.Active) return null;
        var held = assignments[account.Id].Where(a => a.From <= today && (a.To is not { } to || today < to)).ToList();
        return new Access(account.Id, account.DisplayName ?? account.Name, account.AgentId, [.. held.Select(a => a.Role).Distinct()],
            Grants(held.Select(a => (a.Role, a.UnitId)), account.AgentId));
    }

    public (Guid Id, Access Access)? OfKey(string hash, DateTimeOffset now) =>
        keys.TryGetValue(hash, out var key) && key.RevokedAt is null && (key.ExpiresAt is not { } end || now < end)
            ? (key.Id, new Access(null, $"key {key.Name}", null, [key.Role], Grants([(key.Role, key.UnitId)], null))) : null;

    /// <summary>A link and its one right; null when it is unknown or over.</summary>
    public (ShareKeyRow Key, Access Access)? OfShare(string hash, DateTimeOffset now) =>
        shares.TryGetValue(hash, out var key) && key.WorksAt(now)
            ? (key, new Access(null, $"link {key.Name}", null, [], new Dictionary<string, Scope>
            {
                [key.Permission] = key.UnitId is { } unit ? new Scope(false, organisation.Below(unit), null) : Scope.Everything,
            })) : null;

    /// <summary>The scope of a role held for a unit: an agent sees the own rows, a role without a unit or for the root sees all.</summary>
    public Scope ScopeOf(string role, Guid? unit, Guid? agent)
    {
        if (role == Roles.Agent) return agent is null ? Scope.Nothing : new Scope(false, new HashSet<Guid>(), agent);
        if (unit is not { } given || (organisation.Units.TryGetValue(given, out var found) && found.ParentId is null)) return Scope.Everything;
        return new Scope(false, organisation.Below(given), null);
    }

    private Dictionary<string, Scope> Grants(IEnumerable<(string Role, Guid? Unit)> held, Guid? agent)
    {
        var grants = new Dictionary<string, Scope>();
        foreach (var (role, unit) in held)
        {
            var scope = ScopeOf(role, unit, agent);
            foreach (var permission in map.PermissionsOf(role))
                grants[permission] = grants.TryGetValue(permission, out var before) ? Union(before, scope) : scope;
        }
        return grants;
    }

    private static Scope Union(Scope one, Scope other) =>
        one.All || other.All ? Scope.Everything : new Scope(false, one.Units.Union(other.Units).ToHashSet(), one.OwnAgent ?? other.OwnAgent);
}

/// <summary>What each role may do: what the modules start with, changed by an administrator.</summary>
internal sealed class RoleMap
{
    private readonly HashSet<(string Role, string Permission)> granted;

    public RoleMap(IEnumerable<Permission> permissions, IEnumerable<RolePermission> changes)
    {
        Permissions = [.. permissions];
        granted = [.. Permissions.SelectMany(p => p.Roles.Select(role => (role, p.Code)))];
        var known = Permissions.Select(p => p.Code).ToHashSet();
        foreach (var change in changes.Where(c => known.Contains(c.Permission)))
            if (change.Granted) granted.Add((change.Role, change.Permission));
            else granted.Remove((change.Role, change.Permission));
    }

    public IReadOnlyList<Permission> Permissions { get; }

    public bool Grants(string role, string permission) => granted.Contains((role, permission));

    public IEnumerable<string> PermissionsOf(string role) => granted.Where(g => g.Role == role).Select(g => g.Permission);
}
