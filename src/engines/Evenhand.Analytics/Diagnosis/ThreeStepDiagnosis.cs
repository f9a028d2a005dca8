using Evenhand.Analytics.ControlCharts;

namespace Evenhand.Analytics.Diagnosis;

/// <summary>
/// The three steps of floor management, in their order: occupancy, then breaks (special causes), then handling time (common causes). A later step is
/// reported only once the earlier one is under control; what was not measured is never judged.
/// </summary>
public static class ThreeStepDiagnosis
{
    /// <summary>Judges a centre over a period.</summary>
    /// <param name="input">The figures; rates as shares.</param>
    /// <param name="settings">The limits; the dictionary's own when null.</param>
    /// <exception cref="ArgumentException">A figure is outside its bounds; the message names the agent, team or day.</exception>
    public static DiagnosisReport Judge(DiagnosisInput input, DiagnosisSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(input);
        settings ??= new DiagnosisSettings();
        Check(input);
        var (first, occupancy) = OccupancyStep.Judge(input, settings);
        var (second, breaks) = Blocking(first) is { } ? (Withhold(2, first), []) : BreakStep.Judge(input, settings);
        var blocker = Blocking(first) ?? Blocking(second);
        // Missing data is nobody's fault: the call log may still be looked at. A step out of control has to be mended first.
        var forInformation = blocker is { Status: StepStatus.CannotJudge } && input.HasCallLog;
        var (third, charts) = blocker is null ? HandlingStep.Judge(input, settings)
            : (Withhold(3, blocker), forInformation ? HandlingStep.Draw(input) : []);
        var action = new[] { first, second, third }.Select(s => s.Action).FirstOrDefault(a => a is not null) ?? Actions.KeepWatching;
        return new DiagnosisReport(first, second, third, occupancy, breaks, charts, forInformation && charts.Count > 0, action);
    }

    private static StepReport? Blocking(StepReport step) => step.Status is StepStatus.OutOfControl or StepStatus.CannotJudge ? step : null;

    private static StepReport Withhold(int step, StepReport blocker) => new(
        step, StepStatus.Withheld, blocker.Status == StepStatus.OutOfControl ? Reasons.EarlierStepOutOfControl : Reasons.EarlierStepNotJudged, blocker.Step, [], null);

    internal static StepReport NotJudged(int step, string reason) => new(step, StepStatus.CannotJudge, reason, null, [], Actions.RecordTheMissing);

    internal static StepReport Judged(int step, List<Finding> findings, Func<string> action)
    {
        var wrong = findings.Exists(f => f.Weight == FindingWeight.Problem);
        return new StepReport(step, wrong ? StepStatus.OutOfControl : StepStatus.InControl, null, null, [.. findings.OrderByDescending(f => f.Weight)], wrong ? action() : null);
    }

    private static void Check(DiagnosisInput input)
    {
        foreach (var a in input.Agents)
        {
            if (!(a.AtWorkSeconds >= 0) || !double.IsFinite(a.AtWorkSeconds)) throw new ArgumentException($"Agent {a.Agent}: time at work is {a.AtWorkSeconds} s; give 0 or more.");
            foreach (var rate in new[] { a.Occupancy, a.BreakRate, a.PeakBreakRate, a.IdleRate })
                if (rate is { } r && r is not (>= 0 and <= 1)) throw new ArgumentException($"Agent {a.Agent}: a rate is {r}; give a share between 0 and 1, or null when not measured.");
        }
        foreach (var p in input.Peaks)
            if (p.SignedIn < 0 || p.OnBreak < 0 || p.OnBreak > p.SignedIn) throw new ArgumentException($"Team {p.Team} at {p.At:u}: {p.OnBreak} on break of {p.SignedIn} signed in cannot be.");
        foreach (var s in input.Handling)
        {
            if (s.Days.GroupBy(d => d.Date).FirstOrDefault(g => g.Count() > 1) is { } twice) throw new ArgumentException($"Series {s.Team ?? "centre"}: day {twice.Key:O} is given twice.");
            if (s.Days.FirstOrDefault(d => d.Seconds is not (>= 0 and < double.PositiveInfinity)) is { } bad) throw new ArgumentException($"Series {s.Team ?? "centre"}: day {bad.Date:O} has {bad.Seconds} s; give 0 or more.");
        }
    }
}
