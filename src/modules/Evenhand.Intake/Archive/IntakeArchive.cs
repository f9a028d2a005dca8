using System.Runtime.CompilerServices;
using Evenhand.Intake.Contracts;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Intake.Archive;

/// <summary>Answers what came in from the tables of this module.</summary>
internal sealed class IntakeArchive(EvenhandDb db, IOrganisation organisation) : IIntake
{
    private const int LongestState = 24 * 3600;

    public async IAsyncEnumerable<Contact> ContactsDuring(long from, long to, [EnumeratorCancellation] CancellationToken cancel)
    {
        var sources = await Sources(cancel);
        var near = from - Quarters.Usual;
        var old = db.Contacts.AsNoTracking().Where(c => c.Lingers == 1 && c.EnteredAt < near && (c.EndedAt ?? c.ConnectedAt ?? c.EnteredAt) >= from).OrderBy(c => c.EnteredAt).ThenBy(c => c.Id);
        await foreach (var contact in old.AsAsyncEnumerable().WithCancellation(cancel)) yield return Read(contact, sources);
        Guid first = StableId.First(near), end = StableId.First(to);
        var recent = db.Contacts.AsNoTracking().Where(c => c.Id >= first && c.Id < end && (c.EndedAt ?? c.ConnectedAt ?? c.EnteredAt) >= from).OrderBy(c => c.Id);
        await foreach (var contact in recent.AsAsyncEnumerable().WithCancellation(cancel)) yield return Read(contact, sources);
    }

    public async IAsyncEnumerable<StateInterval> StatesDuring(long from, long to, [EnumeratorCancellation] CancellationToken cancel)
    {
        var lastAt = await db.Sources.AsNoTracking().ToDictionaryAsync(s => s.Id, s => s.LastAt, cancel);
        var told = (await Overlapping(from, to).AsNoTracking().ToListAsync(cancel))
            .Select(s => new StateInterval(s.AgentId, s.State, s.Reason, s.Start, s.End ?? Math.Max(s.Start, lastAt[s.SourceId]))).Where(s => s.End > from);
        foreach (var state in told.GroupBy(s => s.AgentId).SelectMany(StateOverlaps.Resolve).Where(s => s.Start < to && s.End > from).OrderBy(s => s.Start)) yield return state;
    }

    public async Task<ContactPage> Contacts(ContactFilter filter, Scope scope, CancellationToken cancel)
    {
        var found = Filtered(filter);
        if (!scope.All) found = found.Where(ContactScope.Condition(await organisation.Read(cancel), scope, filter));
        var sources = await Sources(cancel);
        var size = Math.Clamp(filter.Size, 1, 500);
        var rows = await Sorted(found, filter.Sort).Skip((Math.Max(filter.Page, 1) - 1) * size).Take(size).ToListAsync(cancel);
        return new ContactPage(await found.CountAsync(cancel), [.. rows.Select(c => Read(c, sources))]);
    }

    public async Task<(long First, long Last)?> Span(CancellationToken cancel)
    {
        if (await db.Contacts.AsNoTracking().OrderBy(c => c.Id).FirstOrDefaultAsync(cancel) is not { } first) return null;
        var last = await db.Contacts.AsNoTracking().OrderByDescending(c => c.Id).FirstAsync(cancel);
        return (first.EnteredAt, last.EnteredAt);
    }

    public Task<bool> HasStates(long from, long to, CancellationToken cancel) => Overlapping(from, to).AnyAsync(cancel);

    public static Contact Read(ContactRow c, IReadOnlyDictionary<int, string> sources) => new(c.Id, sources[c.SourceId], c.CallId, c.QueueId, c.AgentId, c.Customer, c.EnteredAt,
        c.ConnectedAt, c.EndedAt, c.Wait, c.Ring, c.Talk, c.Hold, c.AfterContact, c.Outcome, c.EndedBy, c.RingNoAnswers);

    private IQueryable<StateRow> Overlapping(long from, long to)
    {
        var near = from - LongestState;
        return db.States.Where(s => (s.Start >= near && s.Start < to && (s.End == null || s.End > from)) || (s.Lingers == 1 && s.Start < near && (s.End == null || s.End > from)));
    }

    private Task<Dictionary<int, string>> Sources(CancellationToken cancel) => db.Sources.AsNoTracking().ToDictionaryAsync(s => s.Id, s => s.Name, cancel);

    private IQueryable<ContactRow> Filtered(ContactFilter filter)
    {
        var found = db.Contacts.AsNoTracking();
        if (filter.From is { } from && StableId.First(from) is var first) found = found.Where(c => c.EnteredAt >= from && c.Id >= first);
        if (filter.To is { } to && StableId.First(to) is var end) found = found.Where(c => c.EnteredAt < to && c.Id < end);
        if (filter.QueueId is { } queue) found = found.Where(c => c.QueueId == queue);
        if (filter.AgentIds is { } agents) found = found.Where(c => c.AgentId != null && agents.Contains(c.AgentId.Value));
        if (filter.Outcome is { } outcome) found = found.Where(c => c.Outcome == outcome);
        if (filter.MinWait is { } min) found = found.Where(c => c.Wait >= min);
        if (filter.MaxWait is { } max) found = found.Where(c => c.Wait <= max);
        return found;
    }

    private static IQueryable<ContactRow> Sorted(IQueryable<ContactRow> found, string sort) => sort switch
    {
        "entered" => found.OrderBy(c => c.Id),
        "wait" => found.OrderBy(c => c.Wait).ThenBy(c => c.Id),
        "-wait" => found.OrderByDescending(c => c.Wait).ThenBy(c => c.Id),
        "talk" => found.OrderBy(c => c.Talk).ThenBy(c => c.Id),
        "-talk" => found.OrderByDescending(c => c.Talk).ThenBy(c => c.Id),
        _ => found.OrderByDescending(c => c.Id),
    };
}
