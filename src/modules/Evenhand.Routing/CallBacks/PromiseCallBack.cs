using System.ComponentModel.DataAnnotations;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Desk;
using Evenhand.Routing.Floor;
using Evenhand.Routing.Rules;
using Evenhand.Routing.Talk;
using Evenhand.Routing.WorkItems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.CallBacks;

/// <summary>Takes the customer's number and promises a call: a call-back is made of the contact in hand, and the contact is over. A number that has an open promise keeps that one.</summary>
internal sealed class PromiseCallBack(EvenhandDb db, AtDesk desk, TalkReach reach, TalkRules rules, TalkNews news, LinkedItems items)
{
    private const string WrapUp = "call-back";

    /// <param name="Phone">The number to call; the contact's own without it.</param>
    /// <param name="Minutes">How soon the call is promised; as laid down without it.</param>
    /// <param name="About">What the customer wants.</param>
    public sealed record Request([MaxLength(30)] string? Phone = null, [Range(5, 10_080)] int? Minutes = null, [MaxLength(500)] string? About = null);

    /// <param name="Joined">The number had an open promise, which now counts one more request.</param>
    public sealed record Promised(Guid Id, Guid Item, DateTimeOffset DueAt, bool Joined);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/desk/contacts/{id:guid}/call-back", async (Guid id, Request request, PromiseCallBack slice, CancellationToken cancel) =>
        (await slice.Run(id, request, cancel)).ToReply()).WithName(nameof(PromiseCallBack)).WithSummary("Promises a call-back to the customer in hand and finishes the contact").Needs(Rights.Desk);

    public async Task<Outcome<Promised>> Run(Guid id, Request request, CancellationToken cancel, string? wrapUp = null, string? note = null)
    {
        if (await db.Promises.AsNoTracking().FirstOrDefaultAsync(p => p.ContactId == id && p.AgentId == desk.Agent, cancel) is { } again) return Answer(again, false);
        var looked = await desk.Do<(Guid Queue, string? Customer, string? Name)>((floor, agent) => floor.Routed(id) is { Agent: var who } && who == agent && floor.Contact(id) is { } contact
            ? (contact.QueueId, contact.Customer, contact.CustomerName) : new Refusal("routing.contact-not-in-hand"), cancel);
        if (looked.Refused(out var refusal, out var held)) return refusal;
        var phone = Written.Text(request.Phone) ?? held.Customer;
        if (CustomerKey.Of(phone) is not { } key) return new Refusal("routing.call-back-number");
        if ((await Keep(id, request, key, held.Queue, held.Name, cancel)).Refused(out refusal, out var promised)) return refusal;
        var over = await desk.Do((floor, agent) => Finish(floor, agent, id, wrapUp, note), cancel);
        if (over.Refused(out refusal) && refusal.Code != "routing.contact-not-in-hand") return refusal;
        await news.Tell(TalkNews.CallBacks, await reach.TeamOf(desk.Agent!.Value, cancel), null, cancel);
        news.Desk(desk.Agent!.Value);
        return promised;
    }

    /// <summary>Stored before the contact is finished: what was promised is never lost.</summary>
    private async Task<Outcome<Promised>> Keep(Guid contact, Request request, string key, Guid queue, string? name, CancellationToken cancel)
    {
        if (await Join(key, cancel) is { } open) return open;
        var (agent, now, settings, centre) = (desk.Agent!.Value, reach.Now, await rules.Read(cancel), await reach.Centre(cancel));
        var team = await reach.TeamOf(agent, cancel);
        var mode = team is null ? null : await db.CallBackModes.AsNoTracking().FirstOrDefaultAsync(m => m.OpenOf == team, cancel);
        var due = now.AddMinutes(request.Minutes ?? settings.PromiseMinutes);
        var waits = mode is { PeakEndedAt: null };
        var fields = new Dictionary<string, string?> { ["phone"] = key, ["customer"] = name, ["about"] = Written.Text(request.About) };
        var made = await items.Add(LinkedItems.CallBack, CustomerKey.Masked(key), await items.CallBackQueue(queue, centre, cancel), fields, cancel, waits ? "waiting" : WorkItemType.Initial);
        if (made.Refused(out var refusal, out var item)) return refusal;
        var promise = new Promise
        {
            Id = Guid.CreateVersion7(), ItemId = item.Id, Customer = key, OpenOf = key, AgentId = agent, TeamId = team, ModeId = mode?.Id, ContactId = contact, MadeAt = now, DueAt = due, Allowed = settings.Attempts, NextAt = waits ? due : null,
        };
        db.Add(promise);
        try
        {
            await db.SaveChangesAsync(cancel);
            return Answer(promise, false);
        }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear();
            if (await Join(key, cancel) is { } first) return first;
            throw;
        }
    }

    private async Task<Promised?> Join(string key, CancellationToken cancel)
    {
        if (await db.Promises.FirstOrDefaultAsync(p => p.OpenOf == key, cancel) is not { } open) return null;
        await db.Promises.Where(p => p.Id == open.Id).ExecuteUpdateAsync(set => set.SetProperty(p => p.Asked, p => p.Asked + 1), cancel);
        return Answer(open, true);
    }

    private static Refusal? Finish(FloorState floor, Guid agent, Guid contact, string? chosen, string? note)
    {
        if (floor.Contact(contact) is not { } known) return new Refusal("routing.contact-not-in-hand");
        var codes = floor.Rules.CodesOf(known.QueueId).ToList();
        var code = chosen ?? codes.FirstOrDefault(c => c.OpensCallBack)?.Code ?? codes.FirstOrDefault(c => c.Code == WrapUp)?.Code;
        return floor.Complete(contact, agent, code ?? WrapUp, note);
    }

    private static Promised Answer(Promise promise, bool joined) => new(promise.Id, promise.ItemId, promise.DueAt, joined);
}
