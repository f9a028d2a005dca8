namespace Evenhand.Intake.Contacts;

/// <summary>Customers' numbers as they are shown to everybody: 138****7468.</summary>
internal static class CustomerMask
{
    private const string Stars = "****";

    public static string? Of(string? customer) => customer switch
    {
        null => null,
        { Length: >= 11 } => customer[..3] + Stars + customer[^4..],
        { Length: >= 7 } => customer[..2] + Stars + customer[^2..],
        { Length: >= 3 } => customer[..1] + Stars,
        _ => Stars,
    };
}
