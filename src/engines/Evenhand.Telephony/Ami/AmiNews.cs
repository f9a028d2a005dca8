using Evenhand.Telephony.Live;

namespace Evenhand.Telephony.Ami;

/// <summary>What an <see cref="AmiSession"/> has to say, in the order it happened.</summary>
/// <param name="At">When the bytes that told it were received.</param>
public abstract record AmiNews(DateTimeOffset At);

/// <summary>Logged in, events on; a status was asked for.</summary>
/// <param name="At">When.</param>
public sealed record AmiReady(DateTimeOffset At) : AmiNews(At);

/// <summary>The session is over; it begins anew with <see cref="AmiSession.Open"/> on another connection.</summary>
/// <param name="At">When.</param>
/// <param name="Why">Why.</param>
/// <param name="Detail">The PBX's own words, or null.</param>
public sealed record AmiClosed(DateTimeOffset At, SessionEnd Why, string? Detail = null) : AmiNews(At);

/// <summary>An event, or an item of the list an action asked for.</summary>
/// <param name="At">When it was received; the PBX's own time, where it has one, is in the message.</param>
/// <param name="Message">The event.</param>
public sealed record AmiHeard(DateTimeOffset At, AmiMessage Message) : AmiNews(At);

/// <summary>The answer to an action, or that none will come.</summary>
/// <param name="At">When.</param>
/// <param name="ActionId">The id <see cref="AmiSession.Send"/> gave.</param>
/// <param name="Outcome">How it came out.</param>
/// <param name="Message">The PBX's answer; null when there is none.</param>
public sealed record AmiReply(DateTimeOffset At, string ActionId, CommandOutcome Outcome, AmiMessage? Message) : AmiNews(At);
