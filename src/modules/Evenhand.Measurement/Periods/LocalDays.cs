namespace Evenhand.Measurement.Periods;

/// <summary>Days and clock times of the centre's wall clock, against unix seconds.</summary>
internal static class LocalDays
{
    private const long Quarter = 900;

    /// <summary>The first second of a local day, unix, as a whole quarter hour; where clocks skip midnight, the first second there is.</summary>
    public static long StartOf(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(midnight)) midnight = midnight.AddMinutes(15);
        var offset = zone.IsAmbiguousTime(midnight) ? zone.GetAmbiguousTimeOffsets(midnight).Max() : zone.GetUtcOffset(midnight);
        var seconds = new DateTimeOffset(midnight, offset).ToUnixTimeSeconds();
        return seconds - ((seconds % Quarter) + Quarter) % Quarter;
    }

    /// <summary>The wall clock at a unix second.</summary>
    public static DateTimeOffset At(long unix, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds(unix), zone);

    /// <summary>The local day a unix second falls into.</summary>
    public static DateOnly DayOf(long unix, TimeZoneInfo zone) => DateOnly.FromDateTime(At(unix, zone).DateTime);
}
