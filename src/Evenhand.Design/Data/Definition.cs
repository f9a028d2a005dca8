namespace Evenhand.Design;

/// <summary>How a figure is defined, shown beside it.</summary>
/// <param name="Code">The figure's code in the dictionary.</param>
/// <param name="Version">The definition's version.</param>
/// <param name="Text">What it means, in a sentence or two.</param>
public sealed record Definition(string Code, string Version, string Text)
{
    /// <summary>The formula as written in the dictionary.</summary>
    public string? Formula { get; init; }

    /// <summary>The parameters in force: name and value.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; init; } = [];

    /// <summary>Where the whole definition can be read.</summary>
    public string? Href { get; init; }
}

/// <summary>A change against the period before.</summary>
/// <param name="Text">With its sign, such as +1.2%.</param>
/// <param name="Against">What it is compared with, such as "yesterday".</param>
/// <param name="Good">Whether the change is for the better; null when it is neither.</param>
/// <param name="Direction">Above zero for up, below for down, zero for unchanged.</param>
public sealed record Delta(string Text, string Against, bool? Good, int Direction)
{
    /// <summary>A change of a figure for which more (or less) is better; a difference that reads as zero is neither.</summary>
    public static Delta Of(double change, string text, string against, bool? moreIsBetter) =>
        new(text, against, change == 0 || moreIsBetter is null ? null : change > 0 == moreIsBetter, Math.Sign(change));
}
