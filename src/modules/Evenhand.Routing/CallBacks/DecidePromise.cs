using System.ComponentModel.DataAnnotations;
using Evenhand.Kernel.Rights;
using Evenhand.Kernel;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Floor;
using Evenhand.Routing.Rules;
using Evenhand.Routing.Talk;
using Evenhand.Routing.WorkItems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.CallBacks;

/// <summary>A leader has a customer tried again, or gives the promise up with a reason; never one that nobody has called.</summary>
internal sealed class DecidePromise(EvenhandDb db, TalkReach reach, TalkRules rules, TalkNews news, LinkedItems items, CurrentAccess current, IAuditTrail audit)
{
    public sealed record Request(bool GiveUp, [Required, MaxLength(500)] string Reason);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/call-backs/{id:guid}/decision", async (Guid id, Request request, DecidePromise slice, CancellationToken cancel) =>
        (await slice.Run(id, request, cancel)).ToReply()).WithName(nameof(DecidePromise)).WithSummary("Has a customer tried again, or gives the promise up with a reason").Needs(Rights.DecidePromises);

    public async Task<Outcome<Done>> Run(Guid id, Request request, CancellationToken cancel)
    {
        if (await db.Promises.FirstOrDefaultAsync(p => p.Id == id, cancel) is not { } promise || !reach.Over(Rights.DecidePromises, promise.TeamId)) return new Refusal("routing.promise.not-found");
        if (!PromiseStates.IsOpen(promise.State)) return new Refusal("routing.promise-over");
        if (Written.Text(request.Reason) is not { } reason) return new Refusal("routing.reason-needed");
        if (promise.Attempts == 0) return new Refusal("routing.promise-not-tried");
        var (now, item) = (reach.Now, await db.WorkItems.FirstAsync(i => i.Id == promise.ItemId, cancel));
        if (request.GiveUp)
        {
            (promise.State, promise.OpenOf, promise.NextAt, promise.ClosedAt, promise.ClosedBy, promise.ClosedReason) = (PromiseState.GivenUp, null, null, now, current.Access.Name, reason);
            await items.Set(item, "cancelled", null, cancel);
            audit.Record("routing.promise-given-up-audit", "promise", CustomerKey.Masked(promise.Customer), new { promise.Id, reason, promise.Attempts });
        }
        else
        {
            (promise.State, promise.Allowed, promise.NextAt) = (PromiseState.Pending, promise.Attempts + (await rules.Read(cancel)).Attempts, null);
            if ((await items.Again(item, WorkItemType.Initial, cancel)).Refused(out var refusal, out var next)) return refusal;
            promise.ItemId = next.Id;
        }
        promise.Version++;
        db.Add(new PromiseAttempt { Id = Guid.CreateVersion7(), PromiseId = id, At = now, By = current.Access.Name, Result = request.GiveUp ? "given-up" : "again", Note = reason });
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new Refusal("routing.promise-changed");
        }
        await news.Tell(TalkNews.CallBacks, promise.TeamId, null, cancel);
        return Done.It;
    }
}
