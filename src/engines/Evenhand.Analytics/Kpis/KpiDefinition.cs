namespace Evenhand.Analytics.Kpis;

/// <summary>A figure's unit, and with it the factor its formula is multiplied by.</summary>
public enum KpiUnit
{
    /// <summary>A share, 0–1, shown in per cent.</summary>
    Ratio,

    /// <summary>Seconds.</summary>
    Seconds,

    /// <summary>A number of things.</summary>
    Count,

    /// <summary>Things an hour: the formula divides by seconds and is multiplied by 3600.</summary>
    PerHour,

    /// <summary>Things in ten thousand: multiplied by 10,000.</summary>
    PerTenThousand,

    /// <summary>Money in the currency's unit: the formula counts hundredths and is divided by 100.</summary>
    Money,
}

/// <summary>Which way a KPI improves.</summary>
public enum Improves
{
    /// <summary>Neither: a band, or a plain count.</summary>
    Neither,

    /// <summary>Upwards.</summary>
    Upwards,

    /// <summary>Downwards.</summary>
    Downwards,
}

/// <summary>
/// A KPI as data: code, version, names, parameters and a formula over the base counters (grammar: docs of <c>kpis.json</c>'s entries and
/// <see cref="TryParse"/>). Immutable; made only by reading a valid text.
/// </summary>
public sealed class KpiDefinition
{
    private readonly KpiFormula _formula;

    internal KpiDefinition(KpiText text, IReadOnlyList<KpiParameter> parameters, KpiFormula formula)
    {
        (Code, Version, NameZh, NameEn, Unit, Improves) = (text.Code, text.Version, text.Zh, text.En, text.Unit, text.Improves);
        (FormulaText, Parameters, _formula) = (text.Formula, parameters, formula);
        Filters = text.Filters ?? new Dictionary<string, IReadOnlyList<string>>();
    }

    /// <summary>Code, unique in its dictionary, e.g. <c>SL</c> or <c>WAIT.P90</c>.</summary>
    public string Code { get; }

    /// <summary>Version of this definition, from 1; a changed definition has a new one.</summary>
    public int Version { get; }

    /// <summary>Chinese name.</summary>
    public string NameZh { get; }

    /// <summary>English name.</summary>
    public string NameEn { get; }

    /// <summary>Unit of its figures.</summary>
    public KpiUnit Unit { get; }

    /// <summary>Which way it improves.</summary>
    public Improves Improves { get; }

    /// <summary>The formula as written.</summary>
    public string FormulaText { get; }

    /// <summary>Its parameters, in order.</summary>
    public IReadOnlyList<KpiParameter> Parameters { get; }

    /// <summary>
    /// For KPIs of a centre's own: the rows the counters are to be summed over, dimension (<c>queue</c>, <c>channel</c>, <c>team</c>…) to the names
    /// allowed; a row must fit every dimension. Empty for no filter. Applied by whoever sums the counters.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Filters { get; }

    /// <summary>The definition with its parameters decided, ready to evaluate any number of counters.</summary>
    /// <param name="settings">Parameter values; null for all defaults.</param>
    /// <param name="subject">Whose counters will be evaluated.</param>
    /// <param name="available">The logs the centre has.</param>
    public BoundKpi Bind(KpiSettings? settings = null, FigureSubject subject = FigureSubject.Centre, FactSources available = FactSources.All) =>
        new(this, _formula, settings ?? KpiSettings.Default, subject, available);

    /// <summary>Evaluates once; in loops <see cref="Bind"/> first.</summary>
    /// <param name="counters">The counters of the subject over the period.</param>
    /// <param name="settings">Parameter values; null for all defaults.</param>
    /// <param name="subject">Whose counters they are.</param>
    /// <param name="available">The logs the centre has.</param>
    public Figure Evaluate(Counters counters, KpiSettings? settings = null, FigureSubject subject = FigureSubject.Centre,
        FactSources available = FactSources.All) => Bind(settings, subject, available).Evaluate(counters);

    /// <summary>
    /// Reads a definition of a centre's own, a JSON object:
    /// <c>{"code":"KEYS","version":1,"zh":"按键离开率","en":"Key exits","unit":"ratio","formula":"KeyExit / Offered"}</c>; optional are <c>improves</c>
    /// (<c>upwards</c>, <c>downwards</c>), <c>parameters</c> and <c>filters</c>. The formula is <c>sum</c>, <c>sum / sum</c> or
    /// <c>percentile(Distribution, parameter)</c>; a term is a counter or <c>answered_within(x)</c>, <c>abandoned_within(x)</c>, <c>talked_within(x)</c>,
    /// <c>handled_within(x)</c>, <c>repeated_within(x)</c>, <c>repeated_same_topic_within(x)</c> with x a parameter or seconds; a term may end in
    /// <c>[parameter=word]</c>. Errors name the place, and the position in the formula.
    /// </summary>
    public static Checked<KpiDefinition> TryParse(string json) => KpiText.ReadOne(json);

    /// <inheritdoc/>
    public override string ToString() => $"{Code} v{Version}: {FormulaText}";
}
