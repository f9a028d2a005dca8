using Evenhand.Analytics.Intervals;
using FsCheck;
using FsCheck.Fluent;

namespace Evenhand.Engines.Tests.Intervals;

public sealed class SecondsHistogramTests
{
    [Fact]
    public void Counts_up_to_a_threshold_include_it()
    {
        var waits = Of([0, 5, 5, 20, 7200]);
        new[] { -1L, 0, 4, 5, 19, 20, 7199, 7200, long.MaxValue }.Select(waits.CountUpTo).ShouldBe([0, 1, 1, 3, 3, 4, 4, 5, 5]);
        (waits.Total, waits.Sum, waits.Mean, waits.Median).ShouldBe((5, 7230, 1446.0, 5));
    }

    [Theory]
    [InlineData(0.0, 15)]
    [InlineData(0.05, 15)]
    [InlineData(0.30, 20)]
    [InlineData(0.40, 20)]
    [InlineData(0.41, 35)]
    [InlineData(0.50, 35)]
    [InlineData(1.0, 50)]
    public void Percentiles_are_nearest_rank(double share, int expected) => Of([15, 20, 35, 40, 50]).Percentile(share).ShouldBe(expected);

    [Fact]
    public void A_share_that_is_not_exact_in_binary_does_not_slip_a_rank() =>
        Of([.. Enumerable.Range(1, 100)]).Percentile(0.07).ShouldBe(7);

    [Fact]
    public void An_empty_one_has_no_percentile_no_mean_and_no_bytes()
    {
        var empty = new SecondsHistogram();
        (empty.Percentile(0.9), empty.Median, empty.Mean, empty.CountUpTo(100), empty.RankOf(0.5)).ShouldBe((null, null, null, 0, 0));
        empty.ToBytes().ShouldBeEmpty();
        SecondsHistogram.FromBytes([]).IsEmpty.ShouldBeTrue();
        Should.Throw<ArgumentOutOfRangeException>(() => empty.Percentile(1.5));
        Should.Throw<ArgumentOutOfRangeException>(() => empty.Percentile(double.NaN));
    }

    [Fact]
    public void It_agrees_with_the_list_it_stands_for() =>
        Prop.ForAll(Seconds(), Gen.Choose(0, 100).ToArbitrary(), Gen.Choose(0, 9000).ToArbitrary(), (list, percent, threshold) =>
        {
            var histogram = Of(list);
            var sorted = list.Order().ToArray();
            // Ranks in whole numbers, so that the reference is free of rounding.
            var rank = Math.Max(1, (percent * sorted.Length + 99) / 100);
            return histogram.Total == list.Length && histogram.Sum == list.Sum(s => (long)s)
                && histogram.CountUpTo(threshold) == list.Count(s => s <= threshold)
                && histogram.Percentile(percent / 100.0) == (list.Length == 0 ? null : sorted[rank - 1]);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Percentiles_rise_with_their_share_between_the_least_and_the_greatest() =>
        Prop.ForAll(Seconds(), Gen.Choose(0, 1000).ToArbitrary(), Gen.Choose(0, 1000).ToArbitrary(), (list, a, b) =>
        {
            var histogram = Of(list);
            var (low, high) = (histogram.Percentile(Math.Min(a, b) / 1000.0), histogram.Percentile(Math.Max(a, b) / 1000.0));
            return list.Length == 0 || (list.Min() <= low && low <= high && high <= list.Max() && list.Contains(low!.Value));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Merging_is_adding_all_of_both() =>
        Prop.ForAll(Seconds(), Seconds(), (left, right) =>
        {
            var (merged, other) = (Of(left), Of(right));
            merged.Merge(other);
            return Same(merged, Of([.. left, .. right])) && Same(other, Of(right));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_few_merged_into_many_and_one_merged_into_itself()
    {
        var many = Of([.. Enumerable.Range(0, 100)]);
        many.Merge(Of([3, 500]));
        Same(many, Of([.. Enumerable.Range(0, 100), 3, 500])).ShouldBeTrue();
        many.Merge(many);
        (many.Total, many.CountUpTo(3)).ShouldBe((204, 10));
    }

    [Fact]
    public void Bytes_read_back_as_they_were_and_do_not_depend_on_the_order_of_adding() =>
        Prop.ForAll(Seconds(), list =>
        {
            var histogram = Of(list);
            var bytes = histogram.ToBytes();
            var back = SecondsHistogram.FromBytes(bytes);
            return Same(histogram, back) && back.Sum == histogram.Sum && back.Total == histogram.Total
                && bytes.SequenceEqual(Of([.. list.Reverse()]).ToBytes());
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Bytes_cut_short_are_refused() =>
        Prop.ForAll(Seconds(), list =>
        {
            var bytes = Of(list).ToBytes();
            return Enumerable.Range(1, Math.Max(0, bytes.Length - 1)).All(length => Fails(bytes[..length]));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(new byte[] { 0 })]
    [InlineData(new byte[] { 1, 5, 0 })]
    [InlineData(new byte[] { 1, 5, 1, 9 })]
    [InlineData(new byte[] { 2, 5, 1, 0, 1 })]
    [InlineData(new byte[] { 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1 })]
    [InlineData(new byte[] { 1, 255, 255, 255, 255, 127, 1 })]
    public void Bytes_that_are_no_histogram_are_refused(byte[] bytes) => Fails(bytes).ShouldBeTrue();

    [Fact]
    public void Small_waits_take_two_bytes_each() => Of([.. Enumerable.Range(0, 60)]).ToBytes().Length.ShouldBe(121);

    [Fact]
    public void Negative_seconds_are_refused() => Should.Throw<ArgumentOutOfRangeException>(() => new SecondsHistogram().Add(-1));

    private static bool Fails(byte[] bytes)
    {
        try
        {
            SecondsHistogram.FromBytes(bytes);
            return false;
        }
        catch (FormatException)
        {
            return true;
        }
    }

    private static bool Same(SecondsHistogram a, SecondsHistogram b) =>
        a.Entries.SequenceEqual(b.Entries) && (a.Total, a.Sum) == (b.Total, b.Sum);

    private static SecondsHistogram Of(int[] seconds)
    {
        var histogram = new SecondsHistogram();
        foreach (var second in seconds)
            histogram.Add(second);
        return histogram;
    }

    private static Arbitrary<int[]> Seconds() =>
        Gen.Frequency((6, Gen.Choose(0, 60)), (2, Gen.Choose(0, 9000)), (1, Gen.Choose(0, int.MaxValue))).ArrayOf().ToArbitrary();
}
