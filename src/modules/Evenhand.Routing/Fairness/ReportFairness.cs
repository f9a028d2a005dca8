using System.ComponentModel.DataAnnotations;
using Evenhand.Dispatch.Fairness;
using Evenhand.Dispatch.Presence;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Kernel.Text;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.FloorView;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Evenhand.Routing.Fairness;

/// <summary>Whether work was given fairly in a day or a shift: how evenly effort lies, who waited, who got the hard ones, and every breach of the order.</summary>
internal sealed class ReportFairness(FairnessRecord record, IOrganisation organisation, CurrentAccess current, Texts texts, TimeProvider clock)
{
    private const double HardFrom = 1.5;
    private const int LeastMinutes = 30;

    /// <param name="Day">A day of the centre; today without it.</param>
    /// <param name="From">Start of the shift in the centre's clock; the day's without it.</param>
    /// <param name="To">End of it; not after <paramref name="From"/> means the next morning.</param>
    /// <param name="Unit">Code of a unit in the scope; without it all of the scope.</param>
    /// <param name="Hard">From which weight a contact counts as hard; 1.5 without it.</param>
    /// <param name="Least">Least minutes on duty to be compared; 30 without it.</param>
    public sealed record Request(DateOnly? Day = null, TimeOnly? From = null, TimeOnly? To = null, [MaxLength(100)] string? Unit = null, [Range(0.1, 100)] double? Hard = null, [Range(0, 1440)] int? Least = null);

    /// <param name="IsCompared">Long enough on duty to be compared with others.</param>
    public sealed record Row(string Agent, string AgentName, string Team, double OnDutyHours, double EffortPerHour, double IdleShare, double HardShare, int Contacts, int Hard, double HandlingSeconds, int Ignored, int Rejected, bool IsCompared);

    public sealed record Group(string Name, int Agents, Spread Effort, Spread Idle, Spread HardMix);

    /// <param name="ContactId">Who was taken.</param>
    /// <param name="PassedOverId">Who should have gone first.</param>
    /// <param name="Why">The decision in sentences.</param>
    public sealed record Violation(DateTimeOffset At, Guid ContactId, string Queue, string AgentName, Guid PassedOverId, string PassedOverQueue, IReadOnlyList<string> Why);

    /// <param name="Versions">Under how many versions of the rules the span was checked.</param>
    /// <param name="Unchecked">Decisions left out because the rules changed within seconds of them.</param>
    /// <param name="Incomplete">Contacts checked without their own priority and skills, which were not kept.</param>
    public sealed record Report(DateTimeOffset From, DateTimeOffset To, Group Centre, IReadOnlyList<Group> Teams, IReadOnlyList<Row> Agents, int TooShort, IReadOnlyList<Violation> Violations, int Versions, int Checked, int Unchecked,
        int Incomplete, double HardFrom, int LeastMinutes);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/floor/fairness", async ([AsParameters] Request request, ReportFairness slice, CancellationToken cancel) => (await slice.Run(request, cancel)).ToReply())
            .WithName(nameof(ReportFairness)).WithSummary("How evenly work was given in a day or shift, and every breach of the order").Needs(Rights.Floor);
        api.MapGet("/floor/fairness/export", async (string? format, [AsParameters] Request request, ReportFairness slice, CancellationToken cancel) => await slice.Export(format, request, cancel))
            .WithName("ExportFairness").WithSummary("The report's rows as CSV or XLSX, with the definitions of its figures").Needs(Rights.Floor);
    }

    public async Task<Outcome<Report>> Run(Request request, CancellationToken cancel)
    {
        var centre = await organisation.Read(cancel);
        var (day, from, to) = Span(request, centre.Zone);
        var scope = current.Access.ScopeOf(Rights.Floor);
        var unit = string.IsNullOrEmpty(request.Unit) ? null : centre.Units.Values.FirstOrDefault(u => u.Code == request.Unit && (scope.All || scope.Units.Contains(u.Id)));
        if (unit is null && !string.IsNullOrEmpty(request.Unit)) return new Refusal("routing.unit-unknown", request.Unit);
        var below = unit is null ? null : centre.Below(unit.Id);
        bool IsMine(Guid agent) => centre.Covers(scope, agent, day) && (below is null || (centre.TeamOf(agent, day) is { } team && below.Contains(team)));
        var span = await record.Read(from, to, cancel);
        var order = await record.Check(span, centre, cancel);
        var facts = span.Presence.ToLookup(f => f.Agent);
        var times = facts.Where(f => IsMine(f.Key)).Select(f => (Agent: f.Key, Time: DutyTime.Of(f.Key, f, from, to))).Where(t => t.Time.OnDuty > TimeSpan.Zero)
            .Select(t => new AgentTime(t.Agent, centre.TeamOf(t.Agent, day) ?? Guid.Empty, t.Time.OnDuty, t.Time.Available)).OrderBy(t => t.Agent).ToList();
        var least = TimeSpan.FromMinutes(request.Least ?? LeastMinutes);
        var found = FairnessReport.Of(span.Within, times, [.. order.Violations.Where(v => IsMine(v.Decision.Agent))], request.Hard ?? HardFrom, least);
        string Team(Guid id) => centre.Units.GetValueOrDefault(id)?.Name ?? texts["routing.floor.no-team"];
        return new Report(from, to, Of(unit?.Name ?? texts["routing.fairness.all"], found.Centre), [.. found.Teams.Select(t => Of(Team(t.Key), t.Value)).OrderBy(g => g.Name, StringComparer.CurrentCulture)],
            [.. found.Agents.Select(a => new Row(centre.Agents[a.Time.Agent].Code, centre.Agents[a.Time.Agent].Name, Team(a.Time.Team), a.Time.OnDuty.TotalHours, a.EffortPerHour, a.IdleShare, a.HardShare, a.Contacts, a.Hard,
                a.Handling.TotalSeconds, a.Ignored, a.Rejected, a.Time.OnDuty >= least))], found.TooShort,
            [.. found.Violations.Select(v => new Violation(v.Decision.At, v.Decision.Contact, Queue(v.Decision.Queue), centre.Agents[v.Decision.Agent].Name, v.Contact, Queue(v.Queue), DecisionWords.Of(v.Decision, centre, texts)))],
            order.Versions, order.Checked, order.Unchecked, span.Incomplete, request.Hard ?? HardFrom, request.Least ?? LeastMinutes);

        string Queue(Guid id) => centre.Queues.GetValueOrDefault(id)?.Name ?? "";
    }

    public async Task<IResult> Export(string? format, Request request, CancellationToken cancel)
    {
        if ((await Run(request, cancel)).Refused(out var refusal, out var report)) return new RefusedReply(refusal);
        return Platform.Contracts.Export.Of<Row>(format, "fairness",
        [
            new(texts["routing.agent"], r => r.AgentName), new(texts["routing.number"], r => r.Agent), new(texts["routing.floor.team"], r => r.Team), new(texts["routing.fairness.on-duty"], r => Math.Round(r.OnDutyHours, 3)),
            new(texts["routing.fairness.effort"], r => Math.Round(r.EffortPerHour, 4)), new(texts["routing.fairness.idle"], r => Math.Round(r.IdleShare, 4)), new(texts["routing.fairness.hard"], r => Math.Round(r.HardShare, 4)),
            new(texts["routing.fairness.contacts"], r => r.Contacts), new(texts["routing.fairness.ignored"], r => r.Ignored), new(texts["routing.fairness.rejected"], r => r.Rejected),
            new(texts["routing.fairness.compared"], r => r.IsCompared),
        ], report.Agents.ToAsyncEnumerable(), [.. FairnessDefinitions.All(texts, report.HardFrom, report.LeastMinutes).Select(d => new ExportNote($"{d.Code} {d.Version}", d.Text))]);
    }

    private (DateOnly Day, DateTimeOffset From, DateTimeOffset To) Span(Request request, TimeZoneInfo zone)
    {
        var now = clock.GetUtcNow();
        var day = request.Day ?? DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).Date);
        var from = ReviewDuty.At(day, request.From ?? TimeOnly.MinValue, zone);
        var to = request.To is { } end ? ReviewDuty.At(end > (request.From ?? TimeOnly.MinValue) ? day : day.AddDays(1), end, zone) : ReviewDuty.Midnight(day.AddDays(1), zone);
        return (day, from, to < now ? to : now > from ? now : from);
    }

    private static Group Of(string name, GroupSpread spread) => new(name, spread.Effort.Count, spread.Effort, spread.Idle, spread.HardMix);
}
