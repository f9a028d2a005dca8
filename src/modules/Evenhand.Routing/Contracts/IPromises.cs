namespace Evenhand.Routing.Contracts;

/// <summary>Call-backs that customers were promised, as a wallboard counts them.</summary>
public interface IPromises
{
    /// <summary>The promises that are open now, over the whole centre.</summary>
    /// <param name="cancel">Ends the wait.</param>
    Task<PromiseCounts> Open(CancellationToken cancel);
}

/// <summary>How many promises are open.</summary>
/// <param name="Pending">All that are neither kept nor given up, the two below included.</param>
/// <param name="Overdue">Of these, promised for a time that has passed and not called once.</param>
/// <param name="Exhausted">Of these, tried as often as laid down: a leader has to decide.</param>
/// <param name="EarliestDue">The earliest time promised, UTC; null when none is open.</param>
/// <param name="ByTeam">Open promises by the team that made them; a team without any is not named.</param>
public sealed record PromiseCounts(int Pending, int Overdue, int Exhausted, DateTimeOffset? EarliestDue, IReadOnlyDictionary<Guid, int> ByTeam);
