using System.Globalization;
using Evenhand.Bpmn.Expressions;
using Evenhand.Bpmn.Model;

namespace Evenhand.Bpmn.Timing;

/// <summary>
/// What an armed timer does: when it is first due, and when again. Three forms: once; a grid (an anchor plus whole multiples of a period, in exact
/// time and the anchor's offset; what must keep to the wall clock is written as cron); cron in a zone.
/// </summary>
public sealed class TimerPlan
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private readonly DateTimeOffset _anchor;
    private readonly CalendarSpan _period;
    private readonly DateTimeOffset? _end;
    private readonly Cron? _cron;
    private readonly TimeZoneInfo _zone;

    private TimerPlan(DateTimeOffset first, int? remaining, TimeZoneInfo zone, DateTimeOffset anchor = default, CalendarSpan period = default, DateTimeOffset? end = null, Cron? cron = null) =>
        (First, Remaining, _zone, _anchor, _period, _end, _cron) = (first, remaining, zone, anchor, period, end, cron);

    /// <summary>When it is first due; it may be past, and then it is due at once.</summary>
    public DateTimeOffset First { get; }

    /// <summary>How often it fires, the first time included; null for without end.</summary>
    public int? Remaining { get; }

    /// <summary>Makes a plan of a timer's evaluated text.</summary>
    /// <param name="kind">How the timer is written.</param>
    /// <param name="value">A text; for a date also an instant, for a duration also a duration (a negative one is due at once).</param>
    /// <param name="now">The moment of arming.</param>
    /// <param name="zone">The zone of dates without an offset, and of cron.</param>
    /// <param name="problem">`timer-kind` (what is wanted, what is given), `timer-date`, `timer-duration`, `timer-cycle`, `timer-period` (shorter than a second), `timer-ended` (all firings are past), `timer-never` (cron without a due time), `timer-range` (beyond the year 9999), each with the text, or a problem of cron; null when it is good.</param>
    /// <returns>Null when there is a problem.</returns>
    public static TimerPlan? Parse(TimerKind kind, Value value, DateTimeOffset now, TimeZoneInfo zone, out ExpressionProblem? problem)
    {
        ArgumentNullException.ThrowIfNull(zone);
        problem = null;
        var text = value.AsText;
        var (plan, code) = (kind, value.Kind) switch
        {
            (TimerKind.Date, ValueKind.Instant) => (new(value.AsInstant, 1, zone), null),
            (TimerKind.Date, ValueKind.Text) => Iso8601.TryLocal(text, out var local, out var offset) && new Moment(local, offset).In(zone) is { } at ? (new(at, 1, zone), null) : (null, "timer-date"),
            (TimerKind.Duration, ValueKind.Duration) => After(value.AsDuration, now, zone),
            (TimerKind.Duration, ValueKind.Text) => Iso8601.TryDuration(text, out var span) ? After(span, now, zone) : (null, "timer-duration"),
            (TimerKind.Cycle, ValueKind.Text) => Cycle.Parse(text, out problem) is { } cycle ? Repeated(cycle, now, zone) : (null, "timer-cycle"),
            _ => ((TimerPlan?)null, "timer-kind"),
        };
        if (plan is not null) return plan;
        problem ??= code == "timer-kind" ? new(code, 0, kind.ToString().ToLowerInvariant(), Limits.Name(value.Kind)) : new(code!, 0, Short(value.Kind == ValueKind.Text ? text : value.ToString()));
        return null;
    }

    /// <summary>When the timer is due again after a firing: strictly after both the due time that fired and the present, so that however late it fired, what was missed is not made up for. Missed due times do not use up firings.</summary>
    /// <param name="firedDue">The due time that fired.</param>
    /// <param name="now">The present moment.</param>
    /// <param name="remaining">Firings left before this one, this one included, as <see cref="Remaining"/> or the last answer said; null for without end.</param>
    /// <returns>The next due time and the firings left, that one included; null when it was the last.</returns>
    public (DateTimeOffset Due, int? Remaining)? Next(DateTimeOffset firedDue, DateTimeOffset now, int? remaining)
    {
        if (remaining <= 1) return null;
        var after = firedDue > now ? firedDue : now;
        var due = _cron is not null ? _cron.Next(after, _zone) : _period == default ? null : GridAfter(_anchor, _period, after).Due;
        return due is { } next && !(next > _end) ? (next, remaining - 1) : null;
    }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <param name="text">The text.</param>
    /// <param name="zone">The zone of cron.</param>
    /// <returns>Null when the text is no plan.</returns>
    public static TimerPlan? Read(string text, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(zone);
        var parts = text.Split(' ');
        if (!Iso8601.TryInstant(parts[0], TimeSpan.Zero, out var first)) return null;
        if (parts.Length == 1) return new(first, 1, zone);
        if (parts[1] == "cron") return Cron.Parse(string.Join(' ', parts[2..]), out _) is { } cron ? new(first, null, zone, cron: cron) : null;
        if (parts.Length != 2) return null;
        var grid = parts[1].Split('/');
        if (grid.Length is < 3 or > 4 || !Iso8601.TryCycle(string.Join('/', grid[..3]), out var cycle) || cycle is not { Start: { } anchor, Period: { } period }) return null;
        DateTimeOffset? end = null;
        if (grid.Length == 4)
        {
            if (!Iso8601.TryInstant(grid[3], TimeSpan.Zero, out var last)) return null;
            end = last;
        }
        return anchor.In(zone) is { } from ? new(first, cycle.Times, zone, from, period, end) : null;
    }

    /// <summary>A canonical text from which <see cref="Read"/> makes the same plan: the first due time; then, if it repeats, a blank and `R3/anchor/period/end` or `cron …`.</summary>
    public override string ToString() =>
        _cron is not null ? $"{Write(First)} cron {_cron.Text}"
        : _period == default ? Write(First)
        : $"{Write(First)} R{Remaining}/{Write(_anchor)}/{Value.Of(_period)}{(_end is { } end ? $"/{Write(end)}" : "")}";

    private static string Write(DateTimeOffset at) => Value.Of(at).ToString();

    private static string Short(string text) => text.Length > 100 ? text[..100] : text;

    private static (TimerPlan?, string?) After(CalendarSpan span, DateTimeOffset now, TimeZoneInfo zone) =>
        Point(now, span, 1) is { } due ? (new(due, 1, zone), null) : (null, "timer-range");

    private static (TimerPlan?, string?) Repeated(Cycle cycle, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (cycle.Cron is { } cron) return cron.Next(now, zone) is { } next ? (new(next, null, zone, cron: cron), null) : (null, "timer-never");
        if (cycle.Period is not { Months: >= 0 } period || (period.Months == 0 && period.Time < Shortest) || period.Time < TimeSpan.Zero) return (null, "timer-period");
        var anchor = cycle.Start is { } start ? start.In(zone) : now;
        var end = cycle.End?.In(zone);
        if (anchor is not { } from || (cycle.End is not null && end is null)) return (null, "timer-range");
        var (due, passed) = cycle.Start is null ? (Point(from, period, 1), 0) : from >= now ? (from, 0) : GridAfter(from, period, now.AddTicks(-1));
        if (due is not { } first) return (null, "timer-range");
        var remaining = cycle.Times - passed;
        return remaining < 1 || first > end ? (null, "timer-ended") : (new(first, (int?)remaining, zone, from, period, end), null);
    }

    /// <summary>The first point of the grid after an instant and its number; no point beyond the year 9999.</summary>
    private static (DateTimeOffset? Due, long Number) GridAfter(DateTimeOffset anchor, CalendarSpan period, DateTimeOffset after)
    {
        // A month is 30.44 days at the mean; from there it is a few steps to the point sought.
        var length = (period.Months * 30.436875m * TimeSpan.TicksPerDay) + period.Time.Ticks;
        var number = Math.Max(0, (long)decimal.Floor((after - anchor).Ticks / length));
        while (number > 0 && !(Point(anchor, period, number - 1) <= after)) number--;
        while (Point(anchor, period, number) is { } point)
        {
            if (point > after) return (point, number);
            number++;
        }
        return (null, number);
    }

    private static DateTimeOffset? Point(DateTimeOffset anchor, CalendarSpan period, long number)
    {
        var (months, ticks) = ((decimal)period.Months * number, (decimal)period.Time.Ticks * number);
        return Math.Abs(months) > 120_000 || Math.Abs(ticks) > DateTime.MaxValue.Ticks ? null : new CalendarSpan((int)months, TimeSpan.FromTicks((long)ticks)).TryAfter(anchor);
    }
}
