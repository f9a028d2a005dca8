using System.Text.Json;
using Evenhand.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evenhand.Routing.WorkItems;

/// <summary>A version of a type that the centre made.</summary>
internal sealed class TypeVersion
{
    public required string Code { get; init; }
    public required int Version { get; init; }

    /// <summary>The <see cref="WorkItemType"/> as JSON.</summary>
    public required string Definition { get; init; }

    public required DateTimeOffset At { get; init; }
    public required string By { get; init; }
}

/// <summary>A queue belongs to a unit: who has a right over the unit has it over the queue's work items.</summary>
internal sealed class QueueUnit
{
    public required Guid QueueId { get; init; }
    public required Guid UnitId { get; init; }
}

/// <summary>An order or another piece of work that waits, is worked on and ends.</summary>
internal sealed class WorkItem
{
    public required Guid Id { get; init; }
    public required string Type { get; init; }
    public required int TypeVersion { get; init; }
    public required string Subject { get; set; }
    public required Guid QueueId { get; set; }
    public required string State { get; set; }
    public Guid? AgentId { get; set; }

    /// <summary>Beside its queue's own, −1000 to 1000; higher goes first.</summary>
    public int Priority { get; set; }

    /// <summary>The fields' values as a JSON object, in full.</summary>
    public required string Fields { get; set; }

    /// <summary>The customer's number as it is kept for comparison, from the field `phone`; null without one.</summary>
    public string? Customer { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }
    public Guid? CreatedById { get; init; }
    public required DateTimeOffset RespondBy { get; init; }
    public required DateTimeOffset ResolveBy { get; init; }
    public DateTimeOffset? RespondedAt { get; set; }

    /// <summary>When somebody is told next that time has passed; null when all was told. The first of the two times at the beginning.</summary>
    public required DateTimeOffset? TellAt { get; set; }
    public DateTimeOffset? ClosedAt { get; set; }
    public int Version { get; set; } = 1;

    /// <summary>Whose idempotency key made it, the key, and a hash of what was asked with it.</summary>
    public string? KeyOwner { get; init; }
    public string? Key { get; init; }
    public string? KeyHash { get; init; }

    public Dictionary<string, string> Values => JsonSerializer.Deserialize<Dictionary<string, string>>(Fields)!;
}

/// <summary>One step of an item's history: who, when, what. Personal values stand in it masked.</summary>
internal sealed class WorkItemStep
{
    public required Guid Id { get; init; }
    public required Guid ItemId { get; init; }
    public required int Version { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string By { get; init; }
    public required string What { get; init; }
    public string? Note { get; init; }

    /// <summary>A JSON list of <see cref="FieldChange"/>.</summary>
    public required string Changes { get; init; }
}

/// <summary>A file of an item; its bytes lie in the data directory under their hash.</summary>
internal sealed class WorkItemFile
{
    public required Guid Id { get; init; }
    public required Guid ItemId { get; init; }
    public required string Name { get; init; }
    public required string Hash { get; init; }
    public required long Size { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string By { get; init; }
}

internal sealed class WorkItemMapping : IEntityTypeConfiguration<TypeVersion>, IEntityTypeConfiguration<QueueUnit>, IEntityTypeConfiguration<WorkItem>,
    IEntityTypeConfiguration<WorkItemStep>, IEntityTypeConfiguration<WorkItemFile>
{
    private const int Name = 200;
    private const int Code = 50;

    public void Configure(EntityTypeBuilder<TypeVersion> type)
    {
        type.ToTable("routing_work_item_type").IsAppendOnly();
        type.HasKey(t => new { t.Code, t.Version });
        type.Property(t => t.Code).HasMaxLength(Code);
        type.Property(t => t.By).HasMaxLength(Name);
    }

    public void Configure(EntityTypeBuilder<QueueUnit> unit)
    {
        unit.ToTable("routing_queue_unit");
        unit.HasKey(u => new { u.QueueId, u.UnitId });
    }

    public void Configure(EntityTypeBuilder<WorkItem> item)
    {
        item.ToTable("routing_work_item");
        item.Property(i => i.Type).HasMaxLength(Code);
        item.Property(i => i.State).HasMaxLength(Code);
        item.Property(i => i.Subject).HasMaxLength(Name);
        item.Property(i => i.CreatedBy).HasMaxLength(Name);
        item.Property(i => i.KeyOwner).HasMaxLength(Name);
        item.Property(i => i.Key).HasMaxLength(Name);
        item.Property(i => i.KeyHash).HasMaxLength(64);
        item.Property(i => i.Version).IsConcurrencyToken();
        item.HasIndex(i => new { i.KeyOwner, i.Key }).IsUnique();
        item.HasIndex(i => new { i.QueueId, i.State });
        item.HasIndex(i => i.AgentId);
        item.HasIndex(i => i.ResolveBy);
        item.HasIndex(i => i.TellAt);
        item.HasIndex(i => i.CreatedAt);
        item.Property(i => i.Customer).HasMaxLength(20);
        item.HasIndex(i => new { i.Customer, i.CreatedAt });
        item.Ignore(i => i.Values);
    }

    public void Configure(EntityTypeBuilder<WorkItemStep> step)
    {
        step.ToTable("routing_work_item_step").IsAppendOnly();
        step.HasOne<WorkItem>().WithMany().HasForeignKey(s => s.ItemId);
        step.Property(s => s.By).HasMaxLength(Name);
        step.Property(s => s.What).HasMaxLength(Code);
        step.Property(s => s.Note).HasMaxLength(1000);
    }

    public void Configure(EntityTypeBuilder<WorkItemFile> file)
    {
        file.ToTable("routing_work_item_file");
        file.HasOne<WorkItem>().WithMany().HasForeignKey(f => f.ItemId);
        file.Property(f => f.Name).HasMaxLength(Name);
        file.Property(f => f.Hash).HasMaxLength(64);
        file.Property(f => f.By).HasMaxLength(Name);
    }
}

internal static class WorkItemTables
{
    extension(EvenhandDb db)
    {
        public DbSet<TypeVersion> TypeVersions => db.Set<TypeVersion>();
        public DbSet<QueueUnit> QueueUnits => db.Set<QueueUnit>();
        public DbSet<WorkItem> WorkItems => db.Set<WorkItem>();
        public DbSet<WorkItemStep> Steps => db.Set<WorkItemStep>();
        public DbSet<WorkItemFile> Files => db.Set<WorkItemFile>();
    }
}
