using Evenhand.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evenhand.Routing.Desk;

/// <summary>A colleague was asked for advice about a contact while the customer waits.</summary>
internal sealed class Consult
{
    public required Guid Id { get; init; }
    public required Guid ContactId { get; init; }
    public required Guid QueueId { get; init; }
    public required Guid FromId { get; init; }
    public required Guid ToId { get; init; }
    public string? Note { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>When the colleague said that it was seen.</summary>
    public DateTimeOffset? SeenAt { get; set; }
}

internal sealed class ConsultMapping : IEntityTypeConfiguration<Consult>
{
    private const int Text = 500;

    public void Configure(EntityTypeBuilder<Consult> consult)
    {
        consult.ToTable("routing_consult");
        consult.Property(c => c.Note).HasMaxLength(Text);
        consult.HasIndex(c => new { c.ToId, c.At });
        consult.HasIndex(c => new { c.FromId, c.At });
    }
}

internal static class ConsultTables
{
    extension(EvenhandDb db)
    {
        public DbSet<Consult> Consults => db.Set<Consult>();
    }
}
