namespace Evenhand.Analytics.ControlCharts;

/// <summary>The shapes a run rule can look for.</summary>
public enum RunPattern
{
    /// <summary>Needed of the last Window points lie beyond Sigma on the same side, the last point being one of them.</summary>
    BeyondSigma,

    /// <summary>Needed points in a row on one side of the centre line.</summary>
    OneSide,

    /// <summary>Needed points in a row each above (or each below) the one before.</summary>
    Trend,

    /// <summary>Needed points in a row that go up and down by turns.</summary>
    Alternating,

    /// <summary>Needed points in a row not beyond Sigma, on either side.</summary>
    WithinSigma,

    /// <summary>Needed points in a row beyond Sigma with both sides among them.</summary>
    BothSidesBeyondSigma,
}

/// <summary>What a violated rule asks for.</summary>
public enum RunGrade
{
    /// <summary>Look again; no action yet.</summary>
    Watch,

    /// <summary>Look for the cause now.</summary>
    Act,

    /// <summary>The level has moved for good: date the shift and set new limits.</summary>
    Rebase,
}

/// <summary>
/// One run rule over standardised points z = (value − centre) ÷ sigma. Ties: a point on the centre line breaks a run on one side, equal neighbours
/// break a trend and an alternation, and a point on a limit is not beyond it (all within 10⁻⁹ sigma).
/// Nelson, Journal of Quality Technology 16 (1984) 237–239; Western Electric, Statistical Quality Control Handbook (1956).
/// </summary>
/// <param name="Code">Stable code, also the key of its text: "nelson-2".</param>
/// <param name="Pattern">The shape looked for.</param>
/// <param name="Needed">How many points make the shape, at least 1 (2 for a trend, 3 for an alternation).</param>
/// <param name="Window">Of how many points in a row; only <see cref="RunPattern.BeyondSigma"/> may have more than <paramref name="Needed"/>.</param>
/// <param name="Sigma">The zone limit in sigma; 0 where the pattern has none.</param>
/// <param name="Grade">What the rule asks for.</param>
/// <param name="InControlRunLength">Mean number of in-control points to a false alarm of this rule alone (normal, independent); null when unknown.</param>
public sealed record RunRule(string Code, RunPattern Pattern, int Needed, int Window, double Sigma, RunGrade Grade = RunGrade.Act, double? InControlRunLength = null)
{
    private const double Tie = 1e-9;

    /// <summary>Nelson 1: one point beyond 3 sigma.</summary>
    public static RunRule Nelson1 { get; } = Beyond("nelson-1", 1, 1, 3, 370.4);

    /// <summary>Nelson 2: nine in a row on one side; 2⁹ − 1 = 511 points to a false alarm.</summary>
    public static RunRule Nelson2 { get; } = Run("nelson-2", RunPattern.OneSide, 9, 0, 511);

    /// <summary>Nelson 3: six in a row steadily rising or falling.</summary>
    public static RunRule Nelson3 { get; } = Run("nelson-3", RunPattern.Trend, 6, 0, 420.5);

    /// <summary>Nelson 4: fourteen in a row going up and down by turns.</summary>
    public static RunRule Nelson4 { get; } = Run("nelson-4", RunPattern.Alternating, 14, 0, 598.1);

    /// <summary>Nelson 5: two of three beyond 2 sigma on the same side.</summary>
    public static RunRule Nelson5 { get; } = Beyond("nelson-5", 2, 3, 2, 511.1);

    /// <summary>Nelson 6: four of five beyond 1 sigma on the same side.</summary>
    public static RunRule Nelson6 { get; } = Beyond("nelson-6", 4, 5, 1, 290.0);

    /// <summary>Nelson 7: fifteen in a row within 1 sigma.</summary>
    public static RunRule Nelson7 { get; } = Run("nelson-7", RunPattern.WithinSigma, 15, 1, 962.9);

    /// <summary>Nelson 8: eight in a row beyond 1 sigma, on both sides.</summary>
    public static RunRule Nelson8 { get; } = Run("nelson-8", RunPattern.BothSidesBeyondSigma, 8, 1, 14_541);

    /// <summary>Western Electric's fourth: eight in a row on one side; 2⁸ − 1 = 255 points to a false alarm.</summary>
    public static RunRule WesternElectric4 { get; } = Run("western-electric-4", RunPattern.OneSide, 8, 0, 255);

    /// <summary>k of m points beyond a zone limit, same side.</summary>
    public static RunRule Beyond(string code, int needed, int window, double sigma, double? inControl = null, RunGrade grade = RunGrade.Act) =>
        new RunRule(code, RunPattern.BeyondSigma, needed, window, sigma, grade, inControl).Checked();

    /// <summary>k points in a row that make the pattern.</summary>
    public static RunRule Run(string code, RunPattern pattern, int length, double sigma = 0, double? inControl = null, RunGrade grade = RunGrade.Act) =>
        new RunRule(code, pattern, length, length, sigma, grade, inControl).Checked();

    /// <summary>k in a row on one side of the centre line; its in-control run length is exactly 2ᵏ − 1 (symmetric, independent points).</summary>
    public static RunRule OnOneSide(string code, int length, RunGrade grade = RunGrade.Act) => Run(code, RunPattern.OneSide, length, 0, Math.Pow(2, length) - 1, grade);

    /// <summary>Whether the shape is complete at the last point given.</summary>
    /// <param name="z">Standardised points up to and including the one judged; earlier phases left out.</param>
    public bool Fires(ReadOnlySpan<double> z)
    {
        if (z.Length < Needed) return false;
        var last = z[Math.Max(0, z.Length - Window)..];
        return Pattern switch
        {
            RunPattern.BeyondSigma => last[^1] > Sigma + Tie && Above(last, Sigma) >= Needed || last[^1] < -Sigma - Tie && Below(last, -Sigma) >= Needed,
            RunPattern.OneSide => Above(last, 0) == Needed || Below(last, 0) == Needed,
            RunPattern.Trend => Steps(last, (_, step) => step > Tie) || Steps(last, (_, step) => step < -Tie),
            RunPattern.Alternating => Steps(last, (i, step) => (i % 2 == 0 ? step : -step) > Tie) || Steps(last, (i, step) => (i % 2 == 0 ? step : -step) < -Tie),
            RunPattern.WithinSigma => Above(last, Sigma) + Below(last, -Sigma) == 0,
            _ => Above(last, Sigma) is var up && Below(last, -Sigma) is var down && up > 0 && down > 0 && up + down == Needed,
        };
    }

    /// <summary>Refuses a rule that could never fire or has no meaning.</summary>
    /// <exception cref="ArgumentException">The message names the rule and the bound.</exception>
    public RunRule Checked()
    {
        var least = Pattern switch { RunPattern.Trend => 2, RunPattern.Alternating => 3, _ => 1 };
        if (Needed < least || Window < Needed || (Window > Needed && Pattern != RunPattern.BeyondSigma) || !double.IsFinite(Sigma) || Sigma < 0)
            throw new ArgumentException($"Rule {Code}: needs at least {least} points, a window not below them (and equal to them unless the pattern is {RunPattern.BeyondSigma}), and a sigma of 0 or more.");
        return this;
    }

    private static int Above(ReadOnlySpan<double> z, double limit)
    {
        var count = 0;
        foreach (var point in z) if (point > limit + Tie) count++;
        return count;
    }

    private static int Below(ReadOnlySpan<double> z, double limit)
    {
        var count = 0;
        foreach (var point in z) if (point < limit - Tie) count++;
        return count;
    }

    private static bool Steps(ReadOnlySpan<double> z, Func<int, double, bool> each)
    {
        for (var i = 1; i < z.Length; i++) if (!each(i, z[i] - z[i - 1])) return false;
        return true;
    }
}
