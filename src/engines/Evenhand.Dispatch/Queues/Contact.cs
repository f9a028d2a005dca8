namespace Evenhand.Dispatch.Queues;

/// <summary>Where a contact is.</summary>
public enum ContactState
{
    /// <summary>In line.</summary>
    Waiting,

    /// <summary>Kept for its last or own agent for a while.</summary>
    Reserved,

    /// <summary>Offered to an agent who has not answered yet.</summary>
    Offered,

    /// <summary>With an agent.</summary>
    InHand,

    /// <summary>The conversation is over, the agent finishes the work.</summary>
    WrappingUp,
}

/// <summary>A contact as the dispatcher keeps it; recycled when it has left.</summary>
internal sealed class Contact
{
    public Arrival Arrival = null!;
    public Queue Home = null!;
    public ContactState State;
    public Agent? Agent;
    public Policies.Bends Preference;

    /// <summary>Bit i: the home queue's overflow rule i has taken hold.</summary>
    public uint Overflowed;

    /// <summary>When the present state began, in ticks.</summary>
    public long Since;

    /// <summary>When the agent took it, in ticks; and the queue by whose rules.</summary>
    public long Taken;
    public Queue? Through;

    /// <summary>When the reservation, the offer or the after-contact work ends, in ticks.</summary>
    public long Until;

    /// <summary>Which offer this is; answers to an older one find it gone.</summary>
    public int Offer;

    /// <summary>The agent's idle-since before the offer, given back when the customer leaves while it rings.</summary>
    public long IdleBefore;

    /// <summary>What was added to the agent's account at the offer, in ms.</summary>
    public long Effort, Handling;

    public readonly List<Ticket> Tickets = new(2);
    public readonly List<(Agent Agent, long Until)> Bars = [];

    public double Weight => Arrival.Weight ?? Home.Rules.Weight;

    public static bool Before(Contact a, Contact b) =>
        a.Arrival.At.UtcTicks != b.Arrival.At.UtcTicks ? a.Arrival.At.UtcTicks < b.Arrival.At.UtcTicks : a.Arrival.Contact.CompareTo(b.Arrival.Contact) < 0;

    public bool IsBarred(Agent agent, long now)
    {
        foreach (var bar in Bars)
            if (bar.Agent == agent && now < bar.Until) return true;
        return false;
    }

    public void Clear()
    {
        (Arrival, Home, Agent, Through, Preference) = (null!, null!, null, null, Policies.Bends.None);
        (Overflowed, Offer, Until, Taken, Effort, Handling) = (0, 0, 0, 0, 0, 0);
        Bars.Clear();
    }
}
