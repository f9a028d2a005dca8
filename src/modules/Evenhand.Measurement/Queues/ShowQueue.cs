using Evenhand.Analytics.Kpis;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Measurement.Contracts;
using Evenhand.Measurement.Periods;
using Evenhand.Platform.Contracts;

namespace Evenhand.Measurement.Queues;

/// <summary>One queue: its figures, by day, by weekday and hour, how long people waited, and who answered. For readers of the whole centre only.</summary>
internal sealed class ShowQueue(IFigures figures, IOrganisation organisation, CurrentAccess current)
{
    private static readonly string[] Codes = ["OFFERED", "ANSWERED", "SL", "ASA", "ABN", "ATT", "AHT", "WAIT.P50", "WAIT.P90"];
    private static readonly string[] ByAgent = ["ANSWERED", "ATT", "AHT", "ASA", "TRF"];
    private static readonly int[] Widths = [1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 1800, 3600];

    /// <summary>What the heat map can show.</summary>
    public static IReadOnlyList<string> Heats { get; } = ["OFFERED", "SL", "ASA", "ABN", "ATT"];

    /// <param name="Heat">The code the heat map shows.</param>
    public sealed record Request(Guid QueueId, Asked Asked, string? Heat);

    public sealed record Shown(Queue Queue, FigureRow? Total, FigureRow? Before, IReadOnlyList<FigureRow> Days, FigureTable Heat, string HeatCode, IReadOnlyList<FigureRow> Agents);

    public async Task<Outcome<Shown>> Run(Request request, CancellationToken cancel)
    {
        var (asked, scope) = (request.Asked, current.Access.ScopeOf(Rights.Read));
        if (!scope.All) return new Refusal("measurement.queue.not-allowed");
        if (!(await organisation.Read(cancel)).Queues.TryGetValue(request.QueueId, out var queue)) return new Refusal("measurement.queue.not-found");
        var only = new FigureFilter(QueueIds: [queue.Id]);
        var heat = Heats.Contains(request.Heat) ? request.Heat! : Heats[0];
        var total = await figures.Ask(asked.Question(Codes, only), scope, cancel);
        var before = await figures.Ask(asked.Question(asked.Period.Before(), Codes, only), scope, cancel);
        var days = await figures.Ask(asked.Question(["OFFERED", "ANSWERED", "SL", "ASA"], only, FigureGroup.Day), scope, cancel);
        var cells = await figures.Ask(asked.Question([heat], only, FigureGroup.Weekday, FigureGroup.Hour), scope, cancel);
        var agents = await figures.Ask(asked.Question(ByAgent, only, FigureGroup.Agent), scope, cancel);
        return new Shown(queue, total.TheOne, before.TheOne, days.Rows, cells, heat, [.. agents.Rows.Where(r => r.Counters[Counter.Answered] > 0)]);
    }

    /// <summary>Waits of the answered in bins of equal width, the longest tenth of a per cent in the last.</summary>
    public static (IReadOnlyList<double> Edges, IReadOnlyList<int> Counts) Waits(Counters counters)
    {
        var waits = counters[Distribution.WaitAnswered];
        if (waits.IsEmpty) return ([0, 1], [0]);
        var longest = Math.Max(20, (int)waits.Percentile(0.99)!.Value);
        var width = Widths.First(w => w * 24 >= longest || w == 3600);
        var bins = Math.Min(48, longest / width + 1);
        var edges = Enumerable.Range(0, bins + 1).Select(i => (double)i * width).ToList();
        var below = edges.Select(e => e == 0 ? 0 : waits.CountUpTo((int)e - 1)).ToList();
        below[^1] = waits.Total;
        return (edges, [.. below.Skip(1).Select((count, i) => (int)(count - below[i]))]);
    }
}
