using System.Globalization;

namespace Evenhand.Analytics.Kpis;

/// <summary>How a parameter's text is read.</summary>
public enum ParameterKind
{
    /// <summary>One of a few words.</summary>
    Choice,

    /// <summary>Seconds: <c>20</c>, <c>90s</c>, <c>2m</c>; shown as the plain number.</summary>
    Seconds,

    /// <summary>A longer time: <c>12h</c>, <c>7d</c>; shown in days from two days on, else in the greatest whole unit.</summary>
    Window,

    /// <summary>A percentage point from 0 to 100: <c>90</c>.</summary>
    Percent,
}

/// <summary>A parameter of a KPI: its name, what it may be and what it is when nobody says.</summary>
public sealed record KpiParameter
{
    /// <summary>The word that turns a limit off (see <see cref="CanBeOff"/>).</summary>
    public const string Off = "off";

    /// <summary>Lower-case name, unique in its KPI.</summary>
    public required string Name { get; init; }

    /// <summary>How its text is read.</summary>
    public ParameterKind Kind { get; init; }

    /// <summary>The value when none is set: a value, or the name of another parameter of the same kind whose value it then follows.</summary>
    public required string Default { get; init; }

    /// <summary>For <see cref="ParameterKind.Choice"/>: the words allowed. Otherwise empty.</summary>
    public IReadOnlyList<string> Allowed { get; init; } = [];

    /// <summary>Least value of a number, in seconds or percentage points.</summary>
    public int Min { get; init; }

    /// <summary>Greatest value of a number, in seconds or percentage points.</summary>
    public int Max { get; init; } = 86400;

    /// <summary>True when <c>off</c> is allowed too: no wait is then within the limit.</summary>
    public bool CanBeOff { get; init; }

    /// <summary>What may be written, for people: the words, or the bounds.</summary>
    public IReadOnlyList<string> Permits() => Kind == ParameterKind.Choice
        ? Allowed
        : [$"{Show(Min)}–{Show(Max)}", .. CanBeOff ? [Off] : Array.Empty<string>()];

    /// <summary>Reads a value; null when it is not permitted.</summary>
    internal ParameterValue? Read(string text)
    {
        text = text.Trim();
        if (Kind == ParameterKind.Choice)
            return Allowed.Contains(text) ? new(text, 0) : null;
        if (CanBeOff && text == Off)
            return new(Off, -1);
        return Number(text) is { } number && number >= Min && number <= Max ? new(Show(number), number) : null;
    }

    private long? Number(string text)
    {
        var unit = Kind == ParameterKind.Percent || text.Length == 0 ? 1 : text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86400, _ => 0 };
        var digits = unit == 0 || Kind == ParameterKind.Percent ? text : text[..Math.Max(0, text.Length - 1)];
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? (long)number * Math.Max(1, unit) : null;
    }

    private string Show(long number) => Kind != ParameterKind.Window ? Text(number)
        : number >= 2 * 86400 && number % 86400 == 0 ? Text(number / 86400) + "d"
        : number % 3600 == 0 ? Text(number / 3600) + "h"
        : number % 60 == 0 ? Text(number / 60) + "m"
        : Text(number);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A parameter's value in its one written form, and as a number for limits.</summary>
internal readonly record struct ParameterValue(string Text, long Number);
