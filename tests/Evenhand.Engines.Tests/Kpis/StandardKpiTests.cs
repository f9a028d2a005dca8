using System.Globalization;
using Evenhand.Analytics.Kpis;

namespace Evenhand.Engines.Tests.Kpis;

/// <summary>A shift worked out by hand: two agents signed in from 9:00 to 17:00, an hour's meal each.</summary>
public sealed class StandardKpiTests
{
    private static Counters Shift()
    {
        var shift = new Counters
        {
            [Counter.Offered] = 110,
            [Counter.TimedOut] = 3,
            [Counter.KeyExit] = 2,
            [Counter.Transferred] = 8,
            [Counter.RingNoAnswer] = 25,
            [Counter.TalkInInterval] = 30_000,
            [Counter.HoldInInterval] = 2_000,
            [Counter.AfterContactInInterval] = 4_000,
            [Counter.SignedInSeconds] = 57_600,
            [Counter.MealSeconds] = 7_200,
            [Counter.BreakSeconds] = 4_608,
            [Counter.AvailableSeconds] = 5_760,
            [Counter.TrainingSeconds] = 2_400,
            [Counter.MeetingSeconds] = 1_632,
            [Counter.RosteredSeconds] = 64_000,
            [Counter.InScheduledStateSeconds] = 48_000,
            [Counter.Identified] = 80,
            [Counter.Orders] = 20,
            [Counter.SurveysAsked] = 100,
            [Counter.SurveysAnswered] = 25,
            [Counter.SatisfiedAnswers] = 20,
            [Counter.DissatisfiedAnswers] = 2,
            [Counter.RecommendAnswers] = 10,
            [Counter.Promoters] = 2,
            [Counter.Detractors] = 5,
            [Counter.Complaints] = 1,
            [Counter.CostCents] = 123_450,
        };
        for (var i = 1; i <= 100; i++)
        {
            shift.AddAnswered(i % 20);
            shift.AddHandling(talkSeconds: 2 * i, holdSeconds: i % 2 * 10, afterContactSeconds: 30);
        }
        foreach (var wait in (int[])[1, 4, 5, 60, 90])
            shift.AddAbandoned(wait);
        foreach (var hours in (int[])[1, 12, 13, 24, 25])
            shift.Observe(Distribution.Repeat, hours * 3600);
        shift.Observe(Distribution.RepeatSameTopic, 12 * 3600);
        shift.CloseStates();
        return shift;
    }

    [Theory]
    [InlineData("ASA", "", 9.5)]
    [InlineData("ABNWAIT", "", 32)]
    [InlineData("ABN", "", 5 / 110.0)]
    [InlineData("ABN", "ABN.short=5", 2 / 107.0)]
    [InlineData("ABN", "ABN.short=4", 3 / 108.0)]
    [InlineData("ANS", "", 100 / 110.0)]
    [InlineData("RNA", "", 0.2)]
    [InlineData("TRF", "", 0.08)]
    [InlineData("ATT", "", 106)]
    [InlineData("ATT", "ATT.hold=out", 101)]
    [InlineData("HLD", "", 5)]
    [InlineData("ACW", "", 30)]
    [InlineData("AHT", "", 136)]
    [InlineData("AHT", "AHT.hold=out", 131)]
    [InlineData("OCC", "", 32_000 / 50_400.0)]
    [InlineData("OCC", "OCC.hold=out", 30_000 / 50_400.0)]
    [InlineData("OCC", "OCC.variant=talk+acw", 36_000 / 50_400.0)]
    [InlineData("OCC", "OCC.variant=talk+acw; OCC.training=out", 36_000 / 46_368.0)]
    [InlineData("LOG", "", 0.9)]
    [InlineData("AUX", "", 0.08)]
    [InlineData("IDLE", "", 0.1)]
    [InlineData("REST", "", 0.25)]
    [InlineData("TPH", "", 100 / 14.0)]
    [InlineData("FCR", "", 76 / 80.0)]
    [InlineData("FCR", "FCR.window=12h", 78 / 80.0)]
    [InlineData("FCR", "FCR.window=7d", 75 / 80.0)]
    [InlineData("FCR", "FCR.window=24h; FCR.topic=same", 79 / 80.0)]
    [InlineData("WAIT", "", 9)]
    [InlineData("WAIT", "WAIT.percentile=75", 14)]
    [InlineData("WAIT.P50", "", 9)]
    [InlineData("WAIT.P90", "", 17)]
    [InlineData("TALK.P50", "", 104)]
    [InlineData("HANDLE", "HANDLE.percentile=100", 238)]
    [InlineData("ADH", "", 0.75)]
    [InlineData("CVR", "", 0.2)]
    [InlineData("CSAT", "", 0.8)]
    [InlineData("DSAT", "", 0.08)]
    [InlineData("RESP", "", 0.25)]
    [InlineData("NPS", "", -0.3)]
    [InlineData("CPL", "", 100)]
    [InlineData("CPL", "CPL.base=orders", 500)]
    [InlineData("CPC", "", 12.345)]
    [InlineData("OFFERED", "", 110)]
    [InlineData("EXITS", "", 2)]
    [InlineData("ATWORK", "", 50_400)]
    public void Figures_are_those_worked_out_by_hand(string code, string settings, double expected)
    {
        var figure = KpiDictionary.Standard[code].Evaluate(Shift(), KpiSettings.Parse(settings).Required());
        figure.WithheldReason.ShouldBeNull();
        figure.Value!.Value.ShouldBe(expected, 1e-9);
    }

    [Fact]
    public void Handling_time_is_talk_time_and_after_contact_work()
    {
        var shift = Shift();
        double Of(string code) => KpiDictionary.Standard[code].Evaluate(shift).Value!.Value;
        Of("AHT").ShouldBe(Of("ATT") + Of("ACW"), 1e-9);
    }

    [Fact]
    public void The_peak_is_the_earliest_of_the_busiest_intervals_and_its_breaks_are_kept_apart()
    {
        Counters.PeakOf([3, 9, 4, 9]).ShouldBe(1);
        Counters.PeakOf([0, 0]).ShouldBe(-1);
        var (quiet, peak) = (new Counters { [Counter.BreakSeconds] = 900, [Counter.SignedInSeconds] = 900 },
            new Counters { [Counter.BreakSeconds] = 1_800, [Counter.SignedInSeconds] = 10_800 });
        peak.MarkPeak();
        KpiDictionary.Standard["AUXPEAK"].Evaluate(Counters.SumOf([quiet, peak])).Value.ShouldBe(1 / 6.0);
    }

    [Fact]
    public void Every_KPI_withholds_its_value_where_nothing_happened_except_plain_sums()
    {
        foreach (var kpi in KpiDictionary.Standard.All)
        {
            var figure = kpi.Evaluate(new());
            if (kpi.FormulaText.Contains('/', StringComparison.Ordinal) || kpi.FormulaText.StartsWith("percentile", StringComparison.Ordinal))
                (figure.Value, figure.WithheldReason).ShouldBe((null, Withheld.ZeroDenominator), kpi.Code);
            else
                figure.Value.ShouldBe(0, kpi.Code);
        }
    }

    [Theory]
    [InlineData("SL", "", FigureSubject.Agent, FactSources.All, "not-by-agent")]
    [InlineData("SL", "SL.variant=answered", FigureSubject.Agent, FactSources.All, null)]
    [InlineData("ABN", "", FigureSubject.Agent, FactSources.All, "not-by-agent")]
    [InlineData("AHT", "", FigureSubject.Agent, FactSources.All, null)]
    [InlineData("OCC", "", FigureSubject.Queue, FactSources.All, "not-by-queue")]
    [InlineData("AHT", "", FigureSubject.Queue, FactSources.All, null)]
    [InlineData("OCC", "", FigureSubject.Centre, FactSources.Contacts, "needs-state-log")]
    [InlineData("AHT", "", FigureSubject.Centre, FactSources.Contacts, "needs-state-log")]
    [InlineData("ATT", "", FigureSubject.Centre, FactSources.Contacts, null)]
    [InlineData("AUX", "", FigureSubject.Centre, FactSources.Contacts, "needs-state-log")]
    [InlineData("FCR", "", FigureSubject.Centre, FactSources.Contacts, "needs-customers")]
    [InlineData("LOG", "", FigureSubject.Centre, FactSources.States, "needs-roster")]
    [InlineData("CSAT", "", FigureSubject.Centre, FactSources.Contacts, "needs-surveys")]
    public void What_cannot_be_judged_is_withheld_with_the_reason(string code, string settings, FigureSubject subject, FactSources available, string? reason)
    {
        var figure = KpiDictionary.Standard[code].Evaluate(Shift(), KpiSettings.Parse(settings).Required(), subject, available);
        figure.WithheldReason.ShouldBe(reason);
        (figure.Value is null).ShouldBe(reason is not null);
    }

    [Fact]
    public void What_a_KPI_needs_follows_from_its_formula_and_parameters()
    {
        var sl = KpiDictionary.Standard["SL"].Bind(KpiSettings.Parse("SL.variant=answered; SL.threshold=15").Required());
        sl.Requires.ShouldBe([Counter.Answered]);
        sl.RequiresDistributions.ShouldBe([Distribution.WaitAnswered]);
        sl.RequiresSources.ShouldBe(FactSources.Contacts);
        sl.Formula.ShouldBe("answered_within(15) / Answered");
        sl.Definition.Parameters.Keys.ShouldBe(["threshold", "variant"]);
        KpiDictionary.Standard["FCR"].Bind(KpiSettings.Parse("FCR.window=7d").Required()).MaturesAfterSeconds.ShouldBe(7 * 86_400);
        KpiDictionary.Standard["OCC"].Bind().Formula.ShouldBe("(TalkInInterval + HoldInInterval) / AtWorkSeconds");
        KpiDictionary.Standard["ABN"].Bind().Formula.ShouldBe("(Abandoned - abandoned_within(off)) / (Offered - abandoned_within(off))");
    }

    [Fact]
    public void Each_agents_figure_comes_in_the_agents_order()
    {
        var agents = Enumerable.Range(1, 3).Select(n => new Counters { [Counter.Answered] = 10 * n, [Counter.AtWorkSeconds] = 3_600 });
        KpiDictionary.Standard["TPH"].Bind(subject: FigureSubject.Agent).EvaluateEach(agents).Select(f => f.Value).ShouldBe([10.0, 20.0, 30.0]);
    }

    [Fact]
    public void Every_KPI_has_both_names_and_a_code_of_its_own()
    {
        KpiDictionary.Standard.All.Select(k => k.Code).ShouldBeUnique();
        KpiDictionary.Standard.All.ShouldAllBe(k => k.NameZh.Any(c => c >= 0x4E00) && k.NameEn.Length > 2 && k.Version >= 1);
        string[] dictionary = ["SL", "ASA", "ABN", "ANS", "ATT", "ACW", "AHT", "OCC", "LOG", "AUX", "IDLE", "REST", "AUXPEAK", "FCR", "TPH", "CVR", "CSAT", "DSAT", "NPS", "CPL", "CPLT", "ACC", "ATTN", "CPC", "ADH"];
        dictionary.Except(KpiDictionary.Standard.All.Select(k => k.Code)).ShouldBeEmpty();
    }

    [Fact]
    public void Figures_do_not_depend_on_the_threads_culture()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("ar-EG");
            KpiDictionary.Standard["SL"].Bind().Definition.ToString().ShouldBe("SL v1 (threshold=20, variant=offered, flow=out)");
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }
}
