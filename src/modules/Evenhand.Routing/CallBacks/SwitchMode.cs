using System.ComponentModel.DataAnnotations;
using Evenhand.Kernel.Rights;
using Evenhand.Kernel;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Floor;
using Evenhand.Routing.Talk;
using Evenhand.Routing.WorkItems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.CallBacks;

/// <summary>Switches teams to call-backs at a peak, lets them call back when it is over, and closes the mode when nothing promised is left uncalled.</summary>
internal sealed class SwitchMode(EvenhandDb db, TalkReach reach, TalkNews news, LinkedItems items, INotifications notifications, IAuditTrail audit, CurrentAccess current)
{
    /// <param name="Teams">Codes of teams.</param>
    public sealed record Request([Required, MinLength(1), MaxLength(100)] IReadOnlyList<string> Teams, [Required, MaxLength(500)] string Reason);

    public sealed record Switched(int Teams);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/call-back-modes", async (Request request, SwitchMode slice, CancellationToken cancel) => (await slice.Run(request, cancel)).ToReply())
            .WithName(nameof(SwitchMode)).WithSummary("Switches teams to taking numbers, with a reason").Needs(Rights.CallBackMode);
        api.MapPost("/call-back-modes/{id:guid}/end-peak", async (Guid id, SwitchMode slice, CancellationToken cancel) => (await slice.EndPeak(id, cancel)).ToReply())
            .WithName("EndPeak").WithSummary("The peak is over: the team calls back").Needs(Rights.CallBackMode);
        api.MapPost("/call-back-modes/{id:guid}/done", async (Guid id, SwitchMode slice, CancellationToken cancel) => (await slice.Finish(id, cancel)).ToReply())
            .WithName("FinishMode").WithSummary("Closes the mode; refused while a promise is open").Needs(Rights.CallBackMode);
    }

    public async Task<Outcome<Switched>> Run(Request request, CancellationToken cancel)
    {
        if (Written.Text(request.Reason) is not { } reason) return new Refusal("routing.reason-needed");
        var (centre, now) = (await reach.Centre(cancel), reach.Now);
        var teams = centre.Units.Values.Where(u => u.Kind == UnitKind.Team && request.Teams.Contains(u.Code)).ToList();
        if (request.Teams.Except(teams.Select(t => t.Code)).FirstOrDefault() is { } unknown) return new Refusal("routing.unit-unknown", unknown);
        if (teams.FirstOrDefault(t => !reach.Over(Rights.CallBackMode, t.Id)) is { } beyond) return new Refusal("routing.call-back-mode.not-allowed", beyond.Name);
        var ids = teams.Select(t => t.Id).ToArray();
        var open = await db.CallBackModes.Where(m => m.OpenOf != null && ids.Contains(m.OpenOf.Value)).ToListAsync(cancel);
        if (open.FirstOrDefault(m => m.PeakEndedAt is null) is { } on) return new Refusal("routing.call-back-mode-on", centre.Units[on.TeamId].Name);
        // A second peak while the team still calls back: what the first one promised stays promised, under the new mode's eye.
        foreach (var earlier in open) (earlier.PeakEndedAt, earlier.PeakEndedBy, earlier.Version) = (null, null, earlier.Version + 1);
        foreach (var team in teams.Where(t => open.All(m => m.TeamId != t.Id)))
            db.Add(new CallBackMode { Id = Guid.CreateVersion7(), TeamId = team.Id, Reason = reason, StartedAt = now, StartedBy = current.Access.Name, OpenOf = team.Id });
        audit.Record("routing.call-back-mode-started", "team", string.Join(", ", teams.Select(t => t.Code)), new { reason });
        var people = reach.AgentsOf(centre, ids);
        await notifications.TellAgents(people, "routing.call-back-mode-told", [reason], null, cancel);
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException)
        {
            return new Refusal("routing.call-back-mode-changed");
        }
        await Tell(ids, people, cancel);
        return new Switched(teams.Count);
    }

    /// <summary>Everything that was held back goes into the line at once.</summary>
    public async Task<Outcome<Done>> EndPeak(Guid id, CancellationToken cancel)
    {
        if (await Find(id, cancel) is not { } mode) return new Refusal("routing.call-back-mode.not-found");
        if (mode.PeakEndedAt is not null) return Done.It;
        (mode.PeakEndedAt, mode.PeakEndedBy) = (reach.Now, current.Access.Name);
        mode.Version++;
        var held = await db.Promises.Where(p => p.ModeId == id && p.State == PromiseState.Pending && p.Attempts == 0 && p.NextAt != null).ToListAsync(cancel);
        var ids = held.Select(p => p.ItemId).ToArray();
        var waiting = await db.WorkItems.Where(i => ids.Contains(i.Id)).ToDictionaryAsync(i => i.Id, cancel);
        foreach (var promise in held)
        {
            if ((await items.Again(waiting[promise.ItemId], WorkItemType.Initial, cancel)).Refused(out var refusal, out var next)) return refusal;
            (promise.ItemId, promise.NextAt) = (next.Id, null);
            promise.Version++;
        }
        var people = reach.AgentsOf(await reach.Centre(cancel), [mode.TeamId]);
        await notifications.TellAgents(people, "routing.peak-ended-told", [held.Count], "/call-backs", cancel);
        audit.Record("routing.call-back-peak-ended", "call-back-mode", id.ToString(), new { Held = held.Count });
        return await Save(mode, people, cancel);
    }

    public async Task<Outcome<Done>> Finish(Guid id, CancellationToken cancel)
    {
        if (await Find(id, cancel) is not { } mode) return new Refusal("routing.call-back-mode.not-found");
        if (mode.DoneAt is not null) return Done.It;
        if (mode.PeakEndedAt is null) return new Refusal("routing.peak-not-ended");
        var left = await db.Promises.CountAsync(p => p.ModeId == id && (p.State == PromiseState.Pending || p.State == PromiseState.Exhausted), cancel);
        if (left > 0) return new Refusal("routing.promises-open", left);
        (mode.DoneAt, mode.DoneBy, mode.OpenOf) = (reach.Now, current.Access.Name, null);
        mode.Version++;
        audit.Record("routing.call-back-mode-done", "call-back-mode", id.ToString());
        return await Save(mode, [], cancel);
    }

    private async Task<CallBackMode?> Find(Guid id, CancellationToken cancel) =>
        await db.CallBackModes.FirstOrDefaultAsync(m => m.Id == id, cancel) is { } mode && reach.Over(Rights.CallBackMode, mode.TeamId) ? mode : null;

    private async Task<Outcome<Done>> Save(CallBackMode mode, IReadOnlyList<Guid> people, CancellationToken cancel)
    {
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new Refusal("routing.call-back-mode-changed");
        }
        await Tell([mode.TeamId], people, cancel);
        return Done.It;
    }

    private async Task Tell(IEnumerable<Guid> teams, IEnumerable<Guid> people, CancellationToken cancel)
    {
        foreach (var team in teams) await news.Tell(TalkNews.CallBacks, team, null, cancel);
        foreach (var agent in people) news.Desk(agent);
    }
}
