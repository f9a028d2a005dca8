using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evenhand.Kernel;

/// <summary>Tables whose rows are only ever added: the database itself refuses to change or delete one, whoever asks.</summary>
public static class AppendOnly
{
    private const string Mark = "Evenhand:AppendOnly";
    private static readonly string[] Changes = ["update", "delete"];

    public static EntityTypeBuilder<T> IsAppendOnly<T>(this EntityTypeBuilder<T> entity) where T : class
    {
        entity.HasAnnotation(Mark, true);
        return entity;
    }

    /// <summary>Puts the guards in place, on each start, because a rebuilt table loses them.</summary>
    internal static async Task Guard(EvenhandDb db, CancellationToken cancel)
    {
        var tables = db.Model.GetEntityTypes().Where(e => e.FindAnnotation(Mark) is not null).Select(e => e.GetTableName()!).Distinct().Order(StringComparer.Ordinal).ToList();
        if (tables.Count == 0) return;
        var sql = db.IsPostgres ? Postgres(tables) : Sqlite(tables);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
#pragma warning disable EF1002 // the names come from the model
        foreach (var statement in sql) await db.Database.ExecuteSqlRawAsync(statement, cancel);
#pragma warning restore EF1002
        await transaction.CommitAsync(cancel);
    }

    private static IEnumerable<string> Sqlite(List<string> tables) =>
        from table in tables
        from change in Changes
        select $"CREATE TRIGGER IF NOT EXISTS \"{table}_no_{change}\" BEFORE {change} ON \"{table}\" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END";

    private static IEnumerable<string> Postgres(List<string> tables) =>
    [
        "SELECT pg_advisory_xact_lock(5081)",
        "CREATE OR REPLACE FUNCTION kernel_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$",
        .. tables.Select(table => $"CREATE OR REPLACE TRIGGER \"{table}_append_only\" BEFORE UPDATE OR DELETE OR TRUNCATE ON \"{table}\" FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change()"),
    ];
}
