using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Evenhand.Browser.Tests;

/// <summary>A browser and its windows; those of a journey that is over are closed before the next one opens its own, as a page that stays open lives on.</summary>
internal sealed class Windows(IPlaywright playwright, IBrowser browser) : IAsyncDisposable
{
    private static readonly string[] Quiet =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private readonly ConcurrentDictionary<string, (string Test, List<IBrowserContext> Open)> lanes = new();

    public static async Task<Windows> Start(string chromium)
    {
        var playwright = await Playwright.CreateAsync();
        return new Windows(playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = Quiet }));
    }

    /// <summary>A window with cookies of its own, without motion: what fades is judged when it has come.</summary>
    public async Task<IBrowserContext> Open(string address, string language = "en", string? cookies = null, bool dark = false, int width = 1440, int height = 1000)
    {
        var (lane, test) = (TestContext.Current.TestCollection?.UniqueID ?? "", TestContext.Current.Test?.UniqueID ?? "");
        if (lanes.TryGetValue(lane, out var before) && before.Test != test && lanes.TryRemove(lane, out before))
            foreach (var over in before.Open) await over.CloseAsync();
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = address, Locale = language, StorageState = cookies, ReducedMotion = ReducedMotion.Reduce, ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light, ViewportSize = new() { Width = width, Height = height },
        });
        lanes.GetOrAdd(lane, _ => (test, [])).Open.Add(context);
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}
