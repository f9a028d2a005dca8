using System.Text.Json;
using Evenhand.Dispatch;
using Evenhand.Dispatch.Fairness;
using Evenhand.Dispatch.Presence;
using Evenhand.Dispatch.Queues;
using Evenhand.Kernel;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Floor;
using Evenhand.Routing.FloorView;
using Evenhand.Routing.Rules;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.Fairness;

/// <summary>What the floor's own record says of a span: outputs, arrivals, presence.</summary>
/// <param name="Outputs">Everything the router said of contacts that were on the floor in the span, from their arrival on, in order; what came before the span only as far as it still stood.</param>
/// <param name="Incomplete">Contacts whose arrival is not kept in full: priority and skills of their own are not known.</param>
internal sealed record StoredSpan(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<Output> Outputs, IReadOnlyDictionary<Guid, Arrival> Arrivals, int Incomplete, IReadOnlyList<PresenceFact> Presence)
{
    public IEnumerable<Output> Within => Outputs.Where(o => o.At >= From && o.At < To);
}

/// <summary>Violations of a span with what could not be checked.</summary>
/// <param name="Versions">Under how many versions of the rules the span was checked.</param>
/// <param name="Checked">Decisions that were checked.</param>
/// <param name="Unchecked">Decisions left out because the rules changed within seconds of them.</param>
internal sealed record CheckedOrder(IReadOnlyList<OrderViolation> Violations, int Versions, int Checked, int Unchecked);

/// <summary>Rebuilds from the store what the engine needs to judge a span.</summary>
internal sealed class FairnessRecord(EvenhandDb db)
{
    /// <summary>The floor takes new rules within two seconds; a decision so near to a change may have been made under either.</summary>
    private static readonly TimeSpan Doubt = TimeSpan.FromSeconds(5);

    public async Task<StoredSpan> Read(DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
    {
        var carried = db.FloorContacts.AsNoTracking().Where(c => c.ArrivedAt < from && (c.EndedAt == null || c.EndedAt >= from)).Select(c => (Guid?)c.Id);
        var steps = await db.ContactSteps.AsNoTracking().Where(s => (s.At >= from && s.At < to) || (s.At < from && carried.Contains(s.ContactId))).OrderBy(s => s.Id).ToListAsync(cancel);
        var contacts = await db.FloorContacts.AsNoTracking().Where(c => c.ArrivedAt < to && (c.EndedAt == null || c.EndedAt >= from))
            .Select(c => new { c.Id, c.QueueId, c.ArrivedAt, c.Arrival }).ToDictionaryAsync(c => c.Id, cancel);
        var (arrivals, incomplete) = (new Dictionary<Guid, Arrival>(), 0);
        foreach (var first in steps.Where(s => s.ContactId is not null).DistinctBy(s => s.ContactId))
        {
            var id = first.ContactId!.Value;
            if (!contacts.TryGetValue(id, out var kept)) continue;
            if (kept.Arrival is null) incomplete++;
            arrivals[id] = kept.Arrival is { } json ? JsonSerializer.Deserialize<Arrival>(json, FloorState.Json)! : new Arrival(id, first.QueueId, kept.ArrivedAt);
        }
        return new StoredSpan(from, to, [.. steps.Where(s => s.ContactId is not { } id || arrivals.ContainsKey(id)).Select(Said)], arrivals, incomplete, await ReviewDuty.Facts(db, from, to, cancel));
    }

    /// <summary>A stored step as the router said it.</summary>
    public static Output Said(ContactStep step) => new(step.Kind, step.At, step.ContactId ?? Guid.Empty, step.QueueId, step.AgentId ?? Guid.Empty, step.Until ?? default,
        TimeSpan.FromMilliseconds(step.SpentMs), TimeSpan.FromMilliseconds(step.EffortMs), DecisionWords.Read(step));

    /// <summary>Checks the order of a span, each decision by the rules of its time.</summary>
    public async Task<CheckedOrder> Check(StoredSpan span, OrganisationSnapshot centre, CancellationToken cancel)
    {
        var versions = await db.RuleVersions.AsNoTracking().Where(r => r.At < span.To && (r.Kind == RuleKind.Queue || r.Kind == RuleKind.Calendar || r.Kind == RuleKind.Agent)).ToListAsync(cancel);
        var changes = versions.Where(v => v.At > span.From).Select(v => v.At).Distinct().Order().ToList();
        var borders = changes.Prepend(span.From).Append(span.To).ToList();
        var (found, left, seen) = (new List<OrderViolation>(), 0, 0);
        var decisions = span.Within.Where(o => o.Decision is not null).ToList();
        for (var i = 0; i + 1 < borders.Count; i++)
        {
            var (start, end) = (borders[i], borders[i + 1]);
            var own = decisions.Where(o => o.At >= start && o.At < end).ToList();
            var doubtful = i == 0 ? 0 : own.Count(o => o.At < start + Doubt);
            (left, seen) = (left + doubtful, seen + own.Count - doubtful);
            if (own.Count == doubtful) continue;
            var surely = i == 0 ? start : start + Doubt;
            var (queues, agents) = Rules(versions, start, centre, span);
            found.AddRange(OrderCheck.Find(span.Outputs.Where(o => o.At < end), span.Arrivals, queues, agents).Where(v => v.Decision.At >= surely));
        }
        return new CheckedOrder(found, changes.Count + 1, seen, left);
    }

    /// <summary>Queues and agents as they were at a moment; what was not there yet, or is there no more, as it is known otherwise.</summary>
    private static (IReadOnlyDictionary<Guid, QueueRules>, IReadOnlyDictionary<Guid, AgentProfile>) Rules(IReadOnlyList<RuleVersion> versions, DateTimeOffset at, OrganisationSnapshot centre, StoredSpan span)
    {
        RuleVersion? Holds(string kind, Guid subject) => versions.Where(v => v.Kind == kind && v.Subject == subject).OrderBy(v => v.At <= at ? 0 : 1).ThenByDescending(v => v.At <= at ? v.Version : -v.Version).FirstOrDefault();
        var calendars = versions.Where(v => v.Kind == RuleKind.Calendar).Select(v => v.Subject).Distinct().Select(s => Holds(RuleKind.Calendar, s)!).ToDictionary(v => v.Subject, v => v.Read<CalendarDefinition>().ToHours(centre.Zone));
        var touched = span.Outputs.Select(o => o.Queue).Concat(span.Arrivals.Values.Select(a => a.Queue)).Concat(span.Outputs.Select(o => o.Decision?.Through ?? Guid.Empty)).Where(q => q != Guid.Empty).Distinct();
        var queues = touched.ToDictionary(q => q, q => (Holds(RuleKind.Queue, q)?.Read<QueueDefinition>() ?? new QueueDefinition()) is var rules
            ? rules.ToRules(q, rules.CalendarId is { } id ? calendars.GetValueOrDefault(id) : null, _ => true) : null!);
        var agents = span.Outputs.Select(o => o.Agent).Where(a => a != Guid.Empty).Distinct().ToDictionary(a => a, a =>
        {
            var can = Holds(RuleKind.Agent, a)?.Read<AgentDefinition>() ?? AgentDefinition.Usual;
            return new AgentProfile
            {
                Id = a, Skills = can.Skills, Mix = can.Mix,
                Certificates = [.. can.Certificates.Select(c => new Certificate(c.Name, c.LastDay is { } day ? ReviewDuty.Midnight(day.AddDays(1), centre.Zone) : null))],
            };
        });
        return (queues, agents);
    }
}
