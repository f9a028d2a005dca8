using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Rules;
using Evenhand.Tests.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Tests.Routing;

/// <summary>The sample centre with two more queues, of which calls are routed, and what callers of the API do with its rules.</summary>
internal static class RuleCentre
{
    public const string Rules = "/api/v1/routing/rules";
    public const string Agents = "/api/v1/routing/agents";
    public const string Vips = "/api/v1/routing/vips";

    public static async Task<TestCentre> Start(Store store)
    {
        var centre = await TestCentre.Start(store);
        await centre.Establish();
        await centre.Do(s => s.GetRequiredService<IOrganisation>().Establish(new OrganisationPlan(null, [], [], [new PlannedQueue("service", "售后"), new PlannedQueue("log", "旧队列")]), default));
        var manager = await centre.SignIn("manager");
        foreach (var queue in new[] { "sales", "service" }) (await manager.PutAsJsonAsync($"{Rules}/queues/{queue}", new { Routed = true, Channel = "call" })).EnsureSuccessStatusCode();
        return centre;
    }

    extension(TestCentre centre)
    {
        public Task<FloorRuleSet> ReadRules() => centre.Do(s => s.GetRequiredService<FloorRules>().Read(default));
    }

    extension(HttpClient client)
    {
        public Task<HttpResponseMessage> PutRules(string path, object body) => client.PutAsJsonAsync($"{Rules}/{path}", body);

        public Task<HttpResponseMessage> PostRules(string path, object body) => client.PostAsJsonAsync($"{Rules}/{path}", body);

        public async Task<JsonElement> GetRules(string path) => await (await client.GetAsync($"{Rules}/{path}")).Json();

        public Task<HttpResponseMessage> Upload(string address, string text, string name = "list.csv")
        {
            var file = new ByteArrayContent(Encoding.UTF8.GetBytes(text)) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } };
            return client.PostAsync(address, new MultipartFormDataContent { { file, "file", name } });
        }
    }
}
