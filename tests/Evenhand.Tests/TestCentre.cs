using Evenhand.App;
using Evenhand.Kernel;
using Evenhand.Kernel.Facts;
using Evenhand.Kernel.Rights;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Evenhand.Tests;

/// <summary>The real program over a throw-away store, without a socket.</summary>
internal sealed class TestCentre : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly StoreSettings settings;

    private TestCentre(WebApplication app, StoreSettings settings) => (this.app, this.settings) = (app, settings);

    public IServiceProvider Services => app.Services;

    public StoreSettings Settings => settings;

    public string Directory => settings.DataDirectory;

    /// <summary>Starts the program; the PostgreSQL half is skipped where no server is named.</summary>
    public static async Task<TestCentre> Start(Store store, Action<WebApplicationBuilder>? adjust = null)
    {
        if (store == Store.Postgres && PostgresServer.Address is null) Assert.Skip("no PostgreSQL: set EVENHAND_TEST_POSTGRES");
        var directory = System.IO.Directory.CreateTempSubdirectory("evenhand-test-").FullName;
        var settings = new StoreSettings(directory);
        if (store == Store.Postgres) settings = settings with { Postgres = await PostgresServer.NewDatabase(c => Migrate(settings with { Postgres = c })) };
        var app = Build(settings, adjust);
        await WebHost.Open(app, default);
        await app.StartAsync();
        return new TestCentre(app, settings);
    }

    /// <summary>Does something in a scope of services, as the program itself unless somebody else is named.</summary>
    public async Task<T> Do<T>(Func<IServiceProvider, Task<T>> act, Access? access = null)
    {
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentAccess>().Set(access ?? Access.System("test"));
        return await act(scope.ServiceProvider);
    }

    public Task Do(Func<IServiceProvider, Task> act, Access? access = null) => Do(async services =>
    {
        await act(services);
        return 0;
    }, access);

    /// <summary>Lets every reader of facts read to the end of the log.</summary>
    public Task<int> CatchUp() => Services.GetRequiredService<FactPump>().CatchUp(default);

    public HttpClient Client() => app.GetTestClient();

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        if (settings.Postgres is not null) await PostgresServer.Drop(settings.Postgres);
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        System.IO.Directory.Delete(settings.DataDirectory, true);
    }

    private static async Task Migrate(StoreSettings settings)
    {
        await using var app = Build(settings, null);
        await WebHost.Open(app, default);
    }

    private static WebApplication Build(StoreSettings settings, Action<WebApplicationBuilder>? adjust) =>
        WebHost.Build(new WebApplicationOptions { ContentRootPath = settings.DataDirectory, EnvironmentName = "Test" }, settings, builder =>
        {
            builder.WebHost.UseTestServer();
            builder.Logging.ClearProviders();
            adjust?.Invoke(builder);
        });
}
