using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Routing.Telephony;

/// <summary>Lists the telephone systems and how the line of each stands.</summary>
internal sealed class ListPbxs(EvenhandDb db, CurrentAccess current, TimeProvider clock)
{
    public sealed record Row(Guid Id, string Kind, string Name, string Host, int Port, string User, bool Routes, string DialContext, DateTimeOffset CreatedAt, string CreatedBy, Line Line);

    /// <param name="State">connected, not-connected, or unattended when no node keeps the line.</param>
    /// <param name="ConnectedSince">Since when; null while it is not connected.</param>
    /// <param name="FullStateAt">When the system's full state was last compared.</param>
    /// <param name="Ghosts">Calls that were thought alive and were found gone by a full state, since the node began.</param>
    /// <param name="Unseen">Calls that the system counted and no event told.</param>
    /// <param name="Deviations">Calls the system gave to another than the router had chosen.</param>
    /// <param name="LinesWaiting">Log lines that could not be kept yet.</param>
    /// <param name="LinesLost">Log lines that were given up; importing the system's own log brings them.</param>
    /// <param name="Fault">The last fault: refused, unreachable, silent, disconnected, wrong-protocol, secret-unreadable, program.</param>
    /// <param name="FaultDetail">The system's own words.</param>
    /// <param name="FaultAt">When it was.</param>
    /// <param name="RetryAt">When it is tried next.</param>
    public sealed record Line(string State, DateTimeOffset? ConnectedSince, DateTimeOffset? FullStateAt, long Ghosts, long Unseen, long Deviations, long LinesWaiting, long LinesLost,
        string? Fault, string? FaultDetail, DateTimeOffset? FaultAt, DateTimeOffset? RetryAt);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/pbxs", async (ListPbxs slice, CancellationToken cancel) => (await slice.Run(cancel)).ToReply())
        .WithName(nameof(ListPbxs)).WithSummary("The telephone systems and how the line of each stands").Needs(Rights.Configure);

    public async Task<Outcome<IReadOnlyList<Row>>> Run(CancellationToken cancel)
    {
        if (!current.Access.ScopeOf(Rights.Configure).All) return new Refusal("routing.configure.not-allowed");
        var now = clock.GetUtcNow();
        var standings = await db.PbxStandings.AsNoTracking().ToDictionaryAsync(s => s.PbxId, cancel);
        var kept = (await db.Set<Lease>().AsNoTracking().Where(l => l.Name.StartsWith(TendPbxs.LeasePrefix) && l.Until > now).Select(l => l.Name).ToListAsync(cancel)).ToHashSet();
        var pbxs = await db.Pbxs.AsNoTracking().Where(p => p.EndedAt == null).OrderBy(p => p.Name).ToListAsync(cancel);
        return pbxs.Select(p => new Row(p.Id, p.Kind == PbxKind.Asterisk ? "asterisk" : "freeswitch", p.Name, p.Host, p.Port, p.User, p.Routes, p.DialContext, p.CreatedAt, p.CreatedBy,
            Of(standings.GetValueOrDefault(p.Id), kept.Contains(TendPbxs.LeaseName(p.Id))))).ToList();
    }

    private static Line Of(PbxStanding? s, bool kept) => new(!kept ? "unattended" : s is { IsConnected: true } ? "connected" : "not-connected", kept && s is { IsConnected: true } ? s.ConnectedSince : null,
        s?.FullStateAt, s?.Ghosts ?? 0, s?.Unseen ?? 0, s?.Deviations ?? 0, s?.LinesWaiting ?? 0, s?.LinesLost ?? 0, s?.Fault, s?.FaultDetail, s?.FaultAt, kept ? s?.RetryAt : null);
}
