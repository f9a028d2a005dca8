using Evenhand.Kernel.Rights;

namespace Evenhand.Workforce;

/// <summary>What people may do with the roster, the seats, the shift handover and the floor's reports.</summary>
internal static class Rights
{
    public const string ReadRoster = "workforce.roster";
    public const string Publish = "workforce.publish";

    public static IEnumerable<Permission> All { get; } =
    [
        new(ReadRoster, Roles.Agent, Roles.TeamLeader, Roles.FloorManager, Roles.Manager, Roles.GeneralManager, Roles.Hr, Roles.Auditor),
        new(Publish, Roles.Manager),
    ];
}
