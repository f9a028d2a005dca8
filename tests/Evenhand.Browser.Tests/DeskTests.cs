using System.Globalization;
using Microsoft.Playwright;

namespace Evenhand.Browser.Tests;

/// <summary>A working day at the desk, in small.</summary>
[Collection("floor")]
public sealed class DeskTests(DemoHost host)
{
    private static readonly string? Looks = Environment.GetEnvironmentVariable("EVENHAND_LOOKS");

    [Theory, InlineData("zh-CN", false, false), InlineData("en", true, false), InlineData("zh-CN", false, true)]
    public async Task An_agent_takes_a_call_writes_it_up_and_waits_for_the_next(string language, bool dark, bool phone)
    {
        var (feed, name) = (await host.SignIn("manager", language), $"{language}-{(dark ? "dark" : "light")}{(phone ? "-phone" : "")}");
        var page = await host.SignIn("agent", language, dark, phone);
        var faults = await Look.Faults(page, "/desk");
        await Shot(page, $"desk-off-{name}");
        await page.Locator("#desk-sign-in button").ClickAsync();
        await page.Locator("#desk-state[data-state=available]").WaitForAsync();
        await page.EvaluateAsync("() => { window.stayed = true }");
        await Shot(page, $"desk-ready-{name}");
        var number = $"1380000{(phone ? 3003 : dark ? 2002 : 1001)}";
        await Arrive(feed, "presales", number);
        await page.Locator(".desk-offer").WaitForAsync();
        (await page.InnerTextAsync(".desk-offer")).ShouldContain($"138****{number[^4..]}");
        faults.AddRange(await Look.Barriers(page, "an offer"));
        await Shot(page, $"desk-offer-{name}");
        await page.Keyboard.PressAsync("F2");
        await page.Locator("#desk-state[data-state=talking]").WaitForAsync();
        var note = page.Locator("textarea[name=note]");
        await note.PressSequentiallyAsync("客户要求周五", new() { Delay = 40 });
        await page.Keyboard.PressAsync("F8");
        await page.Locator("#desk-state[data-state=holding]").WaitForAsync();
        await note.PressSequentiallyAsync("送货", new() { Delay = 40 });
        (await note.InputValueAsync()).ShouldBe("客户要求周五送货");
        await page.Keyboard.PressAsync("Control+Enter");
        await page.Locator(".toast.bad").WaitForAsync();
        (await note.InputValueAsync()).ShouldBe("客户要求周五送货", "a refusal takes nothing away");
        await page.Keyboard.PressAsync("F8");
        await page.Locator("#desk-state[data-state=talking]").WaitForAsync();
        await Open(page, page, number, faults, name);
        await page.Locator("summary[data-key='alt+t']").ClickAsync();
        await page.Locator("#desk-pass-form select[name=queue]").WaitForAsync();
        faults.AddRange(await Look.Barriers(page, "passing on"));
        await Shot(page, $"desk-pass-{name}");
        await page.Locator("summary[data-key='alt+t']").ClickAsync();
        await page.Locator("label.choice").First.ClickAsync();
        await page.Locator(".desk-ending[data-state=saved]").WaitForAsync();
        await Shot(page, $"desk-call-{name}");
        faults.AddRange(await Look.Barriers(page, "a call"));
        await page.ReloadAsync();
        (await note.InputValueAsync()).ShouldBe("客户要求周五送货", "what is typed is kept without being sent");
        (await page.Locator("[name=wrapUp]:checked").CountAsync()).ShouldBe(1);
        await page.EvaluateAsync("() => { window.stayed = true }");
        await page.Keyboard.PressAsync("F9");
        await page.Locator("#desk-state[data-state=after-contact-work]").WaitForAsync();
        await page.Keyboard.PressAsync("Control+Enter");
        await page.Locator("textarea[name=note]").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await Order(page, feed, faults, name);
        (await page.EvaluateAsync<bool>("() => window.stayed === true")).ShouldBeTrue("the page was never loaded anew");
        faults.AddRange(await Look.Faults(page, "/desk/day"));
        await Shot(page, $"desk-day-{name}");
        await page.GotoAsync("/desk");
        await page.Locator("#desk-sign-off button").ClickAsync();
        await page.Locator("#desk-state[data-state=signed-out]").WaitForAsync();
        faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_double_click_takes_a_call_once()
    {
        var feed = await host.SignIn("manager", "en");
        var page = await host.SignIn("agent", "en");
        await page.GotoAsync("/desk");
        await page.Locator("#desk-sign-in button").ClickAsync();
        await page.Locator("#desk-state[data-state=available]").WaitForAsync();
        await Arrive(feed, "presales", "13900001111");
        await page.Locator(".desk-offer .primary").DblClickAsync();
        await page.Locator("#desk-state[data-state=talking]").WaitForAsync();
        (await page.Locator(".toast.bad").CountAsync()).ShouldBe(0);
        await page.Keyboard.PressAsync("1");
        await page.Locator("[name=wrapUp]:checked").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.Keyboard.PressAsync("Control+Enter");
        await page.Locator("textarea[name=note]").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.Locator("#desk-sign-off button").ClickAsync();
        await page.Locator("#desk-state[data-state=signed-out]").WaitForAsync();
    }

    /// <summary>An address completion is opened for the caller, whose number needs not be typed.</summary>
    private static async Task Open(IPage page, IPage desk, string number, List<string> faults, string name)
    {
        await page.Locator("details[id^='new-'] > summary").First.ClickAsync();
        await page.Locator("#new-address-completion > summary").ClickAsync();
        await page.Locator("#new-address-completion-order-number").FillAsync("A-1017");
        if (await page.Locator("#new-address-completion-queue").CountAsync() > 0) await page.Locator("#new-address-completion-queue").SelectOptionAsync("back-office");
        faults.AddRange(await Look.Barriers(page, "the form of a new item"));
        await Shot(page, $"desk-new-{name}");
        await page.Locator("#new-form-address-completion button[type=submit]").ClickAsync();
        await page.Locator(".desk-customer .desk-history a").First.WaitForAsync();
        (await desk.InnerTextAsync("#desk-customer")).ShouldNotContain(number);
    }

    /// <summary>The item that was opened comes to the desk as work, is filled in while the page changes, and is done.</summary>
    private async Task Order(IPage page, IPage feed, List<string> faults, string name)
    {
        await host.CatchUp();
        if (await page.Locator("#desk-state[data-state=available]").CountAsync() == 0) await page.Keyboard.PressAsync("Alt+r");
        await page.Locator(".desk-offer").WaitForAsync();
        await page.Keyboard.PressAsync("Enter");
        var address = page.Locator(".desk-item [name='field.address']");
        await address.FillAsync("上海市浦东新区世纪大道");
        var waiting = await Arrive(feed, "service", "13700002222");
        await address.PressSequentiallyAsync("100号");
        (await address.InputValueAsync()).ShouldBe("上海市浦东新区世纪大道100号");
        await Shot(page, $"desk-order-{name}");
        faults.AddRange(await Look.Barriers(page, "an order"));
        var item = (await page.Locator(".desk-item-head a").GetAttributeAsync("href"))!.Split('/')[^1];
        var seen = int.Parse((await page.Locator(".desk-item").GetAttributeAsync("data-version"))!, CultureInfo.InvariantCulture);
        (await feed.APIRequest.PatchAsync($"/api/v1/routing/work-items/{item}", new() { DataObject = new { version = seen, fields = new Dictionary<string, string> { ["address"] = "别处" } } })).Ok.ShouldBeTrue();
        await page.Keyboard.PressAsync("Control+s");
        await page.Locator(".desk-item [data-draft-conflict] button").Last.ClickAsync();
        (await address.InputValueAsync()).ShouldBe("上海市浦东新区世纪大道100号", "the reader chose the own words");
        await page.Keyboard.PressAsync("Control+s");
        await page.Locator(".toast.ok").First.WaitForAsync();
        await page.Locator("h1").First.FocusAsync();
        await page.Locator("label.choice").First.ClickAsync();
        await page.Keyboard.PressAsync("Control+Enter");
        await page.Locator(".desk-item").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.Locator($"#offer-{waiting}").WaitForAsync();
        await page.Keyboard.PressAsync("F4");
        await page.Locator($"#offer-{waiting}").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        (await feed.APIRequest.DeleteAsync($"/api/v1/routing/contacts/{waiting}")).Ok.ShouldBeTrue();
    }

    private static async Task<Guid> Arrive(IPage feed, string queue, string number)
    {
        var answer = await feed.APIRequest.PostAsync("/api/v1/routing/contacts", new() { DataObject = new { channel = "call", queue, source = "test", key = Guid.CreateVersion7().ToString(), customer = number, customerName = "王小明" } });
        answer.Status.ShouldBe(200, await answer.TextAsync());
        return (await answer.JsonAsync())!.Value.GetProperty("id").GetGuid();
    }

    private static async Task Shot(IPage page, string name)
    {
        if (Looks is not null) await page.ScreenshotAsync(new() { Path = Path.Combine(Looks, name + ".png"), FullPage = true });
    }
}
