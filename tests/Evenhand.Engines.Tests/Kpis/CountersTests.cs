using Evenhand.Analytics.Kpis;
using FsCheck;
using FsCheck.Fluent;

namespace Evenhand.Engines.Tests.Kpis;

public sealed class CountersTests
{
    private static readonly Counter[] All = Enum.GetValues<Counter>();
    private static readonly Distribution[] Kinds = Enum.GetValues<Distribution>();

    [Fact]
    public void Merging_cells_is_adding_all_they_hold() =>
        Prop.ForAll(Entries(), Entries(), (left, right) =>
        {
            var merged = Of(left);
            merged.Merge(Of(right));
            return Same(merged, Of([.. left, .. right])) && Same(Counters.SumOf([Of(right), Of(left)]), merged);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Merging_leaves_the_other_as_it_was_and_unshared()
    {
        var (sum, cell) = (new Counters(), new Counters());
        cell.AddAnswered(7);
        sum.Merge(cell);
        sum.AddAnswered(8);
        cell[Distribution.WaitAnswered].Total.ShouldBe(1);
        sum[Distribution.WaitAnswered].Total.ShouldBe(2);
    }

    [Fact]
    public void A_distribution_nobody_filled_is_empty() => new Counters()[Distribution.Talk].IsEmpty.ShouldBeTrue();

    [Fact]
    public void A_refused_observation_changes_nothing()
    {
        var cell = new Counters();
        Should.Throw<ArgumentOutOfRangeException>(() => cell.AddAnswered(-1));
        Should.Throw<ArgumentOutOfRangeException>(() => cell.AddHandling(10, 0, -1));
        All.ShouldAllBe(c => cell[c] == 0);
        Kinds.ShouldAllBe(d => cell[d].IsEmpty);
    }

    [Fact]
    public void Units_and_anchors_follow_the_names()
    {
        foreach (var counter in All)
        {
            var (name, seconds) = (counter.ToString(), CounterFacts.UnitOf(counter) == KpiUnit.Seconds);
            seconds.ShouldBe(name.EndsWith("Seconds", StringComparison.Ordinal) || name.EndsWith("InInterval", StringComparison.Ordinal), name);
            if (name.EndsWith("InInterval", StringComparison.Ordinal))
                CounterFacts.IsTimeAnchored(counter).ShouldBeTrue(name);
            if (CounterFacts.SourcesOf(counter) == FactSources.States)
                (CounterFacts.IsTimeAnchored(counter), CounterFacts.IsKnownFor(counter, FigureSubject.Queue)).ShouldBe((true, false), name);
        }
        All.Where(c => !CounterFacts.IsKnownFor(c, FigureSubject.Agent)).ShouldBe(
        [
            Counter.Offered, Counter.Abandoned, Counter.TimedOut, Counter.KeyExit, Counter.EmptyExit, Counter.OtherExit, Counter.Unfinished, Counter.WaitAbandonedSeconds,
        ]);
    }

    private static bool Same(Counters a, Counters b) =>
        All.All(c => a[c] == b[c]) && Kinds.All(d => a[d].Entries.SequenceEqual(b[d].Entries));

    private static Counters Of((int Slot, int Amount)[] entries)
    {
        var cell = new Counters();
        foreach (var (slot, amount) in entries)
            if (slot < All.Length) cell.Add(All[slot], amount);
            else cell.Observe(Kinds[slot - All.Length], amount);
        return cell;
    }

    private static Arbitrary<(int Slot, int Amount)[]> Entries() =>
        (from slot in Gen.Choose(0, All.Length + Kinds.Length - 1) from amount in Gen.Choose(0, 500) select (slot, amount)).ArrayOf().ToArbitrary();
}
