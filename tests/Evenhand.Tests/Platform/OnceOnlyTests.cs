using System.Net;
using AngleSharp.Html.Parser;
using Evenhand.Kernel.Rights;

namespace Evenhand.Tests.Platform;

/// <summary>A form acts once, however often it is sent.</summary>
public sealed class OnceOnlyTests
{
    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_form_sent_several_times_at_once_acts_once_and_all_are_led_the_same_way(Store store)
    {
        await using var centre = await TestCentre.Start(store);
        var all = await centre.Establish();
        var (client, form) = await Form(centre, all.UnitOf("D1"));
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Send(client, form, "T9", "九组")));
        answers.Select(a => a.StatusCode).Distinct().ShouldBe([HttpStatusCode.Redirect]);
        answers.Select(a => a.Headers.Location).Distinct().Count().ShouldBe(1);
        (await centre.Organisation()).Units.Values.Count(u => u.Name == "九组").ShouldBe(1);
        (await Send(client, form, "T10", "十组")).StatusCode.ShouldBe(HttpStatusCode.Redirect, "sent again later, with other fields: still the same form");
        (await centre.Organisation()).Units.Values.ShouldNotContain(u => u.Name == "十组");
    }

    [Fact]
    public async Task What_was_invalid_can_be_mended_and_sent_again()
    {
        await using var centre = await TestCentre.Start(Store.Sqlite);
        var all = await centre.Establish();
        var (client, form) = await Form(centre, all.UnitOf("D1"));
        (await Send(client, form, "T1", "九组")).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await Send(client, form, "T9", "九组")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await centre.Organisation()).Units.Values.Count(u => u.Name == "九组").ShouldBe(1);
    }

    [Fact]
    public async Task Nobody_is_led_by_the_key_of_somebody_else()
    {
        await using var centre = await TestCentre.Start(Store.Sqlite);
        var all = await centre.Establish();
        var (one, form) = await Form(centre, all.UnitOf("D1"));
        (await Send(one, form, "T9", "九组")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var (other, own) = await Form(centre, all.UnitOf("D1"));
        own["idempotencyKey"] = form["idempotencyKey"];
        var answer = await Send(other, own, "T10", "十组");
        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("已经提交过");
    }

    private static async Task<(HttpClient Client, Dictionary<string, string> Form)> Form(TestCentre centre, Guid unit)
    {
        var client = await centre.SignIn(Roles.Hr);
        var page = await client.GetAsync($"/organisation?unit={unit}");
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        var form = new HtmlParser().ParseDocument(await page.Content.ReadAsStringAsync()).QuerySelectorAll("form").Single(f => f.QuerySelector("input[name=_handler][value=add]") is not null);
        var fields = form.QuerySelectorAll("input[type=hidden]").ToDictionary(h => h.GetAttribute("name")!, h => h.GetAttribute("value")!);
        fields[""] = page.RequestMessage!.RequestUri!.PathAndQuery;
        var kept = client.DefaultRequestHeaders.GetValues("Cookie").Single();
        client.DefaultRequestHeaders.Remove("Cookie");
        client.DefaultRequestHeaders.Add("Cookie", string.Join("; ", page.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]).Prepend(kept)));
        return (client, fields);
    }

    private static Task<HttpResponseMessage> Send(HttpClient client, Dictionary<string, string> form, string code, string name)
    {
        var fields = form.Where(f => f.Key.Length > 0).Append(new("Unit.Kind", "Team")).Append(new("Unit.Code", code)).Append(new("Unit.Name", name));
        return client.PostAsync(form[""], new FormUrlEncodedContent(fields));
    }
}
