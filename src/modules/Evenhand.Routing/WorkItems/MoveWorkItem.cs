using System.ComponentModel.DataAnnotations;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Evenhand.Routing.WorkItems;

/// <summary>Takes an item to another state that its type allows, with who works on it.</summary>
internal sealed class MoveWorkItem(QueueAccess access, WorkItemTypes types, Journal journal, IOrganisation organisation, INotifications notifications, CurrentAccess current)
{
    /// <param name="Version">The version that was seen.</param>
    /// <param name="To">The state to go to.</param>
    /// <param name="Agent">Code of who works on it from now on; without it that stays, and an agent who begins takes the item.</param>
    public sealed record Request([Range(1, int.MaxValue)] int Version, [Required, MaxLength(50)] string To, [MaxLength(200)] string? Agent = null, [MaxLength(1000)] string? Note = null);

    public sealed record Moved(Guid Id, int Version, string State, string? Agent);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/work-items/{id:guid}/state", async (Guid id, Request request, MoveWorkItem slice, CancellationToken cancel) =>
        (await slice.Run(id, request, cancel)).ToReply()).WithName(nameof(MoveWorkItem)).WithSummary("Takes a work item to another state").Needs(Rights.Work);

    public async Task<Outcome<Moved>> Run(Guid id, Request request, CancellationToken cancel)
    {
        if ((await access.Item(id, Rights.Work, cancel)).Refused(out var refusal, out var item)) return refusal;
        if (item.Version != request.Version) return new Refusal("routing.work-item-changed", item.Version);
        var type = await types.At(item.Type, item.TypeVersion, cancel);
        if (!type.After(item.State).Contains(request.To)) return new Refusal("routing.move-impossible", item.State, request.To, string.Join(", ", type.After(item.State)));
        var centre = await organisation.Read(cancel);
        if (Agent(request, item, centre).Refused(out refusal, out var agent)) return refusal;
        var (from, before, now) = (item.State, item.AgentId, journal.Now);
        (item.State, item.AgentId) = (request.To, request.To == WorkItemType.Initial ? null : agent.Id);
        if (request.To is not (WorkItemType.Initial or WorkItemType.Assigned)) item.RespondedAt ??= now;
        if (type.IsEnd(item.State)) item.ClosedAt = now;
        List<FieldChange> changes = [new("state", from, item.State)];
        if (before != item.AgentId) changes.Add(new FieldChange("agent", Code(before), Code(item.AgentId)));
        if (agent is { Named: true, Id: { } given } && given != before && given != current.Access.AgentId) await notifications.TellAgents([given], "routing.told-given", [item.Subject], $"/work-items/{id}", cancel);
        return await journal.Changed(item, "moved", from, changes, request.Note, cancel) is { } lost ? lost : new Moved(id, item.Version, item.State, Code(item.AgentId));

        string? Code(Guid? who) => who is { } known ? centre.Agents[known].Code : null;
    }

    private Outcome<(Guid? Id, bool Named)> Agent(Request request, WorkItem item, OrganisationSnapshot centre)
    {
        var own = current.Access.AgentId;
        if (string.IsNullOrEmpty(request.Agent))
        {
            var stays = item.AgentId ?? (request.To == "in-progress" ? own : null);
            return request.To == WorkItemType.Assigned && stays is null ? new Refusal("routing.agent-needed") : (stays, false);
        }
        if (centre.Agents.Values.FirstOrDefault(a => a.Code == request.Agent && a.LeftOn is null) is not { } agent) return new Refusal("routing.agent-unknown", request.Agent);
        var scope = current.Access.ScopeOf(Rights.Work);
        return scope.All || scope.OwnAgent == agent.Id || centre.PlacementsOf(agent.Id).Any(p => p.To is null && scope.Units.Contains(p.TeamId)) ? (agent.Id, true) : new Refusal("routing.agent.not-allowed", request.Agent);
    }
}
