using System.ComponentModel.DataAnnotations;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Platform.Organisation;

/// <summary>Places agents into a team from a day on, ending where they were before on that day. All of them, or none.</summary>
internal sealed class PlaceAgents(EvenhandDb db, CurrentAccess current, TimeProvider clock)
{
    public sealed record Request([Required, MinLength(1), MaxLength(1000)] IReadOnlyList<Guid> AgentIds, Guid TeamId, DateOnly From);

    public sealed record Placed(int Count, string Team);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/placements",
        async (Request request, PlaceAgents slice, CancellationToken cancel) => (await slice.Run(request, cancel)).ToReply())
        .Needs(PlatformRights.EditOrganisation).WithName(nameof(PlaceAgents));

    public async Task<Outcome<Placed>> Run(Request request, CancellationToken cancel)
    {
        await using var turn = await Turn.Take(db, cancel);
        var team = await db.Units.FirstOrDefaultAsync(u => u.Id == request.TeamId, cancel);
        if (team is null) return new Refusal("platform.unit.not-found");
        if (team.Kind != UnitKind.Team) return new Refusal("platform.not-a-team", team.Name);
        var agents = await db.Agents.Where(a => request.AgentIds.Contains(a.Id)).ToListAsync(cancel);
        if (agents.Count < request.AgentIds.Distinct().Count()) return new Refusal("platform.agent.not-found");
        var stays = (await db.Placements.Where(p => request.AgentIds.Contains(p.AgentId)).ToListAsync(cancel)).ToLookup(p => p.AgentId);
        var scope = current.Access.ScopeOf(PlatformRights.EditOrganisation);
        foreach (var agent in agents)
        {
            var decided = Stays.Into(team.Id, request.From, agent, [.. stays[agent.Id]]);
            if (decided.Refused(out var refusal)) return refusal;
            if (!scope.Covers(team.Id, null) || !scope.Covers(decided.Value.Former, null)) return new Refusal("platform.team-beyond-scope.not-allowed", agent.Name);
            Stays.Apply(db, agent, team.Id, request.From, decided.Value, clock.GetUtcNow(), current.Access.Name);
        }
        await db.RaiseVersion(cancel);
        await db.SaveChangesAsync(cancel);
        await turn.Commit(cancel);
        return new Placed(agents.Count, team.Name);
    }
}
