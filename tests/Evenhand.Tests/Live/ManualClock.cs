namespace Evenhand.Tests.Live;

/// <summary>A clock that stands until it is moved on; timers whose time has come then fire, in order.</summary>
internal sealed class ManualClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<Alarm> alarms = [];
    private TimeSpan passed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate) return start + passed;
    }

    public override long GetTimestamp()
    {
        lock (gate) return passed.Ticks;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, callback, state);
        alarm.Change(dueTime, period);
        return alarm;
    }

    public void Advance(TimeSpan by)
    {
        TimeSpan until;
        lock (gate) until = passed + by;
        while (Due(until) is { } alarm) alarm.Ring();
        lock (gate) passed = until;
    }

    private Alarm? Due(TimeSpan until)
    {
        lock (gate)
        {
            if (alarms.Where(a => a.At <= until).MinBy(a => a.At) is not { } next) return null;
            if (next.At > passed) passed = next.At;
            if (next.Period > TimeSpan.Zero) next.At += next.Period;
            else alarms.Remove(next);
            return next;
        }
    }

    private sealed class Alarm(ManualClock clock, TimerCallback callback, object? state) : ITimer
    {
        public TimeSpan At { get; set; }

        public TimeSpan Period { get; private set; }

        public void Ring() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.gate)
            {
                clock.alarms.Remove(this);
                (At, Period) = (clock.passed + dueTime, period);
                if (dueTime >= TimeSpan.Zero) clock.alarms.Add(this);
            }
            return true;
        }

        public void Dispose()
        {
            lock (clock.gate) clock.alarms.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
