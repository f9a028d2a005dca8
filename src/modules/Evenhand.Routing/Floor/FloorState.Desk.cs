using Evenhand.Dispatch;
using Evenhand.Dispatch.Presence;
using Evenhand.Dispatch.Queues;
using Evenhand.Kernel;
using Evenhand.Routing.Contracts;
using Evenhand.Routing.Rules;

namespace Evenhand.Routing.Floor;

/// <summary>What a desk shows of the floor, copied, so that it can be read after the floor has gone on.</summary>
/// <param name="Held">Offered and in hand, the first offered first.</param>
internal sealed record DeskFacts(DateTimeOffset Now, TimeZoneInfo Zone, FloorRuleSet Rules, Guid Team, AgentPresence Presence, AgentRow? Row, WorkedShift? Worked, IReadOnlyList<RosteredShift> Shifts, bool KeepsRoster,
    BreakQueue Breaks, int Quota, IReadOnlyList<DeskRequest> Requests, IReadOnlyList<HeldContact> Held);

/// <summary>A contact with its agent, copied.</summary>
internal sealed record HeldContact(FloorContact Kept, ContactRow Row);

/// <summary>A colleague who could take a contact over now.</summary>
/// <param name="Held">How many contacts are in hand.</param>
/// <param name="Load">Share of the capacity taken, 0 to 1.</param>
internal sealed record FreeColleague(Guid AgentId, EffectiveState State, DateTimeOffset Since, int Held, double Load);

/// <summary>The floor as one agent's desk looks at it.</summary>
internal sealed partial class FloorState
{
    private const double Whole = 1000;

    public Outcome<DeskFacts> DeskOf(Guid agent)
    {
        if (!Knows(agent)) return new Refusal("routing.agent-not-on-floor");
        var team = TeamOf(agent);
        IEnumerable<DutyRequest?> asked = [RequestOf(agent, "sign-in"), RequestOf(agent, "sign-off")];
        return new DeskFacts(Now, Zone, Rules, team, Presence(agent), dispatcher.FindAgent(agent), Worked(agent), Shifts(agent), KeepsRoster, BreaksOf(team), BreakRulesOf(team).QuotaAt(Local(Now)),
            [.. asked.OfType<DutyRequest>().OrderByDescending(r => r.At).Select(r => new DeskRequest(r.Kind, r.Reason, Local(r.At), r.Granted, r.DecidedReason))],
            [.. Held(agent).Select(r => new HeldContact(contacts[r.Arrival.Contact].Copy(), r))]);
    }

    /// <summary>Who is free and able to take this contact over, the least loaded first.</summary>
    public Outcome<List<FreeColleague>> ColleaguesFor(Guid contact, Guid agent)
    {
        if (Mine(contact, agent).Refused(out var refusal, out var known)) return refusal;
        if (Rules.Queues.FirstOrDefault(q => q.Id == known.QueueId) is not { } queue) return new Refusal("routing.queue-not-routed");
        return Free(queue, agent);
    }

    private List<FreeColleague> Free(QueueRules queue, Guid but)
    {
        var free = new List<FreeColleague>();
        foreach (var (id, presence) in presences)
        {
            if (id == but || presence is not { Wanted: WantedState.Ready, Silent: false } || !profiles.TryGetValue(id, out var profile) || dispatcher.FindAgent(id) is not { IsPaused: false }) continue;
            var held = Held(id);
            var load = held.Sum(r => profile.Mix.Of(contacts[r.Arrival.Contact].Channel));
            var room = profile.Mix.Of(queue.Channel);
            var speaks = queue.Channel == Channel.Call && presence.Device != DeviceState.Idle;
            if (room == 0 || load + room > Whole || speaks || !profile.Has(queue.Skills, queue.Certificates, Now)) continue;
            free.Add(new FreeColleague(id, presence.Effective, Local(presence.Since), held.Count, load / Whole));
        }
        return [.. free.OrderBy(f => f.Load).ThenBy(f => f.Since)];
    }
}
