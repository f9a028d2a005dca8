using Evenhand.Kernel.Rights;

namespace Evenhand.Intake;

/// <summary>What people may do with what comes in.</summary>
internal static class Rights
{
    public const string Import = "intake.import";
    public const string Contacts = "intake.contacts";
    public const string Unmask = "intake.unmask";

    public static IEnumerable<Permission> All { get; } =
    [
        new(Import, Roles.Manager, Roles.KpiAssistant, Roles.Administrator),
        new(Contacts, Roles.Agent, Roles.TeamLeader, Roles.FloorManager, Roles.Manager, Roles.GeneralManager, Roles.Qa, Roles.KpiAssistant, Roles.Auditor),
        new(Unmask, Roles.Manager, Roles.Qa),
    ];
}
