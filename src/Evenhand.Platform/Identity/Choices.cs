using Evenhand.Design;
using Evenhand.Kernel;
using Evenhand.Platform.Contracts;

namespace Evenhand.Platform.Identity;

/// <summary>What the forms of accounts and keys let people choose.</summary>
internal static class Choices
{
    /// <summary>All units below the centre itself, parents before children, with the way to each.</summary>
    public static IReadOnlyList<SelectField.Option> Units(OrganisationSnapshot all) =>
        [.. all.Units.Values.Where(u => u.ParentId is not null).Select(u => new SelectField.Option(u.Id.ToString(), Way(all, u))).OrderBy(o => o.Text, StringComparer.CurrentCulture)];

    /// <summary>The agent with this code, or why there is none; null for no code.</summary>
    public static (Guid? Id, Refusal? Refusal) Agent(OrganisationSnapshot all, string? code)
    {
        if (string.IsNullOrWhiteSpace(code)) return (null, null);
        var found = all.Agents.Values.FirstOrDefault(a => a.Code == code.Trim());
        return found is null ? (null, new Refusal("platform.agent-code-unknown", code)) : (found.Id, null);
    }

    public static Guid? Id(string? posted) => Guid.TryParse(posted, out var id) ? id : null;

    private static string Way(OrganisationSnapshot all, Unit unit) =>
        unit.ParentId is { } parent && all.Units.TryGetValue(parent, out var above) && above.ParentId is not null ? $"{Way(all, above)} / {unit.Name}" : unit.Name;
}
