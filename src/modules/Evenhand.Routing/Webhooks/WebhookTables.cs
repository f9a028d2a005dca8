using Evenhand.Kernel;
using Evenhand.Platform.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evenhand.Routing.Webhooks;

/// <summary>Somebody outside who is told of work items.</summary>
internal sealed class Webhook : IAudited
{
    public required Guid Id { get; init; }
    public required string Url { get; init; }

    /// <summary>Only items of this type; null for all.</summary>
    public string? Type { get; init; }

    /// <summary>What signs the deliveries, encrypted.</summary>
    [Secret] public required string Secret { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }
    public DateTimeOffset? EndedAt { get; set; }
}

/// <summary>One thing told to one webhook, with how it went.</summary>
internal sealed class WebhookDelivery
{
    public required Guid Id { get; init; }
    public required Guid WebhookId { get; init; }
    public required string Event { get; init; }
    public required string Body { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public int Attempts { get; set; }

    /// <summary>When it is tried next; null when it arrived or was given up.</summary>
    public DateTimeOffset? NextAt { get; set; }

    public DateTimeOffset? DeliveredAt { get; set; }

    /// <summary>The last answer's status.</summary>
    public int? Status { get; set; }

    /// <summary>Why the last attempt failed, as a text key.</summary>
    public string? Problem { get; set; }
}

internal sealed class WebhookMapping : IEntityTypeConfiguration<Webhook>, IEntityTypeConfiguration<WebhookDelivery>
{
    public void Configure(EntityTypeBuilder<Webhook> hook)
    {
        hook.ToTable("routing_webhook");
        hook.Property(h => h.Url).HasMaxLength(2000);
        hook.Property(h => h.Type).HasMaxLength(50);
        hook.Property(h => h.CreatedBy).HasMaxLength(200);
    }

    public void Configure(EntityTypeBuilder<WebhookDelivery> delivery)
    {
        delivery.ToTable("routing_webhook_delivery");
        delivery.HasOne<Webhook>().WithMany().HasForeignKey(d => d.WebhookId);
        delivery.Property(d => d.Event).HasMaxLength(50);
        delivery.Property(d => d.Problem).HasMaxLength(100);
        delivery.HasIndex(d => d.NextAt);
    }
}

internal static class WebhookTables
{
    extension(EvenhandDb db)
    {
        public DbSet<Webhook> Webhooks => db.Set<Webhook>();
        public DbSet<WebhookDelivery> Deliveries => db.Set<WebhookDelivery>();
    }
}
