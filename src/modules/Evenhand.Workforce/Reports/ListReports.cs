using System.ComponentModel.DataAnnotations;
using System.Runtime.CompilerServices;
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

/// <summary>The floor's reports by kind, day and team, each in the version filed last, within the reader's scope.</summary>
internal sealed class ListReports(EvenhandDb db, IOrganisation organisation, CurrentAccess current, Texts texts, TimeProvider clock)
{
    /// <param name="Kind">hour, shift or day; hour without it.</param>
    /// <param name="From">First day; for days a month ago, else today, without it.</param>
    /// <param name="To">Last day; today without it.</param>
    /// <param name="Team">Code of a team.</param>
    /// <param name="Sort">from, team, taken, closed; with a minus descending.</param>
    public sealed record Request([MaxLength(20)] string? Kind = null, DateOnly? From = null, DateOnly? To = null, [MaxLength(100)] string? Team = null, string? Sort = null, [Range(1, 1_000_000)] int? Page = null, [Range(1, 500)] int? Size = null);

    /// <param name="Team">Null for the whole floor.</param>
    public sealed record Row(Guid Id, string Kind, string? TeamCode, string? Team, DateTimeOffset From, DateTimeOffset To, int Version, int People, int Taken, int Closed, string FiledBy, DateTimeOffset FiledAt, bool IsConfirmed);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/reports", async ([AsParameters] Request request, ListReports slice, CancellationToken cancel) => TypedResults.Ok(await slice.Run(request, cancel))).WithName(nameof(ListReports)).WithSummary("Reports of the floor").Needs(Rights.ReadReports);
        api.MapGet("/reports/export", async ([AsParameters] Request request, string? format, ListReports slice, CancellationToken cancel) => slice.File(request, format, cancel)).WithName("ExportReports").Needs(Rights.ReadReports);
    }

    public async Task<Paged<Row>> Run(Request request, CancellationToken cancel)
    {
        const int Usual = 50;
        var centre = await organisation.Read(cancel);
        var (found, size) = (Found(request, centre), request.Size ?? Usual);
        var page = await Sorted(found, request.Sort).Skip(((request.Page ?? 1) - 1) * size).Take(size).ToListAsync(cancel);
        var ids = page.Select(r => r.Id).ToList();
        var confirmed = (await db.ReportConfirmations.AsNoTracking().Where(c => ids.Contains(c.ReportId)).Select(c => c.ReportId).ToListAsync(cancel)).ToHashSet();
        return new Paged<Row>([.. page.Select(r => Shown(r, centre, confirmed.Contains(r.Id)))], await found.LongCountAsync(cancel));
    }

    private IQueryable<FloorReport> Found(Request request, OrganisationSnapshot centre)
    {
        var (kind, today) = (request.Kind is FloorReport.Shift or FloorReport.Day ? request.Kind : FloorReport.Hour, centre.DayOf(clock.GetUtcNow()));
        var first = request.From ?? (kind == FloorReport.Hour ? today : today.AddDays(-30));
        var (from, to) = (centre.At(first, 0), centre.At((request.To ?? today).AddDays(1), 0));
        var all = db.Reports.AsNoTracking();
        var found = all.Where(r => r.Kind == kind && r.To > from && r.From < to && !all.Any(later => later.Kind == r.Kind && later.TeamId == r.TeamId && later.From == r.From && later.Version > r.Version));
        if (!string.IsNullOrEmpty(request.Team))
        {
            var team = centre.Units.Values.FirstOrDefault(u => u.Code == request.Team)?.Id ?? Guid.CreateVersion7();
            found = found.Where(r => r.TeamId == team);
        }
        var scope = current.Access.ScopeOf(Rights.ReadReports);
        if (scope.All) return found;
        var units = scope.Units.ToHashSet();
        if (ReadsFloor(scope, centre)) units.Add(Guid.Empty);
        return found.Where(r => units.Contains(r.TeamId));
    }

    /// <summary>Whether reports of the whole floor are within a scope.</summary>
    public static bool ReadsFloor(Scope scope, OrganisationSnapshot centre) => scope.All || centre.Units.Values.Any(u => u.ParentId is null && scope.Units.Contains(u.Id));

    private static IOrderedQueryable<FloorReport> Sorted(IQueryable<FloorReport> reports, string? sort) => sort switch
    {
        "from" => reports.OrderBy(r => r.From).ThenBy(r => r.TeamId),
        "taken" => reports.OrderBy(r => r.Taken).ThenBy(r => r.Id),
        "-taken" => reports.OrderByDescending(r => r.Taken).ThenBy(r => r.Id),
        "closed" => reports.OrderBy(r => r.Closed).ThenBy(r => r.Id),
        "-closed" => reports.OrderByDescending(r => r.Closed).ThenBy(r => r.Id),
        _ => reports.OrderByDescending(r => r.From).ThenBy(r => r.TeamId),
    };

    private static Row Shown(FloorReport r, OrganisationSnapshot centre, bool confirmed) => new(r.Id, r.Kind, r.TeamId == Guid.Empty ? null : centre.TeamCode(r.TeamId), r.TeamId == Guid.Empty ? null : centre.TeamName(r.TeamId), centre.Local(r.From), centre.Local(r.To),
        r.Version, r.People, r.Taken, r.Closed, r.FiledBy, centre.Local(r.FiledAt), confirmed);

    private async IAsyncEnumerable<Row> All(Request request, [EnumeratorCancellation] CancellationToken cancel)
    {
        var centre = await organisation.Read(cancel);
        await foreach (var report in Sorted(Found(request, centre), request.Sort).AsAsyncEnumerable().WithCancellation(cancel)) yield return Shown(report, centre, false);
    }

    private IResult File(Request request, string? format, CancellationToken cancel) => Export.Of(format, $"floor-{request.Kind ?? FloorReport.Hour}",
        [
            new ExportColumn<Row>(texts["workforce.team"], r => r.Team ?? texts["workforce.whole-floor"]), new(texts["workforce.from-time"], r => r.From.DateTime), new(texts["workforce.to-time"], r => r.To.DateTime),
            new(texts["workforce.on-duty"], r => r.People), new(texts["workforce.taken"], r => r.Taken), new(texts["workforce.orders-closed"], r => r.Closed), new(texts["workforce.version"], r => r.Version), new(texts["workforce.filed-by"], r => r.FiledBy), new(texts["workforce.filed-at"], r => r.FiledAt.DateTime),
        ], All(request, cancel), [new(texts["workforce.taken"], texts["workforce.taken-means"]), new(texts["workforce.orders-closed"], texts["workforce.orders-closed-means"])]);
}
