using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Evenhand.Routing.Desk;

/// <summary>Takes or rejects an offer; accepting twice is accepting once.</summary>
internal sealed class AnswerOffer(AtDesk desk)
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/desk/contacts/{id:guid}/accept", async (Guid id, AnswerOffer slice, CancellationToken cancel) => (await slice.Accept(id, cancel)).ToReply())
            .WithName("AcceptOffer").WithSummary("Takes an offered contact").Needs(Rights.Desk);
        api.MapPost("/desk/contacts/{id:guid}/reject", async (Guid id, AnswerOffer slice, CancellationToken cancel) => (await slice.Reject(id, cancel)).ToReply())
            .WithName("RejectOffer").WithSummary("Rejects an offered contact; it goes to the next at its old place").Needs(Rights.Desk);
    }

    public Task<Outcome<Done>> Accept(Guid contact, CancellationToken cancel) => desk.Do((floor, agent) => floor.IsTakenByPhone(contact, agent) ? new Refusal("routing.pick-up-the-phone") : floor.Accept(contact, agent), cancel);

    public Task<Outcome<Done>> Reject(Guid contact, CancellationToken cancel) => desk.Do((floor, agent) => floor.Reject(contact, agent), cancel);
}
