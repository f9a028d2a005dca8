namespace Evenhand.Telephony.QueueLogs;

/// <summary>What a line of an Asterisk <c>queue_log</c> reports: its fifth field. Source: the Queue-Logs page of the Asterisk documentation and the rows <c>app_queue</c> writes.</summary>
public enum QueueLogEvent : byte
{
    /// <summary>No event, or one this reader does not know.</summary>
    None,
    /// <summary>QUEUESTART: the queue engine (re)started; what was open before it is over.</summary>
    QueueStart,
    /// <summary>CONFIGRELOAD: the configuration was read again.</summary>
    ConfigReload,
    /// <summary>ENTERQUEUE url | caller id | original position: a call joined a queue.</summary>
    EnterQueue,
    /// <summary>CONNECT hold time s | bridged channel | ring time s: a member answered.</summary>
    Connect,
    /// <summary>COMPLETEAGENT hold time s | call time s | original position: the agent hung up.</summary>
    CompleteAgent,
    /// <summary>COMPLETECALLER hold time s | call time s | original position: the caller hung up.</summary>
    CompleteCaller,
    /// <summary>ABANDON position | original position | wait time s: the caller hung up waiting.</summary>
    Abandon,
    /// <summary>EXITWITHTIMEOUT position | original position | wait time s: the queue's time ran out.</summary>
    ExitWithTimeout,
    /// <summary>EXITWITHKEY key | position | original position | wait time s: the caller pressed a key to leave.</summary>
    ExitWithKey,
    /// <summary>EXITEMPTY position | original position | wait time s: thrown out because no member was left.</summary>
    ExitEmpty,
    /// <summary>JOINEMPTY: refused entry because the queue had no member.</summary>
    JoinEmpty,
    /// <summary>RINGNOANSWER ring time ms: a member did not pick up.</summary>
    RingNoAnswer,
    /// <summary>RINGCANCELED ring time ms: the caller was gone while a member's phone rang.</summary>
    RingCanceled,
    /// <summary>BLINDTRANSFER extension | context | hold time s | call time s | original position.</summary>
    BlindTransfer,
    /// <summary>ATTENDEDTRANSFER method | data | hold time s | call time s | original position.</summary>
    AttendedTransfer,
    /// <summary>TRANSFER, as written before Asterisk 12: extension | context | hold time s | call time s | original position.</summary>
    Transfer,
    /// <summary>AGENTDUMP: the agent hung up during the announcement; the caller may wait on.</summary>
    AgentDump,
    /// <summary>SYSCOMPAT: answered, but the two channels could not be made to understand each other; the call was dropped.</summary>
    SysCompat,
    /// <summary>ADDMEMBER: a member joined a queue (parameter PAUSED when added paused).</summary>
    AddMember,
    /// <summary>REMOVEMEMBER: a member left a queue.</summary>
    RemoveMember,
    /// <summary>PAUSE reason: a member paused in one queue.</summary>
    Pause,
    /// <summary>UNPAUSE: a member unpaused in one queue.</summary>
    Unpause,
    /// <summary>PAUSEALL reason: a member paused in every queue.</summary>
    PauseAll,
    /// <summary>UNPAUSEALL: a member unpaused in every queue.</summary>
    UnpauseAll,
    /// <summary>PAUSEREASON code: written by integrations to name the reason of a pause.</summary>
    PauseReason,
    /// <summary>AGENTLOGIN channel: an agent of the agent pool logged in.</summary>
    AgentLogin,
    /// <summary>AGENTLOGOFF channel | logged-in time s.</summary>
    AgentLogoff,
    /// <summary>AGENTCALLBACKLOGIN extension@context.</summary>
    AgentCallbackLogin,
    /// <summary>AGENTCALLBACKLOGOFF extension@context | logged-in time s | reason.</summary>
    AgentCallbackLogoff,
    /// <summary>PENALTY n: a member's penalty changed.</summary>
    Penalty,
    /// <summary>RINGINUSE 0/1: whether a member is rung while busy changed.</summary>
    RingInUse,
}

/// <summary>Reads event names and sorts events into those of calls and those of agents.</summary>
public static class QueueLogEvents
{
    private const uint Calls =
        1u << (int)QueueLogEvent.EnterQueue | 1u << (int)QueueLogEvent.Connect | 1u << (int)QueueLogEvent.CompleteAgent | 1u << (int)QueueLogEvent.CompleteCaller
        | 1u << (int)QueueLogEvent.Abandon | 1u << (int)QueueLogEvent.ExitWithTimeout | 1u << (int)QueueLogEvent.ExitWithKey | 1u << (int)QueueLogEvent.ExitEmpty
        | 1u << (int)QueueLogEvent.JoinEmpty | 1u << (int)QueueLogEvent.RingNoAnswer | 1u << (int)QueueLogEvent.RingCanceled | 1u << (int)QueueLogEvent.BlindTransfer
        | 1u << (int)QueueLogEvent.AttendedTransfer | 1u << (int)QueueLogEvent.Transfer | 1u << (int)QueueLogEvent.AgentDump | 1u << (int)QueueLogEvent.SysCompat;

    /// <summary>The event a name stands for; case matters, as Asterisk writes capitals.</summary>
    /// <param name="name">The bytes of the fifth field.</param>
    /// <returns>The event, or <see cref="QueueLogEvent.None"/> when the name is not known.</returns>
    public static QueueLogEvent Parse(ReadOnlySpan<byte> name) => name.Length switch
    {
        5 when name.SequenceEqual("PAUSE"u8) => QueueLogEvent.Pause,
        7 when name.SequenceEqual("CONNECT"u8) => QueueLogEvent.Connect,
        7 when name.SequenceEqual("ABANDON"u8) => QueueLogEvent.Abandon,
        7 when name.SequenceEqual("UNPAUSE"u8) => QueueLogEvent.Unpause,
        7 when name.SequenceEqual("PENALTY"u8) => QueueLogEvent.Penalty,
        8 when name.SequenceEqual("PAUSEALL"u8) => QueueLogEvent.PauseAll,
        8 when name.SequenceEqual("TRANSFER"u8) => QueueLogEvent.Transfer,
        9 when name.SequenceEqual("ADDMEMBER"u8) => QueueLogEvent.AddMember,
        9 when name.SequenceEqual("EXITEMPTY"u8) => QueueLogEvent.ExitEmpty,
        9 when name.SequenceEqual("JOINEMPTY"u8) => QueueLogEvent.JoinEmpty,
        9 when name.SequenceEqual("AGENTDUMP"u8) => QueueLogEvent.AgentDump,
        9 when name.SequenceEqual("SYSCOMPAT"u8) => QueueLogEvent.SysCompat,
        9 when name.SequenceEqual("RINGINUSE"u8) => QueueLogEvent.RingInUse,
        10 when name.SequenceEqual("ENTERQUEUE"u8) => QueueLogEvent.EnterQueue,
        10 when name.SequenceEqual("UNPAUSEALL"u8) => QueueLogEvent.UnpauseAll,
        10 when name.SequenceEqual("QUEUESTART"u8) => QueueLogEvent.QueueStart,
        10 when name.SequenceEqual("AGENTLOGIN"u8) => QueueLogEvent.AgentLogin,
        11 when name.SequenceEqual("EXITWITHKEY"u8) => QueueLogEvent.ExitWithKey,
        11 when name.SequenceEqual("AGENTLOGOFF"u8) => QueueLogEvent.AgentLogoff,
        11 when name.SequenceEqual("PAUSEREASON"u8) => QueueLogEvent.PauseReason,
        12 when name.SequenceEqual("RINGNOANSWER"u8) => QueueLogEvent.RingNoAnswer,
        12 when name.SequenceEqual("RINGCANCELED"u8) => QueueLogEvent.RingCanceled,
        12 when name.SequenceEqual("REMOVEMEMBER"u8) => QueueLogEvent.RemoveMember,
        12 when name.SequenceEqual("CONFIGRELOAD"u8) => QueueLogEvent.ConfigReload,
        13 when name.SequenceEqual("COMPLETEAGENT"u8) => QueueLogEvent.CompleteAgent,
        13 when name.SequenceEqual("BLINDTRANSFER"u8) => QueueLogEvent.BlindTransfer,
        14 when name.SequenceEqual("COMPLETECALLER"u8) => QueueLogEvent.CompleteCaller,
        15 when name.SequenceEqual("EXITWITHTIMEOUT"u8) => QueueLogEvent.ExitWithTimeout,
        16 when name.SequenceEqual("ATTENDEDTRANSFER"u8) => QueueLogEvent.AttendedTransfer,
        18 when name.SequenceEqual("AGENTCALLBACKLOGIN"u8) => QueueLogEvent.AgentCallbackLogin,
        19 when name.SequenceEqual("AGENTCALLBACKLOGOFF"u8) => QueueLogEvent.AgentCallbackLogoff,
        _ => QueueLogEvent.None,
    };

    /// <summary>Whether the event belongs to one call (and so must carry its id).</summary>
    /// <param name="kind">The event.</param>
    /// <returns>True for ENTERQUEUE, CONNECT, every way to end, ringing and transfer.</returns>
    public static bool IsOfCall(this QueueLogEvent kind) => (Calls >> (int)kind & 1) != 0;

    /// <summary>Whether the event tells of an agent's state (and so must carry a member).</summary>
    /// <param name="kind">The event.</param>
    /// <returns>True for membership, pauses and agent logins.</returns>
    public static bool IsOfAgent(this QueueLogEvent kind) => kind is >= QueueLogEvent.AddMember and <= QueueLogEvent.AgentCallbackLogoff;
}
