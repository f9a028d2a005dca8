using System.Runtime.InteropServices;
using Evenhand.Analytics.Intervals;
using Evenhand.Analytics.Kpis;
using Evenhand.Intake.Contracts;
using Evenhand.Kernel;
using Evenhand.Platform.Contracts;

namespace Evenhand.Measurement.Intervals;

/// <summary>Counts stretches of time anew from what came in, and the days they lie in; joins the caller's transaction. Works day by day, so that memory does not grow with the import.</summary>
internal sealed class CellStore(EvenhandDb db, CellSums sums, IIntake intake, IOrganisation organisation)
{
    /// <summary>Interval length in seconds.</summary>
    public const int Seconds = 900;

    /// <summary>After-contact work of contacts that ended before a stretch may still reach into it: this many seconds.</summary>
    private const int Before = 3600;

    /// <summary>Counts the stretches touched anew.</summary>
    /// <param name="touched">Half-open spans, in any order, overlapping or not.</param>
    /// <param name="cancel">Ends the work.</param>
    public async Task Recount(IEnumerable<Touch> touched, CancellationToken cancel)
    {
        var grid = new IntervalGrid(Seconds, (await organisation.Read(cancel)).Zone);
        foreach (var (day, span) in ByDay(grid, touched))
        {
            var counted = await Count(grid, span, cancel);
            await RollUp(grid, day, span, counted, cancel);
        }
    }

    /// <summary>Forgets every figure.</summary>
    public async Task ClearAll(CancellationToken cancel)
    {
        foreach (var table in CellTable.All) await sums.Execute($"DELETE FROM \"{table.Name}\"", cancel);
    }

    private async Task Clear(long from, long to, CancellationToken cancel)
    {
        foreach (var table in (CellTable[])[CellTable.QueueIntervals, CellTable.AgentIntervals])
            await sums.Execute($"DELETE FROM \"{table.Name}\" WHERE \"Start\" >= @from AND \"Start\" < @to", cancel, ("@from", from), ("@to", to));
    }

    /// <summary>The days touched, each with the one stretch that holds all that was touched in it.</summary>
    internal static SortedDictionary<int, TimeSpanSlice> ByDay(IntervalGrid grid, IEnumerable<Touch> touched)
    {
        var days = new SortedDictionary<int, TimeSpanSlice>();
        foreach (var touch in touched)
            for (var from = grid.StartOf(touch.From); from < touch.To;)
            {
                var day = grid.LocalDay(from);
                var whole = grid.DayOf(day);
                var to = Math.Min(whole.End, grid.StartOf(touch.To + Seconds - 1));
                days[day.DayNumber] = days.TryGetValue(day.DayNumber, out var known) ? new(Math.Min(known.Start, from), Math.Max(known.End, to)) : new(from, to);
                from = whole.End;
            }
        return days;
    }

    private async Task<KeyValuePair<CellKey, Tally>[]> Count(IntervalGrid grid, TimeSpanSlice span, CancellationToken cancel)
    {
        var contacts = new List<Contact>();
        var until = span.End;
        await foreach (var contact in intake.ContactsDuring(span.Start - Before, span.End, cancel))
        {
            contacts.Add(contact);
            until = Math.Max(until, contact.EndedAt ?? 0);
        }
        var states = new List<StateInterval>();
        await foreach (var state in intake.StatesDuring(span.Start, until + IntervalCells.StatesAfter, cancel)) states.Add(state);
        var cells = new IntervalCells(grid, span).Count(contacts, states).ToArray();
        Array.Sort(cells, (a, b) => a.Key.CompareTo(b.Key));
        await Clear(span.Start, span.End, cancel);
        await Write(CellTable.QueueIntervals, cells.Where(c => c.Key.Agent == Guid.Empty), grid, cancel);
        await Write(CellTable.AgentIntervals, cells.Where(c => c.Key.Agent != Guid.Empty), grid, cancel);
        return cells;
    }

    private Task Write(CellTable table, IEnumerable<KeyValuePair<CellKey, Tally>> cells, IntervalGrid grid, CancellationToken cancel) =>
        BulkInsert.Rows(db, table.Name, table.Columns, [], cells, (row, cell) =>
        {
            var start = cell.Key.Start;
            row.Add(start);
            if (table.IsOfAgents) row.Add(cell.Key.Agent);
            row.Add(cell.Key.Queue);
            row.Add(grid.LocalDay(start).DayNumber);
            row.Add(grid.LocalSecondOfDay(start) / 3600);
            Add(row, table, cell.Value.Close(), cell.Value.WorkKnown);
        }, cancel);

    /// <summary>Sums a day's quarter hours, those just counted from memory; the peak of the day is the quarter hour in which the centre was offered most.</summary>
    private async Task RollUp(IntervalGrid grid, int day, TimeSpanSlice span, KeyValuePair<CellKey, Tally>[] counted, CancellationToken cancel)
    {
        var whole = grid.DayOf(DateOnly.FromDayNumber(day));
        var (queues, agents, offered) = (new Dictionary<SumKey, CellSum>(), new Dictionary<SumKey, CellSum>(), new SortedDictionary<long, long>());
        foreach (var (key, tally) in counted)
        {
            Merge(key.Agent == Guid.Empty ? queues : agents, new(key.Queue, key.Agent, 0, 0, 0), tally.Counters, tally.WorkKnown);
            if (key.Agent == Guid.Empty) offered[key.Start] = offered.GetValueOrDefault(key.Start) + tally.Counters[Counter.Offered];
        }
        foreach (var rest in (TimeSpanSlice[])[new(whole.Start, Math.Max(whole.Start, span.Start)), new(Math.Min(whole.End, span.End), whole.End)])
        {
            if (rest.IsEmpty) continue;
            foreach (var (key, sum) in await sums.Read(new(CellTable.QueueIntervals, ["QueueId"], CellColumns.OfQueue, CellColumns.QueueHistograms, rest.Start, rest.End), cancel))
                Merge(queues, key, sum.Counters, sum.WorkKnown);
            foreach (var (key, sum) in await sums.Read(new(CellTable.AgentIntervals, ["AgentId", "QueueId"], CellColumns.OfAgent, CellColumns.AgentHistograms, rest.Start, rest.End), cancel))
                Merge(agents, key, sum.Counters, sum.WorkKnown);
            foreach (var (key, sum) in await sums.Read(new(CellTable.QueueIntervals, ["Start"], [Counter.Offered], [], rest.Start, rest.End), cancel))
                offered[key.Start] = sum.Counters[Counter.Offered];
        }
        var peak = Counters.PeakOf([.. offered.Values]);
        if (peak >= 0) await MarkPeak(agents, offered.Keys.ElementAt(peak), cancel);
        await WriteDay(CellTable.QueueDays, day, queues, cancel);
        await WriteDay(CellTable.AgentDays, day, agents, cancel);
    }

    private async Task WriteDay(CellTable table, int day, Dictionary<SumKey, CellSum> cells, CancellationToken cancel)
    {
        await sums.Execute($"DELETE FROM \"{table.Name}\" WHERE \"Day\" = @day", cancel, ("@day", day));
        await BulkInsert.Rows(db, table.Name, table.Columns, [], cells.OrderBy(s => s.Key.Agent).ThenBy(s => s.Key.Queue), (row, sum) =>
        {
            row.Add(day);
            if (table.IsOfAgents) row.Add(sum.Key.Agent);
            row.Add(sum.Key.Queue);
            Add(row, table, sum.Value.Counters, (int)sum.Value.WorkKnown);
        }, cancel);
    }

    private async Task MarkPeak(Dictionary<SumKey, CellSum> agents, long peak, CancellationToken cancel)
    {
        var question = new CellQuestion(CellTable.AgentIntervals, ["AgentId", "QueueId"], CellColumns.OfStates, [], peak, peak + Seconds) { Rows = CellRows.OfStates };
        foreach (var (key, then) in await sums.Read(question, cancel))
        {
            then.Counters.MarkPeak();
            foreach (var counter in CellColumns.OfPeak) agents[key].Counters[counter] = then.Counters[counter];
        }
    }

    private static void Merge(Dictionary<SumKey, CellSum> days, SumKey key, Counters counters, long workKnown)
    {
        ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(days, key, out _);
        sum ??= new();
        sum.Counters.Merge(counters);
        sum.WorkKnown += workKnown;
    }

    private static void Add(BulkRow row, CellTable table, Counters counters, int workKnown)
    {
        foreach (var counter in table.Counters) row.Add((int)counters[counter]);
        row.Add(workKnown);
        foreach (var histogram in table.Histograms) row.Add(counters[histogram] is { IsEmpty: false } known ? known.ToBytes() : null);
    }
}
