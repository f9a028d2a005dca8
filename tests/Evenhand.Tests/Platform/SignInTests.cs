using System.Net;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Tests.Platform;

/// <summary>SetUpCentre, SignIn, ChangePassword and the session.</summary>
public sealed class SignInTests
{
    private const string Password = "correct horse battery";

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_new_centre_is_set_up_once_and_only_with_the_printed_code(Store store)
    {
        await using var centre = await TestCentre.Start(store);
        var browser = centre.Client();
        (await browser.GetAsync("/sign-in")).Headers.Location!.ToString().ShouldEndWith("/set-up");
        (string, string)[] Fields(string code) => [("Input.Code", code), ("Input.Centre", "海湾"), ("Input.Zone", "Asia/Shanghai"), ("Input.Name", "admin"), ("Input.Password", Password)];
        ((int)(await browser.Fill("/set-up", "set-up", Fields("WRONGCODE1"))).StatusCode).ShouldBe(422);
        var code = centre.Services.GetRequiredService<SetUpCode>().Code;
        ((int)(await browser.Fill("/set-up", "set-up", Fields(code))).StatusCode).ShouldBe(302);
        (await browser.GetAsync("/set-up")).Headers.Location!.ToString().ShouldEndWith("/sign-in");
        (await centre.Do(s => s.GetRequiredService<SetUpCentre>().Run(new(code, "again", "UTC", "second", Password), default))).Refusal!.Code.ShouldBe("platform.set-up-done");
        var answer = await browser.Fill("/sign-in?back=%2Fprofile", "sign-in", ("Input.Name", "ADMIN"), ("Input.Password", Password));
        answer.Headers.Location!.ToString().ShouldEndWith("/profile");
        answer.Headers.GetValues("Set-Cookie").ShouldContain(c => c.StartsWith("evenhand.session=") && c.Contains("httponly", StringComparison.OrdinalIgnoreCase));
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Five_wrong_passwords_lock_and_every_refusal_reads_the_same(Store store)
    {
        await using var centre = await TestCentre.Start(store);
        await Create(centre, "li");
        Task<string?> Try(string name, string password) => centre.Do(async s => (await s.GetRequiredService<SignIn>().Run(new(name, password), default)).Refusal?.Code, Access.Nobody);
        (await Try("li", Password)).ShouldBeNull();
        (await Try("nobody", Password)).ShouldBe("platform.sign-in-refused");
        for (var i = 0; i < 5; i++) (await Try("li", "wrong")).ShouldBe("platform.sign-in-refused");
        (await Try("li", Password)).ShouldBe("platform.sign-in-refused");
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Switching_an_account_off_ends_its_session_at_once(Store store)
    {
        await using var centre = await TestCentre.Start(store);
        await centre.Establish();
        var admin = await centre.SignIn(Roles.Administrator);
        var hr = await centre.SignIn(Roles.Hr);
        (await hr.GetAsync("/organisation")).EnsureSuccessStatusCode();
        var rows = (await (await admin.Get("/accounts?role=hr")).Json()).GetProperty("rows");
        (await admin.Put($"/accounts/{rows[0].GetProperty("id").GetGuid()}", new { active = false })).EnsureSuccessStatusCode();
        (await hr.GetAsync("/organisation")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await hr.Get("/agents")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_password_set_by_somebody_else_is_changed_first(Store store)
    {
        await using var centre = await TestCentre.Start(store);
        var id = await Create(centre, "wang", mustChange: true);
        var session = await centre.Do(async s => SignedIn.Cookie(s, (await s.GetRequiredService<SignIn>().Run(new("wang", Password), default)).Value.Session));
        var browser = centre.Client();
        browser.DefaultRequestHeaders.Add("Cookie", session);
        (await browser.GetAsync("/notifications")).Headers.Location!.ToString().ShouldBe("/profile");
        ((int)(await browser.Fill("/profile", "password", ("Input.Old", Password), ("Input.New", "another long one"), ("Input.Again", "not the same one"))).StatusCode).ShouldBe(422);
        var changed = await browser.Fill("/profile", "password", ("Input.Old", Password), ("Input.New", "another long one"), ("Input.Again", "another long one"));
        ((int)changed.StatusCode).ShouldBe(302);
        (await browser.GetAsync("/notifications")).Headers.Location!.ToString().ShouldContain("/sign-in");
        id.ShouldNotBe(default);
    }

    [Fact]
    public async Task A_page_elsewhere_cannot_use_the_session()
    {
        await using var centre = await TestCentre.Start(Store.Sqlite);
        var admin = await centre.SignIn(Roles.Administrator);
        foreach (var (header, value) in new[] { ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site"), ("Origin", "https://evil.example") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/platform/notifications/read") { Content = System.Net.Http.Json.JsonContent.Create(new { }) };
            request.Headers.Add(header, value);
            (await (await admin.SendAsync(request)).CodeOf(403)).ShouldBe("platform.cross-origin.not-allowed");
        }
        (await admin.Post("/notifications/read", new { })).EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        await using var centre = await TestCentre.Start(Store.Sqlite);
        var admin = await centre.SignIn(Roles.Administrator);
        var answer = await admin.PostAsync("/notifications", new FormUrlEncodedContent([KeyValuePair.Create("_handler", "all")]));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    private static Task<Guid> Create(TestCentre centre, string name, bool mustChange = false) => centre.Do(async s =>
        (await s.GetRequiredService<CreateAccount>().Run(new(name, null, Password, null, null, null, mustChange), default)).Value.AccountId);
}
