using Evenhand.Dispatch.Policies;
using Evenhand.Dispatch.Queues;

namespace Evenhand.Dispatch;

public sealed partial class Dispatcher
{
    /// <summary>A contact arrives. It goes to an agent at once, is kept for its own or last agent, stands in line at the place its arrival gives it, or is turned away.</summary>
    /// <param name="arrival">The contact.</param>
    /// <param name="at">The present moment; may be later than the arrival when the host was away.</param>
    /// <returns>`dispatch.unknown-queue`, `dispatch.contact-known` or `dispatch.contact-priority` (bounds) or `dispatch.contact-weight` (bounds).</returns>
    public Denial? Arrive(Arrival arrival, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(arrival);
        if (!queues.TryGetValue(arrival.Queue, out var home)) return new Denial("dispatch.unknown-queue", arrival.Queue);
        if (contacts.ContainsKey(arrival.Contact)) return new Denial("dispatch.contact-known", arrival.Contact);
        if (arrival.Priority is < -1000 or > 1000) return new Denial("dispatch.contact-priority", arrival.Contact, "-1000..1000");
        if (arrival.Weight is not (null or (> 0 and <= 100)) || arrival.ExpectedHandling <= TimeSpan.Zero) return new Denial("dispatch.contact-weight", arrival.Contact, "0..100");
        Advance(at);
        var overflowed = OverflowOnArrival(home);
        if (!home.IsOpen && home.Rules.WhenClosed == WhenClosed.TurnAway && overflowed == 0)
        {
            outputs.Add(new Output(OutputKind.TurnedAway, now, arrival.Contact, arrival.Queue, Guid.Empty));
            return null;
        }
        var contact = Know(arrival, home);
        contact.Overflowed = overflowed;
        for (var i = 0; i < home.Rules.Overflow.Count; i++)
        {
            if ((overflowed & (1u << i)) != 0) Overflow(contact, i);
            else if (home.Rules.Overflow[i].After is { } after) After((arrival.At + after).UtcTicks, TimerKind.Overflow, arrival.Contact, i);
        }
        if (Prefer(contact)) return null;
        StandInLine(contact);
        TryPlace(contact);
        return null;
    }

    /// <summary>The customer has left before being served; an offer that rings is taken back, and its agent keeps the old place among the idle.</summary>
    /// <param name="contact">The contact.</param>
    /// <param name="at">The present moment.</param>
    /// <returns>`dispatch.unknown-contact` or `dispatch.contact-in-hand` (agent): what is in hand is finished, not abandoned.</returns>
    public Denial? Abandon(Guid contact, DateTimeOffset at)
    {
        Advance(at);
        if (!contacts.TryGetValue(contact, out var known)) return new Denial("dispatch.unknown-contact", contact);
        if (known.State is ContactState.InHand or ContactState.WrappingUp) return new Denial("dispatch.contact-in-hand", contact, known.Agent!.Profile.Id);
        var agent = known.State == ContactState.Offered ? known.Agent : null;
        var idle = known.IdleBefore;
        if (agent is not null) Unoffer(known, OutputKind.Withdrawn);
        else if (known.State == ContactState.Reserved) known.Agent!.Reserved.Remove(known);
        else Unqueue(known);
        Say(OutputKind.Abandoned, known, null);
        Forget(known);
        if (agent is null) return null;
        agent.IdleSince = idle;
        Refresh(agent);
        Serve(agent);
        return null;
    }

    /// <summary>A contact moves into another queue of any channel, from a line or from an agent's hand, and keeps the place its arrival gives it there.</summary>
    /// <param name="contact">The contact.</param>
    /// <param name="queue">Where it goes.</param>
    /// <param name="at">The present moment.</param>
    /// <returns>`dispatch.unknown-contact`, `dispatch.unknown-queue` or `dispatch.contact-offered`: an offer is answered or withdrawn first.</returns>
    public Denial? Move(Guid contact, Guid queue, DateTimeOffset at)
    {
        Advance(at);
        if (!contacts.TryGetValue(contact, out var known)) return new Denial("dispatch.unknown-contact", contact);
        if (!queues.TryGetValue(queue, out var home)) return new Denial("dispatch.unknown-queue", queue);
        if (known.State == ContactState.Offered) return new Denial("dispatch.contact-offered", contact);
        var agent = known.State is ContactState.InHand or ContactState.WrappingUp ? known.Agent : null;
        if (agent is not null) Release(known, OutputKind.Returned);
        else if (known.State == ContactState.Reserved) known.Agent!.Reserved.Remove(known);
        else Unqueue(known);
        (known.Home, known.Arrival, known.Overflowed) = (home, known.Arrival with { Queue = queue }, 0);
        Say(OutputKind.Moved, known, null);
        for (var i = 0; i < home.Rules.Overflow.Count; i++)
            if (home.Rules.Overflow[i].After is { } after) After((known.Arrival.At + after).UtcTicks, TimerKind.Overflow, contact, i);
        StandInLine(known);
        if (agent is not null) Serve(agent);
        TryPlace(known);
        return null;
    }

    private Contact Know(Arrival arrival, Queue home)
    {
        var contact = spareContacts.TryPop(out var spare) ? spare : new Contact();
        (contact.Arrival, contact.Home) = (arrival, home);
        contacts.Add(arrival.Contact, contact);
        return contact;
    }

    private void Forget(Contact contact)
    {
        contacts.Remove(contact.Arrival.Contact);
        contact.Clear();
        spareContacts.Push(contact);
    }

    private static uint OverflowOnArrival(Queue home)
    {
        var mask = 0u;
        for (var i = 0; i < home.Rules.Overflow.Count; i++)
            if (home.Rules.Overflow[i] is var rule && ((rule.Closed && !home.IsOpen) || home.Waiting >= rule.AtLength)) mask |= 1u << i;
        return mask;
    }

    /// <summary>Gives the contact to its own or last agent, or keeps it for that agent while the limit lasts and the agent is there.</summary>
    private bool Prefer(Contact contact)
    {
        var rules = contact.Home.Rules;
        return Prefer(contact, contact.Arrival.VipAgent, contact.Arrival.VipAgentFor ?? rules.VipAgentFor, Bends.VipAgent) || Prefer(contact, contact.Arrival.LastAgent, rules.LastAgentFor, Bends.LastAgent);
    }

    private bool Prefer(Contact contact, Guid? who, TimeSpan limit, Bends bend)
    {
        var until = (contact.Arrival.At + limit).UtcTicks;
        if (who is not { } id || until <= now.UtcTicks || contact.Home.IsHeld || !agents.TryGetValue(id, out var agent)) return false;
        var line = LineOf(contact.Home, contact.Arrival.Skills);
        if (!agent.Presence.IsOnDuty || agent.Presence.Silent || agent.IsPaused || !line.Pool.Takes(agent.Profile, now)) return false;
        contact.Preference = bend;
        if (agent.For(contact.Home.Rules.Channel) == Standing.Free)
        {
            Prefer(contact, agent, line);
            return true;
        }
        Reserve(contact, agent, until);
        return true;
    }

    private void Reserve(Contact contact, Agent agent, long until)
    {
        (contact.State, contact.Agent, contact.Since, contact.Until) = (ContactState.Reserved, agent, now.UtcTicks, until);
        agent.Reserved.Add(contact);
        Say(OutputKind.Reserved, contact, agent, until);
        After(until, TimerKind.Reservation, contact.Arrival.Contact, 0);
    }

    /// <summary>Puts the contact into its home line and those of its helpers, at the place its arrival gives it.</summary>
    private void StandInLine(Contact contact)
    {
        (contact.State, contact.Agent, contact.Preference, contact.Since) = (ContactState.Waiting, null, Bends.None, now.UtcTicks);
        (contact.Until, contact.Taken, contact.IdleBefore) = (0, 0, 0);
        for (var i = 0; i < contact.Home.Rules.Overflow.Count; i++)
            if (TakesHold(contact, i)) Overflow(contact, i);
        StandAll(contact);
        Say(OutputKind.Queued, contact, null);
    }

    private void Overflow(Contact contact, int rule)
    {
        contact.Overflowed |= 1u << rule;
        Say(OutputKind.Overflowed, contact, null, 0, contact.Home.Rules.Overflow[rule].To);
    }

    private bool TakesHold(Contact contact, int rule) =>
        rule < contact.Home.Rules.Overflow.Count && (contact.Overflowed & (1u << rule)) == 0 && contact.Home.Rules.Overflow[rule].After is { } after && contact.Arrival.At + after <= now;

    private void StandAll(Contact contact)
    {
        Stand(contact, contact.Home);
        for (var i = 0; i < contact.Home.Rules.Overflow.Count; i++)
            if ((contact.Overflowed & (1u << i)) != 0) Stand(contact, queues[contact.Home.Rules.Overflow[i].To]);
    }

    private void Stand(Contact contact, Queue queue)
    {
        foreach (var standing in contact.Tickets)
            if (standing.Line.Queue == queue) return;
        var ticket = spareTickets.TryPop(out var spare) ? spare : new Ticket();
        (ticket.Contact, ticket.Line) = (contact, LineOf(queue, contact.Arrival.Skills));
        ticket.Rank = ((queue.Rules.Priority + contact.Arrival.Priority) * 60_000L) - (queue.Rules.AgeingPerMinute * Ms(contact.Arrival.At.UtcTicks));
        contact.Tickets.Add(ticket);
        ticket.Line.Add(ticket);
    }

    private void Unqueue(Contact contact)
    {
        foreach (var ticket in contact.Tickets)
        {
            ticket.Line.Remove(ticket);
            (ticket.Contact, ticket.Line) = (null!, null!);
            spareTickets.Push(ticket);
        }
        contact.Tickets.Clear();
    }
}
