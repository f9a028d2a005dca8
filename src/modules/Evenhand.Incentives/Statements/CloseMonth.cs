using Evenhand.Incentives.Contracts;
using Evenhand.Incentives.Plans;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Incentives.Statements;

/// <summary>Runs a month one last time and closes it for good. Months close in order; later corrections appear in the month after.</summary>
internal sealed class CloseMonth(EvenhandDb db, RunPay runPay, MeasuredWork measured, CurrentAccess current, TimeProvider clock)
{
    public static void Map(RouteGroupBuilder months) => months.MapPost("/{month}/close", async (string month, CloseMonth slice, CancellationToken cancel) =>
        Exact.ReadMonth(month).Refused(out var refusal, out var first) ? ((Outcome<RunPay.Ran>)refusal).Answer() : (await slice.Run(first, cancel)).Answer()).Needs(Rights.Close).WithName(nameof(CloseMonth));

    public async Task<Outcome<RunPay.Ran>> Run(DateOnly month, CancellationToken cancel) =>
        current.MissingOverAll(Rights.Close) is { } missing ? missing : await RunPay.Alone(db, clock, inner => Close(month, inner), cancel);

    private async Task<Outcome<RunPay.Ran>> Close(DateOnly month, CancellationToken cancel)
    {
        if (month >= await measured.ThisMonth(cancel)) return new Refusal("incentives.month-not-over", Exact.Month(month));
        var open = await db.PayMonths.Where(m => m.Month < month && m.ClosedAt == null).OrderBy(m => m.Month).Select(m => (DateOnly?)m.Month).FirstOrDefaultAsync(cancel);
        if (open is { } earlier) return new Refusal("incentives.earlier-month-open", Exact.Month(month), Exact.Month(earlier));
        if ((await runPay.Compute(month, cancel)).Refused(out var refusal, out var ran)) return refusal;
        if (ran.Closed) return ran;
        var sheet = await db.PayMonths.FirstAsync(m => m.Month == month, cancel);
        sheet.Close(current.Access.Name, clock.GetUtcNow());
        db.Publish(new PayMonthClosed(month, ran.Statements, ran.Total), clock.GetUtcNow(), current.Access.Name);
        await db.SaveChangesAsync(cancel);
        return ran with { Closed = true };
    }
}
