using Evenhand.Analytics.ControlCharts;

namespace Evenhand.Engines.Tests.ControlCharts;

public sealed class ChartsTests
{
    // NIST/SEMATECH e-Handbook of Statistical Methods, individuals charts.
    private static readonly double[] Nist = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1];

    [Fact]
    public void The_factors_agree_with_the_table_to_three_decimals_for_every_size()
    {
        var rows = SpcData.Rows("control_chart_constants.csv");
        rows.Count.ShouldBe(24);
        foreach (var row in rows.Select(r => r.Select(SpcData.Number).ToArray()))
        {
            var f = ChartConstants.For((int)row[0]);
            // Columns: n d2 d3 c4 A A2 A3 B3 B4 B5 B6 D1 D2 D3 D4 E2.
            foreach (var (ours, theirs) in new[] { (f.D2, row[1]), (f.D3, row[2]), (f.C4, row[3]), (f.A2, row[5]), (f.A3, row[6]), (f.B3, row[7]), (f.B4, row[8]), (f.RangeLower, row[13]), (f.RangeUpper, row[14]), (f.E2, row[15]) })
                ours.ShouldBe(theirs, 0.0005, $"n = {row[0]}");
        }
    }

    [Theory]
    [InlineData(2, 1.128379, 2.658681)]
    [InlineData(5, 2.325929, 1.289807)]
    [InlineData(25, 3.930629, 0.763237)]
    public void The_factors_stand_without_the_table_at_hand(int size, double d2, double e2)
    {
        ChartConstants.For(size).D2.ShouldBe(d2, 1e-5);
        ChartConstants.For(size).E2.ShouldBe(e2, 1e-5);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(26)]
    public void No_factor_exists_outside_2_to_25(int size) => Should.Throw<ArgumentOutOfRangeException>(() => ChartConstants.For(size));

    [Fact]
    public void Individuals_have_the_limits_of_the_handbook()
    {
        var (level, spread) = Charts.Individuals(Nist);
        var limits = level.Phases[0].Limits;
        limits.Centre.ShouldBe(50.81, 1e-9);
        limits.Upper.ShouldBe(55.80241, 1e-4);
        limits.Lower.ShouldBe(45.81759, 1e-4);
        spread.Phases[0].Limits.Centre.ShouldBe(1.877778, 1e-6);
        spread.Phases[0].Limits.Upper.ShouldBe(1.877778 * 3.266532, 1e-4);
        spread.Phases[0].Limits.Lower.ShouldBe(0);
        level.InControl.ShouldBeTrue();
        spread.Points.Count.ShouldBe(9);
    }

    [Fact]
    public void Piston_rings_leave_the_trial_limits_at_37_38_and_39()
    {
        var rings = SpcData.Rows("pistonrings.txt").GroupBy(r => r[1]).Select(g => (IReadOnlyList<double>)[.. g.Select(r => SpcData.Number(r[0]))]).ToList();
        rings.Count.ShouldBe(40);
        var (level, spread) = Charts.XbarR(rings, baseline: 25);
        level.Phases[0].Limits.Centre.ShouldBe(74.00118, 1e-5);
        level.Phases[0].Limits.Lower.ShouldBe(73.98805, 1e-5);
        level.Phases[0].Limits.Upper.ShouldBe(74.0143, 1e-4);
        spread.Phases[0].Limits.Centre.ShouldBe(0.02276, 1e-6);
        spread.Phases[0].Limits.Upper.ShouldBe(0.048126, 1e-6);
        level.Beyond.Select(i => i + 1).ShouldBe([37, 38, 39]);
        spread.Beyond.ShouldBeEmpty();
    }

    [Fact]
    public void Orange_juice_cans_are_out_at_15_and_23()
    {
        var rows = SpcData.Rows("orangejuice.txt");
        var chart = Charts.Proportion([.. rows.Select(r => SpcData.Whole(r[1]))], [.. rows.Select(r => SpcData.Whole(r[2]))], RuleSet.ShewhartOnly, 30);
        chart.Phases[0].Limits.Centre.ShouldBe(0.231333, 1e-6);
        chart.Phases[0].Limits.Lower.ShouldBe(0.0524, 1e-4);
        chart.Phases[0].Limits.Upper.ShouldBe(0.4102, 1e-4);
        chart.Beyond.Where(i => i < 30).Select(i => i + 1).ShouldBe([15, 23]);
        chart.Signals.Where(s => s.At < 30).Select(s => s.At + 1).ShouldBe([15, 23]);
    }

    [Fact]
    public void Circuit_boards_are_out_at_6_and_20()
    {
        var rows = SpcData.Rows("circuit.txt");
        var chart = Charts.Count([.. rows.Select(r => SpcData.Whole(r[1]))], baseline: 26);
        chart.Phases[0].Limits.Centre.ShouldBe(19.84615, 1e-5);
        chart.Phases[0].Limits.Lower.ShouldBe(6.481, 1e-3);
        chart.Phases[0].Limits.Upper.ShouldBe(33.211, 1e-3);
        chart.Beyond.Where(i => i < 26).Select(i => i + 1).ShouldBe([6, 20]);
    }

    [Fact]
    public void Shares_are_judged_by_the_limits_of_their_own_size()
    {
        var chart = Charts.Proportion([10, 10, 10, 5, 50], [100, 100, 100, 10, 100], RuleSet.ShewhartOnly, 3);
        chart.Points[3].Limits.Upper.ShouldBeGreaterThan(chart.Points[2].Limits.Upper);
        chart.Points.Select(p => p.Limits.Lower).Min().ShouldBe(0);
        chart.Beyond.ShouldBe([3, 4]);
    }

    [Fact]
    public void A_series_that_never_varies_is_in_control_and_its_first_other_value_is_not()
    {
        Charts.Individuals([5, 5, 5, 5]).Level.Signals.ShouldBeEmpty();
        Charts.Individuals([5, 5, 5, 5, 6], RuleSet.ShewhartOnly, 4).Level.Beyond.ShouldBe([4]);
    }

    [Fact]
    public void A_signal_says_where_its_pattern_began_when_it_alarmed_and_how_long_it_stood()
    {
        double[] values = [-1, 1, -1, 1, -1, 1, .6, .7, .6, .7, .6, .7, .6, .7, .6, .7, -1, 1];
        var chart = Charts.Individuals(values, new RuleSet("one", [RunRule.OnOneSide("run", 8)], null, ""), 6).Level;
        chart.Signals.Single().ShouldSatisfyAllConditions(s => s.From.ShouldBe(5), s => s.At.ShouldBe(12), s => s.To.ShouldBe(15), s => s.Side.ShouldBe(1));
        chart.Points.Where(p => p.Violated.Count > 0).Select(p => p.Index).ShouldBe([12, 13, 14, 15]);
    }

    [Fact]
    public void Bad_points_are_refused_by_place()
    {
        Should.Throw<ArgumentException>(() => Charts.Individuals([1, double.NaN, 2])).Message.ShouldContain("Point 1");
        Should.Throw<ArgumentException>(() => Charts.Individuals([1])).Message.ShouldContain("leading points");
        Should.Throw<ArgumentException>(() => Charts.Proportion([1, 9], [5, 5])).Message.ShouldContain("Point 1");
        Should.Throw<ArgumentException>(() => Charts.Count([1, -1])).Message.ShouldContain("Point 1");
        Should.Throw<ArgumentException>(() => Charts.XbarR([[1, 2], [1, 2, 3]])).Message.ShouldContain("Subgroup 1");
        Should.Throw<ArgumentException>(() => Charts.IndividualsByPhase([1, 2, 3, 4], [3])).Message.ShouldContain("two points");
    }
}
