using Evenhand.Kernel;
using Evenhand.Platform.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evenhand.Workforce.Roster;

/// <summary>A published stretch of work of one agent, half-open, with the seat where it is done.</summary>
internal sealed class Duty
{
    /// <summary>No duty lasts longer, which lets a look at some hours pass by all older rows.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(16);

    public required Guid Id { get; init; }
    public required Guid AgentId { get; init; }
    public required DateTimeOffset Start { get; init; }
    public required DateTimeOffset End { get; init; }

    /// <summary>Code of its shift; empty for a stretch outside the centre's shifts.</summary>
    public required string Shift { get; init; }

    public Guid? SeatId { get; set; }
}

/// <summary>One of the centre's shifts: its usual hours, and how long before its end the handover opens.</summary>
internal sealed class ShiftPattern : IAudited
{
    public required string Code { get; init; }
    public required string Name { get; set; }

    /// <summary>Minutes after midnight.</summary>
    public required int Start { get; set; }

    /// <summary>Minutes after the same midnight; beyond 1,440 it is the next day.</summary>
    public required int End { get; set; }

    /// <summary>Minutes before its end from which on the handover may be made; null when the shift hands nothing over.</summary>
    public int? Opens { get; set; }

    public required int Place { get; set; }
}

/// <summary>A roster was published: who, when, for which days.</summary>
internal sealed class Publication
{
    public required Guid Id { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string By { get; init; }
    public required DateOnly From { get; init; }
    public required DateOnly To { get; init; }
    public required int Agents { get; init; }
    public required int Added { get; init; }
    public required int Removed { get; init; }
}

internal sealed class DutyMapping : IEntityTypeConfiguration<Duty>, IEntityTypeConfiguration<ShiftPattern>, IEntityTypeConfiguration<Publication>
{
    private const int Code = 50;
    private const int Name = 200;

    public void Configure(EntityTypeBuilder<Duty> duty)
    {
        duty.ToTable("workforce_duty");
        duty.Property(d => d.Shift).HasMaxLength(Code);
        duty.HasIndex(d => new { d.AgentId, d.Start }).IsUnique();
        duty.HasIndex(d => d.Start);
    }

    public void Configure(EntityTypeBuilder<ShiftPattern> shift)
    {
        shift.ToTable("workforce_shift");
        shift.HasKey(s => s.Code);
        shift.Property(s => s.Code).HasMaxLength(Code);
        shift.Property(s => s.Name).HasMaxLength(Code);
    }

    public void Configure(EntityTypeBuilder<Publication> publication)
    {
        publication.ToTable("workforce_publication").IsAppendOnly();
        publication.Property(p => p.By).HasMaxLength(Name);
    }
}

internal static class DutyTables
{
    extension(EvenhandDb db)
    {
        public DbSet<Duty> Duties => db.Set<Duty>();
        public DbSet<ShiftPattern> ShiftPatterns => db.Set<ShiftPattern>();
        public DbSet<Publication> Publications => db.Set<Publication>();

        /// <summary>Duties that overlap [from, to), in order of start.</summary>
        public IQueryable<Duty> DutiesDuring(DateTimeOffset from, DateTimeOffset to)
        {
            var oldest = from - Duty.Longest;
            return db.Duties.Where(d => d.Start > oldest && d.Start < to && d.End > from).OrderBy(d => d.Start).ThenBy(d => d.AgentId);
        }
    }
}
