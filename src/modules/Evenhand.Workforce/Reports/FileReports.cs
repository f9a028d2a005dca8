using Evenhand.Kernel;
using Evenhand.Platform.Contracts;
using Evenhand.Workforce.Contracts;
using Evenhand.Workforce.Roster;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Workforce.Reports;

/// <summary>
/// Files the reports that nobody has to think of: every hour one for each team and one for the floor, and when the night shift ends one of the whole day. Each is filed once, whoever runs this how often and
/// whatever the clock does, because its kind, team, hour and version are unique in the store; what is recorded late makes a further version.
/// </summary>
internal sealed class FileReports(EvenhandDb db, IOrganisation organisation, Shifts shifts, CountWork count, INotifications notifications, TimeProvider clock)
{
    public const string Program = "evenhand";
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan CatchUp = TimeSpan.FromHours(26);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <returns>How many reports were filed, corrections included.</returns>
    public async Task<int> Run(CancellationToken cancel)
    {
        var centre = await organisation.Read(cancel);
        var now = clock.GetUtcNow();
        if (!await db.Publications.AnyAsync(cancel) && !await db.Reports.AnyAsync(cancel)) return 0;
        var filed = 0;
        foreach (var hour in await Due(centre, now, cancel)) filed += await Keep(await HourReports(hour, 1, null, cancel), cancel);
        foreach (var hour in await db.RecountHours.AsNoTracking().OrderBy(h => h.From).Select(h => h.From).Take(48).ToListAsync(cancel)) filed += await Recount(hour, cancel);
        return filed + await FileDay(centre, now, cancel);
    }

    /// <summary>The hours of the centre's clock that are over and not filed; the first time only the last one.</summary>
    private async Task<List<DateTimeOffset>> Due(OrganisationSnapshot centre, DateTimeOffset now, CancellationToken cancel)
    {
        var local = centre.Local(now - Settling);
        var end = (now - Settling).AddTicks(-(local.Ticks % TimeSpan.TicksPerHour));
        var earliest = end - CatchUp;
        var floor = db.Reports.AsNoTracking().Where(r => r.Kind == FloorReport.Hour && r.TeamId == Guid.Empty && r.Version == 1);
        if (!await floor.AnyAsync(cancel)) return [end.AddHours(-1)];
        var known = (await floor.Where(r => r.From >= earliest).Select(r => r.From).ToListAsync(cancel)).ToHashSet();
        var first = known.Count > 0 ? known.Min() : earliest;
        var due = new List<DateTimeOffset>();
        for (var hour = first; hour < end; hour = hour.AddHours(1))
            if (!known.Contains(hour)) due.Add(hour);
        return due;
    }

    private async Task<List<FloorReport>> HourReports(DateTimeOffset hour, int version, string? why, CancellationToken cancel)
    {
        var teams = await count.Teams(hour, hour.AddHours(1), cancel);
        return [.. teams.Select(t => Report(FloorReport.Hour, t.Id, hour, hour.AddHours(1), version, t.OnDuty, t.Taken, t.Closed, new ReportBody(t.People, null, why))),
            Report(FloorReport.Hour, Guid.Empty, hour, hour.AddHours(1), version, teams.Sum(t => t.OnDuty), teams.Sum(t => t.Taken), teams.Sum(t => t.Closed),
                new ReportBody([.. teams.Select(t => new ReportLine(t.Code, t.Name, t.OnDuty, t.Taken, t.Closed))], null, why))];
    }

    /// <summary>Counts a filed hour again; teams whose figures are others get a further version, and so does the day.</summary>
    private async Task<int> Recount(DateTimeOffset hour, CancellationToken cancel)
    {
        var had = (await db.Reports.AsNoTracking().Where(r => r.Kind == FloorReport.Hour && r.From == hour).ToListAsync(cancel)).GroupBy(r => r.TeamId).ToDictionary(g => g.Key, g => g.MaxBy(r => r.Version)!);
        var again = await HourReports(hour, 1, "workforce.why-late", cancel);
        var other = again.Where(r => had.TryGetValue(r.TeamId, out var before) ? (before.Taken, before.Closed) != (r.Taken, r.Closed) : r.Taken + r.Closed > 0).Select(r => Next(r, had.GetValueOrDefault(r.TeamId))).ToList();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var filed = await Keep(other, cancel);
        await db.RecountHours.Where(h => h.From == hour).ExecuteDeleteAsync(cancel);
        if (filed > 0 && await db.Reports.AsNoTracking().Where(r => r.Kind == FloorReport.Day && r.From <= hour && r.To > hour).OrderByDescending(r => r.Version).FirstOrDefaultAsync(cancel) is { } day)
            filed += await Keep([Next(await DayReport(day.From, day.To, "workforce.why-late", cancel), day)], cancel);
        await transaction.CommitAsync(cancel);
        return filed;
    }

    /// <summary>The day that ended last with the night shift, once its last hour is filed; those who run the floor are told.</summary>
    private async Task<int> FileDay(OrganisationSnapshot centre, DateTimeOffset now, CancellationToken cancel)
    {
        var ends = (await shifts.Read(cancel)).DayEnds;
        var end = centre.At(centre.DayOf(now - Settling), ends);
        if (end > now - Settling) end = centre.At(centre.DayOf(now - Settling).AddDays(-1), ends);
        var from = end - Day;
        if (await db.Reports.AnyAsync(r => r.Kind == FloorReport.Day && r.From == from, cancel)) return 0;
        if (!await db.Reports.AnyAsync(r => r.Kind == FloorReport.Hour && r.TeamId == Guid.Empty && r.From == end.AddHours(-1), cancel)) return 0;
        var report = await DayReport(from, end, null, cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (await Keep([report], cancel) == 0) return 0;
        var root = centre.Units.Values.FirstOrDefault(u => u.ParentId is null)?.Id;
        await notifications.Tell(Rights.DayReport, root, "workforce.told-day", [$"{centre.Local(from):yyyy-MM-dd}", report.Taken, report.Closed], $"/reports/floor/{report.Id}", cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return 1;
    }

    /// <summary>A day is the sum of its hours as they were filed last: by team, each with the most people it had at once.</summary>
    private async Task<FloorReport> DayReport(DateTimeOffset from, DateTimeOffset to, string? why, CancellationToken cancel)
    {
        var centre = await organisation.Read(cancel);
        var hours = (await db.Reports.AsNoTracking().Where(r => r.Kind == FloorReport.Hour && r.From >= from && r.From < to).ToListAsync(cancel)).GroupBy(r => (r.TeamId, r.From)).Select(g => g.MaxBy(r => r.Version)!).ToList();
        var lines = hours.Where(r => r.TeamId != Guid.Empty).GroupBy(r => r.TeamId).Select(g => new ReportLine(centre.TeamCode(g.Key), centre.TeamName(g.Key), g.Max(r => r.People), g.Sum(r => r.Taken), g.Sum(r => r.Closed))).OrderBy(l => l.Code, StringComparer.Ordinal).ToList();
        return Report(FloorReport.Day, Guid.Empty, from, to, 1, lines.Sum(l => l.People), lines.Sum(l => l.Taken), lines.Sum(l => l.Closed), new ReportBody(lines, null, why));
    }

    private FloorReport Report(string kind, Guid team, DateTimeOffset from, DateTimeOffset to, int version, int people, int taken, int closed, ReportBody body) => new()
    {
        Id = Guid.CreateVersion7(), Kind = kind, TeamId = team, From = from, To = to, Version = version, FiledAt = clock.GetUtcNow(), FiledBy = Program, People = people, Taken = taken, Closed = closed, Body = body.ToJson(),
    };

    private FloorReport Next(FloorReport report, FloorReport? before) =>
        Report(report.Kind, report.TeamId, report.From, report.To, (before?.Version ?? 0) + 1, report.People, report.Taken, report.Closed, ReportBody.Read(report.Body));

    /// <summary>Saves the reports together; 0 when another node was first.</summary>
    private async Task<int> Keep(List<FloorReport> reports, CancellationToken cancel)
    {
        db.AddRange(reports);
        foreach (var report in reports) db.Publish(new FloorReportFiled(report.Id, report.Kind, report.TeamId == Guid.Empty ? null : report.TeamId, report.From, report.To, report.Version), report.FiledAt, Program);
        try
        {
            await db.SaveChangesAsync(cancel);
            return reports.Count;
        }
        catch (DbUpdateException) when (db.Database.CurrentTransaction is null)
        {
            db.ChangeTracker.Clear();
            return 0;
        }
    }
}
