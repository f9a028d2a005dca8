using Evenhand.Analytics.ControlCharts;
using MathNet.Numerics.Distributions;

namespace Evenhand.Engines.Tests.ControlCharts;

public sealed class ShiftSearchTests
{
    private static double[] Noise(int seed, params (int Days, double Level)[] levels)
    {
        var chance = new Random(seed);
        return [.. levels.SelectMany(l => Enumerable.Range(0, l.Days).Select(_ => l.Level + Normal.Sample(chance, 0, 10)))];
    }

    [Fact]
    public void A_clear_step_is_dated_to_the_day()
    {
        var shift = new ShiftSearch().DateTheShift([10, 11, 9, 10, 11, 9, 10, 20, 21, 19, 20, 21, 19, 20, 21])!;
        shift.Index.ShouldBe(7);
        shift.Confirmed.ShouldBeTrue();
        shift.Before.ShouldBe(10);
        shift.After.ShouldBe(20.125);
        (shift.Earliest, shift.Latest).ShouldBe((7, 7));
    }

    [Fact]
    public void A_step_of_two_sigma_is_dated_within_two_days_nearly_always_and_its_window_holds_the_truth()
    {
        int near = 0, held = 0;
        for (var seed = 0; seed < 200; seed++)
        {
            var shift = new ShiftSearch().DateTheShift(Noise(seed, (30, 300), (30, 320)))!;
            if (Math.Abs(shift.Index - 30) <= 2) near++;
            if (shift.Earliest <= 30 && shift.Latest >= 30) held++;
        }
        near.ShouldBeGreaterThan(180);
        held.ShouldBeGreaterThan(180);
    }

    [Fact]
    public void A_steady_series_is_seldom_re_based()
    {
        var rebased = Enumerable.Range(0, 200).Count(seed => Charts.IndividualsRebased(Noise(seed, (60, 300)), RuleSet.SixNineTwelve()).Level.Shifts.Count > 0);
        rebased.ShouldBeLessThan(10);
    }

    [Fact]
    public void Later_points_are_judged_by_their_own_phase()
    {
        var values = Noise(7, (30, 300), (30, 345), (30, 300));
        Charts.Individuals(values).Level.InControl.ShouldBeFalse();
        var chart = Charts.IndividualsRebased(values).Level;
        chart.Shifts.Count.ShouldBe(2);
        chart.Phases.Select(p => p.Start).ShouldBe([0, chart.Shifts[0].Index, chart.Shifts[1].Index]);
        chart.Phases[^1].End.ShouldBe(90);
        chart.Shifts[0].Index.ShouldBeInRange(29, 31);
        chart.Shifts[1].Index.ShouldBeInRange(59, 61);
        chart.Points[45].Limits.Centre.ShouldBe(345, 6);
        chart.Points[75].Limits.Centre.ShouldBe(300, 6);
        chart.Signals.ShouldNotContain(s => s.At >= 31 && s.At < 60);
    }

    [Fact]
    public void One_wild_day_is_an_alarm_and_no_shift()
    {
        var values = Noise(3, (40, 300));
        values[34] = 900;
        var chart = Charts.IndividualsRebased(values).Level;
        chart.Shifts.ShouldBeEmpty();
        chart.Beyond.ShouldBe([34]);
    }

    [Fact]
    public void Runs_do_not_cross_phases()
    {
        double[] values = [0, 1, 0, 1, 0, 1, .6, .9, .6, .9, .6, .9, .6, .9];
        var rules = new RuleSet("run", [RunRule.OnOneSide("run", 8)], null, "");
        Charts.IndividualsByPhase(values, [6], rules).Level.Signals.ShouldBeEmpty();
        Charts.Individuals(values, rules, 6).Level.Signals.Count.ShouldBe(1);
        // The last four of one phase and the first four of the next all lie above their own centre.
        Charts.IndividualsByPhase([0, 0, 0, 0, 1, 1, 1, 1, 5, 5, 5, 5, 4, 4, 4, 4], [8], rules).Level.Signals.ShouldBeEmpty();
    }

    [Fact]
    public void Too_short_or_unvarying_series_have_no_shift()
    {
        new ShiftSearch().DateTheShift([1, 2, 1, 2, 1, 9, 9, 9, 9, 9, 9]).ShouldBeNull();
        new ShiftSearch().DateTheShift([.. Enumerable.Repeat(4.0, 40)]).ShouldBeNull();
    }
}
