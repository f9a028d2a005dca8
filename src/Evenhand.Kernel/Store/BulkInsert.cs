using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;
using NpgsqlTypes;
using SQLitePCL;

namespace Evenhand.Kernel;

/// <summary>Receives one row's values, in the order of the columns that were named.</summary>
public abstract class BulkRow
{
    public abstract void Add(long value);

    public abstract void Add(int value);

    public abstract void Add(double value);

    public abstract void Add(bool value);

    public abstract void Add(string? value);

    public abstract void Add(byte[]? value);

    public abstract void Add(Guid value);

    public abstract void Add(DateTimeOffset value);

    public abstract void AddNull();

    public void Add(Guid? value) { if (value is { } v) Add(v); else AddNull(); }

    public void Add(long? value) { if (value is { } v) Add(v); else AddNull(); }

    public void Add(int? value) { if (value is { } v) Add(v); else AddNull(); }
}

/// <summary>Puts many rows into a table at the store's own speed, inside the context's current transaction.</summary>
public static class BulkInsert
{
    /// <summary>Inserts the rows; with <paramref name="keys"/> a row whose key is there already replaces it.</summary>
    /// <param name="table">Table name, from code only.</param>
    /// <param name="columns">Column names, from code only.</param>
    /// <param name="keys">Columns of a unique key, or empty for plain inserts.</param>
    public static async Task Rows<T>(EvenhandDb db, string table, string[] columns, string[] keys, IEnumerable<T> rows, Action<BulkRow, T> write, CancellationToken cancel)
    {
        if (db.Database.CurrentTransaction is null) throw new InvalidOperationException("A bulk insert belongs in a transaction.");
        if (db.Database.GetDbConnection() is NpgsqlConnection postgres) await Copy(postgres, table, columns, keys, rows, write, cancel);
        else Step((SqliteConnection)db.Database.GetDbConnection(), table, columns, keys, rows, write, cancel);
    }

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Select(n => $"\"{n}\""));

    private static string OnConflict(string[] columns, string[] keys) => keys.Length == 0 ? "" :
        $" ON CONFLICT ({Names(keys)}) DO UPDATE SET {string.Join(", ", columns.Except(keys).Select(c => $"\"{c}\" = excluded.\"{c}\""))}";

    private static void Step<T>(SqliteConnection connection, string table, string[] columns, string[] keys, IEnumerable<T> rows, Action<BulkRow, T> write, CancellationToken cancel)
    {
        var sql = $"INSERT INTO \"{table}\" ({Names(columns)}) VALUES ({string.Join(", ", columns.Select((_, i) => $"?{i + 1}"))}){OnConflict(columns, keys)}";
        Check(connection, raw.sqlite3_prepare_v2(connection.Handle!, sql, out var statement));
        using (statement)
        {
            var row = new SqliteRow(statement);
            foreach (var item in rows)
            {
                cancel.ThrowIfCancellationRequested();
                row.Begin();
                write(row, item);
                if (raw.sqlite3_step(statement) != raw.SQLITE_DONE) Check(connection, raw.sqlite3_errcode(connection.Handle!));
                raw.sqlite3_reset(statement);
            }
        }
    }

    private static void Check(SqliteConnection connection, int code)
    {
        if (code != raw.SQLITE_OK) throw new SqliteException(raw.sqlite3_errmsg(connection.Handle!).utf8_to_string(), code);
    }

    private static async Task Copy<T>(NpgsqlConnection connection, string table, string[] columns, string[] keys, IEnumerable<T> rows, Action<BulkRow, T> write, CancellationToken cancel)
    {
        var target = keys.Length == 0 ? table : "bulk_rows";
        if (keys.Length > 0)
        {
            await using var make = new NpgsqlCommand($"CREATE TEMP TABLE bulk_rows ON COMMIT DROP AS SELECT {Names(columns)} FROM \"{table}\" WITH NO DATA", connection);
            await make.ExecuteNonQueryAsync(cancel);
        }
        await using (var importer = await connection.BeginBinaryImportAsync($"COPY \"{target}\" ({Names(columns)}) FROM STDIN (FORMAT BINARY)", cancel))
        {
            var row = new PostgresRow(importer);
            foreach (var item in rows)
            {
                await importer.StartRowAsync(cancel);
                write(row, item);
            }
            await importer.CompleteAsync(cancel);
        }
        if (keys.Length == 0) return;
        await using var move = new NpgsqlCommand($"INSERT INTO \"{table}\" ({Names(columns)}) SELECT {Names(columns)} FROM bulk_rows{OnConflict(columns, keys)}; DROP TABLE bulk_rows", connection);
        await move.ExecuteNonQueryAsync(cancel);
    }

    private sealed class SqliteRow(sqlite3_stmt statement) : BulkRow
    {
        private int column;

        public void Begin() => column = 0;

        public override void Add(long value) => raw.sqlite3_bind_int64(statement, ++column, value);

        public override void Add(int value) => raw.sqlite3_bind_int64(statement, ++column, value);

        public override void Add(double value) => raw.sqlite3_bind_double(statement, ++column, value);

        public override void Add(bool value) => raw.sqlite3_bind_int64(statement, ++column, value ? 1 : 0);

        public override void Add(string? value) { if (value is null) AddNull(); else raw.sqlite3_bind_text(statement, ++column, value); }

        public override void Add(byte[]? value) { if (value is null) AddNull(); else raw.sqlite3_bind_blob(statement, ++column, value); }

        public override void Add(Guid value)
        {
            Span<byte> bytes = stackalloc byte[16];
            value.TryWriteBytes(bytes, true, out _);
            raw.sqlite3_bind_blob(statement, ++column, bytes);
        }

        public override void Add(DateTimeOffset value) => Add(value.UtcTicks);

        public override void AddNull() => raw.sqlite3_bind_null(statement, ++column);
    }

    private sealed class PostgresRow(NpgsqlBinaryImporter importer) : BulkRow
    {
        public override void Add(long value) => importer.Write(value, NpgsqlDbType.Bigint);

        public override void Add(int value) => importer.Write(value, NpgsqlDbType.Integer);

        public override void Add(double value) => importer.Write(value, NpgsqlDbType.Double);

        public override void Add(bool value) => importer.Write(value, NpgsqlDbType.Boolean);

        public override void Add(string? value) { if (value is null) AddNull(); else importer.Write(value, NpgsqlDbType.Text); }

        public override void Add(byte[]? value) { if (value is null) AddNull(); else importer.Write(value, NpgsqlDbType.Bytea); }

        public override void Add(Guid value) => importer.Write(value, NpgsqlDbType.Uuid);

        public override void Add(DateTimeOffset value) => importer.Write(value.UtcDateTime, NpgsqlDbType.TimestampTz);

        public override void AddNull() => importer.WriteNull();
    }
}
