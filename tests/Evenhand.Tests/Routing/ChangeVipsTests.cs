using System.Net;
using System.Net.Http.Json;
using Evenhand.Routing.Rules;
using Evenhand.Tests.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Tests.Routing;

public sealed class ChangeVipsTests
{
    [Theory]
    [InlineData("138 0000-7468", "13800007468")]
    [InlineData("+86 13800007468", "13800007468")]
    [InlineData("008613800007468", "13800007468")]
    [InlineData("(021) 6888 0000", "02168880000")]
    [InlineData("10086", "10086")]
    [InlineData("1234", null)]
    [InlineData("abc13800007468", null)]
    [InlineData("123456789012345678901", null)]
    [InlineData(null, null)]
    public void A_number_is_one_number_however_it_is_written(string? written, string? key) => CustomerKey.Of(written).ShouldBe(key);

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_customer_has_an_own_agent_whose_number_nobody_reads_in_full(Store store)
    {
        await using var centre = await RuleCentre.Start(store);
        var manager = await centre.SignIn("manager");
        var (a1, b1) = ((await centre.Organisation()).AgentOf("a1"), (await centre.Organisation()).AgentOf("b1"));
        (await manager.PostAsJsonAsync(RuleCentre.Vips, new { Customer = "+86 138-0000-7468", Agent = "a1" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Own("13800007468")).ShouldBe(a1);
        (await Own("13800007469")).ShouldBeNull();
        (await manager.PostAsJsonAsync(RuleCentre.Vips, new { Customer = "13800007468", Agent = "b1" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Own("138 0000 7468")).ShouldBe(b1);
        (await (await manager.Upload($"{RuleCentre.Vips}/import", "customer;agent\n13900001111;a1\n13900002222;a1\n")).Json()).GetProperty("customers").GetInt32().ShouldBe(2);
        (await (await manager.Upload($"{RuleCentre.Vips}/import", "13900003333;a1\nx;a1\n")).CodeOf(409)).ShouldBe("routing.list-faulty");
        (await Own("13900003333")).ShouldBeNull();
        (await (await manager.PostAsJsonAsync(RuleCentre.Vips, new { Customer = "none", Agent = "a1" })).CodeOf(409)).ShouldBe("routing.customer-unfit");
        var list = await manager.GetStringAsync(RuleCentre.Vips);
        list.ShouldContain("138****7468");
        list.ShouldNotContain("13800007468");
        var trail = await (await centre.SignIn("auditor")).GetStringAsync("/api/v1/platform/audit?size=200");
        trail.ShouldContain("138****7468");
        trail.ShouldNotContain("13800007468");
        var id = (await (await manager.GetAsync($"{RuleCentre.Vips}?agent=b1")).Json()).GetProperty("rows")[0].GetProperty("id").GetGuid();
        (await manager.DeleteAsync($"{RuleCentre.Vips}/{id}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Own("13800007468")).ShouldBeNull();

        Task<Guid?> Own(string customer) => centre.Do(s => s.GetRequiredService<FloorRules>().OwnAgent(customer, default));
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Who_has_a_right_over_a_unit_gives_only_its_agents_and_takes_nobody_elses_customer(Store store)
    {
        await using var centre = await RuleCentre.Start(store);
        var (manager, own, leader, agent) = (await centre.SignIn("manager"), await centre.SignIn("manager", "T1"), await centre.SignIn("team-leader", "T2"), await centre.SignIn("agent", agent: "a1"));
        (await manager.PostAsJsonAsync(RuleCentre.Vips, new { Customer = "13800007468", Agent = "b1" })).EnsureSuccessStatusCode();
        var id = (await (await manager.GetAsync(RuleCentre.Vips)).Json()).GetProperty("rows")[0].GetProperty("id").GetGuid();
        (await (await own.PostAsJsonAsync(RuleCentre.Vips, new { Customer = "13800001111", Agent = "b1" })).CodeOf(404)).ShouldBe("routing.profile.not-found");
        (await (await own.PostAsJsonAsync(RuleCentre.Vips, new { Customer = "13800007468", Agent = "a1" })).CodeOf(403)).ShouldBe("routing.vip-of-another.not-allowed");
        (await (await own.DeleteAsync($"{RuleCentre.Vips}/{id}")).CodeOf(404)).ShouldBe("routing.vip.not-found");
        (await own.GetStringAsync(RuleCentre.Vips)).ShouldNotContain("7468");
        (await leader.GetStringAsync(RuleCentre.Vips)).ShouldContain("138****7468");
        (await leader.PostAsJsonAsync(RuleCentre.Vips, new { Customer = "13800001111", Agent = "b1" })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await agent.GetAsync(RuleCentre.Vips)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }
}
