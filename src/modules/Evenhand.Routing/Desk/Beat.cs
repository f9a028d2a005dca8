using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Evenhand.Routing.Desk;

/// <summary>The desk says that it is still there.</summary>
internal sealed class Beat(AtDesk desk)
{
    /// <param name="State">The effective state, as a code.</param>
    /// <param name="Now">The server's time, unix milliseconds.</param>
    public sealed record Heard(string State, long Now);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/desk/beat", async (Beat slice, CancellationToken cancel) => (await slice.Run(cancel)).ToReply())
        .WithName(nameof(Beat)).WithSummary("The desk is still there").Needs(Rights.Desk);

    public Task<Outcome<Heard>> Run(CancellationToken cancel) => desk.Do<Heard>((floor, agent) =>
    {
        floor.Beat(agent);
        return new Heard(Floor.FloorState.StateCode(floor.Presence(agent).Effective), floor.Now.ToUnixTimeMilliseconds());
    }, cancel);
}
