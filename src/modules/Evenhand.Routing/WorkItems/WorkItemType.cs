using System.Globalization;
using System.Text.RegularExpressions;
using Evenhand.Kernel;

namespace Evenhand.Routing.WorkItems;

/// <summary>A field of a work item: what may stand in it and whom it concerns.</summary>
/// <param name="Kind">text, number, choice, date, phone or address.</param>
/// <param name="Personal">Data of a person: shown masked.</param>
internal sealed partial record WorkItemField(string Code, string NameZh, string NameEn, string Kind, bool Required = false, bool Personal = false, IReadOnlyList<string>? Choices = null)
{
    private const int Longest = 2000;

    public static IReadOnlyList<string> Kinds { get; } = ["text", "number", "choice", "date", "phone", "address"];

    public string Name => LocalName.Of(NameZh, NameEn);

    public bool Accepts(string value) => value.Length <= Longest && Kind switch
    {
        "number" => decimal.TryParse(value, NumberStyles.Number & ~NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out _),
        "choice" => Choices?.Contains(value) ?? false,
        "date" => DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "phone" => Phone().IsMatch(value),
        _ => true,
    };

    /// <summary>The value as everybody sees it.</summary>
    public string Shown(string value) => !Personal || value.Length == 0 ? value : Kind switch
    {
        "phone" when value.Length >= 11 => value[..3] + "****" + value[^4..],
        "phone" when value.Length >= 7 => value[..2] + "****" + value[^2..],
        "address" when value.Length > 12 => value[..6] + "****",
        "text" when value.Length > 1 => StringInfo.GetNextTextElement(value) + "**",
        _ => "****",
    };

    [GeneratedRegex(@"^\+?[0-9][0-9 \-]{3,19}$")]
    private static partial Regex Phone();
}

/// <summary>What kind of work an item is: its fields, its states, and how soon it must be done. A change makes a new version; items keep theirs.</summary>
/// <param name="Transitions">State → states it may go to; one that leads nowhere is an end.</param>
internal sealed record WorkItemType(string Code, int Version, string NameZh, string NameEn, IReadOnlyList<WorkItemField> Fields,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Transitions, int FirstResponseMinutes, int ResolutionMinutes)
{
    public const string Initial = "new";
    public const string Assigned = "assigned";

    public string Name => LocalName.Of(NameZh, NameEn);

    public IReadOnlyList<string> After(string state) => Transitions.GetValueOrDefault(state, []);

    public bool IsEnd(string state) => After(state).Count == 0;

    /// <summary>Why these values cannot stand; a whole item must have what is required, a change must not empty it.</summary>
    public Refusal? Problem(IReadOnlyDictionary<string, string?> values, bool whole)
    {
        foreach (var (code, value) in values)
        {
            if (Fields.FirstOrDefault(f => f.Code == code) is not { } field) return new Refusal("routing.field-unknown", code, string.Join(", ", Fields.Select(f => f.Code)));
            if (string.IsNullOrWhiteSpace(value))
            {
                if (field.Required) return new Refusal("routing.field-required", field.Name, code);
            }
            else if (!field.Accepts(value)) return new Refusal("routing.field-unreadable", field.Name, code, field.Kind);
        }
        return whole && Fields.FirstOrDefault(f => f.Required && !values.ContainsKey(f.Code)) is { } missing ? new Refusal("routing.field-required", missing.Name, missing.Code) : null;
    }
}

/// <summary>One of two names, by the reader's language.</summary>
internal static class LocalName
{
    public static string Of(string zh, string en) => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh" ? zh : en;
}
