namespace Evenhand.Platform.Contracts;

/// <summary>Fact: an agent who was in no team came into one.</summary>
/// <param name="AgentId">The agent.</param>
/// <param name="TeamId">The team.</param>
/// <param name="From">First day there; may lie in the past, then figures by team from that day on are to be made anew.</param>
public sealed record AgentPlaced(Guid AgentId, Guid TeamId, DateOnly From);

/// <summary>Fact: an agent went from one team to another.</summary>
/// <param name="AgentId">The agent.</param>
/// <param name="FromTeamId">The team left.</param>
/// <param name="ToTeamId">The team joined.</param>
/// <param name="From">First day in the new team; may lie in the past, then figures by team from that day on are to be made anew.</param>
public sealed record AgentMoved(Guid AgentId, Guid FromTeamId, Guid ToTeamId, DateOnly From);

/// <summary>Fact: something else about the organisation changed.</summary>
/// <param name="What">`unit-added`, `unit-renamed`, `zone`, `agents`, `queues` or `established`; after `zone` every day and interval is cut anew.</param>
/// <param name="UnitId">The unit, where it was one.</param>
public sealed record OrganisationChanged(string What, Guid? UnitId);
