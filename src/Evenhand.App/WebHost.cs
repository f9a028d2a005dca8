using System.Text.Encodings.Web;
using System.Text.Unicode;
using Evenhand.App.Web;
using Evenhand.Kernel;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Diagnostics;

namespace Evenhand.App;

/// <summary>Puts the modules together into one web program.</summary>
public static class WebHost
{
    public static WebApplication Build(WebApplicationOptions options, StoreSettings store, Action<WebApplicationBuilder>? adjust = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = options.Args, ContentRootPath = options.ContentRootPath, EnvironmentName = options.EnvironmentName, WebRootPath = options.WebRootPath,
            ApplicationName = typeof(WebHost).Assembly.GetName().Name,
        });
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information).AddFilter("Microsoft.EntityFrameworkCore.Model", LogLevel.Error)
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.Services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        builder.Services.AddKernel(Modules.All, store);
        builder.Services.AddPlatformWeb(store);
        builder.Services.AddRazorComponents();
        builder.Services.AddResponseCompression(o => o.EnableForHttps = false);
        builder.Services.AddApi();
        foreach (var module in Modules.All.All) module.AddServices(builder.Services, builder.Configuration);
        adjust?.Invoke(builder);
        var app = builder.Build();
        Pipeline(app);
        foreach (var step in Endpoints) step(app);
        return app;
    }

    private static readonly Action<WebApplication>[] Endpoints =
        [app => app.MapApi(), app => app.MapPages(), app => app.MapPlatform(), app => app.MapHealth()];

    private static void Pipeline(WebApplication app)
    {
        app.UseSafeHeaders();
        app.UseWhen(PlatformWeb.IsForPrograms, api => api.UseExceptionHandler().UseStatusCodePages());
        app.UseWhen(http => !PlatformWeb.IsForPrograms(http), pages => pages.UseExceptionHandler("/error/500").UseStatusCodePagesWithReExecute("/error/{0}").Use(ErrorsAreRead));
        app.UseResponseCompression();
        app.UseApiPages();
        app.UseApiAliases();
        app.UseRouting();
        app.UseRequestLocalization();
        app.UseSameOriginApi();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAccess();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.UseOnceOnly();
        app.UseUnreadCount();
        app.UseLiveMarks();
    }

    /// <summary>The page about an error is read, whatever was asked for: a form must not be posted to it.</summary>
    private static Task ErrorsAreRead(HttpContext http, RequestDelegate next)
    {
        if (http.Features.Get<IStatusCodeReExecuteFeature>() is not null || http.Features.Get<IExceptionHandlerFeature>() is not null) http.Request.Method = HttpMethods.Get;
        return next(http);
    }

    /// <summary>Brings the store to this program's version before anything is served.</summary>
    public static async Task Open(WebApplication app, CancellationToken cancel)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<StoreSettings>().Open(scope.ServiceProvider.GetRequiredService<EvenhandDb>(), cancel);
    }
}
