using System.Data.Common;
using System.IO.Compression;
using System.Text;
using Evenhand.Intake.Archive;
using Evenhand.Intake.Imports;
using Evenhand.Kernel;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Tests.Intake;

public sealed class StoppedImportTests
{
    private const int Calls = 40_000;

    [Fact]
    public async Task A_cancelled_import_keeps_whole_calls_and_the_next_completes_it()
    {
        await using var centre = await TestCentre.Start(Store.Sqlite);
        using var stop = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(centre.Do(async services =>
        {
            await using var input = LogInput.Over("log", new MemoryStream(Log())).Value;
            await services.GetRequiredService<ImportLog>().Run(new ImportLog.Request(ImportFormat.QueueLog, "pbx"), input, p => { if (p.Contacts > 0) stop.Cancel(); }, stop.Token);
        }));
        (await Statuses(centre)).ShouldBe([ImportStatus.Cancelled]);
        var kept = await Count(centre);
        kept.ShouldBeInRange(1, Calls - 1);
        var next = (await centre.Import(Log())).Value;
        (next.Added, next.Known, next.Changed).ShouldBe((Calls - kept, kept, 0));
        (await Count(centre)).ShouldBe(Calls);
    }

    [Fact]
    public async Task A_full_store_stops_the_import_in_one_line_and_room_lets_it_be_completed()
    {
        var room = new Room { Pages = 2500 };
        await using var centre = await TestCentre.Start(Store.Sqlite, b => b.Services.AddSingleton<IInterceptor>(room));
        (await centre.Import(Log())).Refusal!.Code.ShouldBe("intake.store-is-full");
        var kept = await Count(centre);
        kept.ShouldBeLessThan(Calls);
        room.Pages = 1_000_000;
        SqliteConnection.ClearAllPools();
        (await centre.Import(Log())).Value.Added.ShouldBe(Calls - kept);
        (await Statuses(centre)).ShouldBe([ImportStatus.Failed, ImportStatus.Done]);
    }

    [Fact]
    public async Task Half_a_line_at_the_end_of_a_gzip_cut_short_is_no_line()
    {
        await using var centre = await TestCentre.Start(Store.Sqlite);
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.NoCompression, true)) gzip.Write("1795293861|a.1|q|NONE|ENTERQUEUE||138|1\n1795293891|a.1|q|NONE|ABANDON|1|1|30\n"u8);
        (await centre.Import(packed.ToArray()[..^10])).Value.Note.ShouldBe("intake.truncated");
        (await centre.Contacts()).ShouldContain("Unfinished");
        (await centre.Import(packed.ToArray())).Value.Changed.ShouldBe(1);
        (await centre.Contacts()).ShouldContain("1795293861  1795293891 30 0 0 0  Abandoned");
    }

    [Fact]
    public async Task Two_imports_of_one_source_do_not_write_at_once()
    {
        await using var centre = await TestCentre.Start(Store.Sqlite);
        var both = await Task.WhenAll(centre.Import(Log()), centre.Import(Log()));
        both.Sum(o => o.Value.Added).ShouldBe(Calls);
        both.Sum(o => o.Value.Known).ShouldBe(Calls);
    }

    private static byte[] Log()
    {
        var log = new StringBuilder();
        for (var i = 0; i < Calls; i++) log.Append(System.Globalization.CultureInfo.InvariantCulture, $"{1795293861 + i}|c.{i}|q|NONE|ENTERQUEUE||1380000{i}|1\n{1795293864 + i}|c.{i}|q|NONE|ABANDON|1|1|3\n");
        return Encoding.UTF8.GetBytes(log.ToString());
    }

    private static Task<int> Count(TestCentre centre) => centre.Do(s => s.GetRequiredService<EvenhandDb>().Contacts.CountAsync());

    private static Task<List<ImportStatus>> Statuses(TestCentre centre) => centre.Do(s => s.GetRequiredService<EvenhandDb>().Imports.OrderBy(i => i.Id).Select(i => i.Status).ToListAsync());

    /// <summary>A store that can grow to so many pages.</summary>
    private sealed class Room : DbConnectionInterceptor
    {
        public int Pages { get; set; }

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Limit(connection);

        public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            Limit(connection);
            return Task.CompletedTask;
        }

        private void Limit(DbConnection connection)
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"PRAGMA max_page_count={Pages}";
            command.ExecuteNonQuery();
        }
    }
}
