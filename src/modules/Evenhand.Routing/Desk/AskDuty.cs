using System.ComponentModel.DataAnnotations;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Routing.Floor;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Evenhand.Routing.Desk;

/// <summary>Asks the leader to be let on duty outside the roster, or off duty before the shift ends.</summary>
internal sealed class AskDuty(AtDesk desk)
{
    /// <param name="Kind">`sign-in` or `sign-off`.</param>
    public sealed record Request([Required, RegularExpression("sign-in|sign-off")] string Kind, [Required, MaxLength(500)] string Reason);

    public sealed record Asked(Guid Id);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/desk/duty-requests", async (Request request, AskDuty slice, CancellationToken cancel) => (await slice.Run(request, cancel)).ToReply())
        .WithName(nameof(AskDuty)).WithSummary("Asks the leader to come on or go off duty outside the rules").Needs(Rights.Desk);

    public Task<Outcome<Asked>> Run(Request request, CancellationToken cancel) =>
        desk.Do<Asked>((floor, agent) => floor.AskDuty(agent, request.Kind, Written.Text(request.Reason) ?? "").Refused(out var refusal, out var id) ? refusal : new Asked(id), cancel);
}
