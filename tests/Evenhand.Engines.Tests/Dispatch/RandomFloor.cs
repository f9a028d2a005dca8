using System.Text.Json;
using Evenhand.Dispatch;
using Evenhand.Dispatch.Fairness;
using Evenhand.Dispatch.Policies;
using Evenhand.Dispatch.Presence;
using Evenhand.Dispatch.Queues;

namespace Evenhand.Engines.Tests.Dispatch;

/// <summary>A small floor driven at random, with a second book kept from the outputs alone to hold the router against.</summary>
internal sealed class RandomFloor
{
    public static readonly QueueRules[] Queues =
    [
        Floor.Queue(1) with { Skills = [new SkillNeed("a", 1)], AgeingPerMinute = 3, WrapUpFor = TimeSpan.FromSeconds(15), LastAgentFor = TimeSpan.FromSeconds(40), Overflow = [new OverflowRule(Floor.QueueId(2), TimeSpan.FromSeconds(50)), new OverflowRule(Floor.QueueId(4), null, 3)] },
        Floor.Queue(2) with { Skills = [new SkillNeed("b", 2)], Certificates = ["c"], Priority = 2, Weight = 2, Policy = Policy.LongestIdle, VipAgentFor = TimeSpan.FromSeconds(60) },
        Floor.Queue(3, Channel.Chat) with { Skills = [new SkillNeed("a", 2)], Policy = Policy.LeastOccupied, OfferFor = TimeSpan.Zero },
        Floor.Queue(4) with { AgeingPerMinute = 1 },
        Floor.Queue(5, Channel.WorkItem) with { WhenClosed = WhenClosed.Wait, Hours = new OpeningHours(TimeZoneInfo.Utc, EveryDay(new TimeOnly(1, 5), new TimeOnly(1, 30)), new Dictionary<DateOnly, IReadOnlyList<OpenSpan>>()) },
    ];

    public static readonly AgentProfile[] Agents = [.. Enumerable.Range(1, 6).Select(i => new AgentProfile
    {
        Id = Floor.Id(i),
        Skills = new Dictionary<string, int> { ["a"] = i % 4, ["b"] = i % 3, ["x"] = i % 2 },
        Certificates = i % 2 == 0 ? [new Certificate("c", i == 4 ? Floor.Time(400) : null)] : [],
        Mix = i == 6 ? new ChannelMix(1000, 500, 500) : ChannelMix.Default,
    })];

    private readonly Dictionary<Guid, AgentPresence> presences = [];
    private readonly Dictionary<Guid, Guid> holders = [];
    private readonly Dictionary<Guid, Guid> homes = [];
    private readonly Dictionary<(Guid Contact, Guid Agent), DateTimeOffset> refusals = [];
    private readonly Dictionary<Guid, OutputKind> ends = [];
    private readonly Dictionary<Guid, AgentRow> agentRows = [];
    private readonly Dictionary<Guid, ContactRow> contactRows = [];
    private readonly List<string> faults = [];
    private Dispatcher router;
    private int told;

    public RandomFloor()
    {
        router = new Dispatcher(Settings);
        router.SetQueues(Queues, Floor.Nine).ShouldBeNull();
        foreach (var profile in Agents) router.SetAgent(profile, Floor.Nine).ShouldBeNull();
        foreach (var profile in Agents) agentRows[profile.Id] = router.FindAgent(profile.Id)!;
    }

    public static DispatchSettings Settings { get; } = new() { IgnoresBeforePause = 2, CatchUp = TimeSpan.FromMinutes(3) };

    public List<Output> Log { get; } = [];

    public Dictionary<Guid, Arrival> Arrivals { get; } = [];

    public IReadOnlyList<string> Faults => faults;

    public double Seconds { get; private set; }

    public Dispatcher Router => router;

    /// <summary>Goes on with a router rebuilt from rows kept one by one as the outputs named them, written and read as text.</summary>
    public void Rebuild()
    {
        var kept = new DispatchSnapshot(router.Now, [.. agentRows.Values.OrderBy(r => r.Profile.Id)], [.. contactRows.Values.OrderBy(r => r.Arrival.Contact)]);
        var text = JsonSerializer.Serialize(kept);
        if (text != JsonSerializer.Serialize(router.Snapshot())) faults.Add("rows changed that no output named");
        router = Dispatcher.Restore(Settings, Queues, JsonSerializer.Deserialize<DispatchSnapshot>(text)!, out var astray);
        astray.ShouldBeEmpty();
    }

    public void Step(int what, int who, int wait)
    {
        Seconds += wait % 20;
        var (at, agent) = (Floor.Time(Seconds), Agents[who % Agents.Length].Id);
        switch (what % 8)
        {
            case 0 or 1:
                Arrive(what, who, wait);
                break;
            case 2:
                Set(agent, (WantedState)(wait % 7), DeviceState.Idle, false, at);
                break;
            case 3:
                Set(agent, WantedState.Ready, DeviceState.Idle, wait % 5 == 0, at);
                break;
            case 4:
                Answer(who, wait, at);
                break;
            case 5:
                if (Some(who, ContactState.InHand, ContactState.WrappingUp) is { } held) _ = wait % 3 == 0 ? router.EndConversation(held, at) : router.Complete(held, at);
                break;
            case 6:
                if (Some(who, ContactState.Waiting, ContactState.Offered, ContactState.Reserved) is { } leaver) router.Abandon(leaver, at);
                break;
            default:
                Rare(agent, who, wait, at);
                break;
        }
        Hear();
    }

    public void HearCheck()
    {
        foreach (var violation in OrderCheck.Find(Log, Arrivals, Queues.ToDictionary(q => q.Id), Agents.ToDictionary(a => a.Id))) faults.Add($"order: {violation}");
    }

    private void Arrive(int what, int who, int wait)
    {
        var contact = new Arrival(Floor.Id(100 + Arrivals.Count), Queues[(who + wait) % Queues.Length].Id, Floor.Time(Seconds - (what % 3)))
        {
            Priority = wait % 3,
            Skills = wait % 11 == 0 ? [new SkillNeed("x", 1)] : [],
            LastAgent = who % 3 == 0 ? Agents[wait % Agents.Length].Id : null,
            VipAgent = who % 5 == 0 ? Agents[who % Agents.Length].Id : null,
            VipAgentFor = who % 10 == 0 ? TimeSpan.FromSeconds(wait % 40) : null,
        };
        Arrivals.Add(contact.Contact, contact);
        router.Arrive(contact, Floor.Time(Seconds)).ShouldBeNull();
    }

    private void Answer(int who, int wait, DateTimeOffset at)
    {
        if (Some(who, ContactState.Offered) is not { } contact) return;
        var agent = router.FindContact(contact)!.Agent!.Value;
        _ = (wait % 4) switch { 0 => router.Reject(contact, agent, at), 1 => router.RingNoAnswer(contact, agent, at), _ => router.Accept(contact, agent, at) };
    }

    private void Rare(Guid agent, int who, int wait, DateTimeOffset at)
    {
        switch (wait % 8)
        {
            case 0: router.Resume(agent, at); break;
            case 1: if (Some(who, ContactState.InHand) is { } back) router.Return(back, at); break;
            case 2: if (Some(who, ContactState.InHand) is { } over) router.HandOver(over, agent, at); break;
            case 3: if (Some(who, ContactState.InHand, ContactState.Waiting) is { } mover && Arrivals[mover].Queue != Queues[4].Id) router.Move(mover, Queues[3].Id, at); break;
            case 4: router.SetQueues(Queues, at).ShouldBeNull(); break;
            case 5: router.SetAgent(Agents[who % Agents.Length], at).ShouldBeNull(); break;
            case 6: router.BeginShift(agent, at).ShouldBeNull(); break;
            default: Set(agent, WantedState.Ready, (DeviceState)(who % 5), false, at); break;
        }
        agentRows[agent] = router.FindAgent(agent)!;
    }

    private void Set(Guid agent, WantedState wanted, DeviceState device, bool silent, DateTimeOffset at)
    {
        // What falls due first is judged by the presence that held until then.
        router.Tick(at);
        Hear();
        presences[agent] = Floor.Presence(Floor.Number(agent), wanted, device, silent);
        router.SetPresence(presences[agent], at).ShouldBeNull();
        agentRows[agent] = router.FindAgent(agent)!;
    }

    private Guid? Some(int who, params ContactState[] states)
    {
        var found = router.Snapshot().Contacts.Where(c => states.Contains(c.State)).ToList();
        return found.Count == 0 ? null : found[who % found.Count].Arrival.Contact;
    }

    private void Hear()
    {
        Log.AddRange(router.Outputs);
        router.ClearOutputs();
        for (; told < Log.Count; told++)
        {
            Keep(Log[told]);
            Book(Log[told]);
        }
        var rows = router.Snapshot();
        var known = rows.Contacts.Select(c => c.Arrival.Contact).ToHashSet();
        if (Arrivals.Keys.FirstOrDefault(c => known.Contains(c) == ends.ContainsKey(c)) is var lost && lost != Guid.Empty) faults.Add($"lost or doubled {lost}");
        foreach (var row in rows.Contacts)
            if ((row.State is ContactState.Waiting or ContactState.Reserved) == holders.ContainsKey(row.Arrival.Contact)) faults.Add($"book and router differ on {row}");
        Idle(rows);
    }

    private void Keep(Output said)
    {
        if (router.FindAgent(said.Agent) is { } agent) agentRows[said.Agent] = agent;
        if (router.FindContact(said.Contact) is { } contact) contactRows[said.Contact] = contact;
        else contactRows.Remove(said.Contact);
    }

    private void Book(Output said)
    {
        if (said.Contact != Guid.Empty && ends.ContainsKey(said.Contact)) faults.Add($"after its end: {said}");
        if (said.Contact != Guid.Empty && said.Kind != OutputKind.Overflowed) homes[said.Contact] = said.Queue;
        switch (said.Kind)
        {
            case OutputKind.Offered or OutputKind.Assigned:
                if (!holders.TryAdd(said.Contact, said.Agent)) faults.Add($"given twice: {said}");
                Judge(said);
                break;
            case OutputKind.Accepted:
                foreach (var bar in refusals.Keys.Where(k => k.Contact == said.Contact).ToList()) refusals.Remove(bar);
                holders[said.Contact] = said.Agent;
                break;
            case OutputKind.Rejected or OutputKind.Ignored or OutputKind.Withdrawn or OutputKind.Returned:
                if (said.Kind is OutputKind.Rejected or OutputKind.Ignored) refusals[(said.Contact, said.Agent)] = said.At + Queues.Single(q => q.Id == said.Queue).RetrySameAgentAfter;
                if (!holders.Remove(said.Contact)) faults.Add($"not held: {said}");
                break;
            case OutputKind.Completed or OutputKind.Abandoned or OutputKind.TurnedAway:
                holders.Remove(said.Contact);
                ends.Add(said.Contact, said.Kind);
                break;
        }
    }

    private void Judge(Output said)
    {
        var (decision, profile) = (said.Decision!.Value, Agents.Single(a => a.Id == said.Agent));
        var presence = presences.GetValueOrDefault(said.Agent);
        var (home, through) = (Queues.Single(q => q.Id == said.Queue), Queues.Single(q => q.Id == decision.Through));
        if (presence is not { Wanted: WantedState.Ready, Silent: false }) faults.Add($"off duty or unreachable: {said}");
        if (home.Channel == Channel.Call && presence?.Device != DeviceState.Idle) faults.Add($"device not idle: {said}");
        if (!profile.Has(through.Skills, through.Certificates, said.At) || !profile.Has(Arrivals[said.Contact].Skills, [], said.At)) faults.Add($"without the right: {said}");
        var load = holders.Where(h => h.Value == said.Agent).Sum(h => profile.Mix.Of(Queues.Single(q => q.Id == homes[h.Key]).Channel));
        if (load > 1000) faults.Add($"over capacity {load}: {said}");
        if (refusals.TryGetValue((said.Contact, said.Agent), out var until) && said.At < until) faults.Add($"to who has just refused it: {said}");
        if (decision.Eligible + decision.Excluded.Total != Agents.Length) faults.Add($"figures do not add up: {decision}");
    }

    /// <summary>Nobody waits beside a free agent who may take the contact.</summary>
    private void Idle(DispatchSnapshot rows)
    {
        foreach (var contact in rows.Contacts.Where(c => c.State == ContactState.Waiting))
        {
            var home = Queues.Single(q => q.Id == contact.Arrival.Queue);
            if (home.WhenClosed == WhenClosed.Wait && home.Hours?.IsOpen(router.Now) == false) continue;
            foreach (var agent in rows.Agents.Where(a => a.Presence is { Wanted: WantedState.Ready, Silent: false, Device: DeviceState.Idle } && !a.IsPaused))
            {
                var load = holders.Where(h => h.Value == agent.Profile.Id).Sum(h => agent.Profile.Mix.Of(Queues.Single(q => q.Id == homes[h.Key]).Channel));
                var room = load + agent.Profile.Mix.Of(home.Channel) <= 1000 && !contact.Bars.Any(b => b.Agent == agent.Profile.Id && b.Until > router.Now);
                if (room && agent.Profile.Has([.. home.Skills, .. contact.Arrival.Skills], home.Certificates, router.Now)) faults.Add($"{contact.Arrival.Contact} waits beside {agent.Profile.Id}");
            }
        }
    }

    private static Dictionary<DayOfWeek, IReadOnlyList<OpenSpan>> EveryDay(TimeOnly from, TimeOnly to) => Enum.GetValues<DayOfWeek>().ToDictionary(d => d, _ => (IReadOnlyList<OpenSpan>)[new OpenSpan(from, to)]);
}
