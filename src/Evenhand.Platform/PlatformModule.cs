using System.CommandLine;
using Evenhand.Kernel;
using Evenhand.Kernel.Commands;
using Evenhand.Kernel.Rights;
using Evenhand.Platform.Contracts;
using Evenhand.Platform.Organisation;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Platform;

/// <summary>What every capability stands on: organisation, accounts, audit trail, notifications, exports.</summary>
public sealed class PlatformModule : IModule
{
    public string Name => "platform";

    public IEnumerable<Permission> Permissions => [];

    public IEnumerable<MenuEntry> Menu => [];

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<SnapshotCache>();
        services.AddScoped<IOrganisation, CentreOrganisation>();
    }

    public void MapApi(IEndpointRouteBuilder api)
    {
    }

    public IEnumerable<Command> Commands(CommandRunner run) => [];
}
