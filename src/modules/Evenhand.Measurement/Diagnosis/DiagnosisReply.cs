using Evenhand.Analytics.Diagnosis;
using Evenhand.Analytics.Dispersion;
using Evenhand.Analytics.Kpis;

namespace Evenhand.Measurement.Diagnosis;

/// <summary>The diagnosis as the API and the command answer it. Rates and CVs are shares 0–1, times seconds, days of the centre's calendar.</summary>
internal sealed record DiagnosisReply(DateOnly From, DateOnly To, string Zone, string? Unit, DiagnosisReply.RulesUsed Rules, string HandlingTime,
    IReadOnlyList<DiagnosisReply.Definition> Definitions, IReadOnlyList<DiagnosisReply.StepTold> Steps, IReadOnlyList<DiagnosisReply.ShiftFound> Shifts, string Action, string ActionText)
{
    /// <param name="FalseAlarmRate">Expected false alarms per point in control.</param>
    /// <param name="PointsToFalseAlarm">Mean number of points in control between two of them.</param>
    public sealed record RulesUsed(string Code, string Name, IReadOnlyList<string> Rules, double? FalseAlarmRate, double? PointsToFalseAlarm, string Source);

    public sealed record Definition(string Code, int Version, IReadOnlyDictionary<string, string> Parameters);

    /// <param name="Step">1 occupancy, 2 breaks, 3 handling time.</param>
    /// <param name="Status">`in-control`, `out-of-control`, `cannot-judge` or `withheld`.</param>
    /// <param name="Judged">False where figures are shown without a judgement.</param>
    public sealed record StepTold(int Step, string Name, string Status, bool Judged, string? Reason, string? ReasonText, int? BlockedBy,
        IReadOnlyList<FindingTold> Findings, object? Figures, string? Action, string? ActionText);

    public sealed record FindingTold(string Code, string Weight, string? Team, string? Agent, IReadOnlyList<object> Args, string Text);

    /// <param name="Team">Code of the team; null for all together.</param>
    public sealed record ShiftFound(string? Team, DateOnly Date, DateOnly Earliest, DateOnly Latest, double Before, double After, double Strength, IReadOnlyList<KnownEvent> Changes);

    public static DiagnosisReply Of(Diagnose.Diagnosed diagnosed, DiagnosisWords words)
    {
        var (report, rules) = (diagnosed.Report, diagnosed.Rules);
        StepTold Told(StepReport step, object? figures) => new(step.Step, words.Step(step.Step), DiagnosisWords.Code(step.Status), step.Status is StepStatus.InControl or StepStatus.OutOfControl,
            step.Reason, words.Reason(step), step.BlockedBy,
            [.. step.Findings.Select(f => new FindingTold(f.Code, f.Weight == FindingWeight.Problem ? "problem" : "note", f.Team, f.Agent, f.Arguments, words.Of(diagnosed, f)))],
            figures, step.Action, step.Action is null ? null : words.Action(step.Action));
        return new(diagnosed.From, diagnosed.To, diagnosed.Centre.Zone.Id, diagnosed.Unit?.Code,
            new(rules.Code, words.Rules(rules), [.. rules.Rules.Select(r => r.Code)], rules.FalseAlarmRate, rules.InControlRunLength, rules.Source),
            diagnosed.HandlingCode,
            [.. diagnosed.Definitions.Select(d => new Definition(d.Code, d.Version, d.Parameters))],
            [Told(report.Occupancy, Occupancy(diagnosed)), Told(report.Breaks, Breaks(diagnosed)), Told(report.Handling, Handling(diagnosed))],
            [.. report.HandlingCharts.SelectMany(c => c.Shifts.Select(s => new ShiftFound(c.Team, s.Date, s.Earliest, s.Latest, s.Shift.Before, s.Shift.After, s.Shift.Strength, s.Changes)))],
            report.Action, words.Action(report.Action));
    }

    private static object? Occupancy(Diagnose.Diagnosed diagnosed) => diagnosed.Report.OccupancyFigures is not { } figures ? null : new
    {
        Definition = "OCC",
        Band = new[] { diagnosed.Limits.Occupancy.Low, diagnosed.Limits.Occupancy.High },
        Mean = figures.Centre,
        BetweenCv = figures.Spread.BetweenCv,
        WithinCv = figures.Spread.WithinCv,
        diagnosed.Limits.CvLimit,
        figures.HeadCount,
        Teams = figures.Teams.Select(t => new { t.Team, t.Agents, t.Mean, AgentMean = t.Spread.Mean, t.Spread.StandardDeviation, t.Spread.Cv, t.HeadCount }).ToList(),
    };

    private static object? Breaks(Diagnose.Diagnosed diagnosed) => diagnosed.Report.BreakFigures.Count == 0 ? null : new
    {
        Definition = "AUX",
        Band = new[] { diagnosed.Limits.Breaks.Low, diagnosed.Limits.Breaks.High },
        diagnosed.Limits.CvLimit,
        diagnosed.Limits.PeakShare,
        diagnosed.PeakHours,
        Teams = diagnosed.Report.BreakFigures.Select(t => new
        {
            t.Team,
            Whole = Spread(t.Whole),
            Peak = Spread(t.Peak),
            t.Idle,
            WorstPeak = t.WorstPeak is not { } peak ? null : new { peak.At, peak.OnBreak, peak.SignedIn, peak.Left },
            LeftAtPeak = t.LeftAtPeak.Select(l => new { Agent = l.Key, Times = l.Value }).ToList(),
        }).ToList(),
    };

    private static object? Handling(Diagnose.Diagnosed diagnosed) => diagnosed.Report.HandlingCharts.Count == 0 ? null : new
    {
        Definition = diagnosed.HandlingCode,
        ForInformationOnly = diagnosed.Report.HandlingForInformation,
        Charts = diagnosed.Report.HandlingCharts.Select(c => new
        {
            c.Team,
            Points = c.Chart.Level.Points.Select(p => new { Date = c.Dates[p.Index], p.Value, p.Limits.Centre, p.Limits.Lower, p.Limits.Upper, Violated = p.Violated.Select(r => r.Code).ToList() }).ToList(),
            Signals = c.Chart.Level.Signals.Select(s => new { Rule = s.Rule.Code, From = c.Dates[s.From], At = c.Dates[s.At], To = c.Dates[s.To], s.Side }).ToList(),
        }).ToList(),
    };

    private static object? Spread(Sample sample) => sample.Count == 0 ? null : new { Agents = sample.Count, sample.Mean, sample.StandardDeviation, sample.Cv };
}
