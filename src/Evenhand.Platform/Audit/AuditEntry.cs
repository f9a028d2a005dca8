using Evenhand.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evenhand.Platform.Audit;

/// <summary>Who did what, when, and what it was before and after. Entries are only ever added: the database itself refuses anything else.</summary>
internal sealed class AuditEntry
{
    public required Guid Id { get; init; }
    public required DateTimeOffset At { get; init; }
    public Guid? AccountId { get; init; }
    public required string Actor { get; init; }

    /// <summary>`created`, `changed`, `removed`, or the text key of something else that was done.</summary>
    public required string Action { get; init; }

    /// <summary>The table, or another noun.</summary>
    public required string Subject { get; init; }

    public required string SubjectKey { get; init; }

    /// <summary>What changed, before, as JSON.</summary>
    public string? Before { get; init; }

    /// <summary>What changed, after, as JSON.</summary>
    public string? After { get; init; }
}

internal sealed class AuditMapping : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> entry)
    {
        entry.ToTable("platform_audit");
        entry.IsAppendOnly();
        entry.HasIndex(e => e.At);
        entry.HasIndex(e => new { e.Subject, e.SubjectKey });
        entry.Property(e => e.Actor).HasMaxLength(200);
        entry.Property(e => e.Action).HasMaxLength(100);
        entry.Property(e => e.Subject).HasMaxLength(100);
        entry.Property(e => e.SubjectKey).HasMaxLength(300);
    }
}

internal static class AuditTables
{
    extension(EvenhandDb db)
    {
        public DbSet<AuditEntry> AuditEntries => db.Set<AuditEntry>();
    }
}
