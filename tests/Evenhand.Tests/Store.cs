using Npgsql;

namespace Evenhand.Tests;

/// <summary>The databases every test of the store runs on.</summary>
public enum Store
{
    Sqlite,
    Postgres,
}

/// <summary>Gives a test a PostgreSQL database of its own, copied from one that has the current schema.</summary>
internal static class PostgresServer
{
    private static readonly SemaphoreSlim Gate = new(1);
    private static string? template;

    /// <summary>Where the server is; `./test` starts one and sets this. Without it the PostgreSQL half of the tests is skipped, visibly.</summary>
    public static string? Address => Environment.GetEnvironmentVariable("EVENHAND_TEST_POSTGRES");

    public static async Task<string> NewDatabase(Func<string, Task> migrate)
    {
        await Gate.WaitAsync();
        try
        {
            if (template is null)
            {
                var name = $"evenhand_template_{Guid.CreateVersion7():N}";
                await Execute($"CREATE DATABASE \"{name}\"");
                await migrate(For(name, pooled: false));
                template = name;
            }
            var database = $"evenhand_test_{Guid.CreateVersion7():N}";
            await Execute($"CREATE DATABASE \"{database}\" TEMPLATE \"{template}\"");
            return For(database);
        }
        finally
        {
            Gate.Release();
        }
    }

    public static Task Drop(string connection)
    {
        using (var closed = new NpgsqlConnection(connection)) NpgsqlConnection.ClearPool(closed);
        return Execute($"DROP DATABASE IF EXISTS \"{new NpgsqlConnectionStringBuilder(connection).Database}\" WITH (FORCE)");
    }

    /// <summary>As the program has it: connections are kept. The template's are not, as nobody may be connected to what is copied.</summary>
    private static string For(string database, bool pooled = true) =>
        new NpgsqlConnectionStringBuilder(Address!) { Database = database, Pooling = pooled, IncludeErrorDetail = true }.ToString();

    private static async Task Execute(string sql)
    {
        await using var connection = new NpgsqlConnection(For("postgres", pooled: false));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
