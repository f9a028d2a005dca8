using Evenhand.Analytics.ControlCharts;

namespace Evenhand.Engines.Tests.ControlCharts;

/// <summary>Each rule on the shortest series that completes it, and on its neighbours that do not.</summary>
public sealed class RunRuleTests
{
    private static bool Fires(RunRule rule, params double[] z) => rule.Fires(z);

    private static double[] Times(int count, params double[] pattern) => [.. Enumerable.Range(0, count).Select(i => pattern[i % pattern.Length])];

    [Fact]
    public void Nelson_1_one_beyond_3_sigma()
    {
        Fires(RunRule.Nelson1, 3.001).ShouldBeTrue();
        Fires(RunRule.Nelson1, -3.001).ShouldBeTrue();
        Fires(RunRule.Nelson1, 3).ShouldBeFalse("a point on a limit is not beyond");
        Fires(RunRule.Nelson1, 4, 0).ShouldBeFalse("the point judged is the last one");
    }

    [Fact]
    public void Nelson_2_nine_on_one_side()
    {
        Fires(RunRule.Nelson2, Times(9, .1)).ShouldBeTrue();
        Fires(RunRule.Nelson2, Times(9, -.1)).ShouldBeTrue();
        Fires(RunRule.Nelson2, Times(8, .1)).ShouldBeFalse();
        Fires(RunRule.Nelson2, [.1, .1, .1, .1, 0, .1, .1, .1, .1]).ShouldBeFalse("a point on the centre line breaks the run");
        Fires(RunRule.Nelson2, [.1, .1, .1, .1, -.1, .1, .1, .1, .1]).ShouldBeFalse();
    }

    [Fact]
    public void Western_Electric_4_eight_on_one_side()
    {
        Fires(RunRule.WesternElectric4, Times(8, .1)).ShouldBeTrue();
        Fires(RunRule.WesternElectric4, Times(7, .1)).ShouldBeFalse();
    }

    [Fact]
    public void Nelson_3_six_rising_or_falling()
    {
        Fires(RunRule.Nelson3, -1, -.5, 0, .2, .4, .6).ShouldBeTrue();
        Fires(RunRule.Nelson3, 1, .5, 0, -.2, -.4, -.6).ShouldBeTrue();
        Fires(RunRule.Nelson3, -1, -.5, 0, .2, .4).ShouldBeFalse("six points, not five");
        Fires(RunRule.Nelson3, -1, -.5, 0, 0, .4, .6).ShouldBeFalse("equal neighbours break a trend");
        Fires(RunRule.Nelson3, -1, -.5, 0, .2, .4, .3).ShouldBeFalse();
    }

    [Fact]
    public void Nelson_4_fourteen_up_and_down()
    {
        Fires(RunRule.Nelson4, Times(14, 0, 1)).ShouldBeTrue();
        Fires(RunRule.Nelson4, Times(14, 1, 0)).ShouldBeTrue();
        Fires(RunRule.Nelson4, Times(13, 0, 1)).ShouldBeFalse();
        Fires(RunRule.Nelson4, [.. Times(13, 0, 1), 0]).ShouldBeFalse("equal neighbours break an alternation");
        Fires(RunRule.Nelson4, [.. Times(13, 1, 0), 1]).ShouldBeFalse();
        Fires(RunRule.Nelson4, [.. Times(13, 1, 0), 2]).ShouldBeFalse("two rises in a row");
    }

    [Fact]
    public void Nelson_5_two_of_three_beyond_2_sigma_on_one_side()
    {
        Fires(RunRule.Nelson5, 2.1, 0, 2.1).ShouldBeTrue();
        Fires(RunRule.Nelson5, -2.1, -2.1).ShouldBeTrue();
        Fires(RunRule.Nelson5, 2.1, 0, -2.1).ShouldBeFalse();
        Fires(RunRule.Nelson5, 2.1, 0, 0, 2.1).ShouldBeFalse();
        Fires(RunRule.Nelson5, 2.1, 2, 1).ShouldBeFalse();
        Fires(RunRule.Nelson5, 2.1, 2.1, 2).ShouldBeFalse("a point on a limit is not beyond");
        Fires(RunRule.Nelson5, 2.1, 2.1, 0).ShouldBeFalse("the last point is not one of them");
    }

    [Fact]
    public void Nelson_6_four_of_five_beyond_1_sigma_on_one_side()
    {
        Fires(RunRule.Nelson6, 1.1, 1.1, 0, 1.1, 1.1).ShouldBeTrue();
        Fires(RunRule.Nelson6, -1.1, -1.1, -1.1, 0, -1.1).ShouldBeTrue();
        Fires(RunRule.Nelson6, 1.1, 1.1, 0, 0, 1.1).ShouldBeFalse();
        Fires(RunRule.Nelson6, 1.1, 1.1, 0, 0, 1.1, 1.1).ShouldBeFalse("four of six");
        Fires(RunRule.Nelson6, 1.1, 1.1, 1, 1, 1.1).ShouldBeFalse("a point on a limit is not beyond");
        Fires(RunRule.Nelson6, 1.1, 1.1, -1.1, -1.1, 1.1).ShouldBeFalse();
    }

    [Fact]
    public void Nelson_7_fifteen_within_1_sigma()
    {
        Fires(RunRule.Nelson7, Times(15, .9, -.9)).ShouldBeTrue();
        Fires(RunRule.Nelson7, Times(15, 1, -1)).ShouldBeTrue("a point on a limit is not beyond");
        Fires(RunRule.Nelson7, Times(14, .9, -.9)).ShouldBeFalse();
        Fires(RunRule.Nelson7, [1.1, .. Times(14, .5)]).ShouldBeFalse();
    }

    [Fact]
    public void Nelson_8_eight_beyond_1_sigma_on_both_sides()
    {
        Fires(RunRule.Nelson8, Times(8, 1.1, -1.1)).ShouldBeTrue();
        Fires(RunRule.Nelson8, [.. Times(7, 1.1), -1.1]).ShouldBeTrue();
        Fires(RunRule.Nelson8, Times(7, 1.1, -1.1)).ShouldBeFalse();
        Fires(RunRule.Nelson8, Times(8, 1.1)).ShouldBeFalse("both sides must be among them");
        Fires(RunRule.Nelson8, [.. Times(7, 1.1, -1.1), 1]).ShouldBeFalse();
    }

    [Theory]
    [InlineData(5, "")]
    [InlineData(6, "run-watch")]
    [InlineData(9, "run-watch run-act")]
    [InlineData(12, "run-watch run-act run-rebase")]
    public void Six_nine_twelve_grades_a_run_by_its_length(int length, string codes)
    {
        var firing = RuleSet.SixNineTwelve().FiringAt(Times(length, .2, .1));
        string.Join(' ', firing.Select(r => r.Code)).ShouldBe(codes);
    }

    [Fact]
    public void Six_nine_twelve_takes_other_lengths_and_refuses_those_that_do_not_rise()
    {
        RuleSet.SixNineTwelve(alternating: 12).FiringAt(Times(12, 1, -1)).Select(r => r.Code).ShouldBe(["alternating"]);
        RuleSet.SixNineTwelve(7, 8, 10).FiringAt(Times(10, .1, .2)).Select(r => r.Grade).ShouldBe([RunGrade.Watch, RunGrade.Act, RunGrade.Rebase]);
        Should.Throw<ArgumentOutOfRangeException>(() => RuleSet.SixNineTwelve(9, 9, 12));
        Should.Throw<ArgumentOutOfRangeException>(() => RuleSet.SixNineTwelve(alternating: 15));
    }

    [Fact]
    public void A_rule_that_could_never_fire_is_refused()
    {
        Should.Throw<ArgumentException>(() => RunRule.Beyond("bad", 3, 2, 2)).Message.ShouldContain("bad");
        Should.Throw<ArgumentException>(() => RunRule.Run("bad", RunPattern.Trend, 1));
        Should.Throw<ArgumentException>(() => new RunRule("bad", RunPattern.OneSide, 8, 9, 0).Checked());
    }

    [Theory]
    [InlineData("shewhart", 0, 370.4)]
    [InlineData("western-electric", 0, 91.9)]
    [InlineData("nelson", 0, 109.0)]
    [InlineData("nelson-all-eight", 0, 73.4)]
    [InlineData("six-nine-twelve", 0, 47.0)]
    [InlineData("western-electric", 1, 9.2)]
    [InlineData("nelson-all-eight", 2, 3.14)]
    public void Each_set_alarms_as_often_as_it_says(string code, double shift, double published)
    {
        RuleSet[] sets = [RuleSet.ShewhartOnly, RuleSet.WesternElectric, RuleSet.Nelson, RuleSet.NelsonAllEight, RuleSet.SixNineTwelve()];
        var set = sets.Single(s => s.Code == code);
        if (shift == 0) set.InControlRunLength.ShouldBe(published);
        var played = RunLength.Simulate(set, new Random(1984), 4000, shift);
        played.Mean.ShouldBe(published, Math.Max(4 * played.StandardError, 0.05));
        played.StandardError.ShouldBeLessThan(published * 0.02);
    }

    [Fact]
    public void Each_rule_alone_alarms_as_often_as_it_says()
    {
        foreach (var rule in RuleSet.NelsonAllEight.Rules.SkipLast(1).Append(RunRule.WesternElectric4).Append(RunRule.OnOneSide("run-watch", 6)))
        {
            var played = RunLength.Simulate(new RuleSet(rule.Code, [rule], null, ""), new Random(16), 1500);
            played.Mean.ShouldBe(rule.InControlRunLength!.Value, 4 * played.StandardError, rule.Code);
        }
    }
}
