namespace Evenhand.Design;

/// <summary>How often values fall into adjoining bins.</summary>
public static class HistogramOption
{
    /// <summary>Builds the chart.</summary>
    /// <param name="edges">The bins' edges in ascending order, one more than <paramref name="counts"/>, evenly spaced.</param>
    /// <param name="counts">How many values fall into each bin, its lower edge included.</param>
    /// <param name="figure">How the edges read.</param>
    /// <param name="name">What is counted.</param>
    /// <param name="heading">What the bins are, for the table.</param>
    /// <param name="marks">The mean, limits and the like, on the axis of values.</param>
    /// <exception cref="ArgumentException">The numbers of edges and counts do not fit.</exception>
    public static ChartSpec Of(IReadOnlyList<double> edges, IReadOnlyList<int> counts, Figure figure, string name, string heading = "", IReadOnlyList<Mark>? marks = null)
    {
        if (edges.Count != counts.Count + 1) throw new ArgumentException($"{counts.Count} bins have {counts.Count + 1} edges, not {edges.Count}.", nameof(edges));
        var bins = counts.Select((_, at) => $"{figure.Text(edges[at])}–{figure.Text(edges[at + 1])}").ToArray();
        return new(new
        {
            color = ChartParts.Palette,
            formats = new[] { Figure.Whole.Name },
            tooltip = new { trigger = "item" },
            grid = new { left = 4, right = 16, top = 14 + ChartParts.MarkRow * (marks?.Count ?? 0), bottom = 4, outerBoundsMode = "same", outerBoundsContain = "axisLabel" },
            xAxis = new { type = "value", min = edges[0], max = edges[^1], interval = figure == Figure.Duration ? ChartParts.DurationScale([edges[0], edges[^1]], false)?.Step : null, splitLine = new { show = false }, axisLabel = new { formatter = figure.Formatter } },
            yAxis = ChartParts.Values(Figure.Whole),
            series = new object[]
            {
                new
                {
                    type = "bar",
                    name,
                    barWidth = "94%",
                    itemStyle = new { borderRadius = ChartParts.RoundTop },
                    data = counts.Select((count, at) => new { value = new[] { (edges[at] + edges[at + 1]) / 2, count }, title = bins[at] }).ToArray(),
                    markLine = ChartParts.Lines(marks, figure, "xAxis"),
                },
            },
        }, [heading, name], [.. bins.Select((bin, at) => (IReadOnlyList<string>)[bin, Format.Number(counts[at])])]);
    }
}
