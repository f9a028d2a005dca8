using System.ComponentModel.DataAnnotations;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Platform.Organisation;

/// <summary>Gives an agent the name and the first and last day of work. Who leaves ends the stay in the team on that day.</summary>
internal sealed class ChangeAgent(EvenhandDb db, CurrentAccess current, CentreCalendar calendar, TimeProvider clock)
{
    public sealed record Request([Required, MaxLength(200)] string Name, DateOnly? JoinedOn, DateOnly? LeftOn);

    public static void Map(IEndpointRouteBuilder api) => api.MapPut("/agents/{id:guid}",
        async (Guid id, Request request, ChangeAgent slice, CancellationToken cancel) => (await slice.Run(id, request, cancel)).ToReply())
        .Needs(PlatformRights.EditOrganisation).WithName(nameof(ChangeAgent));

    public async Task<Outcome<Done>> Run(Guid id, Request request, CancellationToken cancel)
    {
        await using var turn = await Turn.Take(db, cancel);
        if (await db.Agents.FirstOrDefaultAsync(a => a.Id == id, cancel) is not { } agent) return new Refusal("platform.agent.not-found");
        var stays = await db.Placements.Where(p => p.AgentId == id).ToListAsync(cancel);
        var today = await calendar.Today(cancel);
        var team = stays.Where(s => s.From <= today).MaxBy(s => s.From)?.TeamId;
        if (!current.Access.ScopeOf(PlatformRights.EditOrganisation).Covers(team, null)) return new Refusal("platform.team-beyond-scope.not-allowed", agent.Name);
        if (request is { JoinedOn: { } joined, LeftOn: { } left } && left <= joined) return new Refusal("platform.dates-reversed", joined, left);
        if (request.JoinedOn is { } first && stays.Exists(s => s.From < first)) return new Refusal("platform.joined-after-stay", agent.Name, first, stays.Min(s => s.From));
        if (request.LeftOn is { } last && stays.Find(s => s.From >= last) is { } later) return new Refusal("platform.left-before-stay", agent.Name, last, later.From);
        (agent.Name, agent.JoinedOn, agent.LeftOn) = (request.Name.Trim(), request.JoinedOn, request.LeftOn);
        if (request.LeftOn is { } end)
            foreach (var stay in stays.Where(s => s.To is not { } to || to > end)) stay.To = end;
        db.Publish(new OrganisationChanged("agents", team), clock.GetUtcNow(), current.Access.Name);
        await db.RaiseVersion(cancel);
        await db.SaveChangesAsync(cancel);
        await turn.Commit(cancel);
        return Done.It;
    }
}
