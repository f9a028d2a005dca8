using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Incentives.Plans;

/// <summary>The published versions of the plan, the latest first.</summary>
internal sealed class ListPlans(EvenhandDb db, MeasuredWork measured)
{
    /// <param name="InForce">Pays the month that is running.</param>
    public sealed record Row(Guid Id, int Version, string From, decimal Baseline, IReadOnlyList<decimal> Tiers, string Price, string Step, string Currency, string PublishedBy, DateTimeOffset PublishedAt, bool InForce);

    public static void Map(RouteGroupBuilder plans) => plans.MapGet("/", async (ListPlans slice, CancellationToken cancel) =>
        TypedResults.Ok(await slice.Run(cancel))).Needs(Rights.Plan).WithName(nameof(ListPlans));

    public async Task<IReadOnlyList<Row>> Run(CancellationToken cancel)
    {
        var now = await db.PlanFor(await measured.ThisMonth(cancel), cancel);
        var plans = await db.Plans.AsNoTracking().Where(p => p.State == PlanState.Published).OrderByDescending(p => p.Version).ToListAsync(cancel);
        return [.. plans.Select(p => Shown(p, p.Id == now?.Id))];
    }

    private static Row Shown(Plan plan, bool inForce)
    {
        var terms = plan.Terms;
        return new Row(plan.Id, plan.Version!.Value, Exact.Month(plan.EffectiveFrom!.Value), Exact.Plain(plan.Baseline), [.. terms.Starts.Select(Exact.Plain)], Exact.Price(plan.Price), Exact.Price(plan.Step),
            terms.Currency, plan.PublishedBy!, plan.PublishedAt!.Value, inForce);
    }
}
