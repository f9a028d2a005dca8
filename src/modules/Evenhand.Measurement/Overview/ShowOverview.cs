using Evenhand.Kernel.Rights;
using Evenhand.Measurement.Contracts;
using Evenhand.Measurement.Periods;

namespace Evenhand.Measurement.Overview;

/// <summary>The centre at a glance: its figures against the period before, by day, by weekday and hour, and by queue. Who sees only some teams gets the figures of their agents.</summary>
internal sealed class ShowOverview(IFigures figures, CurrentAccess current)
{
    private static readonly string[] Whole = ["OFFERED", "ANSWERED", "SL", "ASA", "ABN", "AHT", "ATT", "OCC", "AUX"];
    private static readonly string[] Agents = ["ANSWERED", "ATT", "ACW", "AHT", "OCC", "AUX", "IDLE", "TPH"];
    private static readonly string[] ByQueue = ["OFFERED", "ANSWERED", "SL", "ASA", "ABN", "ATT", "AHT", "WAIT.P90"];
    private static readonly string[] HeatOfWhole = ["OFFERED", "SL", "AHT", "ATT", "ABN"];
    private static readonly string[] HeatOfAgents = ["ANSWERED", "AHT", "ATT"];

    /// <param name="Heat">The code the heat map shows; the first of those on offer when it is none of them.</param>
    public sealed record Request(Asked Asked, string? Heat);

    /// <param name="All">Whether the reader sees the whole centre, queues included.</param>
    /// <param name="Total">One row; none in a period without contacts.</param>
    /// <param name="Before">The same for the period before.</param>
    /// <param name="Days">By day.</param>
    /// <param name="Heat">By weekday and hour.</param>
    /// <param name="HeatCodes">What the heat map can show; the one shown first in <paramref name="HeatCode"/>.</param>
    /// <param name="Queues">By queue; empty for a reader of agents only.</param>
    public sealed record Shown(bool All, FigureRow? Total, FigureRow? Before, IReadOnlyList<FigureRow> Days, FigureTable Heat, string HeatCode, IReadOnlyList<string> HeatCodes, IReadOnlyList<FigureRow> Queues);

    public async Task<Shown> Run(Request request, CancellationToken cancel)
    {
        var (asked, scope) = (request.Asked, current.Access.ScopeOf(Rights.Read));
        var codes = scope.All ? Whole : Agents;
        var heats = scope.All ? HeatOfWhole : HeatOfAgents;
        var heat = heats.Contains(request.Heat) ? request.Heat! : heats[0];
        var total = await figures.Ask(asked.Question(codes, null), scope, cancel);
        var before = await figures.Ask(asked.Question(asked.Period.Before(), codes, null), scope, cancel);
        var days = await figures.Ask(asked.Question(codes, null, FigureGroup.Day), scope, cancel);
        var cells = await figures.Ask(asked.Question([heat], null, FigureGroup.Weekday, FigureGroup.Hour), scope, cancel);
        var queues = scope.All ? (await figures.Ask(asked.Question(ByQueue, null, FigureGroup.Queue), scope, cancel)).Rows : [];
        return new(scope.All, total.TheOne, before.TheOne, days.Rows, cells, heat, heats, queues);
    }
}
