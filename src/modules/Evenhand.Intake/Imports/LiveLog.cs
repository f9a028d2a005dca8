using System.Collections.Concurrent;
using System.Text;
using Evenhand.Intake.Archive;
using Evenhand.Intake.Contracts;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Intake.Imports;

/// <summary>The feed of each live source: it goes on from one append to the next, so that what happened in one second keeps its order.</summary>
internal sealed class LiveFeeds
{
    private readonly ConcurrentDictionary<string, (QueueLogFeed Feed, SemaphoreSlim Turn)> feeds = new();

    /// <summary>The feed of a source, and the turn that whoever uses it waits for.</summary>
    public (QueueLogFeed Feed, SemaphoreSlim Turn) Of(string source) => feeds.GetOrAdd(source, _ => (new QueueLogFeed(new LineDecoder(Encoding.UTF8), TimeZoneInfo.Utc), new SemaphoreSlim(1)));
}

/// <summary>Takes lines as they happen. What one day brings is one entry in the history of imports; every line is kept at once, also of calls that go on, so that a crash loses none.</summary>
internal sealed class LiveLog(EvenhandDb db, IOrganisation organisation, IEnumerable<IAgentNames> names, LiveFeeds feeds, CurrentAccess current, TimeProvider clock) : ILiveLog
{
    public async Task<Outcome<Done>> Append(string source, IReadOnlyList<string> lines, CancellationToken cancel)
    {
        if (lines.Count == 0) return Done.It;
        var (feed, turn) = feeds.Of(source);
        await turn.WaitAsync(cancel);
        try
        {
            var (holder, lease) = (Guid.CreateVersion7(), BatchWriter.LeaseName(source));
            if (!await Lease.Take(db, lease, holder, BatchWriter.LeaseLength, clock, cancel)) return new Refusal("intake.source-is-busy", source);
            try
            {
                await Write(source, feed, lines, holder, cancel);
                return Done.It;
            }
            catch (ImportTakenOverException)
            {
                return new Refusal("intake.source-is-busy", source);
            }
            finally
            {
                db.ChangeTracker.Clear();
                await Lease.Release(db, lease, holder, CancellationToken.None);
            }
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task Write(string name, QueueLogFeed feed, IReadOnlyList<string> lines, Guid holder, CancellationToken cancel)
    {
        var (import, source) = await Today(name, cancel);
        foreach (var line in lines) feed.Read(Encoding.UTF8.GetBytes(line + "\n"));
        var batch = feed.Cut(0, true);
        batch.Lines = import.Lines + lines.Count;
        await new BatchWriter(db, new NameIds(organisation, names, name), clock, import, source, holder).Write(batch, cancel);
        db.ChangeTracker.Clear();
        await new StateDerivation(db, clock, import, source).Run(cancel);
    }

    private async Task<(ImportRow Import, SourceRow Source)> Today(string name, CancellationToken cancel)
    {
        db.ChangeTracker.Clear();
        var now = clock.GetUtcNow();
        var source = await db.Sources.FirstOrDefaultAsync(s => s.Name == name, cancel);
        if (source is null) db.Add(source = new SourceRow { Name = name });
        var open = await db.Imports.Where(i => i.Source == name && i.Format == ImportFormat.Live && i.Status == ImportStatus.Running).OrderBy(i => i.Id).ToListAsync(cancel);
        var import = open.LastOrDefault(i => i.StartedAt.UtcDateTime.Date == now.UtcDateTime.Date);
        foreach (var before in open.Where(i => i != import)) (before.Status, before.EndedAt) = (ImportStatus.Done, now);
        if (import is null)
            db.Add(import = new ImportRow { Id = Guid.CreateVersion7(now), Name = "live", Source = name, Format = ImportFormat.Live, StartedAt = now, StartedBy = current.Access.Name });
        await db.SaveChangesAsync(cancel);
        db.ChangeTracker.Clear();
        return (import, source);
    }
}
