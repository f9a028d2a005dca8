using Evenhand.Telephony.QueueLogs;

namespace Evenhand.Telephony.Live;

/// <summary>How a fact is known, and so how exact its time is.</summary>
public enum PbxTold
{
    /// <summary>By an event with the PBX's own time.</summary>
    Event,
    /// <summary>By an event without a time: the time is that of its receipt.</summary>
    Received,
    /// <summary>By a full state: the time of a join is exact to a second, of anything else the latest it can be.</summary>
    Status,
    /// <summary>Worked out of the durations of a later event, which are whole seconds.</summary>
    Reckoned,
}

/// <summary>What a device does, as far as the PBX knows. In use is not yet a call of a queue: see <see cref="CallConnected"/>.</summary>
public enum PbxDevice
{
    /// <summary>Not known.</summary>
    Unknown,
    /// <summary>Registered and idle.</summary>
    Idle,
    /// <summary>Rings.</summary>
    Ringing,
    /// <summary>In use, by whatever call; maybe a second one rings.</summary>
    InUse,
    /// <summary>Has its call on hold.</summary>
    OnHold,
    /// <summary>Not registered or not valid.</summary>
    Unreachable,
}

/// <summary>Something a PBX did, told once however often the PBX said it. After-contact work is not among the facts, because no PBX has it; a pause has the reason the PBX gives and no other.</summary>
public abstract record PbxFact
{
    /// <summary>When, in the PBX's time where there is one.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How it is known.</summary>
    public PbxTold Told { get; init; }
}

/// <summary>A fact of one call in one queue.</summary>
/// <param name="Call">The caller channel's unique id.</param>
/// <param name="Queue">The queue.</param>
public abstract record CallFact(string Call, string Queue) : PbxFact;

/// <summary>A caller entered a queue. Told again, by an event, when a status had told it first.</summary>
/// <param name="Call">The call.</param>
/// <param name="Queue">The queue.</param>
/// <param name="Caller">The caller's number; null when not known.</param>
/// <param name="Position">The place taken, from 1; null when not known.</param>
public sealed record CallerJoined(string Call, string Queue, string? Caller = null, int? Position = null) : CallFact(Call, Queue);

/// <summary>A member's device is rung for a caller.</summary>
/// <param name="Call">The call.</param>
/// <param name="Queue">The queue.</param>
/// <param name="Member">The member's interface.</param>
public sealed record AgentRinging(string Call, string Queue, string Member) : CallFact(Call, Queue);

/// <summary>A member did not pick up.</summary>
/// <param name="Call">The call.</param>
/// <param name="Queue">The queue.</param>
/// <param name="Member">The member's interface.</param>
/// <param name="RingMilliseconds">How long it rang; null when not known.</param>
public sealed record AgentMissed(string Call, string Queue, string Member, long? RingMilliseconds = null) : CallFact(Call, Queue);

/// <summary>A member's device stopped ringing because the caller left, or because another member picked up.</summary>
/// <param name="Call">The call.</param>
/// <param name="Queue">The queue.</param>
/// <param name="Member">The member's interface.</param>
/// <param name="RingMilliseconds">How long it rang.</param>
/// <param name="CallerLeft">True when the caller left, false when another picked up.</param>
public sealed record RingCanceled(string Call, string Queue, string Member, long? RingMilliseconds, bool CallerLeft) : CallFact(Call, Queue);

/// <summary>A member answered.</summary>
/// <param name="Call">The call.</param>
/// <param name="Queue">The queue.</param>
/// <param name="Member">The member's interface; null when a status does not say who.</param>
/// <param name="Leg">The member channel's unique id, which recordings carry; null when not known.</param>
/// <param name="HoldSeconds">How long the caller waited; null when not known.</param>
/// <param name="RingSeconds">How long the device rang; null when not known.</param>
public sealed record CallConnected(string Call, string Queue, string? Member, string? Leg = null, int? HoldSeconds = null, int? RingSeconds = null) : CallFact(Call, Queue);

/// <summary>A caller left a queue without being answered.</summary>
/// <param name="Call">The call.</param>
/// <param name="Queue">The queue.</param>
/// <param name="Outcome">How; <see cref="VisitOutcome.Unfinished"/> when the PBX does not say.</param>
/// <param name="Position">The place at the end, from 1; null when not known.</param>
/// <param name="OriginalPosition">The place at entry, from 1; null when not known.</param>
/// <param name="WaitSeconds">How long the caller waited; null when not known.</param>
/// <param name="Key">The key pressed to leave; null when none.</param>
public sealed record CallerLeft(string Call, string Queue, VisitOutcome Outcome, int? Position = null, int? OriginalPosition = null, int? WaitSeconds = null, string? Key = null)
    : CallFact(Call, Queue);

/// <summary>The talk of a caller and a member ended.</summary>
/// <param name="Call">The call.</param>
/// <param name="Queue">The queue.</param>
/// <param name="Member">The member's interface; null when not known.</param>
/// <param name="EndedBy">Who ended it.</param>
/// <param name="HoldSeconds">How long the caller had waited; null when not known.</param>
/// <param name="TalkSeconds">How long they talked; null when not known.</param>
/// <param name="OriginalPosition">The place at entry, from 1; null when not known.</param>
/// <param name="Transfer">Whereto, when the member transferred the call and the PBX says it.</param>
public sealed record CallEnded(string Call, string Queue, string? Member, VisitEnd EndedBy, int? HoldSeconds = null, int? TalkSeconds = null, int? OriginalPosition = null,
    CallTransfer? Transfer = null) : CallFact(Call, Queue);

/// <summary>Whereto a call was transferred.</summary>
/// <param name="Target">The extension of a blind transfer; what an attended one joined with.</param>
/// <param name="Context">The dialplan context of a blind transfer; BRIDGE, APP or LINK of an attended one.</param>
/// <param name="IsAttended">Whether the agent spoke with the target first.</param>
public sealed record CallTransfer(string Target, string Context, bool IsAttended);

/// <summary>A caller or a call that was thought present is not: its end was missed, and how it ended is not known. A late event may still tell it.</summary>
/// <param name="Call">The call.</param>
/// <param name="Queue">The queue.</param>
/// <param name="WasConnected">True for a call in hand, false for a waiting caller.</param>
/// <param name="Member">The member who had the call in hand; else null.</param>
public sealed record CallVanished(string Call, string Queue, bool WasConnected, string? Member) : CallFact(Call, Queue);

/// <summary>A fact of one member.</summary>
/// <param name="Member">The member's interface.</param>
public abstract record MemberFact(string Member) : PbxFact;

/// <summary>A member's device changed.</summary>
/// <param name="Member">The member's interface.</param>
/// <param name="Device">What it does now.</param>
public sealed record DeviceChanged(string Member, PbxDevice Device) : MemberFact(Member);

/// <summary>A member joined a queue.</summary>
/// <param name="Member">The member's interface.</param>
/// <param name="Queue">The queue.</param>
public sealed record MemberAdded(string Member, string Queue) : MemberFact(Member);

/// <summary>A member left a queue.</summary>
/// <param name="Member">The member's interface.</param>
/// <param name="Queue">The queue.</param>
public sealed record MemberRemoved(string Member, string Queue) : MemberFact(Member);

/// <summary>A member is paused in a queue; told again when the reason changes.</summary>
/// <param name="Member">The member's interface.</param>
/// <param name="Queue">The queue.</param>
/// <param name="Reason">The reason as the PBX says it; null when it says none.</param>
public sealed record MemberPaused(string Member, string Queue, string? Reason) : MemberFact(Member);

/// <summary>A member is no longer paused in a queue.</summary>
/// <param name="Member">The member's interface.</param>
/// <param name="Queue">The queue.</param>
public sealed record MemberUnpaused(string Member, string Queue) : MemberFact(Member);

/// <summary>Events may be missing from here on: until <see cref="PbxSynced"/> the mirror is in doubt.</summary>
/// <param name="Cause">connection-lost, count-differs or sequence-gap.</param>
public sealed record PbxGap(string Cause) : PbxFact;

/// <summary>A full state was compared; the mirror is true again.</summary>
public sealed record PbxSynced : PbxFact;

/// <summary>What the PBX's own counters say ended in a queue since the last full state without being told by an event.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="Completed">Calls answered and ended.</param>
/// <param name="Left">Callers gone unanswered, by whatever way the PBX counts as abandoned.</param>
public sealed record UnseenCounted(string Queue, long Completed, long Left) : PbxFact;
