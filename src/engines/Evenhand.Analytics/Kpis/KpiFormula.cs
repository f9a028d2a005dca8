namespace Evenhand.Analytics.Kpis;

/// <summary>A condition on a choice: the term counts only where it holds.</summary>
internal readonly record struct Guard(string Parameter, string Value, bool Negated)
{
    public bool Holds(string value) => (value == Value) != Negated;
}

/// <summary>One summand: a counter, or the part of a distribution within a limit.</summary>
internal sealed record Term(int Sign, Counter? Counter, Distribution? Within, string? LimitParameter, long Limit, IReadOnlyList<Guard> Guards)
{
    public KpiUnit Unit => Counter is { } counter ? CounterFacts.UnitOf(counter) : KpiUnit.Count;
}

/// <summary>A formula: a sum, a sum over a sum, or a percentile of a distribution.</summary>
internal sealed record KpiFormula(IReadOnlyList<Term> Numerator, IReadOnlyList<Term>? Denominator, Distribution? PercentileOf = null, string? PercentileParameter = null)
{
    /// <summary>Whether a formula of these sums gives figures of that unit; all terms of a sum share one unit.</summary>
    public bool Gives(KpiUnit unit)
    {
        if (PercentileOf is not null)
            return unit == KpiUnit.Seconds;
        var (above, below) = (Numerator[0].Unit, Denominator?[0].Unit);
        return unit switch
        {
            KpiUnit.Ratio => above == below,
            KpiUnit.Seconds or KpiUnit.Count => above == unit && below is null or KpiUnit.Count,
            KpiUnit.PerHour => above == KpiUnit.Count && below == KpiUnit.Seconds,
            KpiUnit.PerTenThousand => above == KpiUnit.Count && below is not null,
            _ => above == unit,
        };
    }
}
