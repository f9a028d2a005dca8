using Evenhand.Analytics.Intervals;
using Evenhand.Measurement.Contracts;
using Evenhand.Measurement.Intervals;
using Evenhand.Platform.Contracts;

namespace Evenhand.Measurement.Figures;

/// <summary>Turns sums of cells, and single contacts, into the groups a question asks for.</summary>
internal sealed class FigureKeys(IReadOnlyList<FigureGroup> by, IntervalGrid grid, OrganisationSnapshot organisation)
{
    private readonly HashSet<FigureGroup> groups = [.. by];

    public bool Has(FigureGroup group) => groups.Contains(group);

    /// <summary>True when quarter hours are needed because days are too coarse.</summary>
    public bool IsFinerThanDays => Has(FigureGroup.Interval) || Has(FigureGroup.Hour);

    /// <summary>The columns sums must be grouped by.</summary>
    public IReadOnlyList<string> Columns(bool ofAgents, bool agentDays)
    {
        var columns = new List<string>();
        if (Has(FigureGroup.Queue)) columns.Add("QueueId");
        if (ofAgents) columns.Add("AgentId");
        if (Has(FigureGroup.Interval)) columns.Add("Start");
        if (Has(FigureGroup.Hour)) columns.Add("Hour");
        if (Has(FigureGroup.Day) || Has(FigureGroup.Weekday) || agentDays) columns.Add("Day");
        return columns;
    }

    /// <summary>The group of a sum.</summary>
    public FigureKey Of(SumKey sum) => Of(sum.Queue, sum.Agent, sum.Day, sum.Start, sum.Hour);

    /// <summary>The group of a contact.</summary>
    public FigureKey Of(Guid queue, Guid agent, long enteredAt)
    {
        var start = grid.StartOf(enteredAt);
        return Of(queue, agent, grid.LocalDay(enteredAt).DayNumber, start, grid.LocalSecondOfDay(start) / 3600);
    }

    /// <summary>Rows in the order of the groups, each by its name or time.</summary>
    public IEnumerable<T> Sorted<T>(IEnumerable<T> rows, Func<T, FigureKey> key)
    {
        var sorted = rows.OrderBy(_ => 0);
        foreach (var group in by) sorted = sorted.ThenBy(r => Rank(group, key(r)), Comparer<(long, string)>.Create(Compare));
        return sorted;
    }

    /// <summary>The code by which people know a part of a key; empty for agents in no team.</summary>
    public string CodeOf(FigureGroup group, FigureKey key) => group switch
    {
        FigureGroup.Queue => organisation.Queues.GetValueOrDefault(key.Queue!.Value)?.Code ?? key.Queue.Value.ToString(),
        FigureGroup.Agent => organisation.Agents.GetValueOrDefault(key.Agent!.Value)?.Code ?? key.Agent.Value.ToString(),
        _ => key.Team is { } team && team != Guid.Empty ? organisation.Units.GetValueOrDefault(team)?.Code ?? team.ToString() : "",
    };

    private FigureKey Of(Guid queue, Guid agent, int day, long start, int hour) => new(
        Has(FigureGroup.Team) ? organisation.TeamOf(agent, DateOnly.FromDayNumber(day)) ?? Guid.Empty : null,
        Has(FigureGroup.Queue) ? queue : null,
        Has(FigureGroup.Agent) ? agent : null,
        Has(FigureGroup.Day) ? DateOnly.FromDayNumber(day) : null,
        Has(FigureGroup.Interval) ? start : null,
        Has(FigureGroup.Hour) ? hour : null,
        Has(FigureGroup.Weekday) ? DateOnly.FromDayNumber(day).DayOfWeek : null);

    private (long, string) Rank(FigureGroup group, FigureKey key) => group switch
    {
        FigureGroup.Day => (key.Day!.Value.DayNumber, ""),
        FigureGroup.Interval => (key.Interval!.Value, ""),
        FigureGroup.Hour => (key.Hour!.Value, ""),
        FigureGroup.Weekday => (((int)key.Weekday!.Value + 6) % 7, ""),
        FigureGroup.Centre => (0, ""),
        _ => (0, CodeOf(group, key)),
    };

    private static int Compare((long Number, string Text) left, (long Number, string Text) right) =>
        left.Number != right.Number ? left.Number.CompareTo(right.Number) : string.CompareOrdinal(left.Text, right.Text);
}
