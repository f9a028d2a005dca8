using Evenhand.Incentives.Plans;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Incentives.Statements;

/// <summary>Computes every agent's statement of a month. An open month may be run as often as one likes and comes to the same cents until the facts change; a closed one stays as it is.</summary>
internal sealed class RunPay(EvenhandDb db, MeasuredWork measured, Corrections corrections, CurrentAccess current, TimeProvider clock)
{
    public const string LeaseName = "incentives.pay";

    /// <param name="Changed">Statements that were new or came out differently.</param>
    public sealed record Ran(string Month, int Statements, int Changed, decimal Total, bool Closed);

    public static void Map(RouteGroupBuilder months) => months.MapPost("/{month}/run", async (string month, RunPay slice, CancellationToken cancel) =>
        Exact.ReadMonth(month).Refused(out var refusal, out var first) ? ((Outcome<Ran>)refusal).Answer() : (await slice.Run(first, cancel)).Answer()).Needs(Rights.Run).WithName(nameof(RunPay));

    public async Task<Outcome<Ran>> Run(DateOnly month, CancellationToken cancel) =>
        current.MissingOverAll(Rights.Run) is { } missing ? missing : await Alone(db, clock, inner => Compute(month, inner), cancel);

    /// <summary>Does something with pay in a transaction while nobody else does, on any node.</summary>
    internal static async Task<Outcome<T>> Alone<T>(EvenhandDb db, TimeProvider clock, Func<CancellationToken, Task<Outcome<T>>> act, CancellationToken cancel)
    {
        var holder = Guid.CreateVersion7();
        if (!await Lease.Take(db, LeaseName, holder, TimeSpan.FromMinutes(5), clock, cancel)) return new Refusal("incentives.pay-running");
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            var outcome = await act(cancel);
            if (outcome.Succeeded) await transaction.CommitAsync(cancel);
            return outcome;
        }
        finally
        {
            await Lease.Release(db, LeaseName, holder, CancellationToken.None);
        }
    }

    /// <summary>The work itself, inside the caller's transaction; one at a time, whoever asks.</summary>
    internal async Task<Outcome<Ran>> Compute(DateOnly month, CancellationToken cancel)
    {
        if (db.IsPostgres) await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(5081)", cancel);
        var sheet = await db.PayMonths.FirstOrDefaultAsync(m => m.Month == month, cancel);
        if (sheet is { IsClosed: true }) return new Ran(Exact.Month(month), await db.Statements.CountAsync(s => s.Month == month, cancel), 0, sheet.Total, true);
        if (month > await measured.ThisMonth(cancel)) return new Refusal("incentives.month-not-begun", Exact.Month(month));
        if (await db.PlanFor(month, cancel) is not { } plan) return new Refusal("incentives.no-plan", Exact.Month(month));

        var before = await db.Statements.AsNoTracking().Include(s => s.Lines).Include(s => s.Work).AsSplitQuery().Where(s => s.Month == month).ToDictionaryAsync(s => s.AgentId, cancel);
        var owed = await corrections.For(month, cancel);
        var work = (await measured.Read(month, month.AddMonths(1), cancel)).ToDictionary(m => m.Agent.Id);
        var terms = plan.Terms;
        var nothing = MonthPay.Of(terms, []);
        List<Statement> now = [.. work.Keys.Union(owed.Select(o => o.Key)).Union(before.Keys).Select(agent => Statement.Of(
            before.TryGetValue(agent, out var known) ? known.Id : Guid.CreateVersion7(), agent, month, plan,
            work.TryGetValue(agent, out var did) ? did.Under(terms) : nothing, owed[agent]))];
        List<Statement> changed = [.. now.Where(s => !before.TryGetValue(s.AgentId, out var known) || !known.Says(s))];
        List<Guid> stale = [.. changed.Select(s => s.Id)];
        await db.Statements.Where(s => stale.Contains(s.Id)).ExecuteDeleteAsync(cancel);
        db.AddRange(changed);
        if (sheet is null) db.Add(sheet = new PayMonth { Month = month });
        (sheet.RunAt, sheet.Total) = (clock.GetUtcNow(), now.Sum(s => s.Total));
        await db.SaveChangesAsync(cancel);
        return new Ran(Exact.Month(month), now.Count, changed.Count, sheet.Total, false);
    }
}
