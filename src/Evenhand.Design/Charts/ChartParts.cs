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

    private static readonly double[] Steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 21_600, 43_200];

    public static object Grid(bool legend = false, bool named = false) => new { left = 4, right = named ? 84 : 12, top = legend ? 36 : 14, bottom = 4, outerBoundsMode = "same", outerBoundsContain = "axisLabel" };

    public static object? Legend(int series) =>
        series < 2 ? null : new { top = 0, right = 0, icon = "roundRect", itemWidth = 10, itemHeight = 10, itemGap = 16, type = "plain", textStyle = new { color = "$soft", fontSize = 12 } };

    public static object Categories(IReadOnlyList<string> names, bool gap) => new { type = "category", data = names, boundaryGap = gap, fit = gap && names.Count <= 12 ? true : (bool?)null };

    public static object Values(Figure figure, IEnumerable<double?>? values = null, bool fromZero = true)
    {
        var scale = figure == Figure.Duration && values is not null ? DurationScale(values, fromZero) : null;
        return new { type = "value", scale = !fromZero, splitNumber = 4, min = scale?.Min, max = scale?.Max, interval = scale?.Step, axisLabel = new { formatter = figure.Formatter } };
    }

    // Time is read in quarters and minutes, not in tens: 2:30, 3:00, 3:30 rather than 2:30, 3:20, 4:10.
    public static (double Min, double Max, double Step)? DurationScale(IEnumerable<double?> values, bool fromZero)
    {
        var known = values.Where(value => value is { } given && double.IsFinite(given)).Select(value => value!.Value).ToArray();
        if (known.Length == 0) return null;
        var (low, high) = (fromZero ? Math.Min(0, known.Min()) : known.Min(), known.Max());
        var step = Steps.Append(Math.Max(1, Math.Ceiling((high - low) / 5 / 86_400)) * 86_400).First(step => (high - low) / step <= 5);
        var (min, max) = (Math.Floor(low / step) * step, Math.Ceiling(high / step) * step);
        return (min, max > min ? max : min + step, step);
    }

    /// <summary>Height of a row of labels above a chart whose marks stand upright; neighbours get rows of their own.</summary>
    public const int MarkRow = 15;

    public static object? Lines(IReadOnlyList<Mark>? marks, Figure figure, string axis = "yAxis") => marks is not { Count: > 0 } ? null : new
    {
        silent = true,
        symbol = "none",
        data = marks.Select((mark, at) => new Dictionary<string, object>
        {
            [axis] = mark.Value,
            ["lineStyle"] = new { color = mark.Colour, type = "dashed", width = 1.25 },
            ["label"] = new { formatter = $"{mark.Name} {figure.Formatter}", position = "end", distance = axis == "xAxis" ? 5 + MarkRow * (marks.Count - 1 - at) : 5, color = mark.Colour, fontSize = 12 },
        }).ToArray(),
    };

    public static IReadOnlyList<IReadOnlyList<string>> Table(IReadOnlyList<string> categories, IReadOnlyList<Series> series, Figure figure) =>
        [.. categories.Select((category, at) => (IReadOnlyList<string>)[category, .. series.Select(run => figure.Text(run.Values.ElementAtOrDefault(at)))])];
}
