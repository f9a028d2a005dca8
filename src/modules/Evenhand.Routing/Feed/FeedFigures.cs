using Evenhand.Dispatch.Presence;
using Evenhand.Intake.Contracts;
using Evenhand.Kernel;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Floor;
using Evenhand.Routing.Telephony;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.Feed;

/// <summary>
/// Hands what happened on the floor on to the figures: states of agents as they change, and contacts when they are over. Calls of a telephone system
/// are left out, for they come by its own log. Told twice after a crash it counts once.
/// </summary>
internal sealed class FeedFigures(EvenhandDb db, ILiveLog figures, IOrganisation organisation)
{
    public const string Source = "floor";
    private const int Most = 500;

    /// <summary>Hands on one batch; answers how much there was.</summary>
    public async Task<Outcome<int>> Run(CancellationToken cancel)
    {
        db.ChangeTracker.Clear();
        var position = await db.FeedPositions.AsNoTracking().SingleOrDefaultAsync(p => p.Id == FeedPosition.Only, cancel) ?? new FeedPosition { Id = FeedPosition.Only };
        var centre = await organisation.Read(cancel);
        var steps = await db.PresenceSteps.AsNoTracking().Where(s => s.Id.CompareTo(position.Step) > 0).OrderBy(s => s.Id).Take(Most).ToListAsync(cancel);
        var since = position.EndedAt;
        var ended = await db.FloorContacts.AsNoTracking().Where(c => c.EndedAt >= since).OrderBy(c => c.EndedAt).ThenBy(c => c.Id).Take(Most).ToListAsync(cancel);
        ended = [.. ended.Where(c => c.EndedAt > position.EndedAt || c.Id.CompareTo(position.Contact) > 0)];
        if (steps.Count + ended.Count == 0) return 0;
        var phones = await db.Pbxs.AsNoTracking().Select(p => p.Name).ToListAsync(cancel);
        var states = await States(steps, centre, cancel);
        var contacts = ended.Where(c => c.Outcome is "completed" or "abandoned" && !phones.Contains(c.Source)).Select(c => Told(c, centre)).ToList();
        if ((await figures.Record(Source, contacts, states, cancel)).Refused(out var refusal)) return refusal;
        db.ChangeTracker.Clear();
        var kept = await db.FeedPositions.SingleOrDefaultAsync(p => p.Id == FeedPosition.Only, cancel) ?? db.Add(new FeedPosition { Id = FeedPosition.Only }).Entity;
        if (steps.Count > 0) kept.Step = steps[^1].Id;
        if (ended.Count > 0) (kept.EndedAt, kept.Contact) = (ended[^1].EndedAt!.Value, ended[^1].Id);
        await db.SaveChangesAsync(cancel);
        return steps.Count + ended.Count;
    }

    /// <summary>Each step closes the state before it and opens its own; being signed in covers them all.</summary>
    private async Task<List<LiveState>> States(List<PresenceStepRow> steps, OrganisationSnapshot centre, CancellationToken cancel)
    {
        var told = new List<LiveState>();
        foreach (var (agent, mine) in steps.GroupBy(s => s.AgentId).Select(g => (g.Key, g.ToList())))
        {
            if (!centre.Agents.TryGetValue(agent, out var known)) continue;
            var first = mine[0].Id;
            var before = await db.PresenceSteps.AsNoTracking().Where(s => s.AgentId == agent && s.Id.CompareTo(first) < 0).OrderByDescending(s => s.Id).FirstOrDefaultAsync(cancel);
            var signedIn = before is null || before.To == EffectiveState.SignedOut ? null
                : (await db.PresenceSteps.AsNoTracking().Where(s => s.AgentId == agent && s.Id.CompareTo(first) < 0 && s.From == EffectiveState.SignedOut).OrderByDescending(s => s.Id).FirstOrDefaultAsync(cancel))?.At;
            // What was told as lasting is closed in any case; what came and went within a second of this batch is not worth a row.
            var lasting = before;
            foreach (var step in mine)
            {
                var at = step.At.ToUnixTimeSeconds();
                if (before is not null && Word(before) is { } was && (before == lasting || before.At.ToUnixTimeSeconds() < at)) told.Add(new LiveState(known.Code, was.State, was.Reason, before.At.ToUnixTimeSeconds(), at));
                if (step.From == EffectiveState.SignedOut) signedIn = step.At;
                if (step.To == EffectiveState.SignedOut && signedIn is { } start) told.Add(new LiveState(known.Code, AgentState.SignedIn, null, start.ToUnixTimeSeconds(), at));
                before = step;
            }
            if (before!.To == EffectiveState.SignedOut) continue;
            if (signedIn is { } open) told.Add(new LiveState(known.Code, AgentState.SignedIn, null, open.ToUnixTimeSeconds(), null));
            if (Word(before) is { } present) told.Add(new LiveState(known.Code, present.State, present.Reason, before.At.ToUnixTimeSeconds(), null));
        }
        return told;
    }

    private static (AgentState State, string? Reason)? Word(PresenceStepRow step) => step.To switch
    {
        EffectiveState.SignedOut => null,
        EffectiveState.Available => (AgentState.Available, null),
        EffectiveState.Ringing => (AgentState.Ringing, null),
        EffectiveState.Talking or EffectiveState.Working => (AgentState.Talking, null),
        EffectiveState.Holding => (AgentState.Holding, null),
        EffectiveState.AfterContactWork => (AgentState.AfterContact, null),
        EffectiveState.OnBreak => (AgentState.Break, step.BreakReason),
        EffectiveState.AtMeal => (AgentState.Meal, null),
        EffectiveState.InTraining => (AgentState.Training, null),
        EffectiveState.InMeeting => (AgentState.Meeting, null),
        _ => (AgentState.OtherNotReady, FloorState.StateCode(step.To)),
    };

    private static LiveContact Told(FloorContact c, OrganisationSnapshot centre) => new(c.Id.ToString(), centre.Queues[c.QueueId].Code,
        c.Outcome == "completed" && c.AgentId is { } agent ? centre.Agents[agent].Code : null, c.Customer, c.ArrivedAt.ToUnixTimeSeconds(), c.Outcome == "completed" ? c.AnsweredAt?.ToUnixTimeSeconds() : null,
        (c.Outcome == "completed" ? c.TalkEndedAt ?? c.EndedAt! : c.EndedAt!).Value.ToUnixTimeSeconds(), (int)c.HoldSeconds,
        c is { TalkEndedAt: { } talk, EndedAt: { } end } && c.Outcome == "completed" ? (int)(end - talk).TotalSeconds : null, c.Outcome == "completed" ? ContactOutcome.Answered : ContactOutcome.Abandoned);
}
