namespace Evenhand.Telephony.Live;

/// <summary>The full state of a PBX's queues at one time: what it answers when asked, and what a <see cref="QueueMirror"/> holds.</summary>
/// <param name="At">When, in the PBX's time.</param>
/// <param name="Queues">Every queue.</param>
/// <param name="Members">Every member of every queue.</param>
/// <param name="Waiting">Every waiting caller.</param>
/// <param name="Calls">Every call in hand; null when the PBX did not say.</param>
public sealed record PbxStatus(DateTimeOffset At, IReadOnlyList<QueueCount> Queues, IReadOnlyList<QueueMember> Members, IReadOnlyList<WaitingCaller> Waiting, IReadOnlyList<CallInHand>? Calls);

/// <summary>A queue and its counters, which run from the PBX's start or last reset.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="Completed">Calls answered and ended; null when not told.</param>
/// <param name="Left">Callers gone unanswered; null when not told.</param>
public sealed record QueueCount(string Queue, long? Completed = null, long? Left = null);

/// <summary>A member of a queue.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="Member">The member's interface.</param>
/// <param name="Device">What its device does.</param>
/// <param name="IsPaused">Whether it is paused in this queue.</param>
/// <param name="PauseReason">The reason as the PBX says it; null when none.</param>
/// <param name="InCall">Whether it has a call of this queue in hand; null when not told.</param>
public sealed record QueueMember(string Queue, string Member, PbxDevice Device, bool IsPaused, string? PauseReason, bool? InCall);

/// <summary>A waiting caller.</summary>
/// <param name="Call">The caller channel's unique id.</param>
/// <param name="Queue">The queue.</param>
/// <param name="Caller">The caller's number; null when not known.</param>
/// <param name="Position">The present place, from 1.</param>
/// <param name="JoinedAt">When the caller entered, in the PBX's time; exact to a second when a status told it.</param>
public sealed record WaitingCaller(string Call, string Queue, string? Caller, int Position, DateTimeOffset JoinedAt);

/// <summary>A call a member has in hand.</summary>
/// <param name="Call">The caller channel's unique id.</param>
/// <param name="Queue">The queue it came by.</param>
/// <param name="Member">The member's interface; null when not known.</param>
/// <param name="ConnectedAt">When the member answered; the latest it can be when a status told it.</param>
public sealed record CallInHand(string Call, string Queue, string? Member, DateTimeOffset ConnectedAt);
