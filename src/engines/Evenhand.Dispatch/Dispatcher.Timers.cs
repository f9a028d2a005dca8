using Evenhand.Dispatch.Queues;

namespace Evenhand.Dispatch;

public sealed partial class Dispatcher
{
    private readonly PriorityQueue<Timer, Timer> timers = new();
    private readonly List<Contact> due = [];
    private readonly List<Agent> freed = [];

    private enum TimerKind
    {
        Hours,
        Certificate,
        Reservation,
        Overflow,
        Bar,
        Offer,
        WrapUp,
    }

    private readonly record struct Timer(long Due, TimerKind Kind, Guid Id, int Stamp) : IComparable<Timer>
    {
        public int CompareTo(Timer other) =>
            Due != other.Due ? Due.CompareTo(other.Due) : Kind != other.Kind ? Kind.CompareTo(other.Kind) : Id != other.Id ? Id.CompareTo(other.Id) : Stamp.CompareTo(other.Stamp);
    }

    private void After(long at, TimerKind kind, Guid id, int stamp)
    {
        var timer = new Timer(at, kind, id, stamp);
        timers.Enqueue(timer, timer);
    }

    /// <summary>Moves the clock and does what fell due. All changes of one moment are made first; then freed agents take the most urgent, and what is left looks for an agent.</summary>
    private void Advance(DateTimeOffset at)
    {
        if (at > now) (now, ms) = (at.ToUniversalTime(), Ms(at.UtcTicks));
        if (!timers.TryPeek(out _, out var next) || next.Due > now.UtcTicks) return;
        while (timers.TryPeek(out var timer, out _) && timer.Due <= now.UtcTicks)
        {
            timers.Dequeue();
            Fire(timer);
        }
        PlaceDue();
    }

    private void Fire(Timer timer)
    {
        if (timer.Kind == TimerKind.Hours) Open(timer);
        else if (timer.Kind == TimerKind.Certificate) Requalify(timer.Id);
        else if (contacts.TryGetValue(timer.Id, out var contact)) Fire(timer, contact);
    }

    private void Fire(Timer timer, Contact contact)
    {
        switch (timer.Kind)
        {
            case TimerKind.Reservation when contact.State == ContactState.Reserved && contact.Until == timer.Due:
                contact.Agent!.Reserved.Remove(contact);
                StandInLine(contact);
                due.Add(contact);
                break;
            case TimerKind.Overflow when contact.State == ContactState.Waiting && TakesHold(contact, timer.Stamp):
                Overflow(contact, timer.Stamp);
                Stand(contact, queues[contact.Home.Rules.Overflow[timer.Stamp].To]);
                due.Add(contact);
                break;
            case TimerKind.Bar when contact.State == ContactState.Waiting:
                due.Add(contact);
                break;
            case TimerKind.Offer when contact.State == ContactState.Offered && contact.Offer == timer.Stamp:
                freed.Add(Ignore(contact));
                due.Add(contact);
                break;
            case TimerKind.WrapUp when contact.State == ContactState.WrappingUp && contact.Offer == timer.Stamp && contact.Until == timer.Due:
                freed.Add(Finish(contact, null));
                break;
        }
    }

    private void Open(Timer timer)
    {
        var queue = queues[timer.Id];
        if (queue.Version != timer.Stamp || queue.Rules.Hours is not { } hours) return;
        queue.IsOpen = hours.IsOpen(now);
        if (hours.NextChange(now) is { } change) After(change.UtcTicks, TimerKind.Hours, timer.Id, timer.Stamp);
        foreach (var line in queue.Special.Values.Append(queue.Plain))
            foreach (var ticket in line.Tickets) due.Add(ticket.Contact);
    }

    private void Requalify(Guid id)
    {
        if (agents.TryGetValue(id, out var agent)) Qualify(agent);
    }
}
