using System.Globalization;
using Evenhand.Bpmn.Expressions;

namespace Evenhand.Bpmn.Timing;

/// <summary>A date and time as written; without an offset it is the wall clock of a zone named elsewhere.</summary>
/// <param name="Local">The date and time.</param>
/// <param name="Offset">The offset written; null for none.</param>
public readonly record struct Moment(DateTime Local, TimeSpan? Offset)
{
    /// <summary>The instant; without an offset by a zone's clock, a skipped time being the first instant after the gap, a repeated time the earlier.</summary>
    /// <param name="zone">The zone.</param>
    /// <returns>Null outside the years 1–9999.</returns>
    public DateTimeOffset? In(TimeZoneInfo zone) =>
        Offset is not { } offset ? ZoneTime.Instant(Local, zone) : Iso8601.TryJoin(Local, offset, out var instant) ? instant : null;
}

/// <summary>A repetition: `R/PT1H` (every hour for ever), `R3/PT10M`, `R5/2026-01-01T00:00/P1D` (from a start), `R/P1D/2026-12-31` (to an end), or a cron expression.</summary>
public sealed record Cycle
{
    /// <summary>How often it fires in all, at least once; null for without end. Always null with cron.</summary>
    public int? Times { get; init; }

    /// <summary>The first time it fires; null for one period after the moment of arming.</summary>
    public Moment? Start { get; init; }

    /// <summary>What lies between two firings; null with cron.</summary>
    public CalendarSpan? Period { get; init; }

    /// <summary>It does not fire later; null for without end.</summary>
    public Moment? End { get; init; }

    /// <summary>The cron expression; null for a repetition of ISO 8601.</summary>
    public Cron? Cron { get; init; }

    /// <summary>Reads a repetition as ISO 8601 writes it (it begins with R and has a `/`), or else a cron expression.</summary>
    /// <param name="text">The text.</param>
    /// <param name="problem">`timer-cycle`, `cron-fields` or `cron-field`; null when it is good.</param>
    /// <returns>Null when there is a problem.</returns>
    public static Cycle? Parse(string text, out ExpressionProblem? problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        problem = null;
        if (!text.TrimStart().StartsWith('R')) return Cron.Parse(text, out problem) is { } cron ? new() { Cron = cron } : null;
        if (Iso8601.TryCycle(text, out var cycle)) return cycle;
        problem = new("timer-cycle", 0, text.Length > 100 ? text[..100] : text);
        return null;
    }
}
