using Evenhand.Incentives.Plans;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Routing.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Incentives.Statements;

/// <summary>What the running month has come to for one agent: by what is measured until now and the plan in force, before any statement.</summary>
internal sealed class ReadMonthSoFar(EvenhandDb db, MeasuredWork measured, CurrentAccess current)
{
    /// <param name="Today">Contacts of today.</param>
    /// <param name="NextPrice">What the next whole unit earns.</param>
    /// <param name="UnitsToNextTier">Units until the price rises; null in the highest tier.</param>
    /// <param name="Climbed">How much of the present tier is done, 0 to 1; null in the highest.</param>
    public sealed record View(DateOnly Month, string Currency, decimal Amount, decimal Units, int Contacts, int Today, decimal NextPrice, decimal? UnitsToNextTier, decimal? Climbed);

    public static void Map(RouteGroupBuilder months) => months.MapGet("/so-far/mine", async (ReadMonthSoFar slice, CancellationToken cancel) =>
        (await slice.Run(cancel)).Answer(v => new { Month = Exact.Month(v.Month), v.Currency, Amount = Exact.Money(v.Amount), Units = Exact.Text(v.Units), v.Contacts, v.Today, NextPrice = Exact.Price(v.NextPrice), UnitsToNextTier = v.UnitsToNextTier is { } left ? Exact.Text(left) : null }))
        .Needs(Rights.ReadOwn).WithName(nameof(ReadMonthSoFar));

    public async Task<Outcome<View>> Run(CancellationToken cancel)
    {
        var month = Exact.Month(await measured.ThisMonth(cancel));
        if (current.Access.AgentId is not { } agent) return new Refusal("incentives.not-found", month);
        return await Of(agent, cancel) is { } view ? view : new Refusal("incentives.no-plan", month);
    }

    /// <summary>The same for a part of "my day"; null while no plan is in force.</summary>
    public async Task<View?> Of(Guid agent, CancellationToken cancel)
    {
        var today = await measured.Today(cancel);
        var month = Exact.FirstOf(today);
        if (await db.PlanFor(month, cancel) is not { } plan) return null;
        var (did, terms) = (await measured.Of(agent, month, cancel), plan.Terms);
        var pay = did?.Under(terms) ?? MonthPay.Of(terms, []);
        var (price, left) = ReadStatement.Next(terms.Rates, pay.Units);
        var begun = terms.Starts.Where(start => start <= pay.Units).DefaultIfEmpty(0).Max();
        return new View(month, terms.Currency, pay.Amount, pay.Units, pay.Contacts, did?.Work.Where(w => w.Day == today).Sum(w => w.Contacts) ?? 0, price, left,
            left is { } more ? (pay.Units - begun) / (pay.Units + more - begun) : null);
    }

    /// <summary>The part of "my day".</summary>
    public static DeskPart Part { get; } = new(typeof(MonthSoFarPart), DeskSlot.Day, 10, async (services, desk, cancel) => await services.GetRequiredService<ReadMonthSoFar>().Of(desk.AgentId, cancel) is { } v
        ? new MonthSoFarPart.Shown(Exact.Month(v.Month), v.Currency + Exact.Money(v.Amount), Exact.Short(v.Units), v.Contacts, v.Today, v.Currency + Exact.Price(v.NextPrice),
            v.UnitsToNextTier is { } left ? Exact.Short(left) : null, v.Climbed is { } climbed ? (double)climbed : null) : null);
}
