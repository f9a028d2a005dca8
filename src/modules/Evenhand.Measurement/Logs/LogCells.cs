using System.Runtime.InteropServices;
using Evenhand.Analytics.Intervals;
using Evenhand.Analytics.Kpis;
using Evenhand.Measurement.Contracts;
using Evenhand.Measurement.Figures;
using Evenhand.Measurement.Intervals;
using Evenhand.Telephony.QueueLogs;

namespace Evenhand.Measurement.Logs;

/// <summary>Which cells a log is counted in: no finer than the question needs.</summary>
internal sealed record LogGrain(IntervalGrid Grid, long From, long To, TallyHistograms Histograms, bool ByQueue, bool ByAgent, bool OnlyAnswered, bool ByDay, bool ByHour, bool ByInterval)
{
    public static LogGrain Of(FigureRequest request, IntervalGrid grid, IReadOnlyList<AskedKpi> asked)
    {
        var (agents, spread) = (request.By.Contains(FigureGroup.Agent), asked.Any(a => a.IsSpread));
        var histograms = asked.Where(a => a.Withheld is null).SelectMany(a => a.Bound.RequiresDistributions).Distinct().Aggregate(TallyHistograms.None, (all, one) => all | one switch
        {
            Distribution.WaitAnswered => TallyHistograms.WaitAnswered,
            Distribution.WaitAbandoned => TallyHistograms.WaitAbandoned,
            Distribution.Talk => TallyHistograms.Talk,
            _ => TallyHistograms.None,
        });
        return new(grid, request.From, request.To, histograms, request.By.Contains(FigureGroup.Queue), agents || spread, agents,
            request.By.Contains(FigureGroup.Day) || request.By.Contains(FigureGroup.Weekday), request.By.Contains(FigureGroup.Hour), request.By.Contains(FigureGroup.Interval));
    }

    /// <summary>The time's part of a cell's name: the quarter hour, or hours since the first day, or 0.</summary>
    public long TimeOf(long at) => ByInterval ? Grid.StartOf(at)
        : (ByDay ? Grid.LocalDay(at).DayNumber * 24L : 0) + (ByHour ? Grid.LocalSecondOfDay(Grid.StartOf(at)) / 3600 : 0);

    /// <summary>The cell's name as a sum's.</summary>
    public SumKey KeyOf(long time, Guid queue, Guid agent) => ByInterval
        ? new(queue, agent, Grid.LocalDay(time).DayNumber, Grid.LocalSecondOfDay(time) / 3600, time)
        : new(queue, agent, (int)(time / 24), (int)(time % 24), 0);
}

/// <summary>Counts visits as they come out of a log; a visit costs no allocation but for the cells themselves.</summary>
internal sealed class LogCells(LogGrain grain)
{
    private readonly Dictionary<long, Tally?[][]> pages = [];
    private Tally?[][] page = [];
    private long pageFrom = long.MaxValue, pageTo = long.MinValue;

    /// <summary>When the first counted contact entered; <see cref="long.MaxValue"/> for none.</summary>
    public long First { get; private set; } = long.MaxValue;

    /// <summary>When the last counted contact entered.</summary>
    public long Last { get; private set; } = long.MinValue;

    /// <summary>Lines that could not be used.</summary>
    public long Faults { get; set; }

    public void Count(in CallVisit visit)
    {
        var entered = visit.EnteredAt;
        if (entered < grain.From || entered >= grain.To) return;
        if (entered < First) First = entered;
        if (entered > Last) Last = entered;
        var contact = new CountedContact
        {
            EnteredAt = entered,
            Outcome = OutcomeOf(in visit),
            Wait = Math.Max(0, visit.WaitSeconds ?? 0),
            Ring = Math.Max(0, visit.RingSeconds ?? 0),
            Talk = Math.Max(0, visit.TalkSeconds ?? 0),
            AfterContact = -1,
            Transferred = visit.Transferred,
            RingNoAnswers = visit.RingNoAnswers,
        };
        var queue = grain.ByQueue ? visit.Queue : 0;
        if (entered < pageFrom || entered >= pageTo) Turn(entered);
        if (!grain.OnlyAnswered) Cell(queue, 0).Anchor(in contact);
        if (grain.ByAgent && visit.Agent >= 0 && contact.IsAnswered) Cell(queue, visit.Agent + 1).Anchor(in contact);
    }

    /// <summary>All cells: time, queue and agent as numbers of the log's name tables, agent -1 for the queue's own.</summary>
    public IEnumerable<(long Time, int Queue, int Agent, Counters Counters)> All()
    {
        foreach (var (time, queues) in pages)
            for (var queue = 0; queue < queues.Length; queue++)
                for (var agent = 0; queues[queue] is { } agents && agent < agents.Length; agent++)
                    if (agents[agent] is { } cell) yield return (time, queue, agent - 1, cell.Close());
    }

    private static Counter OutcomeOf(in CallVisit visit) => visit.ConnectedAt is not null ? Counter.Answered : visit.Outcome switch
    {
        VisitOutcome.Answered => Counter.Answered,
        VisitOutcome.Abandoned => Counter.Abandoned,
        VisitOutcome.TimedOut => Counter.TimedOut,
        VisitOutcome.KeyExit => Counter.KeyExit,
        VisitOutcome.Empty => Counter.EmptyExit,
        VisitOutcome.Unfinished => Counter.Unfinished,
        _ => Counter.OtherExit,
    };

    /// <summary>Opens the cells of another time; the log mostly stays on one page.</summary>
    private void Turn(long at)
    {
        (pageFrom, pageTo) = grain.ByInterval || grain.ByHour ? (grain.Grid.StartOf(at), grain.Grid.StartOf(at) + grain.Grid.Seconds)
            : grain.ByDay ? (grain.Grid.DayOf(grain.Grid.LocalDay(at)).Start, grain.Grid.DayOf(grain.Grid.LocalDay(at)).End) : (long.MinValue, long.MaxValue);
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(pages, grain.TimeOf(at), out _);
        page = known ??= [];
    }

    private Tally Cell(int queue, int agent)
    {
        if (queue >= page.Length) Grow(queue);
        ref var agents = ref page[queue];
        if (agent >= agents.Length) Array.Resize(ref agents, Math.Max(agent + 1, agents.Length * 2));
        return agents[agent] ??= new(grain.Histograms);
    }

    private void Grow(int queue)
    {
        var from = page.Length;
        Array.Resize(ref page, Math.Max(queue + 1, from * 2));
        for (; from < page.Length; from++) page[from] = [];
        pages[pageFrom == long.MinValue ? 0 : grain.TimeOf(pageFrom)] = page;
    }
}

/// <summary>Hands visits to the cells; a struct, so that the reading loop calls it without indirection.</summary>
internal readonly struct LogSink(LogCells cells) : IQueueLogSink
{
    public void OnVisit(in CallVisit visit) => cells.Count(in visit);

    public void OnAgentEvent(in AgentEvent agentEvent)
    {
    }

    public void OnFault(QueueLogFault fault, long lineNumber) => cells.Faults++;
}
