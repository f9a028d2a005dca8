using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Workforce.Handover;
using Evenhand.Workforce.Roster;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Workforce.Reports;

/// <summary>The leader who took over confirms a shift report: somebody else than who filed it, once.</summary>
internal sealed class ConfirmReport(EvenhandDb db, CurrentAccess current, TimeProvider clock)
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/reports/{id:guid}/confirmation", async (Guid id, ConfirmReport slice, CancellationToken cancel) => (await slice.Run(id, cancel)).ToReply())
        .WithName(nameof(ConfirmReport)).WithSummary("Confirms a shift report").Needs(Rights.FileReport);

    /// <summary>The team that took over when the shift of a report ended; null where no handover was kept.</summary>
    public static async Task<Guid?> Successor(EvenhandDb db, FloorReport report, CancellationToken cancel) =>
        await (from handover in db.Handovers.AsNoTracking()
               join side in db.HandoverTeams.AsNoTracking() on handover.Id equals side.HandoverId
               where handover.At == report.To && side.TeamId == report.TeamId && side.Leaves
               select side.SuccessorId).FirstOrDefaultAsync(cancel);

    public async Task<Outcome<Done>> Run(Guid id, CancellationToken cancel)
    {
        if (current.Access.AccountId is not { } account) return new Refusal("workforce.person-signs.not-allowed");
        await using var turn = await RosterTurn.Take(db, cancel);
        if (await db.Reports.AsNoTracking().FirstOrDefaultAsync(r => r.Id == id && r.Kind == FloorReport.Shift, cancel) is not { } report) return new Refusal("workforce.report.not-found");
        var scope = current.Access.ScopeOf(Rights.FileReport);
        var next = await Successor(db, report, cancel);
        if (!scope.Covers(next ?? report.TeamId, null)) return new Refusal("workforce.report.not-found");
        if (report.FiledById == account) return new Refusal("workforce.confirm-own");
        if (await db.Reports.AnyAsync(r => r.Kind == report.Kind && r.TeamId == report.TeamId && r.From == report.From && r.Version > report.Version, cancel)) return new Refusal("workforce.report-replaced");
        if (await db.ReportConfirmations.AnyAsync(c => c.ReportId == id, cancel)) return new Refusal("workforce.report-confirmed");
        db.Add(new ReportConfirmation { ReportId = id, At = clock.GetUtcNow(), AccountId = account, By = current.Access.Name });
        await db.SaveChangesAsync(cancel);
        await turn.Commit(cancel);
        return Done.It;
    }
}
