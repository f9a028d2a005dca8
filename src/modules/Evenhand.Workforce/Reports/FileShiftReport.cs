using System.ComponentModel.DataAnnotations;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Workforce.Contracts;
using Evenhand.Workforce.Handover;
using Evenhand.Workforce.Roster;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Workforce.Reports;

/// <summary>The leader completes and files the report of a team's shift: counted work, the roll, what people wrote, and the leader's note. Filed again before it is confirmed it is the next version, with why.</summary>
internal sealed class FileShiftReport(EvenhandDb db, IOrganisation organisation, CountWork count, CurrentAccess current, INotifications notifications, TimeProvider clock)
{
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Back = TimeSpan.FromHours(24);

    /// <param name="Team">The team's code.</param>
    /// <param name="Start">When the duties of the shift start.</param>
    /// <param name="Why">Why it is filed again; needed for another version.</param>
    public sealed record Request([Required, MaxLength(100)] string Team, DateTimeOffset Start, [Required, MinLength(2), MaxLength(2000)] string Note, [MaxLength(500)] string? Why = null);

    public sealed record Filed(Guid Id, int Version);

    /// <summary>A shift of a team that is ending or over, with what is there for its report.</summary>
    /// <param name="Missing">How many have not written their own report.</param>
    /// <param name="FiledId">The report filed last; null while there is none.</param>
    public sealed record Draft(string Team, string TeamName, DateTimeOffset Start, DateTimeOffset End, IReadOnlyList<ReportLine> Lines, int Missing, Guid? FiledId, int Version, bool IsConfirmed);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/reports/shifts", async (FileShiftReport slice, CancellationToken cancel) => TypedResults.Ok(await slice.Due(cancel))).WithName("DueShiftReports").WithSummary("Shifts of the last day whose reports the reader can file").Needs(Rights.FileReport);
        api.MapPost("/reports/shifts", async (Request request, FileShiftReport slice, CancellationToken cancel) => (await slice.Run(request, cancel)).ToReply()).WithName(nameof(FileShiftReport)).WithSummary("Files the report of a team's shift").Needs(Rights.FileReport);
    }

    /// <summary>Shifts of the reader's teams that end soon or ended within a day, the latest first.</summary>
    public async Task<List<Draft>> Due(CancellationToken cancel)
    {
        var centre = await organisation.Read(cancel);
        var (now, scope) = (clock.GetUtcNow(), current.Access.ScopeOf(Rights.FileReport));
        var duties = await db.DutiesDuring(now - Back, now).AsNoTracking().ToListAsync(cancel);
        var shifts = duties.Where(d => d.End <= now + Early).Select(d => (Duty: d, Team: centre.TeamAt(d.AgentId, d.Start))).Where(d => d.Team is { } team && scope.Covers(team, null)).GroupBy(d => (Team: d.Team!.Value, d.Duty.Start)).ToList();
        var starts = shifts.Select(s => s.Key.Start).Distinct().ToList();
        var filed = (await db.Reports.AsNoTracking().Where(r => r.Kind == FloorReport.Shift && starts.Contains(r.From)).Select(r => new { r.TeamId, r.From, r.Id, r.Version }).ToListAsync(cancel)).ToLookup(r => (r.TeamId, r.From));
        return [.. shifts.Select(s => (s.Key, End: s.Max(d => d.Duty.End), Filed: filed[s.Key].MaxBy(r => r.Version))).OrderByDescending(s => s.Key.Start).ThenBy(s => centre.TeamCode(s.Key.Team), StringComparer.Ordinal)
            .Select(s => new Draft(centre.TeamCode(s.Key.Team), centre.TeamName(s.Key.Team), centre.Local(s.Key.Start), centre.Local(s.End), [], 0, s.Filed?.Id, s.Filed?.Version ?? 0, false))];
    }

    /// <summary>What is there for the report of one shift.</summary>
    public async Task<Outcome<Draft>> Read(string teamCode, DateTimeOffset start, CancellationToken cancel)
    {
        var centre = await organisation.Read(cancel);
        if (centre.Units.Values.FirstOrDefault(u => u.Code == teamCode) is not { } team || !current.Access.ScopeOf(Rights.FileReport).Covers(team.Id, null)) return new Refusal("workforce.team.not-found", teamCode);
        var from = start.ToUniversalTime();
        var duties = (await db.Duties.AsNoTracking().Where(d => d.Start == from).ToListAsync(cancel)).Where(d => centre.TeamAt(d.AgentId, from) == team.Id).ToList();
        if (duties.Count == 0) return new Refusal("workforce.no-shift", team.Name, $"{centre.Local(start):MM-dd HH:mm}");
        var end = duties.Max(d => d.End);
        var (ids, work) = (duties.Select(d => d.AgentId).ToList(), await count.Of(from, end, cancel));
        var said = await db.OwnReports.AsNoTracking().Where(r => r.DutyStart == from && ids.Contains(r.AgentId)).ToDictionaryAsync(r => r.AgentId, cancel);
        var marks = (await db.RollMarks.AsNoTracking().Where(m => ids.Contains(m.AgentId) && m.At > from.AddHours(-12) && m.At < end).ToListAsync(cancel)).GroupBy(m => m.AgentId).ToDictionary(g => g.Key, g => g.MaxBy(m => m.At)!.Mark);
        var filed = await db.Reports.AsNoTracking().Where(r => r.Kind == FloorReport.Shift && r.TeamId == team.Id && r.From == from).OrderByDescending(r => r.Version).FirstOrDefaultAsync(cancel);
        var confirmed = filed is not null && await db.ReportConfirmations.AnyAsync(c => c.ReportId == filed.Id, cancel);
        return new Draft(team.Code, team.Name, centre.Local(from), centre.Local(end),
            [.. duties.Select(d => centre.Agents[d.AgentId]).OrderBy(a => a.Code, StringComparer.Ordinal).Select(a => new ReportLine(a.Code, a.Name, 1, work.GetValueOrDefault(a.Id).Taken, work.GetValueOrDefault(a.Id).Closed, marks.GetValueOrDefault(a.Id), Said(said.GetValueOrDefault(a.Id))))],
            ids.Count(a => !said.ContainsKey(a)), filed?.Id, filed?.Version ?? 0, confirmed);
    }

    public async Task<Outcome<Filed>> Run(Request request, CancellationToken cancel)
    {
        var centre = await organisation.Read(cancel);
        await using var turn = await RosterTurn.Take(db, cancel);
        if ((await Read(request.Team, request.Start, cancel)).Refused(out var refusal, out var draft)) return refusal;
        if (current.Access.AccountId is not { } account) return new Refusal("workforce.person-signs.not-allowed");
        if (clock.GetUtcNow() < draft.End - Early) return new Refusal("workforce.shift-not-over", $"{draft.End - Early:HH:mm}");
        if (draft.IsConfirmed) return new Refusal("workforce.report-confirmed");
        if (draft.FiledId is not null && string.IsNullOrWhiteSpace(request.Why)) return new Refusal("workforce.why-again");
        var team = centre.Units.Values.First(u => u.Code == request.Team).Id;
        var report = new FloorReport
        {
            Id = Guid.CreateVersion7(), Kind = FloorReport.Shift, TeamId = team, From = request.Start.ToUniversalTime(), To = draft.End.ToUniversalTime(), Version = draft.Version + 1, FiledAt = clock.GetUtcNow(), FiledBy = current.Access.Name, FiledById = account,
            People = draft.Lines.Count(l => l.Mark is not ("absent" or "leave")), Taken = draft.Lines.Sum(l => l.Taken), Closed = draft.Lines.Sum(l => l.Closed),
            Body = new ReportBody(draft.Lines, request.Note.Trim(), draft.FiledId is null ? null : request.Why!.Trim()).ToJson(),
        };
        db.Add(report);
        db.Publish(new FloorReportFiled(report.Id, report.Kind, team, report.From, report.To, report.Version), report.FiledAt, current.Access.Name);
        if (await ConfirmReport.Successor(db, report, cancel) is { } next) await notifications.Tell(Rights.Lead, next, "workforce.told-shift-report", [draft.TeamName, $"{draft.Start:HH:mm}–{draft.End:HH:mm}"], $"/reports/floor/{report.Id}", cancel);
        await db.SaveChangesAsync(cancel);
        await turn.Commit(cancel);
        return new Filed(report.Id, report.Version);
    }

    private static string? Said(OwnReport? own) => own is null ? null : string.Join("\n", new[] { own.Problems, own.Suggestions }.Where(t => t.Length > 0));
}
