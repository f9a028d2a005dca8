using System.Globalization;
using Evenhand.Analytics.ControlCharts;
using Evenhand.Analytics.Diagnosis;
using Evenhand.Design;
using Evenhand.Kernel.Text;

namespace Evenhand.Measurement.Diagnosis;

/// <summary>The diagnosis in words a team leader understands.</summary>
internal sealed class DiagnosisWords(Texts texts)
{
    // One letter an argument: p share, n ratio, i count, d day, m moment, s seconds, g deviations, r rule, k kind of event, w side, a agents, t text.
    private static readonly Dictionary<string, string> Shapes = new()
    {
        [Findings.OccupancyLow] = "pppii",
        [Findings.OccupancyHigh] = "pppii",
        [Findings.OccupancyUnevenWithin] = "nn",
        [Findings.OccupancyUnevenBetween] = "nn",
        [Findings.AgentsLeftOut] = "i",
        [Findings.TeamTooSmall] = "ii",
        [Findings.BreaksHigh] = "ppp",
        [Findings.BreaksLow] = "ppp",
        [Findings.LetPeopleRest] = "pppp",
        [Findings.BreaksUneven] = "nn",
        [Findings.PeakBreaksUneven] = "nn",
        [Findings.PeaksOverLimit] = "ppii",
        [Findings.PeakOverLimit] = "iipma",
        [Findings.SpecialCause] = "ppg",
        [Findings.HandlingSignal] = "rddw",
        [Findings.HandlingShift] = "dddss",
        [Findings.ChangedThen] = "ddkt",
        [Findings.NothingKnownChanged] = "d",
        [Findings.SeriesTooShort] = "ii",
    };

    public string Of(Diagnose.Diagnosed diagnosed, Finding finding)
    {
        var shape = Shapes.GetValueOrDefault(finding.Code, "");
        object?[] words = [TeamOrAll(diagnosed, finding.Team), finding.Agent is null ? "" : diagnosed.AgentName(finding.Agent),
            .. finding.Arguments.Select((argument, at) => Word(at < shape.Length ? shape[at] : 't', argument, diagnosed))];
        var slight = finding.Code == Findings.OccupancyLow && Equals(finding.Arguments[3], finding.Arguments[4]);
        return texts[$"measurement.finding-{finding.Code}{(slight ? "-slightly" : "")}", words];
    }

    /// <summary>A team's name; without one, what was looked at as a whole.</summary>
    public string TeamOrAll(Diagnose.Diagnosed diagnosed, string? team) =>
        team is null ? diagnosed.Unit?.Name ?? texts["measurement.all"] : diagnosed.TeamName(team, texts["measurement.no-team"]);

    public string Step(int step) => texts[$"measurement.step-{step}"];

    public string Question(int step) => texts[$"measurement.step-{step}-question"];

    public string Status(StepStatus status) => texts[$"measurement.status-{Code(status)}"];

    /// <summary>Why a step has no judgement; null when it has one.</summary>
    public string? Reason(StepReport step) => step.Reason is null ? null : texts[$"measurement.reason-{step.Reason}", step.BlockedBy is { } by ? Step(by) : ""];

    public string Action(string code) => texts[$"measurement.action-{code}"];

    public string Rule(string code) => texts[$"measurement.rule-{code}"];

    public string Rules(RuleSet set) => texts[$"measurement.rules-{set.Code}"];

    /// <summary>The price of a rule set: how often it cries wolf.</summary>
    public string FalseAlarms(RuleSet set) => set.InControlRunLength is { } length
        ? texts["measurement.false-alarms", Format.Number(length), Format.Percent(set.FalseAlarmRate)] : texts["measurement.false-alarms-unknown"];

    public string Kind(string kind) => texts[$"measurement.event-{kind}"];

    /// <summary>One sentence on what a step found, for the row of steps on top.</summary>
    public string Summary(Diagnose.Diagnosed diagnosed, StepReport step) => step.Status switch
    {
        StepStatus.Withheld or StepStatus.CannotJudge => Reason(step)!,
        StepStatus.InControl => texts[$"measurement.step-{step.Step}-fine"],
        _ => texts["measurement.problems", step.Findings.Count(f => f.Weight == FindingWeight.Problem), Of(diagnosed, step.Findings[0])],
    };

    /// <summary>A status as data carries it: `in-control`, `out-of-control`, `cannot-judge`, `withheld`.</summary>
    public static string Code(StepStatus status) => status switch
    {
        StepStatus.InControl => "in-control",
        StepStatus.OutOfControl => "out-of-control",
        StepStatus.CannotJudge => "cannot-judge",
        _ => "withheld",
    };

    public static Status Tint(StepStatus status) => status switch
    {
        StepStatus.InControl => Design.Status.Ok,
        StepStatus.OutOfControl => Design.Status.Bad,
        StepStatus.CannotJudge => Design.Status.Warn,
        _ => Design.Status.None,
    };

    /// <summary>A ratio such as a CV: two digits, a third where it tells.</summary>
    public static string Ratio(double? ratio) => ratio?.ToString("0.00#", CultureInfo.CurrentCulture) ?? Format.Unknown;

    private string Word(char shape, object value, Diagnose.Diagnosed diagnosed) => (shape, value) switch
    {
        ('p', double share) => Format.Percent(share),
        ('n', double ratio) => Ratio(ratio),
        ('s', double seconds) => Format.Duration(seconds),
        ('g', double deviations) => Format.Change(deviations),
        ('i', int count) => Format.Number(count),
        ('d', DateOnly day) => Format.Date(day),
        ('m', DateTimeOffset moment) => moment.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        ('r', string rule) => Rule(rule),
        ('k', string kind) => Kind(kind),
        ('w', int side) => texts[side > 0 ? "measurement.side-up" : side < 0 ? "measurement.side-down" : "measurement.side-none"],
        ('a', string codes) => codes.Length == 0 ? texts["measurement.nobody"] : string.Join(texts["measurement.list-comma"], codes.Split(", ").Select(diagnosed.AgentName)),
        _ => Convert.ToString(value, CultureInfo.CurrentCulture) ?? "",
    };
}
