namespace Evenhand.Dispatch.Fairness;

/// <summary>An agent's time in the span of a report.</summary>
/// <param name="Agent">Who.</param>
/// <param name="Team">Whose team.</param>
/// <param name="OnDuty">Time on duty: signed in, without meals, training and meetings.</param>
/// <param name="Idle">Part of it spent available.</param>
public sealed record AgentTime(Guid Agent, Guid Team, TimeSpan OnDuty, TimeSpan Idle);

/// <summary>What came to one agent.</summary>
/// <param name="Time">The agent's time.</param>
/// <param name="Contacts">Contacts handled, returned and handed-over ones included.</param>
/// <param name="Hard">Those of at least the hard weight.</param>
/// <param name="Handling">Their handling time.</param>
/// <param name="Effort">Their weighted effort.</param>
/// <param name="Ignored">Offers ignored.</param>
/// <param name="Rejected">Offers rejected.</param>
public sealed record AgentShare(AgentTime Time, int Contacts, int Hard, TimeSpan Handling, TimeSpan Effort, int Ignored, int Rejected)
{
    /// <summary>Hours of weighted effort per on-duty hour: what fair share makes equal.</summary>
    public double EffortPerHour => Time.OnDuty > TimeSpan.Zero ? Effort / Time.OnDuty : 0;

    /// <summary>Share of on-duty time spent waiting for a contact, 0 to 1.</summary>
    public double IdleShare => Time.OnDuty > TimeSpan.Zero ? Time.Idle / Time.OnDuty : 0;

    /// <summary>Share of hard contacts, 0 to 1.</summary>
    public double HardShare => Contacts == 0 ? 0 : Hard / (double)Contacts;
}

/// <summary>How evenly work lies on a group of agents.</summary>
/// <param name="Effort">Spread of effort per on-duty hour.</param>
/// <param name="Idle">Spread of idle shares.</param>
/// <param name="HardMix">Spread of the share of hard contacts.</param>
public sealed record GroupSpread(Spread Effort, Spread Idle, Spread HardMix)
{
    internal static GroupSpread Of(IReadOnlyCollection<AgentShare> agents) =>
        new(Spread.Of(agents.Select(a => a.EffortPerHour)), Spread.Of(agents.Select(a => a.IdleShare)), Spread.Of(agents.Select(a => a.HardShare)));
}

/// <summary>Whether work was given fairly, from what the dispatcher said and the agents' times.</summary>
/// <param name="Agents">Every agent with a time, in order of id.</param>
/// <param name="Centre">Spread over all agents with enough time.</param>
/// <param name="Teams">Spread inside each team.</param>
/// <param name="TooShort">How many agents had too little time to compare.</param>
/// <param name="Violations">Breaches of the order, found by <see cref="OrderCheck"/>; must be empty.</param>
public sealed record FairnessReport(IReadOnlyList<AgentShare> Agents, GroupSpread Centre, IReadOnlyDictionary<Guid, GroupSpread> Teams, int TooShort, IReadOnlyList<OrderViolation> Violations)
{
    /// <summary>Counts up a span.</summary>
    /// <param name="outputs">What the dispatcher said in the span, in order.</param>
    /// <param name="times">Times of the same span; work of agents without a time is left out.</param>
    /// <param name="violations">What <see cref="OrderCheck.Find(IEnumerable{Output}, IReadOnlyDictionary{Guid, Queues.Arrival}, IReadOnlyDictionary{Guid, Queues.QueueRules}, IReadOnlyDictionary{Guid, Queues.AgentProfile})"/> found.</param>
    /// <param name="hardFrom">From which weight a contact counts as hard.</param>
    /// <param name="least">Least on-duty time to be compared with others.</param>
    public static FairnessReport Of(IEnumerable<Output> outputs, IReadOnlyList<AgentTime> times, IReadOnlyList<OrderViolation> violations, double hardFrom, TimeSpan least)
    {
        var shares = times.ToDictionary(t => t.Agent, t => new AgentShare(t, 0, 0, TimeSpan.Zero, TimeSpan.Zero, 0, 0));
        foreach (var output in outputs)
            if (shares.TryGetValue(output.Agent, out var share)) shares[output.Agent] = Add(share, output, hardFrom);
        var agents = shares.Values.OrderBy(a => a.Time.Agent).ToList();
        var compared = agents.Where(a => a.Time.OnDuty >= least && a.Time.OnDuty > TimeSpan.Zero).ToList();
        var teams = compared.GroupBy(a => a.Time.Team).ToDictionary(g => g.Key, g => GroupSpread.Of([.. g]));
        return new FairnessReport(agents, GroupSpread.Of(compared), teams, agents.Count - compared.Count, violations);
    }

    private static AgentShare Add(AgentShare share, in Output output, double hardFrom) => output.Kind switch
    {
        OutputKind.Completed or OutputKind.Returned or OutputKind.HandedOver => share with
        {
            Contacts = share.Contacts + 1,
            Hard = share.Hard + (output.Spent > TimeSpan.Zero && output.Effort / output.Spent >= hardFrom ? 1 : 0),
            Handling = share.Handling + output.Spent,
            Effort = share.Effort + output.Effort,
        },
        OutputKind.Ignored => share with { Ignored = share.Ignored + 1 },
        OutputKind.Rejected => share with { Rejected = share.Rejected + 1 },
        _ => share,
    };
}
