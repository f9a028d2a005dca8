using System.Collections.Concurrent;
using Evenhand.App;
using Evenhand.Design;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;

namespace Evenhand.Browser.Tests.Live;

/// <summary>The real program with the gallery of live parts beside it, which the product does not serve, and somebody to sign in as.</summary>
public sealed class LiveHost : IAsyncLifetime
{
    private readonly string directory = Directory.CreateTempSubdirectory("evenhand-live-").FullName;
    private WebApplication? app;
    private Windows? windows;
    private int port;
    private string? signedIn;

    public ILivePages Live => app!.Services.GetRequiredService<ILivePages>();

    /// <summary>When each beat came.</summary>
    public ConcurrentQueue<DateTimeOffset> Beats { get; } = [];

    /// <summary>What a beat is answered with.</summary>
    public int BeatStatus { get; set; } = 200;

    /// <summary>What the gallery's pages are told when they join.</summary>
    public IReadOnlyList<LiveFragment> Now { get; set; } = [];

    public async ValueTask InitializeAsync()
    {
        if (DemoHost.Chromium is null) return;
        await Start();
        windows = await Windows.Start(DemoHost.Chromium);
        await SetUp();
    }

    /// <summary>The first account of the centre, made and signed in as people do it.</summary>
    private async Task SetUp()
    {
        await using var scope = app!.Services.CreateAsyncScope();
        var code = await scope.ServiceProvider.GetRequiredService<ISetUp>().Code(default);
        var context = await windows!.Open($"http://127.0.0.1:{port}");
        var page = await context.NewPageAsync();
        await page.GotoAsync($"/set-up?code={code}");
        foreach (var (field, value) in new[] { ("Centre", "Live"), ("Zone", "Asia/Shanghai"), ("Name", "admin"), ("Password", DemoHost.Password) }) await page.Locator($"[name='Input.{field}']").FillAsync(value);
        await page.Locator("form button[type=submit]").ClickAsync();
        await page.WaitForURLAsync("**/sign-in");
        await page.Locator("input[autocomplete=username]").FillAsync("admin");
        await page.Locator("input[type=password]").FillAsync(DemoHost.Password);
        await page.Locator("form button[type=submit]").Last.ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
        signedIn = await context.StorageStateAsync();
        await context.CloseAsync();
    }

    /// <summary>Stops the program and starts it again at the same address, as a new version would.</summary>
    public async Task Restart(Func<Task>? meanwhile = null)
    {
        await app!.StopAsync();
        await app.DisposeAsync();
        if (meanwhile is not null) await meanwhile();
        await Start();
    }

    /// <summary>A window of its own, signed in, with what it complained of.</summary>
    public async Task<(IPage Page, ConcurrentQueue<string> Errors)> Open(string path, string language = "en", bool dark = false, bool phone = false, int width = 1440, int height = 1000, string? first = null)
    {
        if (windows is null) Assert.Skip("no Chromium: set EVENHAND_CHROMIUM");
        var context = await windows.Open($"http://127.0.0.1:{port}", language, signedIn, dark, phone ? 390 : width, phone ? 844 : height);
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(20_000);
        var errors = new ConcurrentQueue<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "error") errors.Enqueue(message.Text);
        };
        page.PageError += (_, fault) => errors.Enqueue(fault);
        await page.GotoAsync($"/preferences/language/{language}?back=/profile");
        await page.GotoAsync($"/preferences/theme/{(dark ? "dark" : "light")}?back=/profile");
        if (first is not null) await context.AddInitScriptAsync(first);
        await page.GotoAsync(path);
        return (page, errors);
    }

    public async ValueTask DisposeAsync()
    {
        if (windows is not null) await windows.DisposeAsync();
        if (app is not null) await app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(directory, true);
    }

    private async Task Start()
    {
        app = WebHost.Build(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory }, new StoreSettings(directory), builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton(this).AddScoped<ILiveTopic, GalleryTopic>();
        });
        var pages = app.MapRazorComponents<GalleryDocument>().AddAdditionalAssemblies(typeof(Shell).Assembly);
        pages.WithStaticAssets(Path.Combine(AppContext.BaseDirectory, "evenhand.staticwebassets.endpoints.json"));
        app.MapPost("/design/beat", () =>
        {
            Beats.Enqueue(TimeProvider.System.GetUtcNow());
            return Results.Json(new { ok = BeatStatus == 200, state = "ready", now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() }, statusCode: BeatStatus);
        }).DisableAntiforgery();
        app.Urls.Add($"http://127.0.0.1:{port}");
        await WebHost.Open(app, default);
        await app.StartAsync();
        port = new Uri(app.Urls.First()).Port;
    }

    private sealed class GalleryTopic(LiveHost host) : ILiveTopic
    {
        public string Kind => "open";

        public Task<bool> May(Access access, string id, CancellationToken cancel) => Task.FromResult(true);

        public ValueTask<IReadOnlyList<LiveFragment>> Now(string id, CancellationToken cancel) => ValueTask.FromResult(id == "gallery" ? host.Now : []);
    }

    /// <summary>The gallery's pages in a document of their own.</summary>
    public sealed class GalleryDocument : ComponentBase
    {
        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenComponent<Document>(0);
            builder.AddComponentParameter(1, nameof(Document.ChildContent), (RenderFragment)(body =>
            {
                body.OpenComponent<Router>(0);
                body.AddComponentParameter(1, nameof(Router.AppAssembly), typeof(Shell).Assembly);
                body.AddComponentParameter(2, nameof(Router.Found), (RenderFragment<Microsoft.AspNetCore.Components.RouteData>)(route => page =>
                {
                    page.OpenComponent<RouteView>(0);
                    page.AddComponentParameter(1, nameof(RouteView.RouteData), route);
                    page.CloseComponent();
                }));
                body.CloseComponent();
            }));
            builder.CloseComponent();
        }
    }
}
