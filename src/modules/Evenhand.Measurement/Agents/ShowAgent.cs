using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Measurement.Contracts;
using Evenhand.Measurement.Periods;
using Evenhand.Platform.Contracts;

namespace Evenhand.Measurement.Agents;

/// <summary>One agent: the own figures beside the team's, by day and by queue. An agent sees the own page; the team stands there as a whole only.</summary>
internal sealed class ShowAgent(IFigures figures, IOrganisation organisation, CurrentAccess current)
{
    private static readonly string[] Codes = ["ANSWERED", "ATT", "ACW", "AHT", "OCC", "AUX", "IDLE", "TPH"];
    private static readonly string[] ByQueue = ["ANSWERED", "ATT", "AHT", "ASA", "TRF"];

    public sealed record Request(Guid AgentId, Asked Asked);

    /// <param name="Team">The team on the period's last day.</param>
    /// <param name="Total">The agent's figures; null in a period without any.</param>
    /// <param name="OfTeam">The team's figures, to compare with; null for an agent in none or with nobody else in it.</param>
    public sealed record Shown(Agent Agent, Unit? Team, FigureRow? Total, FigureRow? Before, FigureRow? OfTeam, IReadOnlyList<FigureRow> Days, IReadOnlyList<FigureRow> Queues);

    public async Task<Outcome<Shown>> Run(Request request, CancellationToken cancel)
    {
        var (asked, scope, centre) = (request.Asked, current.Access.ScopeOf(Rights.Read), await organisation.Read(cancel));
        if (!centre.Agents.TryGetValue(request.AgentId, out var agent)) return new Refusal("measurement.agent.not-found");
        if (!centre.Covers(scope, agent.Id, asked.Period.Last) && !centre.Covers(scope, agent.Id, asked.Period.From)) return new Refusal("measurement.agent.not-allowed");
        var only = new FigureFilter(AgentIds: [agent.Id]);
        var total = await figures.Ask(asked.Question(Codes, only), scope, cancel);
        var before = await figures.Ask(asked.Question(asked.Period.Before(), Codes, only), scope, cancel);
        var days = await figures.Ask(asked.Question(Codes, only, FigureGroup.Day), scope, cancel);
        var queues = await figures.Ask(asked.Question(ByQueue, only, FigureGroup.Queue), scope, cancel);
        var team = centre.TeamOf(agent.Id, asked.Period.Last) is { } id ? centre.Units.GetValueOrDefault(id) : null;
        // The mean of a team of several tells nothing about one colleague.
        var crowd = team is not null && centre.Agents.Keys.Count(a => centre.TeamOf(a, asked.Period.Last) == team.Id) > 2;
        var ofTeam = crowd ? await figures.Ask(asked.Question(Codes, new FigureFilter(TeamIds: [team!.Id])), Scope.Everything, cancel) : null;
        return new Shown(agent, team, total.TheOne, before.TheOne, ofTeam?.TheOne, days.Rows, queues.Rows);
    }
}
