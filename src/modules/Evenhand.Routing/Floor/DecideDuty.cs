using System.ComponentModel.DataAnnotations;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Evenhand.Routing.Floor;

/// <summary>A leader lets somebody of the own team come on or go off duty outside the rules, or does not.</summary>
internal sealed class DecideDuty(LiveFloor floor, FloorAccess access, CurrentAccess current)
{
    public sealed record Request(bool Grant, [Required, MaxLength(500)] string Reason);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/floor/duty-requests/{id:guid}", async (Guid id, Request request, DecideDuty slice, CancellationToken cancel) =>
        (await slice.Run(id, request, cancel)).ToReply()).WithName(nameof(DecideDuty)).WithSummary("Grants or refuses a request to come on or go off duty").Needs(Rights.Act);

    public async Task<Outcome<Done>> Run(Guid id, Request request, CancellationToken cancel)
    {
        var asked = await floor.Do<Guid>(state => state.Request(id) is { } known ? known.AgentId : new Refusal("routing.duty-request.not-found"), cancel);
        if (asked.Refused(out var refusal, out var agent)) return refusal;
        if (!await access.Covers(agent, Rights.Act, cancel)) return new Refusal("routing.duty-request.not-found");
        return await floor.Do(state => state.DecideDuty(id, request.Grant, Written.Text(request.Reason) ?? "", current.Access.AccountId ?? Guid.Empty, current.Access.AgentId), cancel);
    }
}
