using System.Diagnostics;
using System.Globalization;
using Evenhand.Dispatch;
using Evenhand.Dispatch.Policies;
using Evenhand.Dispatch.Presence;
using Evenhand.Dispatch.Queues;

// Usage: Evenhand.Bench.Dispatch SECONDS [AGENTS QUEUES]   (seconds for each line; 10,000 agents and 1,000 queues when not said)
// A queue needs one of 200 skills at one of three levels; an agent has four skills and so serves a dozen queues, or forty and serves some 130. A line is a
// policy and a load: "idle" keeps most agents free and compares them, "busy" keeps contacts waiting so that freed agents compare those. The last line is
// what a restart costs: all rows written, and a router built from them.
// A decision is one offer, its acceptance and, later, the completion of the contact. The time of each command is measured; what is printed is decisions a
// second over all commands, the microseconds of a command (p50, p99, p99.9, worst) and the bytes allocated for each decision inside the router.
var seconds = double.Parse(args[0], CultureInfo.InvariantCulture);
var (agentCount, queueCount) = args.Length > 2 ? (int.Parse(args[1], CultureInfo.InvariantCulture), int.Parse(args[2], CultureInfo.InvariantCulture)) : (10_000, 1_000);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{agentCount} agents, {queueCount} queues"));
foreach (var policy in Enum.GetValues<Policy>())
    foreach (var (load, share) in new[] { ("idle", 0.3), ("busy", 1.3) })
        new Floor(agentCount, queueCount, policy).Run($"{policy} {load}", share, seconds);
new Floor(agentCount, queueCount, Policy.FairShare, skillsEach: 40).Run("FairShare idle, 40 skills each", 0.3, seconds);
new Floor(agentCount, queueCount, Policy.FairShare, skillsEach: 40).Run("FairShare busy, 40 skills each", 1.3, seconds);
var one = new Floor(agentCount, queueCount, Policy.FairShare, skillsEach: 0);
one.Run("FairShare idle, all agents in one pool", 0.3, seconds);
one.Rebuild();

internal sealed class Floor
{
    private const int Skills = 200;
    private readonly Random random = new(1);
    private readonly Dispatcher router = new();
    private readonly DateTimeOffset start = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);
    private readonly QueueRules[] queues;
    private readonly Queue<Guid> talking = [];
    private readonly List<Arrival> coming = [];
    private readonly int agents;
    private readonly long[] ticks = new long[1 << 22];
    private int commands, decisions, next;
    private DateTimeOffset now;

    public Floor(int agents, int queues, Policy policy, int skillsEach = 4)
    {
        (this.agents, now) = (agents, start);
        this.queues = [.. Enumerable.Range(0, queues).Select(i => new QueueRules
        {
            Id = Id(1_000_000 + i), Channel = Channel.Call, Policy = policy, AgeingPerMinute = i % 4, Priority = i % 3,
            Skills = skillsEach == 0 ? [] : [new SkillNeed($"s{i % Skills}", 1 + (i / Skills % 3))],
        })];
        router.SetQueues(this.queues, now);
        for (var i = 0; i < agents; i++)
        {
            var skills = new Dictionary<string, int>();
            while (skills.Count < skillsEach) skills[$"s{random.Next(Skills)}"] = 1 + random.Next(3);
            router.SetAgent(new AgentProfile { Id = Id(i + 1), Skills = skills }, now);
            router.SetPresence(new AgentPresence(Id(i + 1), WantedState.Ready, null, DeviceState.Idle, now, false, now), now);
        }
        router.ClearOutputs();
    }

    /// <summary>Warms up until the load is reached, then measures. Time inside the floor runs so that contacts end as fast as they come.</summary>
    public void Run(string name, double share, double seconds)
    {
        var target = (int)(agents * share);
        while (router.ContactCount < target) Turn(target, false);
        for (var i = 0; i < 50_000; i++) Turn(target, false);
        var (watch, bytes) = (Stopwatch.StartNew(), 0L);
        while (watch.Elapsed.TotalSeconds < seconds && commands < ticks.Length - 10) bytes += Turn(target, true);
        Array.Sort(ticks, 0, commands);
        var busy = ticks.Take(commands).Sum() / (double)Stopwatch.Frequency;
        double At(double p) => ticks[(int)((commands - 1) * p)] * 1e6 / Stopwatch.Frequency;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name}\t{decisions / busy:F0} decisions/s\tp50 {At(.5):F1} µs\tp99 {At(.99):F1} µs\tp99.9 {At(.999):F1} µs\tworst {At(1):F0} µs\t{bytes / (double)Math.Max(1, decisions):F0} bytes/decision"));
    }

    public void Rebuild()
    {
        var watch = Stopwatch.StartNew();
        var rows = router.Snapshot();
        var written = watch.Elapsed.TotalMilliseconds;
        Dispatcher.Restore(null, queues, rows, out _);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows.Agents.Count} agents and {rows.Contacts.Count} contacts as rows\t{written:F0} ms\tand back\t{watch.Elapsed.TotalMilliseconds - written:F0} ms"));
    }

    private long Turn(int target, bool measured)
    {
        now = now.AddMilliseconds(5);
        if (coming.Count == 0)
            for (var i = 0; i < 4096; i++) coming.Add(new Arrival(Id(10_000_000 + next++), queues[random.Next(queues.Length)].Id, now));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var from = Stopwatch.GetTimestamp();
        if (router.ContactCount < target)
        {
            router.Arrive(coming[^1], now);
            coming.RemoveAt(coming.Count - 1);
        }
        else if (talking.TryDequeue(out var oldest))
        {
            router.Complete(oldest, now);
        }
        else
        {
            now = now.AddSeconds(1);
            router.Tick(now);
        }
        Note(from, measured);
        for (var i = 0; i < router.Outputs.Count; i++)
        {
            if (router.Outputs[i].Kind != OutputKind.Offered) continue;
            var (contact, agent) = (router.Outputs[i].Contact, router.Outputs[i].Agent);
            if (measured) decisions++;
            from = Stopwatch.GetTimestamp();
            if (router.Accept(contact, agent, now) is { } denied) throw new InvalidOperationException(denied.ToString());
            Note(from, measured);
            talking.Enqueue(contact);
        }
        var spent = GC.GetAllocatedBytesForCurrentThread() - before;
        router.ClearOutputs();
        return spent;
    }

    private void Note(long from, bool measured)
    {
        if (measured) ticks[commands++] = Stopwatch.GetTimestamp() - from;
    }

    private static Guid Id(int number) => new(number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}
