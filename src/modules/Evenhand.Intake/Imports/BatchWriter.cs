using Evenhand.Intake.Archive;
using Evenhand.Intake.Contracts;
using Evenhand.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Intake.Imports;

/// <summary>Another import of the same source has taken over; this one must not write on.</summary>
internal sealed class ImportTakenOverException : Exception;

/// <summary>Writes batches, each in one transaction with its fact and the import's progress, and adds nothing twice: calls that are known already are joined with their known lines and told anew.</summary>
/// <param name="holder">Who holds the source's lease; the import when null.</param>
internal sealed class BatchWriter(EvenhandDb db, NameIds names, TimeProvider clock, ImportRow import, SourceRow source, Guid? holder = null)
{
    public static readonly TimeSpan LeaseLength = TimeSpan.FromSeconds(10);

    private readonly CallTeller teller = new();
    private readonly Dictionary<string, long> reasons = new(import.ReasonCounts), seen = new(import.SeenCounts);
    private readonly List<Reject> orphans = [];

    /// <summary>Name of the lease that lets one import of a source write.</summary>
    public static string LeaseName(string source) => $"intake.source.{source}";

    /// <summary>Writes the batch; answers the lines that turned out to belong to no call.</summary>
    public async Task<IReadOnlyList<Reject>> Write(ImportBatch batch, CancellationToken cancel)
    {
        orphans.Clear();
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (!await Lease.Take(db, LeaseName(import.Source), holder ?? import.Id, LeaseLength, clock, cancel)) throw new ImportTakenOverException();
        var changes = await Calls(batch.Calls, cancel);
        await ContactWriter.Write(db, source.Id, changes, cancel);
        if (changes.Touched > 0)
            db.Publish(new ContactsRecorded(import.Id, ++import.Batches, changes.Quarters.Joined(), changes.Touched), clock.GetUtcNow(), import.Source);
        var agents = new AgentWriter(db, names, source);
        await agents.Happenings(batch.Happenings, cancel);
        var states = await agents.States(batch.States, cancel);
        if (states.Count > 0) db.Publish(new AgentStatesRecorded(import.Id, ++import.Batches, states.Quarters.Joined(), states.Count), clock.GetUtcNow(), import.Source);
        Note(batch, changes, states.Count);
        db.Update(import);
        if (batch.LastAt > source.LastAt) source.LastAt = batch.LastAt;
        db.Update(source);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return orphans;
    }

    private async Task<CallChanges> Calls(List<CallPiece> pieces, CancellationToken cancel)
    {
        var changes = new CallChanges();
        if (pieces.Count == 0) return changes;
        var ids = pieces.Select(p => p.CallId).ToHashSet();
        var known = await KnownRows.Trails(db, source.Id, ids, cancel);
        var repeated = ids.Count < pieces.Count;
        foreach (var piece in repeated ? Joined(pieces) : pieces)
        {
            var before = known.GetValueOrDefault(piece.CallId);
            var trail = before is null ? piece.Trail : CallTeller.Join(before, piece.Trail);
            var after = Stays(piece, trail);
            if (before is null) changes.Add(new(piece.CallId, trail), after);
            else if (before.AsSpan().SequenceEqual(trail)) changes.Known += after.Count;
            else changes.Change(new(piece.CallId, trail), [.. Rows(piece.CallId, teller.Tell(before))], after);
        }
        await names.Ensure(teller, cancel);
        changes.Name(names);
        return changes;
    }

    private static IEnumerable<CallPiece> Joined(List<CallPiece> pieces) => pieces.GroupBy(p => p.CallId)
        .Select(g => g.Aggregate((a, b) => new CallPiece(a.CallId, CallTeller.Join(a.Trail, b.Trail), [])));

    private List<ToldContact> Stays(CallPiece piece, byte[] trail)
    {
        var told = Rows(piece.CallId, teller.Tell(trail));
        if (teller.Orphans.Count == 0 || piece.Lines.Length == 0) return told;
        foreach (var number in teller.Orphans)
        {
            var line = LineOf(trail, number);
            var place = piece.Trail.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(line));
            if (place < 0) continue;
            var index = piece.Trail.AsSpan(0, place).Count((byte)'\n');
            orphans.Add(new Reject(index < piece.Lines.Length ? piece.Lines[index] : 0, "orphan-event", false, line));
        }
        return told;
    }

    private static string LineOf(byte[] trail, long number) => System.Text.Encoding.UTF8.GetString(trail).Split('\n')[number - 1];

    private List<ToldContact> Rows(string callId, IReadOnlyList<ToldStay> stays)
    {
        var rows = new List<ToldContact>(stays.Count);
        for (var i = 0; i < stays.Count; i++) rows.Add(new ToldContact(StableId.Of(stays[i].EnteredAt, source.Id, callId, i), callId, stays[i]));
        return rows;
    }

    private void Note(ImportBatch batch, CallChanges changes, int states)
    {
        foreach (var reject in batch.Rejects.Concat(orphans)) reasons[reject.Reason] = reasons.GetValueOrDefault(reject.Reason) + 1;
        foreach (var (what, count) in batch.Seen) seen[what] = seen.GetValueOrDefault(what) + count;
        import.Lines = batch.Lines;
        import.Added += changes.Added.Count;
        import.Changed += changes.Changed;
        import.Known += changes.Known;
        import.States += states;
        (import.Reasons, import.Seen) = (ImportRow.Write(reasons), ImportRow.Write(seen));
    }
}
