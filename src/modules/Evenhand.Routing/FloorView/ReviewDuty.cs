using Evenhand.Dispatch.Presence;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Contracts;
using Evenhand.Routing.Floor;
using Evenhand.Routing.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Routing.FloorView;

/// <summary>A day's presence held against the standard: who goes in and out often, and whose time departs from what a day should look like.</summary>
internal sealed class ReviewDuty(EvenhandDb db, IServiceProvider services, IOrganisation organisation, FloorRules rules, CurrentAccess current, TimeProvider clock)
{
    /// <summary>Longer than anybody stays in one state.</summary>
    private static readonly TimeSpan Before = TimeSpan.FromHours(24);

    /// <param name="Day">A day of the centre; today without it.</param>
    public sealed record Request(DateOnly? Day = null);

    public sealed record Toggles(string Agent, string AgentName, string Team, int Changes, int ShortSpells);

    /// <param name="Code">too-little-on-duty, too-much-on-break or too-long-unreachable.</param>
    /// <param name="Value">A share, 0 to 1, or seconds for unreachable.</param>
    /// <param name="Limit">The same of the standard.</param>
    public sealed record Departure(string Agent, string AgentName, string Team, string Code, double Value, double Limit);

    /// <param name="KeepsRoster">Without a roster nobody can be on duty too little.</param>
    public sealed record Reviewed(DateOnly Day, int Agents, IReadOnlyList<Toggles> Togglers, IReadOnlyList<Departure> Departures, bool KeepsRoster, int LeastChanges, int LeastShortSpells, int BriefSeconds);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/floor/duty", async ([AsParameters] Request request, ReviewDuty slice, CancellationToken cancel) => TypedResults.Ok(await slice.Run(request, cancel)))
        .WithName(nameof(ReviewDuty)).WithSummary("Frequent togglers and departures from the duty standard on a day").Needs(Rights.Floor);

    public async Task<Reviewed> Run(Request request, CancellationToken cancel)
    {
        var (centre, held) = (await organisation.Read(cancel), await rules.Read(cancel));
        var now = clock.GetUtcNow();
        var day = request.Day ?? DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, centre.Zone).Date);
        var (from, end) = (Midnight(day, centre.Zone), Midnight(day.AddDays(1), centre.Zone));
        var to = end < now ? end : now < from ? from : now;
        var scope = current.Access.ScopeOf(Rights.Floor);
        var facts = (await Facts(db, from, to, cancel)).Where(f => centre.Covers(scope, f.Agent, day)).ToList();
        var within = facts.Where(f => f.At >= from).ToList();
        var roster = services.GetService<IRoster>() is { } asked ? await asked.Duties(from, to, cancel) : null;
        var departures = new List<Departure>();
        var agents = facts.Select(f => f.Agent).Concat(roster?.Select(d => d.AgentId).Where(a => centre.Covers(scope, a, day)) ?? []).Distinct().ToList();
        var byAgent = facts.ToLookup(f => f.Agent);
        foreach (var agent in agents)
        {
            var rostered = TimeSpan.FromTicks(roster?.Where(d => d.AgentId == agent).Sum(d => Math.Max(0, (Earlier(d.End, to) - Later(d.Start, from)).Ticks)) ?? 0);
            foreach (var denial in DutyTime.Of(agent, byAgent[agent], from, to).Against(held.Standard, rostered))
                departures.Add(new Departure(centre.Agents[agent].Code, centre.Agents[agent].Name, Team(agent), denial.Code["dispatch.".Length..], Figure(denial.Arguments[0]), Figure(denial.Arguments[1])));
        }
        return new Reviewed(day, agents.Count,
            [.. Toggler.Find(within, held.Toggles).Select(t => new Toggles(centre.Agents[t.Agent].Code, centre.Agents[t.Agent].Name, Team(t.Agent), t.Changes, t.ShortSpells))],
            [.. departures.OrderBy(d => d.Code, StringComparer.Ordinal).ThenBy(d => d.Team, StringComparer.CurrentCulture).ThenBy(d => d.AgentName, StringComparer.CurrentCulture)],
            roster is not null, held.Toggles.Changes, held.Toggles.ShortSpells, (int)held.Toggles.Brief.TotalSeconds);

        string Team(Guid agent) => centre.TeamOf(agent, day) is { } team ? centre.Units[team].Name : "";
    }

    /// <summary>Presence within a span, with what held when it began.</summary>
    public static async Task<IReadOnlyList<PresenceFact>> Facts(EvenhandDb db, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
    {
        var since = from - Before;
        return [.. (await db.PresenceSteps.AsNoTracking().Where(s => s.At >= since && s.At < to).OrderBy(s => s.Id).ToListAsync(cancel)).Select(s => s.Fact)];
    }

    public static DateTimeOffset Midnight(DateOnly day, TimeZoneInfo zone) => At(day, TimeOnly.MinValue, zone);

    public static DateTimeOffset At(DateOnly day, TimeOnly time, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(time);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }

    private static double Figure(object argument) => argument is TimeSpan length ? length.TotalSeconds : Convert.ToDouble(argument, System.Globalization.CultureInfo.InvariantCulture);

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
