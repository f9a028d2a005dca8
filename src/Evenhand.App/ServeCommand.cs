using System.CommandLine;
using Evenhand.App.Web;
using Evenhand.Kernel.Commands;
using Evenhand.Kernel.Text;
using Evenhand.Platform.Contracts;
using Evenhand.Routing.Contracts;
using Evenhand.Workforce.Contracts;

namespace Evenhand.App;

/// <summary>`evenhand serve`: the web pages and the API, with the readers of facts beside them.</summary>
internal static class ServeCommand
{
    public static Command Make()
    {
        var urls = new Option<string>("--urls") { Description = "Addresses / 监听地址", DefaultValueFactory = _ => "http://localhost:5080" };
        var serve = new Command("serve", "Serves pages and API / 启动网站和接口") { urls };
        serve.SetAction(async (parsed, cancel) =>
        {
            var app = WebHost.Build(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory }, CommandRunner.Settings(parsed),
                builder => builder.Services
                    .AddHostedService<FactPumpLoop>()
                    .AddHostedService<WebhookLoop>()
                    .AddHostedService<FloorLoop>()
                    .AddHostedService<FeedLoop>()
                    .AddHostedService<TelephonyLoop>()
                    .AddHostedService<DeadlineLoop>()
                    .AddHostedService<WorkforceLoop>());
            app.Urls.Add(parsed.GetValue(urls)!);
            await WebHost.Open(app, cancel);
            await Welcome(app, parsed.GetValue(urls)!, cancel);
            await app.RunAsync(cancel);
            return 0;
        });
        return serve;
    }

    /// <summary>Says where to set the centre up, while that is still to be done.</summary>
    private static async Task Welcome(WebApplication app, string urls, CancellationToken cancel)
    {
        await using var scope = app.Services.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<ISetUp>().Code(cancel) is not { } code) return;
        Console.WriteLine(app.Services.GetRequiredService<Texts>()["platform.set-up-at", $"{urls.Split(';')[0].TrimEnd('/')}/set-up?code={code}"]);
    }
}
