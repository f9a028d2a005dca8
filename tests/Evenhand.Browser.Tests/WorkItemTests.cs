using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Evenhand.Browser.Tests;

[Collection("floor")]
public sealed partial class WorkItemTests(DemoHost host)
{
    [Theory, InlineData("en", false, true), InlineData("zh-CN", true, false)]
    public async Task A_manager_makes_an_order_by_its_form_makes_it_urgent_and_cancels_it(string language, bool dark, bool phone)
    {
        var page = await host.SignIn("manager", language, dark, phone);
        var faults = await Look.Faults(page, "/work-items/new?type=order");
        await page.Locator("[name=Subject]").FillAsync("A subject long enough to have to be broken into lines on a telephone, without a blankAnywhereInItBecausePeopleDoThat");
        await page.Locator("select[name=Queue]").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        foreach (var (field, value) in new[] { ("customer", "王小明"), ("phone", "13800007468"), ("address", "上海市浦东新区世纪大道一百号"), ("product", "Kettle"), ("quantity", "2") })
            await page.Locator($"[name='field.{field}']").FillAsync(value);
        await page.Locator("form.form button[type=submit]").Last.ClickAsync();
        await page.WaitForURLAsync(One());
        faults.AddRange(await Look.Faults(page, new Uri(page.Url).AbsolutePath));
        (await page.InnerTextAsync("main")).ShouldNotContain("13800007468");
        if (Environment.GetEnvironmentVariable("EVENHAND_LOOKS") is { } folder) await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"work-item-{language}.png"), FullPage = true });
        await page.Locator("a[data-dialog][href$='#edit']").ClickAsync();
        await page.Locator("dialog:modal select[name=Priority]").SelectOptionAsync("200");
        faults.AddRange(await Look.Barriers(page, "the edit dialog"));
        if (Environment.GetEnvironmentVariable("EVENHAND_LOOKS") is { } seen) await page.ScreenshotAsync(new() { Path = Path.Combine(seen, $"work-item-edit-{language}.png") });
        await page.Locator("dialog:modal form button[type=submit]").ClickAsync();
        await page.Locator("dialog:modal").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        (await page.InnerTextAsync("main")).ShouldContain(language == "en" ? "Urgent" : "紧急");
        await page.Locator("button[value=cancelled]").ClickAsync();
        await page.Locator("button[value=cancelled]").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        faults.AddRange(await Look.Faults(page, "/work-items"));
        if (Environment.GetEnvironmentVariable("EVENHAND_LOOKS") is { } looks) await page.ScreenshotAsync(new() { Path = Path.Combine(looks, $"work-items-{language}.png"), FullPage = true });
        faults.ShouldBeEmpty();
    }

    [GeneratedRegex("/work-items/[0-9a-f-]{36}$")]
    private static partial Regex One();
}
