using System.Net.Http.Json;
using Evenhand.Routing.WorkItems;
using Evenhand.Tests.Floor;
using Evenhand.Tests.Platform;
using Evenhand.Tests.Routing;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Tests.Talk;

public sealed class TellLateTests
{
    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Work_that_is_late_is_told_once_to_whoever_has_it_the_leader_and_the_floor_manager(Store store)
    {
        await using var centre = await TalkCentre.Start(store);
        var (manager, floor, leader, other) = (await centre.SignIn("manager"), await centre.SignIn("floor-manager"), await centre.SignIn("team-leader", "T2"), await centre.SignIn("team-leader", "T1"));
        var waits = await Order(manager, "没人接的订单");
        var taken = await Order(manager, "有人接的订单");
        var agent = await centre.SignIn("agent", null, "b1");
        await Move(manager, taken, "assigned", "b1");
        await Move(agent, taken, "in-progress");
        (await centre.Due()).ShouldBe(0);
        centre.Clock.Move(TimeSpan.FromMinutes(31));
        (await centre.Due()).ShouldBe(1);
        (await centre.Due()).ShouldBe(0);
        (await TalkCentre.Bells(floor)).ShouldBe(["“没人接的订单”超过首次响应时限仍无人处理（订单）"]);
        foreach (var silent in new[] { leader, other }) (await TalkCentre.Bells(silent)).ShouldBeEmpty();
        (await TalkCentre.Bells(agent)).ShouldBe(["“有人接的订单”已分配给您"]);
        await Move(manager, waits, "cancelled");
        centre.Clock.Move(TimeSpan.FromDays(1));
        // No session lasts that long.
        (manager, floor, leader, other, agent) = (await centre.SignIn("manager"), await centre.SignIn("floor-manager"), await centre.SignIn("team-leader", "T2"), await centre.SignIn("team-leader", "T1"), await centre.SignIn("agent", null, "b1"));
        (await centre.Due()).ShouldBe(1);
        (await centre.Due()).ShouldBe(0);
        const string Said = "“有人接的订单”已逾期未办结（订单）";
        foreach (var told in new[] { agent, leader, floor }) (await TalkCentre.Bells(told))[0].ShouldBe(Said);
        (await TalkCentre.Bells(other)).ShouldBeEmpty("it is not of that team");
        for (var i = 0; i < 5; i++) await Order(manager, $"第 {i} 单");
        centre.Clock.Move(TimeSpan.FromMinutes(31));
        (await centre.Due()).ShouldBe(5);
        (await TalkCentre.Bells(floor)).Count.ShouldBe(2, "five are told as one");
        (await TalkCentre.Bells(floor))[0].ShouldBe("订单 有 5 条工单超过首次响应时限仍无人处理");
    }

    [Fact]
    public async Task A_promised_call_has_a_telling_of_its_own_and_two_nodes_tell_once()
    {
        await using var centre = await TalkCentre.Start(Store.Sqlite);
        var floor = await centre.SignIn("floor-manager");
        var (desk, call) = await centre.Talking();
        await desk.On(call, "call-back").Succeeds();
        await Order(await centre.SignIn("manager"), "一单");
        centre.Clock.Move(TimeSpan.FromMinutes(40));
        await Task.WhenAll(centre.Due(), centre.Due());
        (await TalkCentre.Bells(floor)).Where(b => b.Contains("时限", StringComparison.Ordinal)).ShouldBe(["“一单”超过首次响应时限仍无人处理（订单）"]);
        (await centre.Read(db => db.WorkItems.AsNoTracking().CountAsync(i => i.TellAt < i.ResolveBy))).ShouldBe(0);
    }

    private static Task<Guid> Order(HttpClient manager, string subject) => manager.Make(new
    {
        Type = "order", Subject = subject, Queue = "orders", Fields = new Dictionary<string, string> { ["customer"] = "王小明", ["phone"] = "13800007468", ["product"] = "苹果", ["quantity"] = "2" },
    });

    private static async Task Move(HttpClient who, Guid item, string to, string? agent = null) =>
        (await who.PostAsJsonAsync($"{WorkCentre.Items}/{item}/state", new { Version = (await who.Item(item)).GetProperty("version").GetInt32(), To = to, Agent = agent })).IsSuccessStatusCode.ShouldBeTrue(to);
}
