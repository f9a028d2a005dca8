using Evenhand.Incentives.Plans;
using Evenhand.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Incentives.Statements;

/// <summary>Finds what late or corrected facts changed in months that are closed: the difference is paid, visibly, in the month after the last closed one.</summary>
internal sealed class Corrections(EvenhandDb db, MeasuredWork measured)
{
    /// <summary>How many months back a late fact still changes pay.</summary>
    public const int MonthsBack = 12;

    /// <summary>The corrections that fall into an open month; none unless it follows the last closed one.</summary>
    public async Task<ILookup<Guid, Correction>> For(DateOnly month, CancellationToken cancel)
    {
        if (await db.LastClosed(cancel) is not { } last || last.AddMonths(1) != month) return Enumerable.Empty<Correction>().ToLookup(c => c.AgentId);
        var from = month.AddMonths(-MonthsBack);
        var closed = await db.PayMonths.Where(m => m.ClosedAt != null && m.Month >= from).Select(m => m.Month).OrderBy(m => m).ToListAsync(cancel);
        var statements = await db.Statements.AsNoTracking().Include(s => s.Lines).Where(s => s.Month >= from && s.Month <= last).ToListAsync(cancel);
        var paid = Paid(statements.Where(s => closed.Contains(s.Month)));
        List<Correction> found = [];
        var work = (await measured.Read(closed[0], month, cancel)).ToLookup(m => m.Month);
        foreach (var past in closed)
            if (await db.PlanFor(past, cancel) is { } plan)
                found.AddRange(Differences(past, work[past].ToDictionary(m => m.Agent.Id, m => m.Under(plan.Terms)), paid));
        return found.ToLookup(c => c.AgentId);
    }

    /// <summary>What each agent has had for each month so far: its own statement and later corrections of it, in closed months.</summary>
    private static Dictionary<(Guid Agent, DateOnly Month), (decimal Units, decimal Amount)> Paid(IEnumerable<Statement> closed)
    {
        Dictionary<(Guid, DateOnly), (decimal Units, decimal Amount)> paid = [];
        void Add(Guid agent, DateOnly month, decimal units, decimal amount)
        {
            var before = paid.GetValueOrDefault((agent, month));
            paid[(agent, month)] = (before.Units + units, before.Amount + amount);
        }
        foreach (var statement in closed)
        {
            Add(statement.AgentId, statement.Month, statement.Units, statement.Earned);
            foreach (var line in statement.Lines) if (line.AdjustedMonth is { } earlier) Add(statement.AgentId, earlier, line.Units, line.Amount);
        }
        return paid;
    }

    private static IEnumerable<Correction> Differences(DateOnly month, Dictionary<Guid, MonthPay> due, Dictionary<(Guid Agent, DateOnly Month), (decimal Units, decimal Amount)> paid)
    {
        foreach (var agent in due.Keys.Union(paid.Keys.Where(k => k.Month == month).Select(k => k.Agent)))
        {
            var (units, amount) = paid.GetValueOrDefault((agent, month));
            var now = due.GetValueOrDefault(agent);
            if ((now?.Amount ?? 0) != amount) yield return new Correction(agent, month, (now?.Units ?? 0) - units, (now?.Amount ?? 0) - amount);
        }
    }
}
