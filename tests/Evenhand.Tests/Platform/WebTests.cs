using System.Net;
using System.Text.Json;
using Evenhand.Kernel.Rights;
using Evenhand.Kernel.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Tests.Platform;

/// <summary>The web program around the pages: description of the API, headers, languages, errors, texts.</summary>
public sealed class WebTests
{
    [Fact]
    public async Task The_description_of_the_api_names_every_endpoint()
    {
        await using var centre = await TestCentre.Start(Store.Sqlite);
        var answer = await centre.Client().GetAsync("/openapi/v1.json");
        var described = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("paths").EnumerateObject().Select(p => p.Name.Trim('/')).ToList();
        var mapped = centre.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(e => e.RoutePattern.RawText!.Trim('/'))
            .Where(p => p.StartsWith("api/v1/", StringComparison.Ordinal)).Select(p => System.Text.RegularExpressions.Regex.Replace(p, ":[a-z0-9]+}", "}")).Distinct();
        mapped.Except(described).ShouldBeEmpty();
    }

    [Fact]
    public async Task Browsers_are_told_to_run_nothing_but_ours()
    {
        await using var centre = await TestCentre.Start(Store.Sqlite);
        var answer = await (await centre.SignIn(Roles.Hr)).GetAsync("/organisation");
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("default-src 'self'");
        policy.ShouldNotContain("unsafe");
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        (await answer.Content.ReadAsStringAsync()).ShouldNotContain(" style=");
    }

    [Fact]
    public async Task Chinese_is_spoken_until_somebody_chooses_english()
    {
        await using var centre = await TestCentre.Start(Store.Sqlite);
        var hr = await centre.SignIn(Roles.Hr);
        hr.DefaultRequestHeaders.Add("Accept-Language", "en");
        (await (await hr.GetAsync("/organisation")).Content.ReadAsStringAsync()).ShouldContain("组织架构");
        var choice = await hr.GetAsync("/preferences/language/en?back=/organisation");
        hr.DefaultRequestHeaders.Add("Cookie", choice.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        (await (await hr.GetAsync("/organisation")).Content.ReadAsStringAsync()).ShouldContain("Organisation");
    }

    [Fact]
    public async Task An_error_is_a_page_for_people_and_a_problem_for_machines()
    {
        await using var centre = await TestCentre.Start(Store.Sqlite);
        var hr = await centre.SignIn(Roles.Hr);
        var page = await hr.GetAsync("/nowhere");
        page.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await page.Content.ReadAsStringAsync()).ShouldContain("页面不存在");
        var forbidden = await hr.GetAsync("/accounts");
        forbidden.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await forbidden.Content.ReadAsStringAsync()).ShouldContain("没有权限");
        var api = await hr.GetAsync("/api/v1/nowhere");
        (api.StatusCode, api.Content.Headers.ContentType!.MediaType).ShouldBe((HttpStatusCode.NotFound, "application/problem+json"));
        (await centre.Client().GetAsync("/healthz")).EnsureSuccessStatusCode();
    }

    [Fact]
    public void Every_text_of_the_platform_is_there_in_both_languages()
    {
        var assembly = typeof(Evenhand.Platform.PlatformModule).Assembly;
        var (chinese, english) = (Texts.Read(assembly, "zh-CN"), Texts.Read(assembly, "en"));
        chinese.Keys.Except(english.Keys).Concat(english.Keys.Except(chinese.Keys)).ShouldBeEmpty();
        var known = Evenhand.App.Modules.All.All.SelectMany(m => Texts.Read(m.GetType().Assembly, "en").Keys).ToHashSet();
        Evenhand.App.Modules.All.All.SelectMany(m => m.Permissions).Select(p => "permission." + p.Code).Except(known).ShouldBeEmpty();
        Evenhand.App.Modules.All.All.SelectMany(m => m.Menu).SelectMany(m => new[] { m.TextKey, m.Group }).Except(known).ShouldBeEmpty();
        Roles.All.Select(r => "role." + r).Except(known).ShouldBeEmpty();
    }
}
