using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Evenhand.Platform.Audit;

/// <summary>Writes every change of an audited entity into the trail, in the same transaction as the change.</summary>
internal sealed class AuditInterceptor(CurrentAccess current, TimeProvider clock) : SaveChangesInterceptor
{
    private const string Hidden = "•••";
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly List<AuditEntry> pending = [];

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Record(eventData.Context!);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Record(eventData.Context!);
        return ValueTask.FromResult(result);
    }

    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        pending.Clear();
        return result;
    }

    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        pending.Clear();
        return ValueTask.FromResult(result);
    }

    public override void SaveChangesFailed(DbContextErrorEventData eventData) => Drop(eventData.Context!);

    public override Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        Drop(eventData.Context!);
        return Task.CompletedTask;
    }

    private void Record(DbContext db)
    {
        foreach (var entry in db.ChangeTracker.Entries<IAudited>().ToList())
            if (Of(entry) is { } written)
            {
                pending.Add(written);
                db.Add(written);
            }
    }

    /// <summary>What was not saved did not happen; saving again writes it anew.</summary>
    private void Drop(DbContext db)
    {
        foreach (var entry in pending) db.Entry(entry).State = EntityState.Detached;
        pending.Clear();
    }

    private AuditEntry? Of(EntityEntry entry)
    {
        var told = entry.Properties.Where(p => p.Metadata.PropertyInfo is { } property && !property.IsDefined(typeof(UnauditedAttribute)));
        if (entry.State is not (EntityState.Added or EntityState.Modified or EntityState.Deleted)) return null;
        if (entry.State == EntityState.Modified) told = told.Where(p => p.IsModified && !Equals(p.OriginalValue, p.CurrentValue));
        var kept = told.ToList();
        if (kept.Count == 0) return null;
        return new AuditEntry
        {
            Id = Guid.CreateVersion7(),
            At = clock.GetUtcNow(),
            AccountId = current.Access.AccountId,
            Actor = current.Access.Name,
            Action = entry.State switch { EntityState.Added => "created", EntityState.Deleted => "removed", _ => "changed" },
            Subject = entry.Metadata.GetTableName() ?? entry.Metadata.ShortName(),
            SubjectKey = string.Join('/', entry.Metadata.FindPrimaryKey()!.Properties.Select(key => Told(key, entry.Property(key.Name).CurrentValue))),
            Before = entry.State == EntityState.Added ? null : Write(kept, p => p.OriginalValue),
            After = entry.State == EntityState.Deleted ? null : Write(kept, p => p.CurrentValue),
        };
    }

    private static string Write(List<PropertyEntry> properties, Func<PropertyEntry, object?> value) =>
        JsonSerializer.Serialize(properties.ToDictionary(p => p.Metadata.Name, p => Told(p.Metadata, value(p))), Json);

    private static object? Told(IProperty property, object? value) => value switch
    {
        null => null,
        _ when IsSecret(property) => Hidden,
        bool or int or long or decimal or double => value,
        IFormattable formattable and not Enum => formattable.ToString(value is DateTimeOffset or DateOnly ? "O" : null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    /// <summary>Marked as a secret, or named like one: a mark forgotten must not put a password on record.</summary>
    private static bool IsSecret(IProperty property) => property.PropertyInfo!.IsDefined(typeof(SecretAttribute))
        || property.Name.Contains("Password", StringComparison.Ordinal) && property.ClrType == typeof(string) || property.Name.Contains("Secret", StringComparison.Ordinal);
}
