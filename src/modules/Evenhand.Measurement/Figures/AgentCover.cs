using Evenhand.Analytics.Intervals;
using Evenhand.Kernel.Rights;
using Evenhand.Measurement.Contracts;
using Evenhand.Platform.Contracts;

namespace Evenhand.Measurement.Figures;

/// <summary>Whose rows an answer may hold: the scope of the asker and the filter of the question together, by day, because people move between teams.</summary>
internal sealed class AgentCover
{
    private readonly OrganisationSnapshot organisation;
    private readonly Scope scope;
    private readonly IReadOnlyCollection<Guid>? teams;
    private readonly HashSet<Guid>? named;
    private readonly (DateOnly First, DateOnly Last) days;

    public AgentCover(OrganisationSnapshot organisation, Scope scope, FigureRequest request, IntervalGrid grid)
        : this(organisation, scope, request.Filter?.TeamIds, request.Filter?.AgentIds, request.Filter?.QueueIds, (grid.LocalDay(request.From), grid.LocalDay(request.To - 1)),
            request.By.Contains(FigureGroup.Agent) || request.By.Contains(FigureGroup.Team))
    {
    }

    private AgentCover(OrganisationSnapshot organisation, Scope scope, IReadOnlyCollection<Guid>? teams, IReadOnlyCollection<Guid>? named, IReadOnlyCollection<Guid>? queues,
        (DateOnly First, DateOnly Last) days, bool byAgent)
    {
        (this.organisation, this.scope, this.teams, this.days) = (organisation, scope, teams, days);
        this.named = named is null ? null : [.. named];
        Queues = queues;
        AgentsOnly = byAgent || !scope.All || teams is not null || named is not null;
        if (!scope.All || teams is not null) Agents = [.. organisation.Agents.Keys.Where(MayCover)];
        else Agents = named;
        DependsOnDay = Agents?.Any(a => organisation.PlacementsOf(a).Count > 1 || organisation.PlacementsOf(a) is [var only] && (only.From > days.First || only.To <= days.Last)) == true
            && (teams is not null || !scope.All);
    }

    /// <summary>True when figures come from agents' rows, where contacts nobody took are not known.</summary>
    public bool AgentsOnly { get; }

    /// <summary>Agents who are inside on some day; null for all.</summary>
    public IReadOnlyCollection<Guid>? Agents { get; }

    /// <summary>Queues asked for; null for all.</summary>
    public IReadOnlyCollection<Guid>? Queues { get; }

    /// <summary>True when an agent may be inside on one day and outside on another.</summary>
    public bool DependsOnDay { get; }

    public bool Covers(Guid agent, DateOnly day) =>
        named?.Contains(agent) != false && (scope.All || organisation.Covers(scope, agent, day)) && (teams is null || organisation.TeamOf(agent, day) is { } team && teams.Contains(team));

    /// <summary>Narrowed by a centre's own KPI's filter, which names queues and teams by their codes.</summary>
    public AgentCover Narrow(IReadOnlyDictionary<string, IReadOnlyList<string>> filters, OrganisationSnapshot people)
    {
        if (filters.Count == 0) return this;
        var queueCodes = filters.GetValueOrDefault("queue");
        var teamCodes = filters.GetValueOrDefault("team");
        var queues = queueCodes is null ? Queues : [.. people.Queues.Values.Where(q => queueCodes.Contains(q.Code) && Queues?.Contains(q.Id) != false).Select(q => q.Id)];
        var inTeams = teamCodes is null ? teams : [.. people.Units.Values.Where(u => teamCodes.Contains(u.Code) && teams?.Contains(u.Id) != false).Select(u => u.Id)];
        return new(organisation, scope, inTeams, named, queues, days, AgentsOnly);
    }

    private bool MayCover(Guid agent)
    {
        if (Covers(agent, days.First)) return true;
        return organisation.PlacementsOf(agent).Any(p => p.From > days.First && p.From <= days.Last && Covers(agent, p.From));
    }
}
