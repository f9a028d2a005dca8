using Evenhand.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evenhand.Routing.Announcements;

/// <summary>How much an announcement matters.</summary>
internal enum Importance
{
    /// <summary>Worth knowing; confirmed when there is time.</summary>
    Normal,

    /// <summary>Must be confirmed before anybody goes ready.</summary>
    Important,

    /// <summary>A problem and its answer, so that it does not happen again.</summary>
    Exception,
}

/// <summary>Something told to the people of some units, from and until a time.</summary>
internal sealed class Announcement
{
    public required Guid Id { get; init; }
    public required string Title { get; init; }
    public required string Text { get; init; }
    public required Importance Importance { get; init; }
    public required DateTimeOffset From { get; init; }

    /// <summary>When it is over; withdrawn it ends early.</summary>
    public required DateTimeOffset Until { get; set; }

    public required DateTimeOffset At { get; init; }
    public required string By { get; init; }
    public Guid? ById { get; init; }

    /// <summary>What it came from, such as `help:` with an id; null when somebody wrote it.</summary>
    public string? Source { get; init; }

    public DateTimeOffset? WithdrawnAt { get; set; }
    public string? WithdrawnBy { get; set; }

    /// <summary>When whoever has not read it is reminded next; null when nobody is left or it is over.</summary>
    public DateTimeOffset? RemindAt { get; set; }

    public int Reminders { get; set; }
    public int Version { get; set; } = 1;
}

/// <summary>A unit whose people an announcement is for; those below it included.</summary>
internal sealed class AnnouncementUnit
{
    public required Guid AnnouncementId { get; init; }
    public required Guid UnitId { get; init; }
}

/// <summary>An agent has read an announcement and said so.</summary>
internal sealed class AnnouncementRead
{
    public required Guid AnnouncementId { get; init; }
    public required Guid AgentId { get; init; }
    public required DateTimeOffset At { get; init; }
}

internal sealed class AnnouncementMapping : IEntityTypeConfiguration<Announcement>, IEntityTypeConfiguration<AnnouncementUnit>, IEntityTypeConfiguration<AnnouncementRead>
{
    public void Configure(EntityTypeBuilder<Announcement> announcement)
    {
        announcement.ToTable("routing_announcement");
        announcement.Property(a => a.Title).HasMaxLength(200);
        announcement.Property(a => a.Text).HasMaxLength(5000);
        announcement.Property(a => a.By).HasMaxLength(200);
        announcement.Property(a => a.Source).HasMaxLength(100);
        announcement.Property(a => a.WithdrawnBy).HasMaxLength(200);
        announcement.Property(a => a.Version).IsConcurrencyToken();
        announcement.HasIndex(a => a.Until);
        announcement.HasIndex(a => a.RemindAt);
    }

    public void Configure(EntityTypeBuilder<AnnouncementUnit> unit)
    {
        unit.ToTable("routing_announcement_unit");
        unit.HasKey(u => new { u.AnnouncementId, u.UnitId });
        unit.HasOne<Announcement>().WithMany().HasForeignKey(u => u.AnnouncementId);
        unit.HasIndex(u => u.UnitId);
    }

    public void Configure(EntityTypeBuilder<AnnouncementRead> read)
    {
        read.ToTable("routing_announcement_read").IsAppendOnly();
        read.HasKey(r => new { r.AnnouncementId, r.AgentId });
        read.HasOne<Announcement>().WithMany().HasForeignKey(r => r.AnnouncementId);
        read.HasIndex(r => r.AgentId);
    }
}

internal static class AnnouncementTables
{
    extension(EvenhandDb db)
    {
        public DbSet<Announcement> Announcements => db.Set<Announcement>();
        public DbSet<AnnouncementUnit> AnnouncementUnits => db.Set<AnnouncementUnit>();
        public DbSet<AnnouncementRead> AnnouncementReads => db.Set<AnnouncementRead>();

        /// <summary>Those that hold at a moment.</summary>
        public IQueryable<Announcement> AnnouncementsAt(DateTimeOffset now) => db.Set<Announcement>().AsNoTracking().Where(a => a.From <= now && a.Until > now);
    }
}
