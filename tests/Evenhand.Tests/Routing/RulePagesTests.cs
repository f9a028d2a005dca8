using System.Net;
using AngleSharp.Html.Parser;
using Evenhand.Dispatch.Queues;
using Evenhand.Tests.Platform;

namespace Evenhand.Tests.Routing;

public sealed class RulePagesTests
{
    private static readonly string[] Pages = ["/floor/rules", "/floor/rules/sales", "/floor/rules/queues/log", "/floor/rules/calendars", "/floor/rules/duty", "/floor/rules/duty/T1", "/floor/rules/wrap-up", "/floor/rules/scripts", "/floor/agents", "/floor/agents/a1", "/floor/vips"];

    [Fact]
    public async Task A_leader_reads_every_page_and_saves_on_none_and_an_agent_sees_none()
    {
        await using var centre = await RuleCentre.Start(Store.Sqlite);
        var (leader, agent) = (await centre.SignIn("team-leader", "T1"), await centre.SignIn("agent", agent: "a1"));
        foreach (var page in Pages)
        {
            (await Content(leader, page)).QuerySelectorAll("form[method=post] button[type=submit]").ShouldBeEmpty(page);
            (await agent.GetAsync(page)).StatusCode.ShouldBe(HttpStatusCode.Forbidden, page);
        }
        foreach (var page in new[] { "/floor/agents/b1", "/floor/rules/duty/T2", "/floor/rules/nowhere" }) (await leader.GetAsync(page)).StatusCode.ShouldBe(HttpStatusCode.NotFound, page);
        (await leader.Fill("/floor/rules/duty/T1", "breaks", ("Cap", "9"), ("LongestMinutes", "15"), ("GrantMinutes", "5"))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task A_queue_is_laid_down_by_its_form_and_a_fault_stands_at_its_field()
    {
        await using var centre = await RuleCentre.Start(Store.Sqlite);
        var manager = await centre.SignIn("manager");
        (string, string)[] fields =
        [
            ("Routed", "true"), ("Channel", "call"), ("Policy", "least-occupied"), ("Priority", "10"), ("AgeingPerMinute", "0"), ("Weight", "1.2"), ("ExpectedHandlingSeconds", "300"), ("OfferSeconds", "20"), ("WrapUpSeconds", "30"),
            ("RetrySeconds", "30"), ("LastAgentSeconds", "0"), ("VipAgentSeconds", "0"), ("skill.0", "英语"), ("level.0", "3"), ("skill.1", ""), ("level.1", "1"), ("certificate.0", ""), ("Calendar", ""), ("WhenClosed", "turn-away"),
            ("help.0", "service"), ("after.0", "45"), ("length.0", ""), ("help.1", ""), ("ServiceLevelSeconds", "20"), ("ShortAbandonSeconds", "5"),
        ];
        (string, string)[] With(string name, string value) => [.. fields.Select(f => f.Item1 == name ? (name, value) : f)];
        var faulty = await Answer(await manager.Fill("/floor/rules/sales", "rules", With("help.0", "log")));
        faulty.QuerySelector("#overflow-error")!.TextContent.ShouldContain("不能溢出到“旧队列”");
        faulty.QuerySelector("[name='skill.0']")!.GetAttribute("value").ShouldBe("英语", "what was typed is kept");
        (await Answer(await manager.Fill("/floor/rules/sales", "rules", With("Priority", "5000")))).QuerySelector("#f-Priority-error").ShouldNotBeNull();
        (await Answer(await manager.Fill("/floor/rules/sales", "rules", With("Weight", "heavy")))).QuerySelector("#f-Weight-error")!.TextContent.ShouldContain("heavy");
        (await Answer(await manager.Fill("/floor/rules/sales", "rules", With("Channel", "chat")))).QuerySelector("#f-Channel-error").ShouldNotBeNull();
        (await manager.Fill("/floor/rules/sales", "rules", fields)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var page = (await Content(manager, "/floor/rules/sales")).TextContent;
        foreach (var said in new[] { "优先级: 0 → 10", "本班最闲优先", "等 45 秒溢出到售后", "要 英语 3 级以上" }) page.Replace("：", ": ", StringComparison.Ordinal).ShouldContain(said);
        (await Content(manager, "/floor/rules")).TextContent.ShouldContain("本班最闲优先 · 优先级 10");
        (await centre.ReadRules()).Queues.ShouldContain(q => q.Priority == 10 && q.Weight == 1.2 && q.Overflow.Count == 1);
        (await manager.Fill("/floor/rules", "add", ("Name", "在线"), ("Code", "web"), ("Channel", "chat"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await centre.ReadRules()).Queues.ShouldContain(q => q.Channel == Channel.Chat);
    }

    [Fact]
    public async Task Hours_skills_own_agents_breaks_codes_and_scripts_are_laid_down_by_their_forms()
    {
        await using var centre = await RuleCentre.Start(Store.Sqlite);
        var manager = await centre.SignIn("manager");
        var made = await manager.Fill("/floor/rules/calendars", "add", ("Name", "白班"), ("Weekdays", "09:00-18:00"), ("Weekend", ""));
        made.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var calendar = new Uri(new Uri("http://localhost"), made.Headers.Location!).AbsolutePath;
        (await manager.Fill(calendar, "year-2026")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await manager.Fill(calendar, "days", ("Lines", "2027-01-01;closed;;元旦"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Content(manager, calendar)).TextContent.ShouldContain("春节调休上班");
        (await Answer(await manager.Fill(calendar, "week", ("Name", "白班"), ("monday", "nine")))).QuerySelector("#f-monday-error").ShouldNotBeNull();
        (await manager.Fill(calendar, "day-20270101")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Content(manager, calendar)).TextContent.ShouldNotContain("2027-01-01");

        (await manager.Fill("/floor/agents/a1", "profile", ("skill.0", "英语"), ("level.0", "4"), ("certificate.0", "基金"), ("until.0", "2026-12-31"), ("Calls", "1"), ("Chats", "3"), ("WorkItems", "0"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await centre.ReadRules()).Agents.ShouldContain(a => a.Skills.ContainsKey("英语") && a.Mix == new ChannelMix(1000, 333, 0));
        foreach (var said in new[] { "英语 4", "基金 至 2026-12-31", "电话 1 · 咨询 3 · 工单 0" }) (await Content(manager, "/floor/agents?skill=英语")).TextContent.ShouldContain(said);
        (await manager.Fill("/floor/vips", "give", ("Customer", "13800007468"), ("Agent", "a1"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Content(manager, "/floor/vips")).TextContent.ShouldContain("138****7468");

        (await manager.Fill("/floor/rules/duty/T1", "breaks", ("Cap", "2"), ("LongestMinutes", "12"), ("GrantMinutes", "5"), ("from.0", "10:00"), ("to.0", "11:00"), ("most.0", "1"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Content(manager, "/floor/rules/duty")).TextContent.ShouldContain("10:00–11:00 最多 1 人");
        (await manager.Fill("/floor/rules/wrap-up", "codes", ("place.0", "20"), ("code.0", "resolved"), ("zh.0", "已解决"), ("en.0", "Resolved"), ("queue.0", ""), ("place.1", "10"), ("code.1", "sold"), ("zh.1", "成交"), ("en.1", "Sold"), ("queue.1", ""), ("note.1", "true"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await centre.ReadRules()).WrapUpCodes.Select(c => (c.Code, c.NeedsNote)).ShouldBe([("sold", true), ("resolved", false)]);
        (await manager.Fill("/floor/rules/scripts?queue=sales", "scripts", ("title-zh.0", "开场白"), ("text-zh.0", "您好"), ("note-zh.0", "已告知"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Content(manager, "/floor/rules/scripts?queue=sales")).QuerySelector("[name='title-zh.0']")!.GetAttribute("value").ShouldBe("开场白");
        (await Content(manager, "/floor/rules/scripts")).QuerySelector("[name='title-zh.0']")!.GetAttribute("value").ShouldBe("");
    }

    [Fact]
    public async Task The_floors_settings_come_back_from_their_form_as_they_were()
    {
        await using var centre = await RuleCentre.Start(Store.Sqlite);
        var manager = await centre.SignIn("manager");
        var page = await Content(manager, "/floor/rules/duty");
        var form = page.QuerySelectorAll("form[method=post]").Single(f => f.QuerySelector("[name=BeatSeconds]") is not null);
        var values = form.QuerySelectorAll("input[name]:not([type=hidden])").Select(i => (i.GetAttribute("name")!, i.GetAttribute("value") ?? "")).ToArray();
        var before = await centre.ReadRules();
        (await manager.Fill("/floor/rules/duty", "floor", values)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var after = await centre.ReadRules();
        after.Version.ShouldNotBe(before.Version);
        (after.Duty, after.Lease, after.Dispatch, after.Toggles, after.Standard).ShouldBe((before.Duty, before.Lease, before.Dispatch, before.Toggles, before.Standard));
        after.Limits.ShouldBe(before.Limits);
        after.BreakReasons.ShouldBe(before.BreakReasons);
    }

    private static async Task<AngleSharp.Dom.IElement> Content(HttpClient client, string address)
    {
        var answer = await client.GetAsync(address);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, address);
        var main = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync()).QuerySelector("main")!;
        main.TextContent.ShouldNotContain("routing.", Case.Sensitive, address);
        return main;
    }

    private static async Task<AngleSharp.Dom.IDocument> Answer(HttpResponseMessage answer)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        return new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
    }
}
