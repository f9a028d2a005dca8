using System.Runtime.InteropServices;
using Evenhand.Analytics.Intervals;
using Evenhand.Analytics.Kpis;
using Evenhand.Kernel.Rights;
using Evenhand.Measurement.Contracts;
using Evenhand.Measurement.Intervals;
using Evenhand.Measurement.Kpis;
using Evenhand.Platform.Contracts;

namespace Evenhand.Measurement.Figures;

/// <summary>Answers questions for figures from the counted cells: day sums where whole days are asked for, quarter hours otherwise; never from single contacts but for repeats.</summary>
internal sealed class StoreFigures(CellSums sums, IOrganisation organisation, OwnKpis own, RepeatContacts repeats) : IFigures
{
    public Task<KpiDictionary> Dictionary(CancellationToken cancel) => own.Dictionary(cancel);

    public async Task<(long From, long To)?> Span(CancellationToken cancel)
    {
        var days = (await sums.Read(new(CellTable.QueueDays, ["Day"], [], [], 0, int.MaxValue), cancel)).Keys.Select(k => k.Day).DefaultIfEmpty(-1).ToArray();
        if (days[0] < 0) return null;
        var grid = new IntervalGrid(CellStore.Seconds, (await organisation.Read(cancel)).Zone);
        return (grid.DayOf(DateOnly.FromDayNumber(days.Min())).Start, grid.DayOf(DateOnly.FromDayNumber(days.Max())).End);
    }

    public async Task<IReadOnlyList<AgentVolume>> Volumes(DateOnly from, DateOnly to, Guid? agentId, CancellationToken cancel)
    {
        var question = new CellQuestion(CellTable.AgentDays, ["AgentId", "QueueId", "Day"], [Counter.Answered, Counter.TalkSeconds, Counter.HoldSeconds], [], from.DayNumber, to.DayNumber) { Rows = CellRows.OfContacts, Agents = Only(agentId) };
        return [.. (await sums.Read(question, cancel)).Where(s => s.Value.Counters[Counter.Answered] > 0).OrderBy(s => s.Key.Day).ThenBy(s => s.Key.Agent).ThenBy(s => s.Key.Queue)
            .Select(s => new AgentVolume(s.Key.Agent, s.Key.Queue, DateOnly.FromDayNumber(s.Key.Day), (int)s.Value.Counters[Counter.Answered],
                s.Value.Counters[Counter.TalkSeconds] + s.Value.Counters[Counter.HoldSeconds]))];
    }

    public async Task<IReadOnlyList<AgentHours>> Hours(DateOnly from, DateOnly to, Guid? agentId, CancellationToken cancel)
    {
        var question = new CellQuestion(CellTable.AgentDays, ["AgentId", "Day"], [Counter.AtWorkSeconds, Counter.SignedInSeconds], [], from.DayNumber, to.DayNumber) { Agents = Only(agentId) };
        return [.. (await sums.Read(question, cancel)).OrderBy(s => s.Key.Day).ThenBy(s => s.Key.Agent).Select(s =>
            new AgentHours(s.Key.Agent, DateOnly.FromDayNumber(s.Key.Day), s.Value.Counters[Counter.SignedInSeconds] > 0 ? s.Value.Counters[Counter.AtWorkSeconds] : null))];
    }

    private static Guid[]? Only(Guid? agentId) => agentId is { } id ? [id] : null;

    public async Task<FigureTable> Ask(FigureRequest request, Scope scope, CancellationToken cancel) => await Ask(request, scope, await own.Dictionary(cancel), cancel);

    /// <summary>Asks with a dictionary of one's own, as for trying a draft.</summary>
    public async Task<FigureTable> Ask(FigureRequest request, Scope scope, KpiDictionary dictionary, CancellationToken cancel)
    {
        if (request.To <= request.From) throw new ArgumentException("The period is empty.", nameof(request));
        var people = await organisation.Read(cancel);
        var grid = new IntervalGrid(CellStore.Seconds, people.Zone);
        var keys = new FigureKeys(request.By, grid, people);
        var cover = new AgentCover(people, scope, request, grid);
        var asked = AskedKpi.Of(request, dictionary, cover.AgentsOnly, await Tell(request, grid, cancel));
        var table = new FigureRows(asked);
        foreach (var pass in asked.Where(a => a.Withheld is null || a.Kpi.Filters.Count == 0).GroupBy(a => FilterText(a.Kpi)))
            await Fill(table, [.. pass], request, keys, cover, people, grid, cancel);
        var rows = keys.Sorted(table.Rows(), r => r.Key).ToArray();
        return new(request.From, request.To, people.Zone.Id, request.By, [.. asked.Select(a => a.Definition)], rows);
    }

    private async Task Fill(FigureRows table, AskedKpi[] asked, FigureRequest request, FigureKeys keys, AgentCover cover, OrganisationSnapshot people, IntervalGrid grid, CancellationToken cancel)
    {
        var narrowed = cover.Narrow(asked[0].Kpi.Filters, people);
        var counters = asked.SelectMany(a => a.Bound.Requires).Append(narrowed.AgentsOnly ? Counter.Answered : Counter.Offered).ToHashSet();
        var histograms = asked.SelectMany(a => a.Bound.RequiresDistributions).ToHashSet();
        var span = new FactSpan(request, grid, keys);
        if (narrowed.AgentsOnly)
        {
            await Agents(CellRows.All, counters, (key, sum) => table.Add(asked, keys.Of(key), sum));
        }
        else
        {
            foreach (var (key, sum) in await sums.Read(span.Of(false, keys.Columns(false, false), counters, histograms) with { Queues = narrowed.Queues }, cancel))
                table.Add(asked, keys.Of(key), sum.Counters);
            if (!keys.Has(FigureGroup.Queue) && narrowed.Queues is null && counters.Any(c => CellColumns.OfStates.Contains(c) || CellColumns.OfPeak.Contains(c)))
                foreach (var (key, sum) in await sums.Read(span.Of(true, keys.Columns(false, false), [.. counters.Where(c => c >= Counter.AfterContactInInterval)], []) with { Rows = CellRows.OfStates }, cancel))
                    table.Add(asked, keys.Of(key), sum.Counters);
        }
        if (asked.Any(a => a is { IsSpread: true, Withheld: null })) await Agents(CellRows.All, counters, (key, sum) => table.AddAgent(asked, keys.Of(key), key.Agent, sum));
        if (asked.Any(a => a.Withheld is null && a.Bound.RequiresDistributions.Contains(Distribution.Repeat)))
            await repeats.Count(request.From, request.To, asked.Max(a => a.Bound.MaturesAfterSeconds), narrowed, (contact, gap) =>
            {
                var key = keys.Of(contact.QueueId, contact.AgentId ?? Guid.Empty, contact.EnteredAt);
                table.Add(asked, key, Once(gap));
                if (contact.AgentId is { } agent && asked.Any(a => a.IsSpread)) table.AddAgent(asked, key, agent, Once(gap));
            }, cancel);

        async Task Agents(CellRows rows, IEnumerable<Counter> wanted, Action<SumKey, Counters> take)
        {
            if (keys.Has(FigureGroup.Queue)) rows = CellRows.OfContacts;
            var byDay = keys.Has(FigureGroup.Team) || narrowed.DependsOnDay;
            var question = span.Of(true, keys.Columns(true, byDay), wanted, histograms) with { Rows = rows, Queues = narrowed.Queues, Agents = narrowed.Agents };
            foreach (var (key, sum) in await sums.Read(question, cancel))
                if (!byDay || narrowed.Covers(key.Agent, DateOnly.FromDayNumber(key.Day))) take(key, sum.Counters);
        }
    }

    private static Counters Once(int gap)
    {
        var counters = new Counters();
        counters.Observe(Distribution.Repeat, gap);
        return counters;
    }

    /// <summary>What is known at all in the days asked for.</summary>
    private async Task<Known> Tell(FigureRequest request, IntervalGrid grid, CancellationToken cancel)
    {
        var (from, to) = (grid.LocalDay(request.From).DayNumber, grid.LocalDay(request.To - 1).DayNumber + 1);
        var queues = await sums.Read(new(CellTable.QueueDays, [], [Counter.Offered, Counter.Identified], [], from, to), cancel);
        var agents = await sums.Read(new(CellTable.AgentDays, [], [.. CellColumns.OfStates, .. CellColumns.OfPeak, Counter.AfterContactInInterval], [], from, to) { Rows = CellRows.OfStates }, cancel);
        return Known.From(queues.GetValueOrDefault(default), agents.GetValueOrDefault(default));
    }

    private static string FilterText(KpiDefinition kpi) => string.Join(';', kpi.Filters.OrderBy(f => f.Key).Select(f => $"{f.Key}={string.Join(',', f.Value)}"));
}

/// <summary>Chooses the table that answers a period: days when it is made of whole days.</summary>
internal sealed class FactSpan(FigureRequest request, IntervalGrid grid, FigureKeys keys)
{
    private readonly bool days = !keys.IsFinerThanDays
        && grid.DayOf(grid.LocalDay(request.From)).Start == request.From && grid.DayOf(grid.LocalDay(request.To - 1)).End == request.To;

    public CellQuestion Of(bool ofAgents, IReadOnlyList<string> columns, IEnumerable<Counter> counters, IEnumerable<Distribution> histograms) => days
        ? new(ofAgents ? CellTable.AgentDays : CellTable.QueueDays, columns, counters, histograms, grid.LocalDay(request.From).DayNumber, grid.LocalDay(request.To - 1).DayNumber + 1)
        : new(ofAgents ? CellTable.AgentIntervals : CellTable.QueueIntervals, columns, counters, histograms, request.From, request.To);
}

/// <summary>Gathers counters by group, for each pass of KPIs with the same filter, and evaluates them at the end.</summary>
internal sealed class FigureRows(IReadOnlyList<AskedKpi> asked)
{
    private readonly Dictionary<(FigureKey Key, AskedKpi Pass), Counters> rows = [];
    private readonly Dictionary<(FigureKey Key, AskedKpi Pass), Dictionary<Guid, Counters>> agents = [];
    private readonly Dictionary<AskedKpi, AskedKpi> passOf = [];

    /// <summary>Adds to a row; the first counters given become the row's own.</summary>
    public void Add(AskedKpi[] pass, FigureKey key, Counters counters)
    {
        ref var row = ref CollectionsMarshal.GetValueRefOrAddDefault(rows, (key, Pass(pass)), out var known);
        if (known) row!.Merge(counters);
        else row = counters;
    }

    /// <summary>Adds to what an agent of a row's group did; the first counters given become the agent's own.</summary>
    public void AddAgent(AskedKpi[] pass, FigureKey key, Guid agent, Counters counters)
    {
        ref var members = ref CollectionsMarshal.GetValueRefOrAddDefault(agents, (key, Pass(pass)), out _);
        ref var member = ref CollectionsMarshal.GetValueRefOrAddDefault(members ??= [], agent, out var known);
        if (known) member!.Merge(counters);
        else member = counters;
    }

    public IReadOnlyList<FigureRow> Rows()
    {
        var nothing = new Counters();
        return [.. rows.Where(r => Holds(r.Value)).Select(r => r.Key.Key).Distinct().Select(key => new FigureRow(key,
            [.. asked.Select(a => a.Of(Find(key, a) ?? nothing, MembersOf(key, a)))],
            asked.Select(a => Find(key, a)).FirstOrDefault(c => c is not null) ?? nothing))];
    }

    /// <summary>A quarter hour in which only talk of an earlier contact went on is no row of figures that do not ask for it.</summary>
    private bool Holds(Counters counters) =>
        counters[Counter.Offered] != 0 || counters[Counter.Answered] != 0 || asked.Any(a => a.Withheld is null && a.Bound.Requires.Any(c => counters[c] != 0));

    private AskedKpi Pass(AskedKpi[] pass)
    {
        if (!passOf.ContainsKey(pass[0]))
            foreach (var kpi in pass) passOf[kpi] = pass[0];
        return pass[0];
    }

    private Counters? Find(FigureKey key, AskedKpi kpi) => passOf.TryGetValue(kpi, out var pass) ? rows.GetValueOrDefault((key, pass)) : null;

    private IReadOnlyCollection<Counters> MembersOf(FigureKey key, AskedKpi kpi) =>
        passOf.TryGetValue(kpi, out var pass) && agents.TryGetValue((key, pass), out var members) ? members.Values : Array.Empty<Counters>();
}
