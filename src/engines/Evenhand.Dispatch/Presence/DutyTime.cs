namespace Evenhand.Dispatch.Presence;

/// <summary>What a day on duty should look like.</summary>
/// <param name="LeastOnDuty">Least share of rostered time on duty, 0 to 1.</param>
/// <param name="MostOnBreak">Most share of on-duty time on break, 0 to 1.</param>
/// <param name="MostUnreachable">Most time unreachable in the span.</param>
public sealed record DutyStandard(double LeastOnDuty, double MostOnBreak, TimeSpan MostUnreachable);

/// <summary>How an agent's time went, from the facts of presence. Spans are half-open; the last state lasts until the span's end.</summary>
/// <param name="Agent">Whose time.</param>
/// <param name="OnDuty">Signed in, without meals, training and meetings: the denominator of effort.</param>
/// <param name="OnBreak">Part of <paramref name="OnDuty"/> spent on breaks.</param>
/// <param name="Available">Part spent waiting for a contact.</param>
/// <param name="Unreachable">Part spent with a silent desk.</param>
public sealed record DutyTime(Guid Agent, TimeSpan OnDuty, TimeSpan OnBreak, TimeSpan Available, TimeSpan Unreachable)
{
    /// <summary>Adds up an agent's facts within a span.</summary>
    /// <param name="agent">Whose facts they are; others are ignored.</param>
    /// <param name="facts">Facts in order of time; the first one's <see cref="PresenceFact.From"/> holds before it.</param>
    /// <param name="from">Start of the span.</param>
    /// <param name="to">End of the span.</param>
    public static DutyTime Of(Guid agent, IEnumerable<PresenceFact> facts, DateTimeOffset from, DateTimeOffset to)
    {
        var time = new TimeSpan[Enum.GetValues<EffectiveState>().Length];
        var (state, since) = ((EffectiveState?)null, from);
        foreach (var fact in facts.Where(f => f.Agent == agent && f.At < to))
        {
            if (fact.At > since)
            {
                time[(int)(state ?? fact.From)] += fact.At - since;
                since = fact.At;
            }
            state = fact.To;
        }
        time[(int)(state ?? EffectiveState.SignedOut)] += to - since;
        var off = time[(int)EffectiveState.SignedOut] + time[(int)EffectiveState.AtMeal] + time[(int)EffectiveState.InTraining] + time[(int)EffectiveState.InMeeting];
        return new DutyTime(agent, to - from - off, time[(int)EffectiveState.OnBreak], time[(int)EffectiveState.Available], time[(int)EffectiveState.Unreachable]);
    }

    /// <summary>Where the time departs from the standard.</summary>
    /// <param name="standard">What it should look like.</param>
    /// <param name="rostered">Rostered time in the same span.</param>
    /// <returns>`dispatch.too-little-on-duty` (share, least), `dispatch.too-much-on-break` (share, most), `dispatch.too-long-unreachable` (time, most); empty when all is well.</returns>
    public IReadOnlyList<Denial> Against(DutyStandard standard, TimeSpan rostered)
    {
        ArgumentNullException.ThrowIfNull(standard);
        var found = new List<Denial>();
        if (rostered > TimeSpan.Zero && OnDuty / rostered is var share && share < standard.LeastOnDuty) found.Add(new("dispatch.too-little-on-duty", share, standard.LeastOnDuty));
        if (OnDuty > TimeSpan.Zero && OnBreak / OnDuty is var away && away > standard.MostOnBreak) found.Add(new("dispatch.too-much-on-break", away, standard.MostOnBreak));
        if (Unreachable > standard.MostUnreachable) found.Add(new("dispatch.too-long-unreachable", Unreachable, standard.MostUnreachable));
        return found;
    }
}

/// <summary>When someone counts as a frequent toggler.</summary>
/// <param name="Changes">From how many changes into or out of available by the person's own hand; at least 1.</param>
/// <param name="ShortSpells">From how many stays in available shorter than <paramref name="Brief"/> that ended by the person's own hand; at least 1.</param>
/// <param name="Brief">Below what a stay is short.</param>
public sealed record ToggleRules(int Changes, int ShortSpells, TimeSpan Brief);

/// <summary>Someone who goes in and out of available often: the list a leader looks at.</summary>
/// <param name="Agent">Who.</param>
/// <param name="Changes">Changes into or out of available by the person's own hand.</param>
/// <param name="ShortSpells">Short stays in available that the person ended.</param>
public sealed record Toggler(Guid Agent, int Changes, int ShortSpells)
{
    /// <summary>Finds frequent togglers, the busiest first. What the system, a leader or a contact did to a state is not held against anyone.</summary>
    /// <param name="facts">Facts of any agents in order of time.</param>
    /// <param name="rules">When someone counts.</param>
    public static IReadOnlyList<Toggler> Find(IEnumerable<PresenceFact> facts, ToggleRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return [.. facts.GroupBy(f => f.Agent).Select(g => Count(g, rules)).Where(t => t.Changes >= rules.Changes || t.ShortSpells >= rules.ShortSpells)
            .OrderByDescending(t => t.Changes).ThenByDescending(t => t.ShortSpells).ThenBy(t => t.Agent)];
    }

    private static Toggler Count(IGrouping<Guid, PresenceFact> facts, ToggleRules rules)
    {
        var (changes, shorts, since) = (0, 0, (DateTimeOffset?)null);
        foreach (var fact in facts)
        {
            var own = fact.Cause.By == Causer.Person;
            if (own && (fact.From == EffectiveState.Available) != (fact.To == EffectiveState.Available)) changes++;
            if (own && fact.From == EffectiveState.Available && fact.To != EffectiveState.Available && since is { } start && fact.At - start < rules.Brief) shorts++;
            since = fact.To == EffectiveState.Available ? fact.From == EffectiveState.Available ? since : fact.At : null;
        }
        return new Toggler(facts.Key, changes, shorts);
    }
}
