using System.Net;
using Evenhand.Tests.Platform;

namespace Evenhand.Tests.Workforce;

public sealed class HandoverPageTests
{
    [Fact]
    public async Task Two_leaders_hand_over_by_the_forms_of_their_pages()
    {
        var (centre, _) = await ShiftCentre.Start(Store.Sqlite);
        await using var open = centre;
        var manager = await centre.SignIn("manager");
        (await RosterPageTests.Page(manager, "/handover")).TextContent.ShouldContain("还没有发布过排班");
        var id = await HandoverTests.Open(centre);
        var (one, two, three) = (await centre.SignIn("team-leader", "T1"), await centre.SignIn("team-leader", "T2"), await centre.SignIn("team-leader", "T3"));
        var list = await RosterPageTests.Page(one, "/handover");
        list.QuerySelector("a.part")!.GetAttribute("href").ShouldBe($"/handover/{id}/leaving/T1");
        list.TextContent.ShouldContain("还有 2 个座席未检查");
        var (leaving, arriving) = ($"/handover/{id}/leaving/T1", $"/handover/{id}/arriving/T2");
        var page = await RosterPageTests.Page(one, leaving);
        page.QuerySelectorAll("td.open input").Length.ShouldBe(2);
        (await one.Fill(leaving, "seats", ("act", "chosen"), ("State", "phone"))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await one.Fill(leaving, "seats", ("seat", "A01-02"), ("act", "chosen"), ("State", "phone"), ("Note", "无拨号音"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await one.Fill(leaving, "seats", ("row", "A/1"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await one.Fill(leaving, "log", ("part.problems", "优惠券不能叠加"))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await one.Fill(leaving, "log", ("Contacts", "1"), ("part.in-hand", "由 a1 接完"), ("part.problems", "优惠券不能叠加"), ("NothingElse", "true"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await two.Fill(arriving, "roll", ("act", "rest"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await RosterPageTests.Page(two, arriving)).TextContent.ShouldContain("一组");
        (await one.Fill(leaving, "sign")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        page = await RosterPageTests.Page(one, leaving);
        page.QuerySelectorAll("td.spot input").Length.ShouldBe(0);
        page.TextContent.ShouldContain("优惠券不能叠加");
        page = await RosterPageTests.Page(two, arriving);
        foreach (var said in new[] { "优惠券不能叠加", "A01-02 话机故障 (无拨号音)", "由您接班", "未读" }) page.TextContent.ShouldContain(said);
        (await two.Fill(arriving, "back-T1", ("reason", ""))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await two.Fill(arriving, "read")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await two.Fill(arriving, "sign")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await RosterPageTests.Page(one, $"/handover/{id}")).TextContent.ShouldContain("三组");
        (await three.Fill($"/handover/{id}/arriving/T3", "read")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await three.Fill($"/handover/{id}/arriving/T3", "roll", ("mark.c1", "absent"), ("act", "save"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await three.Fill($"/handover/{id}/arriving/T3", "sign")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await RosterPageTests.Page(one, "/handover")).TextContent.ShouldContain("已完成");
        var record = (await RosterPageTests.Page(one, $"/handover/{id}/record")).TextContent;
        foreach (var said in new[] { "签字完整", "A01-02 话机故障 无拨号音", "缺勤", "优惠券不能叠加" }) record.ShouldContain(said);
        (await RosterPageTests.Page(one, "/handover/archive?to=2026-11-30")).TextContent.ShouldContain("2026-11-26 16:00");
        (await (await one.GetAsync($"{ShiftCentre.Api}/handovers/archive/export?format=csv")).Content.ReadAsStringAsync()).ShouldContain("2026-11-26");
    }

    [Fact]
    public async Task A_floor_manager_sees_all_and_lets_go_with_a_reason_and_who_has_no_part_sees_nothing()
    {
        var (centre, _) = await ShiftCentre.Start(Store.Sqlite);
        await using var open = centre;
        var id = await HandoverTests.Open(centre);
        var (floor, other) = (await centre.SignIn("floor-manager"), await centre.SignIn("team-leader", "T2"));
        (await RosterPageTests.Page(floor, $"/handover/{id}")).QuerySelectorAll("li.side").Length.ShouldBe(3);
        (await floor.Fill($"/handover/{id}", "let-go", ("Team", "T1"), ("Reason", ""))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await floor.Fill($"/handover/{id}", "let-go", ("Team", "T1"), ("Reason", "停电，提前撤离"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await RosterPageTests.Page(floor, $"/handover/{id}/record")).TextContent.ShouldContain("停电，提前撤离");
        (await other.GetAsync($"/handover/{id}/leaving/T1")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await RosterPageTests.Page(other, $"/handover/{id}")).TextContent.ShouldNotContain("例外处理");
        (await other.GetAsync($"/handover/{Guid.CreateVersion7()}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
