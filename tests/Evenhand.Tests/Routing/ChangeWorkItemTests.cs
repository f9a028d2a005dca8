using System.Net;
using System.Net.Http.Json;
using Evenhand.Kernel;
using Evenhand.Routing.WorkItems;
using Evenhand.Tests.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Tests.Routing;

public sealed class ChangeWorkItemTests
{
    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Of_two_changes_to_the_same_version_one_wins_and_the_other_is_told(Store store)
    {
        await using var centre = await WorkCentre.Start(store);
        var manager = await centre.SignIn("manager");
        var id = await manager.Make();
        (await manager.Change(id, 1, "about", "first")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await manager.Change(id, 1, "about", "second")).CodeOf(409)).ShouldBe("routing.work-item-changed");
        var race = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => manager.Change(id, 2, "about", $"racer {n}")));
        race.Count(a => a.StatusCode == HttpStatusCode.OK).ShouldBe(1);
        race.Count(a => a.StatusCode == HttpStatusCode.Conflict).ShouldBe(7);
        var item = await manager.Item(id);
        (item.GetProperty("version").GetInt32(), item.GetProperty("history").GetArrayLength()).ShouldBe((3, 3));
        (await CreateWorkItemTests.Facts(centre)).ShouldBe(["WorkItemCreated", "WorkItemChanged", "WorkItemChanged"]);
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task An_item_goes_through_its_states_and_no_other_way_and_the_history_cannot_be_rewritten(Store store)
    {
        await using var centre = await WorkCentre.Start(store);
        var manager = await centre.SignIn("manager");
        var id = await manager.Make();
        (await (await manager.Move(id, 1, "done")).CodeOf(409)).ShouldBe("routing.move-impossible");
        (await (await manager.Move(id, 1, "assigned")).CodeOf(409)).ShouldBe("routing.agent-needed");
        (await (await manager.Move(id, 1, "assigned", "a1")).Json()).GetProperty("agent").GetString().ShouldBe("a1");
        (await manager.Item(id)).GetProperty("respondedAt").GetString().ShouldBeNull();
        (await manager.Move(id, 2, "in-progress")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await manager.Move(id, 3, "done")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await manager.Change(id, 4, "about", "x")).CodeOf(409)).ShouldBe("routing.work-item-closed");
        var item = await manager.Item(id);
        item.GetProperty("closedAt").GetString().ShouldNotBeNull();
        item.GetProperty("history").EnumerateArray().Select(h => h.GetProperty("what").GetString()).ShouldBe(["created", "moved", "moved", "moved"]);
        await Should.ThrowAsync<Exception>(centre.Do(s => s.GetRequiredService<EvenhandDb>().Steps.ExecuteDeleteAsync()));
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Personal_values_are_masked_everywhere_and_shown_for_a_right_and_a_reason(Store store)
    {
        await using var centre = await WorkCentre.Start(store);
        var (manager, leader) = (await centre.SignIn("manager"), await centre.SignIn("team-leader", "T1"));
        var id = await manager.Make();
        await manager.Change(id, 1, "phone", "13911112222");
        var shown = await (await manager.GetAsync($"{WorkCentre.Items}/{id}")).Content.ReadAsStringAsync();
        foreach (var secret in new[] { "13800007468", "13911112222", "王小明" }) shown.ShouldNotContain(secret);
        foreach (var masked in new[] { "138****7468", "139****2222" }) shown.ShouldContain(masked);
        (await manager.PostAsJsonAsync($"{WorkCentre.Items}/{id}/unmask", new { Reason = "" })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await leader.PostAsJsonAsync($"{WorkCentre.Items}/{id}/unmask", new { Reason = "curious" })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await (await manager.PostAsJsonAsync($"{WorkCentre.Items}/{id}/unmask", new { Reason = "客户投诉" })).Json()).GetProperty("fields").GetProperty("phone").GetString().ShouldBe("13911112222");
        (await centre.Do(s => s.GetRequiredService<EvenhandDb>().Database.SqlQuery<string>($"SELECT \"Action\" AS \"Value\" FROM platform_audit WHERE \"Subject\" = 'work-item'").ToListAsync())).ShouldBe(["routing.unmasked"]);
        (await (await manager.GetAsync(WorkCentre.Items + "/export?format=csv")).Content.ReadAsStringAsync()).ShouldContain("回拨");
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Everybody_sees_and_touches_the_items_of_the_own_scope_and_no_others(Store store)
    {
        await using var centre = await WorkCentre.Start(store);
        var manager = await centre.SignIn("manager");
        var (one, two) = (await manager.Make(WorkCentre.CallBack("one")), await manager.Make(WorkCentre.CallBack("two")));
        await manager.Move(two, 1, "assigned", "c1");
        (await (await centre.SignIn("team-leader", "T1")).Subjects("?sort=created")).ShouldBe(["one", "two"]);
        (await (await centre.SignIn("team-leader", "T3")).Subjects()).ShouldBe(["two"]);
        (await (await centre.SignIn("team-leader", "T2")).Subjects()).ShouldBeEmpty();
        var (a1, c1) = (await centre.SignIn("agent", agent: "a1"), await centre.SignIn("agent", agent: "c1"));
        (await c1.Subjects()).ShouldBe(["two"]);
        (await c1.GetAsync($"{WorkCentre.Items}/{one}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await c1.Move(one, 1, "in-progress")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await (await c1.Send(WorkCentre.CallBack())).CodeOf(403)).ShouldBe("routing.queue.not-allowed");
        (await (await c1.Move(two, 2, "assigned", "a1")).CodeOf(409)).ShouldBe("routing.move-impossible");
        (await c1.Move(two, 2, "in-progress")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await c1.Move(two, 3, "assigned", "a1")).CodeOf(403)).ShouldBe("routing.agent.not-allowed");
        var own = await a1.Make(WorkCentre.CallBack("own"));
        (await a1.Subjects()).ShouldBe(["own"]);
        (await (await a1.Change(own, 1, "about", "x")).CodeOf(403)).ShouldBe("routing.work-item.not-allowed");
        (await (await centre.SignIn("auditor")).Send(WorkCentre.CallBack())).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Items_are_filtered_sorted_and_paged(Store store)
    {
        await using var centre = await WorkCentre.Start(store);
        var manager = await centre.SignIn("manager");
        await manager.Make(WorkCentre.CallBack("a"));
        await manager.Make(new { Type = "address-completion", Subject = "b", Queue = "sales", Fields = new Dictionary<string, string> { ["order-number"] = "1", ["phone"] = "13800007468" } });
        var late = await manager.Make(WorkCentre.CallBack("c-late"));
        await centre.Do(s => s.GetRequiredService<EvenhandDb>().WorkItems.Where(i => i.Id == late).ExecuteUpdateAsync(set => set.SetProperty(i => i.ResolveBy, DateTimeOffset.UnixEpoch)));
        (await manager.Subjects("?sort=created")).ShouldBe(["a", "b", "c-late"]);
        (await manager.Subjects("?type=address-completion")).ShouldBe(["b"]);
        (await manager.Subjects("?overdue=true")).ShouldBe(["c-late"]);
        (await manager.Subjects("?due=1970-01-02")).ShouldBe(["c-late"]);
        (await manager.Subjects("?text=lat")).ShouldBe(["c-late"]);
        (await manager.Subjects("?queue=none")).ShouldBeEmpty();
        (await manager.Subjects("?state=done")).ShouldBeEmpty();
        (await manager.Subjects("?sort=created&size=1&page=2")).ShouldBe(["b"]);
        (await manager.Subjects("?sort=due")).First().ShouldBe("c-late");
    }

    [Fact]
    public async Task A_file_is_kept_once_checked_and_given_back_to_who_may_see_the_item()
    {
        await using var centre = await WorkCentre.Start(Store.Sqlite);
        var (manager, stranger) = (await centre.SignIn("manager"), await centre.SignIn("team-leader", "T3"));
        var id = await manager.Make();
        Task<HttpResponseMessage> Attach(string name, byte[] bytes) => manager.PostAsync($"{WorkCentre.Items}/{id}/files?name={name}", new ByteArrayContent(bytes));
        var png = new byte[] { 0x89, 0x50, 0x4e, 0x47, 1, 2, 3 };
        var file = (await (await Attach("a.png", png)).Json()).GetProperty("id").GetGuid();
        await Attach("b.png", png);
        (await manager.GetByteArrayAsync($"{WorkCentre.Items}/{id}/files/{file}")).ShouldBe(png);
        Directory.GetFiles(Path.Combine(centre.Directory, "files"), "*", SearchOption.AllDirectories).Length.ShouldBe(1);
        (await stranger.GetAsync($"{WorkCentre.Items}/{id}/files/{file}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await (await Attach("c.exe", png)).CodeOf(409)).ShouldBe("routing.file-kind");
        (await (await Attach("c.pdf", png)).CodeOf(409)).ShouldBe("routing.file-unlike");
        (await (await Attach("d.txt", new byte[AttachFile.Largest + 1])).CodeOf(409)).ShouldBe("routing.file-too-large");
        (await manager.Item(id)).GetProperty("files").GetArrayLength().ShouldBe(2);
    }
}
