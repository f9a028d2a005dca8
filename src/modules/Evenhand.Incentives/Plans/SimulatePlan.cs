using Evenhand.Analytics.Baselines;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Incentives.Plans;

/// <summary>Tries a plan on the past months of its baseline: what it costs, who gains and who loses, what each tier takes; solves X for a budget.</summary>
internal sealed class SimulatePlan(EvenhandDb db, ComputeBaseline baseline)
{
    /// <param name="Choices">The plan; without a price X is solved for the budget.</param>
    /// <param name="Budget">The most the months may cost together; needed when there is no price.</param>
    /// <param name="FlatPrice">A flat price per contact to compare with; null compares with the plans in force, and where there are none with the flat price that costs the same.</param>
    public sealed record Request(PlanChoices Choices, decimal? Budget = null, decimal? FlatPrice = null);

    /// <summary>What the comparison was made with.</summary>
    public enum Comparison
    {
        PlansInForce,
        FlatPrice,
        FlatPriceOfSameCost,
    }

    public sealed record Simulated(ComputeBaseline.Found Found, PlanTerms Terms, PlanSimulation Result, Comparison Comparison, decimal? FlatPrice, decimal? Budget);

    public static void Map(RouteGroupBuilder plans) => plans.MapPost("/simulate", async (Request request, SimulatePlan slice, CancellationToken cancel) =>
        (await slice.Run(request, cancel)).Answer(simulated => PlanJson.Of(simulated))).Needs(Rights.Plan).WithName(nameof(SimulatePlan));

    public async Task<Outcome<Simulated>> Run(Request request, CancellationToken cancel)
    {
        var choices = request.Choices;
        if (request.Budget is < 0 || request.FlatPrice is < 0) return new Refusal("incentives.money-below-zero");
        if ((await baseline.Run(choices, cancel)).Refused(out var refusal, out var found)) return refusal;
        if (found.Tiers is null) return found.NoTiers!;
        var terms = Terms(choices, found.Tiers, choices.Price ?? 0);
        if (terms.Problem() is { } problem) return problem;
        List<PaidMonth> months = [.. found.Months.Select(m => new PaidMonth(m.Agent.Code, m.Month, m.Under(terms).Units))];
        if (choices.Price is null)
        {
            if (request.Budget is not { } budget) return new Refusal("incentives.price-missing");
            if (PlanSimulation.SolvePrice(found.Tiers, choices.Step, months, budget) is not { } solved) return new Refusal("incentives.budget-too-low", budget, choices.Step);
            terms = terms with { Price = solved.Price };
        }
        var cost = PlanSimulation.Run(terms.Rates, months);
        var (comparison, flat, current) = await Compare(request, found.Months, cost.Total, terms.Currency, cancel);
        var result = PlanSimulation.Run(terms.Rates, [.. months.Zip(current, (month, pay) => month with { CurrentPay = pay })]);
        return new Simulated(found, terms, result, comparison, flat, request.Budget);
    }

    internal static PlanTerms Terms(PlanChoices choices, Tiers tiers, decimal price) =>
        new(tiers.Baseline, tiers.Starts, price, choices.Step, choices.Currency, choices.Weights, choices.Quality, choices.Hours);

    private async Task<(Comparison, decimal? Flat, IReadOnlyList<decimal> Pay)> Compare(Request request, IReadOnlyList<AgentMonth> months, decimal cost, string currency, CancellationToken cancel)
    {
        if (request.FlatPrice is { } price) return (Comparison.FlatPrice, price, Flat(price));
        Dictionary<DateOnly, PlanTerms> inForce = [];
        foreach (var month in months.Select(m => m.Month).Distinct())
            if (await db.PlanFor(month, cancel) is { } plan) inForce[month] = plan.Terms;
        if (months.All(m => inForce.ContainsKey(m.Month))) return (Comparison.PlansInForce, null, [.. months.Select(m => m.Under(inForce[m.Month]).Amount)]);
        var contacts = months.Sum(m => m.Work.Sum(w => w.Contacts));
        var same = Math.Round(cost / contacts, 4, MidpointRounding.AwayFromZero);
        return (Comparison.FlatPriceOfSameCost, same, Flat(same));

        IReadOnlyList<decimal> Flat(decimal each) => [.. months.Select(m => m.Under(PlanTerms.Flat(each, currency)).Amount)];
    }
}
