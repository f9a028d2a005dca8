using System.Globalization;
using Evenhand.Analytics.Dispersion;
using Evenhand.Analytics.Kpis;
using Evenhand.Design;
using Evenhand.Measurement.Periods;

namespace Evenhand.Measurement.Teams;

/// <summary>A figure agent by agent: a box from the first to the third quartile for each team, every agent a dot.</summary>
internal static class SpreadChart
{
    /// <summary>One agent's dot.</summary>
    /// <param name="Team">Place of the team among the names.</param>
    public sealed record Dot(int Team, string Name, double Value, string Href);

    private static readonly int[] BoxWidth = [14, 46];

    /// <param name="teams">Names of the teams with their samples.</param>
    /// <param name="dots">The agents.</param>
    /// <param name="unit">The figure's unit.</param>
    /// <param name="name">The figure's name.</param>
    /// <param name="headings">Of the table: team, agents, mean, standard deviation, CV, least, median, most.</param>
    public static ChartSpec Of(IReadOnlyList<(string Name, Sample Sample)> teams, IReadOnlyList<Dot> dots, KpiUnit unit, string name, IReadOnlyList<string> headings)
    {
        var figure = KpiWords.Chart(unit);
        var format = "@" + figure.Name;
        return new(new
        {
            formats = new[] { figure.Name, figure.Name },
            tooltip = new { trigger = "item" },
            grid = new { left = 4, right = 12, top = 14, bottom = 4, outerBoundsMode = "same", outerBoundsContain = "axisLabel" },
            xAxis = new { type = "category", data = teams.Select(t => t.Name).ToArray(), axisLabel = new { interval = 0, hideOverlap = true } },
            yAxis = new { type = "value", scale = true, splitNumber = 4, axisLabel = new { formatter = format } },
            series = new object[]
            {
                new
                {
                    type = "boxplot", name, silent = true, boxWidth = BoxWidth, itemStyle = new { color = "$sunken", borderColor = "$muted", borderWidth = 1.25 },
                    data = teams.Select(t => new[] { t.Sample.Percentile(0), t.Sample.Percentile(0.25), t.Sample.Percentile(0.5), t.Sample.Percentile(0.75), t.Sample.Percentile(1) }).ToArray(),
                },
                new
                {
                    type = "scatter", name, color = "$series-1", symbolSize = 8, itemStyle = new { opacity = 0.75 },
                    data = dots.Select(d => new { value = new object[] { d.Team, d.Value }, title = d.Name, href = d.Href }).ToArray(),
                },
            },
        }, headings, [.. teams.Select(t => (IReadOnlyList<string>)[t.Name, t.Sample.Count.ToString(CultureInfo.CurrentCulture), figure.Text(t.Sample.Mean), figure.Text(t.Sample.StandardDeviation), Format.Number(t.Sample.Cv, 2),
            figure.Text(t.Sample.Percentile(0)), figure.Text(t.Sample.Percentile(0.5)), figure.Text(t.Sample.Percentile(1))])]);
    }
}
