using Evenhand.Dispatch;
using Evenhand.Dispatch.Presence;
using Evenhand.Dispatch.Queues;
using Evenhand.Kernel;
using Evenhand.Platform.Contracts;
using Microsoft.EntityFrameworkCore;
using Lease = Evenhand.Dispatch.Presence.Lease;

namespace Evenhand.Routing.Rules;

/// <summary>Everything the floor runs by, at one version.</summary>
/// <param name="Version">Another number after any change of rules, organisation or day.</param>
/// <param name="Queues">Those that are routed; each may be given to a dispatcher as it is.</param>
/// <param name="Targets">Of every queue the centre knows, routed or not.</param>
/// <param name="Agents">Every placed agent who has not left.</param>
/// <param name="Breaks">By team, for every team.</param>
/// <param name="Limits">How long a state or a break of this reason may last; null for no limit of its own. Ask by <see cref="LimitOf"/>.</param>
/// <param name="WrapUpCodes">In the order they are offered; ask by <see cref="CodesOf"/>.</param>
internal sealed record FloorRuleSet(long Version, DispatchSettings Dispatch, DutyRules Duty, Lease Lease, IReadOnlyList<QueueRules> Queues, IReadOnlyDictionary<Guid, QueueTargets> Targets,
    IReadOnlyList<AgentProfile> Agents, IReadOnlyDictionary<Guid, BreakRules> Breaks, IReadOnlyDictionary<string, TimeSpan?> Limits, IReadOnlyList<BreakReason> BreakReasons,
    IReadOnlyList<WrapUpCode> WrapUpCodes, ToggleRules Toggles, DutyStandard Standard)
{
    /// <summary>How long a state may last before it is over its limit; null for as long as it likes.</summary>
    public TimeSpan? LimitOf(EffectiveState state, string? breakReason, Guid? team) => state switch
    {
        EffectiveState.OnBreak => (breakReason is null ? null : Limits.GetValueOrDefault(breakReason)) ?? BreaksOf(team).Longest,
        EffectiveState.AtMeal => Limits.GetValueOrDefault("meal"),
        EffectiveState.InTraining => Limits.GetValueOrDefault("training"),
        EffectiveState.InMeeting => Limits.GetValueOrDefault("meeting"),
        EffectiveState.AfterContactWork => Limits.GetValueOrDefault("after-contact-work"),
        EffectiveState.PhoneFailed => Limits.GetValueOrDefault("phone-failed"),
        EffectiveState.Ringing or EffectiveState.Talking or EffectiveState.Holding or EffectiveState.Working or EffectiveState.Unreachable => Limits.GetValueOrDefault(state.ToString().ToLowerInvariant()),
        _ => null,
    };

    /// <summary>The team's rules of breaks; the usual ones for who is in no team.</summary>
    public BreakRules BreaksOf(Guid? team) => team is { } id && Breaks.TryGetValue(id, out var rules) ? rules : BreakDefinition.Usual.ToRules(0);

    /// <summary>What can be said of a contact of this queue when it is over: the codes for all and the queue's own.</summary>
    public IEnumerable<WrapUpCode> CodesOf(Guid queue) => WrapUpCodes.Where(c => c.QueueId is null || c.QueueId == queue);
}

/// <summary>What a queue is measured by.</summary>
/// <param name="ServiceLevelSeconds">Taken within this wait is in time.</param>
/// <param name="ShortAbandonSeconds">Left within this wait is short.</param>
internal sealed record QueueTargets(int ServiceLevelSeconds, int ShortAbandonSeconds)
{
    public static QueueTargets Usual { get; } = new(20, 5);
}

/// <summary>Shares one reading per version between all who ask.</summary>
internal sealed class RuleCache
{
    public FloorRuleSet? Latest { get; set; }
}

/// <summary>Reads what a centre has laid down for its floor, with defaults for whatever it has not.</summary>
internal sealed class FloorRules(EvenhandDb db, IOrganisation organisation, RuleCache cache, TimeProvider clock)
{
    /// <summary>Another number after any change of what <see cref="Read"/> answers; cheap to ask.</summary>
    public async Task<long> Version(CancellationToken cancel)
    {
        var centre = await organisation.Read(cancel);
        return await Version(centre, cancel);
    }

    /// <summary>The rules now; read once per version and shared.</summary>
    public async Task<FloorRuleSet> Read(CancellationToken cancel)
    {
        var centre = await organisation.Read(cancel);
        var version = await Version(centre, cancel);
        var joined = db.Database.CurrentTransaction is not null;
        if (!joined && cache.Latest is { } latest && latest.Version == version) return latest;
        var rules = (await db.RulesInForce.Where(r => r.Kind != RuleKind.Scripts).ToListAsync(cancel)).ToLookup(r => r.Kind);
        var floor = rules[RuleKind.Floor].SingleOrDefault()?.Read<FloorSettings>() ?? FloorSettings.Usual;
        var queues = rules[RuleKind.Queue].Where(r => centre.Queues.ContainsKey(r.Subject)).ToDictionary(r => r.Subject, r => r.Read<QueueDefinition>());
        var agents = Agents(centre, rules[RuleKind.Agent]);
        var found = new FloorRuleSet(version, floor.Dispatch, floor.Duty, floor.Lease, Routed(queues, Hours(centre, rules[RuleKind.Calendar])),
            centre.Queues.Keys.ToDictionary(id => id, id => queues.TryGetValue(id, out var queue) ? new QueueTargets(queue.ServiceLevelSeconds, queue.ShortAbandonSeconds) : QueueTargets.Usual),
            agents, Breaks(centre, agents, rules[RuleKind.Breaks]), floor.Limits, floor.BreakReasons,
            rules[RuleKind.WrapUp].SingleOrDefault()?.Read<IReadOnlyList<WrapUpCode>>() ?? WrapUpCode.Usual, floor.Toggles, floor.Standard);
        if (!joined) cache.Latest = found;
        return found;
    }

    /// <summary>The agent a customer calls the own; null for none, or when that agent has left.</summary>
    /// <param name="customerKey">The customer's number, however it is written.</param>
    public async Task<Guid?> OwnAgent(string customerKey, CancellationToken cancel)
    {
        var key = CustomerKey.Of(customerKey);
        return key is not null && (await OwnAgents([key], cancel)).TryGetValue(key, out var agent) ? agent : null;
    }

    /// <summary>The agents customers call the own, by the customer's number; who has none, or one that has left, is missing.</summary>
    /// <param name="customerKeys">Numbers as they are kept for comparison.</param>
    public async Task<IReadOnlyDictionary<string, Guid>> OwnAgents(IReadOnlyCollection<string> customerKeys, CancellationToken cancel)
    {
        var found = await db.VipCustomers.AsNoTracking().Where(v => customerKeys.Contains(v.CustomerKey)).Select(v => new { v.CustomerKey, v.AgentId }).ToListAsync(cancel);
        if (found.Count == 0) return new Dictionary<string, Guid>();
        var centre = await organisation.Read(cancel);
        return found.Where(v => centre.Agents.TryGetValue(v.AgentId, out var known) && IsHere(known, Today(centre))).ToDictionary(v => v.CustomerKey, v => v.AgentId);
    }

    /// <summary>The routed queues as the router takes them.</summary>
    public static IReadOnlyList<QueueRules> Routed(IReadOnlyDictionary<Guid, QueueDefinition> queues, IReadOnlyDictionary<Guid, OpeningHours> hours) =>
    [
        .. queues.Where(q => q.Value.Routed).OrderBy(q => q.Key).Select(q => q.Value.ToRules(q.Key, q.Value.CalendarId is { } id ? hours.GetValueOrDefault(id) : null,
            to => queues.TryGetValue(to, out var other) && other.Routed && other.Channel == q.Value.Channel)),
    ];

    public static IReadOnlyDictionary<Guid, OpeningHours> Hours(OrganisationSnapshot centre, IEnumerable<RuleVersion> calendars) =>
        calendars.ToDictionary(r => r.Subject, r => r.Read<CalendarDefinition>().ToHours(centre.Zone));

    /// <summary>The day it is in the centre.</summary>
    public static DateOnly Today(OrganisationSnapshot centre, TimeProvider clock) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), centre.Zone).DateTime);

    private async Task<long> Version(OrganisationSnapshot centre, CancellationToken cancel)
    {
        var stamp = await db.RulesStamps.AsNoTracking().Where(s => s.Id == RuleTables.Only).Select(s => s.Version).SingleAsync(cancel);
        return stamp ^ centre.Version ^ Today(centre).DayNumber;
    }

    private List<AgentProfile> Agents(OrganisationSnapshot centre, IEnumerable<RuleVersion> laidDown)
    {
        var today = Today(centre);
        var known = laidDown.ToDictionary(r => r.Subject, r => r.Read<AgentDefinition>());
        return [.. centre.Agents.Values.Where(a => IsHere(a, today)).OrderBy(a => a.Id).Select(a =>
        {
            var can = known.GetValueOrDefault(a.Id, AgentDefinition.Usual);
            return new AgentProfile
            {
                Id = a.Id, Team = centre.TeamOf(a.Id, today) ?? Guid.Empty, Skills = can.Skills, Mix = can.Mix,
                Certificates = [.. can.Certificates.Select(c => new Certificate(c.Name, c.LastDay is { } day ? Midnight(centre.Zone, day.AddDays(1)) : null))],
            };
        })];
    }

    private static Dictionary<Guid, BreakRules> Breaks(OrganisationSnapshot centre, List<AgentProfile> agents, IEnumerable<RuleVersion> laidDown)
    {
        var known = laidDown.ToDictionary(r => r.Subject, r => r.Read<BreakDefinition>());
        var people = agents.CountBy(a => a.Team).ToDictionary();
        return centre.Units.Values.Where(u => u.Kind == UnitKind.Team).ToDictionary(u => u.Id, u => known.GetValueOrDefault(u.Id, BreakDefinition.Usual).ToRules(people.GetValueOrDefault(u.Id)));
    }

    private DateOnly Today(OrganisationSnapshot centre) => Today(centre, clock);

    /// <summary>Whether an agent is on the books: placed, and not left.</summary>
    public static bool IsHere(Platform.Contracts.Agent agent, DateOnly today) => agent.Placed && (agent.LeftOn is not { } left || today < left);

    private static DateTimeOffset Midnight(TimeZoneInfo zone, DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
