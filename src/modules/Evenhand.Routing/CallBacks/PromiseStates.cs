using Evenhand.Routing.Talk;

namespace Evenhand.Routing.CallBacks;

/// <summary>Where a promised call-back stands.</summary>
internal enum PromiseState
{
    /// <summary>To be called.</summary>
    Pending,

    /// <summary>Tried as often as laid down and never reached: a leader decides.</summary>
    Exhausted,

    /// <summary>The customer was reached: kept.</summary>
    Reached,

    /// <summary>A leader gave it up, with a reason.</summary>
    GivenUp,
}

/// <summary>What follows from an attempt, when something is overdue, and when the peak begins and ends. Pure.</summary>
internal static class PromiseStates
{
    public static bool IsOpen(PromiseState state) => state is PromiseState.Pending or PromiseState.Exhausted;

    /// <summary>State and next attempt after one more attempt, the given number included.</summary>
    /// <param name="allowed">So many attempts before a leader decides.</param>
    public static (PromiseState State, DateTimeOffset? NextAt) After(bool reached, int attempts, int allowed, DateTimeOffset now, TimeSpan retry) =>
        reached ? (PromiseState.Reached, null) : attempts >= allowed ? (PromiseState.Exhausted, null) : (PromiseState.Pending, now + retry);

    /// <summary>Promised for a time that has passed, and nobody has called yet.</summary>
    public static bool IsOverdue(PromiseState state, int attempts, DateTimeOffset dueAt, DateTimeOffset now) => state == PromiseState.Pending && attempts == 0 && dueAt <= now;

    /// <summary>Since when the line is too long: from the first look on at which more wait than may and one waits too long, until one at which that is not so.</summary>
    public static DateTimeOffset? PeakSince(DateTimeOffset? before, int waiting, int longestSeconds, PeakRules rules, DateTimeOffset now) =>
        waiting > rules.Waiting && longestSeconds > rules.LongestSeconds ? before ?? now : null;

    /// <summary>Since when it is calm, likewise.</summary>
    public static DateTimeOffset? CalmSince(DateTimeOffset? before, int waiting, PeakRules rules, DateTimeOffset now) => waiting <= rules.Calm ? before ?? now : null;

    /// <summary>Whether it has been so for long enough to say something.</summary>
    public static bool Lasts(DateTimeOffset? since, PeakRules rules, DateTimeOffset now) => since is { } at && now - at >= TimeSpan.FromMinutes(rules.Minutes);
}
