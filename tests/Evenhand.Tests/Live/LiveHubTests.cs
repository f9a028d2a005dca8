using System.Net;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Platform.Identity;
using Evenhand.Platform.Live;
using Evenhand.Platform.Organisation;
using Evenhand.Tests.Platform;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Tests.Live;

/// <summary>Who may listen to what.</summary>
public sealed class LiveHubTests
{
    [Fact]
    public async Task Nobody_listens_who_is_not_signed_in()
    {
        await using var centre = await LiveCentre.Start(Store.Sqlite);
        (await Should.ThrowAsync<InvalidOperationException>(() => centre.Listen(null))).Message.ShouldContain("401");
        (await centre.Client().PostAsync("/live/negotiate?negotiateVersion=1", null)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_page_of_another_site_cannot_listen_with_the_readers_session()
    {
        await using var centre = await LiveCentre.Start(Store.Sqlite);
        var cookie = await centre.Cookie(Roles.Hr);
        (await Should.ThrowAsync<InvalidOperationException>(() => centre.Listen(cookie, origin: "https://elsewhere.example"))).Message.ShouldContain("403");
        await using var own = await centre.Listen(cookie, origin: "http://localhost");
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_topic_is_joined_only_where_its_own_rule_lets_one(Store store)
    {
        await using var centre = await LiveCentre.Start(store);
        var organisation = await centre.Establish();
        await using var leader = await centre.Listen(await centre.Cookie(Roles.TeamLeader, "T1"));
        await leader.Join($"unit:{organisation.UnitOf("T1")}");
        foreach (var topic in new[] { $"unit:{organisation.UnitOf("T2")}", "unit:nonsense", "nothing:1", "open", "", ":", "open:" + new string('x', 500) })
            (await Should.ThrowAsync<HubException>(() => leader.Join(topic))).Message.ShouldContain("not-allowed", Case.Sensitive, topic);
        centre.Live.HasListeners($"unit:{organisation.UnitOf("T1")}").ShouldBeTrue();
        centre.Live.HasListeners($"unit:{organisation.UnitOf("T2")}").ShouldBeFalse();
    }

    [Fact]
    public async Task A_connection_joins_only_so_many_topics()
    {
        await using var centre = await LiveCentre.Start(Store.Sqlite);
        await using var page = await centre.Listen(await centre.Cookie(Roles.Hr));
        for (var i = 0; i < LiveAudience.MostTopics; i++) await page.Join($"open:{i}");
        await Should.ThrowAsync<HubException>(() => page.Join("open:more"));
        await page.Leave("open:0");
        await page.Join("open:more");
    }

    [Fact]
    public async Task Who_leaves_or_goes_away_is_not_counted_any_more()
    {
        await using var centre = await LiveCentre.Start(Store.Sqlite);
        var cookie = await centre.Cookie(Roles.Hr);
        await using var one = await centre.Listen(cookie);
        await one.Join("open:1");
        await one.Join("open:1");
        await using (var other = await centre.Listen(cookie, "en")) await other.Join("open:1");
        await one.Leave("open:1");
        await Eventually(() => !centre.Live.HasListeners("open:1"));
    }

    [Fact]
    public async Task A_page_that_comes_late_is_told_that_it_is_old()
    {
        await using var centre = await LiveCentre.Start(Store.Sqlite);
        var marks = centre.Services.GetRequiredService<LiveMarks>();
        await using var page = await centre.Listen(await centre.Cookie(Roles.Hr));
        var (before, elsewhere) = (marks.Now, new LiveMarks().Now);
        centre.Live.HasListeners("open:1").ShouldBeFalse();
        centre.Live.Refresh("open:1");
        async Task<IReadOnlyList<string>> Told(string topic, string? mark)
        {
            await page.Join(topic, mark);
            centre.Live.Signal(topic, "end");
            var told = new List<string>();
            for (var next = await page.Next(); next.Target != "signal" || next.Arguments[1].GetString() != "end"; next = await page.Next())
                if (next.Target == "signal") told.Add($"{next.Arguments[0]} {next.Arguments[1]}");
            return told;
        }
        (await Told("open:1", before)).ShouldBe(["open:1 refresh"]);
        (await Told("open:2", before)).ShouldBeEmpty();
        (await Told("open:1", marks.Now)).ShouldBeEmpty();
        (await Told("open:1", null)).ShouldBeEmpty();
        foreach (var unknown in new[] { elsewhere, "", "-", marks.Now + "x", marks.Now.Split('-')[0] + "-" }) (await Told("open:1", unknown)).ShouldBe(["open:1 refresh"], unknown);
    }

    [Fact]
    public void What_was_forgotten_counts_as_changed()
    {
        var marks = new LiveMarks(10);
        var first = marks.Now;
        for (var i = 0; i < 100; i++)
        {
            var before = marks.Now;
            marks.Change($"t:{i}");
            marks.IsOld($"t:{i}", before).ShouldBeTrue();
            marks.IsOld($"t:{i}", marks.Now).ShouldBeFalse();
            marks.IsOld("t:never", marks.Now).ShouldBeFalse();
            marks.IsOld("t:0", first).ShouldBeTrue();
        }
        marks.IsOld("t:never", first).ShouldBeTrue();
    }

    [Fact]
    public async Task A_right_that_is_taken_away_ends_the_listening_within_a_minute()
    {
        var clock = new ManualClock(TimeProvider.System.GetUtcNow());
        await using var centre = await LiveCentre.Start(Store.Sqlite, clock);
        var unit = (await centre.Establish()).UnitOf("T1");
        await using var leader = await centre.Listen(await centre.Cookie(Roles.TeamLeader, "T1"));
        await leader.Join($"unit:{unit}");
        await leader.NextMarkup();
        await centre.Do(async services =>
        {
            var db = services.GetRequiredService<EvenhandDb>();
            await db.RoleAssignments.ExecuteDeleteAsync();
            await db.RaiseVersion(default);
            await db.SaveChangesAsync();
        });
        await Eventually(() =>
        {
            clock.Advance(LiveDoor.Every);
            return !centre.Live.HasListeners($"unit:{unit}");
        });
        await leader.Messages.Completion.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_real_server_speaks_the_same()
    {
        await using var centre = await TestCentre.Start(Store.Sqlite, builder =>
        {
            builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
            builder.Services.AddScoped<ILiveTopic, AnyTopic>();
        });
        var address = centre.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        var cookie = await centre.Cookie(Roles.Hr);
        await using var page = await HubClient.Connect(new Uri(address.Replace("http:", "ws:", StringComparison.Ordinal) + "/live"), cookie);
        await page.Join("any:1");
        await page.NextMarkup();
        centre.Live.Push("any:1", Drawn.Text("x", "你好"));
        (await page.NextMarkup()).ShouldContain("你好");
    }

    internal static async Task Eventually(Func<bool> holds)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!holds()) await Task.Delay(20, late.Token);
    }

    private sealed class AnyTopic : ILiveTopic
    {
        public string Kind => "any";

        public Task<bool> May(Access access, string id, CancellationToken cancel) => Task.FromResult(true);
    }
}
