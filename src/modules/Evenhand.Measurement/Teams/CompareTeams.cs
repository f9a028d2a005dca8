using Evenhand.Analytics.Dispersion;
using Evenhand.Analytics.Kpis;
using Evenhand.Kernel.Rights;
using Evenhand.Measurement.Contracts;
using Evenhand.Measurement.Periods;
using Evenhand.Platform.Contracts;

namespace Evenhand.Measurement.Teams;

/// <summary>The teams side by side: each figure with its spread over the team's agents, and one figure agent by agent.</summary>
internal sealed class CompareTeams(IFigures figures, IOrganisation organisation, CurrentAccess current)
{
    /// <summary>The figures compared; each but the count also by its CV.</summary>
    public static IReadOnlyList<string> Codes { get; } = ["ANSWERED", "ATT", "ACW", "AHT", "OCC", "AUX", "IDLE", "TPH"];

    /// <param name="Kpi">The figure shown agent by agent; OCC, or ATT where there are no agent states, when it is none of <see cref="Codes"/>.</param>
    public sealed record Request(Asked Asked, string? Kpi);

    /// <param name="Teams">Figures and CVs by team.</param>
    /// <param name="Kpi">The figure shown agent by agent.</param>
    /// <param name="Definition">How it is defined.</param>
    /// <param name="Agents">That figure of every agent who has it, by team.</param>
    /// <param name="Spread">Its spread, team by id.</param>
    public sealed record Compared(IReadOnlyList<FigureRow> Teams, string Kpi, FigureDefinition Definition, IReadOnlyList<FigureRow> Agents, TeamSpread Spread);

    public async Task<Compared> Run(Request request, CancellationToken cancel)
    {
        var (asked, scope) = (request.Asked, current.Access.ScopeOf(Rights.Read));
        string[] codes = [.. Codes, .. Codes.Where(c => c != "ANSWERED").Select(c => c + ".CV")];
        var teams = await figures.Ask(asked.Question(codes, null, FigureGroup.Team), scope, cancel);
        var kpi = Codes.Contains(request.Kpi) ? request.Kpi! : teams.Rows.Any(r => r.Figures.First(f => f.Code == "OCC").Value is not null) ? "OCC" : "ATT";
        var agents = await figures.Ask(asked.Question([kpi], null, FigureGroup.Team, FigureGroup.Agent), scope, cancel);
        var known = agents.Rows.Where(r => r.Figures[0].Value is not null).ToList();
        var centre = await organisation.Read(cancel);
        return new(teams.Rows, kpi, agents.Definitions[0], known, TeamSpread.Of(known.Select(r => new TeamValue(Code(centre, r.Key.Team), r.Figures[0].Value!.Value))));
    }

    /// <summary>A team's key in <see cref="Compared.Spread"/>.</summary>
    public static string Code(OrganisationSnapshot centre, Guid? team) => team is { } id && centre.Units.TryGetValue(id, out var unit) ? unit.Code : "";
}
