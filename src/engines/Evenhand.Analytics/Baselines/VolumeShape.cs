using Evenhand.Analytics.Dispersion;

namespace Evenhand.Analytics.Baselines;

/// <summary>What the shape of the volumes says of the team.</summary>
public enum GrowthStage
{
    /// <summary>Too few agents to read a shape.</summary>
    TooFew,

    /// <summary>Long tail to the right: most are below the mean, a few carry it; a young team still learning.</summary>
    Growing,

    /// <summary>Even on both sides.</summary>
    Steady,

    /// <summary>Long tail to the left: most are above the mean, a few lag; a mature team.</summary>
    Mature,
}

/// <summary>One bar of a histogram; half-open but for the last, which includes its end.</summary>
/// <param name="From">Lower end.</param>
/// <param name="To">Upper end.</param>
/// <param name="Count">Agents inside.</param>
public sealed record VolumeBin(decimal From, decimal To, int Count);

/// <summary>The distribution of mean monthly volumes over agents.</summary>
/// <param name="Agents">Agents looked at.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Median">Their median.</param>
/// <param name="Skewness">Adjusted Fisher–Pearson G1 (see <see cref="Sample.Skewness"/>).</param>
/// <param name="ShareBelow">Share of agents below the mean, 0…1.</param>
/// <param name="ShareAbove">Share of agents above the mean, 0…1.</param>
/// <param name="Bins">Equal bars, as many as Sturges' rule asks for (1 + log₂ n, rounded up); empty without agents.</param>
/// <param name="Stage">What the shape says.</param>
/// <param name="Correction">
/// What to add to the baseline, in whole units: for a leaning shape median − mean (down for a growing team, so that most can reach it; up for a
/// mature one), else 0. A suggestion only: a person decides.
/// </param>
public sealed record VolumeShape(
    int Agents, decimal Mean, decimal Median, double? Skewness, double ShareBelow, double ShareAbove, IReadOnlyList<VolumeBin> Bins, GrowthStage Stage, decimal Correction)
{
    internal static VolumeShape Of(IReadOnlyList<AgentMean> agents, BaselineSettings settings)
    {
        if (agents.Count == 0) return new VolumeShape(0, 0, 0, null, 0, 0, [], GrowthStage.TooFew, 0);
        var sample = Sample.Of(agents.Select(a => (double)a.Volume));
        var (mean, median) = ((decimal)sample.Mean, (decimal)sample.Percentile(0.5));
        var stage = sample.Count < settings.LeastAgents ? GrowthStage.TooFew
            : sample.Skewness > settings.Leaning ? GrowthStage.Growing
            : sample.Skewness < -settings.Leaning ? GrowthStage.Mature : GrowthStage.Steady;
        var correction = stage is GrowthStage.Growing or GrowthStage.Mature ? Math.Round(median - mean, 0, MidpointRounding.AwayFromZero) : 0;
        return new VolumeShape(sample.Count, mean, median, sample.Skewness, sample.ShareBelow(sample.Mean), sample.ShareAbove(sample.Mean), Bars(agents), stage, correction);
    }

    private static List<VolumeBin> Bars(IReadOnlyList<AgentMean> agents)
    {
        var (least, most) = (agents.Min(a => a.Volume), agents.Max(a => a.Volume));
        if (least == most) return [new VolumeBin(least, most, agents.Count)];
        var bars = 1 + (int)Math.Ceiling(Math.Log2(agents.Count));
        var width = (most - least) / bars;
        var counts = new int[bars];
        foreach (var a in agents) counts[Math.Min(bars - 1, (int)((a.Volume - least) / width))]++;
        return [.. counts.Select((count, i) => new VolumeBin(least + i * width, i == bars - 1 ? most : least + (i + 1) * width, count))];
    }
}
