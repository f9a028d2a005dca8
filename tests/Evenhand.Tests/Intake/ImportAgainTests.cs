using System.Text;
using Evenhand.Intake.Archive;
using FsCheck;
using FsCheck.Fluent;

namespace Evenhand.Tests.Intake;

/// <summary>However a log comes in, whole, cut, overlapping or twice, the store holds the same.</summary>
public sealed class ImportAgainTests
{
    private static readonly string[] Log = File.ReadAllLines(SharedData.File("asterisk/live/queue_log"));

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Halves_that_overlap_in_either_order_give_what_the_whole_gives(Store store)
    {
        var (contacts, states) = await Kept(store, Log);
        foreach (var (end, start) in ((int, int)[])[(300, 300), (260, 200), (511, 3)])
        {
            (await Kept(store, Log[..end], Log[start..])).ShouldBe((contacts, states));
            (await Kept(store, Log[start..], Log[..end])).ShouldBe((contacts, states));
        }
    }

    [Fact]
    public async Task Any_cuts_in_any_order_give_what_the_whole_gives()
    {
        var whole = await Kept(Store.Sqlite, Log);
        var cuts = from ends in Gen.Choose(0, Log.Length).ListOf(3)
                   from order in Gen.Shuffle(new[] { 0, 1, 2, 3 })
                   from overlap in Gen.Choose(0, 40)
                   select (Ends: ends.Order().ToArray(), order, overlap);
        Prop.ForAll(cuts.ToArbitrary(), cut =>
        {
            int[] at = [0, .. cut.Ends, Log.Length];
            var parts = cut.order.Select(i => Log[Math.Max(0, at[i] - cut.overlap)..at[i + 1]]).ToArray();
            return Kept(Store.Sqlite, parts).GetAwaiter().GetResult() == whole;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(12));
    }

    [Fact]
    public async Task A_call_that_a_rotation_cut_is_told_whole_in_the_end()
    {
        await using var centre = await TestCentre.Start(Store.Sqlite);
        var first = (await centre.Import("1795293861|a.1|q|NONE|ENTERQUEUE||138|1\n1795293871|a.1|q|Agent 1|CONNECT|10|x|3\n")).Value;
        first.Added.ShouldBe(1);
        (await centre.Contacts()).ShouldEndWith("a.1 q Agent 1 138 1795293861 1795293871  10 3 0 0  Answered Unknown 0 0");
        var second = (await centre.Import("1795293901|a.1|q|Agent 1|COMPLETEAGENT|10|30|1\n")).Value;
        (second.Added, second.Changed, second.Known).ShouldBe((0, 1, 0));
        (await centre.Contacts()).ShouldEndWith("a.1 q Agent 1 138 1795293861 1795293871 1795293901 10 3 30 0  Answered Agent 0 0");
        (await centre.During(1795293901, 1795293902)).Count.ShouldBe(1);
        (await centre.During(1795293902, 1795294000)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_stay_of_hours_is_found_in_every_hour_of_it()
    {
        await using var centre = await TestCentre.Start(Store.Sqlite);
        (await centre.Import("1795293861|a.1|q|NONE|ENTERQUEUE||138|1\n1795323861|a.1|q|NONE|ABANDON|1|1|30000\n")).Value.Added.ShouldBe(1);
        for (var hour = 1795293861L; hour < 1795323861; hour += 3600) (await centre.During(hour, hour + 900)).Count.ShouldBe(1);
        (await centre.During(1795290000, 1795293861)).ShouldBeEmpty();
    }

    private static async Task<(string Contacts, string States)> Kept(Store store, params string[][] parts)
    {
        await using var centre = await TestCentre.Start(store);
        foreach (var part in parts.Where(p => p.Length > 0)) (await centre.Import(Encoding.UTF8.GetBytes(string.Join('\n', part) + "\n"), ImportFormat.QueueLog)).Succeeded.ShouldBeTrue();
        return (await centre.Contacts(), await centre.States());
    }
}
