using Evenhand.Kernel;
using Microsoft.Extensions.Logging.Abstractions;

namespace Evenhand.App;

/// <summary>The services a command of the terminal runs with: the modules, without the web.</summary>
internal static class CommandServices
{
    public static ServiceProvider Open(StoreSettings store)
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables("EVENHAND_").Build();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddLogging(log => log.AddProvider(NullLoggerProvider.Instance));
        services.AddKernel(Modules.All, store);
        foreach (var module in Modules.All.All) module.AddServices(services, configuration);
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
    }
}
