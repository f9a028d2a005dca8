using System.Text.Json;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.Rules;

/// <summary>What is in force about one subject.</summary>
/// <param name="Version">0 while nothing has been laid down.</param>
internal sealed record InForce<T>(T Definition, int Version, DateTimeOffset? At, string? By);

/// <summary>Reads what is in force and what was, and writes the next version; who comes second with an old version is refused.</summary>
internal sealed class RuleBook(EvenhandDb db, CurrentAccess current, TimeProvider clock)
{
    private const int HistoryShown = 50;

    /// <summary>What holds for one subject.</summary>
    /// <param name="usual">What holds while nothing was laid down.</param>
    public async Task<InForce<T>> Read<T>(string kind, Guid subject, T usual, CancellationToken cancel) =>
        await db.RuleVersions.AsNoTracking().Where(r => r.Kind == kind && r.Subject == subject).OrderByDescending(r => r.Version).FirstOrDefaultAsync(cancel) is { } rule
            ? new(rule.Read<T>(), rule.Version, rule.At, rule.By) : new(usual, 0, null, null);

    /// <summary>What holds for every subject of a kind about which something was laid down.</summary>
    public async Task<Dictionary<Guid, InForce<T>>> All<T>(string kind, CancellationToken cancel) =>
        (await db.RulesInForce.Where(r => r.Kind == kind).ToListAsync(cancel)).ToDictionary(r => r.Subject, r => new InForce<T>(r.Read<T>(), r.Version, r.At, r.By));

    /// <summary>The last versions about a subject, newest first.</summary>
    public Task<List<RuleVersion>> History(string kind, Guid subject, CancellationToken cancel) =>
        db.RuleVersions.AsNoTracking().Where(r => r.Kind == kind && r.Subject == subject).OrderByDescending(r => r.Version).Take(HistoryShown).ToListAsync(cancel);

    /// <summary>Adds the version after the one that was read; nothing when it says the same.</summary>
    public void Write<T>(string kind, Guid subject, InForce<T> before, T definition)
    {
        var text = JsonSerializer.Serialize(definition, RuleJson.Options);
        if (before.Version > 0 && text == JsonSerializer.Serialize(before.Definition, RuleJson.Options)) return;
        db.Add(new RuleVersion { Kind = kind, Subject = subject, Version = before.Version + 1, Definition = text, At = clock.GetUtcNow(), By = current.Access.Name });
    }

    /// <summary>Saves with a new number for the floor, or says that somebody else was first.</summary>
    public async Task<Outcome<Done>> Save(CancellationToken cancel)
    {
        if (!db.ChangeTracker.HasChanges()) return Done.It;
        await db.RaiseRules(cancel);
        try
        {
            await db.SaveChangesAsync(cancel);
            return Done.It;
        }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear();
            return ChangedMeanwhile;
        }
    }

    /// <summary>What is refused when the reader saw another version than the one in force; null when it is the same or none was named.</summary>
    public static Refusal? Stale<T>(InForce<T> inForce, int? seen) => seen is null || seen == inForce.Version ? null : ChangedMeanwhile;

    private static Refusal ChangedMeanwhile => new("routing.rules-changed-meanwhile");
}
