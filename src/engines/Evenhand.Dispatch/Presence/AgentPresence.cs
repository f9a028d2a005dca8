namespace Evenhand.Dispatch.Presence;

/// <summary>How a desk shows that it is still there.</summary>
/// <param name="Every">Time between two beats; above zero.</param>
/// <param name="Missed">Beats that may be missed before the agent is unreachable; at least 1.</param>
public sealed record Lease(TimeSpan Every, int Missed)
{
    /// <summary>A beat every ten seconds; three missed make an agent unreachable.</summary>
    public static Lease Default { get; } = new(TimeSpan.FromSeconds(10), 3);

    /// <summary>How long the desk may be silent: the last beat's moment plus this is the first unreachable moment.</summary>
    public TimeSpan Silence => Every * Missed;
}

/// <summary>One agent's presence: what the person wants, what the device does, when the desk last beat. Immutable; every change answers with a fact.</summary>
/// <param name="Agent">Whose presence.</param>
/// <param name="Wanted">What the person wants.</param>
/// <param name="BreakReason">Why the break; null unless <paramref name="Wanted"/> is <see cref="WantedState.Break"/>.</param>
/// <param name="Device">What the device does.</param>
/// <param name="LastBeat">When the desk was last heard.</param>
/// <param name="Silent">Whether the lease has run out; set by <see cref="Check"/>, cleared by <see cref="Beat"/>.</param>
/// <param name="Since">When the effective state began.</param>
public sealed record AgentPresence(Guid Agent, WantedState Wanted, string? BreakReason, DeviceState Device, DateTimeOffset LastBeat, bool Silent, DateTimeOffset Since)
{
    private static readonly Cause OfTheSystem = new(Causer.System);

    /// <summary>Who asked for what is wanted while something else shows, as a break asked for in a conversation; the fact names it when it shows. Null when nothing is outstanding.</summary>
    public Cause? Wish { get; init; }

    /// <summary>Someone who has not signed in yet.</summary>
    /// <param name="agent">Whose presence.</param>
    /// <param name="now">The present moment.</param>
    public static AgentPresence SignedOut(Guid agent, DateTimeOffset now) => new(agent, WantedState.SignedOut, null, DeviceState.Idle, now, false, now);

    /// <summary>What the floor sees.</summary>
    public EffectiveState Effective => Derive(Wanted, Device, Silent);

    /// <summary>Whether this is time at work: signed in, without meals, training and meetings. Breaks, conversations and silence count.</summary>
    public bool IsOnDuty => Wanted is WantedState.Ready or WantedState.Break or WantedState.AfterContactWork;

    /// <summary>
    /// Both layers and the lease as one state. A conversation or a ringing phone is shown whatever the person wants, because a contact in hand is
    /// protected; otherwise only someone who wants contacts can be unreachable or have a failed phone.
    /// </summary>
    /// <param name="wanted">What the person wants.</param>
    /// <param name="device">What the device does.</param>
    /// <param name="silent">Whether the desk has missed its beats.</param>
    public static EffectiveState Derive(WantedState wanted, DeviceState device, bool silent) => (wanted, device, silent) switch
    {
        (_, DeviceState.Talking, _) => EffectiveState.Talking,
        (_, DeviceState.Holding, _) => EffectiveState.Holding,
        (not WantedState.SignedOut, DeviceState.Ringing, false) => EffectiveState.Ringing,
        (WantedState.SignedOut, _, _) => EffectiveState.SignedOut,
        (WantedState.Break, _, _) => EffectiveState.OnBreak,
        (WantedState.Meal, _, _) => EffectiveState.AtMeal,
        (WantedState.Training, _, _) => EffectiveState.InTraining,
        (WantedState.Meeting, _, _) => EffectiveState.InMeeting,
        (_, _, true) => EffectiveState.Unreachable,
        (WantedState.AfterContactWork, _, _) => EffectiveState.AfterContactWork,
        (_, DeviceState.Failed, _) => EffectiveState.PhoneFailed,
        (_, DeviceState.Working, _) => EffectiveState.Working,
        _ => EffectiveState.Available,
    };

    /// <summary>The person, a rule or a leader changes what is wanted. Whether it is allowed now is for <see cref="DutyGate"/> and <see cref="BreakQueue"/> to say first.</summary>
    /// <param name="wanted">The new wanted state.</param>
    /// <param name="breakReason">Needed for a break, ignored otherwise.</param>
    /// <param name="cause">Who and why; a leader must give a reason.</param>
    /// <param name="now">The present moment.</param>
    /// <returns>Denied with `dispatch.break-needs-reason`, `dispatch.leader-needs-reason` or `dispatch.not-signed-in` (after-contact work cannot follow signed out).</returns>
    public PresenceStep Want(WantedState wanted, string? breakReason, Cause cause, DateTimeOffset now)
    {
        if (cause.By == Causer.Leader && string.IsNullOrWhiteSpace(cause.Reason)) return Denied("dispatch.leader-needs-reason");
        if (wanted == WantedState.Break && string.IsNullOrWhiteSpace(breakReason)) return Denied("dispatch.break-needs-reason");
        if (Wanted == WantedState.SignedOut && wanted == WantedState.AfterContactWork) return Denied("dispatch.not-signed-in");
        var next = this with
        {
            Wanted = wanted,
            BreakReason = wanted == WantedState.Break ? breakReason : null,
            LastBeat = Wanted == WantedState.SignedOut ? now : LastBeat,
            Silent = Wanted != WantedState.SignedOut && Silent,
        };
        return Step(next, cause, now);
    }

    /// <summary>The device was seen in another state.</summary>
    /// <param name="device">What it does now.</param>
    /// <param name="now">The present moment.</param>
    public PresenceStep DeviceIs(DeviceState device, DateTimeOffset now) => Step(this with { Device = device }, OfTheSystem, now);

    /// <summary>The desk was heard. A beat older than the last one known changes nothing.</summary>
    /// <param name="now">When it beat.</param>
    public PresenceStep Beat(DateTimeOffset now) => now < LastBeat ? new(this, null, null) : Step(this with { LastBeat = now, Silent = false }, OfTheSystem, now);

    /// <summary>Looks whether the lease has run out.</summary>
    /// <param name="lease">How often the desk beats.</param>
    /// <param name="now">The present moment.</param>
    public PresenceStep Check(Lease lease, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(lease);
        var silent = Wanted != WantedState.SignedOut && now - LastBeat >= lease.Silence;
        return silent == Silent ? new(this, null, null) : Step(this with { Silent = silent }, OfTheSystem with { Reason = "missed-beats" }, now);
    }

    private PresenceStep Step(AgentPresence next, Cause cause, DateTimeOffset now)
    {
        var (from, to) = (Effective, next.Effective);
        var shows = to == Derive(next.Wanted, DeviceState.Idle, next.Silent);
        if (from == to && (to != EffectiveState.OnBreak || BreakReason == next.BreakReason))
            return new(Wanted == next.Wanted && BreakReason == next.BreakReason ? next : next with { Wish = shows ? null : cause }, null, null);
        var told = shows && cause == OfTheSystem && Wish is { } wish ? wish : cause;
        return new(next with { Since = now, Wish = shows ? null : Wish }, new PresenceFact(Agent, from, to, next.BreakReason, now, told), null);
    }

    private PresenceStep Denied(string code) => new(this, null, new Denial(code));
}
