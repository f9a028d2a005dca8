using Evenhand.Incentives.Contracts;
using Evenhand.Incentives.Statements;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Incentives.Plans;

/// <summary>Makes a draft the next version of the plan from a month on. Earlier months keep their version; a closed month cannot get another.</summary>
internal sealed class PublishPlan(EvenhandDb db, CurrentAccess current, TimeProvider clock)
{
    /// <param name="Id">The draft.</param>
    /// <param name="From">First month paid by it, as 2026-11.</param>
    public sealed record Request(Guid Id, string? From);

    public sealed record Published(Guid Id, int Version, string From);

    public sealed record Body(string? From);

    public static void Map(RouteGroupBuilder plans) => plans.MapPost("/{id:guid}/publish", async (Guid id, Body body, PublishPlan slice, CancellationToken cancel) =>
        (await slice.Run(new Request(id, body.From), cancel)).Answer()).Needs(Rights.Plan).WithName(nameof(PublishPlan));

    public async Task<Outcome<Published>> Run(Request request, CancellationToken cancel)
    {
        if (current.MissingOverAll(Rights.Plan) is { } missing) return missing;
        if (Exact.ReadMonth(request.From).Refused(out var refusal, out var from)) return refusal;
        if (await db.Plans.FirstOrDefaultAsync(p => p.Id == request.Id, cancel) is not { } plan) return new Refusal("incentives.not-found", request.Id);
        if (await db.LastClosed(cancel) is { } closed && closed >= from) return new Refusal("incentives.month-closed", Exact.Month(from), Exact.Month(closed.AddMonths(1)));
        var version = 1 + (await db.Plans.MaxAsync(p => p.Version, cancel) ?? 0);
        var now = clock.GetUtcNow();
        if (plan.Publish(version, from, current.Access.Name, now) is { } problem) return problem;
        db.Publish(new PlanPublished(plan.Id, version, from), now, current.Access.Name);
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException)
        {
            return new Refusal("incentives.plan-published-meanwhile");
        }
        return new Published(plan.Id, version, Exact.Month(from));
    }
}
