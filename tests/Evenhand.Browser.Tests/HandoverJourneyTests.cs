using Evenhand.Workforce.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Evenhand.Browser.Tests;

/// <summary>A centre of today, with a roster, seats, and handovers that open by themselves.</summary>
public sealed class WorkingHost : DemoHost
{
    protected override IReadOnlyList<string> Made => ["--seats", "36", "--weeks", "2", "--seed", "1"];

    protected override void Run(IServiceCollection services)
    {
        base.Run(services);
        services.AddHostedService<WorkforceLoop>();
    }
}

/// <summary>Two leaders hand a shift over, one of them on a telephone.</summary>
public sealed class HandoverJourneyTests(WorkingHost host) : IClassFixture<WorkingHost>
{
    private static readonly string? Looks = Environment.GetEnvironmentVariable("EVENHAND_LOOKS");

    [Fact]
    public async Task Two_leaders_hand_over_and_everybody_sees_it()
    {
        var faults = new List<string>();
        var (leaves, arrives, floor) = (await host.SignIn("leader", "zh-CN", phone: true), await host.SignIn("leader2", "en", dark: true), await host.SignIn("floor", "zh-CN"));
        await Opened(leaves);
        faults.AddRange(await Look.Faults(leaves, "/handover"));
        await Shot(leaves, "handover-phone");
        foreach (var page in new[] { "/handover", "/seats", "/seats?view=next", "/seats?view=list", "/roster", "/reports/floor", "/handover/archive" }) faults.AddRange(await Look.Faults(floor, page));
        await floor.GotoAsync("/seats");
        await Shot(floor, "seats");
        await floor.GotoAsync("/roster");
        await Shot(floor, "roster");
        var leaving = (await leaves.Locator("a.part[href*='/leaving/']").First.GetAttributeAsync("href"))!;
        faults.AddRange(await Look.Faults(leaves, leaving));
        await Shot(leaves, "leaving-phone");
        await leaves.Locator("td.spot.open label").First.ClickAsync();
        await leaves.Locator("select[name=State]").SelectOptionAsync("phone");
        await leaves.Locator("button[value=chosen]").ClickAsync();
        await leaves.Locator("td.spot.bad").WaitForAsync();
        await leaves.Locator("button[value=rest]").ClickAsync();
        await leaves.Locator("td.spot.open").First.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        foreach (var (name, value) in new[] { ("part.problems", "优惠券不能叠加：按话术三答复"), ("part.announcements", "周五起满 300 包邮") }) await leaves.Locator($"[name='{name}']").FillAsync(value);
        await leaves.Locator("[name=NothingElse]").CheckAsync();
        await leaves.Locator("#log form button[type=submit]").ClickAsync();
        await leaves.Locator("#log form").WaitForAsync();
        await arrives.GotoAsync("/handover");
        var arriving = (await arrives.Locator("a.part[href*='/arriving/']").First.GetAttributeAsync("href"))!;
        faults.AddRange(await Look.Faults(arrives, arriving));
        await Shot(arrives, "arriving-dark");
        await arrives.Locator("label.choice.late").First.ClickAsync();
        await arrives.Locator("button[value=rest]").ClickAsync();
        await arrives.Locator("label.choice.late input:checked").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await leaves.Locator("#sign form button[type=submit]").ClickAsync();
        await leaves.Locator("#sign form").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await arrives.Locator("details.log").First.WaitForAsync();
        (await arrives.InnerTextAsync("#logs")).ShouldContain("优惠券不能叠加");
        faults.AddRange(await Look.Barriers(arrives, "logs to read"));
        await Shot(arrives, "arriving-logs-dark");
        await arrives.Locator("#logs form button[type=submit]").Last.ClickAsync();
        await arrives.Locator("details.log.new").First.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await arrives.Locator("#sign form button[type=submit]").ClickAsync();
        await arrives.Locator("#sign form").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await leaves.Locator(".badge.ok:has-text('放行'), .badge.ok:has-text('离场')").First.WaitForAsync();
        faults.AddRange(await Look.Faults(leaves, leaving));
        await Shot(leaves, "left-phone");
        var handover = leaving[..leaving.IndexOf("/leaving/", StringComparison.Ordinal)];
        faults.AddRange(await Look.Faults(floor, handover));
        await Shot(floor, "handover-floor");
        faults.AddRange(await Look.Faults(floor, handover + "/record"));
        await Shot(floor, "handover-record");
        (await floor.InnerTextAsync("main")).ShouldContain("签字完整");
        faults.ShouldBeEmpty();
    }

    [Theory, InlineData("en", true, true), InlineData("zh-CN", false, false)]
    public async Task A_person_is_dragged_onto_a_seat(string language, bool dark, bool phone)
    {
        var page = await host.SignIn("floor", language, dark, phone);
        var faults = await Look.Faults(page, "/seats");
        await Shot(page, $"seats-{language}{(phone ? "-phone" : "")}");
        var who = page.Locator("[data-drag]").First;
        var code = await who.GetAttributeAsync("data-drag");
        var free = page.Locator("td.spot.free").Last;
        var seat = await free.GetAttributeAsync("data-drop");
        if (phone)
        {
            await page.Locator("[data-drag-field]").FillAsync(code!);
            await page.Locator("[data-drop-field]").FillAsync(seat!);
            await page.Locator("form[data-drag-form] button[type=submit]").ClickAsync();
        }
        else
        {
            await who.DragToAsync(free);
        }
        await page.Locator($"[data-drop='{seat}'] [data-drag='{code}']").WaitForAsync();
        foreach (var path in new[] { "/roster", "/roster?team=vip-1", "/handover", "/reports/floor?kind=day" }) faults.AddRange(await Look.Faults(page, path));
        faults.ShouldBeEmpty();
    }

    private static async Task Opened(IPage page)
    {
        for (var left = 60; left > 0; left--)
        {
            await page.GotoAsync("/handover");
            if (await page.Locator("a.part[href*='/leaving/']").CountAsync() > 0) return;
            await page.WaitForTimeoutAsync(500);
        }
        Assert.Fail("no handover opened for the leader's team");
    }

    private static async Task Shot(IPage page, string name)
    {
        if (Looks is not null) await page.ScreenshotAsync(new() { Path = Path.Combine(Looks, $"{name}.png"), FullPage = true });
    }
}
