using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Evenhand.Design;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Evenhand.Tests.Design;

/// <summary>The gallery, served as a program would serve any page of it.</summary>
internal sealed class Pages : IAsyncDisposable
{
    private readonly WebApplication app;

    private Pages(WebApplication app) => (this.app, Client) = (app, app.GetTestClient());

    public HttpClient Client { get; }

    public static async Task<Pages> Start()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddRazorComponents();
        builder.Services.AddSingleton(TimeProvider.System);
        var app = builder.Build();
        app.UseRequestLocalization(options => options.SetDefaultCulture("zh-CN").AddSupportedCultures("zh-CN", "en").AddSupportedUICultures("zh-CN", "en"));
        app.UseAntiforgery();
        app.MapPreferences();
        app.MapRazorComponents<Root>().AddAdditionalAssemblies(typeof(Shell).Assembly);
        await app.StartAsync();
        return new Pages(app);
    }

    public async Task<IHtmlDocument> Get(string address) => Parse(await Client.GetStringAsync(new Uri(address, UriKind.Relative)));

    public static IHtmlDocument Parse(string markup) => new HtmlParser().ParseDocument(markup);

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    public sealed class Root : ComponentBase
    {
        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenComponent<Document>(0);
            builder.AddComponentParameter(1, nameof(Document.ChildContent), (RenderFragment)(body =>
            {
                body.OpenComponent<Router>(0);
                body.AddComponentParameter(1, nameof(Router.AppAssembly), typeof(Shell).Assembly);
                body.AddComponentParameter(2, nameof(Router.Found), (RenderFragment<RouteData>)(route => page =>
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
