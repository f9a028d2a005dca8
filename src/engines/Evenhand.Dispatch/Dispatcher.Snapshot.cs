using Evenhand.Dispatch.Queues;

namespace Evenhand.Dispatch;

public sealed partial class Dispatcher
{
    /// <summary>Everything as plain rows; a dispatcher restored from it decides as this one would.</summary>
    public DispatchSnapshot Snapshot() =>
        new(now, [.. agents.Values.OrderBy(a => a.Profile.Id).Select(RowOf)], [.. contacts.Values.OrderBy(c => c.Arrival.Contact).Select(RowOf)]);

    /// <summary>One agent's row; null when unknown.</summary>
    /// <param name="id">The agent.</param>
    public AgentRow? FindAgent(Guid id) => agents.TryGetValue(id, out var agent) ? RowOf(agent) : null;

    /// <summary>One contact's row; null when unknown or gone.</summary>
    /// <param name="id">The contact.</param>
    public ContactRow? FindContact(Guid id) => contacts.TryGetValue(id, out var contact) ? RowOf(contact) : null;

    /// <summary>What an agent is offered or has in hand, in the order in which it was given; empty when nothing is, or for an unknown agent.</summary>
    /// <param name="agent">The agent.</param>
    public IReadOnlyList<Guid> HeldBy(Guid agent) => agents.TryGetValue(agent, out var known) && known.Held.Count > 0 ? [.. known.Held.Select(c => c.Arrival.Contact)] : [];

    /// <summary>
    /// Builds a dispatcher from rows, for instance after a crash. Queue order, offers and accounts are as they were; a contact whose agent is not among
    /// the rows goes back into line. What fell due meanwhile happens with the first command. It says nothing while it is built.
    /// </summary>
    /// <param name="settings">What holds for all queues.</param>
    /// <param name="rules">The queues.</param>
    /// <param name="snapshot">The rows.</param>
    /// <param name="astray">Rows that have no place: `dispatch.unknown-queue` (queue, contact), or what is wrong with the rules. Nothing is silently lost.</param>
    public static Dispatcher Restore(DispatchSettings? settings, IReadOnlyList<QueueRules> rules, DispatchSnapshot snapshot, out IReadOnlyList<Denial> astray)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var dispatcher = new Dispatcher(settings);
        var wrong = new List<Denial>();
        if (dispatcher.SetQueues(rules, snapshot.Now) is { } fault) wrong.Add(fault);
        foreach (var row in snapshot.Agents) dispatcher.Seat(row);
        foreach (var row in snapshot.Contacts)
            if (dispatcher.queues.TryGetValue(row.Arrival.Queue, out var home)) dispatcher.Seat(row, home);
            else wrong.Add(new Denial("dispatch.unknown-queue", row.Arrival.Queue, row.Arrival.Contact));
        foreach (var agent in dispatcher.agents.Values) dispatcher.Qualify(agent);
        foreach (var contact in dispatcher.due) dispatcher.After(snapshot.Now.UtcTicks, TimerKind.Bar, contact.Arrival.Contact, 0);
        dispatcher.due.Clear();
        dispatcher.ClearOutputs();
        astray = wrong;
        return dispatcher;
    }

    private static AgentRow RowOf(Agent agent) => new(
        agent.Profile, agent.Presence, TimeSpan.FromMilliseconds(agent.Effort), TimeSpan.FromMilliseconds(agent.Forgiven), TimeSpan.FromMilliseconds(agent.Handling),
        TimeSpan.FromMilliseconds(agent.Duty), agent.Presence.IsOnDuty ? At(agent.DutySince * TimeSpan.TicksPerMillisecond) : null, At(agent.IdleSince), agent.Ignored, agent.IsPaused);

    private static ContactRow RowOf(Contact contact) => new(
        contact.Arrival, contact.State, contact.Agent?.Profile.Id, contact.Through?.Rules.Id, At(contact.Since), Known(contact.Until), Known(contact.Taken),
        contact.Agent is null || contact.State == ContactState.Reserved ? null : At(contact.IdleBefore), contact.Offer, TimeSpan.FromMilliseconds(contact.Effort), TimeSpan.FromMilliseconds(contact.Handling),
        contact.Preference, [.. contact.Home.Rules.Overflow.Where((_, i) => (contact.Overflowed & (1u << i)) != 0).Select(o => o.To)],
        [.. contact.Bars.Select(b => new Bar(b.Agent.Profile.Id, At(b.Until)))]);

    private static DateTimeOffset? Known(long ticks) => ticks == 0 ? null : At(ticks);

    private void Seat(AgentRow row)
    {
        var agent = Know(row.Profile);
        (agent.Presence, agent.IdleSince, agent.Ignored, agent.IsPaused) = (row.Presence, row.IdleSince.UtcTicks, row.Ignored, row.IsPaused);
        (agent.Effort, agent.Forgiven, agent.Handling) = (Ms(row.Effort.Ticks), Ms(row.Forgiven.Ticks), Ms(row.Handling.Ticks));
        (agent.Duty, agent.DutySince) = (Ms(row.OnDutyBefore.Ticks), Ms((row.OnDutySince ?? now).UtcTicks));
    }

    private void Seat(ContactRow row, Queue home)
    {
        var contact = Know(row.Arrival, home);
        (contact.State, contact.Since, contact.Until, contact.Offer, contact.Preference) = (row.State, row.Since.UtcTicks, row.Until?.UtcTicks ?? 0, row.Offer, row.Preference);
        for (var i = 0; i < home.Rules.Overflow.Count; i++)
        {
            if (row.HelpedBy.Contains(home.Rules.Overflow[i].To)) contact.Overflowed |= 1u << i;
            else if (home.Rules.Overflow[i].After is { } after) After((row.Arrival.At + after).UtcTicks, TimerKind.Overflow, row.Arrival.Contact, i);
        }
        foreach (var bar in row.Bars.Where(b => agents.ContainsKey(b.Agent)))
        {
            contact.Bars.Add((agents[bar.Agent], bar.Until.UtcTicks));
            After(bar.Until.UtcTicks, TimerKind.Bar, row.Arrival.Contact, 0);
        }
        if (row.Agent is not { } id || !agents.TryGetValue(id, out var agent))
        {
            StandInLine(contact);
            if (row.State == ContactState.Waiting) contact.Since = row.Since.UtcTicks;
            After(now.UtcTicks, TimerKind.Bar, row.Arrival.Contact, 0);
            return;
        }
        contact.Agent = agent;
        if (row.State == ContactState.Reserved)
        {
            agent.Reserved.Add(contact);
            After(contact.Until, TimerKind.Reservation, row.Arrival.Contact, 0);
            return;
        }
        (contact.Through, contact.Taken, contact.IdleBefore) = (row.Through is { } through ? queues.GetValueOrDefault(through) : null, row.Taken?.UtcTicks ?? 0, row.IdleBefore?.UtcTicks ?? 0);
        (contact.Effort, contact.Handling) = (Ms(row.Effort.Ticks), Ms(row.Handling.Ticks));
        agent.Held.Add(contact);
        if (home.Rules.Channel == Channel.Call) agent.Calls++;
        if (row.State == ContactState.Offered) After(contact.Until, TimerKind.Offer, row.Arrival.Contact, contact.Offer);
        if (row.State == ContactState.WrappingUp) After(contact.Until, TimerKind.WrapUp, row.Arrival.Contact, contact.Offer);
    }
}
