using Evenhand.Analytics.Dispersion;

namespace Evenhand.Analytics.Baselines;

/// <summary>One agent's volume in one month.</summary>
/// <param name="Agent">The agent's code.</param>
/// <param name="Month">Any day of the month; only year and month are read.</param>
/// <param name="Volume">Units done, weighted or plain, 0 or more.</param>
/// <param name="Hours">Hours worked, 0 or more.</param>
/// <param name="Joined">First day with the centre, when known.</param>
/// <param name="Left">Last day with the centre, when the agent has left.</param>
public sealed record AgentVolume(string Agent, DateOnly Month, decimal Volume, decimal Hours, DateOnly? Joined = null, DateOnly? Left = null);

/// <summary>Who counts towards the baseline, and how the shape of the team is read.</summary>
public sealed record BaselineSettings
{
    /// <summary>Fewest hours worked a month, as the agent's mean over the months given; 100.</summary>
    public decimal LeastHours { get; init; } = 100;

    /// <summary>Agents who joined fewer than this many days before the end of the last month are new; 90.</summary>
    public int NewStarterDays { get; init; } = 90;

    /// <summary>Agents below mean − this many standard deviations are removed, once; 1.</summary>
    public double LowCutDeviations { get; init; } = 1;

    /// <summary>Skewness from which a distribution counts as leaning, both ways; 0.5.</summary>
    public double Leaning { get; init; } = 0.5;

    /// <summary>Fewest agents for the shape to be read; 8.</summary>
    public int LeastAgents { get; init; } = 8;
}

/// <summary>Why an agent does not count towards the baseline.</summary>
public enum RemovalReason
{
    /// <summary>Worked fewer hours a month than asked for.</summary>
    TooFewHours,

    /// <summary>Left by the end of the last month.</summary>
    Leaver,

    /// <summary>Joined too shortly before the end of the last month.</summary>
    NewStarter,

    /// <summary>Mean volume below mean − 1 standard deviation of those still in.</summary>
    BelowMeanMinusDeviation,
}

/// <summary>An agent's mean month.</summary>
/// <param name="Agent">The agent's code.</param>
/// <param name="Volume">Mean monthly volume.</param>
/// <param name="Hours">Mean monthly hours.</param>
/// <param name="Months">Months given.</param>
public sealed record AgentMean(string Agent, decimal Volume, decimal Hours, int Months);

/// <summary>An agent left out, and why. The first reason that applies is given, in this order: leaver, new starter, too few hours, too low.</summary>
/// <param name="Agent">The agent's mean month.</param>
/// <param name="Reason">Why.</param>
/// <param name="Limit">What was compared with: least hours, days of tenure, or the lowest volume kept; null for leavers.</param>
public sealed record RemovedAgent(AgentMean Agent, RemovalReason Reason, decimal? Limit);

/// <summary>The baseline (基准值) of a piece-rate plan: the mean monthly volume of the agents who count.</summary>
/// <param name="Value">Mean of the agents kept, exact; 0 when none is.</param>
/// <param name="StandardDeviation">Sample standard deviation of the agents kept; 0 below two.</param>
/// <param name="Kept">The agents who count, by volume.</param>
/// <param name="Removed">The agents who do not, each with its reason.</param>
/// <param name="Shape">The distribution before the lowest were cut off, which would itself bend it.</param>
public sealed record Baseline(decimal Value, decimal StandardDeviation, IReadOnlyList<AgentMean> Kept, IReadOnlyList<RemovedAgent> Removed, VolumeShape Shape)
{
    /// <summary>The baseline rounded to a natural number, half away from zero.</summary>
    public decimal Natural => Math.Round(Value, 0, MidpointRounding.AwayFromZero);

    /// <summary>Computes the baseline from the months given (usually the last two, more when volume is stable).</summary>
    /// <param name="volumes">One row per agent and month.</param>
    /// <param name="settings">Who counts; defaults when null.</param>
    /// <exception cref="ArgumentException">A month given twice, or a volume or hours below 0; the message names agent and month.</exception>
    public static Baseline Compute(IReadOnlyList<AgentVolume> volumes, BaselineSettings? settings = null)
    {
        settings ??= new BaselineSettings();
        Check(volumes);
        if (volumes.Count == 0) return new Baseline(0, 0, [], [], VolumeShape.Of([], settings));
        var last = volumes.Max(v => v.Month);
        var end = new DateOnly(last.Year, last.Month, 1).AddMonths(1).AddDays(-1);

        List<AgentMean> eligible = [];
        List<RemovedAgent> removed = [];
        foreach (var agent in volumes.GroupBy(v => v.Agent).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var mean = new AgentMean(agent.Key, agent.Average(v => v.Volume), agent.Average(v => v.Hours), agent.Count());
            if (agent.Any(v => v.Left <= end)) removed.Add(new RemovedAgent(mean, RemovalReason.Leaver, null));
            else if (agent.Any(v => v.Joined is { } joined && end.DayNumber - joined.DayNumber < settings.NewStarterDays)) removed.Add(new RemovedAgent(mean, RemovalReason.NewStarter, settings.NewStarterDays));
            else if (mean.Hours < settings.LeastHours) removed.Add(new RemovedAgent(mean, RemovalReason.TooFewHours, settings.LeastHours));
            else eligible.Add(mean);
        }
        var all = Sample.Of(eligible.Select(a => (double)a.Volume));
        var lowest = all.Count < 2 ? decimal.MinValue : eligible.Average(a => a.Volume) - (decimal)(settings.LowCutDeviations * all.StandardDeviation!.Value);
        removed.AddRange(eligible.Where(a => a.Volume < lowest).Select(a => new RemovedAgent(a, RemovalReason.BelowMeanMinusDeviation, lowest)));
        List<AgentMean> kept = [.. eligible.Where(a => a.Volume >= lowest).OrderBy(a => a.Volume).ThenBy(a => a.Agent, StringComparer.Ordinal)];
        var spread = Sample.Of(kept.Select(a => (double)a.Volume)).StandardDeviation ?? 0;
        return new Baseline(kept.Count == 0 ? 0 : kept.Average(a => a.Volume), (decimal)spread, kept, removed, VolumeShape.Of(eligible, settings));
    }

    private static void Check(IReadOnlyList<AgentVolume> volumes)
    {
        foreach (var v in volumes) if (v.Volume < 0 || v.Hours < 0) throw new ArgumentException($"Agent {v.Agent}, {v.Month:yyyy-MM}: volume {v.Volume} and hours {v.Hours} must be 0 or more.", nameof(volumes));
        if (volumes.GroupBy(v => (v.Agent, v.Month.Year, v.Month.Month)).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException($"Agent {twice.Key.Agent}, {twice.Key.Year}-{twice.Key.Month:00}: the month is given {twice.Count()} times; add its parts up first.", nameof(volumes));
    }
}
