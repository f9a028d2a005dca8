using Evenhand.Analytics.Kpis;
using FsCheck;
using FsCheck.Fluent;

namespace Evenhand.Engines.Tests.Kpis;

public sealed class ServiceLevelTests
{
    /// <summary>Case with abandonment: of 100,000 offered 96,909 answered, 94,302 of them within 20 s; 3,091 abandoned, 2,984 of them within 20 s.</summary>
    private static Counters Case()
    {
        var cell = new Counters { [Counter.Offered] = 100_000, [Counter.Answered] = 96_909, [Counter.Abandoned] = 3_091 };
        cell.Set(Distribution.WaitAnswered, Waits((20, 94_302), (21, 96_909 - 94_302)));
        cell.Set(Distribution.WaitAbandoned, Waits((20, 2_984), (21, 3_091 - 2_984)));
        return cell;
    }

    [Theory]
    [InlineData("answered", 0.97310)]
    [InlineData("offered", 0.94302)]
    [InlineData("excluding-short", 0.97203)]
    [InlineData("including-short", 0.97286)]
    public void Four_service_level_definitions_differ(string variant, double expected) =>
        Sl(Case(), $"SL.variant={variant}").Value!.Value.ShouldBe(expected, 0.000005);

    [Fact]
    public void By_default_it_is_answered_within_20_seconds_of_all_answered_and_abandoned()
    {
        var figure = KpiDictionary.Standard["SL"].Evaluate(Case());
        (figure.Numerator, figure.Denominator).ShouldBe((94_302, 100_000));
        figure.Definition.ToString().ShouldBe("SL v1 (threshold=20, variant=offered, flow=out)");
    }

    [Fact]
    public void Callers_the_queue_threw_out_count_only_when_asked_for()
    {
        var cell = Case();
        cell[Counter.TimedOut] = 1_000;
        Sl(cell, "").Denominator.ShouldBe(100_000);
        Sl(cell, "SL.flow=in").Denominator.ShouldBe(101_000);
    }

    [Theory]
    [InlineData("SL.variant=excluding-short; SL.threshold=21", "21")]
    [InlineData("SL.variant=excluding-short; SL.threshold=21; SL.short=5", "5")]
    public void The_short_limit_follows_the_threshold_unless_set(string settings, string limit) =>
        Sl(Case(), settings).Parameters["short"].ShouldBe(limit);

    [Fact]
    public void The_short_limit_itself_is_short()
    {
        var cell = new Counters();
        cell.AddAnswered(20);
        cell.AddAnswered(21);
        cell.AddAbandoned(5);
        cell.AddAbandoned(6);
        Sl(cell, "SL.variant=excluding-short; SL.short=5").Value.ShouldBe(1 / 3.0);
        Sl(cell, "SL.variant=including-short; SL.short=5").Value.ShouldBe(2 / 4.0);
    }

    /// <summary>
    /// All four are monotone, the short limit following or fixed: the numerator can only gain, and only excluding-short's denominator
    /// moves, downwards, never below the numerator.
    /// </summary>
    [Theory]
    [InlineData("answered")]
    [InlineData("offered")]
    [InlineData("excluding-short")]
    [InlineData("including-short")]
    public void A_longer_threshold_never_lowers_any_variant(string variant) =>
        Prop.ForAll(Cells(), Threshold(), Threshold(), (cell, a, b) =>
        {
            var low = Sl(cell, $"SL.variant={variant}; SL.threshold={Math.Min(a, b)}").Value;
            var high = Sl(cell, $"SL.variant={variant}; SL.threshold={Math.Max(a, b)}").Value;
            return low is null || high is null || (low <= high && low >= 0 && high <= 1);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Short_abandons_rank_the_variants() =>
        Prop.ForAll(Cells(), Threshold(), (cell, t) =>
        {
            double? Of(string variant) => Sl(cell, $"SL.variant={variant}; SL.threshold={t}").Value;
            var (offered, excluding, including) = (Of("offered"), Of("excluding-short"), Of("including-short"));
            return offered is null || (offered <= including && (excluding is null || (offered <= excluding && excluding <= including)));
        }).QuickCheckThrowOnFailure();

    private static Figure Sl(Counters cell, string settings) => KpiDictionary.Standard["SL"].Evaluate(cell, KpiSettings.Parse(settings).Required());

    private static Analytics.Intervals.SecondsHistogram Waits(params (int Seconds, long Count)[] waits)
    {
        var histogram = new Analytics.Intervals.SecondsHistogram();
        foreach (var (seconds, count) in waits)
            histogram.AddCount(seconds, count);
        return histogram;
    }

    private static Arbitrary<int> Threshold() => Gen.Choose(0, 120).ToArbitrary();

    private static Arbitrary<Counters> Cells() => Gen.Choose(-120, 120).ListOf().Select(waits =>
    {
        var cell = new Counters();
        foreach (var wait in waits)
            if (wait < 0) cell.AddAbandoned(-wait);
            else cell.AddAnswered(wait);
        return cell;
    }).ToArbitrary();
}
