using Evenhand.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evenhand.Workforce.Handover;

/// <summary>One shift change of the floor, kept from when it opens.</summary>
internal sealed class ShiftHandover
{
    public required Guid Id { get; init; }
    public required DateTimeOffset At { get; init; }
    public required DateTimeOffset Opens { get; init; }
    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>The last number given to a log, and to a signature.</summary>
    public int LastLog { get; set; }
    public int LastSignature { get; set; }

    /// <summary>Raised first by whoever changes anything of this handover, so that changes stand in line.</summary>
    public int Turn { get; set; }
}

/// <summary>One team's side of a handover.</summary>
internal sealed class HandoverTeam
{
    public required Guid Id { get; init; }
    public required Guid HandoverId { get; init; }
    public required Guid TeamId { get; init; }

    /// <summary>True for a team that leaves, false for one that arrives.</summary>
    public required bool Leaves { get; init; }

    /// <summary>Who takes over; only where it leaves.</summary>
    public Guid? SuccessorId { get; set; }

    /// <summary>The name of its <see cref="Handover.Leaving"/> or <see cref="Handover.Arriving"/> state.</summary>
    public required string State { get; set; }

    /// <summary>Number of its log when it leaves; up to which log it has read when it arrives.</summary>
    public int Log { get; set; }

    /// <summary>The log as JSON; null until it is written.</summary>
    public string? Written { get; set; }
    public DateTimeOffset? WrittenAt { get; set; }
    public string? WrittenBy { get; set; }

    public DateTimeOffset? SignedAt { get; set; }
    public string? SignedBy { get; set; }
    public Guid? SignedById { get; set; }

    /// <summary>When the team might leave, or went to the floor.</summary>
    public DateTimeOffset? ReleasedAt { get; set; }

    /// <summary>When its leader might leave.</summary>
    public DateTimeOffset? OverAt { get; set; }

    /// <summary>Why it was sent back last.</summary>
    public string? SentBack { get; set; }
}

/// <summary>Who signed what: content, hash of content, and the hash of the signature before it.</summary>
internal sealed class Signature
{
    public required Guid Id { get; init; }
    public required Guid HandoverId { get; init; }
    public required int Number { get; init; }
    public required Guid TeamId { get; init; }

    /// <summary>hand-over, read, take-over, send-back, let-go or hand-to.</summary>
    public required string Kind { get; init; }

    public required DateTimeOffset At { get; init; }
    public required Guid AccountId { get; init; }
    public required string By { get; init; }
    public required string Content { get; init; }
    public required string Before { get; init; }
    public required string Hash { get; init; }
}

/// <summary>A seat as the leader who leaves found it.</summary>
internal sealed class SeatCheck
{
    public required Guid HandoverId { get; init; }
    public required Guid SeatId { get; init; }
    public required string State { get; set; }
    public string? Note { get; set; }
    public required DateTimeOffset At { get; set; }
    public required string By { get; set; }
}

/// <summary>Whether a person came, as the leader who arrives saw it.</summary>
internal sealed class RollMark
{
    public required Guid HandoverId { get; init; }
    public required Guid AgentId { get; init; }

    /// <summary>present, late, absent or leave.</summary>
    public required string Mark { get; set; }

    public required DateTimeOffset At { get; set; }
    public required string By { get; set; }
}

internal sealed class HandoverMapping : IEntityTypeConfiguration<ShiftHandover>, IEntityTypeConfiguration<HandoverTeam>, IEntityTypeConfiguration<Signature>,
    IEntityTypeConfiguration<SeatCheck>, IEntityTypeConfiguration<RollMark>
{
    private const int Word = 20;
    private const int Name = 200;

    public void Configure(EntityTypeBuilder<ShiftHandover> handover)
    {
        handover.ToTable("workforce_handover");
        handover.HasIndex(h => h.At).IsUnique();
    }

    public void Configure(EntityTypeBuilder<HandoverTeam> team)
    {
        team.ToTable("workforce_handover_team");
        team.HasOne<ShiftHandover>().WithMany().HasForeignKey(t => t.HandoverId);
        team.HasIndex(t => new { t.HandoverId, t.TeamId, t.Leaves }).IsUnique();
        team.HasIndex(t => t.TeamId);
        team.Property(t => t.State).HasMaxLength(Word);
        team.Property(t => t.WrittenBy).HasMaxLength(Name);
        team.Property(t => t.SignedBy).HasMaxLength(Name);
        team.Property(t => t.SentBack).HasMaxLength(500);
    }

    public void Configure(EntityTypeBuilder<Signature> signature)
    {
        signature.ToTable("workforce_signature").IsAppendOnly();
        signature.HasOne<ShiftHandover>().WithMany().HasForeignKey(s => s.HandoverId);
        signature.HasIndex(s => new { s.HandoverId, s.Number }).IsUnique();
        signature.Property(s => s.Kind).HasMaxLength(Word);
        signature.Property(s => s.By).HasMaxLength(Name);
        signature.Property(s => s.Before).HasMaxLength(64);
        signature.Property(s => s.Hash).HasMaxLength(64);
    }

    public void Configure(EntityTypeBuilder<SeatCheck> check)
    {
        check.ToTable("workforce_seat_check");
        check.HasKey(c => new { c.HandoverId, c.SeatId });
        check.Property(c => c.State).HasMaxLength(Word);
        check.Property(c => c.Note).HasMaxLength(Name);
        check.Property(c => c.By).HasMaxLength(Name);
    }

    public void Configure(EntityTypeBuilder<RollMark> mark)
    {
        mark.ToTable("workforce_roll_mark");
        mark.HasKey(m => new { m.HandoverId, m.AgentId });
        mark.Property(m => m.Mark).HasMaxLength(Word);
        mark.Property(m => m.By).HasMaxLength(Name);
    }
}

internal static class HandoverTables
{
    extension(EvenhandDb db)
    {
        public DbSet<ShiftHandover> Handovers => db.Set<ShiftHandover>();
        public DbSet<HandoverTeam> HandoverTeams => db.Set<HandoverTeam>();
        public DbSet<Signature> Signatures => db.Set<Signature>();
        public DbSet<SeatCheck> SeatChecks => db.Set<SeatCheck>();
        public DbSet<RollMark> RollMarks => db.Set<RollMark>();
    }
}
