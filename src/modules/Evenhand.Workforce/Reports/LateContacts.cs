using Evenhand.Intake.Contracts;
using Evenhand.Kernel;
using Evenhand.Kernel.Facts;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Workforce.Reports;

/// <summary>Hears of contacts that were recorded and has the filed hours they touch counted again.</summary>
internal sealed class LateContacts : FactReader
{
    private const int HourSeconds = 3600;
    private readonly List<Touch> touched = [];

    public LateContacts() => On<ContactsRecorded>((_, recorded, _, _) =>
    {
        touched.AddRange(recorded.Touched);
        return Task.CompletedTask;
    });

    public override string Name => "workforce.late-contacts";

    protected override void Begin() => touched.Clear();

    protected override async Task Finish(EvenhandDb db, CancellationToken cancel)
    {
        if (touched.Count == 0) return;
        var (first, last) = (DateTimeOffset.FromUnixTimeSeconds(touched.Min(t => t.From) - HourSeconds), DateTimeOffset.FromUnixTimeSeconds(touched.Max(t => t.To)));
        var filed = await db.Reports.AsNoTracking().Where(r => r.Kind == FloorReport.Hour && r.TeamId == Guid.Empty && r.Version == 1 && r.From > first && r.From < last).Select(r => r.From).ToListAsync(cancel);
        if (filed.Count == 0) return;
        var marked = (await db.RecountHours.AsNoTracking().Select(h => h.From).ToListAsync(cancel)).ToHashSet();
        foreach (var hour in filed.Where(h => !marked.Contains(h) && touched.Exists(t => t.From < h.ToUnixTimeSeconds() + HourSeconds && h.ToUnixTimeSeconds() < t.To))) db.Add(new RecountHour { From = hour });
    }
}
