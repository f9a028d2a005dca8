using System.Text.RegularExpressions;

namespace Evenhand.Browser.Tests;

[Collection("floor")]
public sealed partial class FloorRulesTests(DemoHost host)
{
    private static readonly string[] Pages =
    [
        "/floor/rules", "/floor/rules/queues/complaints", "/floor/rules/calendars", "/floor/rules/duty", "/floor/rules/duty/service-1", "/floor/rules/wrap-up", "/floor/rules/scripts", "/floor/agents", "/floor/agents/8002", "/floor/vips",
    ];

    [Theory]
    [InlineData("manager", "zh-CN", false, false)]
    [InlineData("manager", "en", true, true)]
    [InlineData("manager", "en", false, false)]
    [InlineData("leader", "zh-CN", true, true)]
    public async Task The_rules_of_the_floor_are_readable_and_fit(string account, string language, bool dark, bool phone)
    {
        var page = await host.SignIn(account, language, dark, phone);
        var faults = new List<string>();
        foreach (var path in Pages)
        {
            faults.AddRange(await Look.Faults(page, path));
            if (Environment.GetEnvironmentVariable("EVENHAND_LOOKS") is { } folder)
                await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{account}-{language}-{(dark ? "dark" : "light")}-{(phone ? "phone" : "desk")}{path.Replace('/', '-')}.png"), FullPage = true });
        }
        faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_manager_makes_opening_hours_with_the_years_holidays_and_gives_them_to_a_queue()
    {
        var page = await host.SignIn("manager");
        await page.GotoAsync("/floor/rules/calendars");
        await page.Locator("a[href$='#add']").ClickAsync();
        await page.Locator("dialog[open] [name=Name]").FillAsync("工作日 9–18 点");
        await page.Locator("dialog[open] button[type=submit]").ClickAsync();
        await page.WaitForURLAsync(One());
        await page.Locator("form:has(input[value='year-2026']) button[type=submit]").ClickAsync();
        await page.GetByText("国庆节调休上班").First.WaitForAsync();
        var faults = await Look.Faults(page, new Uri(page.Url).AbsolutePath);
        if (Environment.GetEnvironmentVariable("EVENHAND_LOOKS") is { } folder) await page.ScreenshotAsync(new() { Path = Path.Combine(folder, "calendar.png"), FullPage = true });
        await page.GotoAsync("/floor/rules/queues/chat");
        await page.Locator("[name=Calendar]").SelectOptionAsync("工作日 9–18 点");
        await page.Locator("[name=Priority]").FillAsync("7");
        await page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "保存规则" }).ClickAsync();
        await page.GetByText("优先级：0 → 7").WaitForAsync();
        (await page.InnerTextAsync("main")).ShouldContain("工作日 9–18 点");
        faults.ShouldBeEmpty();
    }

    [GeneratedRegex("/floor/rules/calendars/[0-9a-f-]{36}$")]
    private static partial Regex One();
}
