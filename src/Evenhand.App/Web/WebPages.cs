using System.Reflection;
using Evenhand.Kernel;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.StaticAssets;

namespace Evenhand.App.Web;

/// <summary>The pages of all modules, in one frame.</summary>
internal static class WebPages
{
    private const string Unread = "evenhand.unread";

    public static Assembly[] Assemblies { get; } = [.. Modules.All.All.Select(m => m.GetType().Assembly)];

    public static int UnreadOf(HttpContext http) => http.Items[Unread] as int? ?? 0;

    /// <summary>Counts what the bell shows before the page is rendered, because page and frame share one store context and must not use it at once.</summary>
    public static void UseUnreadCount(this WebApplication app) => app.Use(async (http, next) =>
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<Microsoft.AspNetCore.Components.Endpoints.ComponentTypeMetadata>() is not null
            && http.RequestServices.GetRequiredService<CurrentAccess>().Access.AccountId is { } account
            && http.RequestServices.GetService<INotifications>() is { } notifications)
            http.Items[Unread] = await notifications.Unread(account, http.RequestAborted);
        await next(http);
    });

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
