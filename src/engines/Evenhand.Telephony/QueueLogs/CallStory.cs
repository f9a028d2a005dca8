namespace Evenhand.Telephony.QueueLogs;

/// <summary>One event of a call, as kept until the call is told; -1 stands for missing.</summary>
internal struct CallEntry
{
    public long Time, Line;
    public int Queue, Agent, Hold, Talk, Wait, Ring, OriginalPosition;
    public QueueLogEvent Event;
    public EntryUse Use;

    public readonly bool Repeats(in CallEntry other) =>
        Time == other.Time && Event == other.Event && Queue == other.Queue && Agent == other.Agent && Hold == other.Hold && Talk == other.Talk
        && Wait == other.Wait && Ring == other.Ring && OriginalPosition == other.OriginalPosition;
}

internal enum EntryUse : byte { Unread, Read, Loose, Orphan }

/// <summary>
/// Tells the events of one call, in order of time, as visits: a pure state machine (no visit, waiting, talking). Within one second Asterisk's order is not trusted:
/// the event that fits the state best goes first. An event without its beginning starts a visit from its own durations when that would not overlap the visit before.
/// </summary>
internal sealed class CallStory
{
    /// <summary>Seconds within which a transfer or a missed ring still belongs to the visit just ended.</summary>
    public const int Grace = 1;

    /// <summary>A second with more events than this is told as it stands: no true call has it, and the search for the best order grows with its cube.</summary>
    private const int MaxSorted = 32;

    private VisitRecord[] _visits = new VisitRecord[4];
    private VisitRecord _now;
    private bool _open;

    /// <summary>The visits told; the last may be open.</summary>
    public ReadOnlySpan<VisitRecord> Visits => _visits.AsSpan(0, Count);

    /// <summary>How many visits the events make.</summary>
    public int Count { get; private set; }

    /// <summary>Whether the last visit has no end.</summary>
    public bool LastIsOpen { get; private set; }

    /// <summary>Whether an event belongs to no visit.</summary>
    public bool HasOrphans { get; private set; }

    private bool Talking => _now.Connected >= 0;

    public void Tell(Span<CallEntry> entries)
    {
        Count = 0;
        _open = HasOrphans = false;
        for (int from = 0, to; from < entries.Length; from = to)
        {
            for (to = from + 1; to < entries.Length && entries[to].Time == entries[from].Time; to++)
                entries[to].Use = EntryUse.Unread;
            entries[from].Use = EntryUse.Unread;
            if (to - from is > 1 and <= MaxSorted)
                ApplySecond(entries, from, to);
            else
            {
                for (var i = from; i < to; i++)
                    HasOrphans |= (entries[i].Use = Apply(in entries[i], entries[..i])) >= EntryUse.Loose;
            }
        }
        LastIsOpen = _open;
        if (_open)
            Break(-1);
    }

    private void ApplySecond(Span<CallEntry> entries, int from, int to)
    {
        for (var left = to - from; left > 0; left--)
        {
            int best = -1, rank = int.MaxValue;
            for (var i = from; i < to; i++)
            {
                if (entries[i].Use == EntryUse.Unread && Rank(in entries[i], entries[from..to]) is var r && r < rank)
                    (best, rank) = (i, r);
            }
            HasOrphans |= (entries[best].Use = Apply(in entries[best], entries[..to])) >= EntryUse.Loose;
        }
    }

    private int Rank(in CallEntry entry, ReadOnlySpan<CallEntry> second)
    {
        if (entry.Event is QueueLogEvent.EnterQueue or QueueLogEvent.JoinEmpty)
            return _open ? 6 : EndsWithin(in entry, second) ? 2 : 3;
        if (!_open)
            return FollowsTransfer(in entry) || Start(in entry) is >= 0 and var start && (start < entry.Time || !EntersWithin(in entry, second)) ? 1 : 4;
        if (entry.Queue != _now.Queue)
            return 7;
        return entry.Event switch
        {
            QueueLogEvent.RingNoAnswer or QueueLogEvent.RingCanceled or QueueLogEvent.AgentDump => 0,
            QueueLogEvent.Connect => Talking ? 5 : 1,
            QueueLogEvent.BlindTransfer or QueueLogEvent.AttendedTransfer or QueueLogEvent.Transfer => Talking ? 2 : 4,
            QueueLogEvent.CompleteAgent or QueueLogEvent.CompleteCaller => Talking ? 3 : 4,
            _ => Talking ? 5 : 3,
        };
    }

    /// <summary>Of two entries in one second the one that also ends in it came first.</summary>
    private static bool EndsWithin(in CallEntry entry, ReadOnlySpan<CallEntry> second)
    {
        foreach (ref readonly var other in second)
        {
            if (other.Use == EntryUse.Unread && other.Queue == entry.Queue && Ends(other.Event))
                return true;
        }
        return entry.Event == QueueLogEvent.JoinEmpty;
    }

    private EntryUse Apply(in CallEntry entry, Span<CallEntry> before)
    {
        switch (entry.Event)
        {
            case QueueLogEvent.EnterQueue:
                Enter(in entry);
                return EntryUse.Read;
            case QueueLogEvent.JoinEmpty:
                Enter(in entry);
                _now.Wait = 0;
                Close(entry.Time, VisitOutcome.RefusedEmpty, VisitEnd.Unknown);
                return EntryUse.Read;
            case QueueLogEvent.RingNoAnswer:
                return Missed(in entry);
            case QueueLogEvent.RingCanceled:
                return EntryUse.Read;
            case QueueLogEvent.AgentDump when IsHere(in entry):
                _now.Dumped = !Talking;
                _now.SettledAt = entry.Time;
                return EntryUse.Read;
            case QueueLogEvent.AgentDump:
                return EntryUse.Orphan;
        }
        if (FollowsTransfer(in entry))
        {
            _visits[Count - 1].EndedBy = VisitEnd.Transfer;
            return EntryUse.Read;
        }
        if (ConfirmsTransfer(in entry))
            return EntryUse.Read;
        if (!IsHere(in entry) || entry.Event == QueueLogEvent.Connect && Talking)
        {
            var start = Start(in entry);
            var floor = _open ? Math.Max(_now.Entered, _now.Connected) : Count > 0 ? _visits[Count - 1].SettledAt : -1;
            if (start < 0 || start < floor || start == floor && (_open || IsRepeat(in entry)))
                return IsRepeat(in entry) ? EntryUse.Read : EntryUse.Orphan;
            Begin(in entry, start, before);
        }
        return entry.Event switch
        {
            QueueLogEvent.Connect => Connect(in entry),
            QueueLogEvent.BlindTransfer or QueueLogEvent.AttendedTransfer or QueueLogEvent.Transfer => Complete(in entry, VisitEnd.Transfer),
            QueueLogEvent.CompleteAgent => Complete(in entry, VisitEnd.Agent),
            QueueLogEvent.CompleteCaller => Complete(in entry, VisitEnd.Caller),
            QueueLogEvent.Abandon => Leave(in entry, VisitOutcome.Abandoned, VisitEnd.Caller),
            QueueLogEvent.ExitWithTimeout => Leave(in entry, VisitOutcome.TimedOut, VisitEnd.Unknown),
            QueueLogEvent.ExitWithKey => Leave(in entry, VisitOutcome.KeyExit, VisitEnd.Caller),
            QueueLogEvent.ExitEmpty => Leave(in entry, VisitOutcome.Empty, VisitEnd.Unknown),
            _ => Leave(in entry, VisitOutcome.Incompatible, VisitEnd.Unknown),
        };
    }

    /// <summary>Whether the entry an event without any duration needs is still to come in its second.</summary>
    private static bool EntersWithin(in CallEntry entry, ReadOnlySpan<CallEntry> second)
    {
        foreach (ref readonly var other in second)
        {
            if (other.Use == EntryUse.Unread && other.Queue == entry.Queue && other.Event == QueueLogEvent.EnterQueue)
                return true;
        }
        return false;
    }

    private static bool Ends(QueueLogEvent kind) =>
        kind is (>= QueueLogEvent.CompleteAgent and <= QueueLogEvent.ExitEmpty) or QueueLogEvent.BlindTransfer or QueueLogEvent.AttendedTransfer or QueueLogEvent.Transfer
            or QueueLogEvent.SysCompat;

    private bool IsHere(in CallEntry entry) => _open && entry.Queue == _now.Queue;

    private bool IsRepeat(in CallEntry entry) => IsHere(in entry) || Count > 0 && _visits[Count - 1].Queue == entry.Queue;

    private bool FollowsTransfer(in CallEntry entry) =>
        entry.Event is QueueLogEvent.BlindTransfer or QueueLogEvent.AttendedTransfer or QueueLogEvent.Transfer && !_open && Count > 0
        && _visits[Count - 1] is { Connected: >= 0, EndedBy: not VisitEnd.Transfer } last && last.Queue == entry.Queue && last.Agent == entry.Agent
        && entry.Time - last.SettledAt <= Grace;

    /// <summary>A completion written after the transfer that ended the same talk.</summary>
    private bool ConfirmsTransfer(in CallEntry entry) =>
        entry.Event is QueueLogEvent.CompleteAgent or QueueLogEvent.CompleteCaller && !_open && Count > 0
        && _visits[Count - 1] is { EndedBy: VisitEnd.Transfer } last && last.Queue == entry.Queue && last.Agent == entry.Agent && last.Wait == entry.Hold;

    /// <summary>When the visit an event speaks of must have begun by its own durations; -1 when they are missing.</summary>
    private static long Start(in CallEntry entry) => entry.Event switch
    {
        QueueLogEvent.Connect => entry.Hold < 0 ? -1 : entry.Time - entry.Hold,
        QueueLogEvent.Abandon or QueueLogEvent.ExitWithTimeout or QueueLogEvent.ExitWithKey or QueueLogEvent.ExitEmpty => entry.Wait < 0 ? -1 : entry.Time - entry.Wait,
        _ => entry.Hold < 0 || entry.Talk < 0 ? -1 : entry.Time - entry.Hold - entry.Talk,
    };

    private void Enter(in CallEntry entry)
    {
        if (_open)
            Break(entry.Time);
        Open(in entry, entry.Time);
    }

    private void Begin(in CallEntry entry, long start, Span<CallEntry> before)
    {
        if (_open)
            Break(entry.Time);
        Open(in entry, start);
        _now.Reconstructed = true;
        for (var i = before.Length - 1; i >= 0 && before[i].Time >= start; i--)
        {
            if (before[i].Use != EntryUse.Loose || before[i].Queue != entry.Queue)
                continue;
            before[i].Use = EntryUse.Read;
            _now.RingNoAnswers++;
        }
    }

    private void Open(in CallEntry entry, long at)
    {
        _now = new()
        {
            Entered = at, Connected = -1, Ended = -1, SettledAt = -1, Queue = entry.Queue, Agent = -1, Wait = -1, Ring = -1, Talk = -1, OriginalPosition = entry.OriginalPosition,
        };
        _open = true;
    }

    private EntryUse Missed(in CallEntry entry)
    {
        if (IsHere(in entry))
            _now.RingNoAnswers++;
        else if (!_open && Count > 0 && _visits[Count - 1].Queue == entry.Queue && entry.Time - _visits[Count - 1].SettledAt <= Grace)
            _visits[Count - 1].RingNoAnswers++;
        else
            return EntryUse.Loose;
        return EntryUse.Read;
    }

    private EntryUse Connect(in CallEntry entry)
    {
        _now.Connected = Math.Max(entry.Time, _now.Entered);
        _now.Agent = entry.Agent;
        _now.Wait = entry.Hold >= 0 ? entry.Hold : Seconds(_now.Entered, entry.Time);
        _now.Ring = entry.Ring < 0 ? -1 : entry.Ring / 1000;
        return EntryUse.Read;
    }

    private EntryUse Complete(in CallEntry entry, VisitEnd by)
    {
        if (!Talking)
        {
            if (entry.Hold < 0 && entry.Talk < 0)
                return EntryUse.Orphan;
            _now.Connected = Math.Max(_now.Entered, entry.Talk >= 0 ? entry.Time - entry.Talk : _now.Entered + entry.Hold);
            _now.Wait = entry.Hold >= 0 ? entry.Hold : Seconds(_now.Entered, _now.Connected);
            _now.Reconstructed = true;
        }
        if (_now.Agent < 0)
            _now.Agent = entry.Agent;
        _now.Talk = entry.Talk >= 0 ? entry.Talk : Seconds(_now.Connected, entry.Time);
        if (_now.OriginalPosition < 0)
            _now.OriginalPosition = entry.OriginalPosition;
        Close(entry.Time, VisitOutcome.Answered, by);
        return EntryUse.Read;
    }

    private EntryUse Leave(in CallEntry entry, VisitOutcome outcome, VisitEnd by)
    {
        if (_now.OriginalPosition < 0)
            _now.OriginalPosition = entry.OriginalPosition;
        if (Talking)
            _now.Talk = Seconds(_now.Connected, entry.Time);
        else
            _now.Wait = entry.Wait >= 0 ? entry.Wait : Seconds(_now.Entered, entry.Time);
        Close(entry.Time, Talking ? VisitOutcome.Answered : outcome, by);
        return EntryUse.Read;
    }

    private void Close(long at, VisitOutcome outcome, VisitEnd by)
    {
        _now.Ended = Math.Max(at, Math.Max(_now.Entered, _now.Connected));
        _now.SettledAt = at;
        _now.Outcome = outcome;
        _now.EndedBy = by;
        Keep();
    }

    /// <summary>Ends a visit whose end the log does not have, because another began (or with -1: because the events are over).</summary>
    private void Break(long at)
    {
        if (_now.Dumped && !Talking)
        {
            _now.Ended = _now.SettledAt;
            _now.Wait = Seconds(_now.Entered, _now.Ended);
            _now.Outcome = VisitOutcome.Dumped;
            _now.EndedBy = VisitEnd.Agent;
        }
        _now.SettledAt = at;
        Keep();
    }

    private void Keep()
    {
        if (Count == _visits.Length)
            Array.Resize(ref _visits, Count * 2);
        _visits[Count++] = _now;
        _open = false;
    }

    private static int Seconds(long from, long to) => (int)Math.Clamp(to - from, 0, int.MaxValue);
}
