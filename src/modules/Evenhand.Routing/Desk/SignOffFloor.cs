using System.ComponentModel.DataAnnotations;
using Evenhand.Dispatch.Presence;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Contracts;
using Evenhand.Routing.Floor;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Evenhand.Routing.Desk;

/// <summary>Goes off duty with a plan for everything in hand; before the shift's end only by a leader's word.</summary>
internal sealed class SignOffFloor(AtDesk desk, IOrganisation organisation, IEnumerable<IRelease> releases)
{
    /// <param name="Work">What becomes of each contact in hand.</param>
    public sealed record Request([MaxLength(100)] IReadOnlyList<Plan>? Work = null);

    /// <param name="Contact">A contact in hand.</param>
    /// <param name="To">Code of the colleague who takes it over; null puts it back into its queue at its old place.</param>
    public sealed record Plan(Guid Contact, [MaxLength(200)] string? To = null);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/desk/sign-off", async (Request request, SignOffFloor slice, CancellationToken cancel) => (await slice.Run(request, cancel)).ToReply())
        .WithName(nameof(SignOffFloor)).WithSummary("Goes off duty; what is in hand is handed over or put back").Needs(Rights.Desk);

    public async Task<Outcome<Done>> Run(Request request, CancellationToken cancel)
    {
        var plans = new List<HandedPlan>();
        var centre = await organisation.Read(cancel);
        foreach (var plan in request.Work ?? [])
        {
            if (string.IsNullOrEmpty(plan.To)) plans.Add(new HandedPlan(plan.Contact, WorkPlan.Requeue, null));
            else if (centre.Agents.Values.FirstOrDefault(a => a.Code == plan.To) is { } colleague) plans.Add(new HandedPlan(plan.Contact, WorkPlan.HandOver, colleague.Id));
            else return new Refusal("routing.agent-unknown", plan.To);
        }
        if (await Waits(cancel) is { } refusal) return refusal;
        return await desk.Do((floor, agent) => floor.SignOff(agent, desk.Account, plans), cancel);
    }

    /// <summary>At the shift's end the team leaves when both leaders have signed the handover; whom a leader lets go may go.</summary>
    private async Task<Refusal?> Waits(CancellationToken cancel)
    {
        var asked = await desk.Do<(Guid Team, DateTimeOffset? End)>((floor, agent) =>
            (floor.TeamOf(agent), floor.KeepsRoster && floor.RequestOf(agent, "sign-off") is not { Granted: true } && floor.Worked(agent) is { } shift && shift.End > shift.Start
                && floor.Now >= shift.End - floor.Rules.Duty.Grace ? shift.End : null), cancel);
        if (asked.Refused(out var refusal, out var shift) || shift.End is not { } end) return refusal;
        foreach (var release in releases)
            if (await release.IsReleased(shift.Team, end, cancel) == false) return new Refusal("routing.not-released");
        return null;
    }
}
