using System.Text.Json;
using Evenhand.Kernel;
using Evenhand.Kernel.Facts;
using Evenhand.Kernel.Text;
using Evenhand.Platform.Contracts;
using Evenhand.Platform.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evenhand.Platform.Notifications;

/// <summary>Something one account was told; kept as key and arguments, so that it reads in whatever language is chosen.</summary>
internal sealed class Notification
{
    public required Guid Id { get; init; }
    public required Guid AccountId { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string TextKey { get; init; }

    /// <summary>The arguments as a JSON array.</summary>
    public required string Args { get; init; }

    public string? Href { get; init; }
    public DateTimeOffset? ReadAt { get; set; }

    public string Text(Texts texts) => texts[TextKey, [.. JsonSerializer.Deserialize<JsonElement[]>(Args)!.Select(Value)]];

    private static object? Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDecimal(),
        JsonValueKind.Null => null,
        _ => value.ToString(),
    };
}

internal sealed class NotificationMapping : IEntityTypeConfiguration<Notification>
{
    public void Configure(EntityTypeBuilder<Notification> notification)
    {
        notification.ToTable("platform_notification");
        notification.HasIndex(n => new { n.AccountId, n.ReadAt });
        notification.Property(n => n.TextKey).HasMaxLength(100);
        notification.Property(n => n.Href).HasMaxLength(500);
        notification.HasOne<Account>().WithMany().HasForeignKey(n => n.AccountId);
    }
}

internal static class NotificationTables
{
    extension(EvenhandDb db)
    {
        public DbSet<Notification> Notifications => db.Set<Notification>();
    }
}

/// <summary>Puts notifications into people's boxes.</summary>
internal sealed class NotificationBox(EvenhandDb db, AccessSource rights, TimeProvider clock) : INotifications
{
    public Task Tell(IReadOnlyCollection<Guid> accounts, string textKey, object?[] args, string? href, CancellationToken cancel)
    {
        if (href is not (null or ['/', ..])) throw new ArgumentException("A notification leads to a local path.", nameof(href));
        foreach (var account in accounts.Distinct())
            db.Add(new Notification
            {
                Id = Guid.CreateVersion7(), AccountId = account, At = clock.GetUtcNow(), TextKey = textKey, Args = JsonSerializer.Serialize(args, FactJson.Options), Href = href,
            });
        return Task.CompletedTask;
    }

    public async Task Tell(string permission, Guid? unit, string textKey, object?[] args, string? href, CancellationToken cancel)
    {
        var told = (await rights.Everybody(cancel)).Where(a => a.ScopeOf(permission) is var scope && (scope.All || (unit is { } u && scope.Units.Contains(u))));
        await Tell([.. told.Select(a => a.AccountId!.Value)], textKey, args, href, cancel);
    }

    public async Task TellAgents(IReadOnlyCollection<Guid> agents, string textKey, object?[] args, string? href, CancellationToken cancel)
    {
        var ids = agents.ToArray();
        await Tell(await db.Accounts.Where(a => a.Active && a.AgentId != null && ids.Contains(a.AgentId.Value)).Select(a => a.Id).ToListAsync(cancel), textKey, args, href, cancel);
    }

    public Task<int> Unread(Guid account, CancellationToken cancel) => db.Notifications.CountAsync(n => n.AccountId == account && n.ReadAt == null, cancel);
}
