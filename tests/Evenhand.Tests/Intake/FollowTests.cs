using Evenhand.Intake.Archive;
using Evenhand.Intake.Imports;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Tests.Intake;

public sealed class FollowTests
{
    [Fact]
    public async Task A_followed_log_is_read_as_it_grows_through_its_rotation()
    {
        await using var centre = await TestCentre.Start(Store.Sqlite);
        var path = Path.Combine(centre.Directory, "queue_log");
        await File.WriteAllTextAsync(path, Call(1) + "1795293861|c.2|q|NONE|ENTERQUEUE||139|1\n");
        using var stop = new CancellationTokenSource();
        var settled = 0;
        var following = centre.Do(async services =>
        {
            await using var input = LogInput.Open(path, true).Value;
            return await services.GetRequiredService<ImportLog>().Run(new ImportLog.Request(ImportFormat.QueueLog, "pbx"), input, null, stop.Token, _ => Task.FromResult(settled++));
        });
        await Until(centre, 1, following);
        await File.AppendAllTextAsync(path, Call(3));
        await Until(centre, 2, following);
        File.Move(path, path + ".1");
        await File.AppendAllTextAsync(path + ".1", "1795293871|c.2|q|NONE|ABANDON|1|1|10\n");
        await File.WriteAllTextAsync(path, Call(4));
        await Until(centre, 4, following);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(following);
        settled.ShouldBeGreaterThan(0);
        (await centre.Contacts()).Split('\n').Select(c => c.Split(' ')[1]).Order().ShouldBe(["c.1", "c.2", "c.3", "c.4"]);
    }

    private static string Call(int n) => $"{1795293860 + n}|c.{n}|q|NONE|ENTERQUEUE||138|1\n{1795293865 + n}|c.{n}|q|NONE|ABANDON|1|1|5\n";

    private static async Task Until(TestCentre centre, int contacts, Task following)
    {
        for (var turn = 0; turn < 600; turn++)
        {
            if (following.IsFaulted) await following;
            if ((await centre.Contacts()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length == contacts) return;
            await Task.Delay(100);
        }
        throw new TimeoutException($"there were never {contacts} contacts: {await centre.Contacts()}");
    }
}
