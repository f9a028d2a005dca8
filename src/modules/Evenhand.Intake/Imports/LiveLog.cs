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
    public Task<Outcome<Done>> Append(string source, IReadOnlyList<string> lines, CancellationToken cancel) => lines.Count == 0 ? Task.FromResult<Outcome<Done>>(Done.It) : Take(source, lines.Count, feed =>
    {
        foreach (var line in lines) feed.Read(Encoding.UTF8.GetBytes(line + "\n"));
        return feed.Cut(0, true);
    }, cancel);

    public Task<Outcome<Done>> Record(string source, IReadOnlyList<LiveContact> contacts, IReadOnlyList<LiveState> states, CancellationToken cancel) =>
        contacts.Count + states.Count == 0 ? Task.FromResult<Outcome<Done>>(Done.It) : Take(source, contacts.Count + states.Count, _ => Batch(contacts, states), cancel);

    private static ImportBatch Batch(IReadOnlyList<LiveContact> contacts, IReadOnlyList<LiveState> states)
    {
        var batch = new ImportBatch();
        foreach (var c in contacts)
        {
            var (wait, talk) = ((int)((c.ConnectedAt ?? c.EndedAt) - c.EnteredAt), c.ConnectedAt is { } at ? (int)(c.EndedAt - at) - c.Hold : 0);
            var stay = new ToldStay(-1, -1, null, c.EnteredAt, c.ConnectedAt, c.EndedAt, Math.Max(0, wait), 0, Math.Max(0, talk), c.Hold, c.AfterContact, c.Outcome,
                c.Outcome == ContactOutcome.Answered ? ContactEnd.Agent : ContactEnd.Customer, 0);
            batch.Calls.Add(new CallPiece(c.Key, CallRecordLine.Write(c.Queue, c.Agent, c.Customer, stay), []));
            batch.LastAt = Math.Max(batch.LastAt, c.EndedAt);
        }
        foreach (var s in states)
        {
            batch.States.Add(new ToldState(s.Agent, s.State, s.Reason, s.Start, s.End));
            batch.LastAt = Math.Max(batch.LastAt, s.End ?? s.Start);
        }
        return batch;
    }

    private async Task<Outcome<Done>> Take(string source, int lines, Func<QueueLogFeed, ImportBatch> read, CancellationToken cancel)
    {
        var (feed, turn) = feeds.Of(source);
        await turn.WaitAsync(cancel);
        try
        {
            var (holder, lease) = (Guid.CreateVersion7(), BatchWriter.LeaseName(source));
            if (!await Lease.Take(db, lease, holder, BatchWriter.LeaseLength, clock, cancel)) return new Refusal("intake.source-is-busy", source);
            try
            {
                await Write(source, () => read(feed), lines, holder, cancel);
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

    private async Task Write(string name, Func<ImportBatch> read, int lines, Guid holder, CancellationToken cancel)
    {
        var (import, source) = await Today(name, cancel);
        var batch = read();
        batch.Lines = import.Lines + lines;
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
