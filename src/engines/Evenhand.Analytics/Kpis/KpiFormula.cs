namespace Evenhand.Analytics.Kpis;

/// <summary>A condition on a choice: the term counts only where it holds.</summary>
internal readonly record struct Guard(string Parameter, string Value, bool Negated)
{
    public bool Holds(string value) => (value == Value) != Negated;
}

/// <summary>One summand: a counter, or the part of a distribution within a limit.</summary>
internal sealed record Term(int Sign, Counter? Counter, Distribution? Within, string? LimitParameter, long Limit, IReadOnlyList<Guard> Guards);

/// <summary>A formula: a sum, a sum over a sum, or a percentile of a distribution.</summary>
internal sealed record KpiFormula(IReadOnlyList<Term> Numerator, IReadOnlyList<Term>? Denominator, Distribution? PercentileOf = null, string? PercentileParameter = null)
{
    public IEnumerable<Term> Terms => Denominator is null ? Numerator : Numerator.Concat(Denominator);
}
