using Evenhand.Telephony.Live;
using Evenhand.Telephony.QueueLogs;

namespace Evenhand.Routing.Telephony;

/// <summary>
/// Knows which members are paused, which should be, and says what is to be ordered to make the two agree: again after a lost connection, a restart of the system or a hand that changed it.
/// Where the router chooses, every member of ours is paused but for the one whose offer stands; breaks are told with their reason. Pure, used by one thread.
/// </summary>
/// <param name="routes">Whether the router here chooses.</param>
/// <param name="byQueue">Whether the system pauses a member in each queue by itself.</param>
internal sealed class PauseKeeper(bool routes, bool byQueue)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10), Again = TimeSpan.FromSeconds(5);
    private readonly Dictionary<(string Queue, string Member), (bool Paused, string? Reason)> known = [];
    private readonly Dictionary<(string Queue, string Member), string> offers = [];
    private readonly Dictionary<string, string> breaks = [];
    private readonly Dictionary<(string? Queue, string Member), (string? Id, DateTimeOffset Until)> ordered = [];
    private readonly HashSet<string> released = [];
    private IReadOnlySet<string> ours = new HashSet<string>(), routed = new HashSet<string>();
    private bool keeps = routes;

    /// <summary>Calls that reached another member than the one they were offered to, or one to whom nothing was offered.</summary>
    public long Deviations { get; private set; }

    /// <summary>Says which members are phones of people here.</summary>
    public void Adopt(IReadOnlySet<string> members)
    {
        foreach (var gone in breaks.Keys.Where(m => !members.Contains(m)).ToList()) Break(gone, null);
        ours = members;
    }

    /// <summary>Says which queues' calls the router here gives away; in all others phones are left as they are, so that nobody waits there in vain.</summary>
    public void Route(IReadOnlySet<string> queues) => routed = queues;

    private IEnumerable<string> QueuesOf(string member) => known.Keys.Where(k => k.Member == member).Select(k => k.Queue);

    /// <summary>Lets a member have a queue's calls; false when it is no member of the queue.</summary>
    public bool Offer(string call, string queue, string member)
    {
        if (!known.ContainsKey((queue, member))) return false;
        offers[(queue, member)] = call;
        ordered.Remove(KeyOf(queue, member));
        return true;
    }

    /// <summary>The offer stands no more.</summary>
    public void Withdraw(string call, string queue, string member)
    {
        if (offers.GetValueOrDefault((queue, member)) != call) return;
        offers.Remove((queue, member));
        ordered.Remove(KeyOf(queue, member));
    }

    /// <summary>A break begins, with its reason, or with null it is over.</summary>
    public void Break(string member, string? reason)
    {
        if (breaks.GetValueOrDefault(member) == reason) return;
        if (reason is not null) (breaks[member], _) = (reason, released.Remove(member));
        else if (breaks.Remove(member) && !keeps) released.Add(member);
        foreach (var key in ordered.Keys.Where(k => k.Member == member).ToList()) ordered.Remove(key);
    }

    /// <summary>The router chooses no longer: who was only kept back works again.</summary>
    public void LetGo()
    {
        if (keeps) released.UnionWith(ours.Where(m => !breaks.ContainsKey(m)));
        keeps = false;
        offers.Clear();
        foreach (var key in ordered.Keys.Where(k => released.Contains(k.Member)).ToList()) ordered.Remove(key);
    }

    /// <summary>The reason for a member's pause that a system without reasons cannot tell; null when the pause is not ours.</summary>
    public string? ReasonOf(string member) => breaks.GetValueOrDefault(member) ?? (QueuesOf(member).Any(q => Keeps(q, member)) ? RouterPause.Reason : null);

    /// <summary>Takes what the system told.</summary>
    public void Hear(PbxFact fact)
    {
        switch (fact)
        {
            case MemberAdded added:
                known[(added.Queue, added.Member)] = (false, null);
                break;
            case MemberRemoved removed:
                known.Remove((removed.Queue, removed.Member));
                offers.Remove((removed.Queue, removed.Member));
                break;
            case MemberPaused paused:
                Stand(paused.Queue, paused.Member, (true, paused.Reason));
                break;
            case MemberUnpaused unpaused:
                Stand(unpaused.Queue, unpaused.Member, (false, null));
                break;
            case CallConnected connected:
                Connect(connected);
                break;
            case AgentMissed missed:
                Withdraw(missed.Call, missed.Queue, missed.Member);
                break;
            case CallerLeft or CallVanished or CallEnded:
                Forget((CallFact)fact);
                break;
        }
    }

    /// <summary>What is to be ordered now; whoever sends it says so by <see cref="Sent"/>.</summary>
    public IReadOnlyList<PauseOrder> Due(DateTimeOffset now)
    {
        List<PauseOrder>? due = null;
        foreach (var ((queue, member), (paused, reason)) in known)
        {
            if (Wanted(queue, member, paused, reason) is not { } wanted || Agrees(paused, reason, wanted)) continue;
            var key = KeyOf(queue, member);
            if (ordered.TryGetValue(key, out var last) && now < last.Until) continue;
            ordered[key] = (null, now + Patience);
            (due ??= []).Add(new PauseOrder(member, key.Queue, wanted.Paused, wanted.Reason));
        }
        return due ?? [];
    }

    public void Sent(PauseOrder order, string id, DateTimeOffset now) => ordered[(order.Queue, order.Member)] = (id, now + Patience);

    /// <summary>The order for a member of a queue that is not answered yet; null when there is none.</summary>
    public string? UnderWay(string queue, string member) => ordered.TryGetValue(KeyOf(queue, member), out var last) ? last.Id : null;

    /// <summary>How many orders are not answered yet.</summary>
    public int OrdersUnderWay => ordered.Values.Count(o => o.Id is not null);

    /// <summary>An order that was refused is not sent again at once.</summary>
    public void Answered(string id, CommandOutcome outcome, DateTimeOffset now)
    {
        if (ordered.FirstOrDefault(o => o.Value.Id == id) is { Value.Id: not null } found) ordered[found.Key] = (null, now + (outcome == CommandOutcome.Refused ? Patience : Again));
    }

    /// <summary>After a connection is lost its orders are no longer under way, and no offer stands.</summary>
    public void Disconnect()
    {
        ordered.Clear();
        offers.Clear();
    }

    private (bool Paused, string? Reason)? Wanted(string queue, string member, bool paused, string? reason)
    {
        if (breaks.TryGetValue(member, out var on)) return (true, on);
        if (Keeps(queue, member))
            return offers.ContainsKey((queue, member)) || (!byQueue && offers.Keys.Any(o => o.Member == member)) ? (false, null) : (true, RouterPause.Reason);
        // A pause of the router that outlived it belongs to nobody.
        return paused && (released.Contains(member) || (reason == RouterPause.Reason && ours.Contains(member))) ? (false, null) : null;
    }

    /// <summary>Where members are paused in all queues at once, one routed queue keeps them back in all.</summary>
    private bool Keeps(string queue, string member) => keeps && ours.Contains(member) && (byQueue ? routed.Contains(queue) : QueuesOf(member).Any(routed.Contains));

    private bool Agrees(bool paused, string? reason, (bool Paused, string? Reason) wanted) => paused == wanted.Paused && (!paused || !byQueue || reason == wanted.Reason);

    private void Stand(string queue, string member, (bool Paused, string? Reason) standing)
    {
        known[(queue, member)] = standing;
        if (!standing.Paused && known.All(k => k.Key.Member != member || !k.Value.Paused)) released.Remove(member);
        if (Wanted(queue, member, standing.Paused, standing.Reason) is not { } wanted || Agrees(standing.Paused, standing.Reason, wanted)) ordered.Remove(KeyOf(queue, member));
    }

    private void Connect(CallConnected fact)
    {
        if (fact is { Member: { } member, Told: not PbxTold.Status } && Keeps(fact.Queue, member) && offers.GetValueOrDefault((fact.Queue, member)) != fact.Call) Deviations++;
        if (fact.Member is not null) offers.Remove((fact.Queue, fact.Member));
        Forget(fact);
    }

    private void Forget(CallFact fact)
    {
        foreach (var key in offers.Where(o => o.Value == fact.Call && o.Key.Queue == fact.Queue).Select(o => o.Key).ToList()) offers.Remove(key);
    }

    private (string? Queue, string Member) KeyOf(string queue, string member) => (byQueue ? queue : null, member);
}
