using Evenhand.Analytics.Dispersion;

namespace Evenhand.Engines.Tests.Dispersion;

public sealed class SampleTests
{
    private static readonly Sample Two_to_nine = Sample.Of([2, 4, 4, 4, 5, 5, 7, 9]);

    [Fact]
    public void Mean_deviation_and_cv_use_the_divisor_n_minus_1()
    {
        Two_to_nine.Mean.ShouldBe(5);
        Two_to_nine.StandardDeviation!.Value.ShouldBe(Math.Sqrt(32.0 / 7), 1e-12);
        Two_to_nine.Cv!.Value.ShouldBe(Math.Sqrt(32.0 / 7) / 5, 1e-12);
    }

    [Fact]
    public void Skewness_is_the_adjusted_one()
    {
        // m2 = 4, m3 = 5.25, so g1 = 0.65625 and G1 = √56 ÷ 6 · g1.
        Two_to_nine.Skewness!.Value.ShouldBe(Math.Sqrt(56) / 6 * 0.65625, 1e-12);
        Sample.Of([1, 2, 3]).Skewness!.Value.ShouldBe(0, 1e-12);
        Sample.Of([-9, -7, -5, -5, -4, -4, -4, -2]).Skewness!.Value.ShouldBe(-Two_to_nine.Skewness.Value, 1e-12);
    }

    [Fact]
    public void Percentiles_are_interpolated_and_shares_are_strict()
    {
        Two_to_nine.Percentile(0).ShouldBe(2);
        Two_to_nine.Percentile(0.5).ShouldBe(4.5);
        Two_to_nine.Percentile(0.75).ShouldBe(5.5);
        Two_to_nine.Percentile(1).ShouldBe(9);
        Two_to_nine.ShareBelow(5).ShouldBe(0.5);
        Two_to_nine.ShareAbove(5).ShouldBe(0.25);
    }

    [Fact]
    public void The_cv_carries_an_interval()
    {
        var cv = Two_to_nine.CvInterval()!;
        var (c, n) = (cv.Value, 8.0);
        var margin = 1.959963985 * c * Math.Sqrt(1 / (2 * n) + c * c / n);
        cv.Low.ShouldBe(c - margin, 1e-8);
        cv.High.ShouldBe(c + margin, 1e-8);
        Two_to_nine.CvInterval(0.99)!.High.ShouldBeGreaterThan(cv.High);
    }

    [Fact]
    public void The_lognormal_cv_carries_the_chi_square_interval()
    {
        // ln x = −1, 0, 1 has s² = 1; χ²(2) has the quantile −2·ln(1 − p).
        var cv = Sample.Of([Math.Exp(-1), 1, Math.E]).LognormalCv(0.5)!;
        cv.Value.ShouldBe(Math.Sqrt(Math.E - 1), 1e-9);
        cv.Low.ShouldBe(Math.Sqrt(Math.Exp(2 / (-2 * Math.Log(0.25))) - 1), 1e-6);
        cv.High.ShouldBe(Math.Sqrt(Math.Exp(2 / (-2 * Math.Log(0.75))) - 1), 1e-6);
        Sample.Of([0, 1, 2]).LognormalCv().ShouldBeNull();
    }

    [Fact]
    public void The_lognormal_interval_holds_the_true_cv_as_often_as_it_says()
    {
        var chance = new Random(5);
        var truth = Math.Sqrt(Math.Exp(0.25) - 1);
        var held = Enumerable.Range(0, 1000).Count(_ =>
        {
            var cv = Sample.Of(Enumerable.Range(0, 30).Select(_ => MathNet.Numerics.Distributions.LogNormal.Sample(chance, 5, 0.5))).LognormalCv(0.9)!;
            return cv.Low <= truth && truth <= cv.High;
        });
        held.ShouldBeInRange(865, 935);
    }

    [Fact]
    public void What_cannot_be_said_is_null()
    {
        Sample.Of([]).ShouldSatisfyAllConditions(s => s.Mean.ShouldBe(double.NaN), s => s.Cv.ShouldBeNull(), s => s.Skewness.ShouldBeNull(), s => s.ShareBelow(1).ShouldBe(0));
        Sample.Of([3]).StandardDeviation.ShouldBeNull();
        Sample.Of([4, 4, 4]).ShouldSatisfyAllConditions(s => s.Cv.ShouldBe(0), s => s.Skewness.ShouldBeNull());
        Sample.Of([-1, 1]).Cv.ShouldBeNull();
        Should.Throw<ArgumentException>(() => Sample.Of([1, double.NaN])).Message.ShouldContain("Value 1");
        Should.Throw<ArgumentOutOfRangeException>(() => Two_to_nine.Percentile(1.1));
        Should.Throw<ArgumentOutOfRangeException>(() => Two_to_nine.CvInterval(1));
    }

    [Fact]
    public void Spread_between_teams_is_kept_apart_from_spread_within()
    {
        var apart = TeamSpread.Of([new("b", 20), new("b", 20), new("a", 10), new("a", 10)]);
        apart.Teams.Keys.ShouldBe(["a", "b"]);
        apart.WithinCv.ShouldBe(0);
        apart.BetweenCv!.Value.ShouldBe(Math.Sqrt(50) / 15, 1e-12);

        var alike = TeamSpread.Of([new("a", 10), new("a", 20), new("b", 10), new("b", 20), new("b", 15)]);
        alike.BetweenCv.ShouldBe(0);
        alike.WithinCv!.Value.ShouldBe(Math.Sqrt((50 + 50) / 3.0) / 15, 1e-12);
        TeamSpread.Of([new("a", 1), new("b", 2)]).WithinCv.ShouldBeNull();
        TeamSpread.Of([new("a", 1), new("a", 2)]).BetweenCv.ShouldBeNull();
    }
}
