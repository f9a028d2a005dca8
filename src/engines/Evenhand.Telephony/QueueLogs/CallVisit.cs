namespace Evenhand.Telephony.QueueLogs;

/// <summary>How a call's visit to a queue came out.</summary>
public enum VisitOutcome : byte
{
    /// <summary>The log does not tell the end (file cut, system stopped). Answered all the same when <see cref="CallVisit.ConnectedAt"/> is known.</summary>
    Unfinished,
    /// <summary>A member talked to the caller, and the end is known.</summary>
    Answered,
    /// <summary>The caller hung up waiting.</summary>
    Abandoned,
    /// <summary>The queue's time ran out.</summary>
    TimedOut,
    /// <summary>The caller left with a key.</summary>
    KeyExit,
    /// <summary>Thrown out because no member was left.</summary>
    Empty,
    /// <summary>Not let in because the queue had no member.</summary>
    RefusedEmpty,
    /// <summary>The last thing known is that the agent hung up during the announcement.</summary>
    Dumped,
    /// <summary>Dropped because the channels were not compatible.</summary>
    Incompatible,
}

/// <summary>Who ended a visit.</summary>
public enum VisitEnd : byte
{
    /// <summary>Nobody, or the log does not say.</summary>
    Unknown,
    /// <summary>The agent hung up.</summary>
    Agent,
    /// <summary>The caller hung up or left.</summary>
    Caller,
    /// <summary>The agent transferred the call.</summary>
    Transfer,
}

/// <summary>One visit of one call to one queue, from entry to end. A call that enters again, or enters another queue, makes one visit each. A view valid only during <see cref="IQueueLogSink.OnVisit"/>.</summary>
public readonly ref struct CallVisit
{
    private readonly ref readonly VisitRecord _record;

    internal CallVisit(ReadOnlySpan<byte> callId, ReadOnlySpan<byte> callerId, int ordinal, ref readonly VisitRecord record)
    {
        CallId = callId;
        CallerId = callerId;
        Ordinal = ordinal;
        _record = ref record;
    }

    /// <summary>The caller channel's unique id.</summary>
    public ReadOnlySpan<byte> CallId { get; }

    /// <summary>The caller's number, from the call's first ENTERQUEUE; empty when not known.</summary>
    public ReadOnlySpan<byte> CallerId { get; }

    /// <summary>Which visit of its call this is, from 0. With <see cref="CallId"/> it names the visit among the lines of one call.</summary>
    public int Ordinal { get; }

    /// <summary>The queue's number in <see cref="CallAssembler{TSink}.Queues"/>.</summary>
    public int Queue => _record.Queue;

    /// <summary>The number in <see cref="CallAssembler{TSink}.Agents"/> of the agent who answered, or -1.</summary>
    public int Agent => _record.Agent;

    /// <summary>When the call entered the queue: seconds since 1970-01-01 UTC.</summary>
    public long EnteredAt => _record.Entered;

    /// <summary>When a member answered; null when nobody did.</summary>
    public long? ConnectedAt => _record.Connected < 0 ? null : _record.Connected;

    /// <summary>When the visit ended; null when the log does not say.</summary>
    public long? EndedAt => _record.Ended < 0 ? null : _record.Ended;

    /// <summary>Seconds from entry to answer or to leaving, as the log's own hold or wait time says (else from the times); null while waiting at the log's end.</summary>
    public int? WaitSeconds => _record.Wait < 0 ? null : _record.Wait;

    /// <summary>Seconds the answering member's phone rang; null when nobody answered or the log does not say.</summary>
    public int? RingSeconds => _record.Ring < 0 ? null : _record.Ring;

    /// <summary>Seconds of talk as the log's own call time says (else from the times); null when nobody answered or the end is not known.</summary>
    public int? TalkSeconds => _record.Talk < 0 ? null : _record.Talk;

    /// <summary>How the visit came out.</summary>
    public VisitOutcome Outcome => _record.Outcome;

    /// <summary>Who ended it.</summary>
    public VisitEnd EndedBy => _record.EndedBy;

    /// <summary>Whether the agent transferred the call on.</summary>
    public bool Transferred => _record.EndedBy == VisitEnd.Transfer;

    /// <summary>The place in the queue at entry, from 1; null when the log does not say.</summary>
    public int? OriginalPosition => _record.OriginalPosition < 0 ? null : _record.OriginalPosition;

    /// <summary>How often a member was rung during the visit and did not pick up.</summary>
    public int RingNoAnswers => _record.RingNoAnswers;

    /// <summary>True when the entry or the answer is missing in the log and was worked out from the durations of a later line.</summary>
    public bool Reconstructed => _record.Reconstructed;
}

/// <summary>A visit in the making; -1 stands for not known.</summary>
internal struct VisitRecord
{
    public long Entered, Connected, Ended, SettledAt;
    public int Queue, Agent, Wait, Ring, Talk, OriginalPosition, RingNoAnswers;
    public VisitOutcome Outcome;
    public VisitEnd EndedBy;
    public bool Reconstructed, Dumped;
}
