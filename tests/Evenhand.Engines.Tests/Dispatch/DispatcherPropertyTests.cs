using Evenhand.Dispatch;
using Evenhand.Dispatch.Queues;
using FsCheck;
using FsCheck.Fluent;

namespace Evenhand.Engines.Tests.Dispatch;

public sealed class DispatcherPropertyTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(200).WithEndSize(300);

    [Fact]
    public void Whatever_happens_nothing_is_lost_given_twice_given_to_the_wrong_or_out_of_order() => Prop.ForAll(Steps(), steps =>
    {
        var floor = new RandomFloor();
        foreach (var (what, who, wait) in steps) floor.Step(what, who, wait);
        floor.HearCheck();
        return (floor.Faults.Count == 0).Label(string.Join('\n', floor.Faults.Take(5)));
    }).Check(Many);

    [Fact]
    public void A_router_rebuilt_from_its_rows_at_any_moment_decides_as_the_old_one_would() => Prop.ForAll(Steps(), steps =>
    {
        var (whole, rebuilt) = (new RandomFloor(), new RandomFloor());
        for (var i = 0; i < steps.Length; i++)
        {
            var (what, who, wait) = steps[i];
            whole.Step(what, who, wait);
            rebuilt.Step(what, who, wait);
            if (i % 7 == 0) rebuilt.Rebuild();
        }
        var at = Enumerable.Range(0, whole.Log.Count).FirstOrDefault(i => i >= rebuilt.Log.Count || whole.Log[i] != rebuilt.Log[i], -1);
        return (at < 0 && whole.Log.Count == rebuilt.Log.Count && rebuilt.Faults.Count == 0).Label(at < 0 ? string.Join('\n', rebuilt.Faults.Take(3)) : $"{whole.Log[at]}\n{rebuilt.Log.ElementAtOrDefault(at)}");
    }).Check(Many);

    [Fact]
    public void While_nobody_is_free_the_order_in_which_arrivals_are_told_does_not_matter() => Prop.ForAll(
        ArbMap.Default.GeneratorFor<(byte At, byte Priority, byte Key)[]>().ToArbitrary(),
        given =>
        {
            var arrivals = given.Select((g, i) => new Arrival(Floor.Id(100 + i), Floor.QueueId(1 + (g.At % 2)), Floor.Time(g.At)) { Priority = g.Priority % 3 }).ToList();
            Guid[] Order(IEnumerable<Arrival> told)
            {
                var floor = new Floor(Floor.Queue(1) with { AgeingPerMinute = 2, OfferFor = TimeSpan.Zero }, Floor.Queue(2) with { Priority = 1, OfferFor = TimeSpan.Zero });
                foreach (var arrival in told) floor.Do(r => r.Arrive(arrival, Floor.Time(256)));
                floor.Agent(1, 300);
                for (var i = 0; floor.Router.ContactCount > 0; i++) floor.Do(r => r.Complete(floor.Last(OutputKind.Assigned).Contact, Floor.Time(301 + i)));
                return [.. floor.Log.Where(o => o.Kind == OutputKind.Assigned).Select(o => o.Contact)];
            }
            return Order(arrivals).SequenceEqual(Order(arrivals.Zip(given).OrderBy(p => p.Second.Key).Select(p => p.First)));
        }).QuickCheckThrowOnFailure();

    private static Arbitrary<(int What, int Who, int Wait)[]> Steps()
    {
        var small = Gen.Choose(0, 239);
        return small.SelectMany(a => small.SelectMany(b => small.Select(c => (a, b, c)))).ArrayOf().ToArbitrary();
    }
}
