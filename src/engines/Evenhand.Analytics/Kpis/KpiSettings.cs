namespace Evenhand.Analytics.Kpis;

/// <summary>Parameter values chosen for KPIs; whatever is not mentioned keeps its default. Immutable; holds only values its dictionary permits.</summary>
public sealed class KpiSettings
{
    private static readonly char[] Separators = [';', '\n', '\r'];
    private readonly SortedDictionary<string, string> _values;

    private KpiSettings(SortedDictionary<string, string> values) => _values = values;

    /// <summary>No value chosen.</summary>
    public static KpiSettings Default { get; } = new([]);

    /// <summary>
    /// Reads settings such as <c>SL.threshold=20; SL.variant=excluding-short</c>, separated by semicolons or lines; later ones win.
    /// Every fault is reported: <c>malformed-setting</c>, <c>unknown-kpi</c>, <c>unknown-parameter</c>, <c>not-allowed</c>, each with what is allowed.
    /// </summary>
    /// <param name="text">The settings; empty for none.</param>
    /// <param name="dictionary">The KPIs they are for; null for the standard ones.</param>
    public static Checked<KpiSettings> Parse(string text, KpiDictionary? dictionary = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var errors = new List<KpiError>();
        foreach (var entry in text.Split(Separators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            if (Read(entry, dictionary ?? KpiDictionary.Standard, values) is { } error)
                errors.Add(error);
        return errors.Count > 0 ? Checked<KpiSettings>.Bad(errors) : Checked<KpiSettings>.Good(new(values));
    }

    /// <summary>These settings with those of <paramref name="over"/> laid over them.</summary>
    public KpiSettings With(KpiSettings over)
    {
        ArgumentNullException.ThrowIfNull(over);
        var values = new SortedDictionary<string, string>(_values, StringComparer.Ordinal);
        foreach (var (place, value) in over._values)
            values[place] = value;
        return new(values);
    }

    /// <summary>The value set for a KPI's parameter, in its one written form; null when none is.</summary>
    public string? Find(string code, string parameter) => _values.Count == 0 ? null : _values.GetValueOrDefault($"{code}.{parameter}");

    /// <summary>The settings in order of name, in the form <see cref="Parse"/> reads.</summary>
    public override string ToString() => string.Join("; ", _values.Select(v => $"{v.Key}={v.Value}"));

    private static KpiError? Read(string entry, KpiDictionary dictionary, SortedDictionary<string, string> values)
    {
        var equals = entry.IndexOf('=');
        var dot = equals < 0 ? -1 : entry.LastIndexOf('.', equals);
        if (dot <= 0)
            return new("malformed-setting", entry, entry, ["CODE.parameter=value"]);
        var (code, name, value) = (entry[..dot].Trim(), entry[(dot + 1)..equals].Trim(), entry[(equals + 1)..].Trim());
        if (dictionary.Find(code) is not { } kpi)
            return new("unknown-kpi", $"{code}.{name}", code, [.. dictionary.All.Where(k => k.Parameters.Count > 0).Select(k => k.Code)]);
        if (kpi.Parameters.FirstOrDefault(p => p.Name == name) is not { } parameter)
            return new("unknown-parameter", $"{code}.{name}", name, [.. kpi.Parameters.Select(p => p.Name)]);
        if (parameter.Read(value) is not { } read)
            return new("not-allowed", $"{code}.{name}", value, parameter.Permits());
        values[$"{code}.{name}"] = read.Text;
        return null;
    }
}
