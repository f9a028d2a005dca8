using Evenhand.Dispatch.Presence;
using Evenhand.Dispatch.Queues;

namespace Evenhand.Dispatch;

public sealed partial class Dispatcher
{
    /// <summary>Adds an agent (signed out until told otherwise) or replaces a profile. Contacts in hand stay in hand.</summary>
    /// <param name="profile">Skills, certificates, capacity.</param>
    /// <param name="at">The present moment.</param>
    public Denial? SetAgent(AgentProfile profile, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(profile);
        if (profile.Mix is { } mix && (mix.Call is < 0 or > 1000 || mix.Chat is < 0 or > 1000 || mix.WorkItem is < 0 or > 1000)) return new Denial("dispatch.channel-mix", profile.Id, "0..1000");
        Advance(at);
        var agent = Know(profile);
        Qualify(agent);
        freed.Add(agent);
        PlaceDue();
        return null;
    }

    /// <summary>An agent is no longer with the centre: offers and contacts in hand go back to their old places.</summary>
    /// <param name="agent">Who.</param>
    /// <param name="at">The present moment.</param>
    /// <returns>`dispatch.unknown-agent`.</returns>
    public Denial? RemoveAgent(Guid agent, DateTimeOffset at)
    {
        if (!agents.TryGetValue(agent, out var known)) return new Denial("dispatch.unknown-agent", agent);
        Advance(at);
        agents.Remove(agent);
        foreach (var membership in known.Memberships) membership.Pool.Leave(membership);
        known.Memberships = [];
        TakeBack(known, all: true);
        PlaceDue();
        return null;
    }

    /// <summary>
    /// An agent's presence changed. Who can no longer take an open offer loses it, and the contact goes on to the next at its old place; contacts in
    /// hand are protected whatever happens. Who leaves duty, breaks the lease or goes on a break gets nothing new.
    /// </summary>
    /// <param name="presence">The new presence.</param>
    /// <param name="at">The present moment.</param>
    /// <returns>`dispatch.unknown-agent`.</returns>
    public Denial? SetPresence(AgentPresence presence, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(presence);
        if (!agents.TryGetValue(presence.Agent, out var agent)) return new Denial("dispatch.unknown-agent", presence.Agent);
        Advance(at);
        var old = agent.Presence;
        if (old.IsOnDuty) agent.Duty += ms - agent.DutySince;
        agent.DutySince = ms;
        agent.Presence = presence;
        var comesBack = old.Wanted != presence.Wanted || old.Silent != presence.Silent;
        var hangsUp = old.Device is DeviceState.Talking or DeviceState.Holding && presence.Device is not (DeviceState.Talking or DeviceState.Holding);
        if (comesBack || hangsUp) agent.IdleSince = now.UtcTicks;
        Refresh(agent);
        TakeBack(agent, all: false);
        freed.Add(agent);
        PlaceDue();
        return null;
    }

    /// <summary>A new shift begins for an agent: effort and on-duty time count from zero, what was owed is settled, and a pause for ignored offers is over.</summary>
    /// <param name="agent">Who.</param>
    /// <param name="at">The present moment.</param>
    /// <returns>`dispatch.unknown-agent`.</returns>
    public Denial? BeginShift(Guid agent, DateTimeOffset at)
    {
        if (!agents.TryGetValue(agent, out var known)) return new Denial("dispatch.unknown-agent", agent);
        Advance(at);
        (known.Effort, known.Forgiven, known.Handling, known.Duty, known.DutySince, known.Ignored) = (0, 0, 0, 0, ms, 0);
        foreach (var contact in known.Held)
        {
            known.Effort += contact.Effort;
            known.Handling += contact.Handling;
        }
        Refresh(known);
        return known.IsPaused ? Resume(agent, at) : null;
    }

    /// <summary>An agent paused for ignoring offers takes contacts again.</summary>
    /// <param name="agent">Who.</param>
    /// <param name="at">The present moment.</param>
    /// <returns>`dispatch.unknown-agent` or `dispatch.not-paused`.</returns>
    public Denial? Resume(Guid agent, DateTimeOffset at)
    {
        if (!agents.TryGetValue(agent, out var known)) return new Denial("dispatch.unknown-agent", agent);
        if (!known.IsPaused) return new Denial("dispatch.not-paused", agent);
        Advance(at);
        (known.IsPaused, known.Ignored, known.IdleSince) = (false, 0, now.UtcTicks);
        Say(OutputKind.Resumed, null, known);
        Refresh(known);
        Serve(known);
        return null;
    }

    private Agent Know(AgentProfile profile)
    {
        if (!agents.TryGetValue(profile.Id, out var agent))
            agents.Add(profile.Id, agent = new Agent { Presence = AgentPresence.SignedOut(profile.Id, now), DutySince = ms, IdleSince = now.UtcTicks });
        agent.Profile = profile;
        return agent;
    }

    /// <summary>Finds the pools an agent belongs to now, and when the next certificate runs out.</summary>
    private void Qualify(Agent agent)
    {
        foreach (var membership in agent.Memberships) membership.Pool.Leave(membership);
        agent.Memberships = [];
        var mine = new List<Membership>();
        foreach (var pool in pools.Values)
            if (pool.Takes(agent.Profile, now)) mine.Add(new Membership(pool, agent));
        agent.Memberships = [.. mine];
        agent.Load = agent.Held.Sum(c => agent.Profile.Mix.Of(c.Home.Rules.Channel));
        foreach (var membership in agent.Memberships) membership.Pool.Join(membership, agent.For(membership.Pool.Channel));
        Refresh(agent);
        foreach (var certificate in agent.Profile.Certificates)
            if (certificate.Until is { } until && until > now) After(until.UtcTicks, TimerKind.Certificate, agent.Profile.Id, 0);
        TakeBack(agent, all: false);
    }

    private static void Join(Agent agent, Pool pool)
    {
        var membership = new Membership(pool, agent);
        agent.Memberships = [.. agent.Memberships, membership];
        pool.Join(membership, agent.For(pool.Channel));
    }

    /// <summary>Tells every pool of the agent what it stands at now: the one place where indexes change.</summary>
    private static void Refresh(Agent agent)
    {
        var on = agent.Presence.IsOnDuty;
        var (credit, duty, head) = on ? (agent.Effort + agent.Forgiven, agent.DutyOffset, 1) : (0L, 0L, 0);
        var (moreCredit, moreDuty, heads) = (credit - agent.SharedCredit, duty - agent.SharedDuty, head - agent.SharedHead);
        (agent.SharedCredit, agent.SharedDuty, agent.SharedHead) = (credit, duty, head);
        var (call, chat, work) = (agent.For(Channel.Call), agent.For(Channel.Chat), agent.For(Channel.WorkItem));
        foreach (var membership in agent.Memberships)
        {
            membership.Pool.Share(moreCredit, moreDuty, heads);
            membership.Pool.Change(membership, membership.Pool.Channel switch { Channel.Call => call, Channel.Chat => chat, _ => work });
        }
    }

    /// <summary>
    /// Offers the agent can no longer answer, and what was kept for someone who is gone, go back into line and are due to be placed; with
    /// <paramref name="all"/> also what is in hand. Answers whether anything went.
    /// </summary>
    private bool TakeBack(Agent agent, bool all)
    {
        if (agent.Held.Count == 0 && agent.Reserved.Count == 0) return false;
        var before = due.Count;
        foreach (var contact in agent.Held.Where(c => all || (c.State == ContactState.Offered && !CanAnswer(agent, c))).OrderBy(c => c.Arrival.Contact).ToList())
        {
            if (contact.State == ContactState.Offered) Unoffer(contact, OutputKind.Withdrawn); else Release(contact, OutputKind.Returned);
            due.Add(contact);
        }
        var isGone = all || !agent.Presence.IsOnDuty || agent.Presence.Silent || agent.IsPaused;
        foreach (var contact in agent.Reserved.Where(c => isGone || !MayTake(agent, c)).OrderBy(c => c.Arrival.Contact).ToList())
        {
            agent.Reserved.Remove(contact);
            due.Add(contact);
        }
        for (var i = before; i < due.Count; i++) StandInLine(due[i]);
        return due.Count > before;
    }

    private bool CanAnswer(Agent agent, Contact contact) => agent.Ability(contact.Home.Rules.Channel) == Standing.Free && MayTake(agent, contact);

    private bool MayTake(Agent agent, Contact contact) => LineOf(contact.Through ?? contact.Home, contact.Arrival.Skills).Pool.Takes(agent.Profile, now);
}
