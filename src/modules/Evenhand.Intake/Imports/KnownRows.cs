using System.Data.Common;
using Evenhand.Intake.Archive;
using Evenhand.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Evenhand.Intake.Imports;

/// <summary>What the store already has of a batch.</summary>
internal static class KnownRows
{
    /// <summary>The lines of the calls that are known. SQLite is asked call by call, for a long list of ids costs it the square of its length.</summary>
    public static async Task<Dictionary<string, byte[]>> Trails(EvenhandDb db, int source, IReadOnlyCollection<string> ids, CancellationToken cancel)
    {
        if (db.IsPostgres) return await db.Calls.AsNoTracking().Where(c => c.SourceId == source && ids.Contains(c.CallId)).ToDictionaryAsync(c => c.CallId, c => c.Trail, cancel);
        var known = new Dictionary<string, byte[]>();
        await using var ask = Command(db, "SELECT \"Trail\" FROM intake_call WHERE \"SourceId\" = $source AND \"CallId\" = $id", ("$source", source), ("$id", ""));
        var id = ask.Parameters[1];
        foreach (var each in ids)
        {
            id.Value = each;
            if (ask.ExecuteScalar() is byte[] trail) known.Add(each, trail);
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
