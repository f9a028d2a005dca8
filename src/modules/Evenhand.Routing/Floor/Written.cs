namespace Evenhand.Routing.Floor;

/// <summary>What people and other systems write, as every store can keep it.</summary>
internal static class Written
{
    /// <summary>Without control characters but line breaks and tabs, and without blanks around it; null for nothing.</summary>
    public static string? Text(string? given)
    {
        if (given is null) return null;
        if (given.Any(IsUnfit)) given = string.Concat(given.Where(c => !IsUnfit(c)));
        return string.IsNullOrWhiteSpace(given) ? null : given.Trim();
    }

    private static bool IsUnfit(char c) => char.IsControl(c) && c is not ('\n' or '\r' or '\t');
}
