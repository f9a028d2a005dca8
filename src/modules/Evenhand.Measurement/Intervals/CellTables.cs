using Evenhand.Analytics.Kpis;
using Evenhand.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evenhand.Measurement.Intervals;

/// <summary>A quarter hour of a queue; its counters are the columns of <see cref="CellColumns.OfQueue"/>.</summary>
internal sealed class QueueInterval
{
    public required long Start { get; init; }
    public required Guid QueueId { get; init; }

    /// <summary>Number of the local day, 0001-01-01 being 0.</summary>
    public required int Day { get; init; }

    /// <summary>Hour of the local day, 0–23.</summary>
    public required int Hour { get; init; }
}

/// <summary>A quarter hour of an agent in a queue; the row without a queue holds the agent's states.</summary>
internal sealed class AgentInterval
{
    public required long Start { get; init; }
    public required Guid AgentId { get; init; }
    public required Guid QueueId { get; init; }
    public required int Day { get; init; }
    public required int Hour { get; init; }
}

/// <summary>A local day of a queue: the sum of its quarter hours.</summary>
internal sealed class QueueDay
{
    public required int Day { get; init; }
    public required Guid QueueId { get; init; }
}

/// <summary>A local day of an agent in a queue, or of the agent's states.</summary>
internal sealed class AgentDay
{
    public required int Day { get; init; }
    public required Guid AgentId { get; init; }
    public required Guid QueueId { get; init; }
}

/// <summary>Which counters and histograms each table keeps, as columns of the same names.</summary>
internal static class CellColumns
{
    /// <summary>Contacts whose after-contact work the source told, which no KPI counts but every answer must know.</summary>
    public const string WorkKnown = "AfterContactKnown";

    private static readonly Counter[] ByQueueOnly =
        [Counter.Offered, Counter.Abandoned, Counter.TimedOut, Counter.KeyExit, Counter.EmptyExit, Counter.OtherExit, Counter.Unfinished, Counter.RingNoAnswer, Counter.WaitAbandonedSeconds];

    /// <summary>Counters of contacts.</summary>
    public static IReadOnlyList<Counter> OfQueue { get; } = [.. Enum.GetValues<Counter>().Where(c => c <= Counter.AfterContactInInterval), Counter.Identified];

    /// <summary>Counters of agent states.</summary>
    public static IReadOnlyList<Counter> OfStates { get; } = [.. Enum.GetValues<Counter>().Where(c => c is >= Counter.SignedInSeconds and <= Counter.OtherNotReadySeconds)];

    /// <summary>Known of whole days only.</summary>
    public static IReadOnlyList<Counter> OfPeak { get; } = [Counter.PeakBreakSeconds, Counter.PeakSignedInSeconds];

    public static IReadOnlyList<Counter> OfAgent { get; } = [.. OfQueue.Except(ByQueueOnly), .. OfStates];

    public static IReadOnlyList<Distribution> QueueHistograms { get; } = [Distribution.WaitAnswered, Distribution.WaitAbandoned, Distribution.Talk, Distribution.Handling];

    public static IReadOnlyList<Distribution> AgentHistograms { get; } = [Distribution.WaitAnswered, Distribution.Talk, Distribution.Handling];

    /// <summary>A histogram's column.</summary>
    public static string Name(Distribution distribution) => $"{distribution}Histogram";

    /// <summary>True when the counter can be told for single agents.</summary>
    public static bool KnownByAgent(Counter counter) => !ByQueueOnly.Contains(counter);
}

internal sealed class CellMapping : IEntityTypeConfiguration<QueueInterval>, IEntityTypeConfiguration<AgentInterval>, IEntityTypeConfiguration<QueueDay>, IEntityTypeConfiguration<AgentDay>
{
    public void Configure(EntityTypeBuilder<QueueInterval> cell)
    {
        cell.ToTable(CellTable.QueueIntervals.Name);
        cell.HasKey(c => new { c.Start, c.QueueId });
        Columns(cell, CellTable.QueueIntervals);
    }

    public void Configure(EntityTypeBuilder<AgentInterval> cell)
    {
        cell.ToTable(CellTable.AgentIntervals.Name);
        cell.HasKey(c => new { c.Start, c.AgentId, c.QueueId });
        Columns(cell, CellTable.AgentIntervals);
    }

    public void Configure(EntityTypeBuilder<QueueDay> cell)
    {
        cell.ToTable(CellTable.QueueDays.Name);
        cell.HasKey(c => new { c.Day, c.QueueId });
        Columns(cell, CellTable.QueueDays);
    }

    public void Configure(EntityTypeBuilder<AgentDay> cell)
    {
        cell.ToTable(CellTable.AgentDays.Name);
        cell.HasKey(c => new { c.Day, c.AgentId, c.QueueId });
        Columns(cell, CellTable.AgentDays);
    }

    private static void Columns(EntityTypeBuilder cell, CellTable table)
    {
        foreach (var counter in table.Counters) cell.Property<int>(counter.ToString());
        cell.Property<int>(CellColumns.WorkKnown);
        foreach (var histogram in table.Histograms) cell.Property<byte[]>(CellColumns.Name(histogram)).IsRequired(false);
    }
}

/// <summary>One of the four tables: its name, the columns that name a row, and what it counts.</summary>
internal sealed record CellTable(string Name, IReadOnlyList<string> Keys, IReadOnlyList<Counter> Counters, IReadOnlyList<Distribution> Histograms)
{
    public static CellTable QueueIntervals { get; } = new("measurement_queue_interval", ["Start", "QueueId", "Day", "Hour"], CellColumns.OfQueue, CellColumns.QueueHistograms);

    public static CellTable AgentIntervals { get; } = new("measurement_agent_interval", ["Start", "AgentId", "QueueId", "Day", "Hour"], CellColumns.OfAgent, CellColumns.AgentHistograms);

    public static CellTable QueueDays { get; } = new("measurement_queue_day", ["Day", "QueueId"], CellColumns.OfQueue, CellColumns.QueueHistograms);

    public static CellTable AgentDays { get; } = new("measurement_agent_day", ["Day", "AgentId", "QueueId"], [.. CellColumns.OfAgent, .. CellColumns.OfPeak], CellColumns.AgentHistograms);

    public static IReadOnlyList<CellTable> All { get; } = [QueueIntervals, AgentIntervals, QueueDays, AgentDays];

    public bool IsOfAgents => Keys.Contains("AgentId");

    public bool IsOfDays => !Keys.Contains("Start");

    /// <summary>All columns, in the order rows are written.</summary>
    public string[] Columns { get; } = [.. Keys, .. Counters.Select(c => c.ToString()), CellColumns.WorkKnown, .. Histograms.Select(CellColumns.Name)];
}
