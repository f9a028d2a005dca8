using System.Data.Common;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Evenhand.Analytics.Intervals;
using Evenhand.Analytics.Kpis;
using Evenhand.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Evenhand.Measurement.Intervals;

/// <summary>Names a sum of cells; parts that were not grouped by are empty.</summary>
internal readonly record struct SumKey(Guid Queue, Guid Agent, int Day, int Hour, long Start);

/// <summary>A sum of cells.</summary>
internal sealed class CellSum
{
    public Counters Counters { get; } = new();
    public long WorkKnown { get; set; }
}

/// <summary>Which rows of an agent table are summed.</summary>
internal enum CellRows
{
    All,
    OfContacts,
    OfStates,
}

/// <summary>Asks one table for sums.</summary>
/// <param name="Table">The table.</param>
/// <param name="Keys">Columns to group by.</param>
/// <param name="Counters">Counters to sum; those the table does not keep stay 0.</param>
/// <param name="Histograms">Histograms to merge; those the table does not keep stay empty.</param>
/// <param name="From">First Start, or first Day of a day table.</param>
/// <param name="To">First one no longer counted.</param>
internal sealed record CellQuestion(CellTable Table, IReadOnlyList<string> Keys, IEnumerable<Counter> Counters, IEnumerable<Distribution> Histograms, long From, long To)
{
    public IReadOnlyCollection<Guid>? Queues { get; init; }
    public IReadOnlyCollection<Guid>? Agents { get; init; }
    public CellRows Rows { get; init; }
}

/// <summary>Sums cells inside the database; only histograms are merged here, because no database adds them.</summary>
internal sealed class CellSums(EvenhandDb db)
{
    public async Task<Dictionary<SumKey, CellSum>> Read(CellQuestion question, CancellationToken cancel)
    {
        var counters = question.Counters.Intersect(question.Table.Counters).ToArray();
        var histograms = question.Histograms.Intersect(question.Table.Histograms).ToArray();
        var sums = new Dictionary<SumKey, CellSum>();
        await Run(question, [.. counters.Select(c => $"SUM(\"{c}\")"), $"SUM(\"{CellColumns.WorkKnown}\")"], true, (reader, at) =>
        {
            var sum = At(sums, question.Keys, reader);
            foreach (var counter in counters) sum.Counters[counter] += reader.GetInt64(at++);
            sum.WorkKnown += reader.GetInt64(at);
        }, cancel);
        if (histograms.Length == 0) return sums;
        await Run(question, [.. histograms.Select(h => $"\"{CellColumns.Name(h)}\"")], false, (reader, at) =>
        {
            var sum = At(sums, question.Keys, reader).Counters;
            foreach (var histogram in histograms)
            {
                if (!reader.IsDBNull(at)) Merge(sum, histogram, SecondsHistogram.FromBytes(reader.GetFieldValue<byte[]>(at)));
                at++;
            }
        }, cancel);
        return sums;
    }

    /// <summary>Runs a statement inside the current transaction, if any.</summary>
    public async Task Execute(string sql, CancellationToken cancel, params (string Name, object Value)[] values)
    {
        await using var command = await Command(sql, cancel);
        foreach (var (name, value) in values) Bind(command, name, value);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private async Task Run(CellQuestion question, IReadOnlyList<string> columns, bool summed, Action<DbDataReader, int> take, CancellationToken cancel)
    {
        var keys = question.Keys.Select(k => $"\"{k}\"").ToArray();
        var sql = new StringBuilder($"SELECT {string.Join(", ", keys.Concat(columns))} FROM \"{question.Table.Name}\"");
        await using var command = await Command("", cancel);
        sql.Append(CultureInfo.InvariantCulture, $" WHERE \"{question.Table.Keys[0]}\" >= @from AND \"{question.Table.Keys[0]}\" < @to");
        Bind(command, "@from", question.From);
        Bind(command, "@to", question.To);
        In(sql, command, "QueueId", question.Queues);
        In(sql, command, "AgentId", question.Agents);
        if (question.Rows != CellRows.All)
        {
            sql.Append(question.Rows == CellRows.OfStates ? " AND \"QueueId\" = @none" : " AND \"QueueId\" <> @none");
            Bind(command, "@none", Guid.Empty);
        }
        if (summed) sql.Append(keys.Length > 0 ? $" GROUP BY {string.Join(", ", keys)}" : " HAVING COUNT(*) > 0");
        command.CommandText = sql.ToString();
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel)) take(reader, keys.Length);
    }

    private void In(StringBuilder sql, DbCommand command, string column, IReadOnlyCollection<Guid>? ids)
    {
        if (ids is null) return;
        sql.Append(CultureInfo.InvariantCulture, $" AND \"{column}\" IN (");
        var at = 0;
        foreach (var id in ids)
        {
            var name = $"@{column}{at}";
            sql.Append(at++ == 0 ? name : ", " + name);
            Bind(command, name, id);
        }
        sql.Append(at == 0 ? "NULL)" : ")");
    }

    private async Task<DbCommand> Command(string sql, CancellationToken cancel)
    {
        await db.Database.OpenConnectionAsync(cancel);
        var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        return command;
    }

    private void Bind(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value is Guid id && !db.IsPostgres ? id.ToByteArray(true) : value);
        command.Parameters.Add(parameter);
    }

    private CellSum At(Dictionary<SumKey, CellSum> sums, IReadOnlyList<string> keys, DbDataReader reader)
    {
        Guid queue = default, agent = default;
        int day = 0, hour = 0;
        var start = 0L;
        for (var i = 0; i < keys.Count; i++)
            switch (keys[i])
            {
                case "QueueId": queue = Id(reader, i); break;
                case "AgentId": agent = Id(reader, i); break;
                case "Day": day = reader.GetInt32(i); break;
                case "Hour": hour = reader.GetInt32(i); break;
                default: start = reader.GetInt64(i); break;
            }
        ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(sums, new SumKey(queue, agent, day, hour, start), out _);
        return sum ??= new();
    }

    private Guid Id(DbDataReader reader, int at) => db.IsPostgres ? reader.GetGuid(at) : new Guid(reader.GetFieldValue<byte[]>(at), true);

    private static void Merge(Counters counters, Distribution distribution, SecondsHistogram histogram)
    {
        if (counters[distribution] is { IsEmpty: false } known) known.Merge(histogram);
        else counters.Set(distribution, histogram);
    }
}
