using Evenhand.Intake.Contracts;
using Evenhand.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evenhand.Intake.Archive;

/// <summary>A source of events: call ids are unique within one.</summary>
internal sealed class SourceRow
{
    public int Id { get; init; }
    public required string Name { get; init; }

    /// <summary>The last second its logs told of; a state that is still open is known until then.</summary>
    public long LastAt { get; set; }
}

/// <summary>What is known of one call: its raw lines. Contacts are made of them, so that another file can bring more lines of the same call.</summary>
internal sealed class CallRow
{
    public required int SourceId { get; init; }
    public required string CallId { get; init; }
    public required byte[] Trail { get; init; }
}

/// <summary>A <see cref="Contact"/>; its id begins with the time of entering, so that the key also serves spans of time.</summary>
internal sealed class ContactRow
{
    public required Guid Id { get; init; }
    public required int SourceId { get; init; }
    public required string CallId { get; init; }
    public required Guid QueueId { get; init; }
    public Guid? AgentId { get; init; }
    public string? Customer { get; init; }
    public required long EnteredAt { get; init; }
    public long? ConnectedAt { get; init; }
    public long? EndedAt { get; init; }
    public required int Wait { get; init; }
    public required int Ring { get; init; }
    public required int Talk { get; init; }
    public required int Hold { get; init; }
    public int? AfterContact { get; init; }
    public required ContactOutcome Outcome { get; init; }
    public required ContactEnd EndedBy { get; init; }
    public required int RingNoAnswers { get; init; }

    /// <summary>1 when it lasted longer than <see cref="Quarters.Usual"/>: the few that a look at a span of time must seek far before it.</summary>
    public required int Lingers { get; init; }
}

/// <summary>An agent event of a log, kept so that states can be derived anew when another file brings more of them.</summary>
internal sealed class AgentEventRow
{
    public required Guid Id { get; init; }
    public required int SourceId { get; init; }

    /// <summary>Null for an event that concerns all agents.</summary>
    public Guid? AgentId { get; init; }
    public required long At { get; init; }

    /// <summary>Its place within its second.</summary>
    public required int Place { get; init; }
    public required int Event { get; init; }
    public Guid? QueueId { get; init; }
    public string? Reason { get; init; }
    public required int LoggedInSeconds { get; init; }
}

/// <summary>An agent whose states are to be derived anew from a time on.</summary>
internal sealed class PendingAgentRow
{
    public required int SourceId { get; init; }
    public required Guid AgentId { get; init; }
    public long Since { get; set; }
}

/// <summary>A <see cref="StateInterval"/> as its source told it.</summary>
internal sealed class StateRow
{
    public required Guid Id { get; init; }
    public required int SourceId { get; init; }
    public required Guid AgentId { get; init; }
    public required AgentState State { get; init; }
    public string? Reason { get; init; }
    public required long Start { get; init; }
    public long? End { get; init; }

    /// <summary>True when derived from agent events, false when a state log named it.</summary>
    public required bool Derived { get; init; }
    public required int Lingers { get; init; }
}

internal sealed class IntakeMapping : IEntityTypeConfiguration<SourceRow>, IEntityTypeConfiguration<CallRow>, IEntityTypeConfiguration<ContactRow>,
    IEntityTypeConfiguration<AgentEventRow>, IEntityTypeConfiguration<PendingAgentRow>, IEntityTypeConfiguration<StateRow>, IEntityTypeConfiguration<ImportRow>
{
    private const string OnlyLingering = "\"Lingers\" = 1";

    public void Configure(EntityTypeBuilder<SourceRow> source)
    {
        source.ToTable("intake_source");
        source.HasIndex(s => s.Name).IsUnique();
        source.Property(s => s.Name).HasMaxLength(100);
    }

    public void Configure(EntityTypeBuilder<CallRow> call)
    {
        call.ToTable("intake_call");
        call.HasKey(c => new { c.SourceId, c.CallId });
    }

    public void Configure(EntityTypeBuilder<ContactRow> contact)
    {
        contact.ToTable("intake_contact");
        contact.HasIndex(c => new { c.QueueId, c.EnteredAt });
        contact.HasIndex(c => new { c.AgentId, c.EnteredAt }).HasFilter("\"AgentId\" IS NOT NULL");
        contact.HasIndex(c => c.EnteredAt).HasFilter(OnlyLingering);
    }

    public void Configure(EntityTypeBuilder<AgentEventRow> happened)
    {
        happened.ToTable("intake_agent_event");
        happened.HasIndex(e => new { e.SourceId, e.AgentId, e.At });
    }

    public void Configure(EntityTypeBuilder<PendingAgentRow> pending)
    {
        pending.ToTable("intake_pending_agent");
        pending.HasKey(p => new { p.SourceId, p.AgentId });
    }

    public void Configure(EntityTypeBuilder<StateRow> state)
    {
        state.ToTable("intake_state");
        state.HasIndex(s => s.Start);
        state.HasIndex(s => new { s.AgentId, s.Start });
        state.HasIndex(s => s.End).HasFilter(OnlyLingering);
    }

    public void Configure(EntityTypeBuilder<ImportRow> import)
    {
        import.ToTable("intake_import");
        import.Property(i => i.Name).HasMaxLength(500);
        import.Property(i => i.Source).HasMaxLength(100);
    }
}

internal static class IntakeTables
{
    extension(EvenhandDb db)
    {
        public DbSet<SourceRow> Sources => db.Set<SourceRow>();
        public DbSet<CallRow> Calls => db.Set<CallRow>();
        public DbSet<ContactRow> Contacts => db.Set<ContactRow>();
        public DbSet<AgentEventRow> AgentEvents => db.Set<AgentEventRow>();
        public DbSet<PendingAgentRow> PendingAgents => db.Set<PendingAgentRow>();
        public DbSet<StateRow> States => db.Set<StateRow>();
        public DbSet<ImportRow> Imports => db.Set<ImportRow>();
    }
}
