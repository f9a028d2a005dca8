namespace Evenhand.Intake.Imports;

/// <summary>Who called, as far as the source says.</summary>
internal static class Customers
{
    private static readonly HashSet<string> Nobody = new(StringComparer.OrdinalIgnoreCase)
        { "", "anon", "anonymous", "unknown", "<unknown>", "unavailable", "restricted", "private", "none", "asterisk" };

    /// <summary>The customer's number or id; null when the source only says that it does not know.</summary>
    public static string? Known(string customer) => Nobody.Contains(customer.Trim()) ? null : customer.Trim();
}
