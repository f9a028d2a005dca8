using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.CallBacks;
using Evenhand.Routing.Floor;
using Evenhand.Routing.Telephony;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.Desk;

/// <summary>Dials the customer of the call-back in hand: the agent's own phone rings, and when it is picked up the promised number is called. How it went is said afterwards.</summary>
internal sealed class DialContact(EvenhandDb db, AtDesk desk, PbxCommands commands)
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/desk/contacts/{id:guid}/dial", async (Guid id, DialContact slice, CancellationToken cancel) =>
        (await slice.Run(id, cancel)).ToReply()).WithName(nameof(DialContact)).WithSummary("Dials the customer of the call-back in hand from the agent's own phone").Needs(Rights.Desk);

    public async Task<Outcome<Done>> Run(Guid id, CancellationToken cancel)
    {
        var held = await desk.Do<Guid?>((floor, agent) => floor.InHand(id, agent).Refused(out var other, out var contact) ? other : contact.Source == WorkItemEffects.Source ? WorkItemEffects.ItemOf(contact) : (Guid?)null, cancel);
        if (held.Refused(out var refusal)) return refusal;
        var item = held.Value;
        if (item is null || await db.Promises.AsNoTracking().Where(p => p.ItemId == item && p.OpenOf != null).Select(p => p.Customer).FirstOrDefaultAsync(cancel) is not { } number) return new Refusal("routing.dial-no-call-back");
        var answer = await commands.Originate(desk.Agent!.Value, number, cancel);
        return answer.Outcome switch
        {
            PhoneOutcome.Done => Done.It,
            PhoneOutcome.NoPhone => new Refusal(await db.Pbxs.AnyAsync(p => p.EndedAt == null, cancel) ? "routing.dial-no-phone" : "routing.dial-no-pbx"),
            PhoneOutcome.NotANumber => new Refusal("routing.call-back-number"),
            PhoneOutcome.Refused => new Refusal("routing.dial-refused"),
            PhoneOutcome.Unanswered => new Refusal("routing.dial-unanswered"),
            _ => new Refusal("routing.dial-not-connected"),
        };
    }
}
