using Evenhand.Kernel.Rights;

namespace Evenhand.Incentives;

/// <summary>What people may do with plans and pay.</summary>
internal static class Rights
{
    public const string Plan = "incentives.plan";
    public const string Run = "incentives.run";
    public const string Close = "incentives.close";
    public const string ReadOwn = "incentives.read-own";
    public const string ReadTeam = "incentives.read-team";
    public const string Answer = "incentives.answer";

    public static IEnumerable<Permission> All { get; } =
    [
        new(Plan, Roles.Manager, Roles.KpiAssistant),
        new(Run, Roles.Manager, Roles.KpiAssistant),
        new(Close, Roles.Manager),
        new(ReadOwn, Roles.Agent),
        new(ReadTeam, Roles.TeamLeader, Roles.Manager, Roles.GeneralManager, Roles.KpiAssistant, Roles.Hr, Roles.Auditor),
        new(Answer, Roles.Manager, Roles.KpiAssistant),
    ];
}
