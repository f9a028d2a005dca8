namespace Evenhand.Design;

/// <summary>One or more runs of values over time.</summary>
public static class LineOption
{
    /// <summary>Builds the chart.</summary>
    /// <param name="categories">The points in time as shown, oldest first.</param>
    /// <param name="series">The runs; a gap is drawn where a value is null.</param>
    /// <param name="figure">How the values read.</param>
    /// <param name="heading">What the categories are, for the table.</param>
    /// <param name="marks">Targets and the like.</param>
    /// <param name="area">Fills the ground below the lines.</param>
    /// <param name="fromZero">Whether the axis begins at zero.</param>
    public static ChartSpec Of(IReadOnlyList<string> categories, IReadOnlyList<Series> series, Figure figure, string heading = "", IReadOnlyList<Mark>? marks = null, bool area = false, bool fromZero = true) =>
        new(new
        {
            color = ChartParts.Palette,
            formats = series.Select(_ => figure.Name).ToArray(),
            grid = ChartParts.Grid(series.Count > 1, marks is { Count: > 0 }),
            legend = ChartParts.Legend(series.Count),
            xAxis = ChartParts.Categories(categories, gap: false),
            yAxis = ChartParts.Values(figure, series.SelectMany(run => run.Values).Concat(marks?.Select(mark => (double?)mark.Value) ?? []), fromZero),
            series = series.Select((run, at) => new
            {
                type = "line",
                name = run.Name,
                data = run.Values,
                color = run.Colour,
                showSymbol = categories.Count <= 1,
                symbolSize = 6,
                lineStyle = new { width = 2 },
                areaStyle = area ? new { opacity = 0.1 } : null,
                emphasis = new { disabled = true },
                markLine = at == 0 ? ChartParts.Lines(marks, figure) : null,
            }).ToArray(),
        }, [heading, .. series.Select(run => run.Name)], ChartParts.Table(categories, series, figure));
}
