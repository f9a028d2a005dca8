using Evenhand.DemoCentre;
using Evenhand.Dispatch;
using Evenhand.Dispatch.Queues;
using Evenhand.Kernel;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Contracts;
using Evenhand.Routing.Rules;
using Evenhand.Tests.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Tests.Routing;

public sealed class EstablishFloorTests
{
    [Theory]
    [InlineData(Store.Sqlite, 24)]
    [InlineData(Store.Postgres, 24)]
    [InlineData(Store.Sqlite, 400)]
    public async Task The_demo_centre_has_a_floor_the_router_takes_where_every_queue_has_people_and_laying_it_down_twice_changes_nothing(Store store, int seats)
    {
        await using var centre = await TestCentre.Start(store);
        var plan = DemoPlan.Make(new DemoSettings(seats, 2, 3, new DateOnly(2026, 11, 1)));
        await centre.Do(s => s.GetRequiredService<IOrganisation>().Establish(plan.Organisation, default));
        await Establish();
        var rules = await centre.ReadRules();
        rules.Queues.CountBy(q => q.Channel).ToDictionary().ShouldBe(new Dictionary<Channel, int> { [Channel.Call] = 5, [Channel.WorkItem] = 1, [Channel.Chat] = 1 }, ignoreOrder: true);
        new Dispatcher(rules.Dispatch).SetQueues(rules.Queues, DateTimeOffset.UnixEpoch).ShouldBeNull();
        foreach (var queue in rules.Queues)
            rules.Agents.Count(a => a.Mix.Of(queue.Channel) > 0 && a.Has(queue.Skills, queue.Certificates, DateTimeOffset.MaxValue)).ShouldBeGreaterThan(1, $"{queue.Id}");
        rules.Agents.ShouldContain(a => a.Skills.ContainsKey("英语"));
        var before = await Versions();
        await Establish();
        (await Versions()).ShouldBe(before);

        Task Establish() => centre.Do(s => s.GetRequiredService<IFloorSetUp>().Establish(plan.Floor, default));
        Task<int> Versions() => centre.Do(s => s.GetRequiredService<EvenhandDb>().RuleVersions.CountAsync());
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_plan_the_router_would_not_take_is_a_fault_and_leaves_nothing(Store store)
    {
        await using var centre = await TestCentre.Start(store);
        await centre.Establish();
        var plan = new FloorPlan([], [new("sales", Channel.Call, TimeSpan.FromMinutes(4)) { Priority = 2000 }], [new("a1", "英语", 3)]);
        await centre.Do(async s => await Should.ThrowAsync<InvalidOperationException>(() => s.GetRequiredService<IFloorSetUp>().Establish(plan, default)));
        (await centre.Do(s => s.GetRequiredService<EvenhandDb>().RuleVersions.AnyAsync())).ShouldBeFalse();
    }
}
