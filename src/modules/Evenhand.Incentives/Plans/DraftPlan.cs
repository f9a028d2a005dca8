using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Incentives.Plans;

/// <summary>Keeps a plan as a draft, with its baseline computed and its price solved, or changes the draft named.</summary>
internal sealed class DraftPlan(EvenhandDb db, SimulatePlan simulate, CurrentAccess current, TimeProvider clock)
{
    /// <param name="Id">The draft to change; null for a new one.</param>
    /// <param name="Choices">What a manager decided.</param>
    /// <param name="Budget">To solve the price for, when there is none.</param>
    public sealed record Request(Guid? Id, PlanChoices Choices, decimal? Budget = null);

    public sealed record Drafted(Guid Id, decimal Baseline, IReadOnlyList<decimal> Starts, decimal Price, decimal Step);

    public static void Map(RouteGroupBuilder plans) => plans.MapPost("/", async (Request request, DraftPlan slice, CancellationToken cancel) =>
        (await slice.Run(request, cancel)).Answer()).Needs(Rights.Plan).WithName(nameof(DraftPlan));

    public async Task<Outcome<Drafted>> Run(Request request, CancellationToken cancel)
    {
        if ((await simulate.Run(new SimulatePlan.Request(request.Choices, request.Budget), cancel)).Refused(out var refusal, out var simulated)) return refusal;
        var plan = request.Id is { } id ? await db.Plans.FirstOrDefaultAsync(p => p.Id == id, cancel)
            : new Plan { Id = Guid.CreateVersion7(), DraftedAt = clock.GetUtcNow(), DraftedBy = current.Access.Name };
        if (plan is null) return new Refusal("incentives.not-found", request.Id);
        var choices = request.Choices with { Until = Exact.Month(simulated.Found.Until), Price = simulated.Terms.Price };
        if (plan.Set(choices, simulated.Terms) is { } problem) return problem;
        (plan.DraftedAt, plan.DraftedBy) = (clock.GetUtcNow(), current.Access.Name);
        if (request.Id is null) db.Add(plan);
        await db.SaveChangesAsync(cancel);
        return new Drafted(plan.Id, plan.Baseline, simulated.Terms.Starts, plan.Price, plan.Step);
    }
}
