using System.Globalization;
using Evenhand.Design;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Evenhand.Tests.Design;

/// <summary>The live parts as they are without scripts.</summary>
public sealed class LiveComponentTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(133, null, "02:13", "")]
    [InlineData(180, null, "03:00", "warn")]
    [InlineData(300, null, "05:00", "bad")]
    [InlineData(3_725, null, "1:02:05", "bad")]
    [InlineData(-5, null, "00:00", "")]
    [InlineData(null, 400, "06:40", "")]
    [InlineData(null, 300, "05:00", "bad")]
    [InlineData(null, -61, "−01:01", "bad")]
    [InlineData(null, null, "–", "")]
    public async Task A_ticker_says_without_scripts_what_it_was_when_the_page_was_made(int? since, int? until, string text, string status)
    {
        var ticker = (await Draw<Ticker>(new()
        {
            ["Since"] = since is { } s ? Now.AddSeconds(-s) : null, ["Until"] = until is { } u ? Now.AddSeconds(u) : null,
            ["Warn"] = TimeSpan.FromMinutes(3), ["Over"] = TimeSpan.FromMinutes(5),
        })).QuerySelector("eh-ticker")!;
        (ticker.TextContent, ticker.GetAttribute("data-status")).ShouldBe((text, status));
    }

    [Theory, InlineData("zh-CN", "快捷键"), InlineData("en", "Keyboard shortcuts")]
    public async Task The_parts_speak_the_readers_language(string language, string keys)
    {
        await using var pages = await Pages.Start();
        var page = Pages.Parse(await (await pages.Client.SendAsync(new(HttpMethod.Get, "/design/live") { Headers = { { "Cookie", $".AspNetCore.Culture=c%3D{language}%7Cuic%3D{language}" } } })).Content.ReadAsStringAsync());
        page.QuerySelector("#keys-list h2")!.TextContent.ShouldBe(keys);
        page.QuerySelector("meta[name=server-time]")!.GetAttribute("content")!.ShouldMatch(@"^\d{13}$");
    }

    [Theory, InlineData("/design/live"), InlineData("/design/board")]
    public async Task A_strict_policy_holds_and_every_id_is_used_once(string address)
    {
        await using var pages = await Pages.Start();
        var page = await pages.Get(address);
        page.QuerySelectorAll("[style], style, script:not([src])").ShouldBeEmpty();
        page.QuerySelectorAll("[id]").GroupBy(element => element.Id).Where(same => same.Count() > 1).Select(same => same.Key).ShouldBeEmpty();
        page.QuerySelectorAll("button").Where(button => button.TextContent.Trim() == "" && button.GetAttribute("aria-label") is null).Select(button => button.OuterHtml).ShouldBeEmpty();
    }

    private static async Task<AngleSharp.Html.Dom.IHtmlDocument> Draw<TComponent>(Dictionary<string, object?> parameters) where TComponent : IComponent
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-CN");
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(new StoppedClock());
        await using var provider = services.BuildServiceProvider();
        await using var renderer = new HtmlRenderer(provider, provider.GetRequiredService<ILoggerFactory>());
        var markup = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<TComponent>(ParameterView.FromDictionary(parameters))).ToHtmlString());
        return Pages.Parse(markup);
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
