using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evenhand.Kernel.Facts;

/// <summary>Something that happened, immutable, in the order in which it was saved.</summary>
public sealed class Fact
{
    /// <summary>Its place in the log; rises with the order of commits.</summary>
    public long Position { get; private set; }

    public required Guid Id { get; init; }

    /// <summary>Name of the body's type, in the past tense.</summary>
    public required string Type { get; init; }

    /// <summary>When it happened, by its source's clock.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>Who or what reported it.</summary>
    public required string Source { get; init; }

    /// <summary>The typed body as JSON.</summary>
    public required string Body { get; init; }
}

/// <summary>How far one reader has come; moved in the transaction that did the work.</summary>
public sealed class FactReaderPosition
{
    public required string Reader { get; init; }

    public long Position { get; set; }

    public DateTimeOffset MovedAt { get; set; }

    /// <summary>The last failure, shown to an administrator; null while all is well.</summary>
    public string? Fault { get; set; }
}

internal sealed class FactMapping : IEntityTypeConfiguration<Fact>, IEntityTypeConfiguration<FactReaderPosition>
{
    public void Configure(EntityTypeBuilder<Fact> fact)
    {
        fact.ToTable("kernel_fact");
        fact.HasKey(f => f.Position);
        fact.Property(f => f.Position).ValueGeneratedOnAdd();
        fact.HasIndex(f => f.Id).IsUnique();
        fact.Property(f => f.Type).HasMaxLength(100);
        fact.Property(f => f.Source).HasMaxLength(200);
    }

    public void Configure(EntityTypeBuilder<FactReaderPosition> position)
    {
        position.ToTable("kernel_fact_reader");
        position.HasKey(p => p.Reader);
        position.Property(p => p.Reader).HasMaxLength(100);
    }
}
