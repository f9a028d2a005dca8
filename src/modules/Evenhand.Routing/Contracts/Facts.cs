namespace Evenhand.Routing.Contracts;

/// <summary>An order or another work item was accepted; it carries no personal data.</summary>
/// <param name="Id">The item's id.</param>
/// <param name="Type">Code of its type, such as `order`.</param>
/// <param name="TypeVersion">Version of the type it was made by, from 1.</param>
/// <param name="QueueId">The queue it waits in.</param>
/// <param name="State">The state it begins in.</param>
/// <param name="RespondBy">When somebody must have begun, UTC.</param>
/// <param name="ResolveBy">When it must be over, UTC.</param>
public sealed record WorkItemCreated(Guid Id, string Type, int TypeVersion, Guid QueueId, string State, DateTimeOffset RespondBy, DateTimeOffset ResolveBy);

/// <summary>A work item was changed: its fields, its state, its queue or who works on it; it carries no personal data.</summary>
/// <param name="Id">The item's id.</param>
/// <param name="Type">Code of its type.</param>
/// <param name="Version">The item's version after the change, from 2; versions of one item have no gaps.</param>
/// <param name="QueueId">The queue it is in.</param>
/// <param name="AgentId">Who works on it; null when nobody does.</param>
/// <param name="From">Its state before.</param>
/// <param name="State">Its state after; the same as before when something else was changed.</param>
/// <param name="Fields">Codes of what was changed beside the state; never the values.</param>
public sealed record WorkItemChanged(Guid Id, string Type, int Version, Guid QueueId, Guid? AgentId, string From, string State, IReadOnlyList<string> Fields);
