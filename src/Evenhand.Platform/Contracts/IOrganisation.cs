namespace Evenhand.Platform.Contracts;

/// <summary>The organisation as other capabilities ask for it.</summary>
public interface IOrganisation
{
    /// <summary>The organisation now; read once per version and shared, so asking is cheap.</summary>
    /// <param name="cancel">Ends the wait.</param>
    Task<OrganisationSnapshot> Read(CancellationToken cancel);

    /// <summary>The ids of these agents; those nobody knows are created and marked "to be placed". Joins the caller's transaction.</summary>
    /// <param name="codes">Names as a source of events gives them.</param>
    /// <param name="source">Who named them, for the audit trail.</param>
    /// <param name="cancel">Ends the wait.</param>
    Task<IReadOnlyDictionary<string, Guid>> EnsureAgents(IReadOnlyCollection<string> codes, string source, CancellationToken cancel);

    /// <summary>The ids of these queues; those nobody knows are created and marked "to be placed". Joins the caller's transaction.</summary>
    /// <param name="codes">Names as a source of events gives them.</param>
    /// <param name="source">Who named them, for the audit trail.</param>
    /// <param name="cancel">Ends the wait.</param>
    Task<IReadOnlyDictionary<string, Guid>> EnsureQueues(IReadOnlyCollection<string> codes, string source, CancellationToken cancel);

    /// <summary>Sets up or extends the organisation as described; what is there by its code is updated, nothing is removed. Used by seeds and imports.</summary>
    /// <param name="plan">What should be there.</param>
    /// <param name="cancel">Ends the wait.</param>
    Task Establish(OrganisationPlan plan, CancellationToken cancel);
}

/// <summary>An organisation as a seed describes it, everything named by code.</summary>
/// <param name="Zone">IANA time zone of the centre, or null to leave it.</param>
/// <param name="Units">Units, parents before children.</param>
/// <param name="Agents">Agents with their stays in teams.</param>
/// <param name="Queues">Queues.</param>
public sealed record OrganisationPlan(string? Zone, IReadOnlyList<PlannedUnit> Units, IReadOnlyList<PlannedAgent> Agents, IReadOnlyList<PlannedQueue> Queues);

/// <summary>A unit to be there.</summary>
/// <param name="Code">Its unique code.</param>
/// <param name="ParentCode">The unit above; null for the centre.</param>
/// <param name="Kind">Centre, department or team.</param>
/// <param name="Name">Its name.</param>
public sealed record PlannedUnit(string Code, string? ParentCode, UnitKind Kind, string Name);

/// <summary>An agent to be there.</summary>
/// <param name="Code">The code event sources use.</param>
/// <param name="Name">The person's name.</param>
/// <param name="JoinedOn">First day of work, if known.</param>
/// <param name="LeftOn">First day no longer at work.</param>
/// <param name="Stays">Stays in teams: team code, first day, first day no longer there.</param>
public sealed record PlannedAgent(string Code, string Name, DateOnly? JoinedOn, DateOnly? LeftOn, IReadOnlyList<(string Team, DateOnly From, DateOnly? To)> Stays);

/// <summary>A queue to be there.</summary>
/// <param name="Code">The code event sources use.</param>
/// <param name="Name">Its name.</param>
public sealed record PlannedQueue(string Code, string Name);
