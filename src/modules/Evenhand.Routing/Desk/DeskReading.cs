using System.Text.Json;
using Evenhand.Dispatch;
using Evenhand.Dispatch.Policies;
using Evenhand.Dispatch.Presence;
using Evenhand.Dispatch.Queues;
using Evenhand.Kernel;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Contracts;
using Evenhand.Routing.Floor;
using Evenhand.Routing.Rules;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.Desk;

/// <summary>Makes of the floor's facts what a desk shows: names for ids, reasons for decisions, the customer, the work item. A handful of queries, however much is in hand.</summary>
internal sealed class DeskReading(EvenhandDb db, IOrganisation organisation, DeskMemory memory, CustomerCard card, DeskForms forms)
{
    private static readonly TimeSpan ConsultsFor = TimeSpan.FromHours(2);

    public async Task<DeskView> Read(Guid agent, DeskFacts facts, CancellationToken cancel)
    {
        var centre = await organisation.Read(cancel);
        var why = await Whys(agent, facts, cancel);
        var offered = facts.Held.Where(h => h.Row.State == ContactState.Offered).ToList();
        var inHand = facts.Held.Where(h => h.Row.State is ContactState.InHand or ContactState.WrappingUp).OrderBy(h => h.Kept.Channel).ThenBy(h => h.Row.Taken).ToList();
        var chosen = memory.Of(agent).Current;
        var current = inHand.FirstOrDefault(h => h.Kept.Id == chosen) ?? inHand.FirstOrDefault();
        var contacts = inHand.Select(h => Contact(agent, h, facts, centre, why)).ToList();
        if (current is not null)
        {
            var at = contacts.FindIndex(c => c.Id == current.Kept.Id);
            contacts[at] = await forms.Fill(contacts[at], current.Kept, memory.Shows(agent, current.Kept.Id), facts.Zone, cancel);
        }
        var about = current ?? offered.FirstOrDefault();
        return new DeskView(agent, centre.Agents.TryGetValue(agent, out var person) ? person.Name : "", Local(facts, facts.Now), State(facts), Breaks(agent, facts),
            [.. offered.Select(h => Offer(h, facts, centre, why))], contacts, current is null ? null : contacts.First(c => c.Id == current.Kept.Id),
            about is null ? null : await card.Read(agent, about.Kept, facts, centre, cancel), await Consults(agent, inHand, facts, centre, cancel), await forms.Create(memory.Of(agent).Queues, cancel), await Today(agent, facts, cancel));
    }

    private static DeskState State(DeskFacts facts)
    {
        var (presence, worked) = (facts.Presence, facts.Worked is { } w && w.End > w.Start ? facts.Worked : null);
        var signedIn = presence.Wanted != WantedState.SignedOut;
        var next = facts.Shifts.Where(s => s.End > facts.Now).MinBy(s => s.Start);
        var (start, end) = signedIn && worked is not null ? (worked.Start, worked.End) : next is not null ? (next.Start, next.End) : ((DateTimeOffset?)null, (DateTimeOffset?)null);
        var needs = facts.KeepsRoster && (signedIn ? DutyGate.SignOff(presence.Agent, worked is null ? null : new RosteredShift(worked.Start, worked.End), [], facts.Now, facts.Rules.Duty).Denied is not null
            : DutyGate.SignIn(presence.Agent, facts.Shifts, facts.Now, facts.Rules.Duty).Denied is not null);
        return new DeskState(FloorState.StateCode(presence.Effective), FloorState.StateCode(presence.Wanted), Local(facts, presence.Since), facts.Rules.LimitOf(presence.Effective, presence.BreakReason, facts.Team),
            ReasonOf(facts, presence.BreakReason), facts.Row?.IsPaused ?? false, start is { } from ? Local(facts, from) : null, end is { } to ? Local(facts, to) : null, needs, facts.Requests, facts.Rules.Lease.Every);
    }

    private static DeskBreaks Breaks(Guid agent, DeskFacts facts)
    {
        var place = facts.Breaks.Away.FirstOrDefault(p => p.Agent == agent);
        var asked = place?.Reason ?? facts.Breaks.Waiting.FirstOrDefault(r => r.Agent == agent)?.Reason;
        return new DeskBreaks(facts.Breaks.PositionOf(agent), ReasonOf(facts, asked), place is { Left: null }, facts.Breaks.Waiting.Count, facts.Breaks.Away.Count, facts.Quota,
            [.. facts.Rules.BreakReasons.Select(r => new Named(r.Code, r.Zh, r.En))]);
    }

    /// <summary>A reason by its names; one that is no longer offered is shown by its code.</summary>
    private static Named? ReasonOf(DeskFacts facts, string? code) => code is null ? null : code == FloorState.Meal ? new Named(code, "就餐", "Meal")
        : facts.Rules.BreakReasons.FirstOrDefault(r => r.Code == code) is { } known ? new Named(code, known.Zh, known.En) : new Named(code, code, code);

    private static DeskOffer Offer(HeldContact held, DeskFacts facts, OrganisationSnapshot centre, Dictionary<Guid, DeskWhy> why) => new(held.Kept.Id, FloorState.StateCode(held.Kept.Channel), NameOf(centre, held.Kept.QueueId),
        CustomerCard.Masked(held.Kept.Customer), CustomerCard.MaskedName(held.Kept.CustomerName), held.Kept.Subject, Local(facts, held.Kept.ArrivedAt), held.Row.Until is { } until ? Local(facts, until) : null, why.GetValueOrDefault(held.Kept.Id),
        held.Row.Arrival.Priority, held.Kept.Note);

    private DeskContact Contact(Guid agent, HeldContact held, DeskFacts facts, OrganisationSnapshot centre, Dictionary<Guid, DeskWhy> why)
    {
        var (kept, row, shown) = (held.Kept, held.Row, memory.Shows(agent, held.Kept.Id));
        return new DeskContact(kept.Id, FloorState.StateCode(kept.Channel), row.State == ContactState.WrappingUp ? "wrapping-up" : "in-hand", kept.QueueId, NameOf(centre, kept.QueueId), Local(facts, kept.ArrivedAt), Local(facts, row.Since),
            row.Until is { } until ? Local(facts, until) : null, kept.HeldAt is { } heldAt ? Local(facts, heldAt) : null, kept.HoldSeconds, shown ? kept.Customer : CustomerCard.Masked(kept.Customer),
            shown ? kept.CustomerName : CustomerCard.MaskedName(kept.CustomerName), kept.Subject, kept.Note, kept.WrapUpCode,
            [.. facts.Rules.CodesOf(kept.QueueId).Select(c => new DeskCode(c.Code, c.Zh, c.En, c.NeedsNote, c.OpensCallBack))], why.GetValueOrDefault(kept.Id), null, [], [], row.Arrival.Priority);
    }

    /// <summary>Why this agent, from the decisions that were stored with the offers.</summary>
    private async Task<Dictionary<Guid, DeskWhy>> Whys(Guid agent, DeskFacts facts, CancellationToken cancel)
    {
        if (facts.Held.Count == 0) return [];
        var ids = facts.Held.Select(h => (Guid?)h.Kept.Id).ToArray();
        var told = await db.ContactSteps.AsNoTracking().Where(s => ids.Contains(s.ContactId) && s.AgentId == agent && s.Decision != null).OrderBy(s => s.Id).Select(s => new { s.ContactId, s.Decision }).ToListAsync(cancel);
        return told.GroupBy(t => t.ContactId!.Value).ToDictionary(g => g.Key, g => Why(JsonSerializer.Deserialize<Decision>(g.Last().Decision!, FloorState.Json)));
    }

    internal static DeskWhy Why(Decision decision)
    {
        var helps = decision.Bent.HasFlag(Bends.Overflow);
        var (code, figure) = decision switch
        {
            { Bent: var bent } when bent.HasFlag(Bends.VipAgent) => ("own-agent", 0),
            { Bent: var bent } when bent.HasFlag(Bends.LastAgent) => ("last-agent", 0),
            { Eligible: <= 1 } => ("only-one", 0),
            { Policy: Policy.LongestIdle } => ("longest-idle", Math.Round(decision.Chosen.Idle.TotalMinutes)),
            { Policy: Policy.LeastOccupied } => ("least-occupied", Math.Round(decision.Chosen.Occupancy * 100)),
            { Chosen.Owed.TotalMinutes: >= 1 } => ("owes-most", Math.Round(decision.Chosen.Owed.TotalMinutes)),
            _ => ("fair-share", 0d),
        };
        return new DeskWhy(code, figure, decision.Eligible, helps);
    }

    private async Task<IReadOnlyList<DeskConsult>> Consults(Guid agent, List<HeldContact> inHand, DeskFacts facts, OrganisationSnapshot centre, CancellationToken cancel)
    {
        var (since, mine) = (facts.Now - ConsultsFor, inHand.Select(h => h.Kept.Id).ToArray());
        var asked = await db.Consults.AsNoTracking().Where(c => c.At > since && ((c.ToId == agent && c.SeenAt == null) || (c.FromId == agent && mine.Contains(c.ContactId)))).OrderBy(c => c.At).ToListAsync(cancel);
        return [.. asked.Select(c => new DeskConsult(c.Id, c.ContactId, centre.Agents.GetValueOrDefault(c.FromId == agent ? c.ToId : c.FromId)?.Name ?? "", NameOf(centre, c.QueueId), c.Note, Local(facts, c.At), c.FromId == agent,
            c.SeenAt is { } seen ? Local(facts, seen) : null))];
    }

    private async Task<DeskToday> Today(Guid agent, DeskFacts facts, CancellationToken cancel)
    {
        var start = FloorState.DayStart(facts.Now, facts.Zone);
        var done = await db.FloorContacts.AsNoTracking().Where(c => c.AgentId == agent && c.AnsweredAt >= start && c.Outcome == "completed").GroupBy(c => c.QueueId)
            .Select(g => new { Queue = g.Key, Count = g.Count(), Seconds = g.Sum(c => c.HandleSeconds ?? 0) }).ToListAsync(cancel);
        var count = done.Sum(d => d.Count);
        return new DeskToday(count, count == 0 ? null : done.Sum(d => d.Seconds) / (double)count,
            count == 0 ? null : done.Sum(d => d.Count * (facts.Rules.Queues.FirstOrDefault(q => q.Id == d.Queue)?.ExpectedHandling.TotalSeconds ?? 0)) / count, facts.Row?.OnDuty(facts.Now) ?? TimeSpan.Zero);
    }

    private static string NameOf(OrganisationSnapshot centre, Guid queue) => centre.Queues.GetValueOrDefault(queue)?.Name ?? "";

    internal static DateTimeOffset Local(DeskFacts facts, DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, facts.Zone);
}
