namespace Evenhand.Tests.Telephony;

/// <summary>A clock that a test moves by hand; timers fall due with it.</summary>
internal sealed class HandClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock turning = new();
    private readonly List<HandTimer> timers = [];
    private DateTimeOffset now = start;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (turning) return now;
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new HandTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(double seconds)
    {
        List<HandTimer> due;
        lock (turning)
        {
            now += TimeSpan.FromSeconds(seconds);
            due = [.. timers.Where(t => t.Due <= now)];
            foreach (var timer in due) timers.Remove(timer);
        }
        foreach (var timer in due) timer.Fire();
    }

    /// <summary>Waits until something in the background has come true, and lets time pass meanwhile where that is asked for.</summary>
    public async Task Until(Func<bool> isSo, double secondsATurn = 0, string? what = null)
    {
        for (var turn = 0; turn < 2000; turn++)
        {
            if (isSo()) return;
            if (secondsATurn > 0) Advance(secondsATurn);
            await Task.Delay(5);
        }
        throw new TimeoutException($"it never came true: {what}");
    }

    private sealed class HandTimer(HandClock clock, Action fire) : ITimer
    {
        public DateTimeOffset Due { get; private set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.turning)
            {
                clock.timers.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan) return true;
                Due = clock.now + dueTime;
                if (dueTime > TimeSpan.Zero)
                {
                    clock.timers.Add(this);
                    return true;
                }
            }
            ThreadPool.QueueUserWorkItem(_ => fire());
            return true;
        }

        public void Dispose()
        {
            lock (clock.turning) clock.timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
