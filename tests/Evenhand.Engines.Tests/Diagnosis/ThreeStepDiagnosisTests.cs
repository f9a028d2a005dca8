using Evenhand.Analytics.ControlCharts;
using Evenhand.Analytics.Diagnosis;

namespace Evenhand.Engines.Tests.Diagnosis;

public sealed class ThreeStepDiagnosisTests
{
    private static readonly DateOnly Monday = new(2026, 3, 2);
    private static readonly DateTimeOffset Ten = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);

    /// <summary>Ten agents in two teams, everything inside its band: small even differences, so that spreads are not zero.</summary>
    private static List<AgentFigures> Agents(double occupancy = 0.71, double breaks = 0.085, double idle = 0.12) =>
        [.. Enumerable.Range(0, 10).Select(i => new AgentFigures($"a{i}", i < 5 ? "east" : "west", occupancy + (i % 5 - 2) * 0.002, 28_800, breaks + (i % 5 - 2) * 0.001, breaks + (i % 5 - 2) * 0.001, idle))];

    private static DiagnosisInput Input(List<AgentFigures>? agents = null, IReadOnlyList<PeakMoment>? peaks = null, HandlingSeries? handling = null, params KnownEvent[] events) =>
        new(true, true, agents ?? Agents(), peaks ?? [], [handling ?? Steady()], events);

    private static HandlingSeries Steady(int days = 20) => Series(Enumerable.Range(0, days).Select(i => 300.0 + new[] { 0, 6, -7, -2, 3, 4, -6, 1 }[i % 8]));

    private static HandlingSeries Series(IEnumerable<double> seconds) => new(null, [.. seconds.Select((s, i) => new DailyHandling(Monday.AddDays(i), s, 500))]);

    private static IEnumerable<string> Codes(StepReport step) => step.Findings.Where(f => f.Weight == FindingWeight.Problem).Select(f => f.Code).Distinct();

    [Fact]
    public void All_in_control_asks_only_to_keep_watching()
    {
        var report = ThreeStepDiagnosis.Judge(Input());
        new[] { report.Occupancy, report.Breaks, report.Handling }.ShouldAllBe(s => s.Status == StepStatus.InControl && s.Action == null && s.Reason == null);
        report.Action.ShouldBe(Actions.KeepWatching);
        report.OccupancyFigures!.Centre.ShouldBe(0.71, 1e-9);
        report.BreakFigures.Select(t => t.Team).ShouldBe(["east", "west"]);
        report.HandlingCharts.Count.ShouldBe(1);
        report.HandlingForInformation.ShouldBeFalse();
    }

    [Fact]
    public void Without_a_state_log_nothing_is_invented_and_the_call_log_is_shown_unjudged()
    {
        var report = ThreeStepDiagnosis.Judge(Input(handling: Series([.. Enumerable.Repeat(300.0, 10).Select((v, i) => v + i % 2), 900])) with { HasStateLog = false });
        (report.Occupancy.Status, report.Occupancy.Reason).ShouldBe((StepStatus.CannotJudge, Reasons.NoStateLog));
        report.OccupancyFigures.ShouldBeNull();
        foreach (var later in new[] { report.Breaks, report.Handling })
            (later.Status, later.Reason, later.BlockedBy).ShouldBe((StepStatus.Withheld, Reasons.EarlierStepNotJudged, (int?)1));
        report.BreakFigures.ShouldBeEmpty();
        report.HandlingForInformation.ShouldBeTrue();
        report.HandlingCharts.Single().Chart.Level.ShouldSatisfyAllConditions(c => c.Points.Count.ShouldBe(11), c => c.Signals.ShouldBeEmpty(), c => c.Rules.ShouldBe(RuleSet.None));
        report.Handling.Findings.ShouldBeEmpty();
        report.Action.ShouldBe(Actions.RecordTheMissing);
    }

    [Fact]
    public void Without_any_log_not_even_a_chart_is_shown()
    {
        var report = ThreeStepDiagnosis.Judge(Input() with { HasStateLog = false, HasCallLog = false });
        (report.HandlingCharts.Count, report.HandlingForInformation).ShouldBe((0, false));
    }

    [Fact]
    public void Occupancy_out_of_control_withholds_the_later_steps_wholly()
    {
        var report = ThreeStepDiagnosis.Judge(Input(Agents(occupancy: 0.60, breaks: 0.2)));
        Codes(report.Occupancy).ShouldBe([Findings.OccupancyLow]);
        report.Occupancy.Action.ShouldBe(Actions.UseCapacity);
        foreach (var later in new[] { report.Breaks, report.Handling })
            (later.Status, later.Reason, later.BlockedBy, later.Findings.Count).ShouldBe((StepStatus.Withheld, Reasons.EarlierStepOutOfControl, (int?)1, 0));
        (report.BreakFigures.Count, report.HandlingCharts.Count, report.HandlingForInformation).ShouldBe((0, 0, false));
        report.Action.ShouldBe(Actions.UseCapacity);
    }

    [Fact]
    public void Too_high_an_occupancy_says_how_many_to_add()
    {
        var report = ThreeStepDiagnosis.Judge(Input(Agents(occupancy: 0.90)));
        // 10 · 0.90 ÷ 0.715 = 12.6, so 13 people; each team of 5 needs 6.3, so 7.
        report.OccupancyFigures!.HeadCount.ShouldBe(13);
        report.OccupancyFigures.Teams.Select(t => t.HeadCount).ShouldBe([7, 7]);
        var finding = report.Occupancy.Findings.First(f => f.Team == "east");
        finding.Code.ShouldBe(Findings.OccupancyHigh);
        finding.Arguments[^1].ShouldBe(2);
        report.Action.ShouldBe(Actions.AddPeople);
    }

    [Theory]
    [InlineData(0.69, true)]
    [InlineData(0.74, true)]
    [InlineData(0.68, false)]
    [InlineData(0.75, false)]
    public void The_band_includes_its_ends(double occupancy, bool inControl)
    {
        var agents = Agents().Select(a => a with { Occupancy = occupancy, AtWorkSeconds = 1 }).ToList();
        ThreeStepDiagnosis.Judge(Input(agents)).Occupancy.Status.ShouldBe(inControl ? StepStatus.InControl : StepStatus.OutOfControl);
    }

    [Fact]
    public void Occupancy_is_weighted_by_time_at_work()
    {
        List<AgentFigures> agents = [new("a", "t", 0.9, 1000, 0.085), new("b", "t", 0.6, 3000, 0.085)];
        ThreeStepDiagnosis.Judge(Input(agents)).OccupancyFigures!.Centre.ShouldBe(0.675, 1e-12);
    }

    [Fact]
    public void Uneven_agents_inside_a_good_mean_are_out_of_control()
    {
        var agents = Agents().Select((a, i) => a with { Occupancy = i % 5 == 2 ? 0.715 : i % 2 == 0 ? 0.515 : 0.915 }).ToList();
        var report = ThreeStepDiagnosis.Judge(Input(agents));
        Codes(report.Occupancy).ShouldContain(Findings.OccupancyUnevenWithin);
    }

    [Fact]
    public void Uneven_teams_are_told_to_even_out()
    {
        var agents = Agents().Select(a => a with { Occupancy = a.Team == "east" ? 0.55 : 0.88 }).ToList();
        var report = ThreeStepDiagnosis.Judge(Input(agents));
        Codes(report.Occupancy).ShouldBe([Findings.OccupancyLow, Findings.OccupancyHigh, Findings.OccupancyUnevenBetween]);
        report.Action.ShouldBe(Actions.EvenOut);
    }

    [Fact]
    public void Agents_without_figures_are_left_out_and_said_so()
    {
        List<AgentFigures> agents = [.. Agents(), new("absent", "east", null, 0, null), new("nothing", "east", 0.1, 0, 0.085)];
        var report = ThreeStepDiagnosis.Judge(Input(agents));
        report.Occupancy.Status.ShouldBe(StepStatus.InControl);
        report.Occupancy.Findings.Single(f => f.Code == Findings.AgentsLeftOut).Arguments.ShouldBe([2]);
        report.OccupancyFigures!.Teams[0].Agents.ShouldBe(5);
        ThreeStepDiagnosis.Judge(Input([new("absent", "east", null, 0)])).Occupancy.Reason.ShouldBe(Reasons.NoOccupancy);
    }

    [Fact]
    public void Breaks_out_of_their_band_withhold_the_handling_time()
    {
        var report = ThreeStepDiagnosis.Judge(Input(Agents(breaks: 0.12)));
        Codes(report.Breaks).ShouldBe([Findings.BreaksHigh]);
        report.Breaks.Action.ShouldBe(Actions.ReviewBreakRule);
        (report.Handling.Status, report.Handling.BlockedBy, report.HandlingCharts.Count).ShouldBe((StepStatus.Withheld, (int?)2, 0));
        Codes(ThreeStepDiagnosis.Judge(Input(Agents(breaks: 0.07))).Breaks).ShouldBe([Findings.BreaksLow]);
    }

    [Theory]
    [InlineData(0.04, 0.25, Findings.LetPeopleRest)]
    [InlineData(0.04, 0.24, Findings.BreaksLow)]
    [InlineData(0.05, 0.30, Findings.BreaksLow)]
    public void Few_breaks_while_people_wait_means_let_them_rest(double breaks, double idle, string code)
    {
        var agents = Agents(idle: idle).Select(a => a with { BreakRate = breaks }).ToList();
        Codes(ThreeStepDiagnosis.Judge(Input(agents)).Breaks).ShouldBe([code]);
    }

    [Fact]
    public void Uneven_breaks_name_the_agent()
    {
        var agents = Agents();
        agents[3] = agents[3] with { BreakRate = 0.16 };
        List<AgentFigures> one = [.. agents.Select(a => a with { Team = "east" })];
        var report = ThreeStepDiagnosis.Judge(Input(one), new DiagnosisSettings { Breaks = new(0.05, 0.2) });
        Codes(report.Breaks).ShouldBe([Findings.BreaksUneven]);
        var named = report.Breaks.Findings.Single(f => f.Code == Findings.SpecialCause);
        (named.Agent, named.Team).ShouldBe(("a3", "east"));
        ((double)named.Arguments[2]).ShouldBeGreaterThan(2);
        report.Action.ShouldBe(Actions.SpeakWithAgents);
    }

    [Fact]
    public void Breaks_even_over_the_day_may_be_uneven_at_the_peak()
    {
        var agents = Agents().Select((a, i) => a with { PeakBreakRate = i % 5 == 0 ? 0.3 : 0.02 }).ToList();
        Codes(ThreeStepDiagnosis.Judge(Input(agents)).Breaks).ShouldBe([Findings.PeakBreaksUneven]);
    }

    [Theory]
    [InlineData(2, 12, true)]
    [InlineData(1, 12, false)]
    [InlineData(0, 0, false)]
    public void One_sixth_on_break_at_the_peak_alarms(int onBreak, int signedIn, bool alarms)
    {
        var report = ThreeStepDiagnosis.Judge(Input(peaks: [new("east", Ten, onBreak, signedIn, ["a1", "a4"])]));
        Codes(report.Breaks).ShouldBe(alarms ? [Findings.PeakOverLimit] : []);
        report.Breaks.Status.ShouldBe(alarms ? StepStatus.OutOfControl : StepStatus.InControl);
        if (!alarms) return;
        report.Breaks.Findings[0].Arguments.ShouldBe([2, 12, 1.0 / 6, Ten, "a1, a4"]);
        report.Action.ShouldBe(Actions.MoveBreaksOffPeak);
    }

    [Theory]
    [InlineData(2, 1, false)]
    [InlineData(3, 1, true)]
    public void Several_peaks_are_judged_together(int first, int second, bool alarms)
    {
        var report = ThreeStepDiagnosis.Judge(Input(peaks: [new("east", Ten, first, 12, ["a1", "a4"]), new("east", Ten.AddDays(1), second, 12, ["a4"]), new("west", Ten, 12, 12, [])]));
        var east = report.Breaks.Findings.Where(f => f.Team == "east").ToList();
        east.Select(f => (f.Code, f.Weight)).ShouldBe(alarms
            ? [(Findings.PeaksOverLimit, FindingWeight.Problem), (Findings.PeakOverLimit, FindingWeight.Note)] : [(Findings.PeakOverLimit, FindingWeight.Note)]);
        if (alarms) east[0].Arguments.ShouldBe([4 / 24.0, 1.0 / 6, 1, 2]);
        report.BreakFigures.Single(t => t.Team == "east").LeftAtPeak[0].ShouldBe(new KeyValuePair<string, int>("a4", 2));
        report.Breaks.Findings.Single(f => f.Team == "west").Weight.ShouldBe(FindingWeight.Problem);
    }

    [Fact]
    public void State_log_without_breaks_cannot_be_judged_and_shows_the_chart_only()
    {
        var agents = Agents().Select(a => a with { BreakRate = null }).ToList();
        var report = ThreeStepDiagnosis.Judge(Input(agents));
        (report.Breaks.Status, report.Breaks.Reason).ShouldBe((StepStatus.CannotJudge, Reasons.NoBreaks));
        (report.Handling.Status, report.Handling.BlockedBy, report.HandlingForInformation).ShouldBe((StepStatus.Withheld, (int?)2, true));
    }

    [Fact]
    public void A_moved_handling_time_is_dated_and_what_changed_then_is_shown()
    {
        var moved = Series(Steady(40).Days.Select((d, i) => d.Seconds + (i >= 22 ? 40 : 0)));
        var date = Monday.AddDays(22);
        KnownEvent script = new(date, "script", "New greeting"), launch = new(date.AddDays(1), "launch", "Autumn range"), old = new(date.AddDays(-9), "training", "Refunds"), later = new(date.AddDays(9), "roster", "Spring");
        var report = ThreeStepDiagnosis.Judge(Input(null, null, moved, old, later, launch, script));
        report.Handling.Status.ShouldBe(StepStatus.OutOfControl);
        var shift = report.HandlingCharts.Single().Shifts.Single();
        shift.Date.ShouldBe(date);
        shift.Changes.ShouldBe([script, launch]);
        (shift.Shift.After - shift.Shift.Before).ShouldBe(40, 3);
        report.Handling.Findings.Where(f => f.Code == Findings.ChangedThen).Select(f => f.Arguments[3]).ShouldBe(["New greeting", "Autumn range"]);
        report.Action.ShouldBe(Actions.LookIntoTheShift);
        report.HandlingCharts[0].Chart.Level.Phases.Count.ShouldBe(2);

        ThreeStepDiagnosis.Judge(Input(null, null, moved, old)).Handling.Findings.ShouldContain(f => f.Code == Findings.NothingKnownChanged);
    }

    [Fact]
    public void One_wild_day_is_a_signal_without_a_shift()
    {
        var report = ThreeStepDiagnosis.Judge(Input(handling: Series(Steady(30).Days.Select((d, i) => d.Seconds + (i == 17 ? 90 : 0)))));
        var signal = report.Handling.Findings.Single(f => f.Weight == FindingWeight.Problem);
        signal.Arguments.ShouldBe(["nelson-1", Monday.AddDays(17), Monday.AddDays(17), 1]);
        report.Action.ShouldBe(Actions.LookIntoTheSignal);
    }

    [Fact]
    public void A_run_of_six_is_only_watched()
    {
        double[] days = [300, 306, 293, 299, 304, 295, 301, 302, 303, 302, 303, 302, 297, 295, 304, 296];
        var report = ThreeStepDiagnosis.Judge(Input(handling: Series(days)), new DiagnosisSettings { Rules = RuleSet.SixNineTwelve() });
        report.Handling.Status.ShouldBe(StepStatus.InControl);
        report.Handling.Findings.ShouldContain(f => f.Code == Findings.HandlingSignal && (string)f.Arguments[0] == "run-watch");
    }

    [Fact]
    public void A_handling_series_too_short_is_drawn_and_not_judged()
    {
        var report = ThreeStepDiagnosis.Judge(Input(handling: Steady(11)));
        (report.Handling.Status, report.Handling.Reason, report.HandlingCharts.Count).ShouldBe((StepStatus.CannotJudge, Reasons.TooFewDays, 1));
        (ThreeStepDiagnosis.Judge(Input() with { HasCallLog = false }).Handling.Reason).ShouldBe(Reasons.NoCallLog);
    }

    [Fact]
    public void Figures_that_cannot_be_are_refused_by_name()
    {
        Should.Throw<ArgumentException>(() => ThreeStepDiagnosis.Judge(Input([new("wang", "t", 71, 100)]))).Message.ShouldContain("wang");
        Should.Throw<ArgumentException>(() => ThreeStepDiagnosis.Judge(Input(peaks: [new("east", Ten, 3, 2, [])]))).Message.ShouldContain("east");
        Should.Throw<ArgumentException>(() => ThreeStepDiagnosis.Judge(Input(handling: new(null, [new(Monday, 1, 1), new(Monday, 2, 1)])))).Message.ShouldContain("2026-03-02");
    }
}
