using Evenhand.Dispatch.Presence;
using Evenhand.Dispatch.Queues;
using Evenhand.Kernel;

namespace Evenhand.Routing.Floor;

/// <summary>Breaks and meals: a place in the team's queue, taken as soon as nothing is in hand.</summary>
internal sealed partial class FloorState
{
    public const string Meal = "meal";

    public BreakQueue BreaksOf(Guid team) => breaks.GetValueOrDefault(team) ?? BreakQueue.Empty;

    public BreakRules BreakRulesOf(Guid team) => Rules.BreaksOf(team);

    /// <summary>Asks for a break or a meal; answers the place in the queue, 0 when it was granted at once.</summary>
    public Outcome<int> AskBreak(Guid agent, string reason)
    {
        if (Presence(agent).Wanted == WantedState.SignedOut) return new Refusal("routing.not-signed-in");
        var team = TeamOf(agent);
        var asked = BreaksOf(team).Ask(agent, reason, Local(Now), BreakRulesOf(team));
        if (asked.Denied is { } denial) return Refused(denial);
        Granted(team, asked);
        Touch(agent);
        return BreaksOf(team).PositionOf(agent) ?? 0;
    }

    /// <summary>No longer wants it, or comes back: the next may go.</summary>
    public void LeaveBreaks(Guid agent)
    {
        var team = TeamOf(agent);
        var queue = BreaksOf(team);
        if (queue.PositionOf(agent) is null && !queue.Away.Exists(p => p.Agent == agent)) return;
        Touch(agent);
        Granted(team, queue.Return(agent, Local(Now), BreakRulesOf(team)));
        Tell(agent);
    }

    /// <summary>Whether a place away from the floor was given and is not yet taken.</summary>
    public BreakPlace? PlaceOf(Guid agent) => BreaksOf(TeamOf(agent)).Away.FirstOrDefault(p => p.Agent == agent);

    private void TickBreaks()
    {
        foreach (var (team, queue) in breaks.ToList())
        {
            if (queue.Waiting.IsEmpty && queue.Away.All(p => p.Left is not null)) continue;
            var next = queue.Tick(Local(Now), BreakRulesOf(team));
            if (next.Granted.Count == 0 && next.Lapsed.Count == 0) continue;
            foreach (var agent in next.Lapsed) Touch(agent);
            Granted(team, next);
            foreach (var agent in next.Lapsed) Tell(agent);
            Absorb();
        }
    }

    private void Granted(Guid team, BreakStep next)
    {
        Keep(team, next.Queue);
        foreach (var waiting in next.Queue.Waiting) Touch(waiting.Agent);
        foreach (var place in next.Granted)
        {
            Touch(place.Agent);
            LeaveIfGranted(place.Agent);
            Tell(place.Agent);
        }
        Absorb();
    }

    /// <summary>As the router sees it: whoever has a place away from the floor finishes what is in hand and gets nothing new beside or after it.</summary>
    private AgentPresence ForRouter(AgentPresence presence, bool rings) =>
        presence.Wanted == WantedState.Ready && !rings && PlaceOf(presence.Agent) is { Left: null } ? presence with { Wanted = WantedState.AfterContactWork } : presence;

    private AgentPresence ForRouter(Guid agent) => ForRouter(Presence(agent), Held(agent).Exists(r => r.State == ContactState.Offered));

    private void Tell(Guid agent)
    {
        var seen = ForRouter(agent);
        if (dispatcher.FindAgent(agent) is { } row && row.Presence.Wanted != seen.Wanted) dispatcher.SetPresence(seen, Now);
    }

    /// <summary>Whoever has a place and nothing in hand goes; an offer that rings is answered first.</summary>
    private void LeaveIfGranted(Guid agent)
    {
        if (PlaceOf(agent) is not { Left: null } place || dispatcher.HeldBy(agent).Count > 0) return;
        var presence = Presence(agent);
        if (presence.Wanted is not (WantedState.Ready or WantedState.AfterContactWork)) return;
        var team = TeamOf(agent);
        Keep(team, BreaksOf(team).Leave(agent, Local(Now)).Queue);
        var cause = new Cause(Causer.Person, Reason: "granted");
        Change(agent, place.Reason == Meal ? presence.Want(WantedState.Meal, null, cause, Now) : presence.Want(WantedState.Break, place.Reason, cause, Now));
    }

    private void Keep(Guid team, BreakQueue queue)
    {
        breaks[team] = queue;
        step.Breaks.Add(team);
        step.Teams.Add(team);
    }
}
