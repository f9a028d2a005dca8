using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;

namespace Evenhand.Routing.Floor;

/// <summary>Whom somebody may see and act on, on the floor: the agents of the units in the scope.</summary>
internal sealed class FloorAccess(IOrganisation organisation, CurrentAccess current, TimeProvider clock)
{
    /// <summary>The agent of this code, if the permission holds for them.</summary>
    public async Task<Outcome<Platform.Contracts.Agent>> Agent(string code, string permission, CancellationToken cancel)
    {
        var centre = await organisation.Read(cancel);
        return centre.Agents.Values.FirstOrDefault(a => a.Code == code) is { } agent && centre.Covers(current.Access.ScopeOf(permission), agent.Id, Today(centre)) ? agent : new Refusal("routing.agent.not-found", code);
    }

    public async Task<bool> Covers(Guid agent, string permission, CancellationToken cancel)
    {
        var centre = await organisation.Read(cancel);
        return centre.Covers(current.Access.ScopeOf(permission), agent, Today(centre));
    }

    /// <summary>All agents the permission holds for.</summary>
    public async Task<IReadOnlySet<Guid>> Agents(string permission, CancellationToken cancel)
    {
        var centre = await organisation.Read(cancel);
        var (scope, today) = (current.Access.ScopeOf(permission), Today(centre));
        return centre.Agents.Keys.Where(a => centre.Covers(scope, a, today)).ToHashSet();
    }

    public DateOnly Today(OrganisationSnapshot centre) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), centre.Zone).DateTime);
}
