using Evenhand.Kernel;
using Evenhand.Platform.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evenhand.Measurement.Diagnosis;

/// <summary>Something that changed on a day and may explain a shift of the figures: a script release, a product launch, a training.</summary>
internal sealed class CentreEvent : IAudited
{
    /// <summary>What an event can be.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["script", "product", "training", "campaign", "roster", "other"];

    public required Guid Id { get; init; }

    /// <summary>The day it took effect, by the centre's calendar.</summary>
    public required DateOnly Day { get; set; }

    /// <summary>One of <see cref="Kinds"/>.</summary>
    public required string Kind { get; set; }

    /// <summary>What people call it.</summary>
    public required string Title { get; set; }

    /// <summary>The part of the centre it concerned; null for all of it.</summary>
    public Guid? UnitId { get; set; }
}

internal sealed class CentreEventMapping : IEntityTypeConfiguration<CentreEvent>
{
    public void Configure(EntityTypeBuilder<CentreEvent> row)
    {
        row.ToTable("measurement_event");
        row.HasIndex(e => e.Day);
        row.Property(e => e.Kind).HasMaxLength(20);
        row.Property(e => e.Title).HasMaxLength(200);
    }
}

internal static class EventTables
{
    extension(EvenhandDb db)
    {
        public DbSet<CentreEvent> CentreEvents => db.Set<CentreEvent>();
    }
}
