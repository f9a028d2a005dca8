using System.Collections.Concurrent;

namespace Evenhand.Routing.Telephony;

/// <summary>What a caller brings along who was passed on.</summary>
/// <param name="By">Who passed the call on: it is not to come back as to the agent the customer had last.</param>
/// <param name="To">The colleague it is for; null for whoever is next.</param>
/// <param name="Priority">Beside the queue's own, as the call came with it.</param>
/// <param name="Note">For whoever takes it.</param>
internal sealed record PassedCall(Guid By, Guid? To, int Priority, string? Note)
{
    /// <summary>How long it waits for the colleague before anybody else is asked.</summary>
    public static readonly TimeSpan WaitsForColleague = TimeSpan.FromMinutes(1);
}

/// <summary>Calls on their way from an agent into a queue by the hand of a telephone system: what is known of them until the system says that they wait there.</summary>
internal sealed class PassedCalls(TimeProvider clock)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);
    private readonly ConcurrentDictionary<(string Pbx, string Call), (PassedCall Passed, DateTimeOffset Until)> passing = [];

    public void Put(string pbx, string call, PassedCall passed)
    {
        var now = clock.GetUtcNow();
        foreach (var late in passing.Where(p => p.Value.Until <= now).ToList()) passing.TryRemove(late);
        passing[(pbx, call)] = (passed, now + Longest);
    }

    /// <summary>What a call brings along that arrives; null for nothing.</summary>
    public PassedCall? Of(string pbx, string call) => passing.TryGetValue((pbx, call), out var found) && found.Until > clock.GetUtcNow() ? found.Passed : null;

    /// <summary>The call has arrived, or stays where it was.</summary>
    public void Forget(string pbx, string call) => passing.TryRemove((pbx, call), out _);
}
