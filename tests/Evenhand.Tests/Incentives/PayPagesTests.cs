using System.Net;
using System.Net.Http.Json;
using AngleSharp.Html.Parser;
using Evenhand.Incentives.Plans;
using Evenhand.Incentives.Statements;

namespace Evenhand.Tests.Incentives;

public sealed class PayPagesTests
{
    [Fact]
    public async Task An_agent_reads_the_own_pay_and_nothing_of_others()
    {
        await using var centre = await PaidMarch();
        var dorit = await centre.SignIn("agent", agent: "DORIT");
        var page = await Text(dorit, "/pay/mine?month=2026-03");
        page.ShouldContain("¥28.00");
        page.ShouldContain("¥2.25");
        (await Text(dorit, "/pay/mine")).ShouldContain("2026-03-03");
        (await dorit.GetAsync($"/pay/of/{centre.Agent("AVI")}")).StatusCode.ShouldNotBe(HttpStatusCode.OK);
        (await dorit.GetAsync("/pay")).StatusCode.ShouldNotBe(HttpStatusCode.OK);
        (await dorit.GetAsync("/pay/plans")).StatusCode.ShouldNotBe(HttpStatusCode.OK);
        (await dorit.GetAsync($"/pay/contacts/{centre.Agent("AVI")}/2026-03-02/{centre.Queue("PS")}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        var mine = await dorit.GetFromJsonAsync<PayJson.Own>("/api/v1/incentives/months/2026-03/mine");
        (mine!.Statement.Agent, mine.Statement.Amount, mine.NextPrice, mine.UnitsToNextTier).ShouldBe(("DORIT", "28.00", "2.25", 2m));
        (await dorit.GetAsync($"/api/v1/incentives/months/2026-03/agents/{centre.Agent("AVI")}")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await dorit.PostAsync("/api/v1/incentives/months/2026-03/close", null)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_leader_sees_the_team_and_cannot_run_or_publish()
    {
        await using var centre = await PaidMarch();
        centre.Did("TOVA", "PS", "2026-03-02", 3);
        await centre.Run(PayCentre.March);
        var leader = await centre.SignIn("team-leader", "T2");
        var page = await Text(leader, "/pay?month=2026-03");
        page.ShouldContain("Tova");
        page.ShouldNotContain("Dorit");
        (await leader.GetAsync($"/pay/of/{centre.Agent("AVI")}?month=2026-03")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Text(leader, $"/pay/of/{centre.Agent("TOVA")}?month=2026-03")).ShouldContain("¥3.75");
        (await leader.PostAsync("/api/v1/incentives/months/2026-03/run", null)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_manager_simulates_and_publishes_on_the_page_runs_closes_and_exports()
    {
        await using var centre = await PayCentre.Start(Store.Sqlite);
        centre.WriteMarch();
        var manager = await centre.SignIn("manager");
        const string plan = "/pay/plans?months=1&until=2026-03&least-days=0&tiers=10,15,20&weights=PE=1.5&price=1.25&step=0.5&flat=1.5";
        var page = await Text(manager, plan);
        page.ShouldContain("¥36.75");
        (await Post(manager, plan, "publish", new() { ["Month"] = "2026-03" })).ShouldBe(HttpStatusCode.Redirect);
        (await Post(manager, "/pay", "run", new() { ["RunMonth"] = "2026-03" })).ShouldBe(HttpStatusCode.Redirect);
        (await centre.Pay("DORIT", PayCentre.March)).Amount.ShouldBe("28.00");
        (await Post(manager, "/pay?month=2026-03", "close", [])).ShouldBe(HttpStatusCode.Redirect);
        (await Post(manager, plan, "publish", new() { ["Month"] = "2026-03" })).ShouldBe(HttpStatusCode.UnprocessableEntity);

        var csv = await manager.GetStringAsync("/api/v1/incentives/months/2026-03/export?format=csv");
        csv.Split('\n').Count(line => line.Contains("DORIT", StringComparison.Ordinal) && line.Contains("28.00", StringComparison.Ordinal)).ShouldBe(1);
        var refused = await manager.PostAsJsonAsync("/api/v1/incentives/plans/simulate", new SimulatePlan.Request(new PlanChoices { Until = "soon" }));
        (refused.StatusCode, (await refused.Content.ReadAsStringAsync()).Contains("incentives.month-unreadable", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.Conflict, true));
    }

    [Theory, InlineData("/pay/mine", "agent"), InlineData("/pay", "manager"), InlineData("/pay/plans", "manager")]
    public async Task Without_figures_a_page_says_what_to_do_in_both_languages(string address, string role)
    {
        await using var centre = await PayCentre.Start(Store.Sqlite);
        foreach (var language in new[] { "zh-CN", "en" })
        {
            var client = await centre.SignIn(role, agent: role == "agent" ? "AVI" : null);
            client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
            var page = await Text(client, address);
            page.ShouldNotContain("incentives.");
        }
    }

    private static async Task<PayCentre> PaidMarch()
    {
        var centre = await PayCentre.Start(Store.Sqlite);
        centre.WriteMarch();
        await centre.Publish(PayCentre.March);
        await centre.Run(PayCentre.March);
        return centre;
    }

    private static async Task<string> Text(HttpClient client, string address)
    {
        var answer = await client.GetAsync(address);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, address);
        return new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync()).QuerySelector("main")!.TextContent;
    }

    private static async Task<HttpStatusCode> Post(HttpClient client, string address, string form, Dictionary<string, string> fields)
    {
        var answer = await client.GetAsync(address);
        var found = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync()).QuerySelectorAll("form").Single(f => f.QuerySelector($"input[name=_handler][value='{form}']") is not null);
        foreach (var hidden in found.QuerySelectorAll("input[type=hidden]")) fields[hidden.GetAttribute("name")!] = hidden.GetAttribute("value")!;
        if (answer.Headers.TryGetValues("Set-Cookie", out var cookies))
        {
            var kept = client.DefaultRequestHeaders.GetValues("Cookie").Single();
            client.DefaultRequestHeaders.Remove("Cookie");
            client.DefaultRequestHeaders.Add("Cookie", string.Join("; ", cookies.Select(c => c.Split(';')[0]).Prepend(kept)));
        }
        return (await client.PostAsync(address, new FormUrlEncodedContent(fields))).StatusCode;
    }
}
