using Evenhand.Dispatch.Presence;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Evenhand.Routing.Rules;

/// <summary>Lists the breaks of the teams in the asker's scope, with what the usual rule makes of each.</summary>
internal sealed class ListBreakRules(RuleBook book, IOrganisation organisation, CurrentAccess current, TimeProvider clock)
{
    /// <param name="People">How many are in the team today.</param>
    /// <param name="Cap">What was laid down; null for the usual share.</param>
    /// <param name="AtOnce">How many that is.</param>
    /// <param name="MayChange">Whether the asker may change it.</param>
    public sealed record Row(string Team, string Name, int People, int? Cap, int AtOnce, IReadOnlyList<PeakQuota> Peaks, int LongestMinutes, int GrantMinutes, int Version, DateTimeOffset? ChangedAt, string? ChangedBy, bool MayChange);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/rules/breaks", async (ListBreakRules slice, CancellationToken cancel) => TypedResults.Ok(await slice.Run(cancel)))
        .WithName(nameof(ListBreakRules)).WithSummary("The teams' breaks").Needs(Rights.Rules);

    public async Task<IReadOnlyList<Row>> Run(CancellationToken cancel)
    {
        var centre = await organisation.Read(cancel);
        var today = FloorRules.Today(centre, clock);
        var (reads, changes) = (current.Access.ScopeOf(Rights.Rules), current.Access.ScopeOf(Rights.Configure));
        var known = await book.All<BreakDefinition>(RuleKind.Breaks, cancel);
        var people = centre.Agents.Values.Where(a => FloorRules.IsHere(a, today)).Select(a => centre.TeamOf(a.Id, today)).OfType<Guid>().CountBy(t => t).ToDictionary();
        var usual = new InForce<BreakDefinition>(BreakDefinition.Usual, 0, null, null);
        return [.. centre.Units.Values.Where(u => u.Kind == UnitKind.Team && reads.Covers(u.Id, null)).OrderBy(u => u.Name, StringComparer.CurrentCulture).ThenBy(u => u.Code, StringComparer.Ordinal).Select(u =>
        {
            var (rule, count) = (known.GetValueOrDefault(u.Id, usual), people.GetValueOrDefault(u.Id));
            var d = rule.Definition;
            return new Row(u.Code, u.Name, count, d.Cap, d.Cap ?? BreakDefinition.UsualCap(count), d.Peaks, d.LongestMinutes, d.GrantMinutes, rule.Version, rule.At, rule.By, changes.Covers(u.Id, null));
        })];
    }
}
