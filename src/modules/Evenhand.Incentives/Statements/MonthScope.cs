using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;

namespace Evenhand.Incentives.Statements;

/// <summary>Whose pay somebody may see.</summary>
internal static class MonthScope
{
    /// <summary>A month's statement belongs to every team the agent was in during it: the own leader then may see it.</summary>
    public static bool CoversMonth(this OrganisationSnapshot centre, Scope scope, Guid agent, DateOnly month) =>
        scope.Covers(null, agent) || centre.PlacementsOf(agent).Any(p => p.From < month.AddMonths(1) && (p.To is not { } to || to > month) && scope.Covers(p.TeamId, null));

    /// <summary>By the right to read one's own or one's team's.</summary>
    public static bool MayRead(this OrganisationSnapshot centre, Access access, Guid agent, DateOnly month) =>
        (access.AgentId == agent && access.May(Rights.ReadOwn)) || centre.CoversMonth(access.ScopeOf(Rights.ReadTeam), agent, month);
}
