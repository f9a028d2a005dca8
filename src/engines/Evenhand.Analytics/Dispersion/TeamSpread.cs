namespace Evenhand.Analytics.Dispersion;

/// <summary>One agent's figure and the team it belongs to.</summary>
/// <param name="Team">The team's code or name; compared ordinally.</param>
/// <param name="Value">The agent's figure; finite.</param>
public readonly record struct TeamValue(string Team, double Value);

/// <summary>An agent-level figure spread over teams: how far apart the teams are, and the agents inside them.</summary>
/// <param name="Overall">All agents together.</param>
/// <param name="Teams">Each team's agents, teams in ordinal order.</param>
/// <param name="BetweenCv">Standard deviation of the team means ÷ mean of the team means, every team counting once; null below two teams or when the mean is not above zero.</param>
/// <param name="WithinCv">Pooled deviation inside teams, √(Σ(nᵢ−1)sᵢ² ÷ Σ(nᵢ−1)), ÷ the mean of all agents; null when no team has two agents or the mean is not above zero.</param>
public sealed record TeamSpread(Sample Overall, IReadOnlyDictionary<string, Sample> Teams, double? BetweenCv, double? WithinCv)
{
    /// <summary>Groups the figures by team and measures both spreads.</summary>
    /// <param name="values">One entry per agent.</param>
    /// <exception cref="ArgumentException">A value is NaN or infinite.</exception>
    public static TeamSpread Of(IEnumerable<TeamValue> values)
    {
        var all = values.ToList();
        var overall = Sample.Of(all.Select(v => v.Value));
        var teams = new SortedDictionary<string, Sample>(
            all.GroupBy(v => v.Team).ToDictionary(g => g.Key, g => Sample.Of(g.Select(v => v.Value))), StringComparer.Ordinal);
        var freedom = teams.Values.Sum(t => Math.Max(0, t.Count - 1));
        var squares = teams.Values.Sum(t => Math.Pow(t.StandardDeviation ?? 0, 2) * (t.Count - 1));
        return new TeamSpread(overall, teams, Sample.Of(teams.Values.Select(t => t.Mean)).Cv, freedom > 0 && overall.Mean > 0 ? Math.Sqrt(squares / freedom) / overall.Mean : null);
    }
}
