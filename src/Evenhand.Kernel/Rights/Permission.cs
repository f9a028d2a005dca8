using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;

namespace Evenhand.Kernel.Rights;

/// <summary>Something a person may do, granted by a role within an organisational scope.</summary>
/// <param name="Code">`module.verb-or-noun`, also its text key with the prefix `permission.`.</param>
/// <param name="Roles">Roles that hold it from the start; an administrator may change that.</param>
public sealed record Permission(string Code, params string[] Roles);

/// <summary>The roles every centre starts with.</summary>
public static class Roles
{
    public const string Agent = "agent";
    public const string TeamLeader = "team-leader";
    public const string FloorManager = "floor-manager";
    public const string Manager = "manager";
    public const string GeneralManager = "general-manager";
    public const string Qa = "qa";
    public const string Trainer = "training-supervisor";
    public const string KpiAssistant = "kpi-assistant";
    public const string Hr = "hr";
    public const string Administrator = "administrator";
    public const string Auditor = "auditor";

    public static IReadOnlyList<string> All { get; } =
        [Agent, TeamLeader, FloorManager, Manager, GeneralManager, Qa, Trainer, KpiAssistant, Hr, Administrator, Auditor];
}

/// <summary>On a page or an endpoint: who holds this permission somewhere may enter; the scope narrows what is shown.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class NeedsAttribute(string permission) : AuthorizeAttribute(PolicyPrefix + permission)
{
    internal const string PolicyPrefix = "needs:";

    public string Permission { get; } = permission;
}

public static class NeedsExtensions
{
    /// <summary>The endpoint form of <see cref="NeedsAttribute"/>.</summary>
    public static T Needs<T>(this T endpoint, string permission) where T : IEndpointConventionBuilder =>
        endpoint.RequireAuthorization(new NeedsAttribute(permission));
}
