using MathNet.Numerics.Distributions;

namespace Evenhand.Analytics.Baselines;

/// <summary>
/// The tiers (档次) above a baseline, each by the volume it begins after: with starts 2,000, 2,500, 2,800 the units 2,001…2,500 are tier 1, 2,501…2,800
/// tier 2 and those after 2,800 tier 3. Units before the first start are tier 0. The two methods let tier 1 begin at the baseline itself; a ladder moved
/// by hand may begin later, and the units between then stay in tier 0.
/// </summary>
public sealed record Tiers
{
    /// <summary>Takes starts chosen by hand.</summary>
    /// <param name="baseline">The plan's baseline, 0 or more.</param>
    /// <param name="starts">At least one natural number, strictly rising, the first not below the baseline.</param>
    /// <exception cref="ArgumentException">The message names the start and the bound it breaks.</exception>
    public Tiers(decimal baseline, IReadOnlyList<decimal> starts)
    {
        ArgumentNullException.ThrowIfNull(starts);
        if (Problem(baseline, starts) is { } problem) throw new ArgumentException(problem, nameof(starts));
        (Baseline, Starts) = (baseline, [.. starts]);
    }

    /// <summary>The plan's baseline, in units a month.</summary>
    public decimal Baseline { get; }

    /// <summary>The volume each tier begins after, tier 1 first.</summary>
    public IReadOnlyList<decimal> Starts { get; }

    /// <summary>What is wrong with starts, in one sentence, or null: for a form to ask before it saves.</summary>
    public static string? Problem(decimal baseline, IReadOnlyList<decimal> starts)
    {
        if (baseline < 0) return $"The baseline is {baseline}; it cannot be below 0.";
        if (starts.Count == 0) return "A plan needs at least one tier.";
        if (starts[0] < baseline) return $"Tier 1 begins at {starts[0]}, below the baseline of {baseline}.";
        for (var i = 0; i < starts.Count; i++)
        {
            if (starts[i] != decimal.Truncate(starts[i])) return $"Tier {i + 1} begins at {starts[i]}; tiers begin at whole units.";
            if (i > 0 && starts[i] <= starts[i - 1]) return $"Tier {i + 1} begins at {starts[i]}, not above tier {i} at {starts[i - 1]}.";
        }
        return null;
    }

    /// <summary>Method (a), by the normal distribution: after tier 1 at the baseline, one tier begins at each percentile of Normal(baseline, sd).</summary>
    /// <param name="baseline">A computed baseline.</param>
    /// <param name="percentiles">Usually two, strictly rising, each between 0.5 and 1 (both excluded), as 0.75 and 0.90.</param>
    /// <exception cref="ArgumentException">A percentile is out of bounds, or the agents are so alike that two tiers round to the same number.</exception>
    public static Tiers ByNormal(Baseline baseline, IReadOnlyList<double> percentiles)
    {
        if (percentiles.FirstOrDefault(p => p is not (> 0.5 and < 1)) is var bad && bad != 0) throw new ArgumentException($"A tier at percentile {bad} is not above the baseline; choose between 0.5 and 1.", nameof(percentiles));
        return Above(baseline, percentiles.Select(p => (decimal)Normal.InvCDF(0, 1, p)));
    }

    /// <summary>Method (b), by the standard deviation, for a mature centre: after tier 1 at the baseline, <paramref name="count"/> tiers at baseline + i·k·sd.</summary>
    /// <param name="baseline">A computed baseline.</param>
    /// <param name="count">How many, 1…20.</param>
    /// <param name="k">Width of a step in standard deviations, above 0.</param>
    /// <exception cref="ArgumentException">A bound is broken, or two tiers round to the same number.</exception>
    public static Tiers ByDeviation(Baseline baseline, int count, decimal k)
    {
        if (count is < 1 or > 20 || k <= 0) throw new ArgumentException($"Choose 1 to 20 tiers of a width above 0; got {count} of {k} standard deviations.", nameof(count));
        return Above(baseline, Enumerable.Range(1, count).Select(i => i * k));
    }

    /// <summary>The same ladder with one tier moved by hand.</summary>
    /// <param name="tier">From 1.</param>
    /// <param name="start">Its new start.</param>
    /// <exception cref="ArgumentException">The ladder would no longer rise, or there is no such tier.</exception>
    public Tiers Move(int tier, decimal start)
    {
        if (tier < 1 || tier > Starts.Count) throw new ArgumentException($"There is no tier {tier}; the plan has {Starts.Count}.", nameof(tier));
        return new Tiers(Baseline, [.. Starts.Select((s, i) => i == tier - 1 ? start : s)]);
    }

    private static Tiers Above(Baseline baseline, IEnumerable<decimal> deviations)
    {
        var from = baseline.Natural;
        return new Tiers(from, [from, .. deviations.Select(d => Math.Round(baseline.Value + d * baseline.StandardDeviation, 0, MidpointRounding.AwayFromZero))]);
    }
}
