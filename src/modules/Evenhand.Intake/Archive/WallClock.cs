namespace Evenhand.Intake.Archive;

/// <summary>Wall-clock times of a zone as unix seconds.</summary>
internal static class WallClock
{
    /// <summary>The unix second of a wall-clock time; one that the clock skipped counts as if it had not, one that came twice as the first.</summary>
    public static long ToUnix(TimeZoneInfo zone, DateTime wall)
    {
        var time = DateTime.SpecifyKind(wall, DateTimeKind.Unspecified);
        var offset = zone.IsAmbiguousTime(time) ? zone.GetAmbiguousTimeOffsets(time).Max() : zone.IsInvalidTime(time) ? zone.GetUtcOffset(time.AddHours(-1)) : zone.GetUtcOffset(time);
        return new DateTimeOffset(time, offset).ToUnixTimeSeconds();
    }
}
