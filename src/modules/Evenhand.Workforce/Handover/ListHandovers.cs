using System.ComponentModel.DataAnnotations;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Kernel.Text;
using Evenhand.Platform.Contracts;
using Evenhand.Workforce.Roster;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Workforce.Handover;

/// <summary>The shift changes of today: those that are open, those to come; and those of other days, for the archive.</summary>
internal sealed class ListHandovers(EvenhandDb db, IOrganisation organisation, Shifts shifts, ReadHandover read, CurrentAccess current, Texts texts, TimeProvider clock)
{
    private static readonly TimeSpan Around = TimeSpan.FromHours(12);

    /// <summary>A change that is to come: the roster says it, nobody can hand over yet.</summary>
    public sealed record Coming(DateTimeOffset At, DateTimeOffset Opens, int Leaving, int Arriving);

    public sealed record Today(IReadOnlyList<ReadHandover.View> Open, IReadOnlyList<Coming> Coming, bool HasRoster);

    /// <param name="From">First day; a week ago without it.</param>
    /// <param name="To">Last day; today without it.</param>
    public sealed record Request(DateOnly? From = null, DateOnly? To = null, [Range(1, 1_000_000)] int? Page = null, [Range(1, 200)] int? Size = null);

    public sealed record Past(Guid Id, DateTimeOffset At, DateTimeOffset? ClosedAt, int Leaving, int Released, int Arriving, int OnFloor, int LetGo);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/handovers", async (ListHandovers slice, CancellationToken cancel) => TypedResults.Ok(await slice.Run(cancel))).WithName(nameof(ListHandovers)).WithSummary("The shift changes of today").Needs(Rights.ReadHandover);
        api.MapGet("/handovers/archive", async ([AsParameters] Request request, ListHandovers slice, CancellationToken cancel) => TypedResults.Ok(await slice.Archive(request, cancel)))
            .WithName("HandoverArchive").WithSummary("Handovers of past days").Needs(Rights.ReadHandover);
        api.MapGet("/handovers/archive/export", async (DateOnly? from, DateOnly? to, string? format, ListHandovers slice, CancellationToken cancel) => slice.File((await slice.Archive(new(from, to, 1, int.MaxValue), cancel)).Rows, format))
            .WithName("ExportHandovers").Needs(Rights.ReadHandover);
    }

    public async Task<Today> Run(CancellationToken cancel)
    {
        var centre = await organisation.Read(cancel);
        var now = clock.GetUtcNow();
        var day = centre.DayOf(now);
        var (from, to) = (Earlier(centre.At(day, 0), now - Around), Later(centre.At(day.AddDays(1), 0), now + Around));
        var kept = await db.Handovers.AsNoTracking().Where(h => h.At >= from && h.At <= to).OrderBy(h => h.At).ToListAsync(cancel);
        var ids = kept.Select(h => h.Id).ToList();
        var sides = (await db.HandoverTeams.AsNoTracking().Where(t => ids.Contains(t.HandoverId)).ToListAsync(cancel)).ToLookup(t => t.HandoverId);
        var open = new List<ReadHandover.View>();
        foreach (var handover in kept)
            if (await read.Of(handover, [.. sides[handover.Id]], cancel) is { } view) open.Add(view);
        var duties = await db.DutiesDuring(now, to + ShiftChange.Reach).AsNoTracking().ToListAsync(cancel);
        var scope = current.Access.ScopeOf(Rights.ReadHandover);
        var coming = ShiftChange.Of(duties, await shifts.Read(cancel)).Where(c => c.At > now && c.At <= to && kept.TrueForAll(k => k.At != c.At))
            .Where(c => scope.All || c.Leaving.Concat(c.Arriving).Any(d => scope.Covers(centre.TeamAt(d.AgentId, d.Start), d.AgentId)))
            .Select(c => new Coming(centre.Local(c.At), centre.Local(c.Opens), c.Leaving.Count, c.Arriving.Count)).ToList();
        return new Today(open, coming, duties.Count > 0 || await db.Publications.AnyAsync(cancel));
    }

    public async Task<Paged<Past>> Archive(Request request, CancellationToken cancel)
    {
        const int Usual = 50;
        var centre = await organisation.Read(cancel);
        var today = centre.DayOf(clock.GetUtcNow());
        var (from, to) = (centre.At(request.From ?? today.AddDays(-7), 0), centre.At((request.To ?? today).AddDays(1), 0));
        var scope = current.Access.ScopeOf(Rights.ReadHandover);
        var found = db.Handovers.AsNoTracking().Where(h => h.At >= from && h.At <= to);
        var teams = db.HandoverTeams.AsNoTracking();
        if (!scope.All) found = found.Where(h => teams.Any(t => t.HandoverId == h.Id && scope.Units.Contains(t.TeamId)));
        var size = request.Size ?? Usual;
        var page = await found.OrderByDescending(h => h.At).Skip(((request.Page ?? 1) - 1) * size).Take(size).ToListAsync(cancel);
        var ids = page.Select(h => h.Id).ToList();
        var sides = (await db.HandoverTeams.AsNoTracking().Where(t => ids.Contains(t.HandoverId)).Select(t => new { t.HandoverId, t.Leaves, t.ReleasedAt }).ToListAsync(cancel)).ToLookup(t => t.HandoverId);
        var exceptions = (await db.Signatures.AsNoTracking().Where(s => ids.Contains(s.HandoverId) && s.Kind == "let-go").Select(s => s.HandoverId).ToListAsync(cancel)).ToLookup(s => s);
        return new Paged<Past>([.. page.Select(h => new Past(h.Id, centre.Local(h.At), h.ClosedAt is { } closed ? centre.Local(closed) : null, sides[h.Id].Count(s => s.Leaves), sides[h.Id].Count(s => s.Leaves && s.ReleasedAt is not null),
            sides[h.Id].Count(s => !s.Leaves), sides[h.Id].Count(s => !s.Leaves && s.ReleasedAt is not null), exceptions[h.Id].Count()))], await found.LongCountAsync(cancel));
    }

    private IResult File(IReadOnlyList<Past> rows, string? format) => Export.Of(format, "handovers",
        [
            new ExportColumn<Past>(texts["workforce.shift-change"], r => r.At.DateTime), new(texts["workforce.closed-at"], r => r.ClosedAt?.DateTime), new(texts["workforce.leaving-teams"], r => r.Leaving), new(texts["workforce.released"], r => r.Released),
            new(texts["workforce.arriving-teams"], r => r.Arriving), new(texts["workforce.on-floor"], r => r.OnFloor), new(texts["workforce.let-go"], r => r.LetGo),
        ], rows.ToAsyncEnumerable());

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
