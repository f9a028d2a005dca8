using Evenhand.Kernel.Rights;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Evenhand.Kernel.Facts;

/// <summary>Carries facts from the log to their readers: one transaction for the reader's work and its new position, so that a crash repeats nothing and loses nothing.</summary>
public sealed partial class FactPump(IServiceScopeFactory scopes, TimeProvider clock, ILogger<FactPump> log)
{
    /// <summary>Runs every reader until the log is read to its end; answers how many facts were handled.</summary>
    /// <param name="progress">Told after each batch: the reader's name and the facts it still has before it.</param>
    public async Task<int> CatchUp(CancellationToken cancel, Action<string, long>? progress = null)
    {
        var total = 0;
        for (var moved = -1; moved != 0; total += moved)
        {
            moved = 0;
            foreach (var name in ReaderNames())
            {
                int handled;
                do moved += handled = await Step(name, progress, cancel);
                while (handled > 0);
            }
        }
        return total;
    }

    private string[] ReaderNames()
    {
        using var scope = scopes.CreateScope();
        return [.. scope.ServiceProvider.GetServices<FactReader>().Select(r => r.Name)];
    }

    private async Task<int> Step(string name, Action<string, long>? progress, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentAccess>().Set(Access.System($"reader {name}"));
        var db = scope.ServiceProvider.GetRequiredService<EvenhandDb>();
        var reader = scope.ServiceProvider.GetServices<FactReader>().First(r => r.Name == name);
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            var position = await Claim(db, name, cancel);
            if (position is null) return 0;
            var from = position.Position;
            var types = reader.Types.ToArray();
            var facts = await db.Set<Fact>().AsNoTracking().Where(f => f.Position > from && types.Contains(f.Type))
                .OrderBy(f => f.Position).Take(reader.BatchSize).ToListAsync(cancel);
            if (facts.Count == 0) return 0;
            reader.Begin();
            foreach (var fact in facts) await reader.Handle(db, fact, cancel);
            await reader.Finish(db, cancel);
            (position.Position, position.MovedAt, position.Fault) = (facts[^1].Position, clock.GetUtcNow(), null);
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
            if (progress is not null)
                progress(name, await db.Set<Fact>().LongCountAsync(f => f.Position > position.Position && types.Contains(f.Type), cancel));
            return facts.Count;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Failed(log, name, fault);
            await Record(name, fault);
            throw;
        }
    }

    /// <summary>Takes the reader's row for this transaction; null when another node has it.</summary>
    private async Task<FactReaderPosition?> Claim(EvenhandDb db, string name, CancellationToken cancel)
    {
        if (db.IsPostgres)
        {
            await db.Database.ExecuteSqlAsync($"INSERT INTO kernel_fact_reader (\"Reader\", \"Position\", \"MovedAt\") VALUES ({name}, 0, {clock.GetUtcNow()}) ON CONFLICT DO NOTHING", cancel);
            return await db.Set<FactReaderPosition>().FromSql($"SELECT * FROM kernel_fact_reader WHERE \"Reader\" = {name} FOR UPDATE SKIP LOCKED").FirstOrDefaultAsync(cancel);
        }
        var position = await db.Set<FactReaderPosition>().FirstOrDefaultAsync(p => p.Reader == name, cancel);
        if (position is null) db.Add(position = new FactReaderPosition { Reader = name });
        return position;
    }

    private async Task Record(string name, Exception fault)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<EvenhandDb>();
        await db.Set<FactReaderPosition>().Where(p => p.Reader == name).ExecuteUpdateAsync(set => set.SetProperty(p => p.Fault, fault.Message));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The reader {Reader} stopped; it tries again from where it was")]
    private static partial void Failed(ILogger log, string reader, Exception fault);
}
