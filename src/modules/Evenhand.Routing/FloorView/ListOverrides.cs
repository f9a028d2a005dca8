using System.ComponentModel.DataAnnotations;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Kernel.Text;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Floor;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.FloorView;

/// <summary>Rules of duty that somebody set aside, with the reason: newest first, within the asker's scope of today.</summary>
internal sealed class ListOverrides(EvenhandDb db, FloorAccess access, IOrganisation organisation, IAccountNames names, Texts texts)
{
    private const int Usual = 50;

    /// <param name="From">First day.</param>
    /// <param name="To">Last day.</param>
    /// <param name="Agent">Code of an agent.</param>
    /// <param name="What">sign-in, sign-off or state.</param>
    public sealed record Request(DateOnly? From = null, DateOnly? To = null, [MaxLength(200)] string? Agent = null, [MaxLength(20)] string? What = null, [Range(1, 1_000_000)] int? Page = null, [Range(1, 500)] int? Size = null);

    public sealed record Row(Guid Id, DateTimeOffset At, string Agent, string AgentName, string What, string By, string Reason);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/floor/overrides", async ([AsParameters] Request request, ListOverrides slice, CancellationToken cancel) => TypedResults.Ok(await slice.Run(request, cancel)))
            .WithName(nameof(ListOverrides)).WithSummary("Rules of duty that were set aside, with the reason").Needs(Rights.Floor);
        api.MapGet("/floor/overrides/export", async (string? format, [AsParameters] Request request, ListOverrides slice, CancellationToken cancel) => await slice.Export(format, request, cancel))
            .WithName("ExportOverrides").WithSummary("The same as CSV or XLSX").Needs(Rights.Floor);
    }

    public async Task<Paged<Row>> Run(Request request, CancellationToken cancel)
    {
        var (centre, found) = (await organisation.Read(cancel), await Found(request, cancel));
        var size = request.Size ?? Usual;
        var rows = await found.OrderByDescending(o => o.At).ThenByDescending(o => o.Id).Skip(((request.Page ?? 1) - 1) * size).Take(size).ToListAsync(cancel);
        return new Paged<Row>(await Named(rows, centre, cancel), await found.LongCountAsync(cancel));
    }

    public async Task<IResult> Export(string? format, Request request, CancellationToken cancel)
    {
        var (centre, found) = (await organisation.Read(cancel), await Found(request, cancel));
        var rows = await Named(await found.OrderBy(o => o.At).ThenBy(o => o.Id).ToListAsync(cancel), centre, cancel);
        return Platform.Contracts.Export.Of<Row>(format, "duty-overrides",
        [
            new(texts["routing.when"], r => TimeZoneInfo.ConvertTime(r.At, centre.Zone).DateTime), new(texts["routing.agent"], r => r.AgentName), new(texts["routing.number"], r => r.Agent),
            new(texts["routing.what"], r => Words(texts, r.What)), new(texts["routing.who"], r => r.By), new(texts["routing.floor.reason"], r => r.Reason),
        ], rows.ToAsyncEnumerable());
    }

    /// <summary>What was set aside, in words.</summary>
    public static string Words(Texts texts, string what) => what.StartsWith("state:", StringComparison.Ordinal)
        ? texts["routing.floor.override.state", texts["routing.floor.wanted." + what["state:".Length..]]] : texts.Has("routing.floor.override." + what) ? texts["routing.floor.override." + what] : what;

    private async Task<IQueryable<DutyOverride>> Found(Request request, CancellationToken cancel)
    {
        var centre = await organisation.Read(cancel);
        var allowed = (await access.Agents(Rights.Floor, cancel)).Where(a => string.IsNullOrEmpty(request.Agent) || centre.Agents[a].Code == request.Agent).ToArray();
        var found = db.DutyOverrides.AsNoTracking().Where(o => allowed.Contains(o.AgentId));
        if (request.From is { } first && ReviewDuty.Midnight(first, centre.Zone) is var from) found = found.Where(o => o.At >= from);
        if (request.To is { } last && ReviewDuty.Midnight(last.AddDays(1), centre.Zone) is var to) found = found.Where(o => o.At < to);
        if (!string.IsNullOrEmpty(request.What)) found = found.Where(o => o.What.StartsWith(request.What));
        return found;
    }

    private async Task<IReadOnlyList<Row>> Named(List<DutyOverride> rows, OrganisationSnapshot centre, CancellationToken cancel)
    {
        var who = await names.Of([.. rows.Select(r => r.By).OfType<Guid>().Distinct()], cancel);
        return [.. rows.Select(o => new Row(o.Id, o.At, centre.Agents[o.AgentId].Code, centre.Agents[o.AgentId].Name, o.What, o.By is { } by ? who.GetValueOrDefault(by, "") : "", o.Reason))];
    }
}
