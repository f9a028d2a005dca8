namespace Evenhand.Kernel.Rights;

/// <summary>Who is acting, and what that person or machine may do where. Nothing granted means nothing allowed.</summary>
/// <param name="AccountId">The account; null for the command line and for machines.</param>
/// <param name="Name">The name the audit trail records.</param>
/// <param name="AgentId">The agent this account belongs to, if any.</param>
/// <param name="Roles">Its roles, for display.</param>
/// <param name="Grants">Permission → scope.</param>
public sealed record Access(Guid? AccountId, string Name, Guid? AgentId, IReadOnlyList<string> Roles, IReadOnlyDictionary<string, Scope> Grants)
{
    private bool unlimited;

    public static Access Nobody { get; } = new(null, "nobody", null, [], new Dictionary<string, Scope>());

    /// <summary>The program itself: the command line, a reader of facts, the seed.</summary>
    public static Access System(string name) => new(null, name, null, [], new Dictionary<string, Scope>()) { unlimited = true };

    public bool May(string permission) => !ScopeOf(permission).IsNothing;

    /// <summary>Where the permission holds; <see cref="Scope.Nothing"/> when it was never granted.</summary>
    public Scope ScopeOf(string permission) => unlimited ? Scope.Everything : Grants.GetValueOrDefault(permission, Scope.Nothing);
}

/// <summary>The part of the organisation a permission holds for: everything, some units with all below them (already expanded), or the own person.</summary>
/// <param name="All">The whole organisation.</param>
/// <param name="Units">Unit ids, descendants included.</param>
/// <param name="OwnAgent">The agent who may see the own rows.</param>
public sealed record Scope(bool All, IReadOnlySet<Guid> Units, Guid? OwnAgent)
{
    public static Scope Everything { get; } = new(true, new HashSet<Guid>(), null);

    public static Scope Nothing { get; } = new(false, new HashSet<Guid>(), null);

    public bool IsNothing => !All && Units.Count == 0 && OwnAgent is null;

    /// <summary>True when a row of this team and agent is inside; a row without a team is inside only for the whole organisation or the own person.</summary>
    public bool Covers(Guid? team, Guid? agent) =>
        All || (team is { } t && Units.Contains(t)) || (agent is { } a && a == OwnAgent);
}

/// <summary>Who is acting in this scope of services; set once at the door (sign-in, API key, command line).</summary>
public sealed class CurrentAccess
{
    public Access Access { get; private set; } = Access.Nobody;

    public void Set(Access access) => Access = access;
}
