using System.Diagnostics;
using static Evenhand.Tests.Store;

namespace Evenhand.Tests.Floor;

/// <summary>The real program is killed under load, again and again; what it acknowledged is there once, and the history holds together.</summary>
public sealed class KilledFloorTests(ITestOutputHelper output)
{
    [Theory, InlineData(Sqlite, 2)]
    public Task A_floor_killed_under_load_keeps_what_it_acknowledged(Store store, int kills) => KillAgainAndAgain(store, kills, 1);

    [Theory, Trait("Category", "Nightly"), InlineData(Sqlite, 50), InlineData(Postgres, 12)]
    public Task A_floor_killed_many_times_keeps_what_it_acknowledged(Store store, int kills) => KillAgainAndAgain(store, kills, 2);

    [Fact, Trait("Category", "Nightly")]
    public async Task When_the_node_with_the_floor_dies_another_takes_it_over_with_everything()
    {
        await using var load = await FloorLoad.Make(Postgres, 3);
        using var first = new FloorProcess(load.Centre.Settings);
        using var second = new FloorProcess(load.Centre.Settings with { });
        first.Start();
        await load.Work(first);
        second.Start();
        await FloorCentre.Until(() => load.Accepted.Count > 20);
        await first.Kill();
        await load.Rest();
        await Holds(load);
        await load.Work(second);
        var before = load.Accepted.Count;
        await FloorCentre.Until(() => load.Accepted.Count > before + 20);
        await load.WorkOff();
        await Holds(load);
    }

    [Fact, Trait("Category", "Nightly")]
    public async Task A_node_that_hung_and_wakes_up_stores_nothing_beside_the_one_that_took_over()
    {
        await using var load = await FloorLoad.Make(Postgres, 4);
        using var first = new FloorProcess(load.Centre.Settings);
        using var second = new FloorProcess(load.Centre.Settings with { });
        first.Start();
        await load.Work(first);
        await FloorCentre.Until(() => load.Accepted.Count > 20);
        second.Start();
        await first.Pause();
        await load.Work(second);
        var before = load.Accepted.Count;
        await FloorCentre.Until(() => load.Accepted.Count > before + 20);
        await first.GoOn();
        before = load.Accepted.Count;
        await FloorCentre.Until(() => load.Accepted.Count > before + 40);
        await load.WorkOff();
        await Holds(load);
    }

    [Fact, Trait("Category", "Nightly")]
    public async Task A_floor_whose_disk_is_full_does_nothing_that_is_not_stored_and_goes_on_when_there_is_room()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("prlimit is Linux's");
        await using var load = await FloorLoad.Make(Sqlite, 5);
        using var process = new FloorProcess(load.Centre.Settings);
        process.Start();
        await load.Work(process);
        for (var time = 0; time < 3; time++)
        {
            var (accepted, refused) = (load.Accepted.Count, load.NotStored);
            await FloorCentre.Until(() => load.Accepted.Count > accepted + 20);
            load.MayFail = true;
            await process.Bound(64 * 1024);
            await FloorCentre.Until(() => load.NotStored > refused + 20);
            await process.Bound(null);
        }
        var before = load.Accepted.Count;
        await FloorCentre.Until(() => load.Accepted.Count > before + 20);
        load.MayFail = false;
        await load.WorkOff();
        await Holds(load);
    }

    private async Task KillAgainAndAgain(Store store, int kills, int seed)
    {
        await using var load = await FloorLoad.Make(store, seed);
        using var process = new FloorProcess(load.Centre.Settings);
        var random = new Random(seed);
        var starts = new List<double>();
        for (var i = 0; i <= kills; i++)
        {
            var clock = Stopwatch.StartNew();
            process.Start();
            await load.Work(process);
            starts.Add(clock.Elapsed.TotalSeconds);
            if (i == kills) break;
            var (accepted, more) = (load.Accepted.Count, random.Next(5, 40));
            await FloorCentre.Until(() => load.Accepted.Count >= accepted + more);
            await process.Kill();
            await load.Rest();
            await Holds(load);
        }
        await load.WorkOff();
        await Holds(load);
        output.WriteLine($"{store}: {kills} kills; {load.Arrived.Count} arrivals, {load.Ordered.Count} work items, {load.Accepted.Count} acceptances and {load.Completed.Count} completions acknowledged; "
            + $"the floor ran {starts.Order().ElementAt(starts.Count / 2):F1} s after each start (median), at the latest after {starts.Max():F1} s");
    }

    private static async Task Holds(FloorLoad load) => (await load.Check()).Take(20).ShouldBeEmpty();
}
