using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.WebUtilities;

namespace Evenhand.Design;

/// <summary>Which rows of a list are asked for: page, order, conditions, columns, all as the address carries them.</summary>
public sealed class GridQuery
{
    /// <summary>The most rows on a page.</summary>
    public const int LargestSize = 200;

    private static readonly HashSet<string> Own = new(StringComparer.OrdinalIgnoreCase) { "page", "size", "sort", "show", "format" };

    /// <summary>The path the list stands at.</summary>
    public string Path { get; private init; } = "/";

    /// <summary>The page, from 1.</summary>
    public int Page { get; private init; } = 1;

    /// <summary>Rows on a page, 1 to <see cref="LargestSize"/>.</summary>
    public int Size { get; private init; } = 20;

    /// <summary>The key of the column sorted by, or null for the list's own order.</summary>
    public string? Sort { get; private init; }

    /// <summary>Whether the order is descending.</summary>
    public bool Descending { get; private init; }

    /// <summary>The keys of the columns chosen; null for all.</summary>
    public IReadOnlySet<string>? Shown { get; private init; }

    /// <summary>The conditions: every other value of the query that is not empty.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Filters { get; private init; } = [];

    /// <summary>Rows before the page.</summary>
    public int Skip => (Page - 1) * Size;

    /// <summary>Rows of the page.</summary>
    public int Take => Size;

    /// <summary>A condition's value, or null.</summary>
    public string? this[string filter] => Filters.FirstOrDefault(pair => string.Equals(pair.Key, filter, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>Reads an address, absolute or relative; what cannot be read falls back to its default.</summary>
    public static GridQuery Parse(string address, int size = 20)
    {
        var uri = new Uri(new Uri("http://local"), address);
        var values = QueryHelpers.ParseQuery(uri.Query);
        string? One(string name) => values.TryGetValue(name, out var found) ? found.ToString() : null;
        var sort = One("sort");
        var chosen = values.TryGetValue("show", out var show) ? show.SelectMany(keys => (keys ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries)).ToHashSet(StringComparer.Ordinal) : [];
        return new()
        {
            Path = uri.AbsolutePath,
            Page = int.TryParse(One("page"), NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? Math.Clamp(page, 1, 1_000_000) : 1,
            Size = int.TryParse(One("size"), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? Math.Clamp(asked, 1, LargestSize) : size,
            Sort = string.IsNullOrEmpty(sort) ? null : sort.TrimStart('-'),
            Descending = sort is ['-', ..],
            Shown = chosen.Count == 0 ? null : chosen,
            Filters = [.. values.Where(pair => !Own.Contains(pair.Key)).SelectMany(pair => pair.Value.Where(value => !string.IsNullOrEmpty(value)).Select(value => KeyValuePair.Create(pair.Key, value!)))],
        };
    }

    /// <summary>The address of another page of the same list.</summary>
    public string ToPage(int page) => Path + Query([.. Filters, .. Order(Sort, Descending), .. Shape(page)]);

    /// <summary>The address of the same list in another order: ascending first, descending when it already was.</summary>
    public string ToSort(string key) => Path + Query([.. Filters, .. Order(key, key == Sort && !Descending), .. Shape(1)]);

    /// <summary>The address of the list without conditions.</summary>
    public string ToUnfiltered() => Path + Query([.. Order(Sort, Descending), .. Shape(1)]);

    /// <summary>The address of an export of all rows that meet the conditions, in this order.</summary>
    public string ToExport(string path, string format) => path + Query([.. Filters, .. Order(Sort, Descending), new("format", format)], path.Contains('?', StringComparison.Ordinal) ? '&' : '?');

    /// <summary>What a filter form has to carry along.</summary>
    public IEnumerable<KeyValuePair<string, string>> Kept() => [.. Order(Sort, Descending), .. Shape(1)];

    /// <summary>What the choice of columns has to carry along.</summary>
    public IEnumerable<KeyValuePair<string, string>> KeptByColumns() => [.. Filters, .. Order(Sort, Descending), .. Shape(1).Where(pair => pair.Key != "show")];

    private IEnumerable<KeyValuePair<string, string>> Shape(int page)
    {
        if (page > 1) yield return new("page", page.ToString(CultureInfo.InvariantCulture));
        if (Size != 20) yield return new("size", Size.ToString(CultureInfo.InvariantCulture));
        if (Shown is not null) yield return new("show", string.Join(',', Shown.Order(StringComparer.Ordinal)));
    }

    private static IEnumerable<KeyValuePair<string, string>> Order(string? sort, bool descending) => sort is null ? [] : [new("sort", (descending ? "-" : "") + sort)];

    private static string Query(IReadOnlyList<KeyValuePair<string, string>> values, char lead = '?') =>
        values.Count == 0 ? "" : lead + string.Join('&', values.Select(pair => $"{UrlEncoder.Default.Encode(pair.Key)}={UrlEncoder.Default.Encode(pair.Value)}"));
}
