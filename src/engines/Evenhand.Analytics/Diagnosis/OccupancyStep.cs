using Evenhand.Analytics.Dispersion;

namespace Evenhand.Analytics.Diagnosis;

/// <summary>Step 1: is the work right for the people there are, and evenly spread?</summary>
internal static class OccupancyStep
{
    public static (StepReport Step, OccupancyFigures? Figures) Judge(DiagnosisInput input, DiagnosisSettings settings)
    {
        if (!input.HasStateLog) return (ThreeStepDiagnosis.NotJudged(1, Reasons.NoStateLog), null);
        var counted = input.Agents.Where(a => a.Occupancy is not null && a.AtWorkSeconds > 0).ToList();
        if (counted.Count == 0) return (ThreeStepDiagnosis.NotJudged(1, Reasons.NoOccupancy), null);

        var spread = TeamSpread.Of(counted.Select(a => new TeamValue(a.Team, a.Occupancy!.Value)));
        var teams = counted.GroupBy(a => a.Team).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new TeamOccupancy(g.Key, g.Count(), Mean(g), spread.Teams[g.Key], HeadCount(g.Count(), Mean(g), settings))).ToList();
        var figures = new OccupancyFigures(Mean(counted), HeadCount(counted.Count, Mean(counted), settings), teams, spread);

        var findings = teams.SelectMany(t => OfTeam(t, settings)).ToList();
        if (spread.BetweenCv > settings.CvLimit) findings.Add(new Finding(Findings.OccupancyUnevenBetween, FindingWeight.Problem, null, null, [spread.BetweenCv.Value, settings.CvLimit]));
        if (counted.Count < input.Agents.Count) findings.Add(new Finding(Findings.AgentsLeftOut, FindingWeight.Note, null, null, [input.Agents.Count - counted.Count]));
        return (ThreeStepDiagnosis.Judged(1, findings, () => Recommend(findings, figures, settings)), figures);
    }

    private static IEnumerable<Finding> OfTeam(TeamOccupancy team, DiagnosisSettings settings)
    {
        var band = settings.Occupancy;
        if (team.Mean < band.Low) yield return Problem(Findings.OccupancyLow, team.Mean, band.Low, band.High, team.Agents, team.HeadCount);
        if (team.Mean > band.High) yield return Problem(Findings.OccupancyHigh, team.Mean, band.Low, band.High, team.Agents, team.HeadCount - team.Agents);
        if (team.Agents < settings.LeastAgents) yield return new Finding(Findings.TeamTooSmall, FindingWeight.Note, team.Team, null, [team.Agents, settings.LeastAgents]);
        else if (team.Spread.Cv > settings.CvLimit) yield return Problem(Findings.OccupancyUnevenWithin, team.Spread.Cv.Value, settings.CvLimit);

        Finding Problem(string code, params object[] arguments) => new(code, FindingWeight.Problem, team.Team, null, arguments);
    }

    private static string Recommend(List<Finding> findings, OccupancyFigures figures, DiagnosisSettings settings)
    {
        bool Any(string code) => findings.Exists(f => f.Code == code);
        if (figures.Centre > settings.Occupancy.High) return Actions.AddPeople;
        if (figures.Centre < settings.Occupancy.Low && !Any(Findings.OccupancyHigh)) return Actions.UseCapacity;
        return Actions.EvenOut;
    }

    private static double Mean(IEnumerable<AgentFigures> agents)
    {
        double talk = 0, work = 0;
        foreach (var a in agents) (talk, work) = (talk + a.Occupancy!.Value * a.AtWorkSeconds, work + a.AtWorkSeconds);
        return talk / work;
    }

    // The work stays the same: n agents at this occupancy carry n·occupancy, shared out at the middle of the band.
    private static int HeadCount(int agents, double occupancy, DiagnosisSettings settings) => (int)Math.Ceiling(agents * occupancy / settings.Occupancy.Middle - 1e-9);
}
