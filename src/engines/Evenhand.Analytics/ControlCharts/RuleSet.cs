namespace Evenhand.Analytics.ControlCharts;

/// <summary>
/// Run rules used together, with the price of using them: the more rules, the more false alarms. All eight Nelson rules alarm falsely about every
/// 73 points and find shifts of 0.5 to 2 sigma no sooner than the four Western Electric rules do.
/// </summary>
/// <param name="Code">Stable code, also the key of its text.</param>
/// <param name="Rules">The rules, each judged at every point.</param>
/// <param name="InControlRunLength">Mean number of in-control points to a false alarm of the whole set; null when unknown (see <see cref="RunLength.Simulate"/>).</param>
/// <param name="Source">Where that number comes from.</param>
public sealed record RuleSet(string Code, IReadOnlyList<RunRule> Rules, double? InControlRunLength, string Source)
{
    private const string Simulated = "200,000 simulated runs of independent normal points, standard error about 0.25 %";

    /// <summary>False alarms per in-control point, 1 ÷ run length; null when unknown, 0 for a set without rules.</summary>
    public double? FalseAlarmRate => Rules.Count == 0 ? 0 : 1 / InControlRunLength;

    /// <summary>No rule: the chart is drawn and not judged.</summary>
    public static RuleSet None { get; } = new("none", [], null, "No rule, no alarm");

    /// <summary>One point beyond 3 sigma, alone: 370 points to a false alarm (1 ÷ (2Φ(−3))).</summary>
    public static RuleSet ShewhartOnly { get; } = new("shewhart", [RunRule.Nelson1], 370.4, "1 ÷ (2Φ(−3))");

    /// <summary>The house's default, Western Electric 1956: beyond 3; two of three beyond 2; four of five beyond 1; eight on one side.</summary>
    public static RuleSet WesternElectric { get; } =
        new("western-electric", [RunRule.Nelson1, RunRule.Nelson5, RunRule.Nelson6, RunRule.WesternElectric4], 91.9, Simulated + "; published 91.75 (Champ and Woodall 1987)");

    /// <summary>Nelson's rules 1, 2, 5 and 6: his set without those that cost alarms and gain little.</summary>
    public static RuleSet Nelson { get; } =
        new("nelson", [RunRule.Nelson1, RunRule.Nelson2, RunRule.Nelson5, RunRule.Nelson6], 109.0, Simulated);

    /// <summary>All eight of Nelson 1984.</summary>
    public static RuleSet NelsonAllEight { get; } = new("nelson-all-eight",
        [RunRule.Nelson1, RunRule.Nelson2, RunRule.Nelson3, RunRule.Nelson4, RunRule.Nelson5, RunRule.Nelson6, RunRule.Nelson7, RunRule.Nelson8], 73.4, Simulated);

    /// <summary>
    /// The graded "6-9-12" reading. No standard names such a rule: it is a configurable house reading, for which a run of k on one side has an
    /// in-control run length of 2ᵏ − 1 (63, 511, 4,095 for 6, 9, 12). A run of 6 asks to watch, of 9 to act, of 12 to re-base; with it go six in a
    /// row rising or falling, <paramref name="alternating"/> by turns, and one beyond 3 sigma. The whole set raises a false alarm every 47 points, its
    /// grades act and re-base together every 119.
    /// </summary>
    /// <param name="watch">Run that asks to watch.</param>
    /// <param name="act">Run that asks to act, longer than <paramref name="watch"/>.</param>
    /// <param name="rebase">Run that asks for new limits, longer than <paramref name="act"/>.</param>
    /// <param name="alternating">Length of the up-and-down run, 12 to 14.</param>
    /// <exception cref="ArgumentOutOfRangeException">The runs do not rise or the alternation is outside 12…14.</exception>
    public static RuleSet SixNineTwelve(int watch = 6, int act = 9, int rebase = 12, int alternating = 14)
    {
        if (watch < 2 || act <= watch || rebase <= act) throw new ArgumentOutOfRangeException(nameof(watch), $"The graded runs must rise, as 6, 9, 12; got {watch}, {act}, {rebase}.");
        if (alternating is < 12 or > 14) throw new ArgumentOutOfRangeException(nameof(alternating), alternating, "The alternation is 12, 13 or 14 points long.");
        var plain = (watch, act, rebase, alternating) == (6, 9, 12, 14);
        return new RuleSet("six-nine-twelve",
        [
            RunRule.OnOneSide("run-watch", watch, RunGrade.Watch),
            RunRule.OnOneSide("run-act", act),
            RunRule.OnOneSide("run-rebase", rebase, RunGrade.Rebase),
            RunRule.Nelson3,
            RunRule.Run("alternating", RunPattern.Alternating, alternating, 0, alternating switch { 12 => 240.8, 13 => 379.3, _ => RunRule.Nelson4.InControlRunLength }),
            RunRule.Nelson1,
        ], plain ? 47.0 : null, Simulated + "; the grade watch counts as an alarm, without it 119");
    }

    /// <summary>The rules complete at the last point of <paramref name="z"/>.</summary>
    /// <param name="z">Standardised points of one phase up to the one judged.</param>
    public IReadOnlyList<RunRule> FiringAt(ReadOnlySpan<double> z)
    {
        List<RunRule>? firing = null;
        foreach (var rule in Rules) if (rule.Fires(z)) (firing ??= []).Add(rule);
        return firing is null ? [] : firing;
    }
}

/// <summary>A simulated mean run length and its standard error, both in points.</summary>
/// <param name="Mean">Mean number of points to the first alarm.</param>
/// <param name="StandardError">Standard error of that mean.</param>
public sealed record RunLength(double Mean, double StandardError)
{
    private const int Longest = 32;

    /// <summary>Plays independent normal points until the set alarms, many times over.</summary>
    /// <param name="rules">At least one rule.</param>
    /// <param name="chance">Where the points come from; seed it to repeat the run.</param>
    /// <param name="runs">How many runs, at least 2.</param>
    /// <param name="shift">How far the mean stands from the centre line, in sigma; 0 measures false alarms.</param>
    /// <exception cref="ArgumentException">The set has no rule or <paramref name="runs"/> is below 2.</exception>
    public static RunLength Simulate(RuleSet rules, Random chance, int runs, double shift = 0)
    {
        if (rules.Rules.Count == 0 || runs < 2) throw new ArgumentException("A simulation needs a rule and at least two runs.");
        var memory = Math.Max(Longest, rules.Rules.Max(r => r.Window));
        double sum = 0, squares = 0;
        var z = new double[memory * 8];
        for (var run = 0; run < runs; run++)
        {
            int length = 0, filled = 0;
            do
            {
                if (filled == z.Length)
                {
                    Array.Copy(z, filled - memory, z, 0, memory);
                    filled = memory;
                }
                z[filled++] = shift + MathNet.Numerics.Distributions.Normal.Sample(chance, 0, 1);
                length++;
            }
            while (!Alarms(rules, z.AsSpan(0, filled)));
            sum += length;
            squares += (double)length * length;
        }
        var mean = sum / runs;
        return new RunLength(mean, Math.Sqrt((squares / runs - mean * mean) / (runs - 1)));
    }

    private static bool Alarms(RuleSet rules, ReadOnlySpan<double> z)
    {
        foreach (var rule in rules.Rules) if (rule.Fires(z)) return true;
        return false;
    }
}
