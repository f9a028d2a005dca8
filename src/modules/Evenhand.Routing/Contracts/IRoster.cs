namespace Evenhand.Routing.Contracts;

/// <summary>Who is rostered when: asked by the duty gate, answered by whoever keeps the roster.</summary>
public interface IRoster
{
    /// <summary>The published duties that overlap [from, to), of all agents, in order of start.</summary>
    /// <param name="from">Start of the span.</param>
    /// <param name="to">End of the span, exclusive.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>The duties; null when the centre has never published a roster, so that nobody can be held to one.</returns>
    Task<IReadOnlyList<RosteredDuty>?> Duties(DateTimeOffset from, DateTimeOffset to, CancellationToken cancel);
}

/// <summary>A rostered stretch of work; half-open.</summary>
/// <param name="AgentId">Who.</param>
/// <param name="Start">When it starts.</param>
/// <param name="End">When it ends; after <paramref name="Start"/>.</param>
public sealed record RosteredDuty(Guid AgentId, DateTimeOffset Start, DateTimeOffset End);
