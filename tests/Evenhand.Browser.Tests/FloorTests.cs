using System.Text.Json;
using Microsoft.Playwright;

namespace Evenhand.Browser.Tests;

/// <summary>The leader's floor view and the wallboard, as they are looked at: changes come without a reload.</summary>
[Collection("floor")]
public sealed class FloorTests(DemoHost host)
{
    private const string Routing = "/api/v1/routing/";
    private static readonly LocatorWaitForOptions Soon = new() { Timeout = 15_000 };

    [Theory, InlineData("zh-CN", false), InlineData("en", true)]
    public async Task A_manager_sees_the_floor_change_and_acts_on_somebody_by_keyboard(string language, bool dark)
    {
        var page = await host.SignIn("manager", language, dark);
        var codes = await Open(page);
        var faults = await Look.Faults(page, "/floor?show=all");
        await page.EvaluateAsync("() => { window.stayed = true; }");
        await page.Locator("eh-live[data-state=on]").First.WaitForAsync(Soon);
        var code = codes[language == "en" ? 3 : 2];
        var tile = page.Locator($".seat:has(a[href$='/{code}'])");
        await Send(page, "POST", $"floor/agents/{code}/state", new { State = "ready", Reason = "开班" });
        await page.Locator($".seat[data-state=available]:has(a[href$='/{code}'])").WaitForAsync(Soon);
        await tile.Locator("a").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("dialog[open] .floor-agent").WaitForAsync(Soon);
        await page.Locator("dialog [name=State]").SelectOptionAsync("meeting");
        await page.Locator("dialog [name=Why]").FillAsync("晨会");
        await page.Locator("dialog [name=Why]").PressAsync("Enter");
        await page.Locator("dialog[open] .notice.ok").WaitForAsync(Soon);
        faults.AddRange(await Look.FaultsOf(page, "/floor with its dialog"));
        await page.Keyboard.PressAsync("Escape");
        await page.Locator($".seat[data-state=in-meeting]:has(a[href$='/{code}'])").WaitForAsync(Soon);
        (await page.EvaluateAsync<bool>("() => window.stayed === true")).ShouldBeTrue("the page was never loaded again");
        foreach (var path in new[] { "/floor/duty", "/floor/overrides", "/floor/fairness", "/wallboard" }) faults.AddRange(await Look.Faults(page, path));
        var phone = await host.SignIn("manager", language, dark, phone: true);
        foreach (var path in new[] { "/floor", $"/floor/people/{code}", "/floor/fairness", "/wallboard" }) faults.AddRange(await Look.Faults(phone, path));
        faults.ShouldBeEmpty();
    }

    [Theory, InlineData("zh-CN"), InlineData("en")]
    public async Task A_wall_turns_its_pages_and_shows_what_changes_without_a_reload(string language)
    {
        var page = await host.SignIn("manager", language);
        await Open(page);
        await page.SetViewportSizeAsync(1920, 1080);
        var board = Guid.CreateVersion7();
        await Send(page, "PUT", $"/api/v1/measurement/wallboards/{board}", new
        {
            Name = "Wall", Version = 0, RotateSeconds = 1, Announcement = "今晚演练",
            Pages = new[] { new[] { new { Kind = "offered", Lower = (double?)null, Upper = (double?)null } }, [new { Kind = "waiting", Lower = (double?)1, Upper = (double?)2 }] },
        });
        var faults = await Look.Faults(page, $"/wallboard/{board}");
        await page.EvaluateAsync("() => { window.stayed = true; }");
        foreach (var shown in new[] { "#page-1:not([data-off])", "#page-0:not([data-off])" }) await page.Locator(shown).WaitForAsync(Soon);
        await page.Locator("eh-live[data-state=on]").WaitForAsync(Soon);
        var before = await page.Locator("#tile-0-0 .board-value").TextContentAsync();
        var call = await Send(page, "POST", "contacts", new { Channel = "call", Queue = (await Queues(page))[0], Source = "test", Key = $"{Guid.CreateVersion7()}" });
        await page.WaitForFunctionAsync("before => document.querySelector('#tile-0-0 .board-value').textContent !== before", before, new() { Timeout = 15_000 });
        await Send(page, "DELETE", $"contacts/{call.GetProperty("id").GetString()}", null);
        (await page.EvaluateAsync<bool>("() => window.stayed === true")).ShouldBeTrue("the page was never loaded again");
        (await page.EvaluateAsync<double>("() => parseFloat(getComputedStyle(document.querySelector('.board-value')).fontSize) / innerHeight")).ShouldBeGreaterThanOrEqualTo(0.12, "readable at ten metres");
        faults.AddRange(await Look.Faults(page, $"/wallboard/{board}/edit"));
        var preview = await page.Locator(".board-preview").CountAsync();
        await page.Locator("[name='p.states']").SelectOptionAsync("3");
        await page.WaitForFunctionAsync("before => document.querySelectorAll('.board-preview').length > before", preview, new() { Timeout = 15_000 });
        faults.ShouldBeEmpty();
    }

    /// <summary>The codes of agents on the floor of the demo.</summary>
    private static async Task<IReadOnlyList<string>> Open(IPage page)
    {
        var floor = await Send(page, "GET", "floor", null);
        return [.. floor.GetProperty("agents").EnumerateArray().Select(a => a.GetProperty("code").GetString()!).Order()];
    }

    /// <summary>The queues that calls are routed in.</summary>
    private static async Task<IReadOnlyList<string>> Queues(IPage page)
    {
        var rules = await Send(page, "GET", "rules/queues", null);
        var rows = rules.ValueKind == JsonValueKind.Array ? rules : rules.GetProperty("rows");
        return [.. rows.EnumerateArray().Where(q => q.GetProperty("routed").GetBoolean() && q.GetProperty("channel").GetString() == "call").Select(q => q.GetProperty("code").GetString()!)];
    }

    private static async Task<JsonElement> Send(IPage page, string method, string path, object? body)
    {
        var answer = await page.APIRequest.FetchAsync(path.StartsWith('/') ? path : Routing + path, new() { Method = method, DataObject = body });
        var text = await answer.TextAsync();
        answer.Ok.ShouldBeTrue($"{method} {path}: {answer.Status} {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }
}
