using Evenhand.Analytics.Kpis;
using Evenhand.Kernel.Rights;

namespace Evenhand.Measurement.Contracts;

/// <summary>The centre's figures, as pages, the diagnosis and pay ask for them. Everything is computed from the recorded contacts and agent states.</summary>
public interface IFigures
{
    /// <summary>The figures asked for, one row a combination of the groups that has facts, in the order of the groups' names. What lies outside the scope is not there.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="scope">The asker's scope; one that is not the whole organisation sees figures of its agents only, never of queues as such.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="ArgumentException">A code that is not in the centre's dictionary, or an empty period.</exception>
    Task<FigureTable> Ask(FigureRequest request, Scope scope, CancellationToken cancel);

    /// <summary>What each agent handled, by queue and local day; days without contacts have no row. For pay: contacts count on the day they entered the queue.</summary>
    /// <param name="from">First day of the centre's calendar.</param>
    /// <param name="to">First day no longer counted.</param>
    /// <param name="agentId">Whose; null for everybody's.</param>
    /// <param name="cancel">Ends the wait.</param>
    Task<IReadOnlyList<AgentVolume>> Volumes(DateOnly from, DateOnly to, Guid? agentId, CancellationToken cancel);

    /// <summary>How long each agent was at work, by local day: every day with an agent state or with a contact has a row.</summary>
    /// <param name="from">First day of the centre's calendar.</param>
    /// <param name="to">First day no longer counted.</param>
    /// <param name="agentId">Whose; null for everybody's.</param>
    /// <param name="cancel">Ends the wait.</param>
    Task<IReadOnlyList<AgentHours>> Hours(DateOnly from, DateOnly to, Guid? agentId, CancellationToken cancel);

    /// <summary>The KPIs of this centre: the standard ones and the published ones of its own.</summary>
    /// <param name="cancel">Ends the wait.</param>
    Task<KpiDictionary> Dictionary(CancellationToken cancel);

    /// <summary>The span of time that has figures, unix seconds, whole quarter hours, end exclusive; null when there are none.</summary>
    /// <param name="cancel">Ends the wait.</param>
    Task<(long From, long To)?> Span(CancellationToken cancel);
}

/// <summary>What an agent handled in a queue on a day.</summary>
/// <param name="AgentId">The agent.</param>
/// <param name="QueueId">The queue.</param>
/// <param name="Day">A day of the centre's calendar.</param>
/// <param name="Handled">Contacts answered, 1 or more.</param>
/// <param name="TalkSeconds">Seconds talked in them, hold included.</param>
public readonly record struct AgentVolume(Guid AgentId, Guid QueueId, DateOnly Day, int Handled, long TalkSeconds);

/// <summary>How long an agent was at work on a day.</summary>
/// <param name="AgentId">The agent.</param>
/// <param name="Day">A day of the centre's calendar.</param>
/// <param name="AtWorkSeconds">Seconds between sign-in and sign-out less meals; null when no state log tells, then the day only shows that the agent had contacts.</param>
public readonly record struct AgentHours(Guid AgentId, DateOnly Day, long? AtWorkSeconds);
