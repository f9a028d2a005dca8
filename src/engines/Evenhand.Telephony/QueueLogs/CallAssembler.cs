namespace Evenhand.Telephony.QueueLogs;

/// <summary>
/// Makes queue visits of a log's lines in one pass and in memory bounded by the calls alive, not by the length of the log. Lines of the same second may come in any order and
/// lines may come twice; a log that starts in the middle of a call is mended from the durations its lines carry. A visit is given when the log has moved past its end
/// by more than two seconds. Not safe for several threads.
/// </summary>
/// <typeparam name="TSink">Hears visits, agent events and faults; a struct for speed.</typeparam>
public sealed class CallAssembler<TSink> where TSink : IQueueLogSink
{
    /// <summary>The most events kept of one call; more are <see cref="QueueLogFault.CallTooLong"/>.</summary>
    public const int MaxEventsPerCall = 4096;

    private readonly int _openSeconds, _closedSeconds;
    private readonly CallStory _story = new();
    private readonly CallTable _calls = new();
    private readonly RecheckQueue _ended = new(), _watched = new();
    private TSink _sink;
    private long _clock = long.MinValue, _strayAt = long.MinValue;

    /// <summary>An assembler at the start of a log.</summary>
    /// <param name="sink">Hears the results; a struct is copied, see <see cref="Sink"/>.</param>
    /// <param name="queues">Gives queues their numbers; may be shared with another assembler on the same thread.</param>
    /// <param name="agents">Gives members their numbers.</param>
    /// <param name="openSeconds">Log time in seconds after which a silent call without an end is given as unfinished and forgotten; longer than any wait or talk.</param>
    /// <param name="closedSeconds">Log time in seconds for which an ended call is remembered, so that its repeated lines are recognised; at most <paramref name="openSeconds"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A span is below 10 s, or the second above the first.</exception>
    public CallAssembler(TSink sink, NameTable queues, NameTable agents, int openSeconds = 43_200, int closedSeconds = 1_800)
    {
        ArgumentNullException.ThrowIfNull(queues);
        ArgumentNullException.ThrowIfNull(agents);
        ArgumentOutOfRangeException.ThrowIfLessThan(closedSeconds, 10);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(closedSeconds, openSeconds);
        (_sink, Queues, Agents, _openSeconds, _closedSeconds) = (sink, queues, agents, openSeconds, closedSeconds);
    }

    /// <summary>The sink itself, not a copy.</summary>
    public ref TSink Sink => ref _sink;

    /// <summary>The queues' names and numbers.</summary>
    public NameTable Queues { get; }

    /// <summary>The members' names and numbers.</summary>
    public NameTable Agents { get; }

    /// <summary>How many calls are kept in memory, ended ones that are remembered included.</summary>
    public int LiveCalls => _calls.Count;

    /// <summary>Takes one line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="lineNumber">Its number, given back with a fault.</param>
    /// <returns>Why the line could not be used (also told to the sink), or <see cref="QueueLogFault.None"/>. An orphan is known only later and told to the sink alone.</returns>
    public QueueLogFault Accept(in QueueLogLine line, long lineNumber)
    {
        Advance(line.EpochSeconds);
        var fault = Take(in line, lineNumber);
        if (fault != QueueLogFault.None)
            _sink.OnFault(fault, lineNumber);
        return fault;
    }

    /// <summary>Tells that time has gone on without lines (a log being followed live), so that ended visits are given.</summary>
    /// <param name="now">Seconds since 1970-01-01 UTC in the log's own clock; earlier than the last line does nothing.</param>
    public void Settle(long now)
    {
        if (now <= _clock)
            return;
        _clock = now;
        GiveEnded();
        ForgetSilent();
    }

    /// <summary>Gives every visit not yet given, unfinished ones included, and forgets all calls: the log is over.</summary>
    public void Flush()
    {
        while (_watched.TryTake(long.MaxValue, out var slot, out _))
            Release(slot);
        _ended.Clear();
        _clock = _strayAt = long.MinValue;
    }

    /// <summary>Tells the kept raw lines of one call anew, in whatever order they are: the same visits as from reading the log they came from. Missed and canceled rings are told again too.</summary>
    /// <param name="trail">The lines, each with its end; see <see cref="CallTrail.Union"/>.</param>
    /// <exception cref="InvalidOperationException">The assembler is in the middle of a log.</exception>
    public void Replay(ReadOnlySpan<byte> trail)
    {
        if (LiveCalls > 0)
            throw new InvalidOperationException("A call can be replayed only by an assembler that is not in the middle of a log; flush it or take another.");
        for (var number = 1L; !trail.IsEmpty; number++)
        {
            var end = trail.IndexOf((byte)'\n');
            var raw = end < 0 ? trail : trail[..end];
            trail = end < 0 ? default : trail[(end + 1)..];
            var fault = QueueLogLine.TryParse(raw, out var line, out var unread) ? Take(in line, number) : unread;
            if (fault != QueueLogFault.None)
                _sink.OnFault(fault, number);
        }
        Flush();
    }

    private QueueLogFault Take(in QueueLogLine line, long lineNumber)
    {
        if (line.Event.IsOfCall())
            return TakeCall(in line, lineNumber);
        if (line.Event.IsOfAgent() || line.Event == QueueLogEvent.QueueStart)
            return TakeAgent(in line);
        return QueueLogFault.None;
    }

    private QueueLogFault TakeCall(in QueueLogLine line, long lineNumber)
    {
        var id = line.CallId;
        if (id.IsEmpty)
            return QueueLogFault.MissingCall;
        if (line.Queue.IsEmpty)
            return QueueLogFault.MissingQueue;
        int queue = Queues.Intern(line.Queue), agent = line.Member.IsEmpty ? -1 : Agents.Intern(line.Member);
        if (queue < 0 || agent < 0 && !line.Member.IsEmpty)
            return QueueLogFault.TooManyNames;
        ref var call = ref _calls.FindOrAdd(id, out var slot, out var added);
        var entry = new CallEntry
        {
            Time = line.EpochSeconds, Line = lineNumber, Queue = queue, Agent = agent, Event = line.Event, OriginalPosition = line.OriginalPosition,
            Hold = line.HoldSeconds, Talk = line.TalkSeconds, Wait = line.WaitSeconds, Ring = (int)Math.Min(line.RingMilliseconds, int.MaxValue),
        };
        var kept = call.Insert(in entry, MaxEventsPerCall);
        if (added)
            _watched.Add(slot, call.Generation, _clock + _closedSeconds);
        call.LastSeen = Math.Max(call.LastSeen, entry.Time);
        if (kept != Insertion.Kept)
            return kept == Insertion.Full ? QueueLogFault.CallTooLong : QueueLogFault.None;
        Note(ref call, slot, in line, in entry);
        return QueueLogFault.None;
    }

    private void Note(ref Call call, int slot, in QueueLogLine line, in CallEntry entry)
    {
        switch (entry.Event)
        {
            case QueueLogEvent.EnterQueue:
                call.NameCaller(line.Parameter(1), entry.Time);
                break;
            case QueueLogEvent.RingNoAnswer or QueueLogEvent.RingCanceled:
                if (entry.Agent >= 0)
                    _sink.OnAgentEvent(new() { At = entry.Time, Agent = entry.Agent, Queue = entry.Queue, Event = entry.Event, LoggedInSeconds = -1, RingMilliseconds = line.RingMilliseconds });
                break;
            case QueueLogEvent.Connect or QueueLogEvent.AgentDump:
                break;
            default:
                call.EndSeen = Math.Max(call.EndSeen, entry.Time);
                if (!call.IsDue)
                    Await(in call, slot);
                call.IsDue = true;
                break;
        }
    }

    private QueueLogFault TakeAgent(in QueueLogLine line)
    {
        var everyone = line.Event == QueueLogEvent.QueueStart;
        if (!everyone && line.Member.IsEmpty)
            return QueueLogFault.MissingMember;
        var agent = everyone ? -1 : Agents.Intern(line.Member);
        var queue = line.Queue.IsEmpty ? -1 : Queues.Intern(line.Queue);
        if (agent < 0 && !everyone || queue < 0 && !line.Queue.IsEmpty)
            return QueueLogFault.TooManyNames;
        var reason = line.Event switch
        {
            QueueLogEvent.AgentLogin or QueueLogEvent.AgentCallbackLogin or QueueLogEvent.AgentLogoff => default,
            QueueLogEvent.AgentCallbackLogoff => line.Parameter(2),
            _ => line.Parameter(0),
        };
        _sink.OnAgentEvent(new() { At = line.EpochSeconds, Agent = agent, Queue = queue, Event = line.Event, Reason = reason, LoggedInSeconds = line.TalkSeconds, RingMilliseconds = -1 });
        return QueueLogFault.None;
    }

    /// <summary>Moves the log's clock. A leap of more than the open span counts only when the next line confirms it, so that one bad time does not end every call.</summary>
    private void Advance(long time)
    {
        if (time == _clock)
            return;
        if (_clock == long.MinValue)
            _clock = time;
        if (Math.Abs(time - _clock) <= _openSeconds)
        {
            _strayAt = long.MinValue;
            Settle(time);
            return;
        }
        var confirmed = _strayAt != long.MinValue && Math.Abs(time - _strayAt) <= _openSeconds;
        _strayAt = confirmed ? long.MinValue : time;
        if (!confirmed)
            return;
        if (time < _clock)
            ForgetFarFrom(time);
        else
            Settle(time);
    }

    /// <summary>The log went far back (older files read after newer ones): what belongs to the other time is over.</summary>
    private void ForgetFarFrom(long time)
    {
        _clock = time;
        _ended.Clear();
        for (var left = _watched.Count; left > 0 && _watched.TryTake(long.MaxValue, out var slot, out var generation); left--)
        {
            ref var call = ref _calls[slot];
            if (Math.Abs(call.LastSeen - time) > _openSeconds)
            {
                Release(slot);
                continue;
            }
            _watched.Add(slot, generation, time + _closedSeconds);
            if (call.IsDue)
                Await(in call, slot);
        }
    }

    private void Await(in Call call, int slot) => _ended.Add(slot, call.Generation, Math.Min(call.EndSeen, _clock) + 2 * CallStory.Grace);

    private void GiveEnded()
    {
        while (_ended.TryTake(_clock, out var slot, out var generation))
        {
            if (!_calls.IsCurrent(slot, generation))
                continue;
            ref var call = ref _calls[slot];
            if (call.EndSeen + 2 * CallStory.Grace >= _clock)
                Await(in call, slot);
            else
                Tell(ref call, _clock - 2 * CallStory.Grace);
        }
    }

    private void ForgetSilent()
    {
        while (_watched.TryTake(_clock, out var slot, out var generation))
        {
            ref var call = ref _calls[slot];
            var silent = Math.Abs(_clock - call.LastSeen);
            if (silent > _openSeconds || silent > _closedSeconds && call.IsTold)
                Release(slot);
            else
                _watched.Add(slot, generation, _clock + _closedSeconds);
        }
    }

    private void Release(int slot)
    {
        ref var call = ref _calls[slot];
        if (!call.IsTold || call.HasOrphans)
            Tell(ref call, long.MaxValue);
        if (call.HasOrphans)
        {
            foreach (ref readonly var entry in call.Entries)
            {
                if (entry.Use >= EntryUse.Loose)
                    _sink.OnFault(QueueLogFault.OrphanEvent, entry.Line);
            }
        }
        _calls.Remove(slot);
    }

    /// <summary>Gives the visits that ended before a time.</summary>
    private void Tell(ref Call call, long before)
    {
        _story.Tell(call.Entries);
        var visits = _story.Visits;
        var ready = before == long.MaxValue || !_story.LastIsOpen ? visits.Length : visits.Length - 1;
        for (; call.Given < ready && visits[call.Given].SettledAt < before; call.Given++)
            _sink.OnVisit(new(call.Id, call.Caller, call.Given, in visits[call.Given]));
        call.IsDue = false;
        call.IsTold = call.Given == visits.Length;
        call.HasOrphans = _story.HasOrphans;
    }
}
