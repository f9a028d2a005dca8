using System.Net;
using System.Net.Http.Json;
using Evenhand.Tests.Platform;

namespace Evenhand.Tests.Routing;

public sealed class ChangeWrapUpCodesTests
{
    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Codes_for_all_and_of_one_queue_are_offered_in_order(Store store)
    {
        await using var centre = await RuleCentre.Start(store);
        var (manager, leader) = (await centre.SignIn("manager"), await centre.SignIn("team-leader", "T1"));
        var codes = new object[] { new { Value = "sold", Zh = "成交", En = "Sold", Queue = "sales" }, new { Value = "resolved", Zh = "已解决", En = "Resolved", NeedsNote = true }, new { Value = "sold", Zh = "成交", En = "Sold", Queue = "service", OpensCallBack = true } };
        (await manager.PutRules("wrap-up-codes", new { Codes = codes, Version = 0 })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var rules = await centre.ReadRules();
        var (sales, log) = ((await centre.Organisation()).Queues.Values.Single(q => q.Code == "sales").Id, (await centre.Organisation()).Queues.Values.Single(q => q.Code == "log").Id);
        rules.CodesOf(sales).Select(c => (c.Code, c.NeedsNote, c.OpensCallBack)).ShouldBe([("sold", false, false), ("resolved", true, false)]);
        rules.CodesOf(log).Select(c => c.Code).ShouldBe(["resolved"]);
        async Task<string?> Put(params object[] wrong) => await (await manager.PutRules("wrap-up-codes", new { Codes = wrong })).CodeOf(409);
        (await Put(new { Value = "sold", Zh = "成交", En = "Sold" }, new { Value = "sold", Zh = "成交", En = "Sold", Queue = "sales" })).ShouldBe("routing.wrap-up-twice", "once for all and once for one");
        (await Put(new { Value = "sold", Zh = "成交", En = "Sold", Queue = "sales" }, new { Value = "sold", Zh = "成交", En = "Sold" })).ShouldBe("routing.wrap-up-twice");
        (await Put(new { Value = "Sold!", Zh = "成交", En = "Sold" })).ShouldBe("routing.wrap-up-unfit");
        (await Put(new { Value = "sold", Zh = "成交", En = "" })).ShouldBe("routing.wrap-up-unfit");
        (await manager.PutRules("wrap-up-codes", new { Codes = Array.Empty<object>() })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await leader.PutRules("wrap-up-codes", new { Codes = codes })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await leader.GetRules("wrap-up-codes")).GetProperty("codes").GetArrayLength().ShouldBe(3);
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_desk_shows_a_queues_own_scripts_then_those_of_all(Store store)
    {
        await using var centre = await RuleCentre.Start(store);
        var (manager, agent, auditor) = (await centre.SignIn("manager"), await centre.SignIn("agent", agent: "a1"), await centre.SignIn("auditor"));
        (await manager.PutRules("scripts/-", new { Scripts = new[] { new { TitleZh = "开场白", TitleEn = "Greeting", TextZh = "您好，很高兴为您服务。", TextEn = "Hello, how may I help?" } }, Notes = new[] { new { Zh = "已告知" } } })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await manager.PutRules("scripts/sales", new { Scripts = new[] { new { TitleZh = "促销", TextZh = "满三百减三十。" } }, Notes = Array.Empty<object>() })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var shown = await (await agent.GetAsync("/api/v1/routing/queues/sales/scripts")).Json();
        shown.GetProperty("scripts").EnumerateArray().Select(s => s.GetProperty("title").GetString()).ShouldBe(["促销", "开场白"]);
        shown.GetProperty("notes").EnumerateArray().Select(n => n.GetString()).ShouldBe(["已告知"]);
        agent.DefaultRequestHeaders.Add("Cookie", ".AspNetCore.Culture=c%3Den%7Cuic%3Den");
        shown = await (await agent.GetAsync("/api/v1/routing/queues/service/scripts")).Json();
        shown.GetProperty("scripts")[0].GetProperty("text").GetString().ShouldBe("Hello, how may I help?");
        shown.GetProperty("notes")[0].GetString().ShouldBe("已告知", "no English was given");
        (await (await manager.PutRules("scripts/sales", new { Scripts = new[] { new { TitleZh = "促销", TextZh = "" } }, Notes = Array.Empty<object>() })).CodeOf(409)).ShouldBe("routing.script-unfit");
        (await agent.PutRules("scripts/-", new { Scripts = Array.Empty<object>(), Notes = Array.Empty<object>() })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await auditor.GetAsync("/api/v1/routing/queues/sales/scripts")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }
}
