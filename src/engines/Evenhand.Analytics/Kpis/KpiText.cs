using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Evenhand.Analytics.Kpis;

/// <summary>A KPI definition as it is written in JSON, before it is checked.</summary>
internal sealed partial record KpiText
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectNullableAnnotations = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    public required string Code { get; init; }
    public int Version { get; init; } = 1;
    public required string Zh { get; init; }
    public required string En { get; init; }
    public KpiUnit Unit { get; init; }
    public Improves Improves { get; init; }
    public required string Formula { get; init; }
    public IReadOnlyList<KpiParameter> Parameters { get; init; } = [];
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Filters { get; init; }

    public static Checked<KpiDefinition> ReadOne(string json)
    {
        var read = Read<KpiText>(json);
        return read.Value is { } text ? text.Check() : Checked<KpiDefinition>.Bad(read.Errors);
    }

    public static Checked<IReadOnlyList<KpiDefinition>> ReadMany(string json)
    {
        var read = Read<KpiText[]>(json);
        if (read.Value is not { } texts)
            return Checked<IReadOnlyList<KpiDefinition>>.Bad(read.Errors);
        var each = texts.Select(t => t.Check()).ToArray();
        var errors = each.SelectMany(c => c.Errors).ToArray();
        return errors.Length > 0
            ? Checked<IReadOnlyList<KpiDefinition>>.Bad(errors)
            : Checked<IReadOnlyList<KpiDefinition>>.Good([.. each.Select(c => c.Value!)]);
    }

    private static Checked<T> Read<T>(string json) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Json) is { } value
                ? Checked<T>.Good(value)
                : Checked<T>.Bad(new KpiError("json-malformed", "$", "null", ["a JSON object"]));
        }
        catch (JsonException fault)
        {
            return Checked<T>.Bad(new KpiError("json-malformed", $"{fault.Path ?? "$"} (line {fault.LineNumber + 1})", fault.Message, []));
        }
    }

    private Checked<KpiDefinition> Check()
    {
        var errors = new List<KpiError>();
        if (!CodePattern().IsMatch(Code))
            errors.Add(new("malformed-code", $"{Code}.code", Code, ["capitals and digits, parts joined by dots, e.g. KEYS or WAIT.P90"]));
        if (Version < 1)
            errors.Add(new("malformed-version", $"{Code}.version", $"{Version}", ["1 or more"]));
        if (string.IsNullOrWhiteSpace(Zh) || string.IsNullOrWhiteSpace(En))
            errors.Add(new("name-missing", $"{Code}.{(string.IsNullOrWhiteSpace(Zh) ? "zh" : "en")}", "", ["a name in each language"]));
        if (Parameters.Any(p => p is null))
            return Checked<KpiDefinition>.Bad(new KpiError("malformed-parameter", $"{Code}.parameters", "null", ["an object"]));
        for (var i = 0; i < Parameters.Count; i++)
            CheckParameter(i, errors);
        var formula = FormulaParser.Parse(Formula, $"{Code}.formula", Parameters);
        errors.AddRange(formula.Errors);
        if (formula.Value is { } sums && !sums.Gives(Unit))
            errors.Add(new("unit-does-not-fit", $"{Code}.unit", $"{Unit}", [.. Enum.GetValues<KpiUnit>().Where(sums.Gives).Select(u => $"{u}")]));
        return errors.Count > 0 ? Checked<KpiDefinition>.Bad(errors) : Checked<KpiDefinition>.Good(new(this, Parameters, formula.Value!));
    }

    private void CheckParameter(int index, List<KpiError> errors)
    {
        var parameter = Parameters[index];
        var place = $"{Code}.{parameter.Name}";
        var earlier = Parameters.Take(index).ToArray();
        if (!NamePattern().IsMatch(parameter.Name) || earlier.Any(p => p.Name == parameter.Name))
            errors.Add(new("malformed-parameter", place, parameter.Name, ["a lower-case name, once"]));
        if (parameter.Kind == ParameterKind.Choice ? parameter.Allowed.Count == 0 : parameter.Min > parameter.Max || parameter.Min < 0)
            errors.Add(new("malformed-bounds", place, $"{parameter.Min}–{parameter.Max}", ["words to choose from, or 0 ≤ min ≤ max"]));
        else if (parameter.Kind == ParameterKind.Percent && parameter.Max > 100)
            errors.Add(new("malformed-bounds", place, $"{parameter.Max}", ["max of 100 at most"]));
        else if (parameter.Read(parameter.Default) is null && !earlier.Any(p => p.Name == parameter.Default && p.Kind == parameter.Kind))
            errors.Add(new("not-allowed", place, parameter.Default, [.. parameter.Permits(), .. earlier.Where(p => p.Kind == parameter.Kind).Select(p => p.Name)]));
    }

    [GeneratedRegex(@"^[A-Z][A-Z0-9_-]*(\.[A-Z0-9][A-Z0-9_-]*)*$")]
    private static partial Regex CodePattern();

    [GeneratedRegex("^[a-z][a-z0-9_]*$")]
    private static partial Regex NamePattern();
}
