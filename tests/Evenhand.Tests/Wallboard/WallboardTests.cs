using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Html.Parser;
using Evenhand.Measurement.Wallboard;
using Evenhand.Tests.Floor;
using Evenhand.Tests.Live;
using Evenhand.Tests.Platform;
using static Evenhand.Tests.Store;

namespace Evenhand.Tests.Wallboard;

public sealed class WallboardTests
{
    private const string Api = "/api/v1/measurement/wallboards";

    [Theory, InlineData(Sqlite), InlineData(Postgres)]
    public async Task A_board_is_there_without_any_set_up_and_shows_the_floor(Store store)
    {
        await using var centre = await FloorCentre.Start(store);
        var (manager, leader) = (await centre.Centre.SignIn("manager"), await centre.Centre.SignIn("team-leader", "T1"));
        await centre.Arrive("1");
        await centre.Arrive("2");
        var boards = await (await leader.GetAsync(Api)).Json();
        var id = boards[0].GetProperty("id").GetGuid();
        id.ShouldBe(Board.Standard);
        var shown = await (await manager.GetAsync($"{Api}/{id}")).Json();
        Tile(shown, "waiting").GetProperty("value").GetDouble().ShouldBe(2);
        Tile(shown, "offered").GetProperty("value").GetDouble().ShouldBe(2);
        Tile(shown, "longest-wait").GetProperty("since").ValueKind.ShouldBe(JsonValueKind.String);
        var page = await leader.GetAsync($"/wallboard/{id}");
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        var html = new HtmlParser().ParseDocument(await page.Content.ReadAsStringAsync());
        html.QuerySelectorAll("[data-board-page]").Length.ShouldBe(3);
        html.QuerySelector(".shell").ShouldBeNull("a wall has no menu");
        html.Body!.TextContent.ShouldContain("今日服务水平");
        html.Body.TextContent.ShouldNotContain("measurement.");
        var english = new HttpRequestMessage(HttpMethod.Get, $"/wallboard/{id}");
        english.Headers.Add("Cookie", $"{leader.DefaultRequestHeaders.GetValues("Cookie").Single()}; .AspNetCore.Culture=c%3Den%7Cuic%3Den");
        (await (await centre.Centre.Client().SendAsync(english)).Content.ReadAsStringAsync()).ShouldContain("Service level today");
        (await (await centre.Centre.SignIn("agent", null, "a1")).GetAsync($"{Api}/{id}")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        foreach (var path in new[] { "/wallboard", $"/wallboard/{id}/edit", $"/wallboard/{id}/share", $"/wallboard/{id}/edit?draft=1&name=x&p.waiting=1&lo.waiting=1&up.waiting=2&p.csat=2" })
        {
            var text = await (await manager.GetAsync(path)).Content.ReadAsStringAsync();
            new HtmlParser().ParseDocument(text).QuerySelector("main")!.TextContent.ShouldNotContain("measurement.", Case.Sensitive, path);
        }
    }

    [Theory, InlineData(Sqlite), InlineData(Postgres)]
    public async Task A_board_with_names_is_for_those_who_may_see_its_people_and_changes_are_not_lost_to_each_other(Store store)
    {
        await using var centre = await FloorCentre.Start(store);
        var (manager, own, other) = (await centre.Centre.SignIn("manager"), await centre.Centre.SignIn("team-leader", "T1"), await centre.Centre.SignIn("team-leader", "T2"));
        var id = Guid.CreateVersion7();
        object Request(int version, bool isPrivate = true, string[]? units = null, string tile = "leaderboard", double? lower = null, double? upper = null) =>
            new { Name = "一组", Version = version, Pages = new[] { new[] { new { Kind = tile, Lower = lower, Upper = upper } } }, Units = units, IsPrivate = isPrivate };
        (await (await own.PutAsJsonAsync($"{Api}/{id}", Request(0))).CodeOf(403)).ShouldBe("measurement.board.not-allowed", "the whole centre is not the leader's");
        (await own.PutAsJsonAsync($"{Api}/{id}", Request(0, isPrivate: false, units: ["T1"]))).IsSuccessStatusCode.ShouldBeTrue();
        (await own.GetAsync($"{Api}/{id}")).IsSuccessStatusCode.ShouldBeTrue();
        (await manager.GetAsync($"{Api}/{id}")).IsSuccessStatusCode.ShouldBeTrue();
        (await (await other.GetAsync($"{Api}/{id}")).CodeOf(404)).ShouldBe("measurement.board.not-found");
        (await (await other.PutAsJsonAsync($"{Api}/{id}", Request(1, units: ["T2"]))).CodeOf(403)).ShouldBe("measurement.board.not-allowed", "it is another team's");
        (await (await manager.PutAsJsonAsync($"{Api}/{id}", Request(0, units: ["T1"]))).CodeOf(409)).ShouldBe("measurement.board-changed");
        (await manager.PutAsJsonAsync($"{Api}/{id}", Request(1, units: ["T1"]))).IsSuccessStatusCode.ShouldBeTrue();
        (await other.GetAsync($"{Api}/{id}")).IsSuccessStatusCode.ShouldBeTrue("without names");
        (await (await manager.PutAsJsonAsync($"{Api}/{id}", Request(2, tile: "magic"))).CodeOf(409)).ShouldBe("measurement.board-tile-unknown");
        (await (await manager.PutAsJsonAsync($"{Api}/{id}", Request(2, tile: "waiting", lower: 9, upper: 3))).CodeOf(409)).ShouldBe("measurement.board-limits");
        (await (await manager.PutAsJsonAsync($"{Api}/{id}", Request(2, units: ["T9"]))).CodeOf(404)).ShouldBe("measurement.unit.not-found");
        (await manager.DeleteAsync($"{Api}/{id}")).IsSuccessStatusCode.ShouldBeTrue();
        (await (await manager.GetAsync($"{Api}/{id}")).CodeOf(404)).ShouldBe("measurement.board.not-found");
    }

    [Fact]
    public async Task A_manager_lays_a_board_out_by_its_page()
    {
        await using var centre = await FloorCentre.Start(Sqlite);
        var manager = await centre.Centre.SignIn("manager");
        var page = $"/wallboard/{Guid.CreateVersion7()}/edit";
        var draft = $"{page}?draft=1&name=%E4%B8%89%E6%A5%BC&rotate=7&theme=light&said=%E4%BB%8A%E6%99%9A%E6%BC%94%E7%BB%83&queue=sales&p.waiting=1&up.waiting=4&p.states=2";
        new HtmlParser().ParseDocument(await (await manager.GetAsync(draft)).Content.ReadAsStringAsync()).QuerySelectorAll(".board-preview").Length.ShouldBe(2);
        (await manager.Fill($"{page}?draft=1&name=empty", "save")).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity, "a board needs a tile");
        (await manager.Fill(draft, "save")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var board = (await (await manager.GetAsync(Api)).Json()).EnumerateArray().Single(b => b.GetProperty("name").GetString() == "三楼").GetProperty("id").GetGuid();
        var shown = await (await manager.GetAsync($"{Api}/{board}")).Json();
        (shown.GetProperty("rotateSeconds").GetInt32(), shown.GetProperty("theme").GetString(), shown.GetProperty("announcement").GetString(), shown.GetProperty("queues")[0].GetString()).ShouldBe((7, "light", "今晚演练", "sales"));
        Tile(shown, "waiting").GetProperty("lower").GetDouble().ShouldBe(2.8, 0.001);
        (await (await manager.GetAsync($"/wallboard/{board}")).Content.ReadAsStringAsync()).ShouldContain("data-theme=\"light\"");
    }

    [Theory, InlineData(Sqlite), InlineData(Postgres)]
    public async Task A_wall_is_told_of_changes_and_a_link_opens_its_own_board_only(Store store)
    {
        await using var centre = await FloorCentre.Start(store);
        var manager = await centre.Centre.SignIn("manager");
        var (id, other) = (Board.Standard, Guid.CreateVersion7());
        (await manager.PutAsJsonAsync($"{Api}/{other}", new { Name = "另一块", Version = 0, Pages = new[] { new[] { new { Kind = "waiting" } } } })).IsSuccessStatusCode.ShouldBeTrue();
        var made = await (await manager.PostAsJsonAsync($"{Api}/{id}/links", new { Name = "三楼大厅" })).Json();
        var address = made.GetProperty("address").GetString()!;
        var (wall, key) = (centre.Centre.Client(), address.Split('?')[1]);
        (await wall.GetAsync(address)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await wall.GetAsync($"/wallboard/{other}?{key}")).StatusCode.ShouldBe(HttpStatusCode.Gone);
        (await wall.GetAsync($"/wallboard/{id}?key=wrongwrongwrongwrongwr")).StatusCode.ShouldBe(HttpStatusCode.Gone);
        (await wall.GetAsync($"/wallboard/{id}/edit?{key}")).StatusCode.ShouldBe(HttpStatusCode.Gone);
        await using var live = await centre.Centre.Listen(null, query: "?" + key);
        await Should.ThrowAsync<HubException>(() => live.Join($"board:{other}"));
        await live.Join($"board:{id}");
        await live.NextMarkup();
        await centre.Arrive("1");
        var heard = "";
        while (!heard.Contains("tile-0-0", StringComparison.Ordinal)) heard += await live.NextMarkup();
        heard.ShouldContain("排队");
        heard.ShouldNotContain("measurement.");
        var leader = await centre.Centre.SignIn("team-leader", "T1");
        (await leader.PostAsJsonAsync($"{Api}/{id}/links", new { Name = "一组" })).IsSuccessStatusCode.ShouldBeTrue();
        (await manager.DeleteAsync($"{Api}/{other}/links/{made.GetProperty("id").GetGuid()}")).StatusCode.ShouldBe(HttpStatusCode.NotFound, "a link of another board");
        (await manager.DeleteAsync($"{Api}/{id}/links/{made.GetProperty("id").GetGuid()}")).IsSuccessStatusCode.ShouldBeTrue();
        (await wall.GetAsync(address)).StatusCode.ShouldBe(HttpStatusCode.Gone);
        (await manager.GetAsync($"{Api}/{id}/links")).IsSuccessStatusCode.ShouldBeTrue();
    }

    private static JsonElement Tile(JsonElement board, string kind) => board.GetProperty("pages").EnumerateArray().SelectMany(p => p.EnumerateArray()).First(t => t.GetProperty("kind").GetString() == kind);
}
