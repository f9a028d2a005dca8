using System.Reflection;
using Evenhand.Kernel;
using Microsoft.AspNetCore.StaticAssets;

namespace Evenhand.App.Web;

/// <summary>The pages of all modules, in one frame.</summary>
internal static class WebPages
{
    public static Assembly[] Assemblies { get; } = [.. Modules.All.All.Select(m => m.GetType().Assembly)];

    public static void MapPages(this WebApplication app)
    {
        var pages = app.MapRazorComponents<RootDocument>().AddAdditionalAssemblies(Assemblies);
        var manifest = Path.Combine(AppContext.BaseDirectory, "evenhand.staticwebassets.endpoints.json");
        if (!File.Exists(manifest)) return;
        app.MapStaticAssets(manifest).AllowAnonymous();
        pages.WithStaticAssets(manifest);
    }

    public static void MapHealth(this WebApplication app) => app.MapGet("/healthz", async (EvenhandDb db, CancellationToken cancel) =>
        await db.Database.CanConnectAsync(cancel) ? Results.Text("ok") : Results.Text("the store does not answer", statusCode: StatusCodes.Status503ServiceUnavailable))
        .AllowAnonymous().ExcludeFromDescription().WithName("Health");
}
