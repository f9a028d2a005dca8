using System.Globalization;
using Evenhand.Analytics.Diagnosis;
using Evenhand.Design;
using Evenhand.Kernel.Text;

namespace Evenhand.Measurement.Diagnosis;

/// <summary>The pictures of the three steps.</summary>
internal sealed class DiagnosisCharts(Diagnose.Diagnosed diagnosed, DiagnosisWords words, Texts texts)
{
    public ChartSpec Occupancy(OccupancyFigures figures) => ByTeam([.. figures.Teams.Select(t => (t.Team, t.Mean))], texts["measurement.mean-occupancy"], diagnosed.Limits.Occupancy);

    public ChartSpec Breaks(IReadOnlyList<TeamBreaks> figures) => ByTeam([.. figures.Select(t => (t.Team, t.Whole.Mean))], texts["measurement.mean-breaks"], diagnosed.Limits.Breaks);

    /// <summary>The control chart of one series: limits by phase, points that break a rule marked with it.</summary>
    public ChartSpec Handling(HandlingChart chart)
    {
        var level = chart.Chart.Level;
        var phaseOf = level.Phases.SelectMany(p => Enumerable.Repeat(p, p.End - p.Start)).ToList();
        return ControlChartOption.Of([.. level.Points.Select(point => new ControlPoint(
            chart.Dates[point.Index].ToString("MM-dd", CultureInfo.InvariantCulture), point.Value, point.Limits.Centre, Math.Max(0, point.Limits.Lower), point.Limits.Upper)
        {
            Violations = [.. point.Violated.Select(r => words.Rule(r.Code))],
            Phase = level.Phases.Count < 2 ? null : texts["measurement.since", chart.Dates[phaseOf[point.Index].Start].ToString("MM-dd", CultureInfo.InvariantCulture)],
        })], Design.Figure.Duration, texts[$"measurement.daily-{diagnosed.HandlingCode}"], texts["measurement.day"], texts["measurement.rules-broken"]);
    }

    /// <summary>Whether a chart has something to say: a shift, or a point that broke a rule.</summary>
    public static bool Speaks(HandlingChart chart) => chart.Shifts.Count > 0 || chart.Chart.Level.Signals.Count > 0;

    private ChartSpec ByTeam(IReadOnlyList<(string Team, double Mean)> teams, string name, Band band)
    {
        var names = teams.Select(t => words.TeamOrAll(diagnosed, t.Team)).ToList();
        return BarOption.Of(names, [new Series(name, [.. teams.Select(t => (double?)t.Mean)])], Design.Figure.Percent, texts["measurement.team"], horizontal: true,
            marks: [new Mark("", band.Low, "$ok"), new Mark("", band.High, "$warn")]);
    }
}
