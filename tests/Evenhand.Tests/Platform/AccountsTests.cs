using System.Net;
using System.Net.Http.Headers;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Tests.Platform;

/// <summary>CreateAccount, AssignRole, EndRole, ChangeRole, CreateApiKey, RevokeApiKey.</summary>
public sealed class AccountsTests
{
    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_role_holds_from_its_first_day_until_its_last(Store store)
    {
        await using var centre = await TestCentre.Start(store);
        var all = await centre.Establish();
        var admin = await centre.SignIn(Roles.Administrator);
        var id = (await (await admin.Post("/accounts", new { name = "leader", password = "a long password", role = Roles.TeamLeader, unitId = all.UnitOf("T1") })).Json()).GetProperty("accountId").GetGuid();
        (await (await admin.Post("/accounts", new { name = "LEADER", password = "a long password" })).CodeOf(409)).ShouldBe("platform.account-name-taken");
        (await (await admin.Post("/accounts", new { name = "weak", password = "short" })).CodeOf(409)).ShouldBe("platform.password-too-short");
        (await ScopeOf(centre, id)).Units.ShouldBe([all.UnitOf("T1")]);
        (await admin.Post("/role-assignments", new { accountId = id, role = Roles.Qa, unitId = all.UnitOf("T2"), from = "2020-01-01", to = "2020-02-01" })).EnsureSuccessStatusCode();
        (await ScopeOf(centre, id)).Units.ShouldBe([all.UnitOf("T1")]);
        (await admin.Post("/role-assignments", new { accountId = id, role = Roles.Qa, unitId = all.UnitOf("D1") })).EnsureSuccessStatusCode();
        (await ScopeOf(centre, id)).Units.Count.ShouldBe(3);
        (await (await admin.Post("/role-assignments", new { accountId = id, role = Roles.Agent })).CodeOf(409)).ShouldBe("platform.account-without-agent");
        var held = (await (await admin.Get("/accounts?q=leader")).Json()).GetProperty("rows")[0].GetProperty("roles").EnumerateArray();
        foreach (var role in held.Where(r => r.GetProperty("now").GetBoolean()).ToList())
            (await admin.Post($"/role-assignments/{role.GetProperty("assignmentId").GetGuid()}/end", new { })).EnsureSuccessStatusCode();
        (await ScopeOf(centre, id)).IsNothing.ShouldBeTrue();
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Nobody_gives_or_takes_what_reaches_beyond_the_own_part(Store store)
    {
        await using var centre = await TestCentre.Start(store);
        var all = await centre.Establish();
        var chief = await centre.SignIn(Roles.Administrator);
        var local = await centre.SignIn(Roles.Administrator, "D1");
        (await (await local.Post("/accounts", new { name = "x", password = "a long password", role = Roles.Administrator })).CodeOf(403)).ShouldBe("platform.role-beyond-scope.not-allowed");
        (await (await local.Post("/accounts", new { name = "x", password = "a long password", role = Roles.Hr, unitId = all.UnitOf("T3") })).CodeOf(403)).ShouldBe("platform.role-beyond-scope.not-allowed");
        var chiefId = (await (await chief.Get("/accounts?role=administrator")).Json()).GetProperty("rows").EnumerateArray()
            .Single(r => r.GetProperty("roles")[0].GetProperty("unitId").ValueKind == System.Text.Json.JsonValueKind.Null).GetProperty("id").GetGuid();
        (await (await local.Put($"/accounts/{chiefId}", new { active = true, newPassword = "mine from now on" })).CodeOf(403)).ShouldBe("platform.account-beyond-scope.not-allowed");
        (await (await local.Get("/accounts")).Json()).GetProperty("rows").EnumerateArray().ShouldAllBe(r => r.GetProperty("id").GetGuid() != chiefId);
        (await (await local.Post("/api-keys", new { name = "k", role = Roles.Hr })).CodeOf(403)).ShouldBe("platform.role-beyond-scope.not-allowed");
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task What_a_role_may_do_changes_at_once_and_is_kept_as_a_difference(Store store)
    {
        await using var centre = await TestCentre.Start(store);
        await centre.Establish();
        var (admin, trainer) = (await centre.SignIn(Roles.Administrator), await centre.SignIn(Roles.Trainer));
        (await trainer.Get("/agents")).EnsureSuccessStatusCode();
        (await admin.Put("/roles", new { role = Roles.Trainer, permissions = new[] { "platform.audit-read" } })).EnsureSuccessStatusCode();
        (await trainer.Get("/agents")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await trainer.Get("/audit")).EnsureSuccessStatusCode();
        var start = Evenhand.App.Modules.All.All.SelectMany(m => m.Permissions).Where(p => p.Roles.Contains(Roles.Trainer)).Select(p => p.Code).ToArray();
        (await admin.Put("/roles", new { role = Roles.Trainer, permissions = start })).EnsureSuccessStatusCode();
        (await centre.Do(s => s.GetRequiredService<EvenhandDb>().Set<RolePermission>().CountAsync())).ShouldBe(0);
        (await (await admin.Put("/roles", new { role = Roles.Administrator, permissions = Array.Empty<string>() })).CodeOf(409)).ShouldBe("platform.administrator-keeps");
        (await (await admin.Put("/roles", new { role = Roles.Trainer, permissions = new[] { "platform.fly" } })).CodeOf(409)).ShouldBe("platform.permission-unknown");
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_machine_comes_in_by_its_key_until_it_is_revoked(Store store)
    {
        await using var centre = await TestCentre.Start(store);
        var all = await centre.Establish();
        var admin = await centre.SignIn(Roles.Administrator);
        var made = await (await admin.Post("/api-keys", new { name = "sync", role = Roles.Manager, unitId = all.UnitOf("T1") })).Json();
        var key = made.GetProperty("key").GetString()!;
        var machine = centre.Client();
        machine.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        (await (await machine.Get("/agents")).Json()).GetProperty("total").GetInt32().ShouldBe(2);
        (await machine.Get("/accounts")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var kept = await centre.Do(s => s.GetRequiredService<EvenhandDb>().Set<ApiKey>().SingleAsync());
        kept.Hash.ShouldNotContain(key);
        kept.LastUsedAt.ShouldNotBeNull();
        (await (await admin.Get("/api-keys")).Content.ReadAsStringAsync()).ShouldNotContain(key);
        (await admin.DeleteAsync($"/api/v1/platform/api-keys/{kept.Id}")).EnsureSuccessStatusCode();
        (await machine.Get("/agents")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var stranger = centre.Client();
        stranger.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "ek_guessed");
        (await stranger.Get("/agents")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task An_agent_holds_the_own_rows_only(Store store)
    {
        await using var centre = await TestCentre.Start(store);
        var all = await centre.Establish();
        await centre.SignIn(Roles.Agent, agent: "a1");
        var access = (await centre.Do(s => s.GetRequiredService<AccessSource>().Everybody(default))).Single();
        access.AgentId.ShouldBe(all.AgentOf("a1"));
        foreach (var scope in access.Grants.Values) (scope.All, scope.Units.Count, scope.OwnAgent).ShouldBe((false, 0, all.AgentOf("a1")));
    }

    [Fact]
    public async Task The_last_administrator_stays()
    {
        await using var centre = await TestCentre.Start(Store.Sqlite);
        var admin = await centre.SignIn(Roles.Administrator);
        var row = (await (await admin.Get("/accounts")).Json()).GetProperty("rows")[0];
        (await (await admin.Post($"/role-assignments/{row.GetProperty("roles")[0].GetProperty("assignmentId").GetGuid()}/end", new { })).CodeOf(409)).ShouldBe("platform.last-administrator");
        (await (await admin.Put($"/accounts/{row.GetProperty("id").GetGuid()}", new { active = false })).CodeOf(409)).ShouldBe("platform.own-account-off");
    }

    private static async Task<Scope> ScopeOf(TestCentre centre, Guid account) =>
        (await centre.Do(s => s.GetRequiredService<AccessSource>().Everybody(default))).Single(a => a.AccountId == account).ScopeOf("platform.organisation-read");
}
