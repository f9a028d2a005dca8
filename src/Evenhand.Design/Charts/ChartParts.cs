namespace Evenhand.Design;

/// <summary>A straight line across a chart: a target, a mean.</summary>
/// <param name="Name">What it stands for.</param>
/// <param name="Value">Where it lies on the value axis.</param>
/// <param name="Colour">A colour token.</param>
public sealed record Mark(string Name, double Value, string Colour = "$muted");

/// <summary>What the builders have in common.</summary>
internal static class ChartParts
{
    public static readonly string[] Palette = ["$series-1", "$series-2", "$series-3", "$series-4", "$series-5", "$series-6"];

    public static readonly string[] Heat = ["$heat-0", "$heat-1", "$heat-2", "$heat-3", "$heat-4", "$heat-5"];

    public static readonly int[] RoundTop = [3, 3, 0, 0];

    public static object Grid(bool legend = false, int right = 12) => new { left = 4, right, top = legend ? 36 : 14, bottom = 4, outerBoundsMode = "same", outerBoundsContain = "axisLabel" };

    public static object? Legend(int series) =>
        series < 2 ? null : new { top = 0, right = 0, icon = "roundRect", itemWidth = 10, itemHeight = 10, itemGap = 16, type = "plain", textStyle = new { color = "$soft", fontSize = 12 } };

    public static object Categories(IReadOnlyList<string> names, bool gap) => new { type = "category", data = names, boundaryGap = gap };

    public static object Values(Figure figure, string? name = null, bool fromZero = true) =>
        new { type = "value", scale = !fromZero, splitNumber = 4, name, axisLabel = new { formatter = figure.Formatter } };

    public static object? Lines(IReadOnlyList<Mark>? marks, Figure figure, string axis = "yAxis") => marks is not { Count: > 0 } ? null : new
    {
        silent = true,
        symbol = "none",
        data = marks.Select(mark => new Dictionary<string, object>
        {
            [axis] = mark.Value,
            ["lineStyle"] = new { color = mark.Colour, type = "dashed", width = 1.25 },
            ["label"] = new { formatter = $"{mark.Name} {figure.Formatter}", position = axis == "yAxis" ? "insideEndTop" : "end", color = mark.Colour, fontSize = 12 },
        }).ToArray(),
    };

    public static IReadOnlyList<IReadOnlyList<string>> Table(IReadOnlyList<string> categories, IReadOnlyList<Series> series, Figure figure) =>
        [.. categories.Select((category, at) => (IReadOnlyList<string>)[category, .. series.Select(run => figure.Text(run.Values.ElementAtOrDefault(at)))])];
}
