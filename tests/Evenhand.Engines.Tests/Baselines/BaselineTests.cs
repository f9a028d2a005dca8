using Evenhand.Analytics.Baselines;

namespace Evenhand.Engines.Tests.Baselines;

public sealed class BaselineTests
{
    private static readonly DateOnly January = new(2026, 1, 1), February = new(2026, 2, 1);

    private static IEnumerable<AgentVolume> Both(string agent, decimal volume, decimal hours = 160, DateOnly? joined = null, DateOnly? left = null) =>
        [new(agent, January, volume - 50, hours, joined, left), new(agent, February, volume + 50, hours, joined, left)];

    private static readonly AgentVolume[] Team =
    [
        .. Both("a", 1900), .. Both("b", 2000), .. Both("c", 2100), .. Both("d", 1200),
        .. Both("hours", 900, hours: 80),
        .. Both("leaver", 2500, left: new(2026, 2, 28)),
        .. Both("staying", 2000, left: new(2026, 3, 1)),
        .. Both("new", 700, joined: new(2025, 12, 1)),
        .. Both("settled", 2000, joined: new(2025, 11, 30)),
    ];

    [Fact]
    public void Those_who_do_not_count_are_removed_with_their_reason()
    {
        var baseline = Baseline.Compute(Team);
        baseline.Removed.Select(r => (r.Agent.Agent, r.Reason)).ShouldBe(
        [
            ("hours", RemovalReason.TooFewHours), ("leaver", RemovalReason.Leaver), ("new", RemovalReason.NewStarter), ("d", RemovalReason.BelowMeanMinusDeviation),
        ]);
        baseline.Kept.Select(k => k.Agent).ShouldBe(["a", "b", "settled", "staying", "c"]);
        baseline.Value.ShouldBe(2000);
        ((double)baseline.StandardDeviation).ShouldBe(Math.Sqrt(20_000 / 4.0), 1e-6);
        // Before the cut: 1900, 2000, 2100, 1200, 2000, 2000 have mean 1866.67 and sd 332.67.
        ((double)baseline.Removed[^1].Limit!.Value).ShouldBe(1534, 0.5);
        baseline.Shape.Agents.ShouldBe(6);
    }

    [Fact]
    public void No_one_left_gives_no_baseline() =>
        Baseline.Compute([.. Both("a", 100, hours: 1)]).ShouldSatisfyAllConditions(b => b.Value.ShouldBe(0), b => b.Kept.ShouldBeEmpty(), b => b.Shape.Bins.ShouldBeEmpty());

    [Theory]
    [InlineData(new[] { 1000, 1000, 1050, 1050, 1100, 1100, 1200, 1500, 2400 }, GrowthStage.Growing, -1)]
    [InlineData(new[] { 600, 1500, 1800, 1900, 1900, 1950, 1950, 2000, 2000 }, GrowthStage.Mature, 1)]
    [InlineData(new[] { 1000, 1100, 1200, 1300, 1400, 1500, 1600, 1700, 1800 }, GrowthStage.Steady, 0)]
    [InlineData(new[] { 1000, 1100, 2400 }, GrowthStage.TooFew, 0)]
    public void The_shape_says_where_the_team_stands(int[] volumes, GrowthStage stage, int direction)
    {
        var shape = Baseline.Compute([.. volumes.SelectMany((v, i) => Both($"a{i}", v))]).Shape;
        shape.Stage.ShouldBe(stage);
        Math.Sign(shape.Correction).ShouldBe(direction);
        if (direction != 0) shape.Correction.ShouldBe(Math.Round(shape.Median - shape.Mean, MidpointRounding.AwayFromZero));
        shape.Bins.Sum(b => b.Count).ShouldBe(volumes.Length);
        (shape.Bins[0].From, shape.Bins[^1].To).ShouldBe((volumes.Min(), volumes.Max()));
        (shape.ShareBelow + shape.ShareAbove).ShouldBeInRange(0.8, 1);
        if (stage == GrowthStage.Growing) shape.ShareBelow.ShouldBeGreaterThan(0.5);
        if (stage == GrowthStage.Mature) shape.ShareAbove.ShouldBeGreaterThan(0.5);
    }

    [Fact]
    public void Bad_rows_are_refused_by_agent_and_month()
    {
        Should.Throw<ArgumentException>(() => Baseline.Compute([new("a", January, 1, 1), new("a", January.AddDays(5), 1, 1)])).Message.ShouldContain("Agent a, 2026-01");
        Should.Throw<ArgumentException>(() => Baseline.Compute([new("a", January, -1, 1)])).Message.ShouldContain("Agent a, 2026-01");
    }

    [Fact]
    public void Tiers_by_the_normal_distribution_begin_at_the_baseline_and_its_percentiles()
    {
        var baseline = Baseline.Compute(Team);
        // sd 70.71: the 75th percentile lies 0.67449 and the 90th 1.28155 deviations above 2,000.
        Tiers.ByNormal(baseline, [0.75, 0.90]).Starts.ShouldBe([2000, 2048, 2091]);
        Should.Throw<ArgumentException>(() => Tiers.ByNormal(baseline, [0.4])).Message.ShouldContain("0.4");
        Should.Throw<ArgumentException>(() => Tiers.ByNormal(baseline, [0.9, 0.75]));
    }

    [Fact]
    public void Tiers_by_the_standard_deviation_rise_by_equal_steps()
    {
        var baseline = Baseline.Compute(Team);
        Tiers.ByDeviation(baseline, 3, 1).Starts.ShouldBe([2000, 2071, 2141, 2212]);
        Tiers.ByDeviation(baseline, 1, 0.5m).Starts.ShouldBe([2000, 2035]);
        Should.Throw<ArgumentException>(() => Tiers.ByDeviation(baseline, 0, 1));
        Should.Throw<ArgumentException>(() => Tiers.ByDeviation(baseline, 2, 0.001m)).Message.ShouldContain("not above");
    }

    [Fact]
    public void Tiers_can_be_moved_by_hand_as_long_as_they_rise()
    {
        var tiers = new Tiers(2000, [2000, 2500, 2800]);
        tiers.Move(2, 2400).Starts.ShouldBe([2000, 2400, 2800]);
        Should.Throw<ArgumentException>(() => tiers.Move(2, 2800)).Message.ShouldContain("Tier 3 begins at 2800, not above tier 2 at 2800");
        Should.Throw<ArgumentException>(() => tiers.Move(1, 1999)).Message.ShouldContain("below the baseline");
        Should.Throw<ArgumentException>(() => tiers.Move(2, 2400.5m)).Message.ShouldContain("whole units");
        Should.Throw<ArgumentException>(() => tiers.Move(4, 3000)).Message.ShouldContain("no tier 4");
        Tiers.Problem(2000, []).ShouldNotBeNull();
        Tiers.Problem(2000, [2500]).ShouldBeNull();
    }
}
