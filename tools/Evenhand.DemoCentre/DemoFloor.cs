namespace Evenhand.DemoCentre;

/// <summary>Plays the centre day by day: arrivals, patience, queues, longest-idle agents, breaks; and logs what a PBX and a state log would.</summary>
public sealed class DemoFloor
{
    private readonly DemoPlan plan;
    private readonly Random chance;
    private readonly DemoLog log;
    private readonly List<string> recentCallers = [];
    private int calls;

    private DemoFloor(DemoPlan plan, DemoLog log) => (this.plan, this.log, chance) = (plan, log, new Random(plan.Settings.Seed + 1));

    /// <summary>Writes an Asterisk queue_log and a state log (CSV) of the whole time.</summary>
    /// <param name="plan">The centre.</param>
    /// <param name="queueLog">Takes the queue_log.</param>
    /// <param name="stateLog">Takes the state log, with its header.</param>
    /// <param name="dayDone">Told after each day: days done, days in all.</param>
    public static void Play(DemoPlan plan, TextWriter queueLog, TextWriter stateLog, Action<int, int>? dayDone = null)
    {
        DemoLog.Header(stateLog);
        var log = new DemoLog(queueLog, stateLog);
        var floor = new DemoFloor(plan, log);
        var days = plan.Settings.Until.DayNumber - plan.Settings.From.DayNumber;
        for (var d = 0; d < days; d++)
        {
            foreach (var pool in plan.Pools) floor.PlayDay(pool, plan.Settings.From.AddDays(d), d / 7);
            log.WriteDay();
            dayDone?.Invoke(d + 1, days);
        }
    }

    private void PlayDay(Pool pool, DateOnly day, int week)
    {
        var midnight = DemoLog.Epoch(day);
        var people = plan.Agents.Where(a => a.Pool == pool && OnDuty(a, day)).Select(a => new DemoShift(a, day, midnight, week, chance)).ToList();
        if (people.Count == 0) return;
        var waiting = new LinkedList<Waiting>();
        var idle = new List<DemoShift>();
        var events = new PriorityQueue<Action<long>, (long, int)>();
        var order = 0;
        void At(long when, Action<long> act) => events.Enqueue(act, (when, order++));
        foreach (var person in people)
        {
            At(person.Start, now => Free(person, now));
            foreach (var pause in person.Pauses) At(pause.At, now => { person.Due.Enqueue(pause); if (idle.Contains(person)) Free(person, now); });
            At(person.End, now => { if (idle.Contains(person)) Free(person, now); });
        }
        foreach (var (at, queue) in Arrivals(pool, people, day, midnight)) At(at, now => Arrive(queue, now));
        while (events.TryDequeue(out var act, out var when)) act(when.Item1);
        foreach (var person in people) log.State(person.Agent.Code, "signed-in", "", person.Start, person.SignedOut);
        return;

        void Arrive(string queue, long now)
        {
            var call = new Waiting(queue, $"{now}.{++calls}", now);
            log.Line(now, $"|{call.Id}|{queue}|NONE|ENTERQUEUE||{Caller()}|{waiting.Count + 1}");
            if (idle.Count > 0)
            {
                var person = idle.MinBy(p => (p.IdleSince, p.Agent.Index))!;
                idle.Remove(person);
                Serve(person, call, now);
                return;
            }
            var node = waiting.AddLast(call);
            At(now + 2 + (long)Chance.Exponential(chance, 240), then =>
            {
                if (node.List is null) return;
                waiting.Remove(node);
                log.Line(then, $"|{call.Id}|{queue}|NONE|ABANDON|1|1|{then - call.Entered}");
            });
        }

        void Serve(DemoShift person, Waiting call, long now)
        {
            var ring = chance.Next(1, 5);
            var connected = now + ring;
            var talk = person.Talk(call.Queue, plan.Hidden, chance);
            var ended = connected + talk;
            var hungUp = person.Agent.HangsUp && talk < 10;
            var code = person.Agent.Code;
            log.State(code, "Available", "", person.IdleSince, now);
            log.State(code, "Ringing", "", now, connected);
            log.State(code, "Talking", "", connected, ended);
            log.Line(connected, $"|{call.Id}|{call.Queue}|{code}|CONNECT|{connected - call.Entered}|{call.Id}|{ring}");
            log.Line(ended, $"|{call.Id}|{call.Queue}|{code}|{(hungUp || chance.NextDouble() < 0.3 ? "COMPLETEAGENT" : "COMPLETECALLER")}|{connected - call.Entered}|{talk}|1");
            var free = ended + Math.Max(2, (long)Chance.Lognormal(chance, 14, 0.6));
            log.State(code, "after-contact", "", ended, free);
            At(free, then => Free(person, then));
        }

        void Free(DemoShift person, long now)
        {
            if (idle.Remove(person)) log.State(person.Agent.Code, "Available", "", person.IdleSince, now);
            if (person.SignedOut > 0) return;
            if (now >= person.End)
            {
                person.SignedOut = now;
                return;
            }
            if (person.Due.TryDequeue(out var pause))
            {
                var back = now + pause.Length;
                log.State(person.Agent.Code, pause.State, pause.Reason, now, back);
                At(back, then => Free(person, then));
                return;
            }
            person.IdleSince = now;
            if (waiting.First is { } first)
            {
                waiting.RemoveFirst();
                Serve(person, first.Value, now);
                return;
            }
            idle.Add(person);
        }
    }

    internal static bool OnDuty(DemoAgent agent, DateOnly day) =>
        day >= agent.JoinedOn && (agent.LeftOn is not { } left || day < left)
        && (int)day.DayOfWeek != agent.RestDay && (int)day.DayOfWeek != (agent.RestDay + 1) % 7;

    /// <summary>Arrivals that keep the people on duty at the pool's load, with the ripple of the day and of chance.</summary>
    private IEnumerable<(long At, string Queue)> Arrivals(Pool pool, List<DemoShift> people, DateOnly day, long midnight)
    {
        var dayFactor = Math.Exp(0.025 * Chance.Normal(chance));
        for (var slot = people.Min(p => p.Start); slot < people.Max(p => p.End); slot += 300)
        {
            var onDuty = people.Count(p => p.Start <= slot && slot < p.End && !(slot >= p.MealAt && slot < p.MealAt + 1800));
            var hour = (slot - midnight) / 3600.0;
            var ripple = 1 + 0.07 * Math.Exp(-Math.Pow(hour - 10.7, 2) / 1.2) + 0.05 * Math.Exp(-Math.Pow(hour - 15.5, 2) / 1.5) - 0.05 * Math.Exp(-Math.Pow(hour - 22.5, 2) / 1.5);
            var outage = day == plan.Hidden.Outage && hour is >= 10 and < 13 ? 1.5 : 1;
            var mean = 300 * onDuty * pool.Load * (0.97 + 0.45 / Math.Sqrt(Math.Max(1, onDuty))) * dayFactor * ripple * outage / pool.TalkSeconds;
            for (var at = Chance.Exponential(chance, 300 / Math.Max(mean, 1e-9)); at < 300; at += Chance.Exponential(chance, 300 / mean))
                yield return (slot + (long)at, Pick(pool, chance.NextDouble()));
        }
    }

    private static string Pick(Pool pool, double at)
    {
        foreach (var queue in pool.Queues)
            if ((at -= queue.Share) < 0) return queue.Code;
        return pool.Queues[^1].Code;
    }

    /// <summary>One in eight calls comes from somebody who called lately.</summary>
    private string Caller()
    {
        if (recentCallers.Count > 200 && chance.NextDouble() < 0.12) return recentCallers[chance.Next(recentCallers.Count)];
        var number = $"1{chance.Next(30, 99)}{chance.Next(100_000_000):D8}";
        if (recentCallers.Count < 4000) recentCallers.Add(number);
        else recentCallers[chance.Next(recentCallers.Count)] = number;
        return number;
    }

    private sealed record Waiting(string Queue, string Id, long Entered);
}
