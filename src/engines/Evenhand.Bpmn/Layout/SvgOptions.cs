using System.Collections.Immutable;

namespace Evenhand.Bpmn.Layout;

/// <summary>What is to be seen of an instance on the drawing of its process.</summary>
public enum Highlight
{
    /// <summary>A token stands here.</summary>
    Active,

    /// <summary>A token passed; of a flow: it was taken.</summary>
    Done,

    /// <summary>It was refused or cancelled here.</summary>
    Rejected,
}

/// <summary>Light or dark ground.</summary>
public enum Theme
{
    /// <summary>Dark ink on light ground.</summary>
    Light,

    /// <summary>Light ink on dark ground.</summary>
    Dark,
}

/// <summary>How a drawing is to look.</summary>
public sealed record SvgOptions
{
    /// <summary>Ids of nodes and flows to set off, and how; unknown ids are passed over.</summary>
    public IReadOnlyDictionary<string, Highlight> Highlights { get; init; } = ImmutableDictionary<string, Highlight>.Empty;

    /// <summary>Numbers shown at the upper right corner of nodes, by id; zero and less are not shown, above 999 is `999+`.</summary>
    public IReadOnlyDictionary<string, int> Counters { get; init; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>Colours; a page can override them by the classes `bpmn-…`.</summary>
    public Theme Theme { get; init; }

    /// <summary>Pixels of the picture for one of the drawing; over 0, at most 10.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>Room around the drawing, in its pixels; not negative.</summary>
    public double Padding { get; init; } = 16;

    /// <summary>What the picture is called for those who do not see it; null for the names of its pools or processes.</summary>
    public string? Title { get; init; }
}
