using Evenhand.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Routing.Floor;

/// <summary>Another node has taken the floor over.</summary>
internal sealed class FloorLostException() : Exception("another node has the floor");

/// <summary>
/// Only one process runs the floor. Over the embedded store it holds a locked file, which the system gives free the moment the process dies; over
/// PostgreSQL a lease that moves within seconds when its node does.
/// </summary>
internal sealed class FloorLease(IServiceScopeFactory scopes, StoreSettings store, TimeProvider clock) : IDisposable
{
    public const string Name = "routing.floor";
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(10);
    private readonly Guid holder = Guid.CreateVersion7();
    private FileStream? file;

    /// <summary>How often it must be renewed at least.</summary>
    public static TimeSpan Renewal { get; } = TimeSpan.FromSeconds(3);

    /// <summary>Takes or renews it; false while another process has it.</summary>
    public async Task<bool> Take(CancellationToken cancel)
    {
        if (store.Postgres is null) return file is not null || Lock();
        await using var scope = scopes.CreateAsyncScope();
        return await Lease.Take(scope.ServiceProvider.GetRequiredService<EvenhandDb>(), Name, holder, Length, clock, cancel);
    }

    /// <summary>Inside a transaction: holds the lease's row and renews it, or throws when it is another's.</summary>
    public async Task Fence(EvenhandDb db, CancellationToken cancel)
    {
        if (!db.IsPostgres) return;
        // A node that freezes here would hold the row for as long as it stays frozen: the server ends its transaction, and another goes on.
        await db.Database.ExecuteSqlRawAsync("SET LOCAL idle_in_transaction_session_timeout = '10s'", cancel);
        if (!await Lease.Renew(db, Name, holder, Length, clock, cancel)) throw new FloorLostException();
    }

    /// <summary>Gives it free at once.</summary>
    public async Task Release(CancellationToken cancel)
    {
        Dispose();
        if (store.Postgres is null) return;
        await using var scope = scopes.CreateAsyncScope();
        await Lease.Release(scope.ServiceProvider.GetRequiredService<EvenhandDb>(), Name, holder, cancel);
    }

    public void Dispose()
    {
        file?.Dispose();
        file = null;
    }

    private bool Lock()
    {
        try
        {
            file = new FileStream(Path.Combine(store.DataDirectory, "floor.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
