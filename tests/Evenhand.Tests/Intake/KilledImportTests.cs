using System.Diagnostics;
using System.Globalization;
using Evenhand.App;
using Evenhand.Kernel;
using Microsoft.Data.Sqlite;

namespace Evenhand.Tests.Intake;

/// <summary>The real program is killed in the middle of an import; importing again completes it as if nothing had happened.</summary>
public sealed class KilledImportTests
{
    private static readonly string Program = Path.Combine(Path.GetDirectoryName(typeof(WebHost).Assembly.Location)!, "evenhand.dll");

    [Fact, Trait("Category", "Nightly")]
    public Task An_import_killed_half_way_is_completed_by_the_next() => KillAndCompare([0.5]);

    [Fact, Trait("Category", "Nightly")]
    public Task An_import_killed_again_and_again_is_completed_by_the_next() => KillAndCompare([0.1, 0.3, 0.2, 0.8, 0.6, 0.9]);

    private static async Task KillAndCompare(double[] shares)
    {
        var directory = Directory.CreateTempSubdirectory("evenhand-kill-").FullName;
        try
        {
            var log = await Log(directory);
            var whole = await Run(log, Path.Combine(directory, "whole"));
            whole.ShouldBe(0);
            var expected = await Content(Path.Combine(directory, "whole"));
            var data = Path.Combine(directory, "killed");
            var all = await Count(Path.Combine(directory, "whole"));
            foreach (var share in shares) await Kill(log, data, (long)(all * share));
            (await Count(data)).ShouldBeInRange(1, all - 1);
            (await Run(log, data)).ShouldBe(0);
            (await Content(data)).ShouldBe(expected);
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(directory, true);
        }
    }

    /// <summary>The recorded calls again and again, hours apart, so that an import takes a while.</summary>
    private static async Task<string> Log(string directory)
    {
        var path = Path.Combine(directory, "queue_log");
        var lines = await File.ReadAllLinesAsync(SharedData.File("asterisk/live/queue_log"));
        await using var log = new StreamWriter(path);
        for (var n = 0; n < 300; n++)
            foreach (var line in lines)
            {
                var fields = line.Split('|');
                fields[0] = (long.Parse(fields[0], CultureInfo.InvariantCulture) + n * 3600).ToString(CultureInfo.InvariantCulture);
                if (fields[1] != "NONE") fields[1] += $".{n}";
                await log.WriteLineAsync(string.Join('|', fields));
            }
        return path;
    }

    private static async Task Kill(string log, string data, long contacts)
    {
        using var process = Start(log, data);
        while (!process.HasExited && await Count(data) < contacts) await Task.Delay(20);
        process.Kill();
        await process.WaitForExitAsync();
    }

    private static async Task<int> Run(string log, string data)
    {
        using var process = Start(log, data);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    private static Process Start(string log, string data) => Process.Start(new ProcessStartInfo("dotnet", [Program, "import", log, "--data", data, "--quiet", "--zone", "UTC"])
    {
        RedirectStandardOutput = true,
    })!;

    private static async Task<long> Count(string data)
    {
        try
        {
            return (long)(await Ask(data, "SELECT count(*) FROM intake_contact"))[0].Single();
        }
        catch (SqliteException)
        {
            return 0;
        }
    }

    private static async Task<List<string>> Content(string data)
    {
        const string Contacts = """
            SELECT hex(c.Id), s.Name, c.CallId, q.Code, a.Code, Customer, EnteredAt, ConnectedAt, EndedAt, Wait, Ring, Talk, Hold, AfterContact, Outcome, EndedBy, RingNoAnswers FROM intake_contact c
            JOIN intake_source s ON s.Id = c.SourceId JOIN platform_queue q ON q.Id = c.QueueId LEFT JOIN platform_agent a ON a.Id = c.AgentId ORDER BY c.Id
            """;
        const string States = "SELECT a.Code, State, Reason, Start, End FROM intake_state s JOIN platform_agent a ON a.Id = s.AgentId ORDER BY 1, 4, 2";
        const string Calls = "SELECT CallId, hex(Trail) FROM intake_call ORDER BY 1";
        var rows = new List<string>();
        foreach (var sql in (string[])[Contacts, States, Calls])
            rows.AddRange((await Ask(data, sql)).Select(r => string.Join('|', r)));
        return rows;
    }

    private static async Task<List<object[]>> Ask(string data, string sql)
    {
        var file = new StoreSettings(data).SqliteFile;
        if (!File.Exists(file)) return [[0L]];
        await using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<object[]>();
        while (await reader.ReadAsync())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }
        return rows;
    }
}
