using System.Diagnostics.CodeAnalysis;

namespace Evenhand.Analytics.Kpis;

/// <summary>The KPIs a centre can show: the standard ones, read from the embedded <c>kpis.json</c>, and its own. Immutable.</summary>
[SuppressMessage("Naming", "CA1711", Justification = "KPI dictionary is the field's word.")]
public sealed class KpiDictionary
{
    private static readonly Lazy<KpiDictionary> Embedded = new(ReadEmbedded);
    private readonly OrderedDictionary<string, KpiDefinition> _kpis;

    private KpiDictionary(IEnumerable<KpiDefinition> kpis) => _kpis = new(kpis.Select(k => KeyValuePair.Create(k.Code, k)));

    /// <summary>The standard KPIs.</summary>
    public static KpiDictionary Standard => Embedded.Value;

    /// <summary>All definitions, in the dictionary's order.</summary>
    public IReadOnlyList<KpiDefinition> All => _kpis.Values;

    /// <summary>The definition with a code.</summary>
    /// <exception cref="KeyNotFoundException">No such code.</exception>
    public KpiDefinition this[string code] =>
        Find(code) ?? throw new KeyNotFoundException($"No KPI '{code}'; there are {string.Join(", ", _kpis.Keys)}.");

    /// <summary>The definition with a code, or null.</summary>
    public KpiDefinition? Find(string code) => _kpis.GetValueOrDefault(code);

    /// <summary>
    /// The dictionary with a definition of the centre's own added, or put in place of its own earlier version.
    /// Refused (<c>code-taken</c>, <c>version-not-newer</c>) where it would change a standard KPI or go back in versions.
    /// </summary>
    public Checked<KpiDictionary> With(KpiDefinition own)
    {
        ArgumentNullException.ThrowIfNull(own);
        if (Standard.Find(own.Code) is not null)
            return Checked<KpiDictionary>.Bad(new KpiError("code-taken", $"{own.Code}.code", own.Code, ["a code not in the standard dictionary"]));
        if (Find(own.Code) is { } earlier && earlier.Version >= own.Version)
            return Checked<KpiDictionary>.Bad(new KpiError("version-not-newer", $"{own.Code}.version", $"{own.Version}", [$"{earlier.Version + 1} or more"]));
        return Checked<KpiDictionary>.Good(new(All.Where(k => k.Code != own.Code).Append(own)));
    }

    private static KpiDictionary ReadEmbedded()
    {
        using var stream = typeof(KpiDictionary).Assembly.GetManifestResourceStream("Evenhand.Analytics.kpis.json")!;
        using var reader = new StreamReader(stream);
        return new(KpiText.ReadMany(reader.ReadToEnd()).Required());
    }
}
