namespace Evenhand.Dispatch.Presence;

/// <summary>A rostered stretch of work; half-open.</summary>
/// <param name="Start">When it starts.</param>
/// <param name="End">When it ends; after <paramref name="Start"/>.</param>
public sealed record RosteredShift(DateTimeOffset Start, DateTimeOffset End);

/// <summary>How wide the gate stands.</summary>
/// <param name="Early">How long before the start one may sign in.</param>
/// <param name="Grace">How long before the end one may sign off without approval.</param>
/// <param name="ApprovalHolds">How long a leader's approval may be used.</param>
public sealed record DutyRules(TimeSpan Early, TimeSpan Grace, TimeSpan ApprovalHolds)
{
    /// <summary>Fifteen minutes early, no grace, an approval of thirty minutes.</summary>
    public static DutyRules Default { get; } = new(TimeSpan.FromMinutes(15), TimeSpan.Zero, TimeSpan.FromMinutes(30));
}

/// <summary>A leader's word that opens the gate; it is recorded with the decision.</summary>
/// <param name="Leader">Who gave it.</param>
/// <param name="Reason">Why; needed.</param>
/// <param name="At">When.</param>
public sealed record Approval(Guid Leader, string Reason, DateTimeOffset At);

/// <summary>What becomes of work in hand when its agent leaves.</summary>
public enum WorkPlan
{
    /// <summary>Nothing said yet.</summary>
    Open,

    /// <summary>Handed over to a named colleague.</summary>
    HandOver,

    /// <summary>Goes back to its queue at its old place.</summary>
    Requeue,
}

/// <summary>One contact an agent holds when signing off.</summary>
/// <param name="Contact">Which.</param>
/// <param name="IsLive">Whether the customer is on the line or in the chat right now: it cannot be put back, only finished or handed over.</param>
/// <param name="Plan">What is to become of it.</param>
/// <param name="To">The colleague of a handover.</param>
public sealed record WorkInHand(Guid Contact, bool IsLive, WorkPlan Plan, Guid? To = null);

/// <summary>What the gate says.</summary>
/// <param name="Denied">Why not; null when allowed.</param>
/// <param name="Shift">The shift it concerns; null when there is none.</param>
/// <param name="Override">The approval that made it possible; null when the rules alone allow it. Whoever stores decisions stores this.</param>
/// <param name="Early">How long before the shift's end one leaves; zero otherwise.</param>
public sealed record GateDecision(Denial? Denied, RosteredShift? Shift, Approval? Override, TimeSpan Early)
{
    /// <summary>Whether the agent may pass.</summary>
    public bool IsAllowed => Denied is null;
}

/// <summary>Nobody comes on or goes off duty at will: pure decisions over the roster, approvals and work in hand.</summary>
public static class DutyGate
{
    /// <summary>May this person sign in now? In the window from <see cref="DutyRules.Early"/> before a shift's start to its end, or by a leader's approval.</summary>
    /// <param name="agent">Who signs in; nobody approves for oneself.</param>
    /// <param name="shifts">The person's shifts around now, in any order.</param>
    /// <param name="now">The present moment.</param>
    /// <param name="rules">How wide the gate stands.</param>
    /// <param name="approval">A leader's approval; null for none.</param>
    /// <returns>Denied with `dispatch.not-rostered`, `dispatch.too-early` (argument: when the window opens) or what is wrong with the approval.</returns>
    public static GateDecision SignIn(Guid agent, IReadOnlyList<RosteredShift> shifts, DateTimeOffset now, DutyRules rules, Approval? approval = null)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var open = shifts.Where(s => s.Start - rules.Early <= now && now < s.End).MinBy(s => s.Start);
        if (open is not null) return new(null, open, null, TimeSpan.Zero);
        var next = shifts.Where(s => s.Start > now).MinBy(s => s.Start);
        if (approval is not null) return new(Fault(approval, agent, now, rules), next, approval, TimeSpan.Zero);
        return new(next is null ? new Denial("dispatch.not-rostered") : new Denial("dispatch.too-early", next.Start - rules.Early), next, null, TimeSpan.Zero);
    }

    /// <summary>May this person sign off now? Before the shift's end only with a leader's approval, and never with work in hand that has no plan.</summary>
    /// <param name="agent">Who signs off; nobody approves for oneself.</param>
    /// <param name="shift">The shift being worked; null when it is over or there was none.</param>
    /// <param name="work">What the person holds.</param>
    /// <param name="now">The present moment.</param>
    /// <param name="rules">How wide the gate stands.</param>
    /// <param name="approval">A leader's approval; null for none.</param>
    /// <returns>
    /// Denied with `dispatch.sign-off-needs-approval` (argument: time left), `dispatch.approval-by-oneself`, `dispatch.approval-needs-reason`,
    /// `dispatch.approval-expired`, `dispatch.work-in-hand` (argument: how many contacts have no plan), `dispatch.live-contact-cannot-wait`
    /// or `dispatch.handover-needs-colleague`.
    /// </returns>
    public static GateDecision SignOff(Guid agent, RosteredShift? shift, IReadOnlyList<WorkInHand> work, DateTimeOffset now, DutyRules rules, Approval? approval = null)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var left = shift is null || now >= shift.End ? TimeSpan.Zero : shift.End - now;
        var early = left > rules.Grace;
        var denied = early switch
        {
            true when approval is null => new Denial("dispatch.sign-off-needs-approval", left),
            true => Fault(approval!, agent, now, rules),
            _ => null,
        };
        return new(denied ?? FaultIn(agent, work), shift, early ? approval : null, left);
    }

    private static Denial? Fault(Approval approval, Guid agent, DateTimeOffset now, DutyRules rules) =>
        approval.Leader == agent ? new Denial("dispatch.approval-by-oneself")
        : string.IsNullOrWhiteSpace(approval.Reason) ? new Denial("dispatch.approval-needs-reason")
        : now - approval.At >= rules.ApprovalHolds || approval.At > now ? new Denial("dispatch.approval-expired", approval.At + rules.ApprovalHolds)
        : null;

    private static Denial? FaultIn(Guid agent, IReadOnlyList<WorkInHand> work)
    {
        var open = work.Count(w => w.Plan == WorkPlan.Open);
        if (open > 0) return new Denial("dispatch.work-in-hand", open);
        if (work.FirstOrDefault(w => w.IsLive && w.Plan == WorkPlan.Requeue) is { } live) return new Denial("dispatch.live-contact-cannot-wait", live.Contact);
        return work.FirstOrDefault(w => w.Plan == WorkPlan.HandOver && (w.To is null || w.To == agent)) is { } lost ? new Denial("dispatch.handover-needs-colleague", lost.Contact) : null;
    }
}
