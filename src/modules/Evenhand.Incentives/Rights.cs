using Evenhand.Kernel;
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

    /// <summary>A plan and a month's pay concern every agent: who may act only for a part of the centre is refused.</summary>
    public static Refusal? MissingOverAll(this CurrentAccess current, string permission) => current.Access.ScopeOf(permission).All ? null : new Refusal("incentives.whole-centre.not-allowed");

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
