using System.Net;
using System.Net.Http.Json;
using AngleSharp.Html.Parser;
using Evenhand.Dispatch.Presence;
using Evenhand.Routing.Contracts;
using Evenhand.Routing.Floor;
using Evenhand.Tests.Live;
using Evenhand.Tests.Platform;
using Microsoft.EntityFrameworkCore;
using static Evenhand.Tests.Store;

namespace Evenhand.Tests.Floor;

public sealed class FloorViewTests
{
    [Theory, InlineData(Sqlite), InlineData(Postgres)]
    public async Task A_leader_sees_the_own_team_and_a_manager_everybody(Store store)
    {
        await using var centre = await FloorCentre.Start(store);
        var desk = await centre.Desk("a1");
        await centre.Desk("b1");
        var call = await centre.Arrive("1", customer: "13800007468");
        (await desk.On(call, "accept")).IsSuccessStatusCode.ShouldBeTrue();
        await desk.Act("duty-requests", new { Kind = "sign-off", Reason = "不舒服" });
        var (leader, manager, agent) = (await centre.Centre.SignIn("team-leader", "T1"), await centre.Centre.SignIn("manager"), await centre.Centre.SignIn("agent", null, "a2"));
        var floor = await (await leader.GetAsync($"{DeskCalls.Api}floor")).Json();
        floor.GetProperty("agents").EnumerateArray().Select(a => (a.GetProperty("code").GetString(), a.GetProperty("state").GetString())).ShouldBe([("a1", "talking"), ("a2", "signed-out")], ignoreOrder: true);
        var held = floor.GetProperty("agents").EnumerateArray().Single(a => a.GetProperty("code").GetString() == "a1").GetProperty("contacts")[0];
        (held.GetProperty("contactId").GetGuid(), held.GetProperty("queue").GetString(), held.GetProperty("stage").GetString()).ShouldBe((call, "销售", "in-hand"));
        floor.GetProperty("requests")[0].GetProperty("reason").GetString().ShouldBe("不舒服");
        floor.GetProperty("queues").EnumerateArray().Single(q => q.GetProperty("name").GetString() == "销售").GetProperty("answered").GetInt32().ShouldBe(1);
        (floor.GetProperty("counts").GetProperty("talking").GetInt32(), floor.GetProperty("counts").GetProperty("over").GetInt32()).ShouldBe((1, 0));
        (await (await leader.GetAsync($"{DeskCalls.Api}floor?unit=T2")).CodeOf(409)).ShouldBe("routing.unit-unknown");
        (await (await manager.GetAsync($"{DeskCalls.Api}floor")).Json()).GetProperty("agents").GetArrayLength().ShouldBe(4, "who is in no team yet is not on the floor");
        (await agent.GetAsync($"{DeskCalls.Api}floor")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var page = await Text(leader, "/floor");
        foreach (var said in new[] { "A1", "处理中", "销售", "不舒服", "申请提前下班" }) page.ShouldContain(said);
        page.ShouldNotContain("B1");
        foreach (var path in new[] { "/floor?show=over&order=load&text=a", "/floor/duty", "/floor/overrides", "/floor/fairness", "/floor/people/a1" }) await Text(leader, path);
        (await Text(leader, "/floor/people/b1")).ShouldContain("没有坐席“b1”");
    }

    [Theory, InlineData(Sqlite), InlineData(Postgres)]
    public async Task A_leader_acts_by_the_dialogs_forms_and_it_is_recorded(Store store)
    {
        await using var centre = await FloorCentre.Start(store);
        var (desk, colleague) = (await centre.Desk("a1"), await centre.Desk("a2"));
        var call = await centre.Arrive("1");
        var holder = (await desk.On(call, "accept")).IsSuccessStatusCode ? "a1" : "a2";
        if (holder == "a2") (await colleague.On(call, "accept")).IsSuccessStatusCode.ShouldBeTrue();
        var other = holder == "a1" ? "a2" : "a1";
        var leader = await centre.Centre.SignIn("team-leader", "T1");
        (await leader.Fill($"/floor/people/{holder}", $"take-{call}", ("Reason", "客户要女声"), ("To", ""))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity, "the customer is on the line");
        (await leader.Fill($"/floor/people/{holder}", $"take-{call}", ("Reason", ""), ("To", other))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await leader.Fill($"/floor/people/{holder}", $"take-{call}", ("Reason", "客户要女声"), ("To", other))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await centre.StateOf(other)).ShouldBe(EffectiveState.Talking);
        (await leader.Fill($"/floor/people/{holder}", "state", ("State", "break"), ("BreakReason", "rest"), ("Why", ""))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await leader.Fill($"/floor/people/{holder}", "state", ("State", "break"), ("BreakReason", "rest"), ("Why", "连续两小时"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await centre.StateOf(holder)).ShouldBe(EffectiveState.OnBreak);
        var client = holder == "a1" ? desk : colleague;
        await client.Act("duty-requests", new { Kind = "sign-off", Reason = "孩子发烧" });
        var request = await centre.Look(f => f.OpenRequests.Single().Id);
        (await leader.Fill($"/floor/people/{holder}", $"decide-{request}", ("Grant", "true"), ("Reason", "同意"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await centre.Look(f => f.Request(request)!.Granted)).ShouldBe(true);
        var list = await (await leader.GetAsync($"{DeskCalls.Api}floor/overrides?what=state")).Json();
        (list.GetProperty("total").GetInt32(), list.GetProperty("rows")[0].GetProperty("reason").GetString(), list.GetProperty("rows")[0].GetProperty("by").GetString()!.Length > 0).ShouldBe((1, "连续两小时", true));
        (await (await leader.GetAsync($"{DeskCalls.Api}floor/overrides/export?format=csv")).Content.ReadAsStringAsync()).ShouldContain("代改为小休");
        (await (await centre.Centre.SignIn("team-leader", "T2")).GetAsync($"{DeskCalls.Api}floor/overrides")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await (await centre.Centre.SignIn("team-leader", "T2")).GetAsync($"{DeskCalls.Api}floor/overrides")).Json()).GetProperty("total").GetInt32().ShouldBe(0);
        var page = await Text(leader, $"/floor/people/{holder}");
        foreach (var said in new[] { "小休", "连续两小时", "按公平分担" }) page.ShouldContain(said);
    }

    [Theory, InlineData(Sqlite), InlineData(Postgres)]
    public async Task Open_floor_views_are_told_of_the_own_unit_and_of_no_other(Store store)
    {
        await using var centre = await FloorCentre.Start(store);
        var (own, other) = ((await centre.Centre.Organisation()).UnitOf("T1"), (await centre.Centre.Organisation()).UnitOf("T2"));
        var leader = await centre.Centre.SignIn("team-leader", "T1");
        await leader.GetAsync("/floor");
        await using var page = await centre.Centre.Listen(leader.DefaultRequestHeaders.GetValues("Cookie").Single());
        await Should.ThrowAsync<HubException>(() => page.Join($"floor:{other}"));
        await Should.ThrowAsync<HubException>(() => page.Join("floor:all"));
        await page.Join($"floor:{own}");
        await page.NextMarkup();
        var (a1, b1) = (await centre.Agent("a1"), await centre.Agent("b1"));
        await centre.Desk("b1");
        await centre.Desk("a1");
        var heard = "";
        while (!heard.Contains($"seat-{a1:N}", StringComparison.Ordinal)) heard += await page.NextMarkup();
        heard.ShouldContain("data-state=\"available\"");
        heard.ShouldNotContain($"seat-{b1:N}");
        heard.ShouldNotContain("routing.");
    }

    [Theory, InlineData(Sqlite), InlineData(Postgres)]
    public async Task Frequent_togglers_and_departures_of_a_day_are_listed(Store store)
    {
        await using var centre = await FloorCentre.Start(store);
        var (a1, b1) = (await centre.Agent("a1"), await centre.Agent("b1"));
        var nine = new DateTimeOffset(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);
        centre.Roster.Published = [new RosteredDuty(a1, nine, nine.AddHours(8)), new RosteredDuty(b1, nine, nine.AddHours(8))];
        await centre.Read(async db =>
        {
            var ids = new OrderedIds();
            void Step(Guid agent, EffectiveState from, EffectiveState to, int minute) => db.Add(new PresenceStepRow { Id = ids.Next(), AgentId = agent, From = from, To = to, At = nine.AddMinutes(minute), By = Causer.Person });
            Step(a1, EffectiveState.SignedOut, EffectiveState.Available, 0);
            Step(a1, EffectiveState.Available, EffectiveState.OnBreak, 120);
            Step(a1, EffectiveState.OnBreak, EffectiveState.Available, 240);
            Step(a1, EffectiveState.Available, EffectiveState.SignedOut, 480);
            Step(b1, EffectiveState.SignedOut, EffectiveState.Available, 0);
            for (var i = 0; i < 20; i++)
            {
                Step(b1, EffectiveState.Available, EffectiveState.AfterContactWork, 1 + (i * 4));
                Step(b1, EffectiveState.AfterContactWork, EffectiveState.Available, 3 + (i * 4));
            }
            Step(b1, EffectiveState.Available, EffectiveState.SignedOut, 240);
            return await db.SaveChangesAsync();
        });
        var found = await (await (await centre.Centre.SignIn("manager")).GetAsync($"{DeskCalls.Api}floor/duty?day=2026-03-02")).Json();
        found.GetProperty("togglers").EnumerateArray().Select(t => (t.GetProperty("agent").GetString(), t.GetProperty("changes").GetInt32())).ShouldBe([("b1", 42)]);
        found.GetProperty("departures").EnumerateArray().Select(d => (d.GetProperty("agent").GetString(), d.GetProperty("code").GetString(), d.GetProperty("value").GetDouble()))
            .ShouldBe([("b1", "too-little-on-duty", 0.5), ("a1", "too-much-on-break", 0.25)]);
        (await (await (await centre.Centre.SignIn("team-leader", "T1")).GetAsync($"{DeskCalls.Api}floor/duty?day=2026-03-02")).Json()).GetProperty("togglers").GetArrayLength().ShouldBe(0);
    }

    internal static async Task<string> Text(HttpClient client, string address)
    {
        var answer = await client.GetAsync(address);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, address);
        var text = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync()).QuerySelector("main")!.TextContent;
        text.ShouldNotContain("routing.");
        return text;
    }
}
