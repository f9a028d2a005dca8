using System.Globalization;

namespace Evenhand.Design;

/// <summary>Figures as people read them, in the reader's culture. Nothing known is shown as "–".</summary>
public static class Format
{
    /// <summary>What stands for a figure that is not known.</summary>
    public const string Unknown = "–";

    /// <summary>A duration given in seconds as m:ss, or h:mm:ss from an hour on; rounded to the second.</summary>
    public static string Duration(double? seconds)
    {
        if (seconds is not { } given || !double.IsFinite(given)) return Unknown;
        var whole = (long)Math.Round(Math.Abs(given), MidpointRounding.AwayFromZero);
        var text = whole >= 3600
            ? string.Create(CultureInfo.InvariantCulture, $"{whole / 3600}:{whole % 3600 / 60:00}:{whole % 60:00}")
            : string.Create(CultureInfo.InvariantCulture, $"{whole / 60}:{whole % 60:00}");
        return given < 0 && whole > 0 ? "−" + text : text;
    }

    /// <summary>A duration as m:ss, or h:mm:ss from an hour on.</summary>
    public static string Duration(TimeSpan? duration) => Duration(duration?.TotalSeconds);

    /// <summary>A running time in seconds as mm:ss, or h:mm:ss from an hour on, so that it does not change its width every ten minutes.</summary>
    public static string Clock(long seconds)
    {
        var whole = Math.Abs(seconds);
        var text = string.Create(CultureInfo.InvariantCulture, $"{(whole >= 3600 ? $"{whole / 3600}:" : "")}{whole % 3600 / 60:00}:{whole % 60:00}");
        return seconds < 0 ? "−" + text : text;
    }

    /// <summary>A share (0.864) as a percentage (86.4%).</summary>
    public static string Percent(double? share, int digits = 1) =>
        share is { } given && double.IsFinite(given) ? Rounded(given * 100, digits) + "%" : Unknown;

    /// <summary>A number with grouping and at most the given digits.</summary>
    public static string Number(double? value, int digits = 0) =>
        value is { } given && double.IsFinite(given) ? Rounded(given, digits) : Unknown;

    /// <summary>A decimal, points for instance, with grouping and exactly the given digits.</summary>
    public static string Number(decimal? value, int digits) => value?.ToString("N" + digits, CultureInfo.CurrentCulture) ?? Unknown;

    /// <summary>Money with its currency's sign, ¥ by default.</summary>
    public static string Money(decimal? amount, string symbol = "¥") =>
        amount is { } given ? (given < 0 ? "−" : "") + symbol + Math.Abs(given).ToString("N2", CultureInfo.CurrentCulture) : Unknown;

    /// <summary>A change with its sign: +1.2 or −0.6.</summary>
    public static string Change(double? change, int digits = 1) =>
        change is { } given && double.IsFinite(given) ? (given < 0 ? "−" : "+") + Rounded(Math.Abs(given), digits) : Unknown;

    /// <summary>A date as 2026-11-21.</summary>
    public static string Date(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? Unknown;

    /// <summary>A moment in the given zone as 2026-11-21 09:30.</summary>
    public static string Moment(DateTimeOffset? moment, TimeZoneInfo zone) =>
        moment is { } given ? TimeZoneInfo.ConvertTime(given, zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : Unknown;

    // Halves go away from zero, as people and browsers round.
    private static string Rounded(double value, int digits) => Math.Round(value, digits, MidpointRounding.AwayFromZero).ToString("N" + digits, CultureInfo.CurrentCulture);
}
