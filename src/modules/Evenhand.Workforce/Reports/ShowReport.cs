using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Kernel.Text;
using Evenhand.Platform.Contracts;
using Evenhand.Workforce.Roster;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Workforce.Reports;

/// <summary>One report with its lines and all its versions.</summary>
internal sealed class ShowReport(EvenhandDb db, IOrganisation organisation, CurrentAccess current, Texts texts)
{
    public sealed record Version(Guid Id, int Number, DateTimeOffset FiledAt, string FiledBy, string? Why, int Taken, int Closed);

    /// <param name="Lines">People of the team, or teams of the floor.</param>
    /// <param name="ConfirmedBy">Who confirmed it; null while nobody has.</param>
    /// <param name="MayConfirm">Whether the reader is the one to confirm it.</param>
    public sealed record Report(Guid Id, string Kind, string? Team, string? TeamCode, DateTimeOffset From, DateTimeOffset To, int Number, int People, int Taken, int Closed, IReadOnlyList<ReportLine> Lines, string? Note, DateTimeOffset FiledAt, string FiledBy,
        IReadOnlyList<Version> Versions, string? ConfirmedBy, DateTimeOffset? ConfirmedAt, bool MayConfirm);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/reports/{id:guid}", async (Guid id, ShowReport slice, CancellationToken cancel) => (await slice.Run(id, cancel)).ToReply()).WithName(nameof(ShowReport)).WithSummary("One report with all its versions").Needs(Rights.ReadReports);
        api.MapGet("/reports/{id:guid}/export", async (Guid id, string? format, ShowReport slice, CancellationToken cancel) =>
            (await slice.Run(id, cancel)).Refused(out var refusal, out var report) ? new RefusedReply(refusal) : slice.File(report, format)).WithName("ExportReport").Needs(Rights.ReadReports);
    }

    public async Task<Outcome<Report>> Run(Guid id, CancellationToken cancel)
    {
        if (await db.Reports.AsNoTracking().FirstOrDefaultAsync(r => r.Id == id, cancel) is not { } report) return new Refusal("workforce.report.not-found");
        var centre = await organisation.Read(cancel);
        var scope = current.Access.ScopeOf(Rights.ReadReports);
        var next = report.Kind == FloorReport.Shift ? await ConfirmReport.Successor(db, report, cancel) : null;
        if (!(report.TeamId == Guid.Empty ? ListReports.ReadsFloor(scope, centre) : scope.Covers(report.TeamId, null) || (next is { } n && scope.Covers(n, null)))) return new Refusal("workforce.report.not-found");
        var versions = await db.Reports.AsNoTracking().Where(r => r.Kind == report.Kind && r.TeamId == report.TeamId && r.From == report.From).OrderByDescending(r => r.Version).ToListAsync(cancel);
        var confirmed = await db.ReportConfirmations.AsNoTracking().FirstOrDefaultAsync(c => c.ReportId == id, cancel);
        var (body, files) = (ReportBody.Read(report.Body), current.Access.ScopeOf(Rights.FileReport));
        var mayConfirm = report.Kind == FloorReport.Shift && confirmed is null && versions[0].Id == id && report.FiledById != current.Access.AccountId && files.Covers(next ?? report.TeamId, null);
        return new Report(id, report.Kind, report.TeamId == Guid.Empty ? null : centre.TeamName(report.TeamId), report.TeamId == Guid.Empty ? null : centre.TeamCode(report.TeamId), centre.Local(report.From), centre.Local(report.To), report.Version, report.People, report.Taken, report.Closed,
            body.Lines, body.Note, centre.Local(report.FiledAt), report.FiledBy, [.. versions.Select(v => new Version(v.Id, v.Version, centre.Local(v.FiledAt), v.FiledBy, Why(v), v.Taken, v.Closed))],
            confirmed?.By, confirmed is null ? null : centre.Local(confirmed.At), mayConfirm);
    }

    private string? Why(FloorReport report) => ReportBody.Read(report.Body).Why is { } why ? texts.Has(why) ? texts[why] : why : null;

    private IResult File(Report report, string? format) => Export.Of(format, $"report-{report.Kind}-{report.From:yyyyMMdd-HHmm}",
        [
            new ExportColumn<ReportLine>(texts["workforce.code"], l => l.Code), new(texts["workforce.name"], l => l.Name), new(texts["workforce.on-duty"], l => l.People), new(texts["workforce.taken"], l => l.Taken), new(texts["workforce.orders-closed"], l => l.Closed),
            new(texts["workforce.step-roll"], l => l.Mark is null ? null : texts[$"workforce.mark.{l.Mark}"]), new(texts["workforce.said"], l => l.Said),
        ], report.Lines.ToAsyncEnumerable(), [new(texts["workforce.taken"], texts["workforce.taken-means"]), new(texts["workforce.orders-closed"], texts["workforce.orders-closed-means"])]);
}
