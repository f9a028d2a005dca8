using Evenhand.Dispatch;
using Evenhand.Dispatch.Fairness;
using Evenhand.Dispatch.Policies;
using Evenhand.Dispatch.Presence;
using Evenhand.Dispatch.Queues;

namespace Evenhand.Engines.Tests.Dispatch;

/// <summary>
/// A day of a centre with 400 people in three shifts and the real router: some 30,000 calls in an intraday shape with a morning and an evening peak,
/// lognormal handling times, customers who hang up, agents who reject or ignore, a meal and two breaks each, some late, some leaving early.
/// </summary>
internal sealed class ShiftDay
{
    private static readonly double[] Shape = [.9, .6, .45, .4, .4, .5, .8, 1.4, 2.4, 3.1, 3.3, 3.0, 2.5, 2.6, 2.9, 2.9, 2.6, 2.4, 2.5, 2.7, 2.6, 2.1, 1.6, 1.2];
    private static readonly (int Start, int Agents)[] ThreeShifts = [(0, 48), (8, 198), (16, 154)], Change = [(4, 400), (12, 400)];
    private readonly (int Start, int Agents)[] shifts;
    private readonly bool isChange;
    private static readonly string[] Groups = ["a", "b", "ab"];
    private readonly QueueRules[] queues;
    private readonly Dispatcher router = new();
    private readonly Random random;
    private readonly PriorityQueue<Step, (DateTimeOffset At, int Order)> steps = new();
    private readonly Dictionary<Guid, (DateTimeOffset Since, TimeSpan Total)> duty = [];
    private int order, heard;

    private ShiftDay(Policy policy, int seed, double leaveEarly, double busier, bool skilled, bool change)
    {
        (isChange, shifts) = (change, change ? Change : ThreeShifts);
        random = new Random(seed);
        queues =
        [
            Floor.Queue(1) with { Policy = policy, ExpectedHandling = TimeSpan.FromSeconds(180) },
            Floor.Queue(2) with { Policy = policy, ExpectedHandling = TimeSpan.FromSeconds(330), Weight = 1.8 },
            Floor.Queue(3) with { Policy = policy, ExpectedHandling = TimeSpan.FromSeconds(180), Priority = 3, AgeingPerMinute = 2, LastAgentFor = TimeSpan.FromSeconds(20) },
        ];
        if (skilled) (queues[0], queues[1]) = (queues[0] with { Skills = [new SkillNeed("a", 1)] }, queues[1] with { Skills = [new SkillNeed("b", 1)] });
        router.SetQueues(queues, Floor.Nine).ShouldBeNull();
        Staff(leaveEarly, skilled);
        for (var hour = change ? 10 : 0; hour < (change ? 15 : 24); hour++)
            for (var i = (int)(Shape[hour] / Shape.Sum() * 30_000 * busier); i > 0; i--) At(hour + random.NextDouble(), Arrive);
    }

    private delegate void Step(DateTimeOffset now);

    public List<Output> Log { get; } = [];

    public Dictionary<Guid, Arrival> Arrivals { get; } = [];

    public Dictionary<Guid, AgentProfile> Agents { get; } = [];

    public HashSet<Guid> Early { get; } = [];

    public List<string> Faults { get; } = [];

    public IReadOnlyList<OrderViolation> Violations => OrderCheck.Find(Log, Arrivals, queues.ToDictionary(q => q.Id), Agents);

    public int StillThere => router.ContactCount;

    public static ShiftDay Run(Policy policy, int seed, double leaveEarly = 0, double busier = 1, bool skilled = false, bool change = false)
    {
        var day = new ShiftDay(policy, seed, leaveEarly, busier, skilled, change);
        while (day.steps.TryDequeue(out var step, out var key))
        {
            step(key.At);
            day.Hear();
        }
        return day;
    }

    /// <summary>The report over those who are wanted; teams are those of one shift with the same skills.</summary>
    public FairnessReport Report(Func<Guid, bool>? only = null) =>
        FairnessReport.Of(Log, [.. duty.Where(d => only?.Invoke(d.Key) ?? true).Select(d => new AgentTime(d.Key, Agents[d.Key].Team, d.Value.Total, TimeSpan.Zero))], Violations, 1.5, TimeSpan.FromHours(1));

    private void Staff(double leaveEarly, bool skilled)
    {
        var number = 0;
        for (var shift = 0; shift < shifts.Length; shift++)
            for (var i = 0; i < shifts[shift].Agents; i++)
            {
                var group = skilled ? number % 3 : 0;
                var skills = skilled ? Groups[group].ToDictionary(s => s.ToString(), _ => 1) : [];
                var profile = new AgentProfile { Id = Floor.Id(++number), Team = Floor.Id(9000 + (10 * shift) + group), Skills = skills };
                Agents.Add(profile.Id, profile);
                router.SetAgent(profile, Floor.Nine).ShouldBeNull();
                var (start, early) = (shifts[shift].Start, random.NextDouble() < leaveEarly);
                var comes = isChange ? start + ((random.NextDouble() - .5) / 6) : start + (random.NextDouble() < .1 ? random.NextDouble() / 2 : random.NextDouble() / 60);
                var goes = start + (early ? 4.5 + (2.5 * random.NextDouble()) : isChange ? 8 + ((random.NextDouble() - .5) / 6) : 8);
                if (early) Early.Add(profile.Id);
                At(comes, now => Be(profile.Id, WantedState.Ready, now));
                var (meal, first, second) = (start + 3 + random.NextDouble(), start + 1.5 + (random.NextDouble() / 2), start + 5.5 + random.NextDouble());
                foreach (var (from, length, wanted) in new[] { (first, .2, WantedState.Break), (meal, .5, WantedState.Meal), (second, .2, WantedState.Break) })
                {
                    if (from + length >= goes) continue;
                    At(from, now => Be(profile.Id, wanted, now));
                    At(from + length, now => Be(profile.Id, WantedState.Ready, now));
                }
                At(goes, now => Be(profile.Id, WantedState.SignedOut, now));
            }
    }

    private void Be(Guid agent, WantedState wanted, DateTimeOffset now)
    {
        var (was, presence) = (router.FindAgent(agent)!.Presence, Floor.Presence(Floor.Number(agent), wanted));
        var (since, total) = duty.GetValueOrDefault(agent);
        duty[agent] = (now, was.IsOnDuty ? total + (now - since) : total);
        router.SetPresence(presence, now).ShouldBeNull();
    }

    private void Arrive(DateTimeOffset now)
    {
        var queue = random.NextDouble() switch { < .6 => 0, < .9 => 1, _ => 2 };
        var arrival = new Arrival(Floor.Id(10_000 + Arrivals.Count), queues[queue].Id, now) { LastAgent = Floor.Id(1 + random.Next(400)) };
        Arrivals.Add(arrival.Contact, arrival);
        router.Arrive(arrival, now).ShouldBeNull();
        At(now + TimeSpan.FromSeconds(-240 * Math.Log(1 - random.NextDouble())), then => router.Abandon(arrival.Contact, then));
    }

    private void Hear()
    {
        for (; heard < router.Outputs.Count; heard++)
        {
            var said = router.Outputs[heard];
            Log.Add(said);
            if (said.Kind == OutputKind.Offered) Answer(said);
            if (said.Kind == OutputKind.Paused) At(said.At.AddMinutes(5), now => router.Resume(said.Agent, now));
            if (said.Kind == OutputKind.Accepted) Talk(said);
        }
        heard = 0;
        router.ClearOutputs();
    }

    private void Answer(Output offer)
    {
        if (router.FindAgent(offer.Agent)!.Presence.Wanted != WantedState.Ready) Faults.Add($"not ready: {offer}");
        var luck = random.NextDouble();
        if (luck < .01) return;
        var at = offer.At.AddSeconds(1 + (5 * random.NextDouble()));
        At(at, now => _ = luck < .02 ? router.Reject(offer.Contact, offer.Agent, now) : router.Accept(offer.Contact, offer.Agent, now));
    }

    private void Talk(Output accepted)
    {
        var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        var mean = queues.Single(q => q.Id == accepted.Queue).ExpectedHandling.TotalSeconds;
        At(accepted.At.AddSeconds(mean * Math.Exp((.6 * normal) - .18)), now => router.Complete(accepted.Contact, now).ShouldBeNull());
    }

    private void At(double hour, Step step) => At(Floor.Nine.AddHours(hour), step);

    private void At(DateTimeOffset at, Step step) => steps.Enqueue(step, (at, order++));
}
