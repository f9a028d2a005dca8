namespace Evenhand.DemoCentre;

/// <summary>One agent's day at work.</summary>
internal sealed class DemoShift
{
    public DemoShift(DemoAgent agent, DateOnly day, long midnight, int week, Random chance)
    {
        Agent = agent;
        var shift = DemoPlan.Shifts[(agent.ShiftOffset + week) % 3];
        Day = day;
        (Start, End) = (midnight + shift.Start + chance.Next(-120, 60), midnight + shift.End);
        MealAt = midnight + shift.MealAt + 1200 * (agent.Index % 4);
        var peak = midnight + 10 * 3600;
        Pauses = [.. Plan(shift, peak, chance).OrderBy(p => p.At)];
    }

    public DemoAgent Agent { get; }
    public DateOnly Day { get; }
    public long Start { get; }
    public long End { get; }
    public long MealAt { get; }
    public long SignedOut { get; set; }
    public long IdleSince { get; set; }
    public IReadOnlyList<Pause> Pauses { get; }
    public Queue<Pause> Due { get; } = [];

    /// <summary>Seconds this agent talks on a contact of this queue.</summary>
    public int Talk(string queue, Hidden hidden, Random chance)
    {
        if (Agent.HangsUp && chance.NextDouble() < 0.25) return chance.Next(2, 9);
        var factor = Agent.TalkFactor * (queue == hidden.ScriptQueue && Day >= hidden.ScriptRelease ? hidden.ScriptFactor : 1);
        return Math.Max(5, (int)Chance.Lognormal(chance, Agent.Pool.Queues.First(q => q.Code == queue).TalkSeconds * factor, 0.85));
    }

    private IEnumerable<Pause> Plan(Shift shift, long peak, Random chance)
    {
        yield return new(MealAt, 1800, "Meal", "用餐");
        if (Day.DayOfWeek == DayOfWeek.Monday) yield return new(Start + 900, 900, "Meeting", "班前会");
        if (chance.NextDouble() < 0.09) yield return new(Start + chance.Next(3, 6) * 3600, 3600, "Training", "培训");
        var seconds = (int)(Agent.BreakShare * (shift.End - shift.Start));
        if (Agent.BreaksAtPeak && shift.Start < 10 * 3600)
        {
            yield return new(peak + chance.Next(0, 1200), seconds * 2 / 3, "Break", "小休");
            seconds /= 3;
        }
        var count = Math.Max(2, seconds / 600);
        for (var i = 0; i < count; i++)
            yield return new(Start + 1800 + (End - Start - 3600) * i / count + chance.Next(2400), seconds / count + chance.Next(-90, 90), "Break", "小休");
    }
}

/// <summary>Something an agent leaves the queue for, as soon as the contact in hand is done.</summary>
internal sealed record Pause(long At, int Length, string State, string Reason);
