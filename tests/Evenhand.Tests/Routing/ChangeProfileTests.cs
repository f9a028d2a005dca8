using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Evenhand.Dispatch.Queues;
using Evenhand.Kernel.Rights;
using Evenhand.Routing.Rules;
using Evenhand.Tests.Platform;
using Microsoft.Extensions.DependencyInjection;
using Rights = Evenhand.Routing.Rights;

namespace Evenhand.Tests.Routing;

public sealed class ChangeProfileTests
{
    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Skills_certificates_and_mix_reach_the_router_and_a_certificate_runs_out_with_its_last_day(Store store)
    {
        await using var centre = await RuleCentre.Start(store);
        var manager = await centre.SignIn("manager", "D1");
        (await manager.PutAsJsonAsync($"{RuleCentre.Agents}/a1/skills", new
        {
            Skills = new[] { new { Skill = "英语", Level = 4 }, new { Skill = "退换货", Level = 2 } }, Certificates = new object[] { new { Name = "基金", LastDay = "2026-12-31" }, new { Name = "外呼" } },
            Mix = new { Call = 0, Chat = 500, WorkItem = 0 }, Version = 0,
        })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var profile = (await centre.ReadRules()).Agents.Single(a => a.Skills.Count > 0);
        profile.Id.ShouldBe((await centre.Organisation()).AgentOf("a1"));
        profile.Mix.ShouldBe(new ChannelMix(0, 500, 0));
        profile.Has([new SkillNeed("英语", 4)], ["外呼"], DateTimeOffset.MaxValue).ShouldBeTrue();
        profile.Has([new SkillNeed("英语", 5)], [], DateTimeOffset.UnixEpoch).ShouldBeFalse();
        profile.Has([], ["基金"], At("2026-12-31T23:59:59+08:00")).ShouldBeTrue();
        profile.Has([], ["基金"], At("2027-01-01T00:00:00+08:00")).ShouldBeFalse();
        var row = (await Rows(manager, "?skill=英语"))[0];
        (row.GetProperty("code").GetString(), row.GetProperty("skills")[0].GetProperty("skill").GetString(), row.GetProperty("version").GetInt32()).ShouldBe(("a1", "英语", 1));
        (await Rows(manager, "?team=T2")).Select(r => r.GetProperty("code").GetString()).ShouldBe(["b1"]);
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task What_cannot_be_is_refused_and_who_comes_second_is_told(Store store)
    {
        await using var centre = await RuleCentre.Start(store);
        var manager = await centre.SignIn("manager");
        async Task<string?> Put(object body, int status = 409) => await (await manager.PutAsJsonAsync($"{RuleCentre.Agents}/a1/skills", body)).CodeOf(status);
        (await Put(new { Skills = new[] { new { Skill = "英语", Level = 0 } } })).ShouldBe("routing.skill-unfit");
        (await Put(new { Skills = new[] { new { Skill = "英语", Level = 1 }, new { Skill = "英语", Level = 2 } } })).ShouldBe("routing.skill-twice");
        (await Put(new { Certificates = new[] { new { Name = " " } } })).ShouldBe("routing.certificate-unfit");
        (await Put(new { Mix = new { Call = 1001, Chat = 0, WorkItem = 0 } })).ShouldBe("routing.mix-unfit");
        (await Put(new { Version = 1 })).ShouldBe("routing.rules-changed-meanwhile");
        var both = await Task.WhenAll(Enumerable.Range(1, 8).Select(level => manager.PutAsJsonAsync($"{RuleCentre.Agents}/a1/skills", new { Skills = new[] { new { Skill = "英语", Level = level % 5 + 1 } }, Version = 0 })));
        both.Count(a => a.IsSuccessStatusCode).ShouldBe(1, "eight at once who all saw nothing laid down");
        foreach (var late in both.Where(a => !a.IsSuccessStatusCode)) (await late.CodeOf(409)).ShouldBe("routing.rules-changed-meanwhile");
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_list_sets_what_it_names_and_a_bad_line_keeps_all_of_it_out(Store store)
    {
        await using var centre = await RuleCentre.Start(store);
        var manager = await centre.SignIn("manager");
        (await manager.PutAsJsonAsync($"{RuleCentre.Agents}/a1/skills", new { Skills = new[] { new { Skill = "退换货", Level = 2 }, new { Skill = "旧", Level = 1 } } })).EnsureSuccessStatusCode();
        var address = $"{RuleCentre.Agents}/skills/import";
        var faulty = await manager.Upload(address, "agent;skill;level\na1;英语;3\nnobody;英语;3\na2;英语;7\n");
        var said = await faulty.Content.ReadAsStringAsync();
        (await faulty.CodeOf(409)).ShouldBe("routing.list-faulty");
        foreach (var line in new[] { "第 3 行", "第 4 行" }) said.ShouldContain(line);
        (await Rows(manager, "?skill=英语")).ShouldBeEmpty();
        var taken = await (await manager.Upload(address, "工号;技能;级别\na1;英语;3\na1;旧;0\nb1;英语;5\n")).Json();
        (taken.GetProperty("agents").GetInt32(), taken.GetProperty("skills").GetInt32()).ShouldBe((2, 3));
        var rules = await centre.ReadRules();
        rules.Agents.Single(a => a.Skills.ContainsKey("退换货")).Skills.ShouldBe(new Dictionary<string, int> { ["英语"] = 3, ["退换货"] = 2 }, ignoreOrder: true);
        var export = await (await manager.GetAsync($"{RuleCentre.Agents}/skills/export?format=csv")).Content.ReadAsStringAsync();
        export.ShouldContain("a1,英语,3,A1,一组");
        export.ShouldContain("c1,,,C1,三组");
        (await (await manager.Upload(address, export, "skills.csv")).CodeOf(409)).ShouldBe("routing.list-faulty", "an agent without a skill has no row to take in");
        (await (await manager.Upload(address, string.Join('\n', export.Split('\n').Where(l => !l.Contains(",,", StringComparison.Ordinal))))).Json()).GetProperty("skills").GetInt32().ShouldBe(3);
        (await (await manager.Upload(address, "agent;skill;level\n")).CodeOf(409)).ShouldBe("routing.list-empty");
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_leader_sees_the_own_team_and_a_manager_changes_the_own_units(Store store)
    {
        await using var centre = await RuleCentre.Start(store);
        var (leader, agent, other) = (await centre.SignIn("team-leader", "T1"), await centre.SignIn("agent", agent: "a1"), await centre.SignIn("manager", "T3"));
        (await Rows(leader)).Select(r => r.GetProperty("code").GetString()).ShouldBe(["a1", "a2"]);
        (await leader.PutAsJsonAsync($"{RuleCentre.Agents}/a1/skills", new { })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await agent.GetAsync(RuleCentre.Agents)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await (await other.PutAsJsonAsync($"{RuleCentre.Agents}/a1/skills", new { })).CodeOf(404)).ShouldBe("routing.profile.not-found");
        (await (await other.Upload($"{RuleCentre.Agents}/skills/import", "a1;英语;3")).CodeOf(409)).ShouldBe("routing.list-faulty");
        (await other.PutAsJsonAsync($"{RuleCentre.Agents}/c1/skills", new { Skills = new[] { new { Skill = "英语", Level = 1 } } })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await leader.GetStringAsync($"{RuleCentre.Agents}/skills/export")).ShouldNotContain("c1");
    }

    [Fact]
    public async Task Who_sees_an_agent_without_managing_the_unit_changes_nothing()
    {
        await using var centre = await RuleCentre.Start(Store.Sqlite);
        var own = new Scope(false, new HashSet<Guid> { (await centre.Organisation()).UnitOf("T3") }, null);
        var access = new Access(null, "somebody", null, [], new Dictionary<string, Scope> { [Rights.Rules] = Scope.Everything, [Rights.Configure] = own });
        (await centre.Do(s => s.GetRequiredService<ChangeProfile>().Run("a1", new(), default), access)).Refusal!.Code.ShouldBe("routing.profile.not-allowed");
        (await centre.Do(s => s.GetRequiredService<ChangeBreakRules>().Run("T1", new(3), default), access)).Refusal!.Code.ShouldBe("routing.team.not-allowed");
        (await centre.Do(s => s.GetRequiredService<ChangeProfile>().Run("c1", new(), default), access)).Succeeded.ShouldBeTrue();
    }

    private static async Task<List<JsonElement>> Rows(HttpClient client, string query = "") => [.. (await (await client.GetAsync(RuleCentre.Agents + query)).Json()).GetProperty("rows").EnumerateArray()];

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
