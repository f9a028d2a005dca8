using Evenhand.Dispatch.Queues;

namespace Evenhand.Dispatch;

/// <summary>
/// The router: knows every waiting contact and every agent, and gives work fairly. A single-threaded state machine in memory: the host calls it from one
/// thread, with a clock that never runs backwards (an earlier <c>now</c> is read as the latest one seen), stores and publishes <see cref="Outputs"/>, and
/// can rebuild it from <see cref="Snapshot"/>. Every command first does what had fallen due before it. Answers null, or why the command was refused; a
/// refused command changes nothing.
/// </summary>
/// <remarks>
/// After every command no agent who is free for a contact stands beside that contact waiting, except where the agent has just refused it, it is kept
/// for its last or own agent, or its queue is closed. While nobody is free, it does not matter in which order arrivals are told: places in line come
/// from arrival times, priorities and ids alone.
/// </remarks>
/// <param name="settings">What holds for all queues; <see cref="DispatchSettings.Default"/> when null.</param>
public sealed partial class Dispatcher(DispatchSettings? settings = null)
{
    private readonly DispatchSettings settings = settings ?? DispatchSettings.Default;
    private readonly Dictionary<Guid, Queue> queues = [];
    private readonly Dictionary<Guid, Agent> agents = [];
    private readonly Dictionary<Guid, Contact> contacts = [];
    private readonly Dictionary<string, Pool> pools = [];
    private readonly Stack<Contact> spareContacts = [];
    private readonly Stack<Ticket> spareTickets = [];
    private readonly List<Output> outputs = [];
    private DateTimeOffset now;
    private long ms;

    /// <summary>What has happened since <see cref="ClearOutputs"/>, in order.</summary>
    public IReadOnlyList<Output> Outputs => outputs;

    /// <summary>The latest moment seen.</summary>
    public DateTimeOffset Now => now;

    /// <summary>How many contacts are known: waiting, offered or with an agent.</summary>
    public int ContactCount => contacts.Count;

    /// <summary>Forgets the outputs; the host calls it when they are stored.</summary>
    public void ClearOutputs() => outputs.Clear();

    /// <summary>Adds queues or replaces their rules; waiting contacts keep their arrival and are ordered by the new rules.</summary>
    /// <param name="rules">The queues; a helping queue must be among them or known already.</param>
    /// <param name="at">The present moment.</param>
    /// <returns>`dispatch.queue-rules` (queue, property, bounds), `dispatch.queue-channel` when a known queue's channel would change, or `dispatch.overflow-target` (queue, target) when a target is unknown or of another channel.</returns>
    public Denial? SetQueues(IReadOnlyList<QueueRules> rules, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(rules);
        if (rules.Select(r => r.Fault()).FirstOrDefault(f => f is not null) is { } fault) return fault;
        var all = queues.ToDictionary(q => q.Key, q => q.Value.Rules);
        foreach (var rule in rules)
        {
            if (all.TryGetValue(rule.Id, out var old) && old.Channel != rule.Channel) return new Denial("dispatch.queue-channel", rule.Id);
            all[rule.Id] = rule;
        }
        foreach (var rule in all.Values)
            if (rule.Overflow.FirstOrDefault(o => !all.TryGetValue(o.To, out var to) || to.Channel != rule.Channel) is { } astray) return new Denial("dispatch.overflow-target", rule.Id, astray.To);
        Advance(at);
        foreach (var contact in contacts.Values)
            if (contact.State == ContactState.Waiting) due.Add(contact);
        foreach (var contact in due) Unqueue(contact);
        foreach (var rule in rules) Place(rule);
        foreach (var contact in due) StandAll(contact);
        foreach (var agent in agents.Values.OrderBy(a => a.Profile.Id))
            if (TakeBack(agent, all: false)) freed.Add(agent);
        PlaceDue();
        return null;
    }

    /// <summary>How many wait in a queue, helped contacts of other queues included; 0 for an unknown queue.</summary>
    /// <param name="queue">The queue.</param>
    public int Waiting(Guid queue) => queues.TryGetValue(queue, out var known) ? known.Waiting : 0;

    /// <summary>A contact's place in its home queue, 1 for the next to go; null when it does not stand in line.</summary>
    /// <param name="contact">The contact.</param>
    public int? PositionOf(Guid contact)
    {
        if (!contacts.TryGetValue(contact, out var known) || known.State != ContactState.Waiting) return null;
        var own = known.Tickets[0];
        var ahead = 0;
        foreach (var line in own.Line.Queue.Special.Values.Append(own.Line.Queue.Plain))
            foreach (var ticket in line.Tickets)
                if (Line.Before(ticket, own)) ahead++;
        return ahead + 1;
    }

    /// <summary>Does what has fallen due: offers that ran out, reservations that end, overflow, opening hours, certificates.</summary>
    /// <param name="at">The present moment.</param>
    public void Tick(DateTimeOffset at) => Advance(at);

    private void Place(QueueRules rules)
    {
        if (!queues.TryGetValue(rules.Id, out var queue)) queues.Add(rules.Id, queue = new Queue(rules));
        foreach (var contact in contacts.Values)
            if (contact.Home == queue) FollowOverflow(contact, queue.Rules.Overflow, rules.Overflow);
        queue.Rules = rules;
        queue.Version++;
        queue.Special.Clear();
        queue.Plain = new Line(queue, PoolOf(rules.Channel, rules.Skills, rules.Certificates));
        queue.IsOpen = rules.Hours?.IsOpen(now) ?? true;
        if (rules.Hours?.NextChange(now) is { } change) After(change.UtcTicks, TimerKind.Hours, rules.Id, queue.Version);
    }

    /// <summary>Helpers that have taken hold stay, where the new rules still name them; new ones are waited for.</summary>
    private void FollowOverflow(Contact contact, IReadOnlyList<OverflowRule> old, IReadOnlyList<OverflowRule> rules)
    {
        var mask = 0u;
        for (var i = 0; i < rules.Count; i++)
        {
            for (var j = 0; j < old.Count; j++)
                if (old[j].To == rules[i].To && (contact.Overflowed & (1u << j)) != 0) mask |= 1u << i;
            if (rules[i].After is { } after) After((contact.Arrival.At + after).UtcTicks, TimerKind.Overflow, contact.Arrival.Contact, i);
        }
        contact.Overflowed = mask;
    }

    private Pool PoolOf(Channel channel, IReadOnlyList<SkillNeed> skills, IReadOnlyList<string> certificates)
    {
        var key = $"{channel}|{string.Join('|', skills.Select(s => $"{s.Skill}\u001f{s.Level}").Order(StringComparer.Ordinal))}|#{string.Join('|', certificates.Order(StringComparer.Ordinal))}";
        if (pools.TryGetValue(key, out var pool)) return pool;
        pools.Add(key, pool = new Pool(channel, skills, certificates));
        foreach (var agent in agents.Values)
            if (pool.Takes(agent.Profile, now)) Join(agent, pool);
        return pool;
    }

    private Line LineOf(Queue queue, IReadOnlyList<SkillNeed> more)
    {
        if (more.Count == 0) return queue.Plain;
        var key = string.Join('|', more.Select(s => $"{s.Skill}\u001f{s.Level}").Order(StringComparer.Ordinal));
        if (!queue.Special.TryGetValue(key, out var line))
            queue.Special.Add(key, line = new Line(queue, PoolOf(queue.Rules.Channel, [.. queue.Rules.Skills, .. more], queue.Rules.Certificates)));
        return line;
    }

    private void Say(OutputKind kind, Contact? contact, Agent? agent, long until = 0, Guid? queue = null) =>
        outputs.Add(new Output(kind, now, contact?.Arrival.Contact ?? Guid.Empty, queue ?? contact?.Home.Rules.Id ?? Guid.Empty, agent?.Profile.Id ?? Guid.Empty, until == 0 ? default : At(until)));

    private static DateTimeOffset At(long ticks) => new(ticks, TimeSpan.Zero);

    private static long Ms(long ticks) => ticks / TimeSpan.TicksPerMillisecond;
}
