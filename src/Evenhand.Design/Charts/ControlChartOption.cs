namespace Evenhand.Design;

/// <summary>One point of a control chart with the limits that hold for it.</summary>
/// <param name="Label">The point in time as shown.</param>
/// <param name="Value">The figure; null where there is none.</param>
/// <param name="Centre">The centre line.</param>
/// <param name="Lower">The lower limit; null where there is none.</param>
/// <param name="Upper">The upper limit; null where there is none.</param>
public sealed record ControlPoint(string Label, double? Value, double? Centre, double? Lower, double? Upper)
{
    /// <summary>The rules the point breaks, in the reader's words.</summary>
    public IReadOnlyList<string> Violations { get; init; } = [];

    /// <summary>The phase the point belongs to; a line is drawn where it changes.</summary>
    public string? Phase { get; init; }

    /// <summary>Where a click on the point leads.</summary>
    public string? Href { get; init; }
}

/// <summary>A control chart: the figure with centre line and limits by phase, points out of control marked with the rule they break.</summary>
public static class ControlChartOption
{
    /// <summary>Builds the chart.</summary>
    /// <param name="points">The points, oldest first.</param>
    /// <param name="figure">How the values read.</param>
    /// <param name="name">The figure's name.</param>
    /// <param name="heading">What the points are, for the table.</param>
    /// <param name="violations">The heading over the rules broken, for the table.</param>
    public static ChartSpec Of(IReadOnlyList<ControlPoint> points, Figure figure, string name, string heading = "", string violations = "")
    {
        var phases = points.Select((point, at) => (point.Phase, At: at)).Where(point => point.Phase is not null && (point.At == 0 || points[point.At - 1].Phase != point.Phase)).ToArray();
        return new(new
        {
            formats = new[] { figure.Name, figure.Name, figure.Name, figure.Name },
            grid = new { left = 4, right = 92, top = phases.Length > 1 ? 30 : 14, bottom = 4, outerBoundsMode = "same", outerBoundsContain = "axisLabel" },
            xAxis = ChartParts.Categories([.. points.Select(point => point.Label)], gap: true),
            yAxis = ChartParts.Values(figure, points.SelectMany(point => new[] { point.Value, point.Lower, point.Upper }), fromZero: false),
            series = new[]
            {
                new
                {
                    type = "line",
                    name,
                    color = "$series-1",
                    z = 5,
                    symbol = "circle",
                    showAllSymbol = true,
                    symbolSize = points.Count > 60 ? 4 : 6,
                    lineStyle = new { width = 2 },
                    emphasis = new { scale = 1.4 },
                    data = points.Select(Shown).ToArray(),
                    markLine = phases.Length < 2 ? null : new
                    {
                        silent = true,
                        symbol = "none",
                        data = phases.Select(phase => new { xAxis = phase.At, lineStyle = new { color = "$field-line", type = "solid", width = 1 }, label = new { formatter = phase.Phase, color = "$muted", position = "end" } }).ToArray(),
                    },
                },
                Limit("UCL", "$bad", points.Select(point => point.Upper), figure),
                Limit("CL", "$ok", points.Select(point => point.Centre), figure),
                Limit("LCL", "$bad", points.Select(point => point.Lower), figure),
            },
        }, [heading, name, "CL", "LCL", "UCL", violations],
        [.. points.Select(point => (IReadOnlyList<string>)[point.Label, figure.Text(point.Value), figure.Text(point.Centre), figure.Text(point.Lower), figure.Text(point.Upper), string.Join("; ", point.Violations)])]);
    }

    private static object Shown(ControlPoint point) => point.Violations.Count == 0
        ? new { value = point.Value, href = point.Href }
        : new { value = point.Value, href = point.Href, note = point.Violations, symbolSize = 11, itemStyle = new { color = "$bad", borderColor = "$surface", borderWidth = 2 } };

    private static object Limit(string name, string colour, IEnumerable<double?> values, Figure figure) => new
    {
        type = "line",
        name,
        color = colour,
        step = "middle",
        symbol = "none",
        silent = true,
        lineStyle = new { width = 1.25, type = "dashed", color = colour },
        emphasis = new { disabled = true },
        endLabel = new { show = true, formatter = $"{name} {figure.Formatter}", color = "$muted", fontSize = 12, distance = 6 },
        data = values.ToArray(),
    };
}
