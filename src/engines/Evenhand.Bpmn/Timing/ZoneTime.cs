namespace Evenhand.Bpmn.Timing;

/// <summary>From a zone's wall clock to instants, over the hours that clocks skip and repeat.</summary>
internal static class ZoneTime
{
    /// <summary>The instant of a wall-clock time: of a skipped time the first instant after the gap, of a repeated time the earlier.</summary>
    public static DateTimeOffset? Instant(DateTime local, TimeZoneInfo zone)
    {
        if (zone.IsInvalidTime(local)) return Change(local, zone).At;
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return Iso8601.TryJoin(local, offset, out var instant) ? instant : null;
    }

    /// <summary>The change of offset nearest a wall-clock time that is skipped or repeated.</summary>
    /// <returns>The first instant of the new offset, in it, and the offset before.</returns>
    public static (DateTimeOffset At, TimeSpan Before) Change(DateTime local, TimeZoneInfo zone)
    {
        var middle = local.Ticks - zone.BaseUtcOffset.Ticks;
        var (low, high) = (Math.Max(0, middle - (2 * TimeSpan.TicksPerDay)), Math.Min(DateTime.MaxValue.Ticks, middle + (2 * TimeSpan.TicksPerDay)));
        var before = Offset(low);
        while (high - low > 1)
        {
            var half = low + ((high - low) / 2);
            if (Offset(half) == before) low = half;
            else high = half;
        }
        return (new DateTimeOffset(high, TimeSpan.Zero).ToOffset(Offset(high)), before);

        TimeSpan Offset(long utc) => zone.GetUtcOffset(new DateTime(utc, DateTimeKind.Utc));
    }
}
