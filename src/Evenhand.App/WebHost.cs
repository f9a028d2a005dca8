using Evenhand.Kernel;

namespace Evenhand.App;

/// <summary>Puts the modules together into one web program.</summary>
public static class WebHost
{
    public static WebApplication Build(WebApplicationOptions options, StoreSettings store, Action<WebApplicationBuilder>? adjust = null)
    {
        var builder = WebApplication.CreateBuilder(options);
        builder.Services.AddKernel(Modules.All, store);
        builder.Services.AddAuthentication();
        builder.Services.AddAuthorization();
        foreach (var module in Modules.All.All) module.AddServices(builder.Services, builder.Configuration);
        adjust?.Invoke(builder);
        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        foreach (var module in Modules.All.All) module.MapApi(app.MapGroup($"/api/v1/{module.Name}"));
        return app;
    }

    /// <summary>Brings the store to this program's version before anything is served.</summary>
    public static async Task Open(WebApplication app, CancellationToken cancel)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<StoreSettings>().Open(scope.ServiceProvider.GetRequiredService<EvenhandDb>(), cancel);
    }
}
