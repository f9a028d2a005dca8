using Evenhand.Design;
using Evenhand.Platform.Contracts;
using Microsoft.Playwright;

namespace Evenhand.Browser.Tests.Live;

/// <summary>What the server sends must not take away what somebody is doing.</summary>
[Collection("live")]
public sealed class MorphTests(LiveHost host)
{
    [Fact]
    public async Task Who_types_keeps_the_text_the_focus_and_the_place_in_it_while_all_around_changes()
    {
        var (page, errors) = await Open();
        var note = page.Locator("#desk-sample-note");
        await note.ClickAsync();
        await note.FillAsync("the customer says");
        await page.Keyboard.PressAsync("ArrowLeft");
        await page.Locator("#desk-sample-code").SelectOptionAsync("b");
        await page.Locator("#desk-sample-tell").CheckAsync();
        await note.FocusAsync();
        await note.EvaluateAsync("field => field.setSelectionRange(4, 12)");
        for (var i = 1; i <= 3; i++)
        {
            Push($"state {i}", note: $"from the server {i}");
            await Assertions.Expect(page.Locator("#desk-sample .badge")).ToHaveTextAsync($"state {i}");
        }
        await Assertions.Expect(note).ToHaveValueAsync("the customer says");
        await Assertions.Expect(note).ToBeFocusedAsync();
        (await note.EvaluateAsync<int[]>("field => [field.selectionStart, field.selectionEnd]")).ShouldBe([4, 12]);
        await Assertions.Expect(page.Locator("#desk-sample-code")).ToHaveValueAsync("b");
        await Assertions.Expect(page.Locator("#desk-sample-tell")).ToBeCheckedAsync();
        // What nobody touched follows the server.
        await Assertions.Expect(page.Locator("#desk-sample-long")).ToHaveValueAsync("from the server 3");
        errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_form_that_is_being_filled_in_stays_when_the_server_has_it_no_more_and_an_untouched_one_goes()
    {
        var (page, _) = await Open();
        Push("without", gone: true);
        await Assertions.Expect(page.Locator("#desk-sample .badge")).ToHaveTextAsync("without");
        await Assertions.Expect(page.Locator("#desk-sample-form")).ToHaveCountAsync(0);
        Push("with");
        await page.Locator("#desk-sample-note").FillAsync("half a sentence");
        Push("without again", gone: true);
        await Assertions.Expect(page.Locator("#desk-sample .badge")).ToHaveTextAsync("without again");
        await Assertions.Expect(page.Locator("#desk-sample-note")).ToHaveValueAsync("half a sentence");
    }

    [Fact]
    public async Task An_open_dialog_stays_open_and_its_contents_follow()
    {
        var (page, errors) = await Open();
        await page.Locator("a[href$='#desk-sample-dialog']").ClickAsync();
        var dialog = page.Locator("#desk-sample-dialog");
        await Assertions.Expect(dialog).ToBeVisibleAsync();
        await page.Locator("#desk-sample-to").FillAsync("8001");
        Push("transferring");
        await Assertions.Expect(page.Locator("#desk-sample-said")).ToHaveTextAsync("transferring");
        (await dialog.EvaluateAsync<bool>("dialog => dialog.matches(':modal')")).ShouldBeTrue();
        await Assertions.Expect(page.Locator("#desk-sample-to")).ToHaveValueAsync("8001");
        await Assertions.Expect(page.Locator("#desk-sample-to")).ToBeFocusedAsync();
        errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_readers_of_one_fragment_send_two_forms()
    {
        var (one, _) = await Open();
        var (other, _) = await Open();
        Push("gone", gone: true);
        foreach (var page in new[] { one, other }) await Assertions.Expect(page.Locator("#desk-sample-form")).ToHaveCountAsync(0);
        Push("new");
        var keys = new List<string>();
        foreach (var page in new[] { one, other })
        {
            keys.Add(await page.Locator("#desk-sample-form [name=idempotencyKey]").InputValueAsync());
            (await page.Locator("#desk-sample-form [name=__RequestVerificationToken]").InputValueAsync()).Length.ShouldBeGreaterThan(50);
        }
        keys.Distinct().Count().ShouldBe(2);
        Push("newer");
        await Assertions.Expect(one.Locator("#desk-sample .badge")).ToHaveTextAsync("newer");
        (await one.Locator("#desk-sample-form [name=idempotencyKey]").InputValueAsync()).ShouldBe(keys[0]);
    }

    [Fact]
    public async Task A_form_of_the_page_still_posts_to_its_page_after_it_was_pushed()
    {
        var (page, _) = await Open();
        async Task<string[]> Hidden() => await page.Locator("#desk-sample-form input[type=hidden]").EvaluateAllAsync<string[]>("all => all.map(one => `${one.name}=${one.value}`)");
        var before = await Hidden();
        before.Select(field => field.Split('=')[0]).ShouldBe(["_handler", "__RequestVerificationToken", "idempotencyKey"]);
        Push("talking");
        await Assertions.Expect(page.Locator("#desk-sample .badge")).ToHaveTextAsync("talking");
        (await Hidden()).ShouldBe(before);
        await page.Locator("#desk-sample-note").FillAsync("done");
        var answer = await page.RunAndWaitForResponseAsync(() => page.Locator("#desk-sample-form button[type=submit]").ClickAsync(), answer => answer.Request.Method == "POST");
        answer.Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_message_that_is_pushed_shows_and_leaves_by_itself()
    {
        var (page, _) = await Open();
        host.Live.Push("open:gallery", LiveFragment.Of<ToastItem>("toasts", () => new() { ["Toast"] = new Toast("Callback booked") }, LiveAction.Append));
        await Assertions.Expect(page.Locator("#toasts .toast")).ToHaveTextAsync("Callback booked");
        await Assertions.Expect(page.Locator("#toasts .toast")).ToHaveCountAsync(0, new() { Timeout = 20_000 });
    }

    [Fact]
    public async Task When_the_server_was_away_the_page_comes_back_by_itself_and_loses_nothing()
    {
        var (page, _) = await Open();
        await page.Locator("#desk-sample-note").FillAsync("typed before");
        await page.EvaluateAsync("() => window.mark = 'the same page'");
        host.Now = [Sample("missed meanwhile")];
        try
        {
            await host.Restart(() => Assertions.Expect(page.Locator("eh-live")).ToHaveAttributeAsync("data-state", "waiting"));
            await Assertions.Expect(page.Locator("eh-live")).ToHaveAttributeAsync("data-state", "on", new() { Timeout = 40_000 });
            await Assertions.Expect(page.Locator("#desk-sample .badge")).ToHaveTextAsync("missed meanwhile");
        }
        finally
        {
            host.Now = [];
        }
        await Assertions.Expect(page.Locator("#desk-sample-note")).ToHaveValueAsync("typed before");
        (await page.EvaluateAsync<string>("() => window.mark")).ShouldBe("the same page");
        Push("after");
        await Assertions.Expect(page.Locator("#desk-sample .badge")).ToHaveTextAsync("after");
    }

    private async Task<(IPage, System.Collections.Concurrent.ConcurrentQueue<string>)> Open()
    {
        var (page, errors) = await host.Open("/design/live");
        await page.WaitForSelectorAsync("eh-live[data-state=on]");
        return (page, errors);
    }

    private void Push(string state, string? note = null, bool gone = false) => host.Live.Push("open:gallery", Sample(state, note, gone));

    private static LiveFragment Sample(string state, string? note = null, bool gone = false) =>
        LiveFragment.Of<DeskSample>("desk-sample", () => new() { ["State"] = state, ["Note"] = note, ["Since"] = TimeProvider.System.GetUtcNow(), ["Short"] = gone });
}
