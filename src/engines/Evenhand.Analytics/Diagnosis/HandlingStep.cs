using Evenhand.Analytics.ControlCharts;

namespace Evenhand.Analytics.Diagnosis;

/// <summary>Step 3: does the handling time move, since when, and what changed then? Improves common causes.</summary>
internal static class HandlingStep
{
    public static (StepReport Step, IReadOnlyList<HandlingChart> Charts) Judge(DiagnosisInput input, DiagnosisSettings settings)
    {
        if (!input.HasCallLog) return (ThreeStepDiagnosis.NotJudged(3, Reasons.NoCallLog), []);
        if (!input.Handling.Any(s => s.Days.Count >= settings.LeastDays)) return (ThreeStepDiagnosis.NotJudged(3, Reasons.TooFewDays), Draw(input));

        var findings = new List<Finding>();
        var charts = new List<HandlingChart>();
        foreach (var series in input.Handling.Where(s => s.Days.Count >= 2))
        {
            if (series.Days.Count < settings.LeastDays)
            {
                findings.Add(new Finding(Findings.SeriesTooShort, FindingWeight.Note, series.Team, null, [series.Days.Count, settings.LeastDays]));
                charts.Add(Chart(series, values => Charts.Individuals(values, RuleSet.None), [], settings.EventDays));
                continue;
            }
            var chart = Chart(series, values => Charts.IndividualsRebased(values, settings.Rules, settings.Shifts), input.Events, settings.EventDays);
            charts.Add(chart);
            findings.AddRange(chart.Shifts.SelectMany(s => OfShift(s, series.Team)));
            findings.AddRange(chart.Chart.Level.Signals.Select(s => OfSignal(s, chart)));
        }
        return (ThreeStepDiagnosis.Judged(3, findings, () => findings.Exists(f => f.Code == Findings.HandlingShift) ? Actions.LookIntoTheShift : Actions.LookIntoTheSignal), charts);
    }

    public static IReadOnlyList<HandlingChart> Draw(DiagnosisInput input) =>
        [.. input.Handling.Where(s => s.Days.Count >= 2).Select(s => Chart(s, values => Charts.Individuals(values, RuleSet.None), [], 0))];

    private static HandlingChart Chart(HandlingSeries series, Func<IReadOnlyList<double>, ChartPair> draw, IReadOnlyList<KnownEvent> events, int eventDays)
    {
        var days = series.Days.OrderBy(d => d.Date).ToList();
        var chart = draw([.. days.Select(d => d.Seconds)]);
        return new HandlingChart(series.Team, [.. days.Select(d => d.Date)], chart, [.. chart.Level.Shifts.Select(Date)]);

        DatedShift Date(Shift shift)
        {
            var (date, earliest, latest) = (days[shift.Index].Date, days[shift.Earliest].Date, days[shift.Latest].Date);
            // A change takes effect between the last day before the shift and its first day after: closed days lie in between.
            var from = days[shift.Earliest - 1].Date.AddDays(1 - eventDays);
            var changes = events.Where(e => e.Date >= (from < earliest ? from : earliest) && e.Date <= latest.AddDays(eventDays)).OrderBy(e => Math.Abs(e.Date.DayNumber - date.DayNumber)).ThenBy(e => e.Date);
            return new DatedShift(shift, date, earliest, latest, [.. changes]);
        }
    }

    private static IEnumerable<Finding> OfShift(DatedShift dated, string? team)
    {
        yield return new Finding(Findings.HandlingShift, FindingWeight.Problem, team, null, [dated.Date, dated.Earliest, dated.Latest, dated.Shift.Before, dated.Shift.After]);
        foreach (var change in dated.Changes) yield return new Finding(Findings.ChangedThen, FindingWeight.Note, team, null, [dated.Date, change.Date, change.Kind, change.Title]);
        if (dated.Changes.Count == 0) yield return new Finding(Findings.NothingKnownChanged, FindingWeight.Note, team, null, [dated.Date]);
    }

    private static Finding OfSignal(ChartSignal signal, HandlingChart chart) => new(
        Findings.HandlingSignal, signal.Rule.Grade == RunGrade.Watch ? FindingWeight.Note : FindingWeight.Problem, chart.Team, null,
        [signal.Rule.Code, chart.Dates[signal.At], chart.Dates[signal.From], signal.Side]);
}
