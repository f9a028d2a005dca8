namespace Evenhand.Design;

/// <summary>Values by category.</summary>
public static class BarOption
{
    /// <summary>Builds the chart.</summary>
    /// <param name="categories">What is compared.</param>
    /// <param name="series">One run or more.</param>
    /// <param name="figure">How the values read.</param>
    /// <param name="heading">What the categories are, for the table.</param>
    /// <param name="stacked">Puts the runs on top of each other.</param>
    /// <param name="horizontal">Lays the bars, for long names.</param>
    /// <param name="marks">Targets and the like.</param>
    public static ChartSpec Of(IReadOnlyList<string> categories, IReadOnlyList<Series> series, Figure figure, string heading = "", bool stacked = false, bool horizontal = false, IReadOnlyList<Mark>? marks = null)
    {
        var names = horizontal ? (object)new { type = "category", data = categories, inverse = true } : ChartParts.Categories(categories, gap: true);
        var values = ChartParts.Values(figure, stacked ? null : series.SelectMany(run => run.Values));
        return new(new
        {
            color = ChartParts.Palette,
            formats = series.Select(_ => figure.Name).ToArray(),
            tooltip = new { axisPointer = new { type = "shadow" } },
            grid = ChartParts.Grid(series.Count > 1, horizontal || marks is { Count: > 0 }),
            legend = ChartParts.Legend(series.Count),
            xAxis = horizontal ? values : names,
            yAxis = horizontal ? names : values,
            series = series.Select((run, at) => new
            {
                type = "bar",
                name = run.Name,
                data = run.Values,
                color = run.Colour,
                stack = stacked ? "all" : null,
                barMaxWidth = 28,
                itemStyle = new { borderRadius = stacked ? 0 : 3 },
                label = horizontal && series.Count == 1 ? new { show = true, position = "right", color = "$soft", fontSize = 12, formatter = figure.Formatter } : null,
                emphasis = new { disabled = true },
                markLine = at == 0 ? ChartParts.Lines(marks, figure, horizontal ? "xAxis" : "yAxis") : null,
            }).ToArray(),
        }, [heading, .. series.Select(run => run.Name)], ChartParts.Table(categories, series, figure));
    }

    /// <summary>A Pareto chart: causes by weight, with the share that they make up together.</summary>
    /// <param name="causes">Name and weight, in any order.</param>
    /// <param name="figure">How the weights read.</param>
    /// <param name="weight">What is weighed.</param>
    /// <param name="together">The name of the cumulative share.</param>
    /// <param name="heading">What the causes are, for the table.</param>
    public static ChartSpec Pareto(IReadOnlyList<KeyValuePair<string, double>> causes, Figure figure, string weight, string together, string heading = "")
    {
        var sorted = causes.OrderByDescending(cause => cause.Value).ToArray();
        var total = sorted.Sum(cause => cause.Value);
        var running = 0.0;
        var shares = sorted.Select(cause => total == 0 ? 0 : (running += cause.Value) / total).ToArray();
        return new(new
        {
            color = ChartParts.Palette,
            formats = new[] { figure.Name, Figure.Percent.Name },
            tooltip = new { axisPointer = new { type = "shadow" } },
            grid = ChartParts.Grid(legend: true),
            legend = ChartParts.Legend(2),
            xAxis = ChartParts.Categories([.. sorted.Select(cause => cause.Key)], gap: true),
            yAxis = new[] { ChartParts.Values(figure), new { type = "value", min = 0, max = 1, splitLine = new { show = false }, axisLabel = new { formatter = "@percent" } } },
            series = new object[]
            {
                new { type = "bar", name = weight, data = sorted.Select(cause => cause.Value).ToArray(), barMaxWidth = 36, itemStyle = new { borderRadius = 3 }, emphasis = new { disabled = true } },
                new { type = "line", name = together, yAxisIndex = 1, data = shares, color = "$series-3", symbol = "circle", symbolSize = 6, emphasis = new { disabled = true } },
            },
        }, [heading, weight, together], [.. sorted.Select((cause, at) => (IReadOnlyList<string>)[cause.Key, figure.Text(cause.Value), Format.Percent(shares[at])])]);
    }
}
