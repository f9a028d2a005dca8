using Evenhand.Analytics.Dispersion;

namespace Evenhand.Analytics.Diagnosis;

/// <summary>Step 2: do people rest enough, evenly, and not all at the peak? Removes special causes.</summary>
internal static class BreakStep
{
    public static (StepReport Step, IReadOnlyList<TeamBreaks> Figures) Judge(DiagnosisInput input, DiagnosisSettings settings)
    {
        if (!input.HasStateLog) return (ThreeStepDiagnosis.NotJudged(2, Reasons.NoStateLog), []);
        var counted = input.Agents.Where(a => a.BreakRate is not null).ToList();
        if (counted.Count == 0) return (ThreeStepDiagnosis.NotJudged(2, Reasons.NoBreaks), []);

        var findings = new List<Finding>();
        var figures = new List<TeamBreaks>();
        foreach (var team in counted.GroupBy(a => a.Team).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var breaks = Measure(team.Key, [.. team], input.Peaks);
            figures.Add(breaks);
            findings.AddRange(OfTeam(breaks, settings));
            findings.AddRange(AtPeaks(breaks.Team, input.Peaks, settings));
            findings.AddRange(SpecialCauses(breaks, team, settings));
        }
        if (counted.Count < input.Agents.Count) findings.Add(new Finding(Findings.AgentsLeftOut, FindingWeight.Note, null, null, [input.Agents.Count - counted.Count]));
        return (ThreeStepDiagnosis.Judged(2, findings, () => Recommend(findings)), figures);
    }

    private static TeamBreaks Measure(string team, IReadOnlyList<AgentFigures> agents, IReadOnlyList<PeakMoment> peaks)
    {
        var own = peaks.Where(p => p.Team == team && p.SignedIn > 0).ToList();
        var idle = Sample.Of(agents.Where(a => a.IdleRate is not null).Select(a => a.IdleRate!.Value));
        return new TeamBreaks(
            team,
            Sample.Of(agents.Select(a => a.BreakRate!.Value)),
            Sample.Of(agents.Where(a => a.PeakBreakRate is not null).Select(a => a.PeakBreakRate!.Value)),
            idle.Count == 0 ? null : idle.Mean,
            own.MaxBy(p => (double)p.OnBreak / p.SignedIn),
            [.. own.SelectMany(p => p.Left).GroupBy(a => a).Select(g => KeyValuePair.Create(g.Key, g.Count())).OrderByDescending(p => p.Value).ThenBy(p => p.Key, StringComparer.Ordinal)]);
    }

    private static IEnumerable<Finding> OfTeam(TeamBreaks team, DiagnosisSettings settings)
    {
        var (mean, band) = (team.Whole.Mean, settings.Breaks);
        if (mean < settings.LowBreak && team.Idle >= settings.HighIdle) yield return Problem(Findings.LetPeopleRest, mean, team.Idle.Value, settings.LowBreak, settings.HighIdle);
        else if (mean < band.Low) yield return Problem(Findings.BreaksLow, mean, band.Low, band.High);
        if (mean > band.High) yield return Problem(Findings.BreaksHigh, mean, band.Low, band.High);
        if (team.Whole.Count < settings.LeastAgents) yield return new Finding(Findings.TeamTooSmall, FindingWeight.Note, team.Team, null, [team.Whole.Count, settings.LeastAgents]);
        else if (team.Whole.Cv > settings.CvLimit) yield return Problem(Findings.BreaksUneven, team.Whole.Cv.Value, settings.CvLimit);
        if (team.Peak.Count >= settings.LeastAgents && team.Peak.Cv > settings.CvLimit) yield return Problem(Findings.PeakBreaksUneven, team.Peak.Cv.Value, settings.CvLimit);

        Finding Problem(string code, params object[] arguments) => new(code, FindingWeight.Problem, team.Team, null, arguments);
    }

    // Over several peaks their share together is judged: in a small team a single crowded quarter hour is chance, and is only told.
    private static IEnumerable<Finding> AtPeaks(string team, IReadOnlyList<PeakMoment> peaks, DiagnosisSettings settings)
    {
        var own = peaks.Where(p => p.Team == team && p.SignedIn > 0).ToList();
        var over = own.Where(p => IsOver(p.OnBreak, p.SignedIn)).ToList();
        var (onBreak, signedIn) = (own.Sum(p => p.OnBreak), own.Sum(p => p.SignedIn));
        if (own.Count > 1 && IsOver(onBreak, signedIn))
            yield return new Finding(Findings.PeaksOverLimit, FindingWeight.Problem, team, null, [(double)onBreak / signedIn, settings.PeakShare, over.Count, own.Count]);
        foreach (var p in over)
            yield return new Finding(Findings.PeakOverLimit, own.Count == 1 ? FindingWeight.Problem : FindingWeight.Note, team, null, [p.OnBreak, p.SignedIn, settings.PeakShare, p.At, string.Join(", ", p.Left)]);

        bool IsOver(int away, int of) => (double)away / of >= settings.PeakShare - 1e-9;
    }

    private static IEnumerable<Finding> SpecialCauses(TeamBreaks team, IEnumerable<AgentFigures> agents, DiagnosisSettings settings)
    {
        if (team.Whole.Count < settings.LeastAgents || team.Whole.StandardDeviation is not > 0) return [];
        return from a in agents
               let away = (a.BreakRate!.Value - team.Whole.Mean) / team.Whole.StandardDeviation.Value
               where Math.Abs(away) > settings.SpecialCauseDeviations
               orderby Math.Abs(away) descending
               select new Finding(Findings.SpecialCause, FindingWeight.Note, team.Team, a.Agent, [a.BreakRate!.Value, team.Whole.Mean, away]);
    }

    private static string Recommend(List<Finding> findings)
    {
        bool Any(string code) => findings.Exists(f => f.Code == code && f.Weight == FindingWeight.Problem);
        if (Any(Findings.PeakOverLimit) || Any(Findings.PeaksOverLimit)) return Actions.MoveBreaksOffPeak;
        if (Any(Findings.LetPeopleRest)) return Actions.LetPeopleRest;
        return Any(Findings.BreaksUneven) || Any(Findings.PeakBreaksUneven) ? Actions.SpeakWithAgents : Actions.ReviewBreakRule;
    }
}
