using Evenhand.Analytics.Baselines;
using Evenhand.Incentives.Plans;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Incentives.Statements;

/// <summary>One agent's statement of a month, explained down to the days, for the agent and those above.</summary>
internal sealed class ReadStatement(EvenhandDb db, IOrganisation organisation, CurrentAccess current)
{
    /// <param name="NextPrice">What the next whole unit earns.</param>
    /// <param name="UnitsToNextTier">Units until the price rises; null in the highest tier.</param>
    /// <param name="LaterCorrections">Corrections of this month paid in later ones.</param>
    public sealed record View(
        Agent Agent, DateOnly Month, bool Closed, DateTimeOffset ComputedAt, PlanTerms Terms, int PlanVersion, Statement Statement, IReadOnlyDictionary<Guid, Queue> Queues,
        decimal NextPrice, decimal? UnitsToNextTier, IReadOnlyList<(DateOnly Month, decimal Amount)> LaterCorrections, IReadOnlyList<Question> Questions, TimeZoneInfo Zone);

    public static void Map(RouteGroupBuilder months)
    {
        months.MapGet("/{month}/mine", async (string month, ReadStatement slice, CurrentAccess current, CancellationToken cancel) =>
            (await slice.Run(month, current.Access.AgentId, cancel)).Answer(view => PayJson.Of(view))).Needs(Rights.ReadOwn).WithName("ReadOwnStatement");
        months.MapGet("/{month}/agents/{agent:guid}", async (string month, Guid agent, ReadStatement slice, CancellationToken cancel) =>
            (await slice.Run(month, agent, cancel)).Answer(view => PayJson.Of(view))).Needs(Rights.ReadTeam).WithName(nameof(ReadStatement));
    }

    public async Task<Outcome<View>> Run(string? monthText, Guid? agentId, CancellationToken cancel)
    {
        if (Exact.ReadMonth(monthText).Refused(out var refusal, out var month)) return refusal;
        var centre = await organisation.Read(cancel);
        if (agentId is not { } id || !centre.Agents.TryGetValue(id, out var agent) || !centre.MayRead(current.Access, id, month)) return new Refusal("incentives.not-found", monthText);
        var statement = await db.Statements.AsNoTracking().Include(s => s.Lines).Include(s => s.Work).AsSplitQuery().FirstOrDefaultAsync(s => s.AgentId == id && s.Month == month, cancel);
        if (statement is null) return new Refusal("incentives.not-found", monthText);
        var sheet = await db.PayMonths.AsNoTracking().FirstAsync(m => m.Month == month, cancel);
        var terms = (await db.Plans.AsNoTracking().FirstAsync(p => p.Id == statement.PlanId, cancel)).Terms;
        var later = await db.Statements.Where(s => s.AgentId == id && s.Month > month).SelectMany(s => s.Lines.Where(l => l.AdjustedMonth == month), (s, l) => new { s.Month, l.Amount }).OrderBy(l => l.Month).ToListAsync(cancel);
        var (price, left) = Next(terms.Rates, statement.Units);
        return new View(agent, month, sheet.IsClosed, sheet.RunAt, terms, statement.PlanVersion, statement, centre.Queues, price, left, [.. later.Select(l => (l.Month, l.Amount))],
            await db.PayQuestions.AsNoTracking().Where(q => q.AgentId == id && q.Month == month).OrderBy(q => q.AskedAt).ToListAsync(cancel), centre.Zone);
    }

    /// <summary>The months an agent has statements for, the latest first.</summary>
    public async Task<IReadOnlyList<DateOnly>> Months(Guid? agent, CancellationToken cancel) =>
        await db.Statements.Where(s => s.AgentId == agent).Select(s => s.Month).OrderByDescending(m => m).ToListAsync(cancel);

    /// <summary>The price of the unit after these, and how many until it rises.</summary>
    internal static (decimal Price, decimal? UnitsToNextTier) Next(PieceRatePlan plan, decimal units)
    {
        var tier = plan.Tiers.Starts.Count(start => start <= units);
        return (plan.Price + tier * plan.Step, tier < plan.Tiers.Starts.Count ? plan.Tiers.Starts[tier] - units : null);
    }
}
