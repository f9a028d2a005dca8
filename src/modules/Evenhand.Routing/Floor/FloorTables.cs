using Evenhand.Dispatch;
using Evenhand.Dispatch.Presence;
using Evenhand.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Channel = Evenhand.Dispatch.Queues.Channel;

namespace Evenhand.Routing.Floor;

/// <summary>A contact on the floor: a call, a chat or a work item, from its arrival to its end and after.</summary>
internal sealed class FloorContact
{
    public required Guid Id { get; init; }
    public required Channel Channel { get; init; }
    public required Guid QueueId { get; set; }

    /// <summary>Where it comes from (a PBX, `work-item`, another system) and its name there; together unique, so that telling it twice makes one.</summary>
    public required string Source { get; init; }
    public required string SourceKey { get; init; }

    public required DateTimeOffset ArrivedAt { get; init; }

    /// <summary>Who the customer is: the digits of a number, or another system's name. Personal.</summary>
    public string? Customer { get; init; }

    public string? CustomerName { get; init; }
    public string? Subject { get; init; }

    /// <summary>The contact as it was given to the router, as JSON: what the order is checked by later. Null for contacts from before it was kept.</summary>
    public string? Arrival { get; init; }

    /// <summary>The router's row as JSON; null once it is over.</summary>
    public string? Row { get; set; }

    /// <summary>Who took it last.</summary>
    public Guid? AgentId { get; set; }
    public DateTimeOffset? AnsweredAt { get; set; }
    public DateTimeOffset? TalkEndedAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>`completed`, `abandoned`, `turned-away`, or `withdrawn` for what was taken off the floor; null while it lasts.</summary>
    public string? Outcome { get; set; }

    /// <summary>Whose agents served it, when not its own queue's.</summary>
    public Guid? ThroughQueueId { get; set; }

    public long? HandleSeconds { get; set; }
    public long HoldSeconds { get; set; }

    /// <summary>Since when the customer is on hold.</summary>
    public DateTimeOffset? HeldAt { get; set; }

    public string? WrapUpCode { get; set; }
    public string? Note { get; set; }

    /// <summary>As it is now, for who reads it after the floor has gone on.</summary>
    public FloorContact Copy() => (FloorContact)MemberwiseClone();
}

/// <summary>What the router did with a contact, in order; for offers with the reason why this agent.</summary>
internal sealed class ContactStep
{
    public required Guid Id { get; init; }
    public Guid? ContactId { get; init; }
    public required Guid QueueId { get; init; }
    public Guid? AgentId { get; init; }
    public required OutputKind Kind { get; init; }
    public required DateTimeOffset At { get; init; }
    public DateTimeOffset? Until { get; init; }
    public long SpentMs { get; init; }
    public long EffortMs { get; init; }

    /// <summary>The engine's decision as JSON; only with an offer or an assignment.</summary>
    public string? Decision { get; init; }
}

/// <summary>A change of an agent's presence with its cause.</summary>
internal sealed class PresenceStepRow
{
    public required Guid Id { get; init; }
    public required Guid AgentId { get; init; }
    public required EffectiveState From { get; init; }
    public required EffectiveState To { get; init; }
    public string? BreakReason { get; init; }
    public required DateTimeOffset At { get; init; }
    public required Causer By { get; init; }

    /// <summary>The person or the leader's account.</summary>
    public Guid? Who { get; init; }
    public string? Reason { get; init; }

    public PresenceFact Fact => new(AgentId, From, To, BreakReason, At, new Cause(By, Who, Reason));
}

/// <summary>An agent as the router keeps it, as JSON, with what the gate needs to know.</summary>
internal sealed class FloorAgentRow
{
    public required Guid AgentId { get; init; }
    public required string Row { get; set; }

    /// <summary>The shift being worked.</summary>
    public DateTimeOffset? ShiftStart { get; set; }
    public DateTimeOffset? ShiftEnd { get; set; }
}

/// <summary>A team's break queue as JSON.</summary>
internal sealed class BreakQueueRow
{
    public required Guid TeamId { get; init; }
    public required string Queue { get; set; }
}

/// <summary>An agent asks to come on or go off duty outside the rules; a leader decides.</summary>
internal sealed class DutyRequest
{
    public required Guid Id { get; init; }
    public required Guid AgentId { get; init; }

    /// <summary>`sign-in` or `sign-off`.</summary>
    public required string Kind { get; init; }
    public required string Reason { get; init; }
    public required DateTimeOffset At { get; init; }
    public bool? Granted { get; set; }
    public Guid? DecidedBy { get; set; }
    public string? DecidedReason { get; set; }
    public DateTimeOffset? DecidedAt { get; set; }
    public DateTimeOffset? UsedAt { get; set; }
}

/// <summary>A rule was set aside by somebody who may: who, whom, what and why.</summary>
internal sealed class DutyOverride
{
    public required Guid Id { get; init; }
    public required Guid AgentId { get; init; }
    public required string What { get; init; }
    public Guid? By { get; init; }
    public required string Reason { get; init; }
    public required DateTimeOffset At { get; init; }
}

/// <summary>Something the floor has to look at again: a work item that was made or changed.</summary>
internal sealed class FloorNudge
{
    public long Position { get; private set; }
    public required Guid WorkItemId { get; init; }
}

internal sealed class FloorMapping : IEntityTypeConfiguration<FloorContact>, IEntityTypeConfiguration<ContactStep>, IEntityTypeConfiguration<PresenceStepRow>, IEntityTypeConfiguration<FloorAgentRow>,
    IEntityTypeConfiguration<BreakQueueRow>, IEntityTypeConfiguration<DutyRequest>, IEntityTypeConfiguration<DutyOverride>, IEntityTypeConfiguration<FloorNudge>
{
    private const int Name = 200;
    private const int Text = 2000;

    public void Configure(EntityTypeBuilder<FloorContact> contact)
    {
        contact.ToTable("routing_contact");
        contact.Property(c => c.Source).HasMaxLength(Name);
        contact.Property(c => c.SourceKey).HasMaxLength(Name);
        contact.Property(c => c.Customer).HasMaxLength(Name);
        contact.Property(c => c.CustomerName).HasMaxLength(Name);
        contact.Property(c => c.Subject).HasMaxLength(Name);
        contact.Property(c => c.Outcome).HasMaxLength(20);
        contact.Property(c => c.WrapUpCode).HasMaxLength(50);
        contact.Property(c => c.Note).HasMaxLength(Text);
        contact.HasIndex(c => new { c.Source, c.SourceKey }).IsUnique();
        contact.HasIndex(c => c.ArrivedAt);
        contact.HasIndex(c => c.EndedAt);
        contact.HasIndex(c => new { c.Customer, c.ArrivedAt });
        contact.HasIndex(c => new { c.AgentId, c.AnsweredAt });
    }

    public void Configure(EntityTypeBuilder<ContactStep> step)
    {
        step.ToTable("routing_contact_step").IsAppendOnly();
        step.HasIndex(s => s.ContactId);
        step.HasIndex(s => s.At);
        step.HasIndex(s => new { s.AgentId, s.At });
    }

    public void Configure(EntityTypeBuilder<PresenceStepRow> step)
    {
        step.ToTable("routing_presence_step").IsAppendOnly();
        step.Property(s => s.BreakReason).HasMaxLength(Name);
        step.Property(s => s.Reason).HasMaxLength(Text);
        step.HasIndex(s => s.At);
        step.HasIndex(s => new { s.AgentId, s.At });
        step.Ignore(s => s.Fact);
    }

    public void Configure(EntityTypeBuilder<FloorAgentRow> agent)
    {
        agent.ToTable("routing_floor_agent");
        agent.HasKey(a => a.AgentId);
    }

    public void Configure(EntityTypeBuilder<BreakQueueRow> queue)
    {
        queue.ToTable("routing_break_queue");
        queue.HasKey(q => q.TeamId);
    }

    public void Configure(EntityTypeBuilder<DutyRequest> request)
    {
        request.ToTable("routing_duty_request");
        request.Property(r => r.Kind).HasMaxLength(20);
        request.Property(r => r.Reason).HasMaxLength(Text);
        request.Property(r => r.DecidedReason).HasMaxLength(Text);
        request.HasIndex(r => new { r.AgentId, r.At });
    }

    public void Configure(EntityTypeBuilder<DutyOverride> row)
    {
        row.ToTable("routing_duty_override").IsAppendOnly();
        row.Property(o => o.What).HasMaxLength(100);
        row.Property(o => o.Reason).HasMaxLength(Text);
        row.HasIndex(o => new { o.AgentId, o.At });
    }

    public void Configure(EntityTypeBuilder<FloorNudge> nudge)
    {
        nudge.ToTable("routing_floor_nudge");
        nudge.HasKey(n => n.Position);
        nudge.Property(n => n.Position).ValueGeneratedOnAdd();
    }
}

internal static class FloorTables
{
    extension(EvenhandDb db)
    {
        public DbSet<FloorContact> FloorContacts => db.Set<FloorContact>();
        public DbSet<ContactStep> ContactSteps => db.Set<ContactStep>();
        public DbSet<PresenceStepRow> PresenceSteps => db.Set<PresenceStepRow>();
        public DbSet<FloorAgentRow> FloorAgents => db.Set<FloorAgentRow>();
        public DbSet<BreakQueueRow> BreakQueues => db.Set<BreakQueueRow>();
        public DbSet<DutyRequest> DutyRequests => db.Set<DutyRequest>();
        public DbSet<DutyOverride> DutyOverrides => db.Set<DutyOverride>();
        public DbSet<FloorNudge> FloorNudges => db.Set<FloorNudge>();
    }
}
