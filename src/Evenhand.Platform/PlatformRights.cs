using Evenhand.Kernel.Rights;

namespace Evenhand.Platform;

/// <summary>What people may do with organisation, accounts and the audit trail.</summary>
internal static class PlatformRights
{
    public const string ReadOrganisation = "platform.organisation-read";
    public const string EditOrganisation = "platform.organisation-edit";
    public const string ReadAccounts = "platform.accounts-read";
    public const string EditAccounts = "platform.accounts-edit";
    public const string EditRoles = "platform.roles-edit";
    public const string EditApiKeys = "platform.api-keys-edit";
    public const string ReadAudit = "platform.audit-read";

    public static IEnumerable<Permission> All { get; } =
    [
        new(ReadOrganisation, Roles.TeamLeader, Roles.FloorManager, Roles.Manager, Roles.GeneralManager, Roles.Qa, Roles.Trainer, Roles.KpiAssistant, Roles.Hr, Roles.Administrator, Roles.Auditor),
        new(EditOrganisation, Roles.Manager, Roles.Hr, Roles.Administrator),
        new(ReadAccounts, Roles.Administrator, Roles.Auditor),
        new(EditAccounts, Roles.Administrator),
        new(EditRoles, Roles.Administrator),
        new(EditApiKeys, Roles.Administrator),
        new(ReadAudit, Roles.Administrator, Roles.Auditor),
    ];
}
