using System.ComponentModel.DataAnnotations;
using Evenhand.Dispatch.Presence;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Evenhand.Routing.Rules;

/// <summary>Lays down how many of a team may be away at once, at which hours fewer, and for how long.</summary>
internal sealed class ChangeBreakRules(RuleBook book, IOrganisation organisation, CurrentAccess current)
{
    private const int MostPeaks = 10;

    /// <param name="Cap">How many may be away at once; null for 15 % of the team, at least one.</param>
    /// <param name="Peaks">Hours when fewer may.</param>
    /// <param name="LongestMinutes">How long one break may last.</param>
    /// <param name="GrantMinutes">How long a granted place waits for who still has a contact in hand.</param>
    /// <param name="Version">The version that was read; null to overwrite whatever is there.</param>
    public sealed record Request([Range(0, 1000)] int? Cap, [MaxLength(MostPeaks)] IReadOnlyList<PeakQuota>? Peaks = null, [Range(1, 480)] int LongestMinutes = 15, [Range(1, 120)] int GrantMinutes = 5, int? Version = null);

    public static void Map(IEndpointRouteBuilder api) => api.MapPut("/rules/breaks/{team}", async (string team, Request request, ChangeBreakRules slice, CancellationToken cancel) =>
        (await slice.Run(team, request, cancel)).ToReply()).WithName(nameof(ChangeBreakRules)).WithSummary("A team's breaks, from now on").Needs(Rights.Configure);

    public async Task<Outcome<Done>> Run(string team, Request request, CancellationToken cancel)
    {
        var centre = await organisation.Read(cancel);
        if (centre.Units.Values.FirstOrDefault(u => u.Kind == UnitKind.Team && u.Code == team) is not { } unit || !current.Access.ScopeOf(Rights.Rules).Covers(unit.Id, null)) return new Refusal("routing.team.not-found", team);
        if (!current.Access.ScopeOf(Rights.Configure).Covers(unit.Id, null)) return new Refusal("routing.team.not-allowed", team);
        var before = await book.Read(RuleKind.Breaks, unit.Id, BreakDefinition.Usual, cancel);
        if (RuleBook.Stale(before, request.Version) is { } stale) return stale;
        var peaks = request.Peaks ?? [];
        if (peaks.FirstOrDefault(p => p.From == p.To || p.AtMost is < 0 or > 1000) is { } odd) return new Refusal("routing.peak-unfit", $"{odd.From:HH\\:mm}", $"{odd.To:HH\\:mm}");
        book.Write(RuleKind.Breaks, unit.Id, before, new BreakDefinition { Cap = request.Cap, Peaks = peaks, LongestMinutes = request.LongestMinutes, GrantMinutes = request.GrantMinutes });
        return await book.Save(cancel);
    }
}
