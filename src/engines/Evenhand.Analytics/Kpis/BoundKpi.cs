using System.Globalization;

namespace Evenhand.Analytics.Kpis;

/// <summary>A KPI with every parameter decided. Immutable and safe for several threads; evaluating allocates only the figure.</summary>
public sealed class BoundKpi
{
    private readonly Part[] _numerator;
    private readonly Part[]? _denominator;
    private readonly Distribution? _percentileOf;
    private readonly double _share, _scale;

    internal BoundKpi(KpiDefinition kpi, KpiFormula formula, KpiSettings settings, FigureSubject subject, FactSources available)
    {
        Kpi = kpi;
        var values = Decide(kpi, settings);
        var mattered = new HashSet<string>();
        _numerator = Active(formula.Numerator, values, mattered);
        _denominator = formula.Denominator is null ? null : Active(formula.Denominator, values, mattered);
        if (formula.PercentileParameter is { } share)
        {
            mattered.Add(share);
            (_percentileOf, _share) = (formula.PercentileOf, values[share].Number / 100.0);
        }
        var parameters = new OrderedDictionary<string, string>();
        foreach (var parameter in kpi.Parameters.Where(p => mattered.Contains(p.Name)))
            parameters.Add(parameter.Name, values[parameter.Name].Text);
        Definition = new(kpi.Code, kpi.Version, parameters);

        var parts = _numerator.Concat(_denominator ?? []).ToArray();
        Requires = parts.Where(p => p.Within is null).Select(p => p.Counter).ToHashSet();
        RequiresDistributions = parts.Select(p => p.Within).Append(_percentileOf).OfType<Distribution>().ToHashSet();
        RequiresSources = Requires.Select(CounterFacts.SourcesOf).Concat(RequiresDistributions.Select(CounterFacts.SourcesOf))
            .Aggregate(FactSources.None, (all, one) => all | one);
        MaturesAfterSeconds = parts.Where(p => p.Within is Distribution.Repeat or Distribution.RepeatSameTopic).Select(p => p.Limit).DefaultIfEmpty().Max();
        WithheldReason = ReasonFor(subject, available);
        _scale = kpi.Unit switch { KpiUnit.PerHour => 3600, KpiUnit.PerTenThousand => 10000, KpiUnit.Money => 0.01, _ => 1 };
    }

    /// <summary>The definition it came from.</summary>
    public KpiDefinition Kpi { get; }

    /// <summary>Code, version and the parameters that matter: what every figure of it carries.</summary>
    public FigureDefinition Definition { get; }

    /// <summary>The counters it reads.</summary>
    public IReadOnlySet<Counter> Requires { get; }

    /// <summary>The distributions it reads.</summary>
    public IReadOnlySet<Distribution> RequiresDistributions { get; }

    /// <summary>The logs those come from.</summary>
    public FactSources RequiresSources { get; }

    /// <summary>Seconds after the period's end before its figures are final: the repeat window of first-contact resolution, else 0.</summary>
    public long MaturesAfterSeconds { get; }

    /// <summary>Why none of its figures can have a value for this subject and these logs; null when they can.</summary>
    public string? WithheldReason { get; }

    /// <summary>The formula with the parameters put in and the terms left out that do not count, for people.</summary>
    public string Formula => _percentileOf is { } of
        ? $"percentile({of}, {(_share * 100).ToString(CultureInfo.InvariantCulture)})"
        : _denominator is null ? Join(_numerator) : $"{Side(_numerator)} / {Side(_denominator)}";

    /// <summary>Computes the figure; withheld, with the reason, when it cannot be.</summary>
    public Figure Evaluate(Counters counters)
    {
        ArgumentNullException.ThrowIfNull(counters);
        if (WithheldReason is not null)
            return new(Definition, Kpi.Unit, null, 0, 0, WithheldReason);
        if (_percentileOf is { } of)
        {
            var histogram = counters[of];
            return new(Definition, Kpi.Unit, histogram.Percentile(_share), histogram.RankOf(_share), histogram.Total,
                histogram.IsEmpty ? Withheld.ZeroDenominator : null);
        }
        var above = Sum(_numerator, counters);
        var below = _denominator is null ? 1 : Sum(_denominator, counters);
        return below > 0
            ? new(Definition, Kpi.Unit, _scale * above / below, above, below, null)
            : new(Definition, Kpi.Unit, null, above, below, below == 0 ? Withheld.ZeroDenominator : Withheld.NegativeDenominator);
    }

    /// <summary>Computes the figure of each of several cells, e.g. of each agent of a team, in their order.</summary>
    public IReadOnlyList<Figure> EvaluateEach(IEnumerable<Counters> cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        return [.. cells.Select(Evaluate)];
    }

    private string? ReasonFor(FigureSubject subject, FactSources available)
    {
        if (!Requires.All(c => CounterFacts.IsKnownFor(c, subject)) || !RequiresDistributions.All(d => CounterFacts.IsKnownFor(d, subject)))
            return subject == FigureSubject.Queue ? Withheld.NotByQueue : Withheld.NotByAgent;
        var missing = RequiresSources & ~available;
        return missing == FactSources.None ? null : Withheld.Needs(missing);
    }

    private static Dictionary<string, ParameterValue> Decide(KpiDefinition kpi, KpiSettings settings)
    {
        var values = new Dictionary<string, ParameterValue>();
        foreach (var parameter in kpi.Parameters)
            values[parameter.Name] = settings.Find(kpi.Code, parameter.Name) is { } text && parameter.Read(text) is { } set ? set
                : parameter.Read(parameter.Default) ?? values[parameter.Default];
        return values;
    }

    private static Part[] Active(IReadOnlyList<Term> terms, Dictionary<string, ParameterValue> values, HashSet<string> mattered)
    {
        var active = new List<Part>();
        foreach (var term in terms)
        {
            var asked = term.Guards.TakeWhile(g => g.Holds(values[g.Parameter].Text)).Count();
            // A condition behind one that fails is never asked, so its parameter does not matter.
            mattered.UnionWith(term.Guards.Take(asked + 1).Select(g => g.Parameter));
            if (asked < term.Guards.Count)
                continue;
            if (term.LimitParameter is not null)
                mattered.Add(term.LimitParameter);
            active.Add(new(term.Sign, term.Counter ?? default, term.Within, term.LimitParameter is { } limit ? values[limit].Number : term.Limit));
        }
        return [.. active];
    }

    private static long Sum(Part[] parts, Counters counters)
    {
        var sum = 0L;
        foreach (var part in parts)
            sum += part.Sign * (part.Within is { } within ? counters[within].CountUpTo(part.Limit) : counters[part.Counter]);
        return sum;
    }

    private static string Side(Part[] parts) => parts.Length > 1 ? $"({Join(parts)})" : Join(parts);

    private static string Join(Part[] parts) =>
        string.Concat(parts.Select((p, i) => (p.Sign < 0 ? (i == 0 ? "-" : " - ") : i == 0 ? "" : " + ") + p));

    private readonly record struct Part(int Sign, Counter Counter, Distribution? Within, long Limit)
    {
        public override string ToString() => Within is { } within
            ? $"{FormulaParser.FunctionOf(within)}({(Limit < 0 ? KpiParameter.Off : Limit.ToString(CultureInfo.InvariantCulture))})"
            : Counter.ToString();
    }
}
