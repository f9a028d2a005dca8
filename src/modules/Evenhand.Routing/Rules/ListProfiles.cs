using System.ComponentModel.DataAnnotations;
using Evenhand.Dispatch.Queues;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Evenhand.Routing.Rules;

/// <summary>Lists what the agents of the asker's scope can do, and how much at once.</summary>
internal sealed class ListProfiles(RuleBook book, IOrganisation organisation, CurrentAccess current, TimeProvider clock)
{
    /// <param name="Team">Code of a unit.</param>
    /// <param name="Skill">Only who has this skill.</param>
    /// <param name="Text">Part of a name or code.</param>
    /// <param name="Sort">code, name or team; with a minus descending.</param>
    public sealed record Request([MaxLength(100)] string? Team = null, [MaxLength(50)] string? Skill = null, [MaxLength(100)] string? Text = null, [MaxLength(20)] string? Sort = null,
        [Range(1, 1_000_000)] int? Page = null, [Range(1, 500)] int? Size = null);

    /// <param name="Skills">Skill and level, the highest level first.</param>
    /// <param name="Mix">How much of the agent one contact of each channel takes, in thousandths.</param>
    public sealed record Row(Guid Id, string Code, string Name, string? Team, IReadOnlyList<SkillNeed> Skills, IReadOnlyList<HeldCertificate> Certificates, ChannelMix Mix, int Version);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/agents", async ([AsParameters] Request request, ListProfiles slice, CancellationToken cancel) =>
        TypedResults.Ok(await slice.Run(request, cancel))).WithName(nameof(ListProfiles)).WithSummary("What agents can do, and how much at once").Needs(Rights.Rules);

    public async Task<Paged<Row>> Run(Request request, CancellationToken cancel)
    {
        const int Usual = 50;
        var all = await All(request, cancel);
        var size = request.Size ?? Usual;
        return new Paged<Row>([.. all.Skip(((request.Page ?? 1) - 1) * size).Take(size)], all.Count);
    }

    /// <summary>All rows of the filter.</summary>
    public async Task<IReadOnlyList<Row>> All(Request request, CancellationToken cancel)
    {
        var centre = await organisation.Read(cancel);
        var today = FloorRules.Today(centre, clock);
        var known = await book.All<AgentDefinition>(RuleKind.Agent, cancel);
        var unit = string.IsNullOrEmpty(request.Team) ? null : centre.Units.Values.FirstOrDefault(u => u.Code == request.Team);
        var below = unit is null ? null : centre.Below(unit.Id);
        var text = request.Text?.Trim() ?? "";
        var usual = new InForce<AgentDefinition>(AgentDefinition.Usual, 0, null, null);
        var rows = centre.Agents.Values
            .Where(a => FloorRules.IsHere(a, today) && centre.Covers(current.Access.ScopeOf(Rights.Rules), a.Id, today))
            .Where(a => below is null ? string.IsNullOrEmpty(request.Team) : centre.TeamOf(a.Id, today) is { } team && below.Contains(team))
            .Where(a => a.Name.Contains(text, StringComparison.OrdinalIgnoreCase) || a.Code.Contains(text, StringComparison.OrdinalIgnoreCase))
            .Select(a => Shown(a, centre.TeamOf(a.Id, today) is { } team ? centre.Units[team].Name : null, known.GetValueOrDefault(a.Id, usual)))
            .Where(r => string.IsNullOrEmpty(request.Skill) || r.Skills.Any(s => s.Skill == request.Skill));
        return [.. request.Sort switch
        {
            "name" => rows.OrderBy(r => r.Name, StringComparer.CurrentCulture), "-name" => rows.OrderByDescending(r => r.Name, StringComparer.CurrentCulture),
            "team" => rows.OrderBy(r => r.Team, StringComparer.CurrentCulture).ThenBy(r => r.Code, StringComparer.Ordinal),
            "-team" => rows.OrderByDescending(r => r.Team, StringComparer.CurrentCulture).ThenBy(r => r.Code, StringComparer.Ordinal),
            "-code" => rows.OrderByDescending(r => r.Code, StringComparer.Ordinal),
            _ => rows.OrderBy(r => r.Code, StringComparer.Ordinal),
        }];
    }

    private static Row Shown(Platform.Contracts.Agent agent, string? team, InForce<AgentDefinition> can) => new(agent.Id, agent.Code, agent.Name, team,
        [.. can.Definition.Skills.OrderByDescending(s => s.Value).ThenBy(s => s.Key, StringComparer.Ordinal).Select(s => new SkillNeed(s.Key, s.Value))], can.Definition.Certificates, can.Definition.Mix, can.Version);
}
