using Evenhand.Dispatch.Policies;
using Evenhand.Dispatch.Queues;

namespace Evenhand.Dispatch.Fairness;

/// <summary>A decision that went past someone who should have gone first.</summary>
/// <param name="Decision">The decision.</param>
/// <param name="Contact">Who was passed over.</param>
/// <param name="Queue">In which queue that contact stood.</param>
public sealed record OrderViolation(Decision Decision, Guid Contact, Guid Queue);

/// <summary>
/// Finds breaches of the order from stored outputs and arrivals alone, by other means than the router's: nobody may be offered to an agent while another
/// contact that this agent may take, in any queue of the same channel, stands in line with more effective priority, or with the same and an earlier
/// arrival. Passing over is right only for the reasons that the record itself shows: the agent refused that contact within its queue's limit, its
/// queue is closed, or the decision says that it was made for the customer's last or own agent.
/// </summary>
public static class OrderCheck
{
    /// <summary>Checks a record from its beginning.</summary>
    /// <param name="outputs">Everything the dispatcher said, in order, from an empty floor on.</param>
    /// <param name="arrivals">The contacts as they came.</param>
    /// <param name="queues">The rules that held.</param>
    /// <param name="agents">Who may take what.</param>
    public static IReadOnlyList<OrderViolation> Find(
        IEnumerable<Output> outputs, IReadOnlyDictionary<Guid, Arrival> arrivals, IReadOnlyDictionary<Guid, QueueRules> queues, IReadOnlyDictionary<Guid, AgentProfile> agents)
    {
        var floor = new Floor(arrivals, queues, agents);
        return [.. outputs.Select(floor.Hear).OfType<OrderViolation>()];
    }

    private sealed class Stay(Arrival arrival)
    {
        public readonly Arrival Arrival = arrival;
        public Guid Home = arrival.Queue;
        public bool Stands;
        public readonly List<Guid> Helpers = [];
        public readonly Dictionary<Guid, DateTimeOffset> Refusals = [];
    }

    private readonly record struct Place(double Points, DateTimeOffset At, Guid Contact) : IComparable<Place>
    {
        public int CompareTo(Place other) =>
            Points != other.Points ? other.Points.CompareTo(Points) : At != other.At ? At.CompareTo(other.At) : Contact.CompareTo(other.Contact);
    }

    private sealed class Floor(IReadOnlyDictionary<Guid, Arrival> arrivals, IReadOnlyDictionary<Guid, QueueRules> queues, IReadOnlyDictionary<Guid, AgentProfile> agents)
    {
        private readonly Dictionary<Guid, Stay> stays = [];
        private readonly Dictionary<Guid, SortedSet<Place>> lines = queues.Keys.ToDictionary(q => q, _ => new SortedSet<Place>());
        private readonly DateTimeOffset origin = arrivals.Count == 0 ? default : arrivals.Values.Min(a => a.At);

        public OrderViolation? Hear(Output output)
        {
            if (output.Contact == Guid.Empty || output.Kind == OutputKind.TurnedAway) return null;
            if (!stays.TryGetValue(output.Contact, out var stay)) stays.Add(output.Contact, stay = new Stay(arrivals[output.Contact]));
            switch (output.Kind)
            {
                case OutputKind.Queued:
                    Stand(stay, true);
                    return null;
                case OutputKind.Overflowed:
                    var stood = stay.Stands;
                    Stand(stay, false);
                    stay.Helpers.Add(output.Queue);
                    Stand(stay, stood);
                    return null;
                case OutputKind.Moved:
                    Stand(stay, false);
                    stay.Home = output.Queue;
                    stay.Helpers.Clear();
                    return null;
                case OutputKind.Rejected or OutputKind.Ignored:
                    stay.Refusals[output.Agent] = output.At + queues[stay.Home].RetrySameAgentAfter;
                    return null;
                case OutputKind.Reserved or OutputKind.Abandoned or OutputKind.Completed:
                    Stand(stay, false);
                    return null;
                case OutputKind.Accepted:
                    stay.Refusals.Clear();
                    return null;
                case OutputKind.Followed:
                    Stand(stay, false);
                    stay.Refusals.Clear();
                    return null;
                case OutputKind.Offered or OutputKind.Assigned:
                    Stand(stay, false);
                    return (output.Decision!.Value.Bent & (Bends.LastAgent | Bends.VipAgent)) == 0 ? Passed(stay, output.Decision.Value) : null;
                default:
                    return null;
            }
        }

        private OrderViolation? Passed(Stay taken, in Decision decision)
        {
            var (at, channel, profile) = (decision.At, queues[decision.Queue].Channel, agents[decision.Agent]);
            var given = PlaceOf(taken, decision.Through, at);
            foreach (var (id, line) in lines)
            {
                var rules = queues[id];
                if (line.Count == 0 || rules.Channel != channel || (rules.WhenClosed == WhenClosed.Wait && rules.Hours?.IsOpen(at) == false)) continue;
                foreach (var still in line)
                {
                    var stay = stays[still.Contact];
                    if (PlaceOf(stay, id, at).CompareTo(given) > 0) break;
                    if (stay.Refusals.TryGetValue(decision.Agent, out var until) && at < until) continue;
                    if (profile.Has(rules.Skills, rules.Certificates, at) && profile.Has(stay.Arrival.Skills, [], at)) return new OrderViolation(decision, still.Contact, id);
                }
            }
            return null;
        }

        private void Stand(Stay stay, bool stands)
        {
            foreach (var queue in stay.Helpers.Prepend(stay.Home))
                if (stands) lines[queue].Add(PlaceOf(stay, queue, origin));
                else lines[queue].Remove(PlaceOf(stay, queue, origin));
            stay.Stands = stands;
        }

        /// <summary>Effective priority in points; inside one queue the order is the same at every moment.</summary>
        private Place PlaceOf(Stay stay, Guid queue, DateTimeOffset at)
        {
            var rules = queues[queue];
            var waited = (at.UtcTicks / TimeSpan.TicksPerMillisecond) - (stay.Arrival.At.UtcTicks / TimeSpan.TicksPerMillisecond);
            return new Place(((rules.Priority + stay.Arrival.Priority) * 60_000d) + ((double)rules.AgeingPerMinute * waited), stay.Arrival.At, stay.Arrival.Contact);
        }
    }
}
