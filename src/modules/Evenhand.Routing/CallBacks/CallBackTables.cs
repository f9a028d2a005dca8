using Evenhand.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evenhand.Routing.CallBacks;

/// <summary>A team takes numbers instead of serving at length, for as long as a peak lasts; then it calls back, and it is over when every promise is kept.</summary>
internal sealed class CallBackMode
{
    public required Guid Id { get; init; }
    public required Guid TeamId { get; init; }
    public required string Reason { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public required string StartedBy { get; init; }

    /// <summary>When the peak ended and calling back began.</summary>
    public DateTimeOffset? PeakEndedAt { get; set; }
    public string? PeakEndedBy { get; set; }
    public DateTimeOffset? DoneAt { get; set; }
    public string? DoneBy { get; set; }

    /// <summary>The team until it is done, so that it is in one mode at a time; null afterwards.</summary>
    public Guid? OpenOf { get; set; }

    public int Version { get; set; } = 1;
}

/// <summary>A customer was promised a call. The work item is what agents work on; this is what must not be forgotten.</summary>
internal sealed class Promise
{
    public required Guid Id { get; init; }

    /// <summary>The present call-back; another one when the first was closed without a call.</summary>
    public required Guid ItemId { get; set; }

    /// <summary>The customer's number in digits. Personal.</summary>
    public required string Customer { get; init; }

    /// <summary>The same while the promise is open, so that a number has one; null afterwards.</summary>
    public string? OpenOf { get; set; }

    public required Guid AgentId { get; init; }
    public Guid? TeamId { get; init; }
    public Guid? ModeId { get; init; }
    public Guid? ContactId { get; init; }
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>By when the customer was told to expect the call.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>How often the customer asked meanwhile.</summary>
    public int Asked { get; set; } = 1;

    public PromiseState State { get; set; }
    public int Attempts { get; set; }

    /// <summary>Attempts before a leader decides, raised when a leader has it tried again.</summary>
    public int Allowed { get; set; }

    /// <summary>When the item goes into the line; null while it is there.</summary>
    public DateTimeOffset? NextAt { get; set; }

    public DateTimeOffset? LastAt { get; set; }

    /// <summary>When a leader was told last that nobody keeps it: that it is overdue, or that its item was closed without a call.</summary>
    public DateTimeOffset? OverdueToldAt { get; set; }
    public DateTimeOffset? ClosedAt { get; set; }
    public string? ClosedBy { get; set; }
    public string? ClosedReason { get; set; }
    public int Version { get; set; } = 1;
}

/// <summary>One attempt to keep a promise.</summary>
internal sealed class PromiseAttempt
{
    public required Guid Id { get; init; }
    public required Guid PromiseId { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string By { get; init; }
    public Guid? AgentId { get; init; }

    /// <summary>`reached`, `no-answer`, `busy` or `wrong-number`; `again` and `given-up` are a leader's words.</summary>
    public required string Result { get; init; }
    public string? Note { get; init; }
}

/// <summary>The one row in which the peak is watched, so that a restart in the middle forgets nothing.</summary>
internal sealed class PeakWatch
{
    public const int Only = 1;

    public required int Id { get; init; }
    public DateTimeOffset At { get; set; }
    public int Waiting { get; set; }
    public int LongestSeconds { get; set; }
    public DateTimeOffset? PeakSince { get; set; }
    public DateTimeOffset? CalmSince { get; set; }

    /// <summary>When managers were told of this peak or this calm.</summary>
    public DateTimeOffset? ToldAt { get; set; }
}

internal sealed class CallBackMapping : IEntityTypeConfiguration<CallBackMode>, IEntityTypeConfiguration<Promise>, IEntityTypeConfiguration<PromiseAttempt>, IEntityTypeConfiguration<PeakWatch>
{
    private const int Name = 200;

    public void Configure(EntityTypeBuilder<CallBackMode> mode)
    {
        mode.ToTable("routing_call_back_mode");
        mode.Property(m => m.Reason).HasMaxLength(500);
        mode.Property(m => m.StartedBy).HasMaxLength(Name);
        mode.Property(m => m.PeakEndedBy).HasMaxLength(Name);
        mode.Property(m => m.DoneBy).HasMaxLength(Name);
        mode.Property(m => m.Version).IsConcurrencyToken();
        mode.HasIndex(m => m.OpenOf).IsUnique();
        mode.HasIndex(m => m.StartedAt);
    }

    public void Configure(EntityTypeBuilder<Promise> promise)
    {
        promise.ToTable("routing_promise");
        promise.Property(p => p.Customer).HasMaxLength(20);
        promise.Property(p => p.OpenOf).HasMaxLength(20);
        promise.Property(p => p.ClosedBy).HasMaxLength(Name);
        promise.Property(p => p.ClosedReason).HasMaxLength(500);
        promise.Property(p => p.Version).IsConcurrencyToken();
        promise.HasIndex(p => p.OpenOf).IsUnique();
        promise.HasIndex(p => p.ItemId).IsUnique();
        promise.HasIndex(p => p.NextAt);
        promise.HasIndex(p => new { p.State, p.DueAt });
        promise.HasIndex(p => p.ModeId);
        promise.HasIndex(p => p.AgentId);
    }

    public void Configure(EntityTypeBuilder<PromiseAttempt> attempt)
    {
        attempt.ToTable("routing_promise_attempt").IsAppendOnly();
        attempt.Property(a => a.By).HasMaxLength(Name);
        attempt.Property(a => a.Result).HasMaxLength(20);
        attempt.Property(a => a.Note).HasMaxLength(500);
        attempt.HasIndex(a => a.PromiseId);
    }

    public void Configure(EntityTypeBuilder<PeakWatch> watch)
    {
        watch.ToTable("routing_peak_watch");
        watch.Property(w => w.Id).ValueGeneratedNever();
    }
}

internal static class CallBackTables
{
    extension(EvenhandDb db)
    {
        public DbSet<CallBackMode> CallBackModes => db.Set<CallBackMode>();
        public DbSet<Promise> Promises => db.Set<Promise>();
        public DbSet<PromiseAttempt> PromiseAttempts => db.Set<PromiseAttempt>();
        public DbSet<PeakWatch> PeakWatches => db.Set<PeakWatch>();
    }
}
