using Evenhand.Dispatch.Queues;

namespace Evenhand.Dispatch;

public sealed partial class Dispatcher
{
    /// <summary>The agent takes the offer.</summary>
    /// <param name="contact">The contact.</param>
    /// <param name="agent">Who answers.</param>
    /// <param name="at">The present moment.</param>
    /// <returns>`dispatch.offer-gone` when this contact is not, or no longer, offered to this agent.</returns>
    public Denial? Accept(Guid contact, Guid agent, DateTimeOffset at)
    {
        Advance(at);
        if (OfferOf(contact, agent) is not { } known) return new Denial("dispatch.offer-gone", contact, agent);
        Take(known);
        Say(OutputKind.Accepted, known, known.Agent);
        return null;
    }

    /// <summary>The agent rejects the offer; the contact goes to the next at its old place.</summary>
    /// <param name="contact">The contact.</param>
    /// <param name="agent">Who answers.</param>
    /// <param name="at">The present moment.</param>
    /// <returns>`dispatch.offer-gone`.</returns>
    public Denial? Reject(Guid contact, Guid agent, DateTimeOffset at)
    {
        Advance(at);
        if (OfferOf(contact, agent) is not { } known) return new Denial("dispatch.offer-gone", contact, agent);
        Serve(Refuse(known, OutputKind.Rejected));
        TryPlace(known);
        return null;
    }

    /// <summary>The device rang and nobody answered, says the telephone system; the same as an offer that runs out by itself.</summary>
    /// <param name="contact">The contact.</param>
    /// <param name="agent">Whose device.</param>
    /// <param name="at">The present moment.</param>
    /// <returns>`dispatch.offer-gone`.</returns>
    public Denial? RingNoAnswer(Guid contact, Guid agent, DateTimeOffset at)
    {
        Advance(at);
        if (OfferOf(contact, agent) is not { } known) return new Denial("dispatch.offer-gone", contact, agent);
        freed.Add(Ignore(known));
        due.Add(known);
        PlaceDue();
        return null;
    }

    /// <summary>The conversation is over: after-contact work begins as the queue's rules say, or the contact is completed.</summary>
    /// <param name="contact">The contact.</param>
    /// <param name="at">The present moment.</param>
    /// <returns>`dispatch.unknown-contact` or `dispatch.contact-not-in-hand`.</returns>
    public Denial? EndConversation(Guid contact, DateTimeOffset at)
    {
        Advance(at);
        if (InHand(contact, out var known) is { } denied) return denied;
        if (known.State == ContactState.WrappingUp) return null;
        if (known.Home.Rules.WrapUpFor <= TimeSpan.Zero) return Complete(contact, at);
        (known.State, known.Since, known.Until) = (ContactState.WrappingUp, now.UtcTicks, (now + known.Home.Rules.WrapUpFor).UtcTicks);
        Say(OutputKind.WrappingUp, known, known.Agent, known.Until);
        After(known.Until, TimerKind.WrapUp, contact, known.Offer);
        return null;
    }

    /// <summary>All work on the contact is done; its handling time becomes the agent's effort, and the agent is free for the next.</summary>
    /// <param name="contact">The contact.</param>
    /// <param name="at">The present moment.</param>
    /// <param name="handling">Measured handling time; null for the time since it was taken.</param>
    /// <returns>`dispatch.unknown-contact` or `dispatch.contact-not-in-hand`.</returns>
    public Denial? Complete(Guid contact, DateTimeOffset at, TimeSpan? handling = null)
    {
        Advance(at);
        if (InHand(contact, out var known) is { } denied) return denied;
        Serve(Finish(known, handling));
        return null;
    }

    /// <summary>A contact goes from its agent back into line at its old place: the agent was lost, or leaves duty.</summary>
    /// <param name="contact">The contact.</param>
    /// <param name="at">The present moment.</param>
    /// <returns>`dispatch.unknown-contact` or `dispatch.contact-not-in-hand`.</returns>
    public Denial? Return(Guid contact, DateTimeOffset at)
    {
        Advance(at);
        if (InHand(contact, out var known) is { } denied) return denied;
        var agent = Release(known, OutputKind.Returned);
        StandInLine(known);
        Serve(agent);
        TryPlace(known);
        return null;
    }

    /// <summary>A contact goes from its agent to a colleague who may take it and has room.</summary>
    /// <param name="contact">The contact.</param>
    /// <param name="to">The colleague.</param>
    /// <param name="at">The present moment.</param>
    /// <returns>`dispatch.unknown-contact`, `dispatch.contact-not-in-hand`, `dispatch.unknown-agent`, or `dispatch.colleague-not-free` with what the colleague is: `without-skill`, or a standing such as `Full` or `OffDuty`.</returns>
    public Denial? HandOver(Guid contact, Guid to, DateTimeOffset at)
    {
        if (MayHandOver([(contact, to)], at) is { } denied) return denied;
        var (known, colleague) = (contacts[contact], agents[to]);
        var line = LineOf(known.Home, known.Arrival.Skills);
        var agent = Release(known, OutputKind.HandedOver);
        Give(known, colleague, known.Home, line.Pool);
        Take(known);
        Say(OutputKind.Accepted, known, colleague);
        Serve(agent);
        return null;
    }

    /// <summary>Whether contacts can all be handed over, one after the other, so that of several either all go or none.</summary>
    /// <param name="parts">Contact and colleague of each; colleagues may be named more than once.</param>
    /// <param name="at">The present moment.</param>
    /// <returns>What <see cref="HandOver"/> would be refused with; null when all can go.</returns>
    public Denial? MayHandOver(IReadOnlyList<(Guid Contact, Guid To)> parts, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(parts);
        Advance(at);
        var more = new Dictionary<Agent, int>();
        foreach (var (contact, to) in parts)
        {
            if (InHand(contact, out var known) is { } denied) return denied;
            if (!agents.TryGetValue(to, out var colleague)) return new Denial("dispatch.unknown-agent", to);
            var channel = known.Home.Rules.Channel;
            if (!LineOf(known.Home, known.Arrival.Skills).Pool.Takes(colleague.Profile, now)) return new Denial("dispatch.colleague-not-free", to, "without-skill");
            if (colleague.For(channel) is var standing and not Standing.Free) return new Denial("dispatch.colleague-not-free", to, standing.ToString());
            var load = more.GetValueOrDefault(colleague) + colleague.Profile.Mix.Of(channel);
            if (colleague.Load + load > 1000) return new Denial("dispatch.colleague-not-free", to, nameof(Standing.Full));
            more[colleague] = load;
        }
        return null;
    }

    /// <summary>
    /// A contact is with an agent by another's doing: a telephone system connected it. What happened, happened: whatever it waited for is over, skills, presence and room are not asked, and the
    /// agent's account bears it as any other. To whom it was offered or kept instead, nothing is held against; other calls offered to this agent go on to the next.
    /// When it was this agent's offer, the offer is accepted.
    /// </summary>
    /// <param name="contact">The contact.</param>
    /// <param name="agent">Who has it.</param>
    /// <param name="at">The present moment.</param>
    /// <returns>`dispatch.unknown-contact` or `dispatch.unknown-agent`.</returns>
    public Denial? Follow(Guid contact, Guid agent, DateTimeOffset at)
    {
        Advance(at);
        if (!contacts.TryGetValue(contact, out var known)) return new Denial("dispatch.unknown-contact", contact);
        if (!agents.TryGetValue(agent, out var taker)) return new Denial("dispatch.unknown-agent", agent);
        if (known.State is ContactState.InHand or ContactState.WrappingUp && known.Agent == taker) return null;
        if (OfferOf(contact, agent) is not null) return Accept(contact, agent, at);
        if (Detach(known) is { } before) freed.Add(before);
        Give(known, taker, known.Home, LineOf(known.Home, known.Arrival.Skills).Pool);
        known.Offer++;
        Take(known);
        Say(OutputKind.Followed, known, taker);
        foreach (var other in taker.Held.Where(c => c.State == ContactState.Offered && c.Home.Rules.Channel == known.Home.Rules.Channel).OrderBy(c => c.Arrival.Contact).ToList())
        {
            Unoffer(other, OutputKind.Withdrawn);
            StandInLine(other);
            due.Add(other);
        }
        PlaceDue();
        return null;
    }

    /// <summary>Takes a contact from wherever it is; answers the agent who had it or was offered it.</summary>
    private Agent? Detach(Contact contact)
    {
        var (agent, idle) = (contact.Agent, contact.IdleBefore);
        switch (contact.State)
        {
            case ContactState.Waiting:
                Unqueue(contact);
                return null;
            case ContactState.Reserved:
                agent!.Reserved.Remove(contact);
                return null;
            case ContactState.Offered:
                Unoffer(contact, OutputKind.Withdrawn);
                agent!.IdleSince = idle;
                Refresh(agent);
                return agent;
            default:
                return Release(contact, OutputKind.HandedOver);
        }
    }

    private Contact? OfferOf(Guid contact, Guid agent) =>
        contacts.TryGetValue(contact, out var known) && known.State == ContactState.Offered && known.Agent!.Profile.Id == agent ? known : null;

    private Denial? InHand(Guid contact, out Contact known)
    {
        if (!contacts.TryGetValue(contact, out known!)) return new Denial("dispatch.unknown-contact", contact);
        return known.State is ContactState.InHand or ContactState.WrappingUp ? null : new Denial("dispatch.contact-not-in-hand", contact);
    }

    /// <summary>Puts a contact on an agent's account and into the hand, with the handling time to reckon with until it is measured.</summary>
    private void Give(Contact contact, Agent agent, Queue through, Pool pool)
    {
        Bound(agent, pool);
        (contact.Agent, contact.Through, contact.IdleBefore) = (agent, through, agent.IdleSince);
        contact.Handling = Ms((contact.Arrival.ExpectedHandling ?? contact.Home.Rules.ExpectedHandling).Ticks);
        contact.Effort = (long)Math.Round(contact.Handling * contact.Weight);
        agent.Effort += contact.Effort;
        agent.Handling += contact.Handling;
        agent.IdleSince = now.UtcTicks;
        agent.Held.Add(contact);
        Carry(agent, contact, 1);
        Refresh(agent);
    }

    private void Take(Contact contact)
    {
        (contact.State, contact.Since, contact.Taken, contact.Until) = (ContactState.InHand, now.UtcTicks, now.UtcTicks, 0);
        contact.Agent!.Ignored = 0;
        contact.Bars.Clear();
    }

    /// <summary>Takes an offer back: the account is as it was before.</summary>
    private void Unoffer(Contact contact, OutputKind why)
    {
        var agent = contact.Agent!;
        agent.Effort -= contact.Effort;
        agent.Handling -= contact.Handling;
        Drop(contact);
        Say(why, contact, agent);
        Refresh(agent);
    }

    private Agent Refuse(Contact contact, OutputKind why)
    {
        var agent = contact.Agent!;
        agent.IdleSince = now.UtcTicks;
        Unoffer(contact, why);
        var until = (now + contact.Home.Rules.RetrySameAgentAfter).UtcTicks;
        contact.Bars.RemoveAll(b => b.Agent == agent || b.Until <= now.UtcTicks);
        contact.Bars.Add((agent, until));
        After(until, TimerKind.Bar, contact.Arrival.Contact, 0);
        StandInLine(contact);
        return agent;
    }

    private Agent Ignore(Contact contact)
    {
        var agent = Refuse(contact, OutputKind.Ignored);
        if (++agent.Ignored < settings.IgnoresBeforePause || agent.IsPaused) return agent;
        agent.IsPaused = true;
        Say(OutputKind.Paused, null, agent);
        Refresh(agent);
        TakeBack(agent, all: false);
        return agent;
    }

    private Agent Finish(Contact contact, TimeSpan? handling)
    {
        var agent = Settle(contact, handling, OutputKind.Completed);
        Forget(contact);
        return agent;
    }

    private Agent Release(Contact contact, OutputKind why) => Settle(contact, null, why);

    /// <summary>Puts measured in place of expected: only work that was really done counts as effort.</summary>
    private Agent Settle(Contact contact, TimeSpan? handling, OutputKind why)
    {
        var agent = contact.Agent!;
        var spent = Math.Max(0, handling is { } measured ? Ms(measured.Ticks) : Ms(now.UtcTicks) - Ms(contact.Taken));
        var effort = (long)Math.Round(spent * contact.Weight);
        agent.Handling += spent - contact.Handling;
        agent.Effort += effort - contact.Effort;
        agent.IdleSince = now.UtcTicks;
        outputs.Add(new Output(
            why, now, contact.Arrival.Contact, contact.Home.Rules.Id, agent.Profile.Id, default, TimeSpan.FromMilliseconds(spent), TimeSpan.FromMilliseconds(effort)));
        var pool = LineOf(contact.Through ?? contact.Home, contact.Arrival.Skills).Pool;
        Drop(contact);
        Refresh(agent);
        if (Bound(agent, pool)) Refresh(agent);
        return agent;
    }

    private static void Drop(Contact contact)
    {
        var agent = contact.Agent!;
        agent.Held.Remove(contact);
        Carry(agent, contact, -1);
        (contact.Agent, contact.Through, contact.Effort, contact.Handling) = (null, null, 0, 0);
    }

    private static void Carry(Agent agent, Contact contact, int sign)
    {
        var channel = contact.Home.Rules.Channel;
        agent.Load += sign * agent.Profile.Mix.Of(channel);
        if (channel == Channel.Call) agent.Calls += sign;
    }
}
