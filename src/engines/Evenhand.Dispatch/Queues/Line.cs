namespace Evenhand.Dispatch.Queues;

/// <summary>One contact's place in one line. A contact that overflows has a ticket in each line it stands in.</summary>
internal sealed class Ticket
{
    public Contact Contact = null!;
    public Line Line = null!;
    public int At = -1;

    /// <summary>Priority × 60,000 − ageing per minute × arrival in ms: the order inside a line never changes with time.</summary>
    public long Rank;

    /// <summary>Effective priority × 60,000 at a moment, to compare over lines that age differently.</summary>
    public long Urgency(long nowMs) => Rank + (Line.Queue.Rules.AgeingPerMinute * nowMs);
}

/// <summary>The waiting contacts of one queue with the same needs: a binary heap, the next to go on top; any one can leave from the middle.</summary>
internal sealed class Line(Queue queue, Pool pool)
{
    private Ticket[] heap = new Ticket[4];

    public Queue Queue { get; } = queue;

    public Pool Pool { get; } = pool;

    public int Count { get; private set; }

    /// <summary>Index in the pool's list of lines with contacts; −1 when empty.</summary>
    public int AtPool { get; set; } = -1;

    public Ticket Head => heap[0];

    public ReadOnlySpan<Ticket> Tickets => heap.AsSpan(0, Count);

    public void Add(Ticket ticket)
    {
        if (Count == heap.Length) Array.Resize(ref heap, Count * 2);
        Up(Count++, ticket);
        Queue.Waiting++;
        if (Count == 1) Pool.LineFilled(this);
    }

    public void Remove(Ticket ticket)
    {
        var (hole, last) = (ticket.At, heap[--Count]);
        heap[Count] = null!;
        ticket.At = -1;
        Queue.Waiting--;
        if (last != ticket)
        {
            Down(hole, last);
            if (last.At == hole) Up(hole, last);
        }
        if (Count == 0) Pool.LineEmptied(this);
    }

    /// <summary>The first ticket in order that this agent may be offered; null when all are barred. Walks the whole line only when the head is barred.</summary>
    public Ticket? FirstFor(Agent agent, long now, out bool passedOver)
    {
        passedOver = heap[0].Contact.IsBarred(agent, now);
        if (!passedOver) return heap[0];
        Ticket? best = null;
        foreach (var ticket in Tickets)
            if ((best is null || Before(ticket, best)) && !ticket.Contact.IsBarred(agent, now)) best = ticket;
        return best;
    }

    /// <summary>Who goes first over all lines at a moment; of one contact's own tickets its home goes before its helpers.</summary>
    public static bool Precedes(Ticket a, Ticket b, long nowMs)
    {
        var (urgent, other) = (a.Urgency(nowMs), b.Urgency(nowMs));
        if (urgent != other) return urgent > other;
        if (a.Contact != b.Contact) return Contact.Before(a.Contact, b.Contact);
        var (home, otherHome) = (a.Line.Queue == a.Contact.Home, b.Line.Queue == b.Contact.Home);
        return home != otherHome ? home : a.Line.Queue.Rules.Id.CompareTo(b.Line.Queue.Rules.Id) < 0;
    }

    public static bool Before(Ticket a, Ticket b) => a.Rank != b.Rank ? a.Rank > b.Rank : Contact.Before(a.Contact, b.Contact);

    private void Up(int at, Ticket ticket)
    {
        while (at > 0 && Before(ticket, heap[(at - 1) >> 1]))
        {
            (heap[at] = heap[(at - 1) >> 1]).At = at;
            at = (at - 1) >> 1;
        }
        (heap[at] = ticket).At = at;
    }

    private void Down(int at, Ticket ticket)
    {
        while ((at << 1) + 1 is var child && child < Count)
        {
            if (child + 1 < Count && Before(heap[child + 1], heap[child])) child++;
            if (!Before(heap[child], ticket)) break;
            (heap[at] = heap[child]).At = at;
            at = child;
        }
        (heap[at] = ticket).At = at;
    }
}

/// <summary>A queue as the dispatcher keeps it.</summary>
internal sealed class Queue(QueueRules rules)
{
    public QueueRules Rules { get; set; } = rules;

    /// <summary>The line of contacts that need nothing beside the queue's own needs.</summary>
    public Line Plain { get; set; } = null!;

    /// <summary>Lines of contacts with needs of their own, by those needs.</summary>
    public Dictionary<string, Line> Special { get; } = [];

    public bool IsOpen { get; set; } = true;

    /// <summary>Which rules these are; timers of older ones are void.</summary>
    public int Version { get; set; }

    /// <summary>Tickets in all its lines, those of other homes included.</summary>
    public int Waiting { get; set; }

    /// <summary>Whether its contacts must wait for the opening.</summary>
    public bool IsHeld => !IsOpen && Rules.WhenClosed == WhenClosed.Wait;
}
