using Evenhand.Incentives.Plans;
using Evenhand.Intake.Contracts;
using Evenhand.Kernel;
using Evenhand.Kernel.Facts;
using Evenhand.Measurement.Contracts;
using Evenhand.Platform.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Incentives.Statements;

/// <summary>Hears that figures were counted anew and runs the open months of pay they lie in; of a closed month, the open one after it, where the correction appears.</summary>
internal sealed class LateFacts : FactReader
{
    private readonly List<Touch> touched = [];
    private readonly RunPay runPay;
    private readonly IOrganisation organisation;

    public LateFacts(RunPay runPay, IOrganisation organisation)
    {
        (this.runPay, this.organisation) = (runPay, organisation);
        On<FiguresRecounted>((_, recounted, _, _) =>
        {
            touched.AddRange(recounted.Spans);
            return Task.CompletedTask;
        });
    }

    public override string Name => "incentives.late-facts";

    protected override void Begin() => touched.Clear();

    protected override async Task Finish(EvenhandDb db, CancellationToken cancel)
    {
        var open = await db.PayMonths.Where(m => m.ClosedAt == null).Select(m => m.Month).ToListAsync(cancel);
        if (open.Count == 0) return;
        var closed = await db.LastClosed(cancel);
        var zone = (await organisation.Read(cancel)).Zone;
        var months = touched.SelectMany(t => Months(t, zone)).Select(m => m <= closed ? closed.Value.AddMonths(1) : m).ToHashSet();
        foreach (var month in open.Where(months.Contains).Order()) await runPay.Compute(month, cancel);
    }

    private static IEnumerable<DateOnly> Months(Touch touch, TimeZoneInfo zone)
    {
        var last = MonthOf(touch.To - 1, zone);
        for (var month = MonthOf(touch.From, zone); month <= last; month = month.AddMonths(1)) yield return month;
    }

    private static DateOnly MonthOf(long seconds, TimeZoneInfo zone) => Exact.FirstOf(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds(seconds), zone).DateTime));
}
