using System.Text.Json;
using Evenhand.Kernel;
using Evenhand.Kernel.Facts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evenhand.Workforce.Reports;

/// <summary>What a report tells of one person or, in reports of the whole floor, of one team.</summary>
/// <param name="Mark">How the person came: present, late, absent, leave; null where no roll was called.</param>
/// <param name="Said">What the person wrote at the end of the shift.</param>
internal sealed record ReportLine(string Code, string Name, int People, int Taken, int Closed, string? Mark = null, string? Said = null);

/// <summary>The body of a report.</summary>
/// <param name="Lines">People of a team, or teams of the floor, in the order of their codes.</param>
/// <param name="Note">What the leader says.</param>
/// <param name="Why">Why this version replaces the one before; null for the first.</param>
internal sealed record ReportBody(IReadOnlyList<ReportLine> Lines, string? Note, string? Why)
{
    public string ToJson() => JsonSerializer.Serialize(this, FactJson.Options);

    public static ReportBody Read(string json) => JsonSerializer.Deserialize<ReportBody>(json, FactJson.Options)!;
}

/// <summary>A filed report of a team or of the whole floor over a span of time. A correction is the next version; what was filed stays.</summary>
internal sealed class FloorReport
{
    public const string Hour = "hour";
    public const string Shift = "shift";
    public const string Day = "day";

    public required Guid Id { get; init; }

    /// <summary>hour, shift or day.</summary>
    public required string Kind { get; init; }

    /// <summary>The team; empty for the whole floor.</summary>
    public required Guid TeamId { get; init; }

    public required DateTimeOffset From { get; init; }
    public required DateTimeOffset To { get; init; }
    public required int Version { get; init; }
    public required DateTimeOffset FiledAt { get; init; }
    public required string FiledBy { get; init; }

    /// <summary>The account that filed it; null when the program did.</summary>
    public Guid? FiledById { get; init; }

    public required int People { get; init; }
    public required int Taken { get; init; }
    public required int Closed { get; init; }

    /// <summary>A <see cref="ReportBody"/> as JSON.</summary>
    public required string Body { get; init; }
}

/// <summary>The leader who arrived has read a shift report.</summary>
internal sealed class ReportConfirmation
{
    public required Guid ReportId { get; init; }
    public required DateTimeOffset At { get; init; }
    public required Guid AccountId { get; init; }
    public required string By { get; init; }
}

/// <summary>What a person reports at the end of a duty.</summary>
internal sealed class OwnReport
{
    public required Guid AgentId { get; init; }
    public required DateTimeOffset DutyStart { get; init; }
    public required DateTimeOffset At { get; set; }
    public required string Problems { get; set; }
    public required string Suggestions { get; set; }
}

/// <summary>A filed hour in which something was recorded late: it is counted again.</summary>
internal sealed class RecountHour
{
    public required DateTimeOffset From { get; init; }
}

internal sealed class ReportMapping : IEntityTypeConfiguration<FloorReport>, IEntityTypeConfiguration<ReportConfirmation>, IEntityTypeConfiguration<OwnReport>, IEntityTypeConfiguration<RecountHour>
{
    private const int Name = 200;
    private const int Text = 1000;

    public void Configure(EntityTypeBuilder<FloorReport> report)
    {
        report.ToTable("workforce_report").IsAppendOnly();
        report.HasIndex(r => new { r.Kind, r.TeamId, r.From, r.Version }).IsUnique();
        report.HasIndex(r => r.From);
        report.Property(r => r.Kind).HasMaxLength(20);
        report.Property(r => r.FiledBy).HasMaxLength(Name);
    }

    public void Configure(EntityTypeBuilder<ReportConfirmation> confirmation)
    {
        confirmation.ToTable("workforce_report_confirmation").IsAppendOnly();
        confirmation.HasKey(c => c.ReportId);
        confirmation.HasOne<FloorReport>().WithMany().HasForeignKey(c => c.ReportId);
        confirmation.Property(c => c.By).HasMaxLength(Name);
    }

    public void Configure(EntityTypeBuilder<OwnReport> report)
    {
        report.ToTable("workforce_own_report");
        report.HasKey(r => new { r.AgentId, r.DutyStart });
        report.Property(r => r.Problems).HasMaxLength(Text);
        report.Property(r => r.Suggestions).HasMaxLength(Text);
    }

    public void Configure(EntityTypeBuilder<RecountHour> hour)
    {
        hour.ToTable("workforce_recount");
        hour.HasKey(h => h.From);
    }
}

internal static class ReportTables
{
    extension(EvenhandDb db)
    {
        public DbSet<FloorReport> Reports => db.Set<FloorReport>();
        public DbSet<ReportConfirmation> ReportConfirmations => db.Set<ReportConfirmation>();
        public DbSet<OwnReport> OwnReports => db.Set<OwnReport>();
        public DbSet<RecountHour> RecountHours => db.Set<RecountHour>();
    }
}
