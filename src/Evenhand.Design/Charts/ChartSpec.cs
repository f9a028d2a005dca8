namespace Evenhand.Design;

/// <summary>A chart: how it is drawn, and the same figures as a table for those who cannot or would not look at a drawing.</summary>
/// <param name="Option">An ECharts option, serialisable. Colours are tokens such as <c>$accent</c>; <c>formatter</c>s are names such as <c>@duration</c>; <c>formats</c> lists each series' format for the tooltip.</param>
/// <param name="Headings">The table's headings.</param>
/// <param name="Rows">The table's rows, already formatted.</param>
public sealed record ChartSpec(object Option, IReadOnlyList<string> Headings, IReadOnlyList<IReadOnlyList<string>> Rows);

/// <summary>How a chart's figures read; the browser formats as <see cref="Format"/> does.</summary>
/// <param name="Name">The name the browser knows it by.</param>
public sealed record Figure(string Name)
{
    /// <summary>Whole numbers.</summary>
    public static readonly Figure Whole = new("whole");

    /// <summary>Up to two decimals.</summary>
    public static readonly Figure Number = new("number");

    /// <summary>Seconds as m:ss.</summary>
    public static readonly Figure Duration = new("duration");

    /// <summary>A share, 0.864, as 86.4%.</summary>
    public static readonly Figure Percent = new("percent");

    /// <summary>Money in yuan.</summary>
    public static readonly Figure Money = new("money");

    /// <summary>The figure as text, for the table.</summary>
    public string Text(double? value) => Name switch
    {
        "whole" => Format.Number(value),
        "duration" => Format.Duration(value),
        "percent" => Format.Percent(value),
        "money" => value is { } amount ? Format.Money((decimal)amount) : Format.Unknown,
        _ => Format.Number(value, 2),
    };

    internal string Formatter => "@" + Name;
}

/// <summary>A named run of values, one a category; null where there is none.</summary>
/// <param name="Name">What the reader sees in legend and tooltip.</param>
/// <param name="Values">One value for each category.</param>
/// <param name="Colour">A colour token such as <c>$ok</c>; the palette's next by default.</param>
public sealed record Series(string Name, IReadOnlyList<double?> Values, string? Colour = null);
