using System.Net;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Platform.Sharing;
using Evenhand.Tests.Live;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Tests.Platform;

/// <summary>Links that open one page to whoever has them. The page of the organisation stands for a wallboard.</summary>
public sealed class ShareKeyTests
{
    private const string Right = "platform.organisation-read";

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_link_opens_its_page_for_reading_and_no_other(Store store)
    {
        await using var centre = await LiveCentre.Start(store);
        await centre.Establish();
        var address = (await Make(centre)).Value.Address;
        address.ShouldMatch(@"^/organisation\?key=[A-Za-z0-9_-]{22}$");
        var stranger = centre.Client();
        (await stranger.GetAsync(address)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var key = address.Split('?')[1];
        foreach (var other in new[] { "/accounts", "/", "/profile", "/notifications", "/organisation/queues" }) (await stranger.GetAsync($"{other}?{key}")).StatusCode.ShouldBe(HttpStatusCode.Gone, other);
        (await stranger.PostAsync(address, null)).StatusCode.ShouldBeOneOf(HttpStatusCode.Gone, HttpStatusCode.BadRequest);
        (await stranger.GetAsync($"/api/v1/platform/agents?{key}")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await centre.Do(s => s.GetRequiredService<IShareKeys>().Of("unit:1", default))).Single().LastUsedAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_link_shows_only_the_part_it_was_made_for_and_joins_only_its_topic()
    {
        await using var centre = await LiveCentre.Start(Store.Sqlite);
        var organisation = await centre.Establish();
        var (own, other) = (organisation.UnitOf("T1"), organisation.UnitOf("T2"));
        var address = (await Make(centre, own, $"unit:{own}")).Value.Address;
        var page = Design.Pages.Parse(await (await centre.Client().GetAsync(address)).Content.ReadAsStringAsync());
        page.QuerySelectorAll("tbody tr").Select(row => row.QuerySelector("a")!.TextContent.Trim()).Order().ShouldBe(["A1", "A2"]);
        await using var wall = await centre.Listen(null, query: "?" + address.Split('?')[1]);
        await wall.Join($"unit:{own}");
        foreach (var topic in new[] { $"unit:{other}", "open:1" }) await Should.ThrowAsync<HubException>(() => wall.Join(topic));
    }

    [Fact]
    public async Task A_link_ends_by_its_time_and_by_hand_and_those_who_listen_are_cut_off()
    {
        var clock = new ManualClock(TimeProvider.System.GetUtcNow());
        await using var centre = await LiveCentre.Start(Store.Sqlite, clock);
        var unit = (await centre.Establish()).UnitOf("T1");
        var short_ = (await Make(centre, unit, "unit:short", clock.GetUtcNow().AddHours(1))).Value;
        var made = (await Make(centre, unit, $"unit:{unit}")).Value;
        (await centre.Client().GetAsync(short_.Address)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await using var wall = await centre.Listen(null, query: "?" + made.Address.Split('?')[1]);
        await wall.Join($"unit:{unit}");
        await wall.NextMarkup();
        clock.Advance(TimeSpan.FromHours(1));
        (await centre.Client().GetAsync(short_.Address)).StatusCode.ShouldBe(HttpStatusCode.Gone);
        (await centre.Do(s => s.GetRequiredService<IShareKeys>().Revoke(made.Id, "unit:wrong", default))).Refusal!.Code.ShouldBe("platform.key.not-found");
        (await centre.Do(s => s.GetRequiredService<IShareKeys>().Revoke(made.Id, $"unit:{unit}", default))).Succeeded.ShouldBeTrue();
        var answer = await centre.Client().GetAsync(made.Address);
        answer.StatusCode.ShouldBe(HttpStatusCode.Gone);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("链接已失效");
        await LiveHubTests.Eventually(() =>
        {
            clock.Advance(Evenhand.Platform.Live.LiveDoor.Every);
            return wall.Messages.Completion.IsCompleted;
        });
        (await Should.ThrowAsync<InvalidOperationException>(() => centre.Listen(null, query: "?" + made.Address.Split('?')[1]))).Message.ShouldContain("410");
    }

    [Fact]
    public async Task Nobody_gives_away_more_than_the_own_right()
    {
        await using var centre = await LiveCentre.Start(Store.Sqlite);
        var organisation = await centre.Establish();
        var leader = new Access(null, "leader", null, [], new Dictionary<string, Scope> { [Right] = new(false, new HashSet<Guid> { organisation.UnitOf("T1") }, null) });
        foreach (var unit in new Guid?[] { null, organisation.UnitOf("T2") })
            (await centre.Do(s => s.GetRequiredService<IShareKeys>().Make(Link(unit, "unit:x"), default), leader)).Refusal!.Code.ShouldBe("platform.share-beyond-scope.not-allowed");
        (await centre.Do(s => s.GetRequiredService<IShareKeys>().Make(Link(organisation.UnitOf("T1"), "unit:x"), default), leader)).Succeeded.ShouldBeTrue();
        (await centre.Do(s => s.GetRequiredService<IShareKeys>().Make(Link(organisation.UnitOf("T1"), "unit:x") with { Permission = "platform.accounts-read" }, default), leader)).Succeeded.ShouldBeFalse();
        (await centre.Do(s => s.GetRequiredService<IShareKeys>().Make(Link(null, "unit:x") with { ExpiresAt = DateTimeOffset.UnixEpoch }, default))).Refusal!.Code.ShouldBe("platform.key-expires-in-past");
    }

    [Fact]
    public async Task Who_tries_keys_hears_soon_that_it_is_too_often_and_a_right_key_still_works()
    {
        await using var centre = await LiveCentre.Start(Store.Sqlite);
        await centre.Establish();
        var address = (await Make(centre)).Value.Address;
        var stranger = centre.Client();
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i <= ShareKeyAttempts.WrongAMinute; i++) answers.Add((await stranger.GetAsync($"/organisation?key=wrong-{i}")).StatusCode);
        answers.Distinct().ShouldBe([HttpStatusCode.Gone, HttpStatusCode.TooManyRequests]);
        (await stranger.GetAsync(address)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_key_is_nowhere_in_the_store()
    {
        await using var centre = await LiveCentre.Start(Store.Sqlite);
        await centre.Establish();
        var key = (await Make(centre)).Value.Address.Split('=')[1];
        var rows = await centre.Do(async s => (await s.GetRequiredService<EvenhandDb>().ShareKeys.AsNoTracking().ToListAsync()).Select(k => string.Join('|', k.Name, k.Hash, k.Path, k.Subject)));
        rows.Single().ShouldNotContain(key);
        var trail = await centre.Do(async s => await s.GetRequiredService<EvenhandDb>().Set<Evenhand.Platform.Audit.AuditEntry>().AsNoTracking().ToListAsync());
        trail.Where(e => e.Subject == "platform_share_key").ShouldNotBeEmpty();
        System.Text.Json.JsonSerializer.Serialize(trail).ShouldNotContain(key);
    }

    private static NewShareKey Link(Guid? unit, string subject) => new("wall", subject, "/organisation", Right, unit, null);

    private static Task<Outcome<MadeShareKey>> Make(TestCentre centre, Guid? unit = null, string subject = "unit:1", DateTimeOffset? until = null) =>
        centre.Do(s => s.GetRequiredService<IShareKeys>().Make(Link(unit, subject) with { ExpiresAt = until }, default));
}
