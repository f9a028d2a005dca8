using System.Net;
using AngleSharp.Html.Parser;
using Evenhand.Tests.Platform;

namespace Evenhand.Tests.Routing;

public sealed class WorkItemPagesTests
{
    [Fact]
    public async Task A_leader_makes_an_item_by_the_form_of_its_type_works_on_it_and_the_list_shows_it()
    {
        await using var centre = await WorkCentre.Start(Store.Sqlite);
        var leader = await centre.SignIn("team-leader", "T1");
        (await Text(leader, "/work-items")).ShouldContain("没有工单");
        (await leader.Fill("/work-items/new?type=call-back", "create", ("Subject", "回拨客户"), ("Queue", "sales"), ("field.phone", "none"))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var made = await leader.Fill("/work-items/new?type=call-back", "create", ("Subject", "回拨客户"), ("Queue", "sales"), ("field.phone", "13800007468"), ("field.customer", "王小明"));
        made.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var address = new Uri(new Uri("http://localhost"), made.Headers.Location!).AbsolutePath;
        (await Text(leader, "/work-items?type=call-back&state=new")).ShouldContain("回拨客户");
        var page = await Text(leader, address);
        page.ShouldContain("138****7468");
        page.ShouldNotContain("王小明");
        (await leader.Fill(address, "move", ("To", "assigned"))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await leader.Fill(address, "move", ("To", "assigned"), ("Agent", "a1"), ("Note", "请尽快"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await leader.Fill(address, "edit", ("field.about", "退货"), ("field.phone", ""), ("field.customer", ""))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        page = await Text(leader, address);
        foreach (var said in new[] { "请尽快", "新建 → 已分配", "退货", "138****7468" }) page.ShouldContain(said);
        var manager = await centre.SignIn("manager");
        (await manager.Fill(address, "unmask", ("Reason", ""))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await (await manager.Fill(address, "unmask", ("Reason", "客户投诉"))).Content.ReadAsStringAsync()).ShouldContain("13800007468");
        var stranger = await centre.SignIn("team-leader", "T2");
        (await stranger.GetAsync(address)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Text(stranger, "/work-items/new")).ShouldContain("没有可以放工单的队列");
    }

    [Fact]
    public async Task A_manager_says_where_a_queue_belongs_and_who_is_told()
    {
        await using var centre = await TestCentre.Start(Store.Sqlite);
        var sales = (await centre.Establish()).Queues.Values.Single().Id;
        var (manager, leader) = (await centre.SignIn("manager"), await centre.SignIn("team-leader", "T2"));
        (await Text(leader, "/work-items/new")).ShouldContain("没有可以放工单的队列");
        (await manager.Fill("/work-items/set-up", $"place-{sales}", ("unit", "T2"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Text(leader, "/work-items/new")).ShouldNotContain("没有可以放工单的队列");
        (await manager.Fill("/work-items/set-up", $"place-{sales}", ("remove", "T2"), ("unit", ""))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Text(leader, "/work-items/new")).ShouldContain("没有可以放工单的队列");
        (await manager.Fill("/work-items/set-up", "hook", ("Url", "http://10.0.0.1/"))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await (await manager.Fill("/work-items/set-up", "hook", ("Url", "https://example.org/hook"))).Content.ReadAsStringAsync()).ShouldContain("签名密钥");
        (await Text(manager, "/work-items/set-up")).ShouldContain("https://example.org/hook");
        (await leader.GetAsync("/work-items/set-up")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static async Task<string> Text(HttpClient client, string address)
    {
        var answer = await client.GetAsync(address);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, address);
        var text = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync()).QuerySelector("main")!.TextContent;
        text.ShouldNotContain("routing.");
        return text;
    }
}
