using Evenhand.Telephony.Live;

namespace Evenhand.Telephony.EventSocket;

/// <summary>What an <see cref="EventSocketSession"/> has to say, in the order it happened.</summary>
/// <param name="At">When the bytes that told it were received.</param>
public abstract record EventSocketNews(DateTimeOffset At);

/// <summary>Authenticated and subscribed; the state was asked for.</summary>
/// <param name="At">When.</param>
public sealed record EventSocketReady(DateTimeOffset At) : EventSocketNews(At);

/// <summary>The session is over; it begins anew with <see cref="EventSocketSession.Open"/> on another connection.</summary>
/// <param name="At">When.</param>
/// <param name="Why">Why.</param>
/// <param name="Detail">The PBX's own words, or null.</param>
public sealed record EventSocketClosed(DateTimeOffset At, SessionEnd Why, string? Detail = null) : EventSocketNews(At);

/// <summary>An event.</summary>
/// <param name="At">When it was received.</param>
/// <param name="Event">The event.</param>
public sealed record EventSocketHeard(DateTimeOffset At, EventSocketEvent Event) : EventSocketNews(At);

/// <summary>The answer to a command, or that none will come.</summary>
/// <param name="At">When.</param>
/// <param name="Id">The number <see cref="EventSocketSession.Send"/> gave.</param>
/// <param name="Outcome">How it came out.</param>
/// <param name="Text">The PBX's answer; empty when there is none.</param>
public sealed record EventSocketReply(DateTimeOffset At, long Id, CommandOutcome Outcome, string Text) : EventSocketNews(At);

/// <summary>The lists of a full state begin to come: events after this may be newer than they are.</summary>
/// <param name="At">When.</param>
public sealed record EventSocketListing(DateTimeOffset At) : EventSocketNews(At);

/// <summary>The lists of a full state, as mod_callcenter prints them: a line of column names, rows, fields parted by bars.</summary>
/// <param name="At">When the last was received.</param>
/// <param name="Queues">Of <c>queue list</c>.</param>
/// <param name="Agents">Of <c>agent list</c>.</param>
/// <param name="Tiers">Of <c>tier list</c>.</param>
/// <param name="Members">Of <c>queue list members</c>, by queue.</param>
public sealed record EventSocketLists(DateTimeOffset At, string Queues, string Agents, string Tiers, IReadOnlyDictionary<string, string> Members) : EventSocketNews(At);
