using System.Globalization;
using Evenhand.Kernel;

namespace Evenhand.Incentives;

/// <summary>Amounts and months as text that never rounds and never changes with the language: for JSON and files.</summary>
internal static class Exact
{
    /// <summary>Money with its cents: 1234.50.</summary>
    public static string Money(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>A price: at least cents, as many digits as it has: 1.25, 0.0325.</summary>
    public static string Price(decimal price) => price.ToString("0.00####", CultureInfo.InvariantCulture);

    /// <summary>A number of units, as many digits as it has: 2500, 12.5.</summary>
    public static string Text(decimal number) => number.ToString("0.######", CultureInfo.InvariantCulture);

    /// <summary>The same with two decimals at most, for reading.</summary>
    public static string Short(decimal number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>Numbers as a ladder is written: 2000 / 2500 / 2800.</summary>
    public static string Ladder(IEnumerable<decimal> starts) => string.Join(" / ", starts.Select(Short));

    /// <summary>The same number without the zeros a store may have added.</summary>
    public static decimal Plain(decimal number) => number / 1.000000000000000000000000000000m;

    /// <summary>A month as 2026-11.</summary>
    public static string Month(DateOnly month) => month.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>The first day of the month named, or why it cannot be read.</summary>
    public static Outcome<DateOnly> ReadMonth(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) ? month : new Refusal("incentives.month-unreadable", text ?? "");

    public static DateOnly FirstOf(DateOnly day) => new(day.Year, day.Month, 1);
}
