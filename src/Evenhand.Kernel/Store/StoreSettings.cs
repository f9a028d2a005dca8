using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Kernel;

/// <summary>Where the data lives: a directory with the embedded SQLite store, or a PostgreSQL database beside a directory for files.</summary>
/// <param name="DataDirectory">Files, rejects, keys, and the embedded store.</param>
/// <param name="Postgres">A PostgreSQL connection string; null for the embedded store.</param>
public sealed record StoreSettings(string DataDirectory, string? Postgres = null)
{
    public string SqliteFile => Path.Combine(DataDirectory, "evenhand.db");

    /// <summary>Sets up a context for this store, with the interceptors that are registered.</summary>
    public void Configure(IServiceProvider services, DbContextOptionsBuilder options)
    {
        if (Postgres is not null)
            options.UseNpgsql(Postgres, o => o.MigrationsAssembly("Evenhand.Migrations.Postgres"));
        else
            options.UseSqlite(new SqliteConnectionStringBuilder { DataSource = SqliteFile, DefaultTimeout = 60, ForeignKeys = true }.ToString(),
                // A list of values is one parameter: SQLite looks each named one up by walking all of them.
                o => o.MigrationsAssembly("Evenhand.Migrations.Sqlite").UseParameterizedCollectionMode(ParameterTranslationMode.Parameter));
        options.AddInterceptors(services.GetServices<IInterceptor>());
    }

    /// <summary>Creates the directory and brings the store to the program's version.</summary>
    public async Task Open(EvenhandDb db, CancellationToken cancel)
    {
        Directory.CreateDirectory(DataDirectory);
        await db.Database.MigrateAsync(cancel);
        await AppendOnly.Guard(db, cancel);
    }
}

/// <summary>Sets SQLite up on each connection: write-ahead log, waiting for a lock, and a cache for big imports. Once for each handle: those of the pool are opened for every query, and keep it.</summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    private readonly ConditionalWeakTable<object, object> set = [];
    private const string Pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=60000; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-32000;";

    public override void ConnectionOpened(System.Data.Common.DbConnection connection, ConnectionEndEventData eventData) => Set(connection);

    public override Task ConnectionOpenedAsync(System.Data.Common.DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Set(connection);
        return Task.CompletedTask;
    }

    private void Set(System.Data.Common.DbConnection connection)
    {
        if (connection is not SqliteConnection { Handle: { } handle } || !set.TryAdd(handle, this)) return;
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }
}
