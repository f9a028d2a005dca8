using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Floor;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Evenhand.Routing.FloorView;

/// <summary>The floor of a unit in the asker's scope: who is where, how long, with what; lines, requests and break queues.</summary>
internal sealed class ShowFloor(FloorReading reading, FloorFeed feed, IOrganisation organisation, CurrentAccess current)
{
    /// <summary>Stands for the whole centre in a topic's name.</summary>
    public const string Whole = "all";

    /// <param name="Unit">Code of a unit in the scope; without it the first of the asker's own units.</param>
    public sealed record Request(string? Unit = null);

    public sealed record Choice(string Code, string Name, int Depth);

    /// <param name="Topic">What its live pages listen to, after `floor:`.</param>
    /// <param name="Choices">Units that may be shown.</param>
    /// <param name="Teams">Names of the teams below, by id.</param>
    public sealed record Shown(DateTimeOffset At, bool IsRunning, string Topic, string Unit, string UnitName, IReadOnlyList<FloorTile.Seat> Agents, IReadOnlyDictionary<string, int> Counts,
        IReadOnlyList<FloorQueues.Line> Queues, IReadOnlyList<FloorAsks.Request> Requests, IReadOnlyList<FloorAsks.TeamBreaks> Breaks, IReadOnlyDictionary<Guid, string> Teams, IReadOnlyList<Choice> Choices);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/floor", async ([AsParameters] Request request, ShowFloor slice, CancellationToken cancel) => (await slice.Run(request, cancel)).ToReply())
        .WithName(nameof(ShowFloor)).WithSummary("The floor of a unit: agents, lines, requests and break queues at this moment").Needs(Rights.Floor);

    public async Task<Outcome<Shown>> Run(Request request, CancellationToken cancel) =>
        (await Sheet(request, cancel)).Refused(out var refusal, out var found) ? refusal : found.Shown;

    /// <summary>The same with what only pages need.</summary>
    public async Task<Outcome<(Shown Shown, FloorSheet Sheet)>> Sheet(Request request, CancellationToken cancel)
    {
        var centre = await organisation.Read(cancel);
        var scope = current.Access.ScopeOf(Rights.Floor);
        var choices = Choices(centre, scope);
        if (choices.Count == 0) return new Refusal("routing.floor.no-unit");
        var asked = string.IsNullOrEmpty(request.Unit) ? choices[0] : choices.FirstOrDefault(c => c.Unit.Code == request.Unit);
        if (asked.Unit is null) return new Refusal("routing.unit-unknown", request.Unit);
        // Whoever sees everything sees agents without a team too, under the top of the tree.
        var isWhole = scope.All && asked.Unit.ParentId is null;
        var topic = isWhole ? Whole : asked.Unit.Id.ToString();
        feed.Follow(topic);
        var sheet = await reading.Read(isWhole ? null : asked.Unit.Id, cancel);
        var teams = sheet.Seats.Select(s => s.TeamId).OfType<Guid>().Distinct().ToDictionary(t => t, t => centre.Units[t].Name);
        return (new Shown(sheet.At, sheet.IsRunning, topic, asked.Unit.Code, asked.Unit.Name, sheet.Seats, sheet.Counts, sheet.Queues, sheet.Requests, sheet.Breaks, teams,
            [.. choices.Select(c => new Choice(c.Unit.Code, c.Unit.Name, c.Depth))]), sheet);
    }

    /// <summary>Units in the scope, parents before children.</summary>
    public static IReadOnlyList<(Unit Unit, int Depth)> Choices(OrganisationSnapshot centre, Scope scope)
    {
        var found = new List<(Unit, int)>();
        var allowed = centre.Units.Values.Where(u => scope.All || scope.Units.Contains(u.Id)).ToList();
        var ids = allowed.Select(u => u.Id).ToHashSet();
        var children = allowed.ToLookup(u => u.ParentId is { } parent && ids.Contains(parent) ? parent : Guid.Empty);
        Add(Guid.Empty, 0);
        return found;

        void Add(Guid parent, int depth)
        {
            foreach (var unit in children[parent].OrderBy(u => u.Name, StringComparer.CurrentCulture))
            {
                found.Add((unit, depth));
                Add(unit.Id, depth + 1);
            }
        }
    }
}
