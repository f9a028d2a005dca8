namespace Evenhand.Routing.Rules;

/// <summary>A customer's number as it is kept for comparison: digits only, without the country's prefix of mainland China.</summary>
internal static class CustomerKey
{
    private const int Shortest = 5, Longest = 20, Mobile = 11;

    /// <summary>The key; null for what is no number.</summary>
    public static string? Of(string? written)
    {
        var digits = string.Concat((written ?? "").Where(char.IsAsciiDigit));
        if (digits.StartsWith("00", StringComparison.Ordinal)) digits = digits[2..];
        if (digits.Length == Mobile + 2 && digits.StartsWith("861", StringComparison.Ordinal)) digits = digits[2..];
        return digits.Length is < Shortest or > Longest || (written ?? "").Any(char.IsLetter) ? null : digits;
    }

    /// <summary>The key as everybody sees it: 138****7468.</summary>
    public static string Masked(string key) => key.Length >= Mobile ? $"{key[..3]}****{key[^4..]}" : $"{key[..2]}****{key[^2..]}";
}
