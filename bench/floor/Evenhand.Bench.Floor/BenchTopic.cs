using Evenhand.App;
using Evenhand.App.Web;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Evenhand.Bench.Floor;

/// <summary>A topic of the bench's own that says nothing but that an offer is there: what the desks' own topic adds is the difference.</summary>
internal sealed class BenchTopic : ILiveTopic
{
    public string Kind => "desk";

    public Task<bool> May(Access access, string id, CancellationToken cancel) => Task.FromResult(Guid.TryParse(id, out var agent) && access.AgentId == agent);

    /// <summary>The program as `evenhand serve` runs it, with this topic.</summary>
    public static async Task Serve(string data, string url)
    {
        var app = WebHost.Build(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory }, new StoreSettings(data), builder =>
        {
            builder.Logging.SetMinimumLevel(LogLevel.Warning);
            builder.Services.AddHostedService<FactPumpLoop>().AddHostedService<WebhookLoop>().AddHostedService<FloorLoop>().AddHostedService<BenchPushes>().AddScoped<ILiveTopic, BenchTopic>();
        });
        app.Urls.Add(url);
        await WebHost.Open(app, default);
        await app.RunAsync();
    }
}

/// <summary>Tells desks of their offers.</summary>
internal sealed class BenchPushes(IFloor floor, ILivePages live) : BackgroundService
{
    private readonly Dictionary<Guid, HashSet<Guid>> rung = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var listening = floor.Listen(Hear);
        await Task.Delay(Timeout.Infinite, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Hear(FloorChange change)
    {
        var now = floor.Now();
        foreach (var agent in change.Agents)
        {
            var offers = now.Agents.GetValueOrDefault(agent)?.Contacts.Where(c => c.Stage == "offered").Select(c => c.ContactId).ToHashSet() ?? [];
            foreach (var offer in offers.Except(rung.GetValueOrDefault(agent) ?? [])) live.Signal($"desk:{agent}", "offer", new { ContactId = offer });
            rung[agent] = offers;
        }
    }
}
