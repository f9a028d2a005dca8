using System.Globalization;

namespace Evenhand.Telephony.Live;

/// <summary>The PBX's clock as seen from here: the least delay between an event's own time and its receipt is taken as the difference of the clocks.</summary>
internal sealed class PbxClock
{
    private TimeSpan? _offset;

    public void Restart() => _offset = null;

    public void Observe(DateTimeOffset pbx, DateTimeOffset received) => _offset = _offset is { } known && known < received - pbx ? known : received - pbx;

    public DateTimeOffset At(DateTimeOffset received) => received - (_offset ?? TimeSpan.Zero);

    /// <summary>Seconds since 1970 with a fraction to the microsecond; null when the text is no such time.</summary>
    public static DateTimeOffset? Read(string? text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 253_000_000_000
            ? DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond)) : null;
}
