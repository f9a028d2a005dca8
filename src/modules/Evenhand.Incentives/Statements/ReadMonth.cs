using Evenhand.Incentives.Plans;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Incentives.Statements;

/// <summary>All statements of a month that lie inside the asker's scope.</summary>
internal sealed class ReadMonth(EvenhandDb db, IOrganisation organisation, CurrentAccess current)
{
    public sealed record Row(Agent Agent, string? Team, Statement Statement, int OpenQuestions);

    public sealed record Sheet(DateOnly Month, bool Closed, string? ClosedBy, DateTimeOffset? ClosedAt, DateTimeOffset RunAt, Plan Plan, decimal Total, IReadOnlyList<Row> Rows, IReadOnlyDictionary<Guid, Queue> Queues, TimeZoneInfo Zone);

    public static void Map(RouteGroupBuilder months)
    {
        months.MapGet("/{month}", async (string month, ReadMonth slice, CancellationToken cancel) => Exact.ReadMonth(month).Refused(out var refusal, out var first)
            ? ((Outcome<Sheet>)refusal).Answer(sheet => PayJson.Of(sheet)) : (await slice.Run(first, cancel)).Answer(sheet => PayJson.Of(sheet))).Needs(Rights.ReadTeam).WithName(nameof(ReadMonth));
    }

    /// <summary>Months that have statements, the latest first.</summary>
    public async Task<IReadOnlyList<PayMonth>> Months(CancellationToken cancel) => await db.PayMonths.AsNoTracking().OrderByDescending(m => m.Month).ToListAsync(cancel);

    public async Task<Outcome<Sheet>> Run(DateOnly month, CancellationToken cancel)
    {
        if (await db.PayMonths.AsNoTracking().FirstOrDefaultAsync(m => m.Month == month, cancel) is not { } sheet) return new Refusal("incentives.not-found", Exact.Month(month));
        var centre = await organisation.Read(cancel);
        var scope = current.Access.ScopeOf(Rights.ReadTeam);
        var statements = await db.Statements.AsNoTracking().Include(s => s.Lines).Include(s => s.Work).AsSplitQuery().Where(s => s.Month == month).ToListAsync(cancel);
        var asked = await db.PayQuestions.Where(q => q.Month == month && q.AnsweredAt == null).GroupBy(q => q.AgentId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        List<Row> rows = [.. statements.Where(s => centre.CoversMonth(scope, s.AgentId, month))
            .Select(s => new Row(centre.Agents[s.AgentId], Team(centre, s.AgentId, month), s, asked.GetValueOrDefault(s.AgentId))).OrderBy(r => r.Agent.Code, StringComparer.Ordinal)];
        var version = statements.Count > 0 ? statements[0].PlanId : (await db.PlanFor(month, cancel))!.Id;
        var plan = await db.Plans.AsNoTracking().FirstAsync(p => p.Id == version, cancel);
        return new Sheet(month, sheet.IsClosed, sheet.ClosedBy, sheet.ClosedAt, sheet.RunAt, plan, rows.Sum(r => r.Statement.Total), rows, centre.Queues, centre.Zone);
    }

    private static string? Team(OrganisationSnapshot centre, Guid agent, DateOnly month) =>
        (centre.TeamOf(agent, month.AddMonths(1).AddDays(-1)) ?? centre.TeamOf(agent, month)) is { } team ? centre.Units[team].Name : null;
}
