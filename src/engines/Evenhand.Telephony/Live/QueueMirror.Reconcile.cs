namespace Evenhand.Telephony.Live;

public sealed partial class QueueMirror
{
    /// <summary>A mark to be taken when a full state is asked for (or begins to come) and given to <see cref="Reconcile"/> with it.</summary>
    /// <returns>The mark.</returns>
    public long Mark() => _mark;

    /// <summary>
    /// Compares a full state: ghosts are removed with a <see cref="CallVanished"/>, what was missed is added, what ended unseen is counted. Calls and members of which an event came
    /// since the mark are left to the next time, because the state may be older than the event.
    /// </summary>
    /// <param name="status">The full state; it speaks for every queue.</param>
    /// <param name="mark">The mark of when it was asked for.</param>
    public void Reconcile(PbxStatus status, long mark)
    {
        ArgumentNullException.ThrowIfNull(status);
        ReconcileWaiting(status, mark);
        ReconcileCalls(status, mark);
        ReconcileMembers(status, mark);
        foreach (var count in status.Queues)
            Compare(count, status.At);
        if (IsInDoubt)
            _tell(new PbxSynced { At = status.At, Told = PbxTold.Status });
        IsInDoubt = false;
        FullStates++;
    }

    private void ReconcileWaiting(PbxStatus status, long mark)
    {
        var present = status.Waiting.GroupBy(w => w.Call).ToDictionary(g => g.Key, g => g.Last());
        foreach (var ghost in _visits.Values.Where(v => v.Phase == VisitPhase.Waiting && v.Touched <= mark && (!present.TryGetValue(v.Call, out var w) || w.Queue != v.Queue)).ToList())
            Vanish(ghost, status.At, PbxTold.Status);
        foreach (var caller in present.Values)
        {
            _visits.TryGetValue(caller.Call, out var visit);
            if (visit is not null && (visit.Touched > mark || visit.Phase == VisitPhase.Waiting))
                continue;
            if (visit is { Phase: VisitPhase.Talking })
                Vanish(visit, status.At, PbxTold.Status);
            var joined = new CallerJoined(caller.Call, caller.Queue, caller.Caller) { At = caller.JoinedAt, Told = PbxTold.Status };
            Enter(joined).Touched = mark;
            _tell(joined);
        }
        foreach (var line in _waiting.Values)
        {
            var order = line.OrderBy(v => present.TryGetValue(v.Call, out var w) && w.Queue == v.Queue ? w.Position : int.MaxValue).ToList();
            line.Clear();
            line.AddRange(order);
        }
    }

    private void ReconcileCalls(PbxStatus status, long mark)
    {
        var told = status.Calls?.GroupBy(c => c.Call).ToDictionary(g => g.Key, g => g.Last());
        var idle = status.Members.Where(m => m.InCall == false).Select(m => (m.Queue, m.Member)).ToHashSet();
        bool IsGhost(MirroredVisit v) => told is null
            ? v.Member is not null && idle.Contains((v.Queue, v.Member))
            : !told.TryGetValue(v.Call, out var c) || c.Queue != v.Queue || c.Member is not null && v.Member is not null && c.Member != v.Member;
        foreach (var ghost in _visits.Values.Where(v => v.Phase == VisitPhase.Talking && v.Touched <= mark && IsGhost(v)).ToList())
            Vanish(ghost, status.At, PbxTold.Status);
        foreach (var call in told?.Values.AsEnumerable() ?? [])
        {
            _visits.TryGetValue(call.Call, out var visit);
            if (visit is not null && (visit.Touched > mark || visit.Phase == VisitPhase.Talking))
                continue;
            var connected = new CallConnected(call.Call, call.Queue, call.Member) { At = call.ConnectedAt, Told = PbxTold.Status };
            // A caller found in talk whose wait had to be given up a moment before was the same visit.
            if (visit is { Vanished: true, WasConnected: false } && visit.Queue == call.Queue)
                visit.Vanished = false;
            else
                visit = Recover(connected, visit);
            visit.Touched = mark;
            Connect(connected, visit);
        }
    }

    private void ReconcileMembers(PbxStatus status, long mark)
    {
        var present = status.Members.Select(m => (m.Queue, m.Member)).ToHashSet();
        foreach (var ghost in _members.Values.Where(m => m.IsPresent && m.Touched <= mark && !present.Contains((m.Queue, m.Member))).ToList())
            Appear(ghost.Queue, new MemberRemoved(ghost.Member, ghost.Queue) { At = Later(status.At, ghost.PresenceAt), Told = PbxTold.Status }, present: false);
        var talking = _visits.Values.Where(v => v is { Phase: VisitPhase.Talking, Member: not null }).Select(v => (v.Queue, v.Member!)).ToHashSet();
        foreach (var found in status.Members)
        {
            var member = Member(found.Queue, found.Member);
            if (member.Touched <= mark)
            {
                Appear(found.Queue, new MemberAdded(found.Member, found.Queue) { At = Later(status.At, member.PresenceAt), Told = PbxTold.Status }, present: true);
                var at = Later(status.At, member.PauseAt);
                if (found.IsPaused)
                    Pause(found.Queue, new MemberPaused(found.Member, found.Queue, found.PauseReason) { At = at, Told = PbxTold.Status }, isPaused: true, found.PauseReason);
                else
                    Pause(found.Queue, new MemberUnpaused(found.Member, found.Queue) { At = at, Told = PbxTold.Status }, isPaused: false, null);
                member.Touched = mark;
                member.HasUnseenCall = found.InCall == true && !talking.Contains((found.Queue, found.Member));
            }
            var known = _devices.TryGetValue(found.Member, out var device);
            if (!known || device.Touched <= mark)
                ChangeDevice(new(found.Member, found.Device) { At = known ? Later(status.At, device.At) : status.At, Told = PbxTold.Status });
        }
    }

    private void Compare(QueueCount found, DateTimeOffset at)
    {
        var count = Count(found.Queue);
        if (found.Completed - count.Completed - count.SeenCompleted is { } completed and >= 0 && found.Left - count.Left - count.SeenLeft is { } left and >= 0 && completed + left > 0)
            _tell(new UnseenCounted(found.Queue, completed, left) { At = at, Told = PbxTold.Status });
        (count.Completed, count.Left, count.SeenCompleted, count.SeenLeft) = (found.Completed, found.Left, 0, 0);
    }

    /// <summary>A state that comes after an event is true of the time after it, whatever the clocks say.</summary>
    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
