using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Audit;
using Evenhand.Platform.Contracts;
using Evenhand.Platform.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Tests.Platform;

public sealed class AuditTests
{
    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_change_is_on_record_with_who_before_and_after(Store store)
    {
        await using var centre = await TestCentre.Start(store);
        var all = await centre.Establish();
        var hr = await centre.SignIn(Roles.Hr);
        (await hr.Put($"/units/{all.UnitOf("T1")}/name", new { name = "精英组" })).EnsureSuccessStatusCode();
        var entry = await centre.Do(s => s.GetRequiredService<EvenhandDb>().Set<AuditEntry>().SingleAsync(e => e.Subject == "platform_unit" && e.Action == "changed"));
        entry.Actor.ShouldStartWith("hr-");
        entry.AccountId.ShouldNotBeNull();
        (entry.Before, entry.After).ShouldBe(("{\"Name\":\"一组\"}", "{\"Name\":\"精英组\"}"));
        var auditor = await centre.SignIn(Roles.Auditor);
        var found = await (await auditor.Get("/audit?q=精英组")).Json();
        found.GetProperty("total").GetInt32().ShouldBe(1);
        (await (await auditor.GetAsync("/audit?q=精英组")).Content.ReadAsStringAsync()).ShouldContain("精英组");
        (await auditor.Get("/audit/export?format=xlsx")).EnsureSuccessStatusCode();
        (await (await auditor.Get("/audit?action=platform.audit-exported")).Json()).GetProperty("total").GetInt32().ShouldBe(1);
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task The_database_itself_refuses_to_change_or_remove_an_entry(Store store)
    {
        await using var centre = await TestCentre.Start(store);
        await centre.Establish();
        foreach (var sql in new[] { "UPDATE platform_audit SET \"Actor\" = 'nobody'", "DELETE FROM platform_audit" })
            (await Should.ThrowAsync<System.Data.Common.DbException>(centre.Do(s => s.GetRequiredService<EvenhandDb>().Database.ExecuteSqlRawAsync(sql)))).Message.ShouldContain("append-only");
        (await centre.Do(s => s.GetRequiredService<EvenhandDb>().Set<AuditEntry>().CountAsync(e => e.Actor == "test"))).ShouldBeGreaterThan(0);
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_secret_is_never_on_record(Store store)
    {
        await using var centre = await TestCentre.Start(store);
        var key = await centre.Do(async s =>
        {
            (await s.GetRequiredService<CreateAccount>().Run(new("li", null, "a long password", null, null, null), default)).Succeeded.ShouldBeTrue();
            return (await s.GetRequiredService<CreateApiKey>().Run(new("k", Roles.Hr, null, null), default)).Value.Key;
        });
        var secrets = await centre.Do(async s =>
        {
            var db = s.GetRequiredService<EvenhandDb>();
            return new[] { key, ApiKeyScheme.HashOf(key), (await db.Set<Account>().SingleAsync()).PasswordHash!, (await db.Set<Account>().SingleAsync()).SecurityStamp };
        });
        foreach (var entry in await centre.Do(s => s.GetRequiredService<EvenhandDb>().Set<AuditEntry>().ToListAsync()))
            foreach (var secret in secrets) $"{entry.Before}{entry.After}".ShouldNotContain(secret);
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task What_was_not_saved_is_not_on_record(Store store)
    {
        await using var centre = await TestCentre.Start(store);
        await centre.Establish();
        var before = await Count(centre);
        await centre.Do(async s =>
        {
            var db = s.GetRequiredService<EvenhandDb>();
            db.Add(new ApiKey { Id = Guid.CreateVersion7(), Name = "k", Start = "ek", Hash = "h", Role = "r", UnitId = Guid.CreateVersion7() });
            await Should.ThrowAsync<DbUpdateException>(db.SaveChangesAsync());
            db.ChangeTracker.Entries<AuditEntry>().ShouldBeEmpty();
        });
        (await Count(centre)).ShouldBe(before);
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task People_are_told_by_right_and_read_it_in_their_own_language(Store store)
    {
        await using var centre = await TestCentre.Start(store);
        var all = await centre.Establish();
        var (leader, other) = (await centre.SignIn(Roles.TeamLeader, "T1"), await centre.SignIn(Roles.TeamLeader, "T2"));
        await centre.Do(async s =>
        {
            await s.GetRequiredService<INotifications>().Tell("platform.organisation-read", all.UnitOf("T1"), "platform.unit-added", ["一组"], "/organisation", default);
            await s.GetRequiredService<EvenhandDb>().SaveChangesAsync();
        });
        var own = (await (await leader.Get("/notifications")).Json()).GetProperty("rows");
        own[0].GetProperty("text").GetString().ShouldBe("已新增“一组”。");
        (await (await other.Get("/notifications")).Json()).GetProperty("total").GetInt32().ShouldBe(0);
        var id = own[0].GetProperty("id").GetGuid();
        (await (await other.Post("/notifications/read", new { notificationId = id })).Json()).GetProperty("count").GetInt32().ShouldBe(0);
        (await (await leader.GetAsync("/profile")).Content.ReadAsStringAsync()).ShouldContain("unread-count");
        (await leader.GetAsync($"/notifications/{id}")).Headers.Location!.ToString().ShouldEndWith("/organisation");
        (await (await leader.GetAsync("/profile")).Content.ReadAsStringAsync()).ShouldNotContain("unread-count");
    }

    private static Task<int> Count(TestCentre centre) => centre.Do(s => s.GetRequiredService<EvenhandDb>().Set<AuditEntry>().CountAsync());
}
