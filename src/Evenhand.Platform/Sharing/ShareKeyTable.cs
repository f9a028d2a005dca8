using Evenhand.Kernel;
using Evenhand.Platform.Contracts;
using Evenhand.Platform.Organisation;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evenhand.Platform.Sharing;

/// <summary>A link that opens one page to whoever has it.</summary>
internal sealed class ShareKeyRow : IAudited
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }

    /// <summary>SHA-256 of the key.</summary>
    [Secret]
    public required string Hash { get; init; }

    public required string Subject { get; init; }
    public required string Path { get; init; }
    public required string Permission { get; init; }
    public Guid? UnitId { get; init; }
    public required string MadeBy { get; init; }
    public DateTimeOffset MadeAt { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
    public DateTimeOffset? RevokedAt { get; set; }

    [Unaudited]
    public DateTimeOffset? LastUsedAt { get; set; }

    public bool WorksAt(DateTimeOffset now) => RevokedAt is null && (ExpiresAt is not { } end || now < end);
}

internal sealed class ShareKeyMapping : IEntityTypeConfiguration<ShareKeyRow>
{
    public void Configure(EntityTypeBuilder<ShareKeyRow> key)
    {
        key.ToTable("platform_share_key");
        key.HasIndex(k => k.Hash).IsUnique();
        key.HasIndex(k => k.Subject);
        key.Property(k => k.Name).HasMaxLength(100);
        key.Property(k => k.Hash).HasMaxLength(64);
        key.Property(k => k.Subject).HasMaxLength(200);
        key.Property(k => k.Path).HasMaxLength(300);
        key.Property(k => k.Permission).HasMaxLength(100);
        key.Property(k => k.MadeBy).HasMaxLength(200);
        key.HasOne<UnitRow>().WithMany().HasForeignKey(k => k.UnitId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal static class ShareKeyTable
{
    extension(EvenhandDb db)
    {
        public DbSet<ShareKeyRow> ShareKeys => db.Set<ShareKeyRow>();
    }
}
