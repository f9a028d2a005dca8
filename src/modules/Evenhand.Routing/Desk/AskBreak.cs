using System.ComponentModel.DataAnnotations;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Floor;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Evenhand.Routing.Desk;

/// <summary>Asks for a break or a meal, which is granted in the order of asking as the team's quota allows; or takes the request back.</summary>
internal sealed class AskBreak(AtDesk desk)
{
    /// <param name="Reason">Code of a break reason, or `meal`.</param>
    public sealed record Request([Required, MaxLength(50)] string Reason);

    /// <param name="Position">Place in the queue, from 1; 0 when it is granted.</param>
    public sealed record Asked(int Position);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/desk/break", async (Request request, AskBreak slice, CancellationToken cancel) => (await slice.Run(request, cancel)).ToReply())
            .WithName(nameof(AskBreak)).WithSummary("Asks for a break; answers the place in the queue").Needs(Rights.Desk);
        api.MapDelete("/desk/break", async (AskBreak slice, CancellationToken cancel) => (await slice.TakeBack(cancel)).ToReply())
            .WithName("TakeBreakBack").WithSummary("Takes the request back").Needs(Rights.Desk);
    }

    public Task<Outcome<Asked>> Run(Request request, CancellationToken cancel) => desk.Do<Asked>((floor, agent) =>
    {
        if (request.Reason != FloorState.Meal && floor.Rules.BreakReasons.All(r => r.Code != request.Reason)) return new Refusal("routing.break-reason-unknown", request.Reason);
        return floor.AskBreak(agent, request.Reason).Refused(out var refusal, out var position) ? refusal : new Asked(position);
    }, cancel);

    public Task<Outcome<Done>> TakeBack(CancellationToken cancel) => desk.Do((floor, agent) =>
    {
        if (floor.PlaceOf(agent) is { Left: not null }) return new Refusal("dispatch.break-already-away");
        floor.LeaveBreaks(agent);
        return null;
    }, cancel);
}
