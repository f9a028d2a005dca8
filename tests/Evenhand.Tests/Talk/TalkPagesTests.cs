using System.Net;
using AngleSharp.Html.Parser;
using Evenhand.Routing.Help;
using Evenhand.Tests.Floor;
using Evenhand.Tests.Platform;
using Microsoft.EntityFrameworkCore;

namespace Evenhand.Tests.Talk;

public sealed class TalkPagesTests
{
    [Fact]
    public async Task An_agent_asks_at_the_desk_and_the_leader_takes_answers_and_records_on_the_page()
    {
        await using var centre = await TalkCentre.Start(Store.Sqlite);
        var leader = await centre.SignIn("team-leader", "T1");
        (await Text(leader, "/help")).ShouldContain("现在没有人求助");
        var (desk, call) = await centre.Talking();
        (await Text(desk, "/desk")).ShouldContain("求助班长");
        (await Desk(desk, ("what", "help"), ("contact", call.ToString()))).ShouldBe(HttpStatusCode.Redirect);
        (await Text(desk, "/desk")).ShouldContain("已通知班长");
        var help = await centre.Read(db => db.HelpRequests.AsNoTracking().SingleAsync());
        (await Text(leader, "/help")).ShouldContain("客户保持中");
        (await leader.Fill("/help", $"act-{help.Id}", ("act", "take"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Text(desk, "/desk")).ShouldContain("正在赶来");
        (await leader.Fill("/help", $"act-{help.Id}", ("act", "answer"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await leader.Fill("/help", $"record-{help.Id}", ("Problem", "退款"), ("Answer", ""))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await leader.Fill("/help", $"record-{help.Id}", ("Problem", "退款"), ("Answer", "走审批"), ("Announce", "true"), ("Systematic", "true"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var page = await Text(leader, "/help");
        foreach (var said in new[] { "退款", "走审批", "已公告", "待培训" }) page.ShouldContain(said);
        (await Text(desk, "/desk")).ShouldContain("退款");
        (await Desk(desk, ("what", "escalate"), ("contact", call.ToString()), ("problem", ""))).ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await desk.GetAsync("/help")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_leader_announces_by_form_and_an_agent_confirms_on_the_page_and_at_the_desk()
    {
        await using var centre = await TalkCentre.Start(Store.Sqlite);
        var (leader, agent) = (await centre.SignIn("team-leader", "T1"), await centre.SignIn("agent", null, "a1"));
        (await Text(agent, "/announcements")).ShouldContain("没有公告");
        var until = TimeZoneInfo.ConvertTime(centre.Clock.GetUtcNow().AddHours(5), TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai")).ToString("yyyy-MM-ddTHH:mm", System.Globalization.CultureInfo.InvariantCulture);
        (await leader.Fill("/announcements", "announce", ("Units", "T1"), ("Title", "新口径"), ("Text", "一\n二"), ("Until", "gestern"))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await leader.Fill("/announcements", "announce", ("Units", "T1"), ("Title", "新口径"), ("Text", "一\n二"), ("Until", until), ("Important", "true"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Text(leader, "/announcements")).ShouldContain("已读 0 / 2 人");
        (await Text(agent, "/desk")).ShouldContain("有重要公告未读");
        var id = (await agent.Look("desk/announcements"))[0].GetProperty("id").GetGuid();
        (await agent.Fill("/announcements", $"read-{id}")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Text(leader, "/announcements")).ShouldContain("未读 1 人");
        var other = await centre.SignIn("agent", null, "a2");
        (await Desk(other, ("what", "announcement-read"), ("announcement", id.ToString()))).ShouldBe(HttpStatusCode.Redirect);
        (await leader.Fill("/announcements", $"act-{id}", ("act", "withdraw"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Text(leader, "/announcements")).ShouldContain("已撤回");
    }

    [Fact]
    public async Task Notes_and_call_backs_are_worked_through_their_pages()
    {
        await using var centre = await TalkCentre.Start(Store.Sqlite);
        var (manager, desk) = (await centre.SignIn("manager"), await centre.Floor.Desk("a1"));
        foreach (var empty in new[] { "/transfers", "/call-backs" }) (await Text(manager, empty)).ShouldContain("没有");
        (await manager.Fill("/talk/set-up", "mailbox", ("Name", "物流"), ("Unit", "T3"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await manager.Fill("/talk/set-up", "mailbox", ("Name", "无人"))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await Text(manager, "/talk/set-up")).ShouldContain("物流");
        var (_, call) = await centre.Talking(desk: desk);
        (await Text(desk, "/desk")).ShouldContain("转接部门");
        (await Desk(desk, ("what", "transfer"), ("contact", call.ToString()), ("mailbox", "物流"), ("outcome", "note"), ("about", "送到哪了"))).ShouldBe(HttpStatusCode.Redirect);
        var note = (await manager.Look("transfers"))[0].GetProperty("id").GetGuid();
        var head = await centre.SignIn("team-leader", "T3");
        (await head.Fill("/transfers", $"answer-{note}", ("Answer", ""))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await head.Fill("/transfers", $"answer-{note}", ("Answer", "明天到"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await desk.Fill("/transfers", $"told-{note}", ("act", "told"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Text(manager, "/transfers?all=true")).ShouldContain("已告知客户");

        (await manager.Fill("/call-backs", "switch", ("Teams", "T1"), ("Reason", "高峰"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Text(desk, "/desk")).ShouldContain("我先登记您的电话");
        (await Desk(desk, ("what", "call-back"), ("contact", call.ToString()))).ShouldBe(HttpStatusCode.Redirect);
        var promise = (await manager.Look("call-backs")).GetProperty("rows")[0].GetProperty("id").GetGuid();
        var page = await Text(desk, "/call-backs");
        page.ShouldContain("138****7468");
        page.ShouldNotContain("13800007468");
        (await desk.Fill("/call-backs", $"attempt-{promise}", ("act", "busy"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Text(manager, "/call-backs")).ShouldContain("已打 1 次未接通");
        (await manager.Fill("/call-backs", $"attempt-{promise}", ("act", "give-up"), ("Note", "空号"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Text(manager, "/call-backs?all=true")).ShouldContain("空号");
        foreach (var address in new[] { "/help", "/announcements", "/transfers?all=true", "/call-backs?all=true", "/talk/set-up" }) (await Text(manager, address, "en")).ShouldNotContain("回拨");
    }

    private static async Task<HttpStatusCode> Desk(HttpClient client, params (string Name, string Value)[] fields) => (await client.Fill("/desk", "desk", fields)).StatusCode;

    private static async Task<string> Text(HttpClient client, string address, string? language = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (language is not null) request.Headers.Add("Cookie", [.. client.DefaultRequestHeaders.GetValues("Cookie"), $".AspNetCore.Culture={Uri.EscapeDataString($"c={language}|uic={language}")}"]);
        var answer = await client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, address);
        var text = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync()).QuerySelector("main")!.TextContent;
        text.ShouldNotContain("routing.");
        return text;
    }
}
