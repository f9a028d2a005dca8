using Evenhand.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evenhand.Routing.Help;

/// <summary>An agent asks for help: with the customer on hold, or as a problem for somebody above.</summary>
internal sealed class HelpRequest
{
    public const string OnHold = "hold";
    public const string Escalation = "escalation";

    public required Guid Id { get; init; }

    /// <summary>`hold` or `escalation`.</summary>
    public required string Kind { get; init; }

    public required Guid AgentId { get; init; }
    public required Guid TeamId { get; init; }

    /// <summary>The contact it is about; always there with the customer on hold.</summary>
    public Guid? ContactId { get; init; }
    public Guid? QueueId { get; init; }

    /// <summary>The agent's account, who is told of the answer.</summary>
    public Guid? AccountId { get; init; }

    /// <summary>While it is open the agent, so that nobody asks twice at once; null afterwards.</summary>
    public Guid? OpenOf { get; set; }

    public HelpState State { get; set; }
    public int Level { get; set; } = 1;

    /// <summary>When the next level hears of it, also when whoever took it does not answer; null when nobody took it at the highest, and once it is over.</summary>
    public DateTimeOffset? DueAt { get; set; }

    public required DateTimeOffset AskedAt { get; init; }
    public Guid? TakenById { get; set; }
    public string? TakenBy { get; set; }
    public DateTimeOffset? TakenAt { get; set; }
    public DateTimeOffset? AnsweredAt { get; set; }
    public DateTimeOffset? ClosedAt { get; set; }
    public string? Problem { get; set; }
    public string? Answer { get; set; }

    /// <summary>Seen more than once: a wish for training.</summary>
    public bool Systematic { get; set; }

    /// <summary>The announcement by which the team was told.</summary>
    public Guid? AnnouncementId { get; set; }

    public int Version { get; set; } = 1;
}

/// <summary>One step of a cry for help: who did what when, at which level.</summary>
internal sealed class HelpStep
{
    public required Guid Id { get; init; }
    public required Guid HelpId { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string By { get; init; }

    /// <summary>`asked`, `taken`, `given-back`, `answered`, `recorded`, `withdrawn`, `replaced`, `escalated`, `contact-over`.</summary>
    public required string What { get; init; }
    public required int Level { get; init; }
    public string? Note { get; init; }
}

internal sealed class HelpMapping : IEntityTypeConfiguration<HelpRequest>, IEntityTypeConfiguration<HelpStep>
{
    private const int Text = 2000;

    public void Configure(EntityTypeBuilder<HelpRequest> help)
    {
        help.ToTable("routing_help");
        help.Property(h => h.Kind).HasMaxLength(20);
        help.Property(h => h.TakenBy).HasMaxLength(200);
        help.Property(h => h.Problem).HasMaxLength(Text);
        help.Property(h => h.Answer).HasMaxLength(Text);
        help.Property(h => h.Version).IsConcurrencyToken();
        help.HasIndex(h => h.OpenOf).IsUnique();
        help.HasIndex(h => h.DueAt);
        help.HasIndex(h => new { h.TeamId, h.AskedAt });
        help.HasIndex(h => h.AskedAt);
    }

    public void Configure(EntityTypeBuilder<HelpStep> step)
    {
        step.ToTable("routing_help_step").IsAppendOnly();
        step.Property(s => s.By).HasMaxLength(200);
        step.Property(s => s.What).HasMaxLength(20);
        step.Property(s => s.Note).HasMaxLength(Text);
        step.HasIndex(s => s.HelpId);
    }
}

internal static class HelpTables
{
    extension(EvenhandDb db)
    {
        public DbSet<HelpRequest> HelpRequests => db.Set<HelpRequest>();
        public DbSet<HelpStep> HelpSteps => db.Set<HelpStep>();

        public void Note(HelpRequest help, string what, string by, DateTimeOffset at, string? note = null) =>
            db.Add(new HelpStep { Id = Guid.CreateVersion7(), HelpId = help.Id, At = at, By = by, What = what, Level = help.Level, Note = note });
    }
}
