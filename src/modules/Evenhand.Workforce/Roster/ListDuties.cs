using System.ComponentModel.DataAnnotations;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Kernel.Text;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Workforce.Roster;

/// <summary>The published duties within the asker's scope: as a list, as a file that can be imported again, and as a team's week.</summary>
internal sealed class ListDuties(EvenhandDb db, IOrganisation organisation, Shifts shifts, CurrentAccess current, Texts texts, TimeProvider clock)
{
    private const int LongestSpan = 62;

    /// <param name="From">First day on which duties start; today without it.</param>
    /// <param name="To">Last day; a week after the first without it.</param>
    /// <param name="Team">Code of a team or of a unit above teams.</param>
    public sealed record Request(DateOnly? From = null, DateOnly? To = null, [MaxLength(100)] string? Team = null);

    public sealed record Row(string Agent, string Name, string? Team, DateOnly Day, string From, string To, string Shift, DateTimeOffset Start, DateTimeOffset End);

    /// <summary>A week of some people: a row a person, a cell a day, in a cell the duties that start on it.</summary>
    public sealed record Week(IReadOnlyList<DateOnly> Days, DateOnly Today, IReadOnlyList<Person> People, IReadOnlyList<Unit> Teams, Unit? Team, bool EverPublished);

    public sealed record Person(Agent Agent, IReadOnlyList<IReadOnlyList<Cell>> Days, double Hours);

    public sealed record Cell(string Name, string Hours, int Tint);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/duties", async ([AsParameters] Request request, ListDuties slice, CancellationToken cancel) => (await slice.Run(request, cancel)).ToReply())
            .WithName(nameof(ListDuties)).WithSummary("Published duties by day and team").Needs(Rights.ReadRoster);
        api.MapGet("/duties/export", async ([AsParameters] Request request, string? format, ListDuties slice, CancellationToken cancel) =>
            (await slice.Run(request, cancel)).Refused(out var refusal, out var rows) ? new RefusedReply(refusal) : slice.File(rows, format)).WithName("ExportDuties").Needs(Rights.ReadRoster);
    }

    public async Task<Outcome<List<Row>>> Run(Request request, CancellationToken cancel)
    {
        var centre = await organisation.Read(cancel);
        var from = request.From ?? centre.DayOf(clock.GetUtcNow());
        var to = request.To ?? from.AddDays(6);
        if (to < from || to.DayNumber - from.DayNumber > LongestSpan) return new Refusal("workforce.days-out-of-bounds", from, to, LongestSpan);
        if (TeamOf(centre, request.Team).Refused(out var refusal, out var below)) return refusal;
        var (all, scope) = (await shifts.Read(cancel), current.Access.ScopeOf(Rights.ReadRoster));
        var (start, end) = (centre.At(from, 0), centre.At(to.AddDays(1), 0));
        var duties = await db.Duties.AsNoTracking().Where(d => d.Start >= start && d.Start < end).OrderBy(d => d.Start).ThenBy(d => d.AgentId).ToListAsync(cancel);
        return duties.Select(d => (Duty: d, Day: centre.DayOf(d.Start), Agent: centre.Agents[d.AgentId])).Select(d => (d.Duty, d.Day, d.Agent, Team: centre.TeamOf(d.Agent.Id, d.Day)))
            .Where(d => scope.Covers(d.Team, d.Agent.Id) && (below.Count == 0 || (d.Team is { } team && below.Contains(team))))
            .Select(d => new Row(d.Agent.Code, d.Agent.Name, d.Team is { } team ? centre.TeamName(team) : null, d.Day, centre.Clock(d.Duty.Start), centre.Clock(d.Duty.End, true), all.Of(d.Duty.Shift)?.Name ?? "", d.Duty.Start, d.Duty.End))
            .ToList();
    }

    /// <summary>The week of this day of one team: the one named, else the reader's first.</summary>
    public async Task<Outcome<Week>> Read(DateOnly? day, string? teamCode, CancellationToken cancel)
    {
        var centre = await organisation.Read(cancel);
        var today = centre.DayOf(clock.GetUtcNow());
        var days = Enumerable.Range(0, 7).Select(CentreTime.Monday(day ?? today).AddDays).ToList();
        var scope = current.Access.ScopeOf(Rights.ReadRoster);
        var own = scope.OwnAgent is { } me ? centre.TeamOf(me, days[0]) ?? centre.TeamOf(me, today) : null;
        var teams = centre.Units.Values.Where(u => u.Kind == UnitKind.Team && (scope.Covers(u.Id, null) || u.Id == own)).OrderBy(u => u.Name, StringComparer.CurrentCulture).ToList();
        var team = string.IsNullOrEmpty(teamCode) ? teams.FirstOrDefault() : teams.Find(t => t.Code == teamCode);
        if (team is null && !string.IsNullOrEmpty(teamCode)) return new Refusal("workforce.team.not-found", teamCode);
        var people = centre.Agents.Values.Where(a => team is not null && days.Exists(d => centre.TeamOf(a.Id, d) == team.Id && scope.Covers(team.Id, a.Id))).ToDictionary(a => a.Id);
        var (start, end) = (centre.At(days[0], 0), centre.At(days[^1].AddDays(1), 0));
        var duties = (await db.Duties.AsNoTracking().Where(d => d.Start >= start && d.Start < end && people.Keys.Contains(d.AgentId)).OrderBy(d => d.Start).ToListAsync(cancel)).ToLookup(d => d.AgentId);
        var all = await shifts.Read(cancel);
        return new Week(days, today, [.. people.Values.OrderBy(a => a.Code, StringComparer.Ordinal).Select(a => PersonOf(a, duties[a.Id], days, all, centre))], teams, team, await db.Publications.AnyAsync(cancel));
    }

    private static Person PersonOf(Agent agent, IEnumerable<Duty> duties, List<DateOnly> days, ShiftList all, OrganisationSnapshot centre)
    {
        var own = duties.ToLookup(d => centre.DayOf(d.Start));
        return new Person(agent, [.. days.Select(day => (IReadOnlyList<Cell>)[.. own[day].Select(d => new Cell(all.NameOf(d, centre), $"{centre.Clock(d.Start)}–{centre.Clock(d.End, true)}", all.TintOf(d.Shift)))])],
            own.Sum(g => g.Sum(d => (d.End - d.Start).TotalHours)));
    }

    private static Outcome<HashSet<Guid>> TeamOf(OrganisationSnapshot centre, string? code) => string.IsNullOrEmpty(code) ? new HashSet<Guid>()
        : centre.Units.Values.FirstOrDefault(u => u.Code == code) is { } unit ? centre.Below(unit.Id).ToHashSet() : new Refusal("workforce.team.not-found", code);

    private IResult File(List<Row> rows, string? format) => Export.Of(format, "roster",
        [
            new ExportColumn<Row>(texts["workforce.agent-code"], r => r.Agent), new(texts["workforce.date"], r => r.Day), new(texts["workforce.from"], r => r.From), new(texts["workforce.to"], r => r.To),
            new(texts["workforce.shift"], r => r.Shift), new(texts["workforce.name"], r => r.Name), new(texts["workforce.team"], r => r.Team),
        ], rows.ToAsyncEnumerable());
}
