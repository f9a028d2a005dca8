using Evenhand.Telephony.QueueLogs;

namespace Evenhand.Telephony.Live;

/// <summary>
/// The present state of a PBX's queues, kept by its events and mended by its full states. Facts that change nothing (an event twice, an event older than what is known) are not
/// passed on; what an event shows was missed is told first, as <see cref="PbxTold.Reckoned"/>. With PBX times an event may come twice at any distance; without them only
/// while its state still stands. Memory is bounded by the calls alive and those ended within half an hour. Not safe for several threads.
/// </summary>
public sealed partial class QueueMirror
{
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(30), Rounding = TimeSpan.FromSeconds(2);
    private readonly Action<PbxFact> _tell;
    private readonly Dictionary<string, MirroredVisit> _visits = [];
    private readonly Dictionary<string, List<MirroredVisit>> _waiting = [];
    private readonly Dictionary<(string Queue, string Member), MirroredMember> _members = [];
    private readonly Dictionary<string, (PbxDevice Device, DateTimeOffset At, long Touched)> _devices = [];
    private readonly Dictionary<string, MirroredCount> _counts = [];
    private readonly Queue<(DateTimeOffset At, MirroredVisit Visit)> _ended = new();
    private long _mark;
    private DateTimeOffset _latest = DateTimeOffset.MinValue;

    /// <summary>A mirror that knows nothing yet.</summary>
    /// <param name="tell">Hears every new fact, in order.</param>
    public QueueMirror(Action<PbxFact> tell)
    {
        ArgumentNullException.ThrowIfNull(tell);
        _tell = tell;
    }

    /// <summary>Whether events may be missing: before the first full state, and from a gap to the next.</summary>
    public bool IsInDoubt { get; private set; } = true;

    /// <summary>How many full states were compared until now.</summary>
    public long FullStates { get; private set; }

    /// <summary>How many callers wait in a queue.</summary>
    /// <param name="queue">The queue.</param>
    /// <returns>The number, 0 for a queue not known.</returns>
    public int WaitingIn(string queue) => _waiting.TryGetValue(queue, out var line) ? line.Count : 0;

    internal IEnumerable<string> CallsInHand => _visits.Values.Where(v => v.Phase == VisitPhase.Talking).Select(v => v.Call);

    internal bool Waits(string call, string queue) => _visits.TryGetValue(call, out var visit) && visit.Phase == VisitPhase.Waiting && visit.Queue == queue;

    internal bool HasEnded(string call, string queue) => _visits.TryGetValue(call, out var visit) && visit is { Phase: VisitPhase.Gone, Vanished: false } && visit.Queue == queue;

    /// <summary>The call an end without channels speaks of (Asterisk leaves them out when they were gone before it): the member's, if its wait and its answer fit.</summary>
    internal string? CallOf(string queue, string member, int? hold, DateTimeOffset connectedAt) => _visits.Values.FirstOrDefault(v =>
        (v.Phase == VisitPhase.Talking || v is { Vanished: true, WasConnected: true }) && v.Queue == queue && v.Member == member && (v.Hold is null || hold is null || v.Hold == hold)
        && (v.ConnectTold == PbxTold.Status || (v.ConnectedAt - connectedAt).Duration() <= Rounding))?.Call;

    /// <summary>The calls remembered, ended ones included.</summary>
    public int Remembers => _visits.Count;

    /// <summary>Takes what an event says.</summary>
    /// <param name="fact">The fact; passed on when it is new.</param>
    public void Apply(PbxFact fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        _mark++;
        switch (fact)
        {
            case CallFact call:
                TakeCall(call);
                break;
            case MemberFact member:
                TakeMember(member);
                break;
            default:
                IsInDoubt |= fact is PbxGap;
                _tell(fact);
                break;
        }
        if (fact.Told == PbxTold.Event && fact.At > _latest)
            Forget(_latest = fact.At);
    }

    /// <summary>The present state.</summary>
    /// <param name="at">The time to put on it.</param>
    /// <returns>Queues by name, callers by place; calls in hand are always told.</returns>
    public PbxStatus Status(DateTimeOffset at)
    {
        var calls = _visits.Values.Where(v => v.Phase == VisitPhase.Talking).OrderBy(v => v.Call, StringComparer.Ordinal)
            .Select(v => new CallInHand(v.Call, v.Queue, v.Member, v.ConnectedAt)).ToList();
        var busy = calls.Select(c => (c.Queue, c.Member)).ToHashSet();
        return new(at,
            [.. _waiting.Keys.Union(_members.Values.Where(m => m.IsPresent).Select(m => m.Queue)).Union(_counts.Keys).Order(StringComparer.Ordinal)
                .Select(q => _counts.TryGetValue(q, out var c) ? new QueueCount(q, c.Completed + c.SeenCompleted, c.Left + c.SeenLeft) : new(q))],
            [.. _members.Values.Where(m => m.IsPresent).OrderBy(m => m.Queue, StringComparer.Ordinal).ThenBy(m => m.Member, StringComparer.Ordinal)
                .Select(m => new QueueMember(m.Queue, m.Member, DeviceOf(m.Member), m.IsPaused, m.Reason, m.HasUnseenCall || busy.Contains((m.Queue, m.Member))))],
            [.. _waiting.OrderBy(w => w.Key, StringComparer.Ordinal).SelectMany(w => w.Value.Select((v, i) => new WaitingCaller(v.Call, v.Queue, v.Caller, i + 1, v.JoinedAt)))],
            calls);
    }

    private void TakeCall(CallFact fact)
    {
        _visits.TryGetValue(fact.Call, out var visit);
        if (visit is not null)
            visit.Touched = _mark;
        if (fact is CallerJoined joined)
        {
            Join(joined, visit);
            return;
        }
        if (visit is not null && IsStale(fact, visit) || fact is CallerLeft { WaitSeconds: null } && !Waits(fact.Call, fact.Queue))
            return;
        if (visit is not null && fact.Told == PbxTold.Event)
            visit.EventAt = fact.At;
        if (fact is CallConnected or CallerLeft or CallEnded && visit is { Vanished: true } && visit.Queue == fact.Queue)
            (visit.Vanished, visit.Phase) = (false, visit.WasConnected ? VisitPhase.Talking : VisitPhase.Waiting);
        else if (visit is null || visit.Phase == VisitPhase.Gone || visit.Queue != fact.Queue || visit.Phase == VisitPhase.Talking && fact is not CallEnded)
            visit = Recover(fact, visit);
        switch (fact)
        {
            case AgentRinging ringing:
                Ring(ringing, visit);
                break;
            case AgentMissed missed:
                Miss(missed, visit);
                break;
            case CallConnected connected:
                Connect(connected, visit);
                break;
            case CallerLeft left when visit.Phase == VisitPhase.Waiting:
                StopRinging(visit, left, null);
                Count(left.Queue).SeenLeft += left.Outcome is VisitOutcome.Abandoned or VisitOutcome.TimedOut or VisitOutcome.Empty ? 1 : 0;
                End(visit, left.At);
                _tell(left with
                {
                    OriginalPosition = left.OriginalPosition ?? visit.OriginalPosition,
                    WaitSeconds = left.WaitSeconds ?? (visit.JoinTold == PbxTold.Event ? (int)(left.At.ToUnixTimeSeconds() - visit.JoinedAt.ToUnixTimeSeconds()) : null),
                });
                break;
            case CallEnded ended:
                Finish(ended, visit);
                break;
        }
    }

    /// <summary>An event that speaks of something before what is known of the call, or repeats it.</summary>
    private static bool IsStale(CallFact fact, MirroredVisit visit)
    {
        var timed = fact.Told == PbxTold.Event;
        if (timed && fact.At < visit.EventAt)
            return true;
        if (visit is { Phase: VisitPhase.Talking } && visit.Queue == fact.Queue)
            return fact is AgentRinging or AgentMissed || fact is not CallEnded && (!timed || fact.At == visit.EventAt);
        if (visit.Phase != VisitPhase.Gone || visit.Vanished)
            return false;
        // Without a PBX time only an event whose own durations begin after the last end can be of a visit not known.
        return timed ? fact.At <= visit.EndedAt : StartOf(fact) <= visit.EndedAt;
    }

    private static DateTimeOffset StartOf(CallFact fact) => fact.At - TimeSpan.FromSeconds(fact switch
    {
        CallConnected c => c.HoldSeconds ?? 0,
        CallerLeft l => l.WaitSeconds ?? 0,
        CallEnded e => (e.HoldSeconds ?? 0) + (e.TalkSeconds ?? 0),
        _ => 0,
    });

    private void Join(CallerJoined fact, MirroredVisit? visit)
    {
        if (visit is not null)
        {
            var timed = fact.Told == PbxTold.Event;
            var here = visit.Phase == VisitPhase.Waiting && visit.Queue == fact.Queue;
            var told = visit.JoinTold == PbxTold.Event;
            if (timed && fact.At <= visit.EventAt || !timed && here)
                return;
            if (timed && !told && visit.Queue == fact.Queue && (visit.JoinedAt - fact.At).Duration() <= Rounding)
            {
                if (!here)
                    return;
                Leave(visit);
            }
            else if (visit.Phase != VisitPhase.Gone)
                Vanish(visit, fact.At);
            else if (timed && visit.Vanished == false && fact.At <= visit.EndedAt)
                return;
        }
        Enter(fact);
        _tell(fact);
    }

    private MirroredVisit Enter(CallerJoined fact)
    {
        var before = _visits.TryGetValue(fact.Call, out var last) ? last.EventAt : DateTimeOffset.MinValue;
        var visit = _visits[fact.Call] = new(fact.Call, fact.Queue, fact.At, fact.Told)
        {
            Caller = fact.Caller, OriginalPosition = fact.Position, Touched = _mark, EventAt = fact.Told == PbxTold.Event ? fact.At : before,
        };
        var line = Line(fact.Queue);
        line.Insert(Math.Clamp((fact.Position ?? int.MaxValue) - 1, 0, line.Count), visit);
        return visit;
    }

    /// <summary>The call's entry was missed (and maybe the end of the visit before).</summary>
    private MirroredVisit Recover(CallFact fact, MirroredVisit? before)
    {
        if (before is not null && before.Phase != VisitPhase.Gone)
            Vanish(before, fact.At);
        var start = StartOf(fact);
        var joined = new CallerJoined(fact.Call, fact.Queue) { At = before is not null && start < before.EndedAt ? before.EndedAt : start, Told = PbxTold.Reckoned };
        var visit = Enter(joined);
        visit.EventAt = fact.Told == PbxTold.Event ? fact.At : visit.EventAt;
        _tell(joined);
        return visit;
    }

    private void Ring(AgentRinging fact, MirroredVisit visit)
    {
        if (visit.Rings.TryGetValue(fact.Member, out var last) && (last.Rings || fact.Told == PbxTold.Event && fact.At <= last.At))
            return;
        visit.Rings[fact.Member] = (fact.At, true);
        _tell(fact);
    }

    private void Miss(AgentMissed fact, MirroredVisit visit)
    {
        if (visit.Rings.TryGetValue(fact.Member, out var last) && (fact.Told == PbxTold.Event ? fact.At <= last.At : !last.Rings))
            return;
        visit.Rings[fact.Member] = (fact.At, false);
        _tell(fact);
    }

    private void Connect(CallConnected fact, MirroredVisit visit)
    {
        Leave(visit);
        (visit.Phase, visit.Member, visit.Hold, visit.ConnectedAt, visit.ConnectTold) = (VisitPhase.Talking, fact.Member, fact.HoldSeconds, fact.At, fact.Told);
        _tell(fact);
        StopRinging(visit, fact, fact.Member);
    }

    private void Finish(CallEnded fact, MirroredVisit visit)
    {
        if (visit.Phase == VisitPhase.Waiting)
            Connect(new(fact.Call, fact.Queue, fact.Member, null, fact.HoldSeconds) { At = fact.At - TimeSpan.FromSeconds(fact.TalkSeconds ?? 0), Told = PbxTold.Reckoned }, visit);
        if (_members.TryGetValue((fact.Queue, fact.Member ?? visit.Member ?? ""), out var member))
            member.HasUnseenCall = false;
        Count(fact.Queue).SeenCompleted++;
        End(visit, fact.At);
        _tell(fact with { Member = fact.Member ?? visit.Member, OriginalPosition = fact.OriginalPosition ?? visit.OriginalPosition });
    }

    private void StopRinging(MirroredVisit visit, PbxFact cause, string? answeredBy)
    {
        foreach (var (member, (since, rings)) in visit.Rings.Where(r => r.Value.Rings).ToList())
        {
            visit.Rings[member] = (cause.At, false);
            long? rang = cause is CallVanished ? null : (long)Math.Max(0, (cause.At - since).TotalMilliseconds);
            if (member != answeredBy)
                _tell(new RingCanceled(visit.Call, visit.Queue, member, rang, answeredBy is null) { At = cause.At, Told = cause.Told });
        }
    }

    private void Vanish(MirroredVisit visit, DateTimeOffset at, PbxTold told = PbxTold.Reckoned)
    {
        var talking = visit.Phase == VisitPhase.Talking;
        var vanished = new CallVanished(visit.Call, visit.Queue, talking, visit.Member) { At = at, Told = told };
        StopRinging(visit, vanished, null);
        End(visit, at);
        (visit.Vanished, visit.WasConnected) = (true, talking);
        _tell(vanished);
    }

    private void End(MirroredVisit visit, DateTimeOffset at)
    {
        Leave(visit);
        (visit.Phase, visit.EndedAt) = (VisitPhase.Gone, at);
        _ended.Enqueue((at, visit));
    }

    private void Leave(MirroredVisit visit)
    {
        if (_waiting.TryGetValue(visit.Queue, out var line))
            line.Remove(visit);
    }

    private void Forget(DateTimeOffset now)
    {
        while (_ended.TryPeek(out var oldest) && oldest.At < now - Remembered)
        {
            _ended.Dequeue();
            if (oldest.Visit.Phase == VisitPhase.Gone && _visits.TryGetValue(oldest.Visit.Call, out var visit) && visit == oldest.Visit)
                _visits.Remove(visit.Call);
        }
    }

    private List<MirroredVisit> Line(string queue) => _waiting.TryGetValue(queue, out var line) ? line : _waiting[queue] = [];

    private MirroredCount Count(string queue) => _counts.TryGetValue(queue, out var count) ? count : _counts[queue] = new();
}
