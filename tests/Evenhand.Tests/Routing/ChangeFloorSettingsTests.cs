using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Evenhand.Dispatch.Presence;
using Evenhand.Tests.Platform;

namespace Evenhand.Tests.Routing;

public sealed class ChangeFloorSettingsTests
{
    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task What_is_laid_down_for_the_floor_is_what_it_runs_by(Store store)
    {
        await using var centre = await RuleCentre.Start(store);
        var manager = await centre.SignIn("manager");
        var settings = JsonNode.Parse((await manager.GetRules("floor")).GetRawText())!.AsObject();
        settings["version"]!.GetValue<int>().ShouldBe(0);
        foreach (var (name, value) in new[] { ("earlyMinutes", 20), ("graceMinutes", 5), ("approvalMinutes", 45), ("beatSeconds", 5), ("missedBeats", 4), ("catchUpMinutes", 10), ("ignoresBeforePause", 2), ("toggleChanges", 9), ("toggleShortSpells", 3),
            ("toggleBriefSeconds", 30), ("leastOnDutyPercent", 95), ("mostOnBreakPercent", 8), ("mostUnreachableMinutes", 4) }) settings[name] = value;
        settings["stateLimits"] = new JsonObject { ["talking"] = 600, ["meal"] = null };
        settings["breakReasons"] = new JsonArray(new JsonObject { ["code"] = "tea", ["zh"] = "喝茶", ["en"] = "Tea", ["limitMinutes"] = 7 }, new JsonObject { ["code"] = "prayer", ["zh"] = "祷告", ["en"] = "Prayer" });
        (await manager.PutAsJsonAsync($"{RuleCentre.Rules}/floor", settings)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var rules = await centre.ReadRules();
        rules.Duty.ShouldBe(new DutyRules(TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(45)));
        rules.Lease.Silence.ShouldBe(TimeSpan.FromSeconds(20));
        (rules.Dispatch.CatchUp, rules.Dispatch.IgnoresBeforePause).ShouldBe((TimeSpan.FromMinutes(10), 2));
        rules.Toggles.ShouldBe(new ToggleRules(9, 3, TimeSpan.FromSeconds(30)));
        rules.Standard.ShouldBe(new DutyStandard(0.95, 0.08, TimeSpan.FromMinutes(4)));
        rules.LimitOf(EffectiveState.Talking, null, null).ShouldBe(TimeSpan.FromMinutes(10));
        rules.LimitOf(EffectiveState.AtMeal, null, null).ShouldBeNull();
        rules.LimitOf(EffectiveState.OnBreak, "tea", null).ShouldBe(TimeSpan.FromMinutes(7));
        rules.LimitOf(EffectiveState.OnBreak, "prayer", null).ShouldBe(TimeSpan.FromMinutes(15));
        rules.BreakReasons.Select(r => r.Code).ShouldBe(["tea", "prayer"]);
        (await (await manager.PutAsJsonAsync($"{RuleCentre.Rules}/floor", settings)).CodeOf(409)).ShouldBe("routing.rules-changed-meanwhile", "version 0 is no longer the present one");
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_reason_named_like_a_state_an_unknown_state_and_numbers_out_of_bounds_are_refused(Store store)
    {
        await using var centre = await RuleCentre.Start(store);
        var (manager, leader) = (await centre.SignIn("manager"), await centre.SignIn("team-leader", "T1"));
        async Task<HttpResponseMessage> Put(Action<JsonObject> change, HttpClient? by = null)
        {
            var settings = JsonNode.Parse((await manager.GetRules("floor")).GetRawText())!.AsObject();
            change(settings);
            return await (by ?? manager).PutAsJsonAsync($"{RuleCentre.Rules}/floor", settings);
        }
        (await (await Put(s => s["breakReasons"]![0]!["code"] = "meal")).CodeOf(409)).ShouldBe("routing.reason-twice");
        (await (await Put(s => s["breakReasons"]![0]!["code"] = "Tea time")).CodeOf(409)).ShouldBe("routing.reason-unfit");
        (await (await Put(s => s["breakReasons"] = new JsonArray())).CodeOf(409)).ShouldBe("routing.reasons-none");
        (await (await Put(s => s["stateLimits"]!["asleep"] = 5)).CodeOf(409)).ShouldBe("routing.limit-state-unknown");
        (await (await Put(s => s["stateLimits"]!["meal"] = 0)).CodeOf(409)).ShouldBe("routing.limit-unfit");
        (await Put(s => s["missedBeats"] = 0)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Put(_ => { }, leader)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await leader.GetRules("floor")).GetProperty("beatSeconds").GetInt32().ShouldBe(10);
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_teams_breaks_are_changed_by_who_manages_it_and_read_by_its_leader(Store store)
    {
        await using var centre = await RuleCentre.Start(store);
        var (manager, leader, agent) = (await centre.SignIn("manager", "D1"), await centre.SignIn("team-leader", "T2"), await centre.SignIn("agent", agent: "a1"));
        (await manager.PutRules("breaks/T1", new { Cap = 4, Peaks = new[] { new { From = "10:00:00", To = "11:30:00", AtMost = 1 }, new { From = "23:00:00", To = "01:00:00", AtMost = 0 } }, LongestMinutes = 10, GrantMinutes = 3 })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var breaks = (await centre.ReadRules()).Breaks[(await centre.Organisation()).UnitOf("T1")];
        (breaks.Cap, breaks.Longest, breaks.GrantHolds).ShouldBe((4, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(3)));
        new[] { "09:59", "10:00", "11:30", "00:30" }.Select(t => breaks.QuotaAt(DateTimeOffset.Parse($"2026-06-01T{t}:00+08:00", System.Globalization.CultureInfo.InvariantCulture))).ShouldBe([4, 1, 4, 0]);
        (await (await manager.PutRules("breaks/T3", new { Cap = 4 })).CodeOf(404)).ShouldBe("routing.team.not-found", "another department's team");
        (await (await manager.PutRules("breaks/D1", new { Cap = 4 })).CodeOf(404)).ShouldBe("routing.team.not-found", "no team");
        (await (await manager.PutRules("breaks/T1", new { Cap = 4, Peaks = new[] { new { From = "10:00:00", To = "10:00:00", AtMost = 1 } } })).CodeOf(409)).ShouldBe("routing.peak-unfit");
        (await manager.PutRules("breaks/T1", new { Cap = -1 })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var rows = (await leader.GetRules("breaks")).EnumerateArray().ToList();
        rows.Select(r => r.GetProperty("team").GetString()).ShouldBe(["T2"]);
        (rows[0].GetProperty("cap").ValueKind, rows[0].GetProperty("atOnce").GetInt32(), rows[0].GetProperty("mayChange").GetBoolean()).ShouldBe((JsonValueKind.Null, 1, false));
        (await leader.PutRules("breaks/T2", new { Cap = 9 })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await agent.GetAsync($"{RuleCentre.Rules}/breaks")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }
}
