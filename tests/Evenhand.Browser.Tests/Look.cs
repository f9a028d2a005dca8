using Microsoft.Playwright;

namespace Evenhand.Browser.Tests;

/// <summary>What a page must be, whoever looks at it: free of errors, inside its window, open to everyone's senses.</summary>
internal static class Look
{
    private static readonly Lazy<string?> Axe = new(() =>
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var script = Path.Combine(folder, "src", "Evenhand.Design", "node_modules", "axe-core", "axe.min.js");
            if (File.Exists(script)) return File.ReadAllText(script);
        }
        return null;
    });

    /// <summary>Faults of the page as lines; empty when there are none.</summary>
    public static async Task<List<string>> Faults(IPage page, string path)
    {
        var faults = new List<string>();
        void Heard(object? sender, IConsoleMessage message)
        {
            if (message.Type == "error") faults.Add($"{path}: console: {message.Text}");
        }
        page.Console += Heard;
        var answer = await page.GotoAsync(path);
        if (answer is not { Ok: true }) faults.Add($"{path}: {answer?.Status}");
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        faults.AddRange(await FaultsOf(page, path));
        page.Console -= Heard;
        return faults;
    }

    private const string Widest = """
        () => [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1 && !e.closest(".wide-table, .grid-scroll"))
            .slice(-3).map(e => `${e.tagName}.${e.className} "${(e.textContent || "").trim().slice(0, 40)}"`).join(", ")
        """;

    /// <summary>Faults of a page that is already open.</summary>
    public static async Task<List<string>> FaultsOf(IPage page, string path)
    {
        var faults = new List<string>();
        var wide = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (wide > 1) faults.Add($"{path}: {wide} px wider than the window by {await page.EvaluateAsync<string>(Widest)}");
        faults.AddRange((await Missing(page)).Select(key => $"{path}: a text key shows: {key}"));
        faults.AddRange((await Barriers(page)).Select(barrier => $"{path}: {barrier}"));
        return faults;
    }

    /// <summary>Every page the side menu leads to.</summary>
    public static async Task<IReadOnlyList<string>> Menu(IPage page)
    {
        var links = await page.Locator("nav a[href^='/']").EvaluateAllAsync<string[]>("all => all.map(a => a.getAttribute('href'))");
        return [.. links.Where(l => !l.StartsWith("/preferences", StringComparison.Ordinal)).Distinct()];
    }

    /// <summary>Faults of what the page shows right now, as lines.</summary>
    public static async Task<IEnumerable<string>> Barriers(IPage page, string when)
    {
        var wide = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        return [.. (await Barriers(page)).Concat(await Missing(page)).Select(fault => $"{when}: {fault}"), .. wide > 1 ? new[] { $"{when}: {wide} px wider than the window" } : []];
    }

    private static Task<string[]> Missing(IPage page) => page.EvaluateAsync<string[]>("""
        () => {
            const body = document.body.cloneNode(true);
            body.querySelectorAll('code, pre, script, style').forEach(e => e.remove());
            return [...new Set(body.textContent.match(/\b(platform|intake|routing|measurement|incentives|kernel|permission|workforce)\.[a-z][a-z0-9-]+(\.[a-z0-9-]+)*/g) ?? [])];
        }
        """);

    private static async Task<string[]> Barriers(IPage page)
    {
        if (Axe.Value is not { } axe) throw new InvalidOperationException("axe-core is not installed: build Evenhand.Design first");
        await page.EvaluateAsync(axe + "\n; true");
        return await page.EvaluateAsync<string[]>("""
            async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
                .filter(v => v.impact === 'critical' || v.impact === 'serious')
                .map(v => `${v.id} (${v.impact}): ${v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(' | ')}`)
            """);
    }
}
