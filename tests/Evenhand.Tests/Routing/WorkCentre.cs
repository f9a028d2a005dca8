using System.Net.Http.Json;
using System.Text.Json;
using Evenhand.Tests.Platform;

namespace Evenhand.Tests.Routing;

/// <summary>The sample centre with its queue belonging to the first team, and what callers of the API do there.</summary>
internal static class WorkCentre
{
    public const string Items = "/api/v1/routing/work-items";

    public static async Task<TestCentre> Start(Store store, Action<Microsoft.AspNetCore.Builder.WebApplicationBuilder>? adjust = null)
    {
        var centre = await TestCentre.Start(store, adjust);
        await centre.Establish();
        var manager = await centre.SignIn("manager");
        (await manager.PutAsJsonAsync("/api/v1/routing/queues/sales/units", new { Units = new[] { "T1" } })).IsSuccessStatusCode.ShouldBeTrue();
        return centre;
    }

    public static object CallBack(string subject = "回拨", string phone = "13800007468") => new { Type = "call-back", Subject = subject, Queue = "sales", Fields = new Dictionary<string, string> { ["phone"] = phone, ["customer"] = "王小明" } };

    extension(HttpClient client)
    {
        public async Task<HttpResponseMessage> Send(object body, string? key = null, string address = Items)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = JsonContent.Create(body) };
            if (key is not null) request.Headers.Add("Idempotency-Key", key);
            return await client.SendAsync(request);
        }

        public async Task<Guid> Make(object? body = null) => (await (await client.Send(body ?? CallBack())).Json()).GetProperty("id").GetGuid();

        public Task<HttpResponseMessage> Move(Guid id, int version, string to, string? agent = null) => client.PostAsJsonAsync($"{Items}/{id}/state", new { Version = version, To = to, Agent = agent });

        public Task<HttpResponseMessage> Change(Guid id, int version, string field, string value) =>
            client.PatchAsJsonAsync($"{Items}/{id}", new { Version = version, Fields = new Dictionary<string, string> { [field] = value } });

        public async Task<JsonElement> Item(Guid id) => await (await client.GetAsync($"{Items}/{id}")).Json();

        public async Task<string[]> Subjects(string query = "") =>
            [.. (await (await client.GetAsync(Items + query)).Json()).GetProperty("rows").EnumerateArray().Select(r => r.GetProperty("subject").GetString()!)];
    }
}
