using System.Globalization;
using Evenhand.Design;
using Evenhand.Platform.Contracts;
using Microsoft.Playwright;

namespace Evenhand.Browser.Tests.Live;

/// <summary>The small programs of a live page, each as a person meets it.</summary>
[Collection("live")]
public sealed class IslandTests(LiveHost host)
{
    [Fact]
    public async Task A_ticker_counts_by_the_servers_clock_and_says_when_it_is_too_long()
    {
        var (page, errors) = await host.Open("/design/live", first: "const real = Date.now.bind(Date); Date.now = () => real() + 3_600_000;");
        var up = page.Locator("#ticker-up");
        await Assertions.Expect(page.Locator("eh-ticker").First).ToBeVisibleAsync();
        await page.WaitForFunctionAsync("() => customElements.get('eh-ticker')");
        var first = Seconds(await up.InnerTextAsync());
        first.ShouldBeInRange(131, 150);
        await page.WaitForFunctionAsync($"() => document.querySelector('#ticker-up').textContent !== '{first / 60:00}:{first % 60:00}'");
        Seconds(await up.InnerTextAsync()).ShouldBeInRange(first + 1, first + 20);
        await Assertions.Expect(up).ToHaveAttributeAsync("data-status", "bad");
        await Assertions.Expect(page.Locator("#ticker-down")).ToHaveTextAsync("00:00");
        await Assertions.Expect(page.Locator("#ticker-down")).ToHaveAttributeAsync("data-status", "bad");
        (await page.Locator("#ticker-late").InnerTextAsync()).ShouldMatch("^−1:06:4\\d|−1:06:5\\d|−1:07:\\d\\d$");
        (await page.Locator("#ticker-none").InnerTextAsync()).ShouldBe("–");
        errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Beats_come_as_often_when_the_page_is_in_the_background()
    {
        // What browsers do to a hidden page: its own timers run once a minute.
        var (page, errors) = await host.Open("/design/live", first: """
            Object.defineProperty(document, "hidden", { get: () => true });
            Object.defineProperty(document, "visibilityState", { get: () => "hidden" });
            for (const name of ["setTimeout", "setInterval"]) {
                const real = window[name].bind(window);
                window[name] = (run, after, ...more) => real(run, Math.max(60_000, after ?? 0), ...more);
            }
            """);
        var before = host.Beats.Count;
        await Until(() => host.Beats.Count >= before + 4);
        await Assertions.Expect(page.Locator("eh-beat")).ToHaveAttributeAsync("data-state", "on");
        errors.ShouldBeEmpty();
        await page.CloseAsync();
    }

    [Fact]
    public async Task A_page_says_when_it_is_not_counted_as_there_and_when_it_is_again()
    {
        var (page, _) = await host.Open("/design/live", "zh-CN");
        var beat = page.Locator("eh-beat");
        await Assertions.Expect(beat).ToHaveTextAsync("在线");
        host.BeatStatus = 401;
        try
        {
            await Assertions.Expect(beat).ToHaveAttributeAsync("data-state", "lost");
            await Assertions.Expect(beat).ToHaveTextAsync("已掉线，请重新登录或检查网络");
        }
        finally
        {
            host.BeatStatus = 200;
        }
        await Assertions.Expect(beat).ToHaveAttributeAsync("data-state", "on");
        await page.Context.SetOfflineAsync(true);
        await Assertions.Expect(beat).ToHaveAttributeAsync("data-state", "late");
        await Assertions.Expect(beat).ToHaveAttributeAsync("data-state", "lost");
        await page.CloseAsync();
    }

    [Fact]
    public async Task Keys_press_what_they_name_and_leave_who_types_alone()
    {
        var (page, errors) = await host.Open("/design/live");
        await page.EvaluateAsync("() => document.querySelector('#answer').addEventListener('click', e => e.currentTarget.dataset.count++)");
        var answer = page.Locator("#answer");
        await Assertions.Expect(answer).ToHaveAttributeAsync("aria-keyshortcuts", "F2");
        await page.Keyboard.PressAsync("F2");
        await Assertions.Expect(answer).ToHaveAttributeAsync("data-count", "1");
        await page.Locator("#typing").ClickAsync();
        await page.Keyboard.TypeAsync("bob?");
        await Assertions.Expect(page.Locator("#typing")).ToHaveValueAsync("bob?");
        page.Url.ShouldNotContain("#took-a-break");
        await page.Keyboard.PressAsync("F2");
        await Assertions.Expect(answer).ToHaveAttributeAsync("data-count", "2");
        await Assertions.Expect(page.Locator("#typing")).ToBeFocusedAsync();
        await page.Locator("#typing").BlurAsync();
        await page.Keyboard.PressAsync("?");
        var list = page.Locator("#keys-list");
        await Assertions.Expect(list).ToBeVisibleAsync();
        (await list.Locator("tbody tr").AllInnerTextsAsync()).Select(row => row.Replace("\t", " ", StringComparison.Ordinal).Replace("  ", " ", StringComparison.Ordinal).Trim()).ShouldBe(["F2 Answer", "Alt+R Decline", "B Break"]);
        await page.Keyboard.PressAsync("F2");
        await Assertions.Expect(answer).ToHaveAttributeAsync("data-count", "2");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(list).ToBeHiddenAsync();
        await page.Keyboard.PressAsync("b");
        await page.WaitForURLAsync("**/design/live#took-a-break");
        errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_offer_rings_until_it_is_gone_and_says_so_in_the_windows_title()
    {
        var (page, errors) = await host.Open("/design/live");
        await page.WaitForSelectorAsync("eh-live[data-state=on]");
        var control = page.Locator("eh-ring-control");
        var title = await page.TitleAsync();
        host.Live.Push("open:gallery", LiveFragment.Of<Ring>("offers", () => new() { ["Title"] = "New call" }, LiveAction.Update));
        await page.WaitForFunctionAsync("() => document.title.includes('New call')");
        if (await control.GetAttributeAsync("data-state") == "blocked") await control.Locator("[data-ring=unlock]").ClickAsync();
        await Assertions.Expect(control).ToHaveAttributeAsync("data-state", "ringing");
        await Assertions.Expect(control.Locator("[data-ring=unlock]")).ToBeHiddenAsync();
        await control.Locator("[data-ring=mute]").ClickAsync();
        await Assertions.Expect(control).ToHaveAttributeAsync("data-state", "mute");
        await control.Locator("[data-ring=mute]").ClickAsync();
        host.Live.Push("open:gallery", LiveFragment.Of<Icon>("offers", () => new() { ["Name"] = "check" }, LiveAction.Update));
        await Assertions.Expect(control).ToHaveAttributeAsync("data-state", "ready");
        (await page.TitleAsync()).ShouldBe(title);
        host.Live.Push("open:gallery", LiveFragment.Of<Ring>("offers", () => new() { ["Until"] = TimeProvider.System.GetUtcNow().AddSeconds(3) }, LiveAction.Update));
        await Assertions.Expect(control).ToHaveAttributeAsync("data-state", "ringing");
        await Assertions.Expect(control).ToHaveAttributeAsync("data-state", "ready");
        host.Live.Signal("open:gallery", "ring", new { key = "7", title = "By signal" });
        await Assertions.Expect(control).ToHaveAttributeAsync("data-state", "ringing");
        host.Live.Signal("open:gallery", "ring-stop", new { key = "7" });
        await Assertions.Expect(control).ToHaveAttributeAsync("data-state", "ready");
        errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_board_turns_its_pages_tells_the_centres_time_and_fits_a_wall()
    {
        var (page, errors) = await host.Open("/design/board", "zh-CN", dark: true, width: 1920, height: 1080);
        await page.WaitForSelectorAsync("#board-orders:not([data-off])");
        await Assertions.Expect(page.Locator("#board-voice")).ToBeHiddenAsync();
        await page.Keyboard.PressAsync("p");
        await page.Keyboard.PressAsync("ArrowLeft");
        await Assertions.Expect(page.Locator("#board-voice")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("[data-board-place]")).ToHaveTextAsync("1 / 2");
        (await page.Locator("[data-board-clock]").InnerTextAsync()).ShouldMatch(@"^\d\d:\d\d:\d\d$");
        host.Live.Push("open:board", LiveFragment.Of<BoardTile>("board-waiting", () => new() { ["Id"] = "board-waiting", ["Label"] = "排队人数", ["Value"] = "11", ["Status"] = Status.Bad }));
        await Assertions.Expect(page.Locator("#board-waiting .board-value")).ToHaveTextAsync("11");
        foreach (var (width, height, least) in new[] { (1366, 768, 55), (1920, 1080, 90), (3840, 2160, 180) })
        {
            await page.SetViewportSizeAsync(width, height);
            // The window says its new size before everything in it is laid out by it.
            await page.WaitForFunctionAsync("size => innerWidth === size[0] && innerHeight === size[1]", new[] { width, height });
            await page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
            var measures = await page.EvaluateAsync<double[]>("() => [document.documentElement.scrollHeight - innerHeight, document.documentElement.scrollWidth - innerWidth, parseFloat(getComputedStyle(document.querySelector('.board-value')).fontSize)]");
            measures[0].ShouldBeLessThanOrEqualTo(0, $"{width}×{height}");
            measures[1].ShouldBeLessThanOrEqualTo(0, $"{width}×{height}");
            measures[2].ShouldBeGreaterThan(least, $"{width}×{height}");
        }
        errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("zh-CN", false, false)]
    [InlineData("en", true, true)]
    public async Task The_live_parts_are_whole_readable_and_fit(string language, bool dark, bool phone)
    {
        var (page, _) = await host.Open("/profile", language, dark, phone);
        var faults = new List<string>();
        foreach (var path in new[] { "/design/live", "/design/board" })
        {
            await page.GotoAsync(path);
            await page.WaitForSelectorAsync("eh-live[data-state=on]");
            if (Environment.GetEnvironmentVariable("EVENHAND_LOOKS") is { } folder)
                await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{path.Split('/')[^1]}-{language}{(dark ? "-dark" : "")}{(phone ? "-phone" : "")}.png"), FullPage = true });
            faults.AddRange(await Look.FaultsOf(page, path));
        }
        faults.ShouldBeEmpty();
    }

    private static int Seconds(string shown) => shown.Split(':').Aggregate(0, (sum, part) => sum * 60 + int.Parse(part, CultureInfo.InvariantCulture));

    private static async Task Until(Func<bool> holds)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        while (!holds()) await Task.Delay(50, late.Token);
    }
}
