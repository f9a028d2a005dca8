using System.CommandLine;
using Evenhand.Kernel.Commands;

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
            var app = WebHost.Build(new WebApplicationOptions(), CommandRunner.Settings(parsed));
            app.Urls.Add(parsed.GetValue(urls)!);
            await WebHost.Open(app, cancel);
            await app.RunAsync(cancel);
            return 0;
        });
        return serve;
    }
}
