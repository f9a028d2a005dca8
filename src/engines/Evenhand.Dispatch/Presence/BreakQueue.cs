using System.Collections.Immutable;

namespace Evenhand.Dispatch.Presence;

/// <summary>A time of day when fewer may be away.</summary>
/// <param name="From">Start, in the centre's time; included.</param>
/// <param name="To">End, excluded; before <paramref name="From"/> means past midnight.</param>
/// <param name="AtMost">How many may be away at once; 0 or more.</param>
public sealed record PeakQuota(TimeOnly From, TimeOnly To, int AtMost);

/// <summary>A team's rules for breaks.</summary>
/// <param name="Cap">How many may be away at once outside peaks; 0 or more.</param>
/// <param name="Peaks">Times with a smaller quota; where several hold, the smallest counts.</param>
/// <param name="Longest">How long one break may last before it is over its limit.</param>
/// <param name="GrantHolds">How long a granted place waits for an agent who still has a contact in hand.</param>
public sealed record BreakRules(int Cap, IReadOnlyList<PeakQuota> Peaks, TimeSpan Longest, TimeSpan GrantHolds)
{
    /// <summary>How many may be away at a moment.</summary>
    /// <param name="local">The moment in the centre's own offset.</param>
    public int QuotaAt(DateTimeOffset local) => Peaks.Where(p => TimeOnly.FromTimeSpan(local.TimeOfDay).IsBetween(p.From, p.To)).Select(p => p.AtMost).Append(Cap).Min();
}

/// <summary>Someone who waits for a break.</summary>
/// <param name="Agent">Who.</param>
/// <param name="Reason">Why, in the centre's own words.</param>
/// <param name="At">When it was asked; the order of the queue.</param>
public sealed record BreakRequest(Guid Agent, string Reason, DateTimeOffset At);

/// <summary>A place away from the floor: granted, and taken once the agent has left.</summary>
/// <param name="Agent">Who.</param>
/// <param name="Reason">Why.</param>
/// <param name="Granted">When the place was given.</param>
/// <param name="Left">When the break began; null while the agent finishes a contact.</param>
/// <param name="By">The leader who gave it past the queue; null for the ordinary way.</param>
public sealed record BreakPlace(Guid Agent, string Reason, DateTimeOffset Granted, DateTimeOffset? Left, Guid? By);

/// <summary>What a step of the break queue gives.</summary>
/// <param name="Queue">The queue after it; unchanged when denied.</param>
/// <param name="Granted">Places given by this step, in order.</param>
/// <param name="Lapsed">Agents whose granted place ran out before they took it.</param>
/// <param name="Denied">Why not; null when the step was taken.</param>
public sealed record BreakStep(BreakQueue Queue, IReadOnlyList<BreakPlace> Granted, IReadOnlyList<Guid> Lapsed, Denial? Denied);

/// <summary>One team's break queue: first asked, first away, never more than the quota of the moment. Immutable. All moments carry the centre's own offset.</summary>
/// <param name="Away">Places given, in the order they were given.</param>
/// <param name="Waiting">Requests in the order they were asked.</param>
public sealed record BreakQueue(ImmutableList<BreakPlace> Away, ImmutableList<BreakRequest> Waiting)
{
    /// <summary>Nobody away, nobody waiting.</summary>
    public static BreakQueue Empty { get; } = new([], []);

    /// <summary>The agent's place in the queue, 1 for the next to go; null when not waiting.</summary>
    /// <param name="agent">Who asks.</param>
    public int? PositionOf(Guid agent) => Waiting.FindIndex(r => r.Agent == agent) is var i and >= 0 ? i + 1 : null;

    /// <summary>Asks for a break; it is granted at once when the quota allows and nobody waits.</summary>
    /// <param name="agent">Who asks.</param>
    /// <param name="reason">Why; needed.</param>
    /// <param name="now">The present moment.</param>
    /// <param name="rules">The team's rules.</param>
    /// <returns>Denied with `dispatch.break-needs-reason`, `dispatch.break-already-asked` (argument: position) or `dispatch.break-already-away`.</returns>
    public BreakStep Ask(Guid agent, string reason, DateTimeOffset now, BreakRules rules)
    {
        if (string.IsNullOrWhiteSpace(reason)) return No(new Denial("dispatch.break-needs-reason"));
        if (PositionOf(agent) is { } position) return No(new Denial("dispatch.break-already-asked", position));
        if (Away.Exists(p => p.Agent == agent)) return No(new Denial("dispatch.break-already-away"));
        return (this with { Waiting = Waiting.Add(new BreakRequest(agent, reason, now)) }).Tick(now, rules);
    }

    /// <summary>A leader sends someone on a break past the queue and the quota. The place carries the leader's id.</summary>
    /// <param name="agent">Who goes.</param>
    /// <param name="reason">Why; needed.</param>
    /// <param name="leader">Who decides.</param>
    /// <param name="now">The present moment.</param>
    /// <returns>Denied with `dispatch.break-needs-reason` or `dispatch.break-already-away`.</returns>
    public BreakStep Send(Guid agent, string reason, Guid leader, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(reason)) return No(new Denial("dispatch.break-needs-reason"));
        if (Away.Exists(p => p.Agent == agent)) return No(new Denial("dispatch.break-already-away"));
        var place = new BreakPlace(agent, reason, now, null, leader);
        return new BreakStep(new BreakQueue(Away.Add(place), Waiting.RemoveAll(r => r.Agent == agent)), [place], [], null);
    }

    /// <summary>The agent has left the floor on the place given.</summary>
    /// <param name="agent">Who left.</param>
    /// <param name="now">When.</param>
    /// <returns>Denied with `dispatch.break-not-granted` when no place was given; the argument is the position in the queue, 0 when not asked.</returns>
    public BreakStep Leave(Guid agent, DateTimeOffset now)
    {
        var at = Away.FindIndex(p => p.Agent == agent);
        if (at < 0) return No(new Denial("dispatch.break-not-granted", PositionOf(agent) ?? 0));
        return new BreakStep(this with { Away = Away.SetItem(at, Away[at] with { Left = Away[at].Left ?? now }) }, [], [], null);
    }

    /// <summary>The agent is back, or no longer wants the break; the next in the queue may go.</summary>
    /// <param name="agent">Who is back.</param>
    /// <param name="now">The present moment.</param>
    /// <param name="rules">The team's rules.</param>
    public BreakStep Return(Guid agent, DateTimeOffset now, BreakRules rules) =>
        new BreakQueue(Away.RemoveAll(p => p.Agent == agent), Waiting.RemoveAll(r => r.Agent == agent)).Tick(now, rules);

    /// <summary>Time has passed: untaken places lapse, and whoever may go now is granted a place in the order asked.</summary>
    /// <param name="now">The present moment.</param>
    /// <param name="rules">The team's rules.</param>
    public BreakStep Tick(DateTimeOffset now, BreakRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var lapsed = Away.Where(p => p.Left is null && now - p.Granted >= rules.GrantHolds).Select(p => p.Agent).ToList();
        var away = lapsed.Count == 0 ? Away : Away.RemoveAll(p => lapsed.Contains(p.Agent));
        var granted = Waiting.Take(Math.Max(0, rules.QuotaAt(now) - away.Count)).Select(r => new BreakPlace(r.Agent, r.Reason, now, null, null)).ToList();
        return new BreakStep(new BreakQueue(away.AddRange(granted), Waiting.RemoveRange(0, granted.Count)), granted, lapsed, null);
    }

    /// <summary>Who is away longer than allowed, the longest first.</summary>
    /// <param name="now">The present moment.</param>
    /// <param name="rules">The team's rules.</param>
    public IReadOnlyList<(Guid Agent, TimeSpan Over)> OverLimit(DateTimeOffset now, BreakRules rules) =>
        [.. Away.Where(p => p.Left is { } left && now - left > rules.Longest).Select(p => (p.Agent, now - p.Left!.Value - rules.Longest)).OrderByDescending(p => p.Item2)];

    private BreakStep No(Denial denial) => new(this, [], [], denial);
}
