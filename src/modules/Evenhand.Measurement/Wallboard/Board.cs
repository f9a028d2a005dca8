using System.Text.Json;
using Evenhand.Kernel;
using Evenhand.Platform.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evenhand.Measurement.Wallboard;

/// <summary>A wallboard as somebody laid it out.</summary>
internal sealed class Board : IAudited
{
    /// <summary>The board that is there without any set-up; a row of this id takes its place.</summary>
    public static readonly Guid Standard = new("01930000-0000-7000-8000-000000000001");

    public required Guid Id { get; init; }
    public required string Name { get; set; }

    /// <summary>The <see cref="BoardDefinition"/> as JSON.</summary>
    public required string Definition { get; set; }

    public int Version { get; set; } = 1;
    public required DateTimeOffset ChangedAt { get; set; }
    public required string ChangedBy { get; set; }
}

/// <summary>What a board shows, of which part of the centre, and how.</summary>
internal sealed record BoardDefinition
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Codes of queues whose contacts are counted; empty for all.</summary>
    public IReadOnlyList<string> Queues { get; init; } = [];

    /// <summary>Codes of units whose people are counted; empty for all.</summary>
    public IReadOnlyList<string> Units { get; init; } = [];

    public IReadOnlyList<BoardSheet> Pages { get; init; } = [];

    /// <summary>How long each page is shown; 0 shows the first for good.</summary>
    public int RotateSeconds { get; init; } = 20;

    /// <summary>Ranks without names.</summary>
    public bool IsPrivate { get; init; } = true;

    /// <summary>dark or light.</summary>
    public string Theme { get; init; } = "dark";

    public string? Announcement { get; init; }

    /// <summary>What every centre can show on the first day.</summary>
    public static BoardDefinition Usual { get; } = new()
    {
        Pages =
        [
            BoardSheet.Of("waiting", "longest-wait", "sl-today", "sl-30", "estimated-wait", "abandoned-long", "staffed", "occupancy-now", "overdue-promises"),
            BoardSheet.Of("offered", "answered", "asa", "aht", "acw", "abandoned-short", "call-backs", "overflow-in", "overflow-out"),
            BoardSheet.Of("states", "breaks", "leaderboard", "teams"),
        ],
    };

    public static BoardDefinition Parse(string json) => JsonSerializer.Deserialize<BoardDefinition>(json, Json)!;

    public string ToJson() => JsonSerializer.Serialize(this, Json);
}

/// <summary>One page of a board.</summary>
internal sealed record BoardSheet(IReadOnlyList<TileSpec> Tiles)
{
    /// <summary>A page of tiles with the thresholds of their kinds.</summary>
    public static BoardSheet Of(params string[] kinds) => new([.. kinds.Select(k => new TileSpec(k, TileKind.Of(k)?.Lower, TileKind.Of(k)?.Upper))]);
}

/// <summary>A tile: what it shows and where it begins to be worth a look and to be wrong, in the unit it is read in (%, seconds, people).</summary>
internal sealed record TileSpec(string Kind, double? Lower = null, double? Upper = null);

internal sealed class BoardMapping : IEntityTypeConfiguration<Board>
{
    public void Configure(EntityTypeBuilder<Board> board)
    {
        board.ToTable("measurement_board");
        board.Property(b => b.Name).HasMaxLength(100);
        board.Property(b => b.ChangedBy).HasMaxLength(200);
        board.Property(b => b.Version).IsConcurrencyToken();
    }
}

internal static class BoardTables
{
    extension(EvenhandDb db)
    {
        public DbSet<Board> Boards => db.Set<Board>();
    }
}
