using Evenhand.Intake.Contracts;
using Evenhand.Kernel;
using Evenhand.Kernel.Facts;
using Evenhand.Measurement.Contracts;

namespace Evenhand.Measurement.Intervals;

/// <summary>Hears that contacts or states were recorded and counts anew what that touched, once a batch of facts.</summary>
internal sealed class IntervalReader : FactReader
{
    /// <summary>A state may belong to a contact that entered this many seconds before it: its after-contact work counts there.</summary>
    private const int LongestContact = 4 * 3600;

    private readonly List<Touch> touched = [];
    private readonly CellStore cells;
    private readonly TimeProvider clock;

    public IntervalReader(CellStore cells, TimeProvider clock)
    {
        (this.cells, this.clock) = (cells, clock);
        On<ContactsRecorded>((_, recorded, _, _) => Gather(recorded.Touched));
        On<AgentStatesRecorded>((_, recorded, _, _) => Gather(recorded.Touched.Select(t => t with { From = t.From - LongestContact })));
    }

    public override string Name => "measurement.intervals";

    protected override void Begin() => touched.Clear();

    protected override async Task Finish(EvenhandDb db, CancellationToken cancel)
    {
        await cells.Recount(touched, cancel);
        if (touched.Count > 0) db.Publish(FiguresRecounted.Of(touched), clock.GetUtcNow(), Name);
    }

    private Task Gather(IEnumerable<Touch> spans)
    {
        touched.AddRange(spans);
        return Task.CompletedTask;
    }
}
