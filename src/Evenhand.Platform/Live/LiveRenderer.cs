using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.HtmlRendering.Infrastructure;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Evenhand.Platform.Live;

/// <summary>Renders components without a request, with the same addresses of files as pages have, so that no program is fetched twice.</summary>
internal sealed class LiveRenderer(IServiceProvider services, ILoggerFactory log, ResourceAssetCollection assets) : StaticHtmlRenderer(services, log)
{
    // A form without an address gets the one of the page it is rendered for. A fragment has no page: it is taken out again, and the form posts to the page it comes to.
    private const string NoPage = "no-page";

    protected override ResourceAssetCollection Assets => assets;

    public static LiveRenderer In(IServiceProvider services)
    {
        if (services.GetRequiredService<NavigationManager>() is IHostEnvironmentNavigationManager navigation) navigation.Initialize("http://live/", $"http://live/{NoPage}");
        return new LiveRenderer(services, services.GetRequiredService<ILoggerFactory>(), services.GetRequiredService<EndpointDataSource>().Endpoints
            .Select(e => e.Metadata.GetMetadata<ResourceAssetCollection>()).FirstOrDefault(a => a is not null) ?? ResourceAssetCollection.Empty);
    }

    public async Task<string> Render(Type component, Dictionary<string, object?>? parameters)
    {
        await using var writer = new StringWriter();
        await Dispatcher.InvokeAsync(async () =>
        {
            var root = BeginRenderingComponent(component, parameters is null ? ParameterView.Empty : ParameterView.FromDictionary(parameters));
            await root.QuiescenceTask;
            root.WriteHtmlTo(writer);
        });
        return writer.ToString().Replace($" action=\"/{NoPage}\"", "", StringComparison.Ordinal);
    }
}
