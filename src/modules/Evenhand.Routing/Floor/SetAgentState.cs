using System.ComponentModel.DataAnnotations;
using Evenhand.Dispatch.Presence;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Evenhand.Routing.Floor;

/// <summary>A leader changes somebody's state, with a reason that is recorded.</summary>
internal sealed class SetAgentState(LiveFloor floor, FloorAccess access, CurrentAccess current, IAuditTrail audit, EvenhandDb db)
{
    /// <param name="State">`ready`, `after-contact-work`, `break`, `meal`, `training`, `meeting`, `signed-out`, or `resume` after a pause for ignored offers.</param>
    /// <param name="Reason">Why; recorded.</param>
    /// <param name="BreakReason">Code of a break reason, for a break.</param>
    public sealed record Request([Required, MaxLength(30)] string State, [Required, MaxLength(500)] string Reason, [MaxLength(50)] string? BreakReason = null);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/floor/agents/{code}/state", async (string code, Request request, SetAgentState slice, CancellationToken cancel) =>
        (await slice.Run(code, request, cancel)).ToReply()).WithName(nameof(SetAgentState)).WithSummary("Changes an agent's state past queue and gate; recorded with the reason").Needs(Rights.Act);

    public async Task<Outcome<Done>> Run(string code, Request request, CancellationToken cancel)
    {
        if ((await access.Agent(code, Rights.Act, cancel)).Refused(out var refusal, out var agent)) return refusal;
        if (current.Access.AgentId == agent.Id) return new Refusal("dispatch.approval-by-oneself");
        var leader = current.Access.AccountId ?? Guid.Empty;
        WantedState? wanted = request.State switch
        {
            "ready" => WantedState.Ready, "after-contact-work" => WantedState.AfterContactWork, "break" => WantedState.Break, "meal" => WantedState.Meal,
            "training" => WantedState.Training, "meeting" => WantedState.Meeting, "signed-out" => WantedState.SignedOut, _ => null,
        };
        if (wanted is null && request.State != "resume") return new Refusal("routing.state-unknown", request.State);
        var outcome = await floor.Do(state => wanted is { } given ? state.SetByLeader(agent.Id, given, Written.Text(request.BreakReason), Written.Text(request.Reason) ?? "", leader) : state.Resume(agent.Id), cancel);
        if (!outcome.Succeeded) return outcome;
        audit.Record("routing.state-set", "agent", agent.Code, new { request.State, request.Reason, request.BreakReason });
        await db.SaveChangesAsync(cancel);
        return outcome;
    }
}
