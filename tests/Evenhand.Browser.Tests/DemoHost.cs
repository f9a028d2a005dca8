using System.Collections.Concurrent;
using System.CommandLine;
using Evenhand.App;
using Evenhand.Kernel;
using Evenhand.Kernel.Facts;
using Evenhand.Routing.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Evenhand.Browser.Tests.DemoHost))]
[assembly: AssemblyFixture(typeof(Evenhand.Browser.Tests.Live.LiveHost))]

namespace Evenhand.Browser.Tests;

/// <summary>The real program with a small demo centre, and a browser that looks at it; made once for all journeys.</summary>
public class DemoHost : IAsyncLifetime
{
    /// <summary>Cookies of those who signed in before, as nobody signs in ten times a minute.</summary>
    private readonly ConcurrentDictionary<string, string> signedIn = new();

    private string directory = "";
    private WebApplication? app;
    private Windows? windows;

    public string Address { get; private set; } = "";

    /// <summary>What is said to the demo about the centre it makes up.</summary>
    protected virtual IReadOnlyList<string> Made => ["--seats", "24", "--weeks", "6", "--seed", "3", "--until", "2026-11-01"];

    /// <summary>What runs beside the pages.</summary>
    protected virtual void Run(IServiceCollection services) => services.AddHostedService<FloorLoop>();

    public static string Password => "Evenhand-2026";

    /// <summary>Where Chromium is; without it the journeys are skipped, visibly.</summary>
    public static string? Chromium => Environment.GetEnvironmentVariable("EVENHAND_CHROMIUM") is { Length: > 0 } named ? named : File.Exists("/usr/bin/chromium") ? "/usr/bin/chromium" : null;

    public async ValueTask InitializeAsync()
    {
        if (Chromium is null) return;
        directory = Directory.CreateTempSubdirectory("evenhand-browser-").FullName;
        (await Commands.Root().Parse(["demo", "--data", directory, .. Made, "--lang", "en"]).InvokeAsync()).ShouldBe(0);
        app = WebHost.Build(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory }, new StoreSettings(directory), b =>
        {
            b.Logging.ClearProviders();
            Run(b.Services);
        });
        app.Urls.Add("http://127.0.0.1:0");
        await WebHost.Open(app, default);
        await app.StartAsync();
        Address = app.Urls.First();
        windows = await Windows.Start(Chromium);
    }

    /// <summary>Lets every reader of facts read to the end of the log, as the program does by itself.</summary>
    public Task CatchUp() => app!.Services.GetRequiredService<FactPump>().CatchUp(default);

    /// <summary>A browser window of its own, signed in.</summary>
    public async Task<IPage> SignIn(string account, string language = "zh-CN", bool dark = false, bool phone = false)
    {
        if (windows is null) Assert.Skip("no Chromium: set EVENHAND_CHROMIUM");
        // Asked once: another journey may sign the same account in meanwhile, which this window knows nothing of.
        var cookies = signedIn.GetValueOrDefault(account);
        var context = await windows.Open(Address, language, cookies, dark, phone ? 390 : 1440, phone ? 844 : 1000);
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(20_000);
        await page.GotoAsync($"/preferences/language/{language}?back=/sign-in");
        await page.GotoAsync($"/preferences/theme/{(dark ? "dark" : "light")}?back=/sign-in");
        if (cookies is not null)
        {
            await page.GotoAsync("/");
            return page;
        }
        await page.Locator("input[autocomplete=username]").FillAsync(account);
        await page.Locator("input[type=password]").FillAsync(Password);
        await page.Locator("form button[type=submit]").Last.ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
        signedIn[account] = await context.StorageStateAsync();
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (windows is not null) await windows.DisposeAsync();
        if (app is not null) await app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        if (directory.Length > 0) Directory.Delete(directory, true);
    }
}
