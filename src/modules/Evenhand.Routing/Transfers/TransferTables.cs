using Evenhand.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evenhand.Routing.Transfers;

/// <summary>Somebody tried to transfer a customer, and what came of it.</summary>
internal sealed class TransferTry
{
    public required Guid Id { get; init; }
    public required Guid ContactId { get; init; }
    public required Guid AgentId { get; init; }

    /// <summary>Name of the department or mailbox.</summary>
    public required string Mailbox { get; init; }

    /// <summary>The person asked for, where one was named.</summary>
    public string? Person { get; init; }

    /// <summary>`connected`, `customer-calls` or `note`.</summary>
    public required string Outcome { get; init; }
    public required DateTimeOffset At { get; init; }
}

/// <summary>What a note still needs.</summary>
internal enum NoteState
{
    /// <summary>The department has to answer.</summary>
    Open,

    /// <summary>The customer has to be told.</summary>
    Answered,

    /// <summary>A call-back to tell the customer is under way.</summary>
    Calling,

    /// <summary>The customer knows: over.</summary>
    Told,
}

/// <summary>A customer who could not be connected: a note for a department, with its answer and how the customer was told. The work item holds the number.</summary>
internal sealed class TransferNote
{
    public required Guid Id { get; init; }
    public required Guid ItemId { get; init; }
    public required string Mailbox { get; init; }
    public string? Person { get; init; }

    /// <summary>The unit whose people answer; null for another system.</summary>
    public Guid? UnitId { get; init; }

    public required Guid ContactId { get; init; }
    public required Guid AgentId { get; init; }
    public Guid? TeamId { get; init; }

    /// <summary>The account of who wrote it, who is told of the answer.</summary>
    public Guid? AccountId { get; init; }

    public required string About { get; init; }
    public required DateTimeOffset WrittenAt { get; init; }
    public required DateTimeOffset AnswerBy { get; init; }
    public NoteState State { get; set; }
    public string? Answer { get; set; }
    public string? AnsweredBy { get; set; }
    public DateTimeOffset? AnsweredAt { get; set; }

    /// <summary>The call-back that tells the customer.</summary>
    public Guid? CallBackItemId { get; set; }

    public string? ToldBy { get; set; }
    public DateTimeOffset? ToldAt { get; set; }
    public int Version { get; set; } = 1;
}

internal sealed class TransferMapping : IEntityTypeConfiguration<TransferTry>, IEntityTypeConfiguration<TransferNote>
{
    private const int Name = 200;
    private const int Text = 2000;

    public void Configure(EntityTypeBuilder<TransferTry> tried)
    {
        tried.ToTable("routing_transfer_try").IsAppendOnly();
        tried.Property(t => t.Mailbox).HasMaxLength(Name);
        tried.Property(t => t.Person).HasMaxLength(Name);
        tried.Property(t => t.Outcome).HasMaxLength(20);
        tried.HasIndex(t => t.ContactId);
        tried.HasIndex(t => t.At);
    }

    public void Configure(EntityTypeBuilder<TransferNote> note)
    {
        note.ToTable("routing_transfer_note");
        note.Property(n => n.Mailbox).HasMaxLength(Name);
        note.Property(n => n.Person).HasMaxLength(Name);
        note.Property(n => n.About).HasMaxLength(Text);
        note.Property(n => n.Answer).HasMaxLength(Text);
        note.Property(n => n.AnsweredBy).HasMaxLength(Name);
        note.Property(n => n.ToldBy).HasMaxLength(Name);
        note.Property(n => n.Version).IsConcurrencyToken();
        note.HasIndex(n => n.ItemId).IsUnique();
        note.HasIndex(n => n.CallBackItemId);
        note.HasIndex(n => new { n.State, n.WrittenAt });
        note.HasIndex(n => n.AgentId);
        note.HasIndex(n => n.ContactId);
    }
}

internal static class TransferTables
{
    extension(EvenhandDb db)
    {
        public DbSet<TransferTry> TransferTries => db.Set<TransferTry>();
        public DbSet<TransferNote> TransferNotes => db.Set<TransferNote>();
    }
}
