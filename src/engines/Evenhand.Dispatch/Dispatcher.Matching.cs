using Evenhand.Dispatch.Policies;
using Evenhand.Dispatch.Queues;

namespace Evenhand.Dispatch;

public sealed partial class Dispatcher
{
    /// <summary>What a comparison of free agents found.</summary>
    private readonly record struct Choice(Agent? Best, Agent? Second, int Eligible, int Refused);

    /// <summary>Offers a waiting contact to the best free agent of its home, or else of a helper.</summary>
    private void TryPlace(Contact contact)
    {
        if (contact.State != ContactState.Waiting) return;
        foreach (var ticket in contact.Tickets)
        {
            var line = ticket.Line;
            if (line.Queue.IsHeld || line.Pool.FreeCount == 0) continue;
            var choice = Choose(line, contact);
            if (choice.Best is not { } agent) continue;
            Offer(contact, agent, line, choice, line.Head == ticket ? Bends.None : Bends.PassedOver);
            return;
        }
    }

    /// <summary>After all changes of one moment: freed agents take the most urgent contacts, then what is due looks for an agent, the most urgent first.</summary>
    private void PlaceDue()
    {
        foreach (var agent in freed) Serve(agent);
        freed.Clear();
        due.RemoveAll(c => c.State != ContactState.Waiting);
        if (due.Count > 1) due.Sort((a, b) => a == b ? 0 : Line.Precedes(a.Tickets[0], b.Tickets[0], ms) ? -1 : 1);
        foreach (var contact in due) TryPlace(contact);
        due.Clear();
    }

    /// <summary>Gives an agent with room the most urgent contacts there are, those kept for this agent first, until nothing fits.</summary>
    private void Serve(Agent agent)
    {
        while (ServeReserved(agent) || ServeWaiting(agent)) { }
    }

    private bool ServeReserved(Agent agent)
    {
        Contact? first = null;
        foreach (var contact in agent.Reserved)
            if (!contact.Home.IsHeld && agent.For(contact.Home.Rules.Channel) == Standing.Free && (first is null || Contact.Before(contact, first))) first = contact;
        if (first is null) return false;
        agent.Reserved.Remove(first);
        Prefer(first, agent, LineOf(first.Home, first.Arrival.Skills));
        return true;
    }

    /// <summary>Whoever else is free could have had it too: the rule bends the choice.</summary>
    private void Prefer(Contact contact, Agent agent, Line line) => Offer(contact, agent, line, new Choice(agent, null, line.Pool.FreeCount, 0), contact.Preference);

    private bool ServeWaiting(Agent agent)
    {
        Ticket? best = null;
        var bend = Bends.None;
        foreach (var membership in agent.Memberships)
        {
            if (membership.Seat < 0) continue;
            var lines = membership.Pool.Lines;
            for (var i = 0; i < lines.Count; i++)
            {
                if (lines[i].Queue.IsHeld || (best is not null && Line.Precedes(best, lines[i].Head, ms))) continue;
                if (lines[i].FirstFor(agent, now.UtcTicks, out var passedOver) is not { } ticket || (best is not null && !Line.Precedes(ticket, best, ms))) continue;
                (best, bend) = (ticket, passedOver ? Bends.PassedOver : Bends.None);
            }
        }
        if (best is null) return false;
        Offer(best.Contact, agent, best.Line, new Choice(agent, null, 1, best.Line.Pool.FreeCount - 1), bend);
        return true;
    }

    /// <summary>Compares all free agents of the line's pool by the queue's policy.</summary>
    private Choice Choose(Line line, Contact contact)
    {
        var seats = line.Pool.Free;
        var (policy, pace, bound) = (line.Queue.Rules.Policy, line.Pool.Pace(ms), (double)Ms(settings.CatchUp.Ticks));
        int best = -1, second = -1, refused = 0;
        double bestScore = 0, secondScore = 0;
        for (var i = 0; i < seats.Length; i++)
        {
            ref readonly var seat = ref seats[i];
            if (contact.Bars.Count > 0 && contact.IsBarred(seat.Membership.Agent, now.UtcTicks))
            {
                refused++;
                continue;
            }
            var score = policy switch
            {
                Policy.LongestIdle => 0,
                Policy.LeastOccupied => seat.Handling / (double)Math.Max(1, seat.DutyOffset + ms),
                _ => -Math.Clamp((pace * (seat.DutyOffset + ms)) - seat.Credit, -bound, bound),
            };
            if (best < 0 || Beats(seat, score, seats[best], bestScore)) (second, secondScore, best, bestScore) = (best, bestScore, i, score);
            else if (second < 0 || Beats(seat, score, seats[second], secondScore)) (second, secondScore) = (i, score);
        }
        return new(best < 0 ? null : seats[best].Membership.Agent, second < 0 ? null : seats[second].Membership.Agent, seats.Length - refused, refused);
    }

    private static bool Beats(in Seat a, double score, in Seat b, double other) =>
        score != other ? score < other
        : a.IdleSince != b.IdleSince ? a.IdleSince < b.IdleSince
        : a.Membership.Agent.Profile.Id.CompareTo(b.Membership.Agent.Profile.Id) < 0;

    /// <summary>The decision: written down with its figures as they were before it, then carried out.</summary>
    private void Offer(Contact contact, Agent agent, Line line, in Choice choice, Bends bend)
    {
        var rules = contact.Home.Rules;
        if (line.Queue != contact.Home) bend |= Bends.Overflow;
        var pool = line.Pool;
        Figures? second = choice.Second is null ? null : FiguresOf(choice.Second, pool);
        var decision = new Decision(
            contact.Arrival.Contact, rules.Id, line.Queue.Rules.Id, agent.Profile.Id, now, now - contact.Arrival.At, line.Queue.Rules.Policy,
            FiguresOf(agent, pool), second, choice.Eligible, pool.Excluded(agents.Count, choice.Refused), bend);
        Unqueue(contact);
        Give(contact, agent, line.Queue, pool);
        contact.Offer++;
        var asks = rules.OfferFor > TimeSpan.Zero;
        var until = asks ? (now + rules.OfferFor).UtcTicks : 0;
        (contact.State, contact.Since, contact.Until) = (ContactState.Offered, now.UtcTicks, until);
        if (asks) After(until, TimerKind.Offer, contact.Arrival.Contact, contact.Offer);
        else Take(contact);
        outputs.Add(new Output(asks ? OutputKind.Offered : OutputKind.Assigned, now, contact.Arrival.Contact, rules.Id, agent.Profile.Id, asks ? At(until) : default, Decision: decision));
    }

    private Figures FiguresOf(Agent agent, Pool pool)
    {
        var duty = agent.DutyAt(ms);
        return new(
            agent.Profile.Id, now - At(agent.IdleSince), duty > 0 ? agent.Effort / (double)duty : 0, duty > 0 ? agent.Handling / (double)duty : 0,
            TimeSpan.FromMilliseconds(Math.Clamp(Math.Round(Owed(agent, pool)), -Ms(settings.CatchUp.Ticks), Ms(settings.CatchUp.Ticks))));
    }

    private double Owed(Agent agent, Pool pool) => (pool.Pace(ms) * agent.DutyAt(ms)) - agent.Effort - agent.Forgiven;

    /// <summary>
    /// Writes off what is owed beyond the catch-up, either way, so that nobody is flooded or left idle for long because of the past. What is written
    /// off moves the pace too: x = excess ÷ (1 − own share of the group's time) leaves exactly the catch-up owed.
    /// </summary>
    private bool Bound(Agent agent, Pool pool)
    {
        var (all, own) = (pool.Time(ms), agent.DutyAt(ms));
        if (!agent.Presence.IsOnDuty || own <= 0 || all <= own) return false;
        var (owed, most) = (Owed(agent, pool), Ms(settings.CatchUp.Ticks));
        if (Math.Abs(owed) <= most) return false;
        agent.Forgiven += (long)((owed - Math.CopySign(most, owed)) / (1 - (own / (double)all)));
        return true;
    }
}
