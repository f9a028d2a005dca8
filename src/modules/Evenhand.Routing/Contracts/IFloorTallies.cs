namespace Evenhand.Routing.Contracts;

/// <summary>Counts of the floor that are not in its picture, asked of the store.</summary>
public interface IFloorTallies
{
    /// <summary>What each agent completed in [from, to), by queue.</summary>
    /// <param name="from">Start of the span.</param>
    /// <param name="to">End of the span, exclusive.</param>
    /// <param name="cancel">Ends the wait.</param>
    Task<IReadOnlyList<AgentTally>> Completed(DateTimeOffset from, DateTimeOffset to, CancellationToken cancel);

    /// <summary>Work items of a type that are not over, by queue.</summary>
    /// <param name="type">The type's code, such as `call-back`.</param>
    /// <param name="now">The present moment: what should be over by then is overdue.</param>
    /// <param name="cancel">Ends the wait.</param>
    Task<IReadOnlyList<OpenWork>> Open(string type, DateTimeOffset now, CancellationToken cancel);

    /// <summary>The reasons for which somebody may take a break, in the order they are offered.</summary>
    /// <param name="cancel">Ends the wait.</param>
    Task<IReadOnlyList<BreakName>> BreakReasons(CancellationToken cancel);
}

/// <summary>What an agent completed.</summary>
/// <param name="AgentId">Who.</param>
/// <param name="QueueId">Of which queue.</param>
/// <param name="Contacts">How many, at least 1.</param>
/// <param name="HandleSeconds">Handling, after-contact work included, in seconds.</param>
public sealed record AgentTally(Guid AgentId, Guid QueueId, int Contacts, double HandleSeconds);

/// <summary>Work that waits or is being done.</summary>
/// <param name="QueueId">In which queue.</param>
/// <param name="Pending">How many are not over, at least 1.</param>
/// <param name="Overdue">How many of them should be.</param>
public sealed record OpenWork(Guid QueueId, int Pending, int Overdue);

/// <summary>A reason of breaks.</summary>
/// <param name="Code">As it stands with a presence.</param>
/// <param name="Zh">Its Chinese name.</param>
/// <param name="En">Its English name.</param>
public sealed record BreakName(string Code, string Zh, string En);
