using System.Text;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Tests.Platform;

/// <summary>AddUnit, RenameUnit, ChangeAgent, NameQueue, ChangeZone, ReadAgents.</summary>
public sealed class OrganisationTests
{
    private sealed record SomethingMeasured(int Number);

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Units_are_added_and_renamed_within_the_own_part(Store store)
    {
        await using var centre = await TestCentre.Start(store);
        var all = await centre.Establish();
        var manager = await centre.SignIn(Roles.Manager, "D1");
        (await manager.Post("/units", new { parentId = all.UnitOf("D1"), kind = 2, code = "T4", name = "四组" })).EnsureSuccessStatusCode();
        (await (await manager.Post("/units", new { parentId = all.UnitOf("D1"), kind = 2, code = "T4", name = "五组" })).CodeOf(409)).ShouldBe("platform.unit-code-taken");
        (await (await manager.Post("/units", new { parentId = all.UnitOf("centre"), kind = 2, code = "T9", name = "九组" })).CodeOf(403)).ShouldBe("platform.unit-beyond-scope.not-allowed");
        (await (await manager.Post("/units", new { parentId = all.UnitOf("T1"), kind = 2, code = "T9", name = "九组" })).CodeOf(409)).ShouldBe("platform.team-has-no-units");
        (await manager.Put($"/units/{all.UnitOf("T1")}/name", new { name = "精英组" })).EnsureSuccessStatusCode();
        (await (await manager.Put($"/units/{all.UnitOf("T3")}/name", new { name = "精英组" })).CodeOf(403)).ShouldBe("platform.unit-beyond-scope.not-allowed");
        all = await centre.Organisation();
        all.Units[all.UnitOf("T1")].Name.ShouldBe("精英组");
        all.Units[all.UnitOf("T4")].ParentId.ShouldBe(all.UnitOf("D1"));
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Who_leaves_ends_the_stay_on_that_day(Store store)
    {
        await using var centre = await TestCentre.Start(store);
        var all = await centre.Establish();
        var hr = await centre.SignIn(Roles.Hr);
        var left = new DateOnly(2026, 6, 30);
        (await hr.Put($"/agents/{all.AgentOf("a1")}", new { name = "张三", joinedOn = SampleCentre.Start, leftOn = left })).EnsureSuccessStatusCode();
        all = await centre.Organisation();
        all.PlacementsOf(all.AgentOf("a1")).Single().To.ShouldBe(left);
        all.Agents[all.AgentOf("a1")].Name.ShouldBe("张三");
        (await (await hr.Put($"/agents/{all.AgentOf("a1")}", new { name = "张三", joinedOn = left, leftOn = SampleCentre.Start })).CodeOf(409)).ShouldBe("platform.dates-reversed");
        (await (await hr.Put($"/agents/{Guid.CreateVersion7()}", new { name = "n" })).CodeOf(404)).ShouldBe("platform.agent.not-found");
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_queue_found_in_a_log_waits_until_it_is_named(Store store)
    {
        await using var centre = await TestCentre.Start(store);
        await centre.Establish();
        var id = await centre.Do(async s => (await s.GetRequiredService<IOrganisation>().EnsureQueues(["600"], "log", default))["600"]);
        (await centre.Organisation()).Queues[id].Placed.ShouldBeFalse();
        var hr = await centre.SignIn(Roles.Hr);
        (await hr.Put($"/queues/{id}", new { name = "投诉" })).EnsureSuccessStatusCode();
        (await centre.Organisation()).Queues[id].ShouldBe(new Queue(id, "600", "投诉", true));
        var local = await centre.SignIn(Roles.Manager, "D1");
        (await (await local.Put($"/queues/{id}", new { name = "x" })).CodeOf(403)).ShouldBe("platform.whole-centre-only.not-allowed");
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task The_zone_changes_freely_until_there_are_figures(Store store)
    {
        await using var centre = await TestCentre.Start(store);
        await centre.Establish();
        var admin = await centre.SignIn(Roles.Administrator);
        (await admin.Put("/zone", new { zone = "Asia/Tokyo" })).EnsureSuccessStatusCode();
        await centre.Do(async s =>
        {
            var db = s.GetRequiredService<EvenhandDb>();
            db.Publish(new SomethingMeasured(1), DateTimeOffset.UnixEpoch, "test");
            await db.SaveChangesAsync();
        });
        (await (await admin.Put("/zone", new { zone = "Asia/Shanghai" })).CodeOf(409)).ShouldBe("platform.zone-has-figures");
        (await centre.Organisation()).Zone.Id.ShouldBe("Asia/Tokyo");
        (await admin.Put("/zone", new { zone = "Asia/Shanghai", confirmed = true })).EnsureSuccessStatusCode();
        (await centre.Organisation()).Zone.Id.ShouldBe("Asia/Shanghai");
        (await (await admin.Put("/zone", new { zone = "Mars/Olympus" })).CodeOf(409)).ShouldBe("platform.zone-unknown");
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_leader_sees_the_own_team_and_no_other(Store store)
    {
        await using var centre = await TestCentre.Start(store);
        var all = await centre.Establish();
        var leader = await centre.SignIn(Roles.TeamLeader, "T1");
        (await Codes(leader)).ShouldBe(["a1", "a2"]);
        (await Codes(await centre.SignIn(Roles.Manager, "D1"))).ShouldBe(["a1", "a2", "b1"]);
        (await Codes(await centre.SignIn(Roles.Hr))).ShouldBe(["a1", "a2", "b1", "c1", "x1"]);
        ((int)(await leader.GetAsync($"/organisation/agents/{all.AgentOf("b1")}")).StatusCode).ShouldBe(404);
        (await leader.GetAsync($"/organisation/agents/{all.AgentOf("a1")}")).EnsureSuccessStatusCode();
        (await (await leader.Get("/agents/export?format=csv")).Content.ReadAsStringAsync()).ShouldNotContain("b1");
        (await (await leader.GetAsync("/organisation")).Content.ReadAsStringAsync()).ShouldNotContain(">B1<");
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_list_of_agents_is_taken_whole_or_its_lines_are_named(Store store)
    {
        await using var centre = await TestCentre.Start(store);
        await centre.Establish();
        var hr = await centre.SignIn(Roles.Hr);
        var bad = await Import(hr, "工号,姓名,班组,入职\n1001,张三,T1,2026-02-01\n1002,李四,没有,2026-02-01\n1003,王五,T1,二月\n1001,赵六,T1,\n");
        var detail = await bad.Content.ReadAsStringAsync();
        (await bad.CodeOf(409)).ShouldBe("platform.import-lines");
        detail.ShouldContain("第 3 行"); detail.ShouldContain("第 4 行"); detail.ShouldContain("第 5 行");
        (await centre.Organisation()).Agents.Count.ShouldBe(5);
        var good = await (await Import(hr, "code,name,team,joined\n1001,\"张, 三\",T1,2026-02-01\na1,A One,T2,\nx1,,三组,2026-03-01\n")).Json();
        (good.GetProperty("created").GetInt32(), good.GetProperty("changed").GetInt32(), good.GetProperty("placed").GetInt32()).ShouldBe((1, 2, 3));
        var all = await centre.Organisation();
        all.Agents[all.AgentOf("1001")].Name.ShouldBe("张, 三");
        all.PlacementsOf(all.AgentOf("1001")).Single().From.ShouldBe(new DateOnly(2026, 2, 1));
        all.PlacementsOf(all.AgentOf("a1")).Count.ShouldBe(2);
        var gb = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes("工号,姓名\n2001,陈晨\n");
        (await Import(hr, gb)).EnsureSuccessStatusCode();
        (await centre.Organisation()).Agents.Values.ShouldContain(a => a.Name == "陈晨");
        (await (await Import(hr, "a,b\n", "agents.exe")).CodeOf(409)).ShouldBe("platform.import-not-csv");
    }

    private static Task<HttpResponseMessage> Import(HttpClient client, string text, string name = "agents.csv") => Import(client, Encoding.UTF8.GetBytes(text), name);

    private static async Task<HttpResponseMessage> Import(HttpClient client, byte[] bytes, string name = "agents.csv")
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(bytes), "file", name } };
        return await client.PostAsync("/api/v1/platform/agents/import", form);
    }

    private static async Task<List<string?>> Codes(HttpClient client) =>
        [.. (await (await client.Get("/agents?size=100")).Json()).GetProperty("rows").EnumerateArray().Select(r => r.GetProperty("code").GetString())];
}
