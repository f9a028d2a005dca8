using Evenhand.Design;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Kernel.Text;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Routing;

namespace Evenhand.Platform.Organisation;

/// <summary>The agents within the reader's part of the organisation: by unit, by state, by name or code.</summary>
internal sealed class ReadAgents(IOrganisation organisation, CentreCalendar calendar, CurrentAccess current, Texts texts)
{
    public sealed record Row(Guid Id, string Code, string Name, Guid? TeamId, string? Team, DateOnly? JoinedOn, DateOnly? LeftOn, string State);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/agents", async (HttpRequest request, ReadAgents slice, CancellationToken cancel) =>
            await slice.Run(GridQuery.Parse(request.GetEncodedPathAndQuery()), cancel)).Needs(PlatformRights.ReadOrganisation).WithName(nameof(ReadAgents));
        api.MapGet("/agents/export", async (string? format, HttpRequest request, ReadAgents slice, CancellationToken cancel) =>
            await slice.Export(format, GridQuery.Parse(request.GetEncodedPathAndQuery()), cancel)).Needs(PlatformRights.ReadOrganisation).WithName("ExportAgents");
    }

    public async Task<Paged<Row>> Run(GridQuery query, CancellationToken cancel)
    {
        var rows = await Asked(query, cancel);
        return new([.. rows.Skip(query.Skip).Take(query.Take)], rows.Count);
    }

    public async Task<IResult> Export(string? format, GridQuery query, CancellationToken cancel)
    {
        var teams = (await organisation.Read(cancel)).Units;
        return Contracts.Export.Of(format, "agents",
        [
            new("code", r => r.Code), new("name", r => r.Name), new("team", r => r.TeamId is { } t ? teams[t].Code : null), new("joined", r => r.JoinedOn), new("left", r => r.LeftOn),
            new(texts["platform.team"], r => r.Team), new(texts["platform.state"], r => texts["platform.state-" + r.State]),
        ], (await Asked(query, cancel)).ToAsyncEnumerable());
    }

    private async Task<List<Row>> Asked(GridQuery query, CancellationToken cancel)
    {
        var all = await organisation.Read(cancel);
        var today = await calendar.Today(cancel);
        var scope = current.Access.ScopeOf(PlatformRights.ReadOrganisation);
        var below = Guid.TryParse(query["unit"], out var unit) ? all.Below(unit) : null;
        var rows = all.Agents.Values.Select(a => Show(a, all, today)).Where(r => scope.Covers(r.TeamId, r.Id));
        if (below is not null) rows = rows.Where(r => r.TeamId is { } team && below.Contains(team));
        if (query["state"] is { } state) rows = rows.Where(r => r.State == state);
        if (query["q"] is { } text) rows = rows.Where(r => r.Name.Contains(text, StringComparison.OrdinalIgnoreCase) || r.Code.Contains(text, StringComparison.OrdinalIgnoreCase));
        Func<Row, object?> key = query.Sort switch { "name" => r => r.Name, "team" => r => r.Team, "joined" => r => r.JoinedOn, _ => r => r.Code };
        return [.. query.Descending ? rows.OrderByDescending(key).ThenBy(r => r.Code, StringComparer.Ordinal) : rows.OrderBy(key).ThenBy(r => r.Code, StringComparer.Ordinal)];
    }

    private static Row Show(Agent agent, OrganisationSnapshot all, DateOnly today)
    {
        var gone = agent.LeftOn is { } left && left <= today;
        var team = all.TeamOf(agent.Id, today) ?? (gone && all.PlacementsOf(agent.Id) is [.., var last] ? last.TeamId : null);
        return new(agent.Id, agent.Code, agent.Name, team, team is { } t ? all.Units[t].Name : null, agent.JoinedOn, agent.LeftOn,
            gone ? "left" : agent.Placed && team is not null ? "working" : "to-place");
    }
}
