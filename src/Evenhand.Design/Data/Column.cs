using Microsoft.AspNetCore.Components;

namespace Evenhand.Design;

/// <summary>Where a column's cells stand.</summary>
public enum Align
{
    /// <summary>Text, from the left.</summary>
    Text,

    /// <summary>Figures, to the right.</summary>
    Numeric,
}

/// <summary>One column of a <see cref="DataGrid{T}"/>.</summary>
/// <typeparam name="T">The row.</typeparam>
public sealed class Column<T> : ComponentBase
{
    [CascadingParameter] private DataGrid<T>? Grid { get; set; }

    /// <summary>The heading.</summary>
    [Parameter, EditorRequired] public string Title { get; set; } = "";

    /// <summary>The key in the address's <c>sort</c>; without it the column cannot be sorted.</summary>
    [Parameter] public string? SortKey { get; set; }

    /// <summary>The key by which the column can be left out; the sort key by default. Without either it always shows.</summary>
    [Parameter] public string? Key { get; set; }

    /// <summary>Text or figures.</summary>
    [Parameter] public Align Align { get; set; }

    /// <summary>The cell's text.</summary>
    [Parameter] public Func<T, object?>? Value { get; set; }

    /// <summary>The cell's content, in place of a text.</summary>
    [Parameter] public RenderFragment<T>? Template { get; set; }

    /// <summary>On a phone, where a row is a small card, this cell is its heading; the first column by default.</summary>
    [Parameter] public bool Lead { get; set; }

    /// <summary>On a phone this cell stands at the right of the heading: a badge, for instance.</summary>
    [Parameter] public bool Aside { get; set; }

    /// <summary>Never broken over two lines.</summary>
    [Parameter] public bool NoWrap { get; set; }

    internal string? Choice => Key ?? SortKey;

    internal string Css => (Align == Align.Numeric ? "numeric nowrap " : "") + (NoWrap ? "nowrap " : "") + (Aside ? "aside" : "");

    protected override void OnInitialized() =>
        (Grid ?? throw new InvalidOperationException($"The column '{Title}' stands outside a DataGrid's Columns.")).Add(this);
}
