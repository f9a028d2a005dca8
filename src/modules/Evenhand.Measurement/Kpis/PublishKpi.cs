using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Measurement.Kpis;

/// <summary>Makes a drafted KPI part of the dictionary. A published version never changes; a better one is a newer version.</summary>
internal sealed class PublishKpi(EvenhandDb db, OwnKpis own, CurrentAccess current, TimeProvider clock)
{
    public sealed record Published(string Code, int Version, DateTimeOffset At);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/kpis/{code}/{version:int}/publish",
        async (string code, int version, PublishKpi slice, CancellationToken cancel) => (await slice.Run(code, version, cancel)).ToReply())
        .WithName(nameof(PublishKpi)).WithSummary("Publishes a drafted version of a KPI").Needs(Rights.Define);

    public async Task<Outcome<Published>> Run(string code, int version, CancellationToken cancel)
    {
        if (!current.Access.May(Rights.Define)) return new Refusal("measurement.define.not-allowed");
        var kpi = await db.OwnKpis.FirstOrDefaultAsync(k => k.Code == code && k.Version == version, cancel);
        if (kpi is null) return new Refusal("measurement.kpi.not-found", code, version);
        if (kpi.PublishedAt is { } earlier) return new Published(code, version, earlier);
        // Another version may have been published since this one was drafted.
        if ((await own.Dictionary(cancel)).Find(code) is { } newer && newer.Version >= version)
            return new Refusal("measurement.kpi-outdated", code, version, newer.Version);
        kpi.PublishedAt = clock.GetUtcNow();
        await db.SaveChangesAsync(cancel);
        return new Published(code, version, kpi.PublishedAt.Value);
    }
}
