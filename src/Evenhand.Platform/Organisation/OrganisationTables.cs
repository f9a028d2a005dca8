using Evenhand.Kernel;
using Evenhand.Platform.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evenhand.Platform.Organisation;

internal sealed class UnitRow : IAudited
{
    public required Guid Id { get; init; }
    public Guid? ParentId { get; set; }
    public required UnitKind Kind { get; set; }
    public required string Code { get; set; }
    public required string Name { get; set; }
}

internal sealed class AgentRow : IAudited
{
    public required Guid Id { get; init; }
    public required string Code { get; set; }
    public required string Name { get; set; }
    public DateOnly? JoinedOn { get; set; }
    public DateOnly? LeftOn { get; set; }
    public bool Placed { get; set; }
}

internal sealed class QueueRow : IAudited
{
    public required Guid Id { get; init; }
    public required string Code { get; set; }
    public required string Name { get; set; }
    public bool Placed { get; set; }
}

internal sealed class PlacementRow : IAudited
{
    public required Guid Id { get; init; }
    public required Guid AgentId { get; init; }
    public required Guid TeamId { get; set; }
    public required DateOnly From { get; set; }
    public DateOnly? To { get; set; }
}

/// <summary>One row of settings for the whole centre.</summary>
internal sealed class CentreRow : IAudited
{
    public required int Id { get; init; }
    public required string Zone { get; set; }

    /// <summary>Another one with every change of the organisation or of rights, so that snapshots know when they are old; random, so that two changes at once never meet in one version.</summary>
    [Unaudited]
    public long Version { get; set; }
}

internal sealed class OrganisationMapping : IEntityTypeConfiguration<UnitRow>, IEntityTypeConfiguration<AgentRow>,
    IEntityTypeConfiguration<QueueRow>, IEntityTypeConfiguration<PlacementRow>, IEntityTypeConfiguration<CentreRow>
{
    public void Configure(EntityTypeBuilder<UnitRow> unit)
    {
        unit.ToTable("platform_unit");
        unit.HasIndex(u => u.Code).IsUnique();
        unit.Property(u => u.Code).HasMaxLength(100);
        unit.Property(u => u.Name).HasMaxLength(200);
        unit.HasOne<UnitRow>().WithMany().HasForeignKey(u => u.ParentId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<AgentRow> agent)
    {
        agent.ToTable("platform_agent");
        agent.HasIndex(a => a.Code).IsUnique();
        agent.Property(a => a.Code).HasMaxLength(200);
        agent.Property(a => a.Name).HasMaxLength(200);
    }

    public void Configure(EntityTypeBuilder<QueueRow> queue)
    {
        queue.ToTable("platform_queue");
        queue.HasIndex(q => q.Code).IsUnique();
        queue.Property(q => q.Code).HasMaxLength(200);
        queue.Property(q => q.Name).HasMaxLength(200);
    }

    public void Configure(EntityTypeBuilder<PlacementRow> placement)
    {
        placement.ToTable("platform_placement");
        placement.HasIndex(p => new { p.AgentId, p.From }).IsUnique();
        placement.HasOne<AgentRow>().WithMany().HasForeignKey(p => p.AgentId);
        placement.HasOne<UnitRow>().WithMany().HasForeignKey(p => p.TeamId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<CentreRow> centre)
    {
        centre.ToTable("platform_centre");
        centre.Property(c => c.Id).ValueGeneratedNever();
        centre.Property(c => c.Zone).HasMaxLength(100);
    }
}

internal static class OrganisationTables
{
    private const int Only = 1;

    extension(EvenhandDb db)
    {
        public DbSet<UnitRow> Units => db.Set<UnitRow>();
        public DbSet<AgentRow> Agents => db.Set<AgentRow>();
        public DbSet<QueueRow> Queues => db.Set<QueueRow>();
        public DbSet<PlacementRow> Placements => db.Set<PlacementRow>();
        public DbSet<CentreRow> Centres => db.Set<CentreRow>();

        /// <summary>The version of organisation and rights that is stored; -1 before there is a centre.</summary>
        public async Task<long> VersionNow(CancellationToken cancel) =>
            await db.Centres.AsNoTracking().Select(c => (long?)c.Version).SingleOrDefaultAsync(cancel) ?? -1;

        /// <summary>Makes every node read organisation and rights anew; saved with the change itself.</summary>
        public async Task<CentreRow> RaiseVersion(CancellationToken cancel)
        {
            var centre = await db.Centres.FindAsync([Only], cancel);
            if (centre is null) db.Add(centre = new CentreRow { Id = Only, Zone = TimeZoneInfo.Local.Id });
            centre.Version = BitConverter.ToInt64(Guid.CreateVersion7().ToByteArray(), 8);
            return centre;
        }
    }
}
