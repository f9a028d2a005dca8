using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Evenhand.Platform.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Tests.Platform;

/// <summary>A small centre: two teams of one department, a third team, five agents of whom one is in no team.</summary>
internal static partial class SampleCentre
{
    public static DateOnly Start { get; } = new(2026, 1, 1);

    extension(TestCentre centre)
    {
        public async Task<OrganisationSnapshot> Establish() => await centre.Do(async services =>
        {
            var organisation = services.GetRequiredService<IOrganisation>();
            await organisation.Establish(new OrganisationPlan("Asia/Shanghai",
                [
                    new("centre", null, UnitKind.Centre, "海湾中心"), new("D1", "centre", UnitKind.Department, "呼入部"),
                    new("T1", "D1", UnitKind.Team, "一组"), new("T2", "D1", UnitKind.Team, "二组"), new("T3", "centre", UnitKind.Team, "三组"),
                ],
                [.. new[] { ("a1", "T1"), ("a2", "T1"), ("b1", "T2"), ("c1", "T3") }.Select(a => new PlannedAgent(a.Item1, a.Item1.ToUpperInvariant(), Start, null, [(a.Item2, Start, null)])),
                    new PlannedAgent("x1", "X1", null, null, [])],
                [new PlannedQueue("sales", "销售")]), default);
            return await organisation.Read(default);
        });

        public Task<OrganisationSnapshot> Organisation() => centre.Do(s => s.GetRequiredService<IOrganisation>().Read(default));
    }

    public static Guid UnitOf(this OrganisationSnapshot all, string code) => all.Units.Values.Single(u => u.Code == code).Id;

    public static Guid AgentOf(this OrganisationSnapshot all, string code) => all.Agents.Values.Single(a => a.Code == code).Id;

    /// <summary>The refusal's code, after checking its status.</summary>
    public static async Task<string?> CodeOf(this HttpResponseMessage answer, int status)
    {
        var body = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode).ShouldBe(status, body);
        return JsonDocument.Parse(body).RootElement.GetProperty("code").GetString();
    }

    public static async Task<JsonElement> Json(this HttpResponseMessage answer)
    {
        var body = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue(body);
        return JsonDocument.Parse(body).RootElement;
    }

    public static Task<HttpResponseMessage> Post(this HttpClient client, string path, object body) => client.PostAsJsonAsync("/api/v1/platform" + path, body);

    public static Task<HttpResponseMessage> Put(this HttpClient client, string path, object body) => client.PutAsJsonAsync("/api/v1/platform" + path, body);

    public static Task<HttpResponseMessage> Get(this HttpClient client, string path) => client.GetAsync("/api/v1/platform" + path);

    /// <summary>Fills in a page's form as a browser would: its hidden fields, its cookies, then the values given.</summary>
    public static async Task<HttpResponseMessage> Fill(this HttpClient client, string page, string form, params (string Name, string Value)[] values)
    {
        var shown = await client.GetAsync(page);
        var html = await shown.Content.ReadAsStringAsync();
        var part = Form().Matches(html).Select(m => m.Value).FirstOrDefault(f => f.Contains($"value=\"{form}\"", StringComparison.Ordinal));
        part.ShouldNotBeNull($"no form {form} on {page}: {html}");
        var fields = Hidden().Matches(part).Select(m => KeyValuePair.Create(m.Groups[1].Value, m.Groups[2].Value)).ToList();
        fields.AddRange(values.Select(v => KeyValuePair.Create(v.Name, v.Value)));
        var request = new HttpRequestMessage(HttpMethod.Post, page) { Content = new FormUrlEncodedContent(fields) };
        if (shown.Headers.TryGetValues("Set-Cookie", out var cookies))
        {
            var own = client.DefaultRequestHeaders.TryGetValues("Cookie", out var had) ? had : [];
            request.Headers.Add("Cookie", string.Join("; ", own.Concat(cookies.Select(c => c.Split(';')[0]))));
        }
        return await client.SendAsync(request);
    }

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();
}
