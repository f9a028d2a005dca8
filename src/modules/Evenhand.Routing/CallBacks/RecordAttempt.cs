using System.ComponentModel.DataAnnotations;
using Evenhand.Dispatch.Queues;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
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

/// <summary>Says how an attempt to call back went: reached, or not and when it is tried again; after the last attempt a leader decides.</summary>
internal sealed class RecordAttempt(EvenhandDb db, LiveFloor floor, TalkReach reach, TalkRules rules, TalkNews news, LinkedItems items, INotifications notifications, CurrentAccess current)
{
    /// <param name="Result">`reached`, `no-answer`, `busy` or `wrong-number`.</param>
    /// <param name="Attempts">Attempts the caller saw, so that two clicks are one attempt.</param>
    public sealed record Request([Required, RegularExpression("reached|no-answer|busy|wrong-number")] string Result, [Range(0, 1000)] int Attempts, [MaxLength(500)] string? Note = null);

    public sealed record Recorded(string State, int Attempts, DateTimeOffset? NextAt);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/call-backs/{id:guid}/attempts", async (Guid id, Request request, RecordAttempt slice, CancellationToken cancel) =>
        (await slice.Run(id, request, cancel)).ToReply()).WithName(nameof(RecordAttempt)).WithSummary("Says how an attempt to call back went").Needs(Rights.CallBacks);

    public async Task<Outcome<Recorded>> Run(Guid id, Request request, CancellationToken cancel)
    {
        if (await db.Promises.FirstOrDefaultAsync(p => p.Id == id, cancel) is not { } promise) return new Refusal("routing.promise.not-found");
        var item = await db.WorkItems.FirstAsync(i => i.Id == promise.ItemId, cancel);
        var own = current.Access.AgentId;
        if (!current.Access.ScopeOf(Rights.CallBacks).Covers(promise.TeamId, promise.AgentId) && (own is null || item.AgentId != own)) return new Refusal("routing.promise.not-found");
        if (!PromiseStates.IsOpen(promise.State)) return new Refusal("routing.promise-over");
        if (promise.Attempts != request.Attempts) return new Refusal("routing.promise-changed");
        var reached = request.Result == "reached";
        if (promise.State == PromiseState.Exhausted && !reached) return new Refusal("routing.promise-exhausted-refusal");
        var (now, settings) = (reach.Now, await rules.Read(cancel));
        promise.Attempts++;
        (promise.State, promise.NextAt) = PromiseStates.After(reached, promise.Attempts, promise.Allowed, now, TimeSpan.FromMinutes(settings.RetryMinutes));
        promise.LastAt = now;
        if (reached) (promise.OpenOf, promise.ClosedAt, promise.ClosedBy) = (null, now, current.Access.Name);
        promise.Version++;
        db.Add(new PromiseAttempt { Id = Guid.CreateVersion7(), PromiseId = id, At = now, By = current.Access.Name, AgentId = own, Result = request.Result, Note = Written.Text(request.Note) });
        if (await Keep(promise, item, reached, own, cancel) is { } refusal) return refusal;
        if (promise.State == PromiseState.Exhausted) await notifications.Tell(Rights.HelpFirst, promise.TeamId, "routing.promise-exhausted-told", [CustomerKey.Masked(promise.Customer), promise.Attempts], "/call-backs", cancel);
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new Refusal("routing.promise-changed");
        }
        if (own is { } agent) await Finish(agent, item.Id, reached, cancel);
        await news.Tell(TalkNews.CallBacks, promise.TeamId, null, cancel);
        return new Recorded(ListPromises.Code(promise.State), promise.Attempts, promise.NextAt);
    }

    /// <summary>The item is done, or waits for the next attempt; one that was closed without a call is followed by another.</summary>
    private async Task<Refusal?> Keep(Promise promise, WorkItem item, bool reached, Guid? agent, CancellationToken cancel)
    {
        if (reached) await items.Set(item, "done", agent ?? item.AgentId, cancel);
        else if ((await items.Again(item, "waiting", cancel)).Refused(out var refusal, out var next)) return refusal;
        else promise.ItemId = next.Id;
        return null;
    }

    /// <summary>If the agent has the item in hand, that contact is over with it.</summary>
    private Task<Outcome<Done>> Finish(Guid agent, Guid item, bool reached, CancellationToken cancel) => floor.Do(state =>
    {
        foreach (var row in state.Held(agent).Where(r => r.State is ContactState.InHand or ContactState.WrappingUp))
        {
            if (state.Contact(row.Arrival.Contact) is not { Source: WorkItemEffects.Source } contact || WorkItemEffects.ItemOf(contact) != item) continue;
            var codes = state.Rules.CodesOf(contact.QueueId).ToList();
            return state.Complete(contact.Id, agent, (reached ? codes.FirstOrDefault(c => c.Code == "resolved") : codes.FirstOrDefault(c => c.OpensCallBack))?.Code, null);
        }
        return null;
    }, cancel);
}
