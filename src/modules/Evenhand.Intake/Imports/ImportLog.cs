using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Evenhand.Intake.Archive;
using Evenhand.Intake.Columns;
using Evenhand.Intake.Contracts;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Evenhand.Intake.Imports;

/// <summary>Imports one log. One thread reads and parses, this one writes; what was written is consistent whenever it stops, and importing again completes it.</summary>
internal sealed class ImportLog(EvenhandDb db, IOrganisation organisation, IEnumerable<IAgentNames> names, CurrentAccess current, StoreSettings store, TimeProvider clock)
{
    /// <param name="Format">What the log is.</param>
    /// <param name="Source">Where it comes from: call ids are unique within a source.</param>
    /// <param name="Encoding">Name of its encoding; null to find out.</param>
    /// <param name="Map">How its columns are to be read, for formats with columns.</param>
    public sealed record Request(ImportFormat Format, string Source, string? Encoding = null, ColumnMap? Map = null);

    /// <summary>How far an import has come.</summary>
    public sealed record Progress(string Name, long Bytes, long? Length, long Lines, long Contacts, long Rejected);

    private const int SqliteFull = 13, NoSpaceLeft = 28, DiskFull = unchecked((int)0x80070070);

    private static readonly TimeSpan Patience = BatchWriter.LeaseLength + TimeSpan.FromSeconds(5), Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Imports the input.</summary>
    /// <param name="request">How it is to be read.</param>
    /// <param name="input">What is read.</param>
    /// <param name="progress">Told after each batch.</param>
    /// <param name="cancel">Stops it; what was written stays.</param>
    /// <param name="settled">Run after each batch of a followed log: its figures need not wait for its end.</param>
    public async Task<Outcome<ImportRow>> Run(Request request, LogInput input, Action<Progress>? progress, CancellationToken cancel, Func<CancellationToken, Task>? settled = null)
    {
        if (LogFeeds.Open(request, (await organisation.Read(cancel)).Zone) is var opened && opened.Refused(out var refusal)) return refusal;
        var import = new ImportRow
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()), Name = input.Name, Source = request.Source, Format = request.Format, StartedAt = clock.GetUtcNow(), StartedBy = current.Access.Name,
        };
        var lease = BatchWriter.LeaseName(request.Source);
        if (!await Take(lease, import.Id, cancel)) return new Refusal("intake.source-is-busy", request.Source);
        var source = await Begin(import, cancel);
        var derivation = new StateDerivation(db, clock, import, source);
        await using var rejects = new RejectsFile(store.DataDirectory, import.Id);
        try
        {
            var refused = await Carry(opened.Value, input, import, new BatchWriter(db, new NameIds(organisation, names, import.Source), clock, import, source), rejects, progress, Settled, cancel);
            await derivation.Run(cancel);
            await End(import, refused is null ? ImportStatus.Done : ImportStatus.Failed);
            return refused is null ? import : refused;
        }
        catch (Exception stopped)
        {
            await Quietly(End(import, stopped is OperationCanceledException ? ImportStatus.Cancelled : ImportStatus.Failed));
            if (stopped is ImportTakenOverException) return new Refusal("intake.taken-over", request.Source);
            if (IsFull(stopped)) return new Refusal("intake.store-is-full", store.Postgres is null ? store.DataDirectory : "PostgreSQL");
            throw;
        }
        finally
        {
            await Quietly(Lease.Release(db, lease, import.Id, CancellationToken.None));
        }

        async Task Settled()
        {
            if (settled is null) return;
            await derivation.Run(cancel);
            await settled(cancel);
        }
    }

    private async Task<Refusal?> Carry(LineFeed feed, LogInput input, ImportRow import, BatchWriter writer, RejectsFile rejects, Action<Progress>? progress, Func<Task> settled, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var batches = Channel.CreateBounded<ImportBatch>(1);
        var reader = new LogReader(feed, input, clock);
        var reading = Task.Run(() => reader.Read(batches.Writer, stop.Token), CancellationToken.None);
        var rejected = 0L;
        try
        {
            await foreach (var batch in batches.Reader.ReadAllAsync(cancel))
            {
                await rejects.Write(batch.Rejects, cancel);
                import.Rejects = rejects.Name;
                var orphans = await writer.Write(batch, cancel);
                await rejects.Write(orphans, cancel);
                import.Rejects = rejects.Name;
                rejected += batch.Rejects.Count + orphans.Count;
                await settled();
                progress?.Invoke(new Progress(import.Name, batch.Bytes, input.Length, batch.Lines, import.Added + import.Changed + import.Known, rejected));
            }
            var refusal = await reading;
            import.Note = reader.Note;
            return refusal;
        }
        finally
        {
            await stop.CancelAsync();
            await rejects.Flush(CancellationToken.None);
            await Quietly(reading);
        }
    }

    private async Task<bool> Take(string lease, Guid holder, CancellationToken cancel)
    {
        var waited = TimeSpan.Zero;
        for (; !await Lease.Take(db, lease, holder, BatchWriter.LeaseLength, clock, cancel); waited += Pause)
        {
            if (waited > Patience) return false;
            await Task.Delay(Pause, clock, cancel);
        }
        return true;
    }

    private async Task<SourceRow> Begin(ImportRow import, CancellationToken cancel)
    {
        var source = await db.Sources.FirstOrDefaultAsync(s => s.Name == import.Source, cancel);
        if (source is null) db.Add(source = new SourceRow { Name = import.Source });
        foreach (var left in await db.Imports.Where(i => i.Source == import.Source && i.Status == ImportStatus.Running && i.Format != ImportFormat.Live).ToListAsync(cancel))
            (left.Status, left.EndedAt) = (ImportStatus.Failed, clock.GetUtcNow());
        db.Add(import);
        await db.SaveChangesAsync(cancel);
        db.ChangeTracker.Clear();
        return source;
    }

    private async Task End(ImportRow import, ImportStatus status)
    {
        db.ChangeTracker.Clear();
        (import.Status, import.EndedAt) = (status, clock.GetUtcNow());
        db.Update(import);
        await db.SaveChangesAsync(CancellationToken.None);
    }

    private static bool IsFull(Exception fault) => fault switch
    {
        SqliteException { SqliteErrorCode: SqliteFull } or PostgresException { SqlState: PostgresErrorCodes.DiskFull } => true,
        IOException { HResult: NoSpaceLeft or DiskFull } => true,
        { InnerException: { } inner } => IsFull(inner),
        _ => false,
    };

    [SuppressMessage("Design", "CA1031", Justification = "The fault that stopped the import is told; one that follows from it is not.")]
    private static async Task Quietly(Task ending)
    {
        try
        {
            await ending;
        }
        catch (Exception)
        {
            return;
        }
    }
}
