using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Evenhand.Tests.Platform;

namespace Evenhand.Tests.Workforce;

public sealed class RosterPageTests
{
    [Fact]
    public async Task A_week_stands_in_rows_with_today_marked_and_an_empty_one_says_what_to_do()
    {
        var (centre, _) = await ShiftCentre.Start(Store.Sqlite);
        await using var open = centre;
        var (manager, leader) = (await centre.SignIn("manager"), await centre.SignIn("team-leader", "T1"));
        (await Page(manager, "/roster")).TextContent.ShouldContain("还没有发布过排班");
        (await Page(leader, "/roster")).TextContent.ShouldContain("经理发布排班后");
        await manager.Import("工号,日期,班次\na1,2026-11-26,中班\na1,2026-11-27,夜班\nb1,2026-11-26,早班\n");
        var page = await Page(leader, "/roster");
        page.QuerySelectorAll("table.roster tbody tr").Length.ShouldBe(2);
        page.QuerySelector("th[aria-current=date]")!.TextContent.ShouldContain("11-26");
        page.QuerySelector("table.roster tbody tr")!.TextContent.ShouldContain("中班");
        page.TextContent.ShouldNotContain("导入排班");
        (await Page(leader, "/roster?team=T2")).TextContent.ShouldContain("没有班组");
        (await Page(manager, "/roster?team=T2")).TextContent.ShouldContain("早班");
        (await Page(manager, "/roster?week=2026-12-10&team=T2")).TextContent.ShouldContain("本周没有排班");
        var agent = await Page(await centre.SignIn("agent", agent: "a1"), "/roster");
        agent.QuerySelectorAll("table.roster tbody tr").Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_manager_changes_the_shifts_on_their_page()
    {
        var (centre, _) = await ShiftCentre.Start(Store.Sqlite);
        await using var open = centre;
        var manager = await centre.SignIn("manager");
        (await Page(manager, "/roster/shifts")).TextContent.ShouldContain("班次");
        (await manager.Fill("/roster/shifts", "shifts", ("code-0", "day"), ("name-0", "白班"), ("from-0", "09:00"), ("to-0", "30:00"))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await manager.Fill("/roster/shifts", "shifts", ("code-0", "day"), ("name-0", "白班"), ("from-0", "09:00"), ("to-0", "18:00"), ("opens-0", "40"), ("code-1", ""), ("name-1", ""))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await manager.Read("/shifts")).EnumerateArray().Single().GetProperty("opens").GetInt32().ShouldBe(40);
        (await (await centre.SignIn("team-leader", "T1")).GetAsync("/roster/shifts")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    internal static async Task<IElement> Page(HttpClient client, string address)
    {
        var answer = await client.GetAsync(address);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, address);
        var main = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync()).QuerySelector("main")!;
        main.TextContent.ShouldNotContain("workforce.");
        return main;
    }
}
