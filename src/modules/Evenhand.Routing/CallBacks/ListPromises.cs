using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Contracts;
using Evenhand.Routing.Rules;
using Evenhand.Routing.Talk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.CallBacks;

/// <summary>Every promise with its state, its attempts and when it is tried next; the modes that are open; what is suggested.</summary>
internal sealed class ListPromises(EvenhandDb db, TalkReach reach, TalkRules rules, WatchPeak watch, CurrentAccess current) : IPromises
{
    private const int Most = 300;

    /// <param name="Customer">The number, masked.</param>
    /// <param name="State">`pending`, `exhausted`, `reached`, `given-up`.</param>
    /// <param name="ItemOver">The work item was closed while nobody recorded a call.</param>
    /// <param name="MayDecide">This reader may have it tried again or give it up.</param>
    public sealed record Row(Guid Id, Guid Item, string Customer, string Agent, string? Team, string State, DateTimeOffset MadeAt, DateTimeOffset DueAt, bool Overdue, int Asked, int Attempts, int Allowed, DateTimeOffset? LastAt,
        DateTimeOffset? NextAt, string? WorkedBy, bool ItemOver, DateTimeOffset? ClosedAt, string? ClosedBy, string? ClosedReason, bool MayDecide, IReadOnlyList<Attempt> History);

    public sealed record Attempt(DateTimeOffset At, string By, string Result, string? Note);

    public sealed record Mode(Guid Id, string Team, string Reason, DateTimeOffset StartedAt, string StartedBy, DateTimeOffset? PeakEndedAt, int Promised, int Open, int Reached, int GivenUp, bool MaySwitch);

    /// <param name="Suggestion">A text key with two arguments, waiting and longest wait in seconds; null for nothing.</param>
    public sealed record Listed(IReadOnlyList<Mode> Modes, IReadOnlyList<Row> Rows, string? Suggestion, int Waiting, int LongestSeconds);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/call-backs", async (bool? all, ListPromises slice, CancellationToken cancel) => TypedResults.Ok(await slice.Run(all ?? false, cancel)))
        .WithName(nameof(ListPromises)).WithSummary("Promised call-backs with their attempts, the overdue first; all=true brings those that are over too").Needs(Rights.CallBacks);

    public async Task<Listed> Run(bool all, CancellationToken cancel)
    {
        var (scope, now, centre) = (current.Access.ScopeOf(Rights.CallBacks), reach.Now, await reach.Centre(cancel));
        var (everything, teams, own) = (scope.All, scope.Units.ToArray(), scope.OwnAgent);
        var found = await db.Promises.AsNoTracking().Where(p => (everything || (p.TeamId != null && teams.Contains(p.TeamId.Value)) || p.AgentId == own || (own != null && db.Set<WorkItems.WorkItem>().Any(i => i.Id == p.ItemId && i.AgentId == own)))
            && (all || p.State == PromiseState.Pending || p.State == PromiseState.Exhausted)).OrderBy(p => p.ClosedAt != null).ThenBy(p => p.DueAt).Take(Most).ToListAsync(cancel);
        var (ids, itemIds) = (found.Select(p => p.Id).ToArray(), found.Select(p => p.ItemId).ToArray());
        var attempts = (await db.PromiseAttempts.AsNoTracking().Where(a => ids.Contains(a.PromiseId)).OrderBy(a => a.Id).ToListAsync(cancel)).ToLookup(a => a.PromiseId);
        var items = await db.Set<WorkItems.WorkItem>().AsNoTracking().Where(i => itemIds.Contains(i.Id)).Select(i => new { i.Id, i.AgentId, i.ClosedAt }).ToDictionaryAsync(i => i.Id, cancel);
        var peak = await db.PeakWatches.AsNoTracking().FirstOrDefaultAsync(w => w.Id == PeakWatch.Only, cancel);
        var suggested = current.Access.May(Rights.CallBackMode) ? await watch.Suggestion(peak, (await rules.Read(cancel)).Peak, now, cancel) : null;
        return new Listed(await Modes(centre, everything, teams, own, cancel), [.. found.Select(p => new Row(p.Id, p.ItemId, CustomerKey.Masked(p.Customer), Name(centre, p.AgentId), TeamName(centre, p.TeamId), Code(p.State), p.MadeAt, p.DueAt,
            PromiseStates.IsOverdue(p.State, p.Attempts, p.DueAt, now), p.Asked, p.Attempts, p.Allowed, p.LastAt, p.NextAt, items[p.ItemId].AgentId is { } who ? Name(centre, who) : null, PromiseStates.IsOpen(p.State) && items[p.ItemId].ClosedAt is not null,
            p.ClosedAt, p.ClosedBy, p.ClosedReason, PromiseStates.IsOpen(p.State) && p.Attempts > 0 && reach.Over(Rights.DecidePromises, p.TeamId), [.. attempts[p.Id].Select(a => new Attempt(a.At, a.By, a.Result, a.Note))]))],
            suggested, peak?.Waiting ?? 0, peak?.LongestSeconds ?? 0);
    }

    /// <summary>The mode the agent's team is in, and since when; null outside one.</summary>
    public async Task<CallBackMode?> ModeOf(Guid agent, CancellationToken cancel) =>
        await reach.TeamOf(agent, cancel) is { } team ? await db.CallBackModes.AsNoTracking().FirstOrDefaultAsync(m => m.OpenOf == team, cancel) : null;

    public async Task<PromiseCounts> Open(CancellationToken cancel)
    {
        var now = reach.Now;
        var open = await db.Promises.AsNoTracking().Where(p => p.State == PromiseState.Pending || p.State == PromiseState.Exhausted)
            .GroupBy(p => p.TeamId).Select(g => new { g.Key, Open = g.Count(), Overdue = g.Count(p => p.State == PromiseState.Pending && p.Attempts == 0 && p.DueAt <= now), Stuck = g.Count(p => p.State == PromiseState.Exhausted), First = g.Min(p => p.DueAt) }).ToListAsync(cancel);
        return new PromiseCounts(open.Sum(t => t.Open), open.Sum(t => t.Overdue), open.Sum(t => t.Stuck), open.Count == 0 ? null : open.Min(t => t.First), open.Where(t => t.Key is not null).ToDictionary(t => t.Key!.Value, t => t.Open));
    }

    public static string Code(PromiseState state) => state == PromiseState.GivenUp ? "given-up" : state.ToString().ToLowerInvariant();

    private async Task<IReadOnlyList<Mode>> Modes(OrganisationSnapshot centre, bool everything, Guid[] teams, Guid? own, CancellationToken cancel)
    {
        var team = own is { } agent ? centre.TeamOf(agent, reach.Today(centre)) : null;
        var open = await db.CallBackModes.AsNoTracking().Where(m => m.OpenOf != null && (everything || teams.Contains(m.TeamId) || m.TeamId == team)).OrderBy(m => m.StartedAt).ToListAsync(cancel);
        var ids = open.Select(m => m.Id).ToArray();
        var counts = await db.Promises.AsNoTracking().Where(p => p.ModeId != null && ids.Contains(p.ModeId.Value)).GroupBy(p => new { p.ModeId, p.State }).Select(g => new { g.Key.ModeId, g.Key.State, Count = g.Count() }).ToListAsync(cancel);
        return [.. open.Select(m => new Mode(m.Id, centre.Units[m.TeamId].Name, m.Reason, m.StartedAt, m.StartedBy, m.PeakEndedAt, Of(m.Id, _ => true), Of(m.Id, PromiseStates.IsOpen), Of(m.Id, s => s == PromiseState.Reached), Of(m.Id, s => s == PromiseState.GivenUp),
            reach.Over(Rights.CallBackMode, m.TeamId)))];

        int Of(Guid mode, Func<PromiseState, bool> which) => counts.Where(c => c.ModeId == mode && which(c.State)).Sum(c => c.Count);
    }

    private static string Name(OrganisationSnapshot centre, Guid agent) => centre.Agents[agent].Name;

    private static string? TeamName(OrganisationSnapshot centre, Guid? team) => team is { } id && centre.Units.TryGetValue(id, out var unit) ? unit.Name : null;
}
