using System.Globalization;
using System.Text.RegularExpressions;
using Evenhand.Bpmn.Expressions;

namespace Evenhand.Bpmn.Timing;

/// <summary>Reads instants, durations and repetitions as ISO 8601-1:2019 writes them.</summary>
public static partial class Iso8601
{
    /// <summary>Reads a duration: `P1Y2M3W4DT5H6M7.5S`, each part at most once and in this order, at least one; only seconds may have a fraction (point or comma). A sign may stand before `P` and, as ISO 8601-2 has it, before each number.</summary>
    /// <param name="text">The text; blanks around it are ignored.</param>
    /// <param name="span">Months (a year is twelve) and exact time (a week is seven days, a day 24 hours); fractions beyond a ten-millionth of a second are cut off.</param>
    /// <returns>False when the text is no duration, or one of more than 2,147,483,647 months or 10,675,199 days.</returns>
    public static bool TryDuration(string text, out CalendarSpan span)
    {
        ArgumentNullException.ThrowIfNull(text);
        span = default;
        var written = text.AsSpan().Trim();
        if (written.Length > 100 || Duration().Match(written.ToString()) is not { Success: true } match || match.ValueSpan[^1] is 'P' or 'T') return false;
        decimal Part(string name) => match.Groups[name] is { Success: true } group
            ? decimal.Parse(group.Value.Replace(',', '.'), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
            : 0;
        var sign = match.Groups["sign"].ValueSpan is "-" ? -1 : 1;
        var months = sign * ((Part("y") * 12) + Part("mo"));
        var seconds = (((((((Part("w") * 7) + Part("d")) * 24) + Part("h")) * 60) + Part("mi")) * 60) + Part("s");
        var ticks = decimal.Truncate(sign * seconds * TimeSpan.TicksPerSecond);
        if (months is < int.MinValue or > int.MaxValue || ticks is < long.MinValue or > long.MaxValue) return false;
        span = new((int)months, TimeSpan.FromTicks((long)ticks));
        return true;
    }

    /// <summary>Reads an instant: `2026-03-01`, `2026-03-01T08:30`, `…:15`, `…:15.25`, with `Z`, `+08:00`, `+0800`, `+08` or without a zone.</summary>
    /// <param name="text">The text; blanks around it are ignored, and a blank may stand for `T`.</param>
    /// <param name="defaultOffset">The offset where the text names none.</param>
    /// <param name="instant">The instant, in the offset written or given.</param>
    /// <returns>False when the text is no instant of the years 1–9999.</returns>
    public static bool TryInstant(string text, TimeSpan defaultOffset, out DateTimeOffset instant)
    {
        ArgumentNullException.ThrowIfNull(text);
        instant = default;
        if (!TryLocal(text, out var local, out var offset)) return false;
        return TryJoin(local, offset ?? defaultOffset, out instant);
    }

    /// <summary>Reads a repetition: `R/PT1H`, `R3/PT10M`, `R5/2026-01-01T00:00/P1D`, `R/P1D/2026-12-31`, `R3/2026-01-01T00:00Z/2026-01-02T00:00Z`; `R3` is three firings in all, `R` and `R-1` are without end.</summary>
    /// <param name="text">The text; blanks around it are ignored.</param>
    /// <param name="cycle">The repetition; empty when the text is none.</param>
    /// <returns>False when the text is no repetition; also for `R0`.</returns>
    public static bool TryCycle(string text, out Cycle cycle)
    {
        ArgumentNullException.ThrowIfNull(text);
        cycle = new();
        var parts = text.Trim().Split('/');
        if (parts.Length is < 2 or > 3 || parts[0] is not ['R', .. var count]) return false;
        int? times = null;
        if (count is not ("" or "-1"))
        {
            if (!int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var counted) || counted < 1) return false;
            times = counted;
        }
        Moment? Written(int part) => part < parts.Length && TryLocal(parts[part], out var local, out var offset) ? new Moment(local, offset) : null;
        var (first, second) = (Written(1), Written(2));
        CalendarSpan period = default;
        var spanned = TryDuration(parts[1], out period) || (parts.Length == 3 && TryDuration(parts[2], out period));
        if (!spanned)
        {
            // Two instants: the second is one period after the first.
            if (first is not { } from || second is not { } to || from.Offset.HasValue != to.Offset.HasValue) return false;
            period = new(0, to.Local - (to.Offset ?? default) - (from.Local - (from.Offset ?? default)));
            second = null;
        }
        else if (parts.Length == 3 && first is null == second is null) return false;
        cycle = new() { Times = times, Start = first, Period = period, End = second };
        return true;
    }

    /// <summary>A date and time as written and its offset, if one is written.</summary>
    internal static bool TryLocal(string text, out DateTime local, out TimeSpan? offset)
    {
        (local, offset) = (default, null);
        var written = text.AsSpan().Trim();
        if (written.Length is < 8 or > 40 || Instant().Match(written.ToString()) is not { Success: true } match) return false;
        int Part(string name) => match.Groups[name] is { Success: true } group ? int.Parse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;
        var (year, month, day, hour) = (Part("y"), Part("mo"), Part("d"), Part("h"));
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return false;
        var time = new TimeSpan(hour, Part("mi"), Part("s"));
        if (hour > 24 || Part("mi") > 59 || Part("s") > 59 || time > TimeSpan.FromDays(1)) return false;
        var fraction = match.Groups["f"].Value.PadRight(7, '0')[..7];
        local = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified);
        var ticks = time.Ticks + int.Parse(fraction, CultureInfo.InvariantCulture);
        if (ticks > (DateTime.MaxValue - local).Ticks || (hour == 24 && ticks > TimeSpan.TicksPerDay)) return false;
        local = local.AddTicks(ticks);
        if (match.Groups["z"].ValueSpan is "Z" or "z") offset = TimeSpan.Zero;
        else if (match.Groups["oh"].Success)
        {
            if (Part("oh") > 14 || Part("om") > 59) return false;
            var distance = new TimeSpan(Part("oh"), Part("om"), 0);
            offset = match.Groups["os"].ValueSpan is "-" ? -distance : distance;
        }
        return true;
    }

    internal static bool TryJoin(DateTime local, TimeSpan offset, out DateTimeOffset instant)
    {
        instant = default;
        var utc = local.Ticks - offset.Ticks;
        if (utc < 0 || utc > DateTime.MaxValue.Ticks || offset.Duration() > TimeSpan.FromHours(14) || offset.Ticks % TimeSpan.TicksPerMinute != 0) return false;
        instant = new(local, offset);
        return true;
    }

    [GeneratedRegex(@"^(?<sign>[+-])?P((?<y>-?[0-9]{1,10})Y)?((?<mo>-?[0-9]{1,10})M)?((?<w>-?[0-9]{1,8})W)?((?<d>-?[0-9]{1,8})D)?(T((?<h>-?[0-9]{1,9})H)?((?<mi>-?[0-9]{1,11})M)?((?<s>-?[0-9]{1,12}([.,][0-9]{1,9})?)S)?)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Duration();

    [GeneratedRegex(@"^(?<y>[0-9]{4})-(?<mo>[0-9]{2})-(?<d>[0-9]{2})([Tt ](?<h>[0-9]{2}):(?<mi>[0-9]{2})(:(?<s>[0-9]{2})([.,](?<f>[0-9]{1,9}))?)?)?(?<z>[Zz]|(?<os>[+-])(?<oh>[0-9]{2})(:?(?<om>[0-9]{2}))?)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Instant();
}
