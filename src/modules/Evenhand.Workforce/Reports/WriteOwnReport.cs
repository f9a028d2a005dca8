using System.ComponentModel.DataAnnotations;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Workforce.Roster;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Workforce.Reports;

/// <summary>An agent's own report at the end of a duty: what was taken and closed is counted, problems and suggestions are written. Until the leader files the shift it can be changed.</summary>
internal sealed class WriteOwnReport(EvenhandDb db, IOrganisation organisation, CountWork count, Shifts shifts, CurrentAccess current, TimeProvider clock)
{
    private static readonly TimeSpan Late = TimeSpan.FromHours(12);

    public sealed record Request([MaxLength(1000)] string? Problems = null, [MaxLength(1000)] string? Suggestions = null);

    /// <param name="Written">When it was written last; null while it is not.</param>
    /// <param name="IsFiled">Whether the leader has filed the shift.</param>
    public sealed record Own(DateTimeOffset Start, DateTimeOffset End, string Shift, int Taken, int Closed, string Problems, string Suggestions, DateTimeOffset? Written, bool IsFiled);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/reports/own", async (WriteOwnReport slice, CancellationToken cancel) => (await slice.Read(cancel)).ToReply()).WithName("ReadOwnReport").WithSummary("The own report of the duty that ends or ended last").Needs(Rights.OwnReport);
        api.MapPut("/reports/own", async (Request request, WriteOwnReport slice, CancellationToken cancel) => (await slice.Run(request, cancel)).ToReply()).WithName(nameof(WriteOwnReport)).WithSummary("Writes the own report of a duty").Needs(Rights.OwnReport);
    }

    public async Task<Outcome<Own>> Read(CancellationToken cancel)
    {
        if ((await Find(cancel)).Refused(out var refusal, out var duty)) return refusal;
        var centre = await organisation.Read(cancel);
        var written = await db.OwnReports.AsNoTracking().FirstOrDefaultAsync(r => r.AgentId == duty.AgentId && r.DutyStart == duty.Start, cancel);
        var now = clock.GetUtcNow();
        var work = (await count.Of(duty.Start, now < duty.End ? now : duty.End, cancel)).GetValueOrDefault(duty.AgentId);
        return new Own(centre.Local(duty.Start), centre.Local(duty.End), (await shifts.Read(cancel)).NameOf(duty, centre), work.Taken, work.Closed, written?.Problems ?? "", written?.Suggestions ?? "",
            written is null ? null : centre.Local(written.At), await IsFiled(duty, centre, cancel));
    }

    public async Task<Outcome<Own>> Run(Request request, CancellationToken cancel)
    {
        if ((await Find(cancel)).Refused(out var refusal, out var duty)) return refusal;
        var centre = await organisation.Read(cancel);
        await using var turn = await RosterTurn.Take(db, cancel);
        if (await IsFiled(duty, centre, cancel)) return new Refusal("workforce.shift-filed");
        var (problems, suggestions) = (request.Problems?.Trim() ?? "", request.Suggestions?.Trim() ?? "");
        if (await db.OwnReports.FindAsync([duty.AgentId, duty.Start], cancel) is { } own) (own.At, own.Problems, own.Suggestions) = (clock.GetUtcNow(), problems, suggestions);
        else db.Add(new OwnReport { AgentId = duty.AgentId, DutyStart = duty.Start, At = clock.GetUtcNow(), Problems = problems, Suggestions = suggestions });
        await db.SaveChangesAsync(cancel);
        await turn.Commit(cancel);
        return await Read(cancel);
    }

    private async Task<Outcome<Duty>> Find(CancellationToken cancel)
    {
        if (current.Access.AgentId is not { } agent) return new Refusal("workforce.agent-only.not-allowed");
        var now = clock.GetUtcNow();
        var duties = await db.DutiesDuring(now - Late, now.AddTicks(1)).AsNoTracking().Where(d => d.AgentId == agent && d.Start <= now).ToListAsync(cancel);
        return duties.Count == 0 ? new Refusal("workforce.no-own-duty") : duties[^1];
    }

    private async Task<bool> IsFiled(Duty duty, OrganisationSnapshot centre, CancellationToken cancel) =>
        centre.TeamAt(duty.AgentId, duty.Start) is { } team && await db.Reports.AnyAsync(r => r.Kind == FloorReport.Shift && r.TeamId == team && r.From == duty.Start, cancel);
}
