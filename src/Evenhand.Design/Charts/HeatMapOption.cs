namespace Evenhand.Design;

/// <summary>A figure over two divisions, such as weekday and hour.</summary>
public static class HeatMapOption
{
    /// <summary>Builds the chart.</summary>
    /// <param name="rows">The names down the side, first on top: weekdays, for instance.</param>
    /// <param name="columns">The names along the bottom: hours, for instance.</param>
    /// <param name="values">One list a row, one value a column; null leaves the cell empty.</param>
    /// <param name="figure">How the values read.</param>
    /// <param name="name">What is shown.</param>
    /// <param name="href">Where a click on a cell (row, column) leads.</param>
    public static ChartSpec Of(IReadOnlyList<string> rows, IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<double?>> values, Figure figure, string name, Func<int, int, string>? href = null)
    {
        var known = values.SelectMany(row => row).Where(value => value is not null).Select(value => value!.Value).DefaultIfEmpty(0).ToArray();
        var cells =
            from y in Enumerable.Range(0, rows.Count)
            from x in Enumerable.Range(0, columns.Count)
            let value = values[y][x]
            where value is not null
            select new { value = new[] { x, y, value.Value }, title = $"{rows[y]} {columns[x]}", href = href?.Invoke(y, x) };
        return new(new
        {
            formats = new[] { figure.Name },
            tooltip = new { trigger = "item" },
            grid = new { left = 4, right = 4, top = 4, bottom = 34, outerBoundsMode = "same", outerBoundsContain = "axisLabel" },
            xAxis = new { type = "category", data = columns, axisLine = new { show = false }, splitLine = new { show = false } },
            yAxis = new { type = "category", data = rows, inverse = true, axisLine = new { show = false }, splitLine = new { show = false } },
            visualMap = new
            {
                type = "continuous",
                min = Math.Min(0, known.Min()),
                max = known.Max() > 0 ? known.Max() : 1,
                orient = "horizontal",
                left = "center",
                bottom = 0,
                itemWidth = 8,
                itemHeight = 120,
                text = new[] { figure.Text(known.Max()), figure.Text(Math.Min(0, known.Min())) },
                textStyle = new { color = "$muted", fontSize = 12 },
                inRange = new { color = ChartParts.Heat },
            },
            series = new object[]
            {
                new { type = "heatmap", name, data = cells.ToArray(), itemStyle = new { borderColor = "$surface", borderWidth = 2, borderRadius = 4 }, emphasis = new { itemStyle = new { borderColor = "$ink", borderWidth = 1 } } },
            },
        }, ["", .. columns], [.. rows.Select((row, y) => (IReadOnlyList<string>)[row, .. values[y].Select(value => figure.Text(value))])]);
    }
}
