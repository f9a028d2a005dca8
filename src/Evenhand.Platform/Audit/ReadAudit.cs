using System.Globalization;
using System.Text.Json;
using Evenhand.Design;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Kernel.Text;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Platform.Audit;

/// <summary>The audit trail, newest first, by time, person, subject and action.</summary>
internal sealed class ReadAudit(EvenhandDb db, IOrganisation organisation, IAuditTrail trail, Texts texts)
{
    /// <summary>One property of what was done: what it was, what it is.</summary>
    public sealed record Change(string Name, string? Before, string? After);

    public sealed record Row(Guid Id, DateTimeOffset At, string Actor, string Action, string Subject, string SubjectKey, IReadOnlyList<Change> Changes);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/audit", async (HttpRequest request, ReadAudit slice, CancellationToken cancel) =>
            await slice.Run(GridQuery.Parse(request.GetEncodedPathAndQuery()), cancel)).Needs(PlatformRights.ReadAudit).WithName(nameof(ReadAudit));
        api.MapGet("/audit/export", async (string? format, HttpRequest request, ReadAudit slice, CancellationToken cancel) =>
            await slice.Export(format, GridQuery.Parse(request.GetEncodedPathAndQuery()), cancel)).Needs(PlatformRights.ReadAudit).WithName("ExportAudit");
    }

    public async Task<Paged<Row>> Run(GridQuery query, CancellationToken cancel)
    {
        var found = Asked(query, (await organisation.Read(cancel)).Zone);
        var rows = await found.Skip(query.Skip).Take(query.Take).AsNoTracking().ToListAsync(cancel);
        return new([.. rows.Select(Show)], await found.LongCountAsync(cancel));
    }

    public async Task<IResult> Export(string? format, GridQuery query, CancellationToken cancel)
    {
        var zone = (await organisation.Read(cancel)).Zone;
        trail.Record("platform.audit-exported", "platform_audit", query.Path, query.Filters.ToDictionary(f => f.Key, f => f.Value));
        await db.SaveChangesAsync(cancel);
        return Contracts.Export.Of(format, "audit",
        [
            new(texts["platform.audit-at"], e => TimeZoneInfo.ConvertTime(e.At, zone).DateTime), new(texts["platform.audit-actor"], e => e.Actor),
            new(texts["platform.audit-action"], e => Action(e.Action)), new(texts["platform.audit-subject"], e => e.Subject),
            new(texts["platform.audit-key"], e => e.SubjectKey), new(texts["platform.audit-before"], e => e.Before), new(texts["platform.audit-after"], e => e.After),
        ], Asked(query, zone).AsNoTracking().AsAsyncEnumerable());
    }

    public string Action(string action) => texts[action is "created" or "changed" or "removed" ? "platform.audit-" + action : action];

    private IQueryable<AuditEntry> Asked(GridQuery query, TimeZoneInfo zone)
    {
        var found = db.AuditEntries.AsQueryable();
        if (Day(query["from"]) is { } from) found = Since(found, Start(from, zone));
        if (Day(query["to"]) is { } to) found = Until(found, Start(to.AddDays(1), zone));
        if (query["actor"] is { } actor) found = found.Where(e => e.Actor.Contains(actor));
        if (query["subject"] is { } subject) found = found.Where(e => e.Subject == subject);
        if (query["action"] is { } action) found = found.Where(e => e.Action == action);
        if (query["q"] is { } text) found = found.Where(e => e.SubjectKey.Contains(text) || e.Before!.Contains(text) || e.After!.Contains(text));
        return query is { Sort: "at", Descending: false } ? found.OrderBy(e => e.At).ThenBy(e => e.Id) : found.OrderByDescending(e => e.At).ThenByDescending(e => e.Id);
    }

    private static IQueryable<AuditEntry> Since(IQueryable<AuditEntry> entries, DateTimeOffset time) => entries.Where(e => e.At >= time);

    private static IQueryable<AuditEntry> Until(IQueryable<AuditEntry> entries, DateTimeOffset time) => entries.Where(e => e.At < time);

    private static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static DateTimeOffset Start(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.ToDateTime(default);
        return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).ToUniversalTime();
    }

    private static Row Show(AuditEntry entry)
    {
        var (before, after) = (Values(entry.Before), Values(entry.After));
        return new(entry.Id, entry.At, entry.Actor, entry.Action, entry.Subject, entry.SubjectKey,
            [.. before.Keys.Union(after.Keys).Select(name => new Change(name, before.GetValueOrDefault(name), after.GetValueOrDefault(name)))]);
    }

    private static Dictionary<string, string?> Values(string? json)
    {
        if (json is null) return [];
        using var document = JsonDocument.Parse(json);
        return document.RootElement.ValueKind == JsonValueKind.Object
            ? document.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.ValueKind == JsonValueKind.Null ? null : p.Value.ToString())
            : new() { [""] = document.RootElement.ToString() };
    }
}
