using Evenhand.Kernel.Rights;

namespace Evenhand.Routing;

/// <summary>What people may do with orders, work items and the rules of the floor.</summary>
internal static class Rights
{
    public const string Read = "routing.work-items";
    public const string Create = "routing.create";
    public const string Work = "routing.work";
    public const string Unmask = "routing.unmask";
    public const string Rules = "routing.rules";
    public const string Configure = "routing.configure";

    /// <summary>Works at a desk of the floor.</summary>
    public const string Desk = "routing.desk";

    /// <summary>Sees the live floor.</summary>
    public const string Floor = "routing.floor";

    /// <summary>Acts on the people of the live floor.</summary>
    public const string Act = "routing.floor-act";

    /// <summary>Tells the floor of contacts: for systems.</summary>
    public const string Feed = "routing.feed";

    public static IEnumerable<Permission> All { get; } =
    [
        new(Read, Roles.Agent, Roles.TeamLeader, Roles.FloorManager, Roles.Manager, Roles.GeneralManager, Roles.Qa, Roles.Auditor),
        new(Create, Roles.Agent, Roles.TeamLeader, Roles.FloorManager, Roles.Manager),
        new(Work, Roles.Agent, Roles.TeamLeader, Roles.FloorManager, Roles.Manager),
        new(Unmask, Roles.Agent, Roles.Manager, Roles.Qa),
        new(Rules, Roles.TeamLeader, Roles.FloorManager, Roles.Manager, Roles.GeneralManager, Roles.Administrator, Roles.Auditor),
        new(Configure, Roles.Manager, Roles.Administrator),
        new(Desk, Roles.Agent),
        new(Floor, Roles.TeamLeader, Roles.FloorManager, Roles.Manager, Roles.GeneralManager, Roles.Auditor),
        new(Act, Roles.TeamLeader, Roles.FloorManager, Roles.Manager),
        new(Feed, Roles.Administrator, Roles.Manager),
    ];
}
