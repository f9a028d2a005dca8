using Evenhand.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Evenhand.Platform.Organisation;

/// <summary>A transaction that only one change of the organisation holds at a time, so that two people placing one agent at once cannot make two stays of it.</summary>
internal sealed class Turn : IAsyncDisposable
{
    private readonly IDbContextTransaction? own;

    private Turn(IDbContextTransaction? own) => this.own = own;

    public static async Task<Turn> Take(EvenhandDb db, CancellationToken cancel)
    {
        var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancel) : null;
        if (db.IsPostgres) await db.Database.ExecuteSqlRawAsync("SELECT pg_advisory_xact_lock(5082)", cancel);
        return new Turn(own);
    }

    public Task Commit(CancellationToken cancel) => own?.CommitAsync(cancel) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => own?.DisposeAsync() ?? ValueTask.CompletedTask;
}
