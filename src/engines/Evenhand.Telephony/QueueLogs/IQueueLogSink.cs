namespace Evenhand.Telephony.QueueLogs;

/// <summary>Hears what a <see cref="CallAssembler{TSink}"/> makes of a log. Give a struct for calls without indirection. Views are valid only during the call.</summary>
public interface IQueueLogSink
{
    /// <summary>A visit is final: its end is known and the log has moved on, or the call fell silent, or the log was flushed.</summary>
    /// <param name="visit">The visit.</param>
    void OnVisit(in CallVisit visit);

    /// <summary>An event of an agent (or of all agents: QUEUESTART), and every RINGNOANSWER and RINGCANCELED of an agent, at once and in the log's order.</summary>
    /// <param name="agentEvent">The event.</param>
    void OnAgentEvent(in AgentEvent agentEvent);

    /// <summary>A line could not be used.</summary>
    /// <param name="fault">Why.</param>
    /// <param name="lineNumber">The line's number as given by the reader.</param>
    void OnFault(QueueLogFault fault, long lineNumber);
}

/// <summary>One event of an agent.</summary>
public readonly ref struct AgentEvent
{
    /// <summary>When, in seconds since 1970-01-01 UTC.</summary>
    public required long At { get; init; }

    /// <summary>The agent's number in <see cref="CallAssembler{TSink}.Agents"/>; -1 for QUEUESTART, which concerns all.</summary>
    public required int Agent { get; init; }

    /// <summary>The queue's number in <see cref="CallAssembler{TSink}.Queues"/>, or -1.</summary>
    public required int Queue { get; init; }

    /// <summary>What happened.</summary>
    public required QueueLogEvent Event { get; init; }

    /// <summary>The reason of a pause, PAUSED of an ADDMEMBER, the reason of a forced log-off; else empty.</summary>
    public ReadOnlySpan<byte> Reason { get; init; }

    /// <summary>Logged-in seconds of AGENTLOGOFF and AGENTCALLBACKLOGOFF; -1 when missing.</summary>
    public int LoggedInSeconds { get; init; }

    /// <summary>Ring time in milliseconds of RINGNOANSWER and RINGCANCELED; -1 when missing.</summary>
    public long RingMilliseconds { get; init; }
}
