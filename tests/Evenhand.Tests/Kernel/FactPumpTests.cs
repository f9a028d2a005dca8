using Evenhand.Kernel;
using Evenhand.Kernel.Facts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Tests.Kernel;

public sealed class FactPumpTests
{
    public sealed record SomethingHappened(int Number);

    private sealed class Collector : FactReader
    {
        public static List<int> Heard { get; } = [];
        public static int FailAt { get; set; }

        public Collector() => On<SomethingHappened>((db, fact, _, _) =>
        {
            if (fact.Number == FailAt) throw new InvalidOperationException("on purpose");
            db.Add(new Lease { Name = $"heard {fact.Number}" });
            Heard.Add(fact.Number);
            return Task.CompletedTask;
        });

        public override string Name => "test.collector";

        public override int BatchSize => 3;
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_fact_is_handled_exactly_once_and_in_order_even_after_a_fault(Store store)
    {
        await using var centre = await TestCentre.Start(store, b => b.Services.AddScoped<FactReader, Collector>());
        (Collector.FailAt, _) = (5, 0);
        Collector.Heard.Clear();
        await centre.Do(async services =>
        {
            var db = services.GetRequiredService<EvenhandDb>();
            for (var i = 1; i <= 7; i++) db.Publish(new SomethingHappened(i), DateTimeOffset.UnixEpoch, "test");
            await db.SaveChangesAsync();
        });
        await Should.ThrowAsync<InvalidOperationException>(centre.CatchUp());
        (await Kept(centre)).ShouldBe(3);
        Collector.FailAt = 0;
        await centre.CatchUp();
        (await centre.CatchUp()).ShouldBe(0);
        (await Kept(centre)).ShouldBe(7);
        Collector.Heard.Distinct().ShouldBe([1, 2, 3, 4, 5, 6, 7]);
    }

    private static Task<int> Kept(TestCentre centre) =>
        centre.Do(services => services.GetRequiredService<EvenhandDb>().Set<Lease>().CountAsync(l => l.Name.StartsWith("heard")));
}
