namespace Evenhand.Tests.Floor;

/// <summary>A clock that a test moves: time passes, or the wall clock alone is set to something else.</summary>
internal sealed class MovedClock(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset wall = start;
    private long passed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => wall;

    public override long GetTimestamp() => passed;

    public void Pass(TimeSpan length)
    {
        wall += length;
        passed += length.Ticks;
    }

    /// <summary>Somebody sets the wall clock; no time passes.</summary>
    public void Jump(TimeSpan by) => wall += by;
}
