using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Evenhand.Browser.Tests;

/// <summary>What people come for, done as they would do it.</summary>
public sealed partial class JourneyTests(DemoHost host)
{
    [Fact]
    public async Task A_manager_goes_from_a_figure_to_the_contacts_behind_it()
    {
        var page = await host.SignIn("manager", "en");
        await page.GotoAsync("/overview");
        await page.Locator("a.tile-value").First.ClickAsync();
        await page.WaitForURLAsync(url => url.Contains("/contacts", StringComparison.Ordinal));
        (await page.Locator("table tbody tr").CountAsync()).ShouldBeGreaterThan(5);
        await page.Locator("table tbody tr a").First.ClickAsync();
        await page.WaitForURLAsync(OneContact());
        (await page.InnerTextAsync("main")).ShouldContain("entered the queue");
    }

    [Fact]
    public async Task The_diagnosis_finds_the_team_that_was_made_too_big()
    {
        var page = await host.SignIn("manager", "en");
        await page.GotoAsync("/diagnosis?from=2026-09-21&to=2026-11-01");
        var report = await page.InnerTextAsync("main");
        report.ShouldContain("Occupancy");
        report.ShouldContain("贵宾");
        report.ShouldContain("Withheld");
    }

    [Fact]
    public async Task A_leader_sees_the_own_team_and_no_other()
    {
        var page = await host.SignIn("leader", "en");
        await page.GotoAsync("/teams");
        var seen = await page.InnerTextAsync("main");
        seen.ShouldContain("客服一组");
        seen.ShouldNotContain("贵宾一组");
        (await page.GotoAsync("/accounts"))!.Status.ShouldBe(403);
    }

    [Fact]
    public async Task An_agent_reads_the_own_pay_to_the_last_cent()
    {
        var page = await host.SignIn("agent", "en");
        await page.GotoAsync("/pay/mine?month=2026-10");
        var text = await page.InnerTextAsync("main");
        var amounts = Money().Matches(text).Select(m => decimal.Parse(m.Groups[1].Value, NumberStyles.Number, CultureInfo.InvariantCulture)).ToList();
        amounts.Count.ShouldBeGreaterThan(2);
        var total = amounts[0];
        total.ShouldBeGreaterThan(0);
        (await page.GotoAsync("/pay"))!.Status.ShouldBe(403);
        (await page.GotoAsync("/audit"))!.Status.ShouldBe(403);
    }

    [Fact]
    public async Task What_an_administrator_does_stands_in_the_trail()
    {
        var page = await host.SignIn("admin", "en");
        await page.GotoAsync("/audit");
        (await page.Locator("table tbody tr").CountAsync()).ShouldBeGreaterThan(3);
    }

    [Fact]
    public async Task The_language_and_the_theme_stay_as_chosen()
    {
        var page = await host.SignIn("manager", "en");
        await page.GotoAsync("/overview");
        (await page.Locator("html").GetAttributeAsync("lang"))!.ShouldStartWith("en");
        await page.GotoAsync("/preferences/language/zh-CN?back=/overview");
        (await page.Locator("html").GetAttributeAsync("lang")).ShouldBe("zh-CN");
        await page.GotoAsync("/preferences/theme/dark?back=/teams");
        (await page.Locator("html").GetAttributeAsync("data-theme")).ShouldBe("dark");
        new Uri(page.Url).AbsolutePath.ShouldBe("/teams");
    }

    [GeneratedRegex(@"/contacts/[0-9a-f-]{36}")]
    private static partial Regex OneContact();

    [GeneratedRegex(@"¥\s?([\d,]+\.\d{2})")]
    private static partial Regex Money();
}
