using System.Net;

namespace Evenhand.Tests.Design;

/// <summary>The components on a page, as a browser gets them without scripts.</summary>
public sealed class GalleryTests
{
    [Fact]
    public async Task A_strict_policy_holds_nothing_inline_runs_or_styles()
    {
        await using var pages = await Pages.Start();
        var page = await pages.Get("/design");
        page.QuerySelectorAll("[style]").ShouldBeEmpty();
        page.QuerySelectorAll("style").ShouldBeEmpty();
        page.QuerySelectorAll("script:not([src]):not([type='application/json'])").ShouldBeEmpty();
        page.All.SelectMany(element => element.Attributes).Where(attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_label_names_an_input_and_every_id_is_used_once()
    {
        await using var pages = await Pages.Start();
        var page = await pages.Get("/design");
        page.QuerySelectorAll("label[for]").Where(label => page.GetElementById(label.GetAttribute("for")!) is null).Select(label => label.OuterHtml).ShouldBeEmpty();
        page.QuerySelectorAll("[id]").GroupBy(element => element.Id).Where(same => same.Count() > 1).Select(same => same.Key).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_grid_sorts_pages_and_filters_by_its_address()
    {
        await using var pages = await Pages.Start();
        var page = await pages.Get("/design?sort=-handle&page=2&queue=%E6%8A%95%E8%AF%89%E5%A4%84%E7%90%86");
        var grid = page.QuerySelector("turbo-frame#contacts")!;
        grid.QuerySelector("th[aria-sort]")!.GetAttribute("aria-sort").ShouldBe("descending");
        grid.QuerySelector(".pager [aria-current]")!.TextContent.ShouldBe("2");
        grid.QuerySelectorAll("tbody tr").Length.ShouldBe(10);
        grid.QuerySelectorAll("td[data-title='队列']").Select(cell => cell.TextContent.Trim()).Distinct().ShouldBe(["投诉处理"]);
        grid.QuerySelector("a[download]")!.GetAttribute("href").ShouldBe("/design/export?queue=%E6%8A%95%E8%AF%89%E5%A4%84%E7%90%86&sort=-handle&format=csv");
    }

    [Fact]
    public async Task Columns_left_out_are_not_shown_and_nothing_found_says_what_to_do()
    {
        await using var pages = await Pages.Start();
        var chosen = await pages.Get("/design?show=agent");
        chosen.QuerySelectorAll("#contacts th").Select(heading => heading.TextContent.Trim()).ShouldBe(["编号", "坐席", "结果"]);
        var empty = await pages.Get("/design?q=nobody");
        empty.QuerySelector("#contacts table").ShouldBeNull();
        empty.QuerySelector("#contacts .empty-action a")!.GetAttribute("href").ShouldBe("/design?size=10");
    }

    [Fact]
    public async Task An_invalid_form_answers_422_with_its_errors_beside_the_fields_and_keeps_its_own_key()
    {
        await using var pages = await Pages.Start();
        var shown = await pages.Client.GetAsync(new Uri("/design", UriKind.Relative));
        var form = Pages.Parse(await shown.Content.ReadAsStringAsync()).QuerySelector("form:has(#f-Agent)")!;
        var key = form.QuerySelector("[name=idempotencyKey]")!.GetAttribute("value")!;
        using var post = new HttpRequestMessage(HttpMethod.Post, new Uri("/design", UriKind.Relative))
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["_handler"] = "sample",
                ["__RequestVerificationToken"] = form.QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!,
                ["idempotencyKey"] = key,
                ["Agent"] = "",
            }),
        };
        post.Headers.Add("Cookie", shown.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]));
        var answer = await pages.Client.SendAsync(post);
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var page = Pages.Parse(await answer.Content.ReadAsStringAsync());
        page.GetElementById("f-Agent")!.GetAttribute("aria-invalid").ShouldBe("true");
        page.GetElementById(page.GetElementById("f-Agent")!.GetAttribute("aria-describedby")!)!.TextContent.ShouldContain("请填写坐席");
        page.QuerySelectorAll("[name=idempotencyKey]").Count(input => input.GetAttribute("value") == key).ShouldBe(1);
    }

    [Theory]
    [InlineData("/kpis?day=2026-11-20", "/kpis?day=2026-11-20")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https://evil.example", "/")]
    [InlineData("", "/")]
    public async Task A_theme_is_kept_and_the_way_back_never_leaves_the_house(string back, string expected)
    {
        await using var pages = await Pages.Start();
        var answer = await pages.Client.GetAsync(new Uri("/preferences/theme/dark?back=" + Uri.EscapeDataString(back), UriKind.Relative));
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.OriginalString.ShouldBe(expected);
        answer.Headers.GetValues("Set-Cookie").Single().ShouldStartWith("evenhand.theme=dark;");
    }

    [Fact]
    public async Task The_first_byte_already_has_the_theme_and_the_language()
    {
        await using var pages = await Pages.Start();
        using var ask = new HttpRequestMessage(HttpMethod.Get, new Uri("/design", UriKind.Relative));
        ask.Headers.Add("Cookie", "evenhand.theme=dark; .AspNetCore.Culture=c=en|uic=en");
        var page = Pages.Parse(await (await pages.Client.SendAsync(ask)).Content.ReadAsStringAsync());
        page.DocumentElement.GetAttribute("data-theme").ShouldBe("dark");
        page.DocumentElement.GetAttribute("lang").ShouldBe("en");
        page.QuerySelector("h1")!.TextContent.ShouldContain("Operations");
    }
}
