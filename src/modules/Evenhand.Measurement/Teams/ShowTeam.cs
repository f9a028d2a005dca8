using Evenhand.Analytics.Kpis;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Measurement.Contracts;
using Evenhand.Measurement.Periods;
using Evenhand.Platform.Contracts;

namespace Evenhand.Measurement.Teams;

/// <summary>One team, or everybody below a unit: its figures against the period before, their spread, by day, and by agent.</summary>
internal sealed class ShowTeam(IFigures figures, IOrganisation organisation, CurrentAccess current)
{
    private static readonly string[] Codes = ["ANSWERED", "ATT", "ACW", "AHT", "OCC", "AUX", "IDLE", "TPH"];

    /// <param name="TeamId">A unit; <see cref="Guid.Empty"/> for agents in no team.</param>
    public sealed record Request(Guid TeamId, Asked Asked);

    /// <param name="Unit">Null for agents in no team.</param>
    /// <param name="Total">The team's figures, then the CV of each but the count.</param>
    /// <param name="Days">By day.</param>
    /// <param name="Agents">By agent.</param>
    public sealed record Shown(Unit? Unit, FigureRow? Total, FigureRow? Before, IReadOnlyList<FigureRow> Days, IReadOnlyList<FigureRow> Agents);

    public async Task<Outcome<Shown>> Run(Request request, CancellationToken cancel)
    {
        var (asked, scope, centre) = (request.Asked, current.Access.ScopeOf(Rights.Read), await organisation.Read(cancel));
        var unit = centre.Units.GetValueOrDefault(request.TeamId);
        if (unit is null && request.TeamId != Guid.Empty) return new Refusal("measurement.unit.not-found", request.TeamId);
        if (unit is null ? !scope.All : !scope.All && !scope.Units.Contains(unit.Id)) return new Refusal("measurement.team.not-allowed");
        var only = unit is null
            ? new FigureFilter(AgentIds: [.. centre.Agents.Keys.Where(a => centre.TeamOf(a, asked.Period.From) is null || centre.TeamOf(a, asked.Period.Last) is null)])
            : new FigureFilter(TeamIds: [.. centre.Below(unit.Id)]);
        string[] withSpread = [.. Codes, .. Codes.Skip(1).Select(c => c + ".CV")];
        var total = await figures.Ask(asked.Question(withSpread, only), scope, cancel);
        var before = await figures.Ask(asked.Question(asked.Period.Before(), withSpread, only), scope, cancel);
        var days = await figures.Ask(asked.Question(Codes, only, FigureGroup.Day), scope, cancel);
        var agents = await figures.Ask(asked.Question(Codes, only, FigureGroup.Agent), scope, cancel);
        return new Shown(unit, total.TheOne, before.TheOne, days.Rows, [.. agents.Rows.Where(r => r.Counters[Counter.Answered] > 0 || r.Counters[Counter.SignedInSeconds] > 0)]);
    }
}
