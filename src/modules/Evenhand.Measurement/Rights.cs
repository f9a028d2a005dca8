using Evenhand.Kernel.Rights;

namespace Evenhand.Measurement;

/// <summary>What people may do with figures.</summary>
internal static class Rights
{
    public const string Read = "measurement.read";
    public const string Define = "measurement.define";

    /// <summary>Looks at wallboards.</summary>
    public const string Wallboard = "measurement.wallboard";

    /// <summary>Lays wallboards out and shares them.</summary>
    public const string EditWallboard = "measurement.wallboard-edit";

    public static IEnumerable<Permission> All =>
    [
        new(Read, Roles.Agent, Roles.TeamLeader, Roles.FloorManager, Roles.Manager, Roles.GeneralManager, Roles.Qa, Roles.KpiAssistant, Roles.Auditor),
        new(Define, Roles.Manager, Roles.KpiAssistant),
        new(Wallboard, Roles.TeamLeader, Roles.FloorManager, Roles.Manager, Roles.GeneralManager, Roles.KpiAssistant, Roles.Auditor),
        new(EditWallboard, Roles.TeamLeader, Roles.FloorManager, Roles.Manager, Roles.KpiAssistant),
    ];
}
