using Evenhand.Kernel;
using Evenhand.Platform.Contracts;
using Evenhand.Kernel.Rights;
using Evenhand.Routing.Announcements;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Evenhand.Routing.Desk;

/// <summary>Comes on duty: in the rostered window, or by a leader's word.</summary>
internal sealed class SignInToFloor(AtDesk desk, ReadAnnouncement announcements)
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/desk/sign-in", async (SignInToFloor slice, CancellationToken cancel) => (await slice.Run(cancel)).ToReply())
        .WithName(nameof(SignInToFloor)).WithSummary("Comes on duty").Needs(Rights.Desk);

    public async Task<Outcome<Done>> Run(CancellationToken cancel) => await announcements.Gate(desk.Agent, cancel) is { } unread ? unread
        : await desk.Do((floor, agent) => floor.SignIn(agent, desk.Account), cancel);
}
