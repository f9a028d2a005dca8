using System.ComponentModel.DataAnnotations;
using Evenhand.Dispatch.Presence;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Announcements;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Evenhand.Routing.Desk;

/// <summary>Ready again, or after-contact work: what a person may choose alone.</summary>
internal sealed class ChangeOwnState(AtDesk desk, ReadAnnouncement announcements)
{
    /// <param name="State">`ready` or `after-contact-work`; `resume` after a pause for ignored offers.</param>
    public sealed record Request([Required, MaxLength(30)] string State);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/desk/state", async (Request request, ChangeOwnState slice, CancellationToken cancel) => (await slice.Run(request, cancel)).ToReply())
        .WithName(nameof(ChangeOwnState)).WithSummary("Changes the own state").Needs(Rights.Desk);

    public Task<Outcome<Done>> Run(Request request, CancellationToken cancel) => request.State switch
    {
        "ready" => Ready(cancel),
        "after-contact-work" => desk.Do((floor, agent) => floor.Want(agent, WantedState.AfterContactWork, desk.Account), cancel),
        "resume" => desk.Do((floor, agent) => floor.Resume(agent), cancel),
        "training" or "meeting" => Task.FromResult<Outcome<Done>>(new Refusal("routing.state-needs-leader")),
        _ => Task.FromResult<Outcome<Done>>(new Refusal("routing.state-unknown", request.State)),
    };

    private async Task<Outcome<Done>> Ready(CancellationToken cancel) => await announcements.Gate(desk.Agent, cancel) is { } unread ? unread
        : await desk.Do((floor, agent) => floor.Want(agent, WantedState.Ready, desk.Account), cancel);
}
