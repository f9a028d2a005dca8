namespace Evenhand.Design;

/// <summary>What is wrong with a posted form: by field, and in general.</summary>
public sealed class FormProblems
{
    private readonly Dictionary<string, List<string>> byField = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether nothing is wrong.</summary>
    public bool None => byField.Count == 0;

    /// <summary>Everything that is wrong, as field (empty for the form as a whole) and message.</summary>
    public IEnumerable<(string Field, string Message)> All => byField.SelectMany(entry => entry.Value.Select(message => (entry.Key, message)));

    /// <summary>Adds a message about a field, named as its input is; or about the whole form.</summary>
    public FormProblems Add(string message, string field = "")
    {
        if (!byField.TryGetValue(field, out var messages)) byField[field] = messages = [];
        messages.Add(message);
        return this;
    }

    /// <summary>The messages about one field; <c>Input.Name</c> is also found as <c>Name</c>.</summary>
    public IReadOnlyList<string> For(string field) =>
        byField.TryGetValue(field, out var messages) || byField.TryGetValue(field[(field.LastIndexOf('.') + 1)..], out messages) ? messages : [];
}
