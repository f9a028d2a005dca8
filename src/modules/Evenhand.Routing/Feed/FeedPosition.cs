using Evenhand.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evenhand.Routing.Feed;

/// <summary>Up to where the floor's history has been handed on to the figures; one row.</summary>
internal sealed class FeedPosition
{
    public const int Only = 1;

    public required int Id { get; init; }

    /// <summary>The last presence step.</summary>
    public Guid Step { get; set; }

    /// <summary>The last end of a contact, and the contact.</summary>
    public DateTimeOffset EndedAt { get; set; }
    public Guid Contact { get; set; }
}

internal sealed class FeedPositionMapping : IEntityTypeConfiguration<FeedPosition>
{
    public void Configure(EntityTypeBuilder<FeedPosition> position)
    {
        position.ToTable("routing_feed_position");
        position.Property(p => p.Id).ValueGeneratedNever();
    }
}

internal static class FeedTables
{
    extension(EvenhandDb db)
    {
        public DbSet<FeedPosition> FeedPositions => db.Set<FeedPosition>();
    }
}
