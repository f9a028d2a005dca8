using System.Text.Json;

namespace Evenhand.Intake.Archive;

internal enum ImportStatus
{
    Running,
    Done,
    Cancelled,
    Failed,
}

internal enum ImportFormat
{
    QueueLog,
    CallRecords,
    States,

    /// <summary>What a live line told in a day; asked for by nobody.</summary>
    Live,
}

/// <summary>One import: what it read and what came of it. Written with each batch, so that it is true after a crash.</summary>
internal sealed class ImportRow
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required string Source { get; init; }
    public required ImportFormat Format { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public required string StartedBy { get; init; }
    public DateTimeOffset? EndedAt { get; set; }
    public ImportStatus Status { get; set; }
    public int Batches { get; set; }
    public long Lines { get; set; }
    public long Added { get; set; }
    public long Changed { get; set; }
    public long Known { get; set; }
    public long States { get; set; }

    /// <summary>Rows by what they were, such as the outcomes of call-detail records; JSON of text → count.</summary>
    public string Seen { get; set; } = "{}";

    /// <summary>Rejected and flagged rows by reason; JSON of code → count.</summary>
    public string Reasons { get; set; } = "{}";

    /// <summary>Name of the rejects file in the data directory; null when nothing was rejected.</summary>
    public string? Rejects { get; set; }

    /// <summary>What else is to be known, as a text key: a truncated file.</summary>
    public string? Note { get; set; }

    public IReadOnlyDictionary<string, long> ReasonCounts => Read(Reasons);

    public IReadOnlyDictionary<string, long> SeenCounts => Read(Seen);

    public static string Write(IReadOnlyDictionary<string, long> counts) => JsonSerializer.Serialize(counts.OrderBy(c => c.Key, StringComparer.Ordinal).ToDictionary());

    private static Dictionary<string, long> Read(string json) => JsonSerializer.Deserialize<Dictionary<string, long>>(json) ?? [];
}
