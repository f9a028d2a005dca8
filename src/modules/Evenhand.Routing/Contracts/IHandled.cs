using Evenhand.Dispatch.Queues;

namespace Evenhand.Routing.Contracts;

/// <summary>What people took and closed, for the floor's hourly, shift and day reports. Contacts of people whom the live floor gave none are those of the logs that were recorded.</summary>
public interface IHandled
{
    /// <summary>What each agent took and closed in [from, to), by channel; agents and channels without anything have no row.</summary>
    /// <param name="from">Start of the span.</param>
    /// <param name="to">End of the span, exclusive; at most 32 days after the start.</param>
    /// <param name="cancel">Ends the wait.</param>
    Task<IReadOnlyList<HandledWork>> Handled(DateTimeOffset from, DateTimeOffset to, CancellationToken cancel);
}

/// <summary>What one agent did on one channel in a span of time.</summary>
/// <param name="AgentId">Who.</param>
/// <param name="Channel">On what way it came.</param>
/// <param name="Taken">Contacts answered, or orders begun, in the span.</param>
/// <param name="Closed">Contacts or orders done in the span, whenever they began. Orders that were cancelled count neither as taken nor as closed.</param>
public sealed record HandledWork(Guid AgentId, Channel Channel, int Taken, int Closed);
