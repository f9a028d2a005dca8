using Evenhand.Dispatch;
using Evenhand.Dispatch.Presence;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Floor;
using Evenhand.Routing.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.Desk;

/// <summary>Shows the own day so far: what was handled, how the time went against the standard, and every state one after the other.</summary>
internal sealed class ShowDay(EvenhandDb db, AtDesk desk, IOrganisation organisation, FloorRules rules, TimeProvider clock)
{
    /// <param name="Channel">`call`, `chat` or `work-item`.</param>
    /// <param name="Talk">Seconds from taking to the end of the conversation, on average.</param>
    /// <param name="AfterContact">Seconds after it, on average.</param>
    /// <param name="Target">What the queues expect, on average.</param>
    public sealed record Handled(string Channel, int Count, double Average, double Talk, double AfterContact, double Target);

    /// <param name="Code">The effective state, as a code.</param>
    /// <param name="Until">When it ended; now for the last.</param>
    public sealed record Stretch(string Code, string? BreakReason, DateTimeOffset From, DateTimeOffset Until);

    /// <param name="Occupancy">Share of the time for contacts that was spent on them; null before any.</param>
    /// <param name="BreakShare">Break in on-duty time; null before any.</param>
    /// <param name="MostBreak">The most it should be.</param>
    public sealed record Day(DateTimeOffset Start, DateTimeOffset Now, IReadOnlyList<Handled> Channels, TimeSpan OnDuty, TimeSpan OnBreak, TimeSpan Unreachable, double? Occupancy, double? BreakShare, double MostBreak,
        int Offered, int Accepted, int Rejected, int Ignored, IReadOnlyList<Stretch> States);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/desk/day", async (ShowDay slice, CancellationToken cancel) => (await slice.Run(cancel)).ToReply())
        .WithName(nameof(ShowDay)).WithSummary("The own day so far").Needs(Rights.Desk);

    public async Task<Outcome<Day>> Run(CancellationToken cancel)
    {
        if (desk.Agent is not { } agent) return new Refusal("routing.no-agent");
        var (zone, floor, now) = ((await organisation.Read(cancel)).Zone, await rules.Read(cancel), clock.GetUtcNow());
        var start = FloorState.DayStart(now, zone);
        var rows = await db.PresenceSteps.AsNoTracking().Where(s => s.AgentId == agent && s.At >= start).OrderBy(s => s.Id).ToListAsync(cancel);
        var before = await db.PresenceSteps.AsNoTracking().Where(s => s.AgentId == agent && s.At < start).OrderByDescending(s => s.Id).FirstOrDefaultAsync(cancel);
        var facts = rows.Select(r => r.Fact).ToList();
        if (before is not null) facts.Insert(0, before.Fact);
        var time = DutyTime.Of(agent, facts, start, now);
        var working = time.OnDuty - time.OnBreak;
        var answers = await db.ContactSteps.AsNoTracking().Where(s => s.AgentId == agent && s.At >= start && (s.Kind == OutputKind.Offered || s.Kind == OutputKind.Accepted || s.Kind == OutputKind.Rejected || s.Kind == OutputKind.Ignored))
            .GroupBy(s => s.Kind).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        return new Day(Local(start), Local(now), await Channels(agent, start, floor, cancel), time.OnDuty, time.OnBreak, time.Unreachable,
            working > TimeSpan.Zero ? (working - time.Available - time.Unreachable) / working : null, time.OnDuty > TimeSpan.Zero ? time.OnBreak / time.OnDuty : null, floor.Standard.MostOnBreak,
            answers.GetValueOrDefault(OutputKind.Offered), answers.GetValueOrDefault(OutputKind.Accepted), answers.GetValueOrDefault(OutputKind.Rejected), answers.GetValueOrDefault(OutputKind.Ignored), [.. States(facts, start, now).Select(s => s with { From = Local(s.From), Until = Local(s.Until) })]);

        DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone);
    }

    private async Task<IReadOnlyList<Handled>> Channels(Guid agent, DateTimeOffset start, FloorRuleSet floor, CancellationToken cancel)
    {
        var done = await db.FloorContacts.AsNoTracking().Where(c => c.AgentId == agent && c.AnsweredAt >= start && c.Outcome == "completed")
            .Select(c => new { c.Channel, c.QueueId, c.HandleSeconds, c.AnsweredAt, c.TalkEndedAt, c.EndedAt }).ToListAsync(cancel);
        var expected = floor.Queues.ToDictionary(q => q.Id, q => q.ExpectedHandling.TotalSeconds);
        return [.. done.GroupBy(c => c.Channel).OrderBy(g => g.Key).Select(g => new Handled(FloorState.StateCode(g.Key), g.Count(), g.Average(c => c.HandleSeconds ?? 0), g.Average(c => ((c.TalkEndedAt ?? c.EndedAt) - c.AnsweredAt)?.TotalSeconds ?? 0),
            g.Average(c => (c.EndedAt - c.TalkEndedAt)?.TotalSeconds ?? 0), g.Average(c => expected.GetValueOrDefault(c.QueueId))))];
    }

    /// <summary>The states of the day one after the other, from the first sign-in or the day's start.</summary>
    internal static IEnumerable<Stretch> States(IReadOnlyList<PresenceFact> facts, DateTimeOffset start, DateTimeOffset now)
    {
        for (var i = 0; i < facts.Count; i++)
        {
            var (from, until) = (facts[i].At < start ? start : facts[i].At, i + 1 < facts.Count ? facts[i + 1].At : now);
            if (until <= from || until <= start || (i == 0 && facts[i].To == EffectiveState.SignedOut)) continue;
            yield return new Stretch(FloorState.StateCode(facts[i].To), facts[i].BreakReason, from, until);
        }
    }
}
