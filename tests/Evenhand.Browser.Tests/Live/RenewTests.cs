using Microsoft.Playwright;

namespace Evenhand.Browser.Tests.Live;

/// <summary>A page that has to fetch itself anew does so, whenever it is told and whatever happens meanwhile.</summary>
[Collection("live")]
public sealed class RenewTests(LiveHost host)
{
    private const string Topic = "open:gallery";
    private const string Counting = """
        window.seen = { told: 0, renewed: 0 };
        document.addEventListener("eh:signal:refresh", () => window.seen.told++);
        document.addEventListener("eh:refreshed", () => window.seen.renewed++);
        """;

    [Fact]
    public async Task What_changed_after_the_page_was_made_and_before_it_listened_is_not_lost()
    {
        var (page, errors) = await host.Open("/profile", first: Counting);
        await page.RouteAsync("**/live/negotiate**", async route =>
        {
            host.Live.HasListeners(Topic).ShouldBeFalse();
            host.Live.Refresh(Topic);
            await route.ContinueAsync();
        });
        await page.GotoAsync("/design/live");
        await page.WaitForFunctionAsync("() => seen.renewed === 1");
        errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_page_that_nothing_happened_to_is_not_fetched_again()
    {
        var (page, _) = await host.Open("/design/live", first: Counting);
        await page.Locator("eh-live[data-state=on]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        host.Live.Signal(Topic, "after");
        await page.EvaluateAsync("() => new Promise(done => setTimeout(done, 300))");
        (await page.EvaluateAsync<int>("() => seen.told")).ShouldBe(0);
    }

    [Fact]
    public async Task Told_again_while_it_fetches_it_fetches_once_more()
    {
        var (page, _) = await host.Open("/design/live", first: Counting);
        var (first, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        await page.RouteAsync("**/design/live", async route =>
        {
            var answer = await route.FetchAsync();
            if (first.TrySetResult()) await go.Task;
            await route.FulfillAsync(new() { Response = answer });
        });
        await page.Locator("eh-live[data-state=on]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        host.Live.Refresh(Topic);
        await first.Task.WaitAsync(TimeSpan.FromSeconds(20));
        host.Live.Refresh(Topic);
        await page.WaitForFunctionAsync("() => seen.told === 2");
        // Pages take their time at random, up to a second and a half.
        await page.WaitForTimeoutAsync(1700);
        go.SetResult();
        await page.WaitForFunctionAsync("() => seen.renewed === 2");
    }

    [Fact]
    public async Task A_server_that_cannot_answer_just_now_is_asked_again()
    {
        var (page, _) = await host.Open("/design/live", first: Counting);
        var asked = 0;
        await page.RouteAsync("**/design/live", route => ++asked > 2 ? route.ContinueAsync() : asked == 1 ? route.FulfillAsync(new() { Status = 503 }) : route.AbortAsync());
        await page.Locator("eh-live[data-state=on]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        host.Live.Refresh(Topic);
        await page.WaitForFunctionAsync("() => seen.renewed === 1");
        asked.ShouldBe(3);
    }
}
