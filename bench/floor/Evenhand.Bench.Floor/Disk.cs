using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Evenhand.Bench.Floor;

/// <summary>What the disk alone costs: rows of the size of the floor's, each in a transaction of its own, by a bare loop over the same database engine with the same settings.</summary>
internal static class Disk
{
    private const int Bytes = 500;

    /// <returns>Milliseconds of each transaction, sorted.</returns>
    public static double[] Write(string directory, int rows)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(directory, "bare.db")};Pooling=False");
        connection.Open();
        Run(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; CREATE TABLE row (id BLOB PRIMARY KEY, at INTEGER, body TEXT); CREATE INDEX row_at ON row (at)");
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO row VALUES ($id, $at, $body)";
        var (id, at, body) = (insert.Parameters.Add("$id", SqliteType.Blob), insert.Parameters.Add("$at", SqliteType.Integer), insert.Parameters.Add("$body", SqliteType.Text));
        var lengths = new double[rows];
        for (var i = 0; i < rows; i++)
        {
            var since = Stopwatch.GetTimestamp();
            using var transaction = connection.BeginTransaction();
            (id.Value, at.Value, body.Value) = (Guid.CreateVersion7().ToByteArray(true), since, new string('x', Bytes));
            insert.Transaction = transaction;
            insert.ExecuteNonQuery();
            transaction.Commit();
            lengths[i] = Stopwatch.GetElapsedTime(since).TotalMilliseconds;
        }
        Array.Sort(lengths);
        return lengths;
    }

    /// <summary>Counts rows of the floor in the program's store.</summary>
    public static long Count(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
