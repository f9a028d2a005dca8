using Evenhand.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Evenhand.Workforce.Roster;

/// <summary>A transaction that only one change of duties or seats holds at a time, so that neither two duties of one person nor two people on one seat can slip in side by side.</summary>
internal sealed class RosterTurn : IAsyncDisposable
{
    private readonly IDbContextTransaction? own;

    private RosterTurn(IDbContextTransaction? own) => this.own = own;

    public static async Task<RosterTurn> Take(EvenhandDb db, CancellationToken cancel)
    {
        var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancel) : null;
        if (db.IsPostgres) await db.Database.ExecuteSqlRawAsync("SELECT pg_advisory_xact_lock(5083)", cancel);
        return new RosterTurn(own);
    }

    public Task Commit(CancellationToken cancel) => own?.CommitAsync(cancel) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => own?.DisposeAsync() ?? ValueTask.CompletedTask;
}
