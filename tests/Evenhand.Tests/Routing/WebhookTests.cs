using System.Net;
using System.Net.Http.Json;
using Evenhand.Kernel;
using Evenhand.Routing.Webhooks;
using Evenhand.Tests.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Evenhand.Tests.Routing;

public sealed class WebhookTests
{
    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_change_is_told_signed_and_told_again_until_it_arrives(Store store)
    {
        await using var listener = await Listener.Start();
        await using var centre = await WorkCentre.Start(store, b => b.Configuration["Routing:Webhooks:AllowPrivate"] = "true");
        var manager = await centre.SignIn("manager");
        var hook = await (await manager.PostAsJsonAsync("/api/v1/routing/webhooks", new { listener.Url, Type = "call-back" })).Json();
        await manager.Make();
        await manager.Make(new { Type = "address-completion", Subject = "b", Queue = "sales", Fields = new Dictionary<string, string> { ["order-number"] = "1", ["phone"] = "13800007468" } });
        await centre.CatchUp();
        listener.Answer = HttpStatusCode.ServiceUnavailable;
        (await Deliver(centre)).ShouldBe(1);
        (await Deliver(centre)).ShouldBe(0);
        var failed = await Log(manager, hook.GetProperty("id").GetGuid());
        (failed.GetProperty("attempts").GetInt32(), failed.GetProperty("status").GetInt32(), failed.GetProperty("problem").GetString()).ShouldBe((1, 503, "routing.delivery-refused"));
        failed.GetProperty("nextAt").GetDateTimeOffset().ShouldBeGreaterThan(failed.GetProperty("createdAt").GetDateTimeOffset());
        listener.Answer = HttpStatusCode.NoContent;
        await centre.Do(s => s.GetRequiredService<EvenhandDb>().Deliveries.Where(d => d.NextAt != null).ExecuteUpdateAsync(set => set.SetProperty(d => d.NextAt, DateTimeOffset.UnixEpoch)));
        (await Deliver(centre)).ShouldBe(1);
        (await Deliver(centre)).ShouldBe(0);
        (await Log(manager, hook.GetProperty("id").GetGuid())).GetProperty("deliveredAt").GetString().ShouldNotBeNull();
        listener.Heard.Count.ShouldBe(2);
        listener.Heard.Select(h => h.Delivery).Distinct().Count().ShouldBe(1);
        var (signature, body, _) = listener.Heard[1];
        var at = long.Parse(signature.Split(',')[0][2..], System.Globalization.CultureInfo.InvariantCulture);
        DeliverWebhooks.Sign(hook.GetProperty("secret").GetString()!, at, body).ShouldBe(signature);
        DeliverWebhooks.Sign("another", at, body).ShouldNotBe(signature);
        body.ShouldContain("work-item.created");
        body.ShouldNotContain("13800007468");
    }

    [Fact]
    public async Task A_private_address_is_refused_when_it_is_registered_and_when_a_name_leads_there()
    {
        await using var listener = await Listener.Start();
        await using var centre = await WorkCentre.Start(Store.Sqlite);
        var manager = await centre.SignIn("manager");
        foreach (var url in new[] { "http://127.0.0.1/", "http://localhost/", "http://169.254.169.254/latest", "http://[::1]/", "http://[::ffff:10.0.0.1]/" })
            (await (await manager.PostAsJsonAsync("/api/v1/routing/webhooks", new { url })).CodeOf(409)).ShouldBe("routing.webhook-private", url);
        foreach (var url in new[] { "ftp://example.org/", "file:///etc/passwd", "example.org", "http://a:b@example.org/" })
            (await (await manager.PostAsJsonAsync("/api/v1/routing/webhooks", new { url })).CodeOf(409)).ShouldBe("routing.webhook-url", url);
        var hook = (await (await manager.PostAsJsonAsync("/api/v1/routing/webhooks", new { Url = "https://example.org/" })).Json()).GetProperty("id").GetGuid();
        await centre.Do(s => s.GetRequiredService<EvenhandDb>().Webhooks.ExecuteUpdateAsync(set => set.SetProperty(h => h.Url, listener.Url)));
        await manager.Make();
        await centre.CatchUp();
        (await Deliver(centre)).ShouldBe(1);
        (await Log(manager, hook)).GetProperty("problem").GetString().ShouldBe("routing.delivery-private");
        listener.Heard.ShouldBeEmpty();
        (await (await centre.SignIn("team-leader", "T1")).PostAsJsonAsync("/api/v1/routing/webhooks", new { Url = "https://example.org/" })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("8.8.8.8", true), InlineData("2606:4700::1111", true), InlineData("10.1.2.3", false), InlineData("172.31.0.1", false), InlineData("172.32.0.1", true), InlineData("192.168.1.1", false)]
    [InlineData("127.0.0.1", false), InlineData("0.0.0.0", false), InlineData("100.64.0.1", false), InlineData("169.254.169.254", false), InlineData("224.0.0.1", false), InlineData("::1", false)]
    [InlineData("::", false), InlineData("fe80::1", false), InlineData("fd00::1", false), InlineData("::ffff:192.168.0.1", false), InlineData("64:ff9b::a00:1", false), InlineData("2002:a00:1::", false)]
    public void An_address_inside_the_house_is_known(string address, bool isPublic) => Destination.IsPublic(IPAddress.Parse(address)).ShouldBe(isPublic);

    [Fact]
    public void Pauses_double_up_to_two_hours() =>
        new[] { 1, 2, 3, 12, 60 }.Select(n => DeliverWebhooks.PauseAfter(n).TotalSeconds).ShouldBe([10, 20, 40, 7200, 7200]);

    private static Task<int> Deliver(TestCentre centre) => centre.Do(s => s.GetRequiredService<DeliverWebhooks>().Run(default));

    private static async Task<System.Text.Json.JsonElement> Log(HttpClient client, Guid hook) =>
        (await (await client.GetAsync($"/api/v1/routing/webhooks/{hook}/deliveries")).Json()).GetProperty("rows").EnumerateArray().Single();

    /// <summary>Somebody outside, on a port of this machine.</summary>
    private sealed class Listener(WebApplication app) : IAsyncDisposable
    {
        public HttpStatusCode Answer { get; set; } = HttpStatusCode.OK;

        public List<(string Signature, string Body, string Delivery)> Heard { get; } = [];

        public string Url => app.Urls.First() + "/hook";

        public static async Task<Listener> Start()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var listener = new Listener(builder.Build());
            await listener.Serve();
            return listener;
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();

        private Task Serve()
        {
            app.Run(async http =>
            {
                using var reader = new StreamReader(http.Request.Body);
                Heard.Add((http.Request.Headers[DeliverWebhooks.Signature].ToString(), await reader.ReadToEndAsync(), http.Request.Headers["Evenhand-Delivery"].ToString()));
                http.Response.StatusCode = (int)Answer;
            });
            return app.StartAsync();
        }
    }
}
