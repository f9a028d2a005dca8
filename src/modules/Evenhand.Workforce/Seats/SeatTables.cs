using Evenhand.Kernel;
using Evenhand.Platform.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evenhand.Workforce.Seats;

/// <summary>A seat of the floor: where it stands and what is wrong with it.</summary>
internal sealed class Seat : IAudited
{
    public required Guid Id { get; init; }
    public required string Code { get; init; }
    public required string Room { get; init; }
    public required int Row { get; init; }
    public required int Column { get; init; }
    public string State { get; set; } = SeatState.Ok;
    public string? Note { get; set; }

    [Unaudited]
    public DateTimeOffset? StateAt { get; set; }

    [Unaudited]
    public string? StateBy { get; set; }
}

/// <summary>What a seat can be.</summary>
internal static class SeatState
{
    public const string Ok = "ok";
    public const string Closed = "closed";

    public static IReadOnlyList<string> All { get; } = [Ok, "headset", "computer", "phone", "chair", "missing", "other", Closed];
}

/// <summary>Where a person sat last and should sit again.</summary>
internal sealed class UsualSeat
{
    public required Guid AgentId { get; init; }
    public required Guid SeatId { get; set; }
}

internal sealed class SeatMapping : IEntityTypeConfiguration<Seat>, IEntityTypeConfiguration<UsualSeat>
{
    public void Configure(EntityTypeBuilder<Seat> seat)
    {
        seat.ToTable("workforce_seat");
        seat.HasIndex(s => s.Code).IsUnique();
        seat.HasIndex(s => new { s.Room, s.Row, s.Column }).IsUnique();
        seat.Property(s => s.Code).HasMaxLength(50);
        seat.Property(s => s.Room).HasMaxLength(40);
        seat.Property(s => s.State).HasMaxLength(20);
        seat.Property(s => s.Note).HasMaxLength(200);
        seat.Property(s => s.StateBy).HasMaxLength(200);
    }

    public void Configure(EntityTypeBuilder<UsualSeat> usual)
    {
        usual.ToTable("workforce_usual_seat");
        usual.HasKey(u => u.AgentId);
    }
}

internal static class SeatTables
{
    extension(EvenhandDb db)
    {
        public DbSet<Seat> Seats => db.Set<Seat>();
        public DbSet<UsualSeat> UsualSeats => db.Set<UsualSeat>();
    }
}
