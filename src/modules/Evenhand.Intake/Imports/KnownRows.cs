using System.Data.Common;
using System.Text;
using Evenhand.Intake.Archive;
using Evenhand.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Evenhand.Intake.Imports;

/// <summary>What the store already has of a batch.</summary>
internal static class KnownRows
{
    private const int Stretch = 64, MostInStretch = 4 * Stretch;

    /// <summary>The lines of the calls that are known. SQLite is asked stretch by stretch of the ids in order, for those of new calls lie where the store has nothing; where it has much, call by call.</summary>
    public static async Task<Dictionary<string, byte[]>> Trails(EvenhandDb db, int source, IReadOnlyCollection<string> ids, CancellationToken cancel)
    {
        if (db.IsPostgres) return await db.Calls.AsNoTracking().Where(c => c.SourceId == source && ids.Contains(c.CallId)).ToDictionaryAsync(c => c.CallId, c => c.Trail, cancel);
        var known = new Dictionary<string, byte[]>();
        await using var one = Command(db, "SELECT \"CallId\", \"Trail\" FROM intake_call WHERE \"SourceId\" = $source AND \"CallId\" = $first", ("$source", source), ("$first", ""));
        await using var some = Command(db, "SELECT \"CallId\", \"Trail\" FROM intake_call WHERE \"SourceId\" = $source AND \"CallId\" BETWEEN $first AND $last LIMIT $most",
            ("$source", source), ("$first", ""), ("$last", ""), ("$most", MostInStretch));
        foreach (var stretch in ids.Order(StringComparer.Ordinal).Chunk(Stretch))
        {
            // Only of these is the order in the store sure to be the same.
            if (Array.TrueForAll(stretch, id => Ascii.IsValid(id)) && Read(some, known, stretch[0], stretch[^1]) < MostInStretch) continue;
            foreach (var id in stretch) Read(one, known, id);
        }
        return known;
    }

    /// <summary>Which of the agent events are known.</summary>
    public static async Task<HashSet<Guid>> Events(EvenhandDb db, IReadOnlyCollection<Guid> ids, CancellationToken cancel)
    {
        var known = new HashSet<Guid>();
        foreach (var some in ids.Chunk(200)) known.UnionWith(await db.AgentEvents.Where(e => some.Contains(e.Id)).Select(e => e.Id).ToListAsync(cancel));
        return known;
    }

    /// <summary>Those of the told states that are known, as they stand.</summary>
    public static async Task<List<StateRow>> States(EvenhandDb db, IReadOnlyCollection<Guid> ids, CancellationToken cancel)
    {
        var known = new List<StateRow>();
        foreach (var some in ids.Chunk(200)) known.AddRange(await db.States.AsNoTracking().Where(s => some.Contains(s.Id)).ToListAsync(cancel));
        return known;
    }

    private static int Read(DbCommand ask, Dictionary<string, byte[]> known, params ReadOnlySpan<string> between)
    {
        for (var i = 0; i < between.Length; i++) ask.Parameters[i + 1].Value = between[i];
        using var reader = ask.ExecuteReader();
        var rows = 0;
        for (; reader.Read(); rows++) known[reader.GetString(0)] = (byte[])reader.GetValue(1);
        return rows;
    }

    private static DbCommand Command(EvenhandDb db, string sql, params (string Name, object Value)[] values)
    {
        var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }
        command.Prepare();
        return command;
    }
}
