using System.Net;
using AngleSharp.Html.Parser;
using Evenhand.Kernel.Rights;
using Evenhand.Tests.Platform;

namespace Evenhand.Tests.Measurement.Pages;

public sealed class FigurePagesTests
{
    private const string Week = "?period=week&on=2026-03-04";

    [Fact]
    public async Task A_manager_goes_from_the_centre_down_to_the_contacts()
    {
        await using var made = await MadeCentre.Start(Store.Sqlite);
        var client = await made.Centre.SignIn(Roles.Manager);

        var overview = await Page(client, "/overview" + Week);
        overview.ShouldContain("672");
        overview.ShouldContain($"/queues/{made.Queue("Q")}");
        overview.ShouldContain("/contacts?from=2026-03-02&amp;to=2026-03-09");
        (await Page(client, $"/queues/{made.Queue("Q")}{Week}")).ShouldContain("Main queue");
        var teams = await Page(client, "/teams" + Week);
        teams.ShouldContain($"/teams/{made.Unit("east")}");
        teams.ShouldContain("OCC v1 (variant=talk, hold=in, training=in)");
        (await Page(client, $"/teams/{made.Unit("east")}{Week}")).ShouldContain($"/agents/{made.Agent("e1")}");
        (await Page(client, $"/agents/{made.Agent("e1")}{Week}")).ShouldContain("e1 name");
        (await Page(client, "/diagnosis?from=2026-03-02&last=2026-03-17")).ShouldContain("2026-03-10");
        (await Page(client, "/diagnosis?from=2026-03-02&last=2026-03-17&print=1")).ShouldContain("data-print");
        (await Page(client, "/definitions")).ShouldContain("answered_within(threshold)");
    }

    [Fact]
    public async Task A_threshold_and_a_variant_in_the_address_change_the_service_level_and_its_definition()
    {
        await using var made = await MadeCentre.Start(Store.Sqlite);
        var client = await made.Centre.SignIn(Roles.Manager);
        Tile(await Page(client, "/overview" + Week + "&sl=5"), "SL").ShouldBe("0.0%");
        Tile(await Page(client, "/overview" + Week + "&sl=20"), "SL").ShouldBe("95.0%");
        Tile(await Page(client, "/overview" + Week + "&sl=20&variant=answered"), "SL").ShouldBe("100.0%");
        Tile(await Page(client, "/overview" + Week + "&sl=nonsense&variant=nonsense"), "SL").ShouldBe("95.0%");
    }

    [Fact]
    public async Task An_agent_lands_on_the_own_page_and_opens_no_other()
    {
        await using var made = await MadeCentre.Start(Store.Sqlite);
        var client = await made.Centre.SignIn(Roles.Agent, null, "w1");
        var landed = await client.GetAsync("/overview" + Week);
        landed.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        landed.Headers.Location!.ToString().ShouldContain($"/agents/{made.Agent("w1")}");
        (await Page(client, $"/agents/{made.Agent("w1")}{Week}")).ShouldContain("w1 name");
        (await client.GetAsync($"/agents/{made.Agent("w2")}{Week}")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await client.GetAsync($"/teams/{made.Unit("west")}{Week}")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await client.GetAsync($"/queues/{made.Queue("Q")}{Week}")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await client.GetAsync("/teams" + Week)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task A_leader_sees_the_own_team_and_no_other()
    {
        await using var made = await MadeCentre.Start(Store.Sqlite);
        var client = await made.Centre.SignIn(Roles.TeamLeader, "east");
        var teams = await Page(client, "/teams" + Week);
        teams.ShouldContain("e1 name");
        teams.ShouldNotContain("w1 name");
        (await Page(client, $"/teams/{made.Unit("east")}{Week}")).ShouldContain("e2 name");
        (await client.GetAsync($"/teams/{made.Unit("west")}{Week}")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await client.GetAsync($"/agents/{made.Agent("w1")}{Week}")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory, InlineData("/overview"), InlineData("/teams"), InlineData("/diagnosis")]
    public async Task A_centre_without_figures_says_what_to_do(string path)
    {
        await using var centre = await TestCentre.Start(Store.Sqlite);
        (await Page(await centre.SignIn(Roles.Manager), path)).ShouldContain("还没有数据");
    }

    private static async Task<string> Page(HttpClient client, string path)
    {
        var reply = await client.GetAsync(path);
        reply.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        return await reply.Content.ReadAsStringAsync();
    }

    private static string Tile(string page, string code) =>
        new HtmlParser().ParseDocument(page).QuerySelector($"#tile-{code} .tile-value")!.TextContent.Trim();
}
