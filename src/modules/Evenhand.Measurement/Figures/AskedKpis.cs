using Evenhand.Analytics.Dispersion;
using Evenhand.Analytics.Kpis;
using Evenhand.Measurement.Contracts;
using Evenhand.Measurement.Intervals;

namespace Evenhand.Measurement.Figures;

/// <summary>What the facts of a period can tell at all: sums over everybody, whatever part of the centre is asked for.</summary>
internal sealed record Known(bool Customers, bool AfterContactWork, IReadOnlySet<Counter> States)
{
    public const string NeedsTopics = "needs-topics", NeedsImport = "needs-import";

    /// <summary>A log counted as it is read: contacts, and nothing that takes a second look.</summary>
    public static Known OfLog { get; } = new(false, false, new HashSet<Counter>()) { IsLog = true };

    private bool IsLog { get; init; }

    /// <summary>What the sums over all agents' days show; states never mentioned are not known, but a break nobody took is a fact once there is a sign-in.</summary>
    public static Known From(CellSum? queues, CellSum? agents)
    {
        var states = CellColumns.OfStates.Concat(CellColumns.OfPeak).Where(c => agents?.Counters[c] > 0).ToHashSet();
        if (states.Contains(Counter.SignedInSeconds))
            states.UnionWith([Counter.BreakSeconds, Counter.MealSeconds, Counter.TrainingSeconds, Counter.MeetingSeconds, Counter.OtherNotReadySeconds, Counter.PeakBreakSeconds]);
        return new(queues?.Counters[Counter.Identified] > 0, queues?.WorkKnown > 0 || agents?.Counters[Counter.AfterContactInInterval] > 0, states);
    }

    /// <summary>Why a KPI cannot be told from these facts; null when it can.</summary>
    public string? Missing(BoundKpi kpi) => Lacking(kpi) is { } reason ? IsLog && reason != NeedsTopics && !reason.StartsWith("needs-state", StringComparison.Ordinal) ? NeedsImport : reason : null;

    private string? Lacking(BoundKpi kpi)
    {
        foreach (var counter in kpi.Requires)
        {
            if (counter is Counter.AfterContactSeconds or Counter.AfterContactInInterval && !AfterContactWork) return Withheld.Needs(FactSources.States);
            if (counter is >= Counter.SignedInSeconds and <= Counter.PeakSignedInSeconds && !States.Contains(counter)) return Withheld.Needs(FactSources.States);
            if (counter == Counter.Identified && !Customers) return Withheld.Needs(FactSources.Customers);
            if (counter > Counter.Identified) return Withheld.Needs(CounterFacts.SourcesOf(counter));
        }
        if (kpi.RequiresDistributions.Contains(Distribution.Handling) && !AfterContactWork) return Withheld.Needs(FactSources.States);
        return kpi.RequiresDistributions.Contains(Distribution.RepeatSameTopic) ? NeedsTopics : null;
    }
}

/// <summary>One code of a question: the KPI bound to its parameters, as itself or as its spread over agents.</summary>
internal sealed record AskedKpi(string Code, KpiDefinition Kpi, BoundKpi Bound, bool IsSpread, string? Withheld)
{
    public const string SpreadSuffix = ".CV";

    public FigureDefinition Definition { get; } = IsSpread ? Bound.Definition with { Code = Code } : Bound.Definition;

    /// <summary>Binds the codes of a question.</summary>
    /// <exception cref="ArgumentException">A code the dictionary does not have.</exception>
    public static IReadOnlyList<AskedKpi> Of(FigureRequest request, KpiDictionary dictionary, bool agentsOnly, Known known) =>
        [.. request.Codes.Select(code => Of(code, request, dictionary, agentsOnly, known))];

    /// <summary>The definition behind a code, spread or not; null for a code the dictionary does not have.</summary>
    public static KpiDefinition? Find(KpiDictionary dictionary, string code) =>
        dictionary.Find(code) ?? (code.EndsWith(SpreadSuffix, StringComparison.Ordinal) ? dictionary.Find(code[..^SpreadSuffix.Length]) : null);

    private static AskedKpi Of(string code, FigureRequest request, KpiDictionary dictionary, bool agentsOnly, Known known)
    {
        var kpi = Find(dictionary, code) ?? throw new ArgumentException($"No KPI '{code}'.", nameof(request));
        var spread = kpi.Code != code;
        var byQueue = request.By.Contains(FigureGroup.Queue) || request.Filter?.QueueIds is not null || kpi.Filters.ContainsKey("queue");
        var byAgent = agentsOnly || spread || kpi.Filters.ContainsKey("team");
        var bound = kpi.Bind(request.Settings, byAgent ? FigureSubject.Agent : FigureSubject.Centre);
        var reason = bound.WithheldReason
            ?? (byAgent && bound.Requires.Any(c => !CellColumns.KnownByAgent(c)) || spread && request.By.Contains(FigureGroup.Agent) ? Analytics.Kpis.Withheld.NotByAgent : null)
            ?? (byQueue ? kpi.Bind(request.Settings, FigureSubject.Queue).WithheldReason : null)
            ?? known.Missing(bound);
        return new(code, kpi, bound, spread, reason);
    }

    /// <summary>The figure of one row.</summary>
    /// <param name="row">The row's counters.</param>
    /// <param name="agents">The counters of each agent in the row's group, for a spread.</param>
    public Figure Of(Counters row, IEnumerable<Counters> agents)
    {
        if (Withheld is not null) return new(Definition, IsSpread ? KpiUnit.Ratio : Kpi.Unit, null, 0, 0, Withheld);
        if (!IsSpread) return Bound.Evaluate(row);
        var sample = Sample.Of(Bound.EvaluateEach(agents).Where(f => f.Value is not null).Select(f => f.Value!.Value));
        return new(Definition, KpiUnit.Ratio, sample.Cv, 0, sample.Count, sample.Cv is null ? Analytics.Kpis.Withheld.ZeroDenominator : null);
    }
}
