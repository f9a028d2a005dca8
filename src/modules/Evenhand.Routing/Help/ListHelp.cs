using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Contracts;
using Evenhand.Routing.Floor;
using Evenhand.Routing.Rules;
using Evenhand.Routing.Talk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.Help;

/// <summary>Who cries for help, who comes, and how long everybody waited: the open ones first, then those still to be written down, then what is over.</summary>
internal sealed class ListHelp(EvenhandDb db, TalkReach reach, FloorRules rules) : IEscalations
{
    private const int Most = 100;

    /// <param name="HeldAt">Since when the customer is on hold; null when not.</param>
    /// <param name="HoldLimit">Seconds a hold may last; null without a limit.</param>
    /// <param name="WaitedSeconds">From asking to being taken, so far for those nobody took.</param>
    public sealed record Row(Guid Id, string Kind, string Agent, string Team, string? Queue, string State, int Level, DateTimeOffset AskedAt, DateTimeOffset? DueAt, string? TakenBy, Guid? TakenById, DateTimeOffset? TakenAt,
        DateTimeOffset? AnsweredAt, DateTimeOffset? ClosedAt, DateTimeOffset? HeldAt, int? HoldLimit, int WaitedSeconds, string? Problem, string? Answer, bool Systematic, bool Announced);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/help", async (ListHelp slice, CancellationToken cancel) => TypedResults.Ok(await slice.Run(cancel)))
            .WithName(nameof(ListHelp)).WithSummary("Cries for help of the units in scope, the open ones first").Needs(Rights.Help);
        api.MapGet("/desk/help", async (ListHelp slice, CurrentAccess current, CancellationToken cancel) =>
            TypedResults.Ok(current.Access.AgentId is { } agent ? await slice.Own(agent, cancel) : [])).WithName("ListOwnHelp").WithSummary("The own cries for help, the latest first").Needs(Rights.Desk);
    }

    public Task<IReadOnlyList<Row>> Run(CancellationToken cancel)
    {
        var open = db.HelpRequests.Where(h => h.State != HelpState.Withdrawn);
        return Rows(reach.Units(Rights.Help) is { } units ? open.Where(h => units.Contains(h.TeamId)) : open, Most, cancel);
    }

    public Task<IReadOnlyList<Row>> Own(Guid agent, CancellationToken cancel) => Rows(db.HelpRequests.Where(h => h.AgentId == agent), 5, cancel);

    public async Task<IReadOnlyList<EscalationNote>> Between(DateTimeOffset from, DateTimeOffset to, IReadOnlyCollection<Guid> teams, CancellationToken cancel)
    {
        var ids = teams.ToArray();
        var found = await db.HelpRequests.AsNoTracking().Where(h => h.AskedAt >= from && h.AskedAt < to && h.State != HelpState.Withdrawn && ids.Contains(h.TeamId)).OrderBy(h => h.AskedAt).ToListAsync(cancel);
        return [.. found.Select(h => new EscalationNote(h.Id, h.Kind == HelpRequest.OnHold, h.TeamId, h.AgentId, h.AskedAt, h.Level, h.TakenBy, h.TakenAt, h.AnsweredAt, h.Problem, h.Answer, h.State == HelpState.Recorded, h.Systematic, h.AnnouncementId))];
    }

    private async Task<IReadOnlyList<Row>> Rows(IQueryable<HelpRequest> wanted, int most, CancellationToken cancel)
    {
        var found = await wanted.AsNoTracking().OrderBy(h => h.State == HelpState.Recorded || h.State == HelpState.Withdrawn ? 2 : h.State == HelpState.Answered ? 1 : 0)
            .ThenByDescending(h => h.AskedAt).Take(most).ToListAsync(cancel);
        if (found.Count == 0) return [];
        var contacts = found.Where(h => h.State is HelpState.Waiting or HelpState.Taken && h.ContactId is not null).Select(h => h.ContactId!.Value).ToArray();
        var held = contacts.Length == 0 ? [] : await db.FloorContacts.AsNoTracking().Where(c => contacts.Contains(c.Id) && c.HeldAt != null).ToDictionaryAsync(c => c.Id, c => c.HeldAt!.Value, cancel);
        var (centre, limit, now) = (await reach.Centre(cancel), (await rules.Read(cancel)).Limits.GetValueOrDefault("holding"), reach.Now);
        return [.. found.Select(h => new Row(h.Id, h.Kind, centre.Agents[h.AgentId].Name, centre.Units[h.TeamId].Name, h.QueueId is { } q && centre.Queues.TryGetValue(q, out var queue) ? queue.Name : null, Code(h.State), h.Level,
            h.AskedAt, h.DueAt, h.TakenBy, h.TakenById, h.TakenAt, h.AnsweredAt, h.ClosedAt, h.ContactId is { } c && held.TryGetValue(c, out var since) ? since : null, (int?)limit?.TotalSeconds,
            (int)((h.TakenAt ?? h.ClosedAt ?? now) - h.AskedAt).TotalSeconds, h.Problem, h.Answer, h.Systematic, h.AnnouncementId is not null))];
    }

    public static string Code(HelpState state) => state.ToString().ToLowerInvariant();
}
