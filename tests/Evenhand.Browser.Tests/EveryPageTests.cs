namespace Evenhand.Browser.Tests;

public sealed class EveryPageTests(DemoHost host)
{
    [Theory]
    [InlineData("manager", "zh-CN", false, false)]
    [InlineData("manager", "en", true, true)]
    [InlineData("leader", "zh-CN", true, false)]
    [InlineData("agent", "zh-CN", false, true)]
    [InlineData("agent", "en", true, false)]
    [InlineData("admin", "en", false, false)]
    [InlineData("admin", "zh-CN", true, true)]
    [InlineData("auditor", "en", false, true)]
    public async Task Every_page_of_the_menu_is_whole_readable_and_fits(string account, string language, bool dark, bool phone)
    {
        var page = await host.SignIn(account, language, dark, phone);
        var pages = await Look.Menu(page);
        pages.Count.ShouldBeGreaterThan(1);
        var faults = new List<string>();
        foreach (var path in pages) faults.AddRange(await Look.Faults(page, path));
        faults.ShouldBeEmpty();
    }
}
