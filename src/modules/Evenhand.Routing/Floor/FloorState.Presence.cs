using Evenhand.Dispatch.Presence;
using Evenhand.Dispatch.Queues;
using Evenhand.Kernel;

namespace Evenhand.Routing.Floor;

/// <summary>What becomes of a contact in hand when its agent signs off.</summary>
internal sealed record HandedPlan(Guid Contact, WorkPlan Plan, Guid? To);

/// <summary>Presence and the duty gate: who is there, who may come and go, and who waits for a break.</summary>
internal sealed partial class FloorState
{
    private static readonly TimeSpan RequestsStand = TimeSpan.FromHours(12);
    private static readonly TimeSpan NewShiftAfter = TimeSpan.FromHours(3);

    /// <summary>Comes on duty, in the rostered window or by a leader's word. Signing in twice is signing in once.</summary>
    public Refusal? SignIn(Guid agent, Guid? who)
    {
        if (!Knows(agent)) return new Refusal("routing.agent-not-on-floor");
        if (Presence(agent).Wanted != WantedState.SignedOut) return null;
        var approval = Approval(agent, "sign-in");
        var decision = roster is null ? new GateDecision(null, null, null, TimeSpan.Zero) : DutyGate.SignIn(agent, Shifts(agent), Now, Rules.Duty, approval.Given);
        if (decision.Denied is { } denial) return Refused(denial);
        if (decision.Override is { } by) Override(agent, "sign-in", by.Leader, by.Reason, approval.Request);
        BeginShift(agent, decision.Shift);
        return Change(agent, Presence(agent).Want(WantedState.Ready, null, new Cause(Causer.Person, who), Now)) ?? Heard(null);
    }

    /// <summary>Goes off duty: with a plan for everything in hand, and before the shift's end only by a leader's word.</summary>
    public Refusal? SignOff(Guid agent, Guid? who, IReadOnlyList<HandedPlan> plans)
    {
        if (Presence(agent).Wanted == WantedState.SignedOut) return null;
        var approval = Approval(agent, "sign-off");
        var shift = worked.GetValueOrDefault(agent) is { } working ? new RosteredShift(working.Start, working.End) : null;
        var held = Held(agent).Where(r => r.State is ContactState.InHand or ContactState.WrappingUp).ToList();
        var work = held.Select(r => plans.FirstOrDefault(p => p.Contact == r.Arrival.Contact) is { } plan
            ? new WorkInHand(r.Arrival.Contact, IsLive(r), plan.Plan, plan.To) : new WorkInHand(r.Arrival.Contact, IsLive(r), WorkPlan.Open)).ToList();
        if (work.Where(w => w.Plan == WorkPlan.HandOver).Select(w => ByPhone(w.Contact)).FirstOrDefault(r => r is not null) is { } byPhone) return byPhone;
        var decision = DutyGate.SignOff(agent, roster is null ? null : shift, work, Now, Rules.Duty, approval.Given);
        if (decision.Denied is { } denial) return Refused(denial);
        var over = work.Where(w => w.Plan == WorkPlan.HandOver).Select(w => (w.Contact, w.To!.Value)).ToList();
        if (Heard(dispatcher.MayHandOver(over, Now)) is { } refusal) return refusal;
        foreach (var (contact, to) in over) HandOver(contact, to);
        foreach (var part in work.Where(w => w.Plan == WorkPlan.Requeue)) Return(part.Contact);
        if (decision.Override is { } by) Override(agent, "sign-off", by.Leader, by.Reason, approval.Request);
        return Leaves(agent, Presence(agent).Want(WantedState.SignedOut, null, new Cause(Causer.Person, who), Now));
    }

    /// <summary>What a person may choose alone: ready, or after-contact work. Breaks and meals wait in the queue, training and meetings are a leader's to give.</summary>
    public Refusal? Want(Guid agent, WantedState wanted, Guid? who)
    {
        var presence = Presence(agent);
        if (presence.Wanted == WantedState.SignedOut) return new Refusal("routing.not-signed-in");
        if (wanted is WantedState.SignedOut) return SignOff(agent, who, []);
        if (wanted is WantedState.Training or WantedState.Meeting) return new Refusal("routing.state-needs-leader");
        if (wanted is WantedState.Break or WantedState.Meal) return new Refusal("routing.break-needs-queue");
        wrapsBySystem.Remove(agent);
        return Leaves(agent, presence.Want(wanted, null, new Cause(Causer.Person, who), Now));
    }

    /// <summary>Into a state that ends a break, or the waiting for one; after the change, so that nothing is offered that the change would take back.</summary>
    private Refusal? Leaves(Guid agent, PresenceStep next)
    {
        if (Change(agent, next) is { } refusal) return refusal;
        LeaveBreaks(agent);
        return Heard(null);
    }

    /// <summary>A leader sets somebody's state past queue and gate; it is recorded with the reason.</summary>
    public Refusal? SetByLeader(Guid agent, WantedState wanted, string? breakReason, string reason, Guid leader)
    {
        if (!Knows(agent)) return new Refusal("routing.agent-not-on-floor");
        if (string.IsNullOrWhiteSpace(reason)) return new Refusal("dispatch.leader-needs-reason");
        var presence = Presence(agent);
        if (presence.Wanted == WantedState.SignedOut && wanted == WantedState.AfterContactWork) return new Refusal("routing.not-signed-in");
        if (wanted == WantedState.SignedOut)
        {
            var held = Held(agent).Where(r => r.State is ContactState.InHand or ContactState.WrappingUp).ToList();
            if (held.Any(IsLive) && !presence.Silent) return new Refusal("routing.live-contact-in-hand");
            // Somebody talks by the telephone system's own line: that conversation cannot be offered to another.
            foreach (var row in held)
                if (IsOnPbx(row)) EndConversation(row.Arrival.Contact);
                else Return(row.Arrival.Contact);
        }
        if (presence.Wanted == WantedState.SignedOut && wanted != WantedState.SignedOut) BeginShift(agent, Shifts(agent).Where(s => s.End > Now).MinBy(s => s.Start));
        wrapsBySystem.Remove(agent);
        Override(agent, $"state:{wanted}", leader, reason, null);
        var next = Presence(agent).Want(wanted, wanted == WantedState.Break ? breakReason ?? "other" : null, new Cause(Causer.Leader, leader, reason), Now);
        if (wanted is not (WantedState.Break or WantedState.Meal)) return Leaves(agent, next);
        var team = TeamOf(agent);
        Keep(team, BreaksOf(team).Send(agent, breakReason ?? "meal", leader, Local(Now)).Queue.Leave(agent, Local(Now)).Queue);
        return Change(agent, next) ?? Heard(null);
    }

    /// <summary>The desk was heard.</summary>
    public void Beat(Guid agent)
    {
        if (presences.TryGetValue(agent, out var presence) && presence.Wanted != WantedState.SignedOut)
        {
            Change(agent, presence.Beat(Now));
            Absorb();
        }
    }

    /// <summary>The device was seen in another state.</summary>
    public void Device(Guid agent, DeviceState device)
    {
        if (!Knows(agent)) return;
        phones[agent] = device;
        Change(agent, Presence(agent).DeviceIs(DeviceOf(agent), Now));
        Absorb();
    }

    /// <summary>Asks a leader to be let on or off duty outside the rules; one open request of a kind at a time.</summary>
    public Outcome<Guid> AskDuty(Guid agent, string kind, string reason)
    {
        if (string.IsNullOrWhiteSpace(reason)) return new Refusal("routing.reason-needed");
        if (requests.Values.FirstOrDefault(r => r.AgentId == agent && r.Kind == kind && r.Granted is null) is { } open) return open.Id;
        var request = new DutyRequest { Id = Guid.CreateVersion7(), AgentId = agent, Kind = kind, Reason = reason.Trim(), At = Now };
        requests.Add(request.Id, request);
        step.NewRequests.Add(request);
        step.Requests.Add(request);
        Touch(agent);
        return request.Id;
    }

    /// <summary>A leader decides on a request; nobody decides on the own.</summary>
    public Refusal? DecideDuty(Guid id, bool granted, string reason, Guid leader, Guid? leaderAgent)
    {
        if (requests.GetValueOrDefault(id) is not { } request) return new Refusal("routing.duty-request.not-found");
        if (request.AgentId == leaderAgent) return new Refusal("dispatch.approval-by-oneself");
        if (string.IsNullOrWhiteSpace(reason)) return new Refusal("dispatch.approval-needs-reason");
        if (request.Granted is { } before) return before == granted ? null : new Refusal("routing.duty-request-decided");
        (request.Granted, request.DecidedBy, request.DecidedReason, request.DecidedAt) = (granted, leader, reason.Trim(), Now);
        step.Requests.Add(request);
        Touch(request.AgentId);
        return null;
    }

    public DutyRequest? Request(Guid id) => requests.GetValueOrDefault(id);

    /// <summary>Requests that wait for a leader, the oldest first.</summary>
    public IEnumerable<DutyRequest> OpenRequests => requests.Values.Where(r => r.Granted is null).OrderBy(r => r.At);

    /// <summary>The last request of a kind that still says something: not used, and if granted, usable still. Whoever let an approval lapse may ask again.</summary>
    public DutyRequest? RequestOf(Guid agent, string kind) => requests.Values.Where(r => r.AgentId == agent && r.Kind == kind && r.UsedAt is null && r.At > Now - RequestsStand
        && !(r.Granted == true && Now - r.DecidedAt >= Rules.Duty.ApprovalHolds)).MaxBy(r => r.At);

    public IReadOnlyList<RosteredShift> Shifts(Guid agent) => roster is null ? [] : [.. roster[agent]];

    public bool KeepsRoster => roster is not null;

    public WorkedShift? Worked(Guid agent) => worked.GetValueOrDefault(agent);

    private (Approval? Given, DutyRequest? Request) Approval(Guid agent, string kind) => RequestOf(agent, kind) is { Granted: true } request
        ? (new Approval(request.DecidedBy!.Value, request.DecidedReason!, request.DecidedAt!.Value), request) : (null, null);

    private void Override(Guid agent, string what, Guid by, string reason, DutyRequest? request)
    {
        step.Overrides.Add(new DutyOverride { Id = Guid.CreateVersion7(), AgentId = agent, What = what, By = by, Reason = reason, At = Now });
        if (request is null) return;
        request.UsedAt = Now;
        step.Requests.Add(request);
    }

    private void BeginShift(Guid agent, RosteredShift? shift)
    {
        var before = worked.GetValueOrDefault(agent);
        var isNew = shift is not null ? before?.Start != shift.Start : before is null || Now - Presence(agent).Since > NewShiftAfter;
        if (shift is not null) worked[agent] = new WorkedShift(shift.Start, shift.End);
        else if (isNew) worked[agent] = new WorkedShift(Now, Now);
        if (isNew) dispatcher.BeginShift(agent, Now);
        Touch(agent);
    }
}
