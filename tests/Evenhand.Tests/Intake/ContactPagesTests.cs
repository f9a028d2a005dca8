using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using AngleSharp.Html.Parser;
using Evenhand.Intake.Contacts;
using Evenhand.Kernel;
using Evenhand.Platform.Contracts;
using Evenhand.Tests.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Tests.Intake;

public sealed class ContactPagesTests
{
    private const string Log = """
        1795293861|c.1|sales|NONE|ENTERQUEUE||13800007468|1
        1795293862|c.1|sales|a1|CONNECT|1|x|1
        1795293865|c.1|sales|a1|COMPLETEAGENT|1|3|1
        1795293866|c.2|sales|NONE|ENTERQUEUE||13900001111|1
        1795293870|c.2|sales|c1|CONNECT|4|x|1
        1795293880|c.2|sales|c1|COMPLETECALLER|4|10|1
        1795293881|c.3|sales|NONE|ENTERQUEUE||13700002222|1
        1795293885|c.3|sales|NONE|ABANDON|1|1|4

        """;

    [Fact]
    public async Task A_manager_uploads_a_log_sees_its_contacts_and_unmasks_one_for_a_reason()
    {
        await using var centre = await TestCentre.Start(Store.Sqlite);
        await centre.Establish();
        var manager = await centre.SignIn("manager");
        var reply = await (await manager.PostAsync("/api/v1/intake/imports?name=queue_log.gz", new ByteArrayContent(Gzip(Log + "nonsense\n")))).Json();
        (reply.GetProperty("added").GetInt64(), reply.GetProperty("rejects").GetProperty("too-few-fields").GetInt64()).ShouldBe((3, 1));
        (await manager.GetStringAsync($"/api/v1/intake/imports/{reply.GetProperty("id").GetGuid()}/rejects")).ShouldContain("9\ttoo-few-fields\trejected\tnonsense");
        (await Text(manager, "/imports")).ShouldContain("queue_log.gz");
        var list = await Text(manager, "/contacts?outcome=answered");
        list.ShouldContain("138****7468");
        list.ShouldNotContain("13800007468");
        list.ShouldNotContain("137****2222");
        var id = (await Rows(manager, "/api/v1/intake/contacts")).Single(r => r.GetProperty("callId").GetString() == "c.1").GetProperty("id").GetGuid();
        var page = await Text(manager, $"/contacts/{id}");
        page.ShouldContain("坐席挂断");
        page.ShouldNotContain("13800007468");
        (await manager.Fill($"/contacts/{id}", "unmask", ("Reason", ""))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await (await manager.Fill($"/contacts/{id}", "unmask", ("Reason", "客户投诉回访"))).Content.ReadAsStringAsync()).ShouldContain("13800007468");
        (await centre.Do(s => s.GetRequiredService<EvenhandDb>().Database.SqlQuery<string>($"SELECT \"Action\" AS \"Value\" FROM platform_audit WHERE \"Subject\" = 'contact'").ToListAsync())).ShouldBe(["intake.unmasked"]);
        var csv = await manager.GetStringAsync("/api/v1/intake/contacts/export?format=csv");
        csv.ShouldContain("138****7468");
        csv.Split('\n').Length.ShouldBeGreaterThanOrEqualTo(4);
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Everybody_sees_the_contacts_of_the_own_scope_and_no_others(Store store)
    {
        await using var centre = await TestCentre.Start(store);
        await centre.Establish();
        (await centre.Import(Log)).Value.Added.ShouldBe(3);
        (await Calls(centre, "manager")).ShouldBe(["c.3", "c.2", "c.1"]);
        (await Calls(centre, "team-leader", "T1")).ShouldBe(["c.1"]);
        (await Calls(centre, "team-leader", "T3")).ShouldBe(["c.2"]);
        (await Calls(centre, "agent", agent: "a1")).ShouldBe(["c.1"]);
        var leader = await centre.SignIn("team-leader", "T1");
        var others = (await centre.During(0, long.MaxValue / 4000)).Single(c => c.CallId == "c.2").Id;
        (await leader.GetAsync($"/api/v1/intake/contacts/{others}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await leader.GetAsync($"/contacts/{others}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await leader.PostAsync("/api/v1/intake/imports", new StringContent(Log))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await leader.GetAsync("/imports")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await leader.PostAsync($"/api/v1/intake/contacts/{others}/unmask", JsonContent("""{"reason":"because"}"""))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Contacts_are_filtered_sorted_and_paged()
    {
        await using var centre = await TestCentre.Start(Store.Sqlite);
        var all = await centre.Establish();
        await centre.Import(Log);
        var manager = await centre.SignIn("manager");
        (await Found(manager, "?sort=wait")).ShouldBe(["c.1", "c.2", "c.3"]);
        (await Found(manager, "?sort=-talk")).ShouldBe(["c.2", "c.1", "c.3"]);
        (await Found(manager, "?minWait=4")).ShouldBe(["c.3", "c.2"]);
        (await Found(manager, "?outcome=abandoned")).ShouldBe(["c.3"]);
        (await Found(manager, $"?agent={all.AgentOf("c1")}")).ShouldBe(["c.2"]);
        (await Found(manager, $"?team={all.UnitOf("D1")}&from=2026-11-01&to=2026-12-01")).ShouldBe(["c.1"]);
        (await Found(manager, "?to=2026-11-01")).ShouldBeEmpty();
        (await Found(manager, "?size=1&page=2")).ShouldBe(["c.2"]);
        (await (await manager.GetAsync("/api/v1/intake/contacts?outcome=lost")).CodeOf(409)).ShouldBe("intake.unknown-outcome");
        (await manager.GetAsync("/api/v1/intake/contacts?size=1000")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("13800007468", "138****7468"), InlineData("12345678", "12****78"), InlineData("1234", "1****"), InlineData("12", "****"), InlineData(null, null)]
    public void A_number_is_masked_in_its_middle(string? number, string? shown) => CustomerMask.Of(number).ShouldBe(shown);

    private static async Task<string[]> Calls(TestCentre centre, string role, string? unit = null, string? agent = null) => await Found(await centre.SignIn(role, unit, agent), "");

    private static async Task<string[]> Found(HttpClient client, string query) => [.. (await Rows(client, "/api/v1/intake/contacts" + query)).Select(r => r.GetProperty("callId").GetString()!)];

    private static async Task<List<JsonElement>> Rows(HttpClient client, string address) => [.. (await (await client.GetAsync(address)).Json()).GetProperty("rows").EnumerateArray()];

    private static StringContent JsonContent(string json) => new(json, Encoding.UTF8, "application/json");

    private static byte[] Gzip(string text)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, true)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }

    private static async Task<string> Text(HttpClient client, string address)
    {
        var answer = await client.GetAsync(address);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, address);
        var text = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync()).QuerySelector("main")!.TextContent;
        text.ShouldNotContain("intake.");
        return text;
    }
}
