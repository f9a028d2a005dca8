using System.Text.RegularExpressions;
using Evenhand.Design;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Platform.Live;
using Evenhand.Tests.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Tests.Live;

/// <summary>What is pushed, how often, in which order and in which language.</summary>
public sealed partial class LivePagesTests
{
    [Fact]
    public async Task Of_many_states_of_an_element_the_first_and_the_last_are_sent()
    {
        var clock = new ManualClock(TimeProvider.System.GetUtcNow());
        await using var centre = await LiveCentre.Start(Store.Sqlite, clock);
        await using var page = await Joined(centre, clock, "open:1");
        centre.Live.Push("open:1", Drawn.Text("a", "state 0."));
        (await page.NextMarkup()).ShouldContain("state 0.");
        for (var i = 1; i <= 50; i++) centre.Live.Push("open:1", Drawn.Text("a", $"state {i}."));
        clock.Advance(LivePages.Rest);
        States(await page.NextMarkup()).ShouldBe(["50"]);
        centre.Live.Push("open:1", Drawn.Text("a", "state 51."));
        page.Messages.TryRead(out _).ShouldBeFalse();
        clock.Advance(LivePages.Rest);
        States(await page.NextMarkup()).ShouldBe(["51"]);
    }

    [Fact]
    public async Task What_waits_goes_out_together_in_the_order_given()
    {
        var clock = new ManualClock(TimeProvider.System.GetUtcNow());
        await using var centre = await LiveCentre.Start(Store.Sqlite, clock);
        await using var page = await Joined(centre, clock, "open:1");
        centre.Live.Push("open:1", Drawn.Text("a", "state 0."));
        await page.NextMarkup();
        centre.Live.Push("open:1", Drawn.Text("a", "state 1."));
        centre.Live.Push("open:1", Drawn.Toast("state 2."));
        centre.Live.Push("open:1", Drawn.Text("b", "state 3."));
        centre.Live.Push("open:1", Drawn.Toast("state 4."));
        centre.Live.Push("open:1", Drawn.Text("a", "state 5."));
        centre.Live.Signal("open:1", "offer", new { Until = 7 });
        centre.Live.Push("open:1", Drawn.Text("a", "state 6."));
        clock.Advance(LivePages.Rest);
        States(await page.NextMarkup()).ShouldBe(["2", "3", "4"]);
        var signal = await page.Next();
        (signal.Target, signal.Arguments[1].GetString(), signal.Arguments[2].GetProperty("until").GetInt32()).ShouldBe(("signal", "offer", 7));
        States(await page.NextMarkup()).ShouldBe(["6"]);
    }

    [Fact]
    public async Task What_is_taken_away_is_not_drawn_before()
    {
        var clock = new ManualClock(TimeProvider.System.GetUtcNow());
        await using var centre = await LiveCentre.Start(Store.Sqlite, clock);
        await using var page = await Joined(centre, clock, "open:1");
        centre.Live.Push("open:1", Drawn.Text("a", "state 0."));
        await page.NextMarkup();
        centre.Live.Push("open:1", Drawn.Text("a", "state 1."));
        centre.Live.Push("open:1", LiveFragment.Gone("a"));
        clock.Advance(LivePages.Rest);
        var markup = await page.NextMarkup();
        States(markup).ShouldBeEmpty();
        markup.ShouldContain("action=\"remove\" target=\"a\"");
    }

    [Fact]
    public async Task Too_much_waiting_becomes_a_page_fetched_anew()
    {
        var clock = new ManualClock(TimeProvider.System.GetUtcNow());
        await using var centre = await LiveCentre.Start(Store.Sqlite, clock);
        await using var page = await Joined(centre, clock, "open:1");
        centre.Live.Push("open:1", Drawn.Text("a", "state 0."));
        await page.NextMarkup();
        for (var i = 0; i <= LiveTopicQueue.MostWaiting; i++) centre.Live.Push("open:1", Drawn.Toast($"state {i}."));
        clock.Advance(LivePages.Rest);
        (await page.Next()).Arguments[1].GetString().ShouldBe("refresh");
        States(await page.NextMarkup()).ShouldBe([$"{LiveTopicQueue.MostWaiting}"]);
    }

    [Fact]
    public async Task Each_listener_reads_its_own_language_and_nothing_is_drawn_for_nobody()
    {
        await using var centre = await LiveCentre.Start(Store.Sqlite);
        var cookie = await centre.Cookie(Roles.Hr);
        var drawn = 0;
        LiveFragment Counted() => LiveFragment.Of<ToastItem>("toasts", () =>
        {
            Interlocked.Increment(ref drawn);
            return new() { ["Toast"] = new Toast(1234.5.ToString("N1", System.Globalization.CultureInfo.CurrentCulture)) };
        }, LiveAction.Append);
        centre.Live.HasListeners("open:1").ShouldBeFalse();
        centre.Live.Push("open:1", Counted());
        await using var chinese = await centre.Listen(cookie);
        await using var english = await centre.Listen(cookie, "en");
        foreach (var page in new[] { chinese, english })
        {
            await page.Join("open:1");
            await page.NextMarkup();
        }
        centre.Live.Push("open:1", Counted());
        (await chinese.NextMarkup()).ShouldContain("关闭");
        (await english.NextMarkup()).ShouldContain("Close");
        drawn.ShouldBe(2);
    }

    [Fact]
    public async Task A_page_that_joins_is_given_what_it_may_have_missed()
    {
        await using var centre = await LiveCentre.Start(Store.Sqlite);
        centre.Services.GetRequiredService<LiveCentre.Board>().Text = "state 7.";
        await using var page = await centre.Listen(await centre.Cookie(Roles.Hr));
        await page.Join("open:1");
        var welcome = await page.Next();
        States(welcome.Arguments[0].GetString()!).ShouldBe(["7"]);
        DateTimeOffset.FromUnixTimeMilliseconds(welcome.Arguments[1].GetInt64()).ShouldBe(TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_fragment_that_cannot_be_drawn_holds_nothing_up()
    {
        await using var centre = await LiveCentre.Start(Store.Sqlite);
        await using var page = await centre.Listen(await centre.Cookie(Roles.Hr));
        await page.Join("open:1");
        await page.NextMarkup();
        centre.Live.Push("open:1", LiveFragment.Of<Badge>("a", () => throw new InvalidOperationException("no figures")));
        centre.Live.Push("open:1", LiveFragment.Of<Badge>("b", () => new() { ["Nonsense"] = 1 }));
        centre.Live.Push("open:1", Drawn.Text("c", "state 1."));
        States(await page.NextMarkup()).ShouldBe(["1"]);
    }

    [Fact]
    public async Task The_components_of_the_house_are_drawn_without_a_request()
    {
        await using var centre = await LiveCentre.Start(Store.Sqlite);
        await using var page = await centre.Listen(await centre.Cookie(Roles.Hr), "en");
        await page.Join("open:1");
        await page.NextMarkup();
        centre.Live.Push("open:1", LiveFragment.Of<Desk>("desk", () => new() { ["Since"] = TimeProvider.System.GetUtcNow().AddSeconds(-133) }));
        var markup = await page.NextMarkup();
        var desk = Evenhand.Tests.Design.Pages.Parse(markup.Replace("<template>", "", StringComparison.Ordinal).Replace("</template>", "", StringComparison.Ordinal));
        desk.QuerySelector("eh-ticker")!.TextContent.ShouldMatch("^02:[1-5][0-9]$");
        desk.QuerySelector("svg.icon path").ShouldNotBeNull();
        desk.QuerySelector("form input[name=idempotencyKey]").ShouldNotBeNull();
        desk.QuerySelector("dialog [data-close]")!.GetAttribute("aria-label").ShouldBe("Close");
        desk.QuerySelector("eh-ticker")!.GetAttribute("data-island").ShouldStartWith("/_content/Evenhand.Design/ticker");
        desk.QuerySelector("eh-keys")!.TextContent.ShouldContain("Keyboard shortcuts");
    }

    private static async Task<HubClient> Joined(TestCentre centre, ManualClock clock, string topic)
    {
        var page = await centre.Listen(await centre.Cookie(Roles.Hr));
        await page.Join(topic);
        await page.NextMarkup();
        await LiveHubTests.Eventually(() =>
        {
            clock.Advance(LivePages.Rest);
            return centre.Services.GetRequiredService<LiveAudience>().Topic(topic) is { IsQuiet: true };
        });
        return page;
    }

    private static List<string> States(string markup) => [.. State().Matches(markup).Select(m => m.Groups[1].Value)];

    [GeneratedRegex(@"state (\d+)\.")]
    private static partial Regex State();
}
