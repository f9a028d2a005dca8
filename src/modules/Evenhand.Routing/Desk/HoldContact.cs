using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Evenhand.Routing.Desk;

/// <summary>Puts the customer on hold, takes the customer back, or ends the conversation: what remains is after-contact work.</summary>
internal sealed class HoldContact(AtDesk desk)
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/desk/contacts/{id:guid}/hold", async (Guid id, HoldContact slice, CancellationToken cancel) => (await slice.Hold(id, true, cancel)).ToReply())
            .WithName(nameof(HoldContact)).WithSummary("Puts the customer on hold").Needs(Rights.Desk);
        api.MapPost("/desk/contacts/{id:guid}/resume", async (Guid id, HoldContact slice, CancellationToken cancel) => (await slice.Hold(id, false, cancel)).ToReply())
            .WithName("ResumeContact").WithSummary("Takes the customer back from hold").Needs(Rights.Desk);
        api.MapPost("/desk/contacts/{id:guid}/end", async (Guid id, HoldContact slice, CancellationToken cancel) => (await slice.End(id, cancel)).ToReply())
            .WithName("EndConversation").WithSummary("Ends the conversation; after-contact work begins").Needs(Rights.Desk);
    }

    public Task<Outcome<Done>> Hold(Guid contact, bool held, CancellationToken cancel) => desk.Do((floor, agent) => floor.Hold(contact, agent, held), cancel);

    public Task<Outcome<Done>> End(Guid contact, CancellationToken cancel) => desk.Do((floor, agent) => floor.EndConversation(contact, agent), cancel);
}
